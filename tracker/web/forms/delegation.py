"""The forms of the page on deputies."""

from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boards.models import Board
from tracker.access.policy import Role
from tracker.access.queries import staff_of
from tracker.directory.actions.delegating import NOT_LENT
from tracker.web.forms.case import choice, day, words
from tracker.web.forms.plain import PlainForm


class DelegationForm(PlainForm):
    """Who is absent, who stands in, in which role, on which days."""

    absent = choice(gettext_lazy("Who is absent"), ())
    deputy = choice(gettext_lazy("Who stands in"), ())
    role = choice(gettext_lazy("In which role"), [(role.value, role.label) for role in Role if role not in NOT_LENT])
    valid_from = day(gettext_lazy("First day"))
    valid_until = day(gettext_lazy("Last day"))
    reason = words(gettext_lazy("Reason"), rows=2)

    def __init__(self, *args: object, board: Board, today: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        people = [("", _("Choose")), *((one.email, one.name) for one in staff_of(board.pk, today))]
        self.fields["absent"].choices = self.fields["deputy"].choices = people


class EndDelegationForm(forms.Form):
    """Why a delegation ends early."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)
