"""The forms of what the board does: votes, orders, changes to a proposal, remand, reconsideration."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.cases import decisions, facts, kinds, pathkinds
from tracker.cases.decisions import DECISIONS, Decision
from tracker.cases.states import DISPOSITIONS, EMERGENCY_ACTIONS, PETITION_OUTCOMES, REVIEW_CLOSURES
from tracker.hearings import orderrules, queries
from tracker.web.forms.case import StepForm, choice, day, words
from tracker.web.forms.hearing import board_members, numbers
from tracker.web.forms.lists import PerRowField


def labelled(codes: Iterable[str]) -> list[tuple[str, Any]]:
    """Words for what can be decided: a decision on an order, or a disposition."""
    return [(c, decisions.LABELS[c] if c in decisions.LABELS else DISPOSITIONS[c].label) for c in codes]


def _offer(field: forms.Field, rows: Iterable[tuple[str, Any]]) -> None:
    field.choices = [("", _("Choose")), *rows]


class RecordVoteForm(StepForm):
    kind = choice(gettext_lazy("Question"), kinds.VoteKind.choices)
    decision = choice(
        gettext_lazy("Decision voted on"),
        labelled([*decisions.LABELS, *REVIEW_CLOSURES, *EMERGENCY_ACTIONS]),
        required=False,
        help_text=gettext_lazy("Leave empty for probable cause."),
    )
    held_on = day(gettext_lazy("Day of the meeting"), starts_today=True)
    ballots = PerRowField(
        label=gettext_lazy("Ballots"),
        help_text=gettext_lazy("Leave a member blank who was not at the meeting."),
    )

    def prepare(self) -> None:
        self._narrow()
        self.fields["ballots"].set_rows(board_members(self.case, self.today()), kinds.Choice.choices)

    def _narrow(self) -> None:
        """Only the questions that can be put where the case stands; what belongs there first."""
        before = facts.before_board(self.case)
        in_force = queries.is_under_emergency_action(self.case)
        asked = {
            kind: decisions.questions(kind, self.case.status, before, emergency=in_force) for kind in kinds.VoteKind
        }
        _offer(self.fields["kind"], [(kind.value, kind.label) for kind, found in asked.items() if found])
        _offer(self.fields["decision"], labelled(code for found in asked.values() for code in found if code))
        if not any("" in found for found in asked.values()):
            self.fields["decision"].required, self.fields["decision"].help_text = True, ""


class IssueOrderForm(StepForm):
    decision = choice(
        gettext_lazy("Decision"), [(row.value, row.label) for row in Decision if row is not Decision.DEEMED]
    )
    outcome = choice(gettext_lazy("Outcome of the petition"), labelled(PETITION_OUTCOMES), required=False)
    text = words(gettext_lazy("Findings of fact and conclusions of law"), rows=12)
    reasons = words(
        gettext_lazy("Reasons of the board"),
        required=False,
        help_text=gettext_lazy(
            "Needed where the board rejects, amends or denies. Recorded changes bring their own reasons."
        ),
    )

    def prepare(self) -> None:
        possible = DECISIONS.get(facts.before_board(self.case), ())
        _offer(self.fields["decision"], labelled(possible))
        outcomes = [code for decision in possible for code in orderrules.outcomes(self.case.kind, decision)]
        if outcomes:
            _offer(self.fields["outcome"], labelled(outcomes))
        else:
            del self.fields["outcome"]


class ConfirmForm(StepForm):
    """Nothing to fill in: the step says it all."""


class RecordChangeForm(StepForm):
    part = choice(gettext_lazy("What is changed"), pathkinds.ChangedPart.choices)
    text = words(gettext_lazy("The change"), help_text=gettext_lazy("As it will stand in the order."))
    reasons = words(gettext_lazy("Reasons for this change"))


class WithdrawChangeForm(StepForm):
    number = numbers(gettext_lazy("Change"))
    reason = words(gettext_lazy("Why it is taken back"), rows=3)

    def prepare(self) -> None:
        rows = queries.pending_changes(self.case)
        _offer(self.fields["number"], [(row.number, f"{row.number}: {row.get_part_display()}") for row in rows])


class ReasonsForm(StepForm):
    reasons = words(gettext_lazy("Reasons of the board"), help_text=gettext_lazy("The respondent reads them."), rows=8)


class TakeUpReconsiderationForm(StepForm):
    side = choice(gettext_lazy("Who asks"), pathkinds.Side.choices)
    filed_on = day(
        gettext_lazy("Day it came"),
        starts_today=True,
        help_text=gettext_lazy("This day decides whether it is in time, not the day on which you write it down."),
    )
    grounds = words(gettext_lazy("Grounds of the petition"), rows=8)


class DenyReconsiderationForm(StepForm):
    reasons = words(
        gettext_lazy("Reasons of the board"),
        required=False,
        help_text=gettext_lazy("Needed for a denial by vote. The respondent reads them."),
        rows=8,
    )
