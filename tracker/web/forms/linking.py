"""The forms of linked dockets, companion cases and ex-parte contacts, shared by the desk and `advance`."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boards import queries as board_queries
from tracker.cases.filingdata import RespondentData
from tracker.cases.pathkinds import LINKED_BY_HAND, LinkKind
from tracker.cases.queries import deciders, links
from tracker.web.forms.case import StepForm, choice, day, words

_REASON = gettext_lazy("Reason")


class LinkDocketsForm(StepForm):
    docket = forms.CharField(
        label=gettext_lazy("Other docket"),
        max_length=40,
        help_text=gettext_lazy("Its exact number. Only a docket that you may see can be linked."),
    )
    kind = choice(gettext_lazy("How they belong together"), [(kind.value, kind.label) for kind in LINKED_BY_HAND])
    reason = words(_REASON, rows=2)


class UnlinkDocketsForm(StepForm):
    number = forms.TypedChoiceField(label=gettext_lazy("Link"), coerce=int)
    reason = words(_REASON, rows=2)

    def prepare(self) -> None:
        self.fields["number"].choices = [("", _("Choose")), *self._links()]

    def _links(self) -> list[tuple[str, str]]:
        """Which number is which; of a docket on another board only the kind of link is told."""
        found = []
        for number, link in links.numbered(self.case).items():
            if link.ended_at or link.kind not in LINKED_BY_HAND:
                continue
            other = link.other if link.case_id == self.case.pk else link.case
            docket = other.docket if other.board_id == self.case.board_id and not other.sealed_at else ""
            found.append((str(number), f"{number}. {LinkKind(link.kind).label} {docket}".strip()))
        return found


class OpenCompanionForm(StepForm):
    name = forms.CharField(label=gettext_lazy("Name of the other respondent"), max_length=200)
    license_number = forms.CharField(label=gettext_lazy("License number"), max_length=60, required=False)
    profession = choice(
        gettext_lazy("Profession"), (), required=False, help_text=gettext_lazy("Leave empty if it is the same.")
    )
    practice = forms.CharField(label=gettext_lazy("Practice"), max_length=200, required=False)
    address = words(gettext_lazy("Mailing address"), required=False, rows=3)
    allegations = forms.MultipleChoiceField(
        label=gettext_lazy("Allegations that concern this person"), widget=forms.CheckboxSelectMultiple
    )
    share_exhibits = forms.BooleanField(
        label=gettext_lazy("Share the exhibits"),
        required=False,
        help_text=gettext_lazy("Every cleared exhibit is received there by reference, with its own confidentiality."),
    )
    reason = words(_REASON, rows=2, help_text=gettext_lazy("What shows that this person is concerned too."))

    def prepare(self) -> None:
        rows = self.case.allegations.select_related("ground")
        self.fields["allegations"].choices = [(row.key, f"{row.key} {row.ground.label}") for row in rows]
        offered = board_queries.professions_offered(self.today())
        self.fields["profession"].choices = [("", _("The same")), *((row.key, row.plain_label) for row in offered)]

    def values(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        person = {name: data.pop(name) for name in ("name", "license_number", "profession", "practice", "address")}
        return {"respondent": RespondentData(**person), **data}


class LogExParteForm(StepForm):
    decider = choice(gettext_lazy("Who was spoken or written to"), ())
    contact_on = day(gettext_lazy("Day of the contact"), starts_today=True)
    by_whom = forms.CharField(
        label=gettext_lazy("By whom"),
        max_length=200,
        help_text=gettext_lazy("As both sides may read it: for a masked complainant, “the complainant”."),
    )
    text = words(gettext_lazy("What was said"), help_text=gettext_lazy("It becomes part of the record."))

    def prepare(self) -> None:
        found = deciders.deciders(self.case, self.today())
        self.fields["decider"].choices = [("", _("Choose")), *((one.email, one.name) for one in found)]
