"""The forms of judicial review, violations of an order, petitions, and reopening."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.cases import pathkinds
from tracker.cases.states import PETITIONS, CaseKind, Status
from tracker.hearings.actions.reopening import REOPENS_TO, reachable
from tracker.hearings.actions.reviewing import BACK_TO
from tracker.hearings.actions.violations import CountData
from tracker.web.forms.case import StepForm, choice, day, words
from tracker.web.forms.groups import GroupsField, GroupsWidget
from tracker.web.forms.plain import PlainForm


class RecordReviewForm(StepForm):
    court = forms.CharField(label=gettext_lazy("Court"), max_length=200)
    number = forms.CharField(label=gettext_lazy("Number at the court"), max_length=80, required=False)
    filed_on = day(
        gettext_lazy("Filed with the court on"),
        starts_today=True,
        help_text=gettext_lazy("This day decides whether it is in time, not the day on which you write it down."),
    )
    text = words(gettext_lazy("What the petition says"), required=False, rows=8)


class RecordStayForm(StepForm):
    stay = choice(gettext_lazy("What the court ruled"), pathkinds.CourtStay.choices)
    decided_on = day(gettext_lazy("Day of the ruling"), starts_today=True)
    text = words(gettext_lazy("The ruling in words"))


class CertifyRecordForm(StepForm):
    note = words(
        gettext_lazy("Note on the certificate"),
        required=False,
        help_text=gettext_lazy("The last sealed court record is certified, with its pages and its digest."),
    )


class DecideReviewForm(StepForm):
    outcome = choice(gettext_lazy("What the court decided"), pathkinds.CourtOutcome.choices)
    back_to = choice(
        gettext_lazy("Where the case goes back to"),
        [(status.value, status.label) for status in BACK_TO],
        required=False,
        help_text=gettext_lazy("Only where the court sends it back."),
    )
    decided_on = day(gettext_lazy("Day of the ruling"), starts_today=True)
    text = words(gettext_lazy("The ruling in words"), rows=8)

    def prepare(self) -> None:
        """Where it goes may be empty under other outcomes only, so it must not read "optional"."""
        self.fields["back_to"].asked = True

    def clean(self) -> dict[str, Any]:
        """Where the case goes belongs to one outcome only."""
        cleaned = super().clean() or {}
        sent_back = cleaned.get("outcome") == pathkinds.CourtOutcome.REMANDED
        if sent_back and not cleaned.get("back_to"):
            self.add_error("back_to", _("Say whether the case goes back to the board or to a hearing."))
        return cleaned | {"back_to": cleaned.get("back_to", "") if sent_back else ""}


class ReportViolationForm(StepForm):
    occurred_on = day(gettext_lazy("Day of the violation"))
    text = words(
        gettext_lazy("What was not kept"), help_text=gettext_lazy("Name the term, and how you know of it."), rows=6
    )


class CountForm(PlainForm):
    """One count of a petition."""

    citation = forms.CharField(
        label=gettext_lazy("Term, statute or rule"),
        max_length=200,
        widget=forms.TextInput({"class": "usa-input"}),
    )
    text = words(gettext_lazy("The charge in words"), rows=3)


class CountsWidget(GroupsWidget):
    """A group of fields for each count."""

    row_form = CountForm
    row_label = gettext_lazy("Count %(n)d")


class CountsField(GroupsField):
    """The cleaned value is a list of counts."""

    widget = CountsWidget
    empty = gettext_lazy("Fill in at least one count.")
    too_many = gettext_lazy("A petition has at most %(n)d counts.")
    unknown = gettext_lazy("%(key)s is no key of a count.")

    def made(self, form: forms.Form) -> CountData:
        """The count."""
        return CountData(**form.cleaned_data)


class PetitionViolationForm(StepForm):
    counts = CountsField(label=gettext_lazy("What is charged"))
    text = words(
        gettext_lazy("What the board is asked for"), help_text=gettext_lazy("For example to revoke the probation.")
    )


class FilePetitionForm(StepForm):
    kind = choice(gettext_lazy("What is asked for"), [(kind.value, CaseKind(kind).label) for kind in PETITIONS])
    filed_on = day(gettext_lazy("Day it came"), starts_today=True)
    text = words(gettext_lazy("What the petition says"), rows=8)


class ReopenForm(StepForm):
    to = choice(gettext_lazy("Go on at"), [(status.value, status.label) for status in REOPENS_TO])
    overturned_on = day(
        gettext_lazy("Day on which a court overturned the order"),
        required=False,
        help_text=gettext_lazy("Leave empty if the case is reopened for another reason. The order then stands."),
    )
    reason = words(gettext_lazy("Reason"), help_text=gettext_lazy("For the file. It is not in the letters."))
    letter = words(
        gettext_lazy("What the respondent is told of it"),
        required=False,
        help_text=gettext_lazy("Stands in the letter. Name nobody who must not be known."),
    )

    def prepare(self) -> None:
        """Only where the case has been; every status before it is closed, so that the page says why it is shut."""
        if self.case.status != Status.CLOSED:
            return
        offered = [(status.value, status.label) for status in reachable(self.case)]
        self.fields["to"].choices = [("", _("Choose")), *offered]
