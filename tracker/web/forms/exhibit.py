"""The forms of steps on exhibits. An exhibit is named by its key, such as E-3."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.audit.actors import Actor
from tracker.evidence.actions import marking
from tracker.evidence.states import RULINGS, MarkState, Party
from tracker.web.forms.case import StepForm, choice, words


class ExhibitStepForm(StepForm):
    """A step on one exhibit of the case."""

    exhibit = choice(gettext_lazy("Exhibit"), ())

    def prepare(self) -> None:
        self.rows = {row.key: row for row in self.choosable()}
        rows = self.rows.values()
        self.fields["exhibit"].choices = [("", _("Choose")), *((row.key, f"{row.key} {row.title}") for row in rows)]

    def choosable(self) -> Any:
        """The exhibits to choose from. An attachment goes with the mark of its e-mail."""
        return self.case.exhibits.filter(parent=None)

    def values(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        exhibit = self.rows[data.pop("exhibit")]
        return {**data, "exhibit_id": exhibit.pk}


class MarkExhibitForm(ExhibitStepForm):
    party = choice(gettext_lazy("Party"), Party.choices)
    sponsor = forms.CharField(label=gettext_lazy("Sponsoring witness"), required=False, max_length=200)


class OfferExhibitForm(ExhibitStepForm):
    objection = words(gettext_lazy("Objection by the other side"), required=False, rows=2)


class RuleOnExhibitForm(ExhibitStepForm):
    ruling = choice(gettext_lazy("Ruling"), [(state, MarkState(state).label) for state in RULINGS])
    reasons = words(gettext_lazy("Reasons"), required=False, rows=3)
    objection = words(gettext_lazy("Objection, if one was made"), required=False, rows=2)

    def choosable(self) -> Any:
        """What is on the record: the person who rules sees no more."""
        return self.case.exhibits.on_record().filter(parent=None)


class MarkHearingExhibitForm(ExhibitStepForm):
    def choosable(self) -> Any:
        """What the hearing officer brought in and has not marked."""
        own = self.case.exhibits.filter(parent=None, received_by=self.actor.code if self.actor else "")
        return [row for row in own.prefetch_related("markings") if row.marking is None]


def mark(case_id: UUID, *, actor: Actor, exhibit_id: UUID, **data: Any) -> Any:
    """Mark an exhibit of the case."""
    return marking.mark_exhibit(exhibit_id, actor=actor, **data)


def mark_hearing(case_id: UUID, *, actor: Actor, exhibit_id: UUID, **data: Any) -> Any:
    """Mark a paper of the hearing officer."""
    return marking.mark_hearing_exhibit(exhibit_id, actor=actor, **data)


def offer(case_id: UUID, *, actor: Actor, exhibit_id: UUID, **data: Any) -> Any:
    """Offer an exhibit of the case."""
    return marking.offer_exhibit(exhibit_id, actor=actor, **data)


def rule(case_id: UUID, *, actor: Actor, exhibit_id: UUID, **data: Any) -> Any:
    """Rule on an exhibit of the case."""
    return marking.rule_on_exhibit(exhibit_id, actor=actor, **data)
