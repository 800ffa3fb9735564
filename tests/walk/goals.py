"""Where a walk wants to go. Each has a step of the table or an ending as its goal and leans towards it.

Nothing here makes a step possible: it only shifts the dice, so that seldom paths are walked as often as the main road.
"""

import random
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from tracker.cases import workflow
from tracker.cases.decisions import Decision, Question
from tracker.cases.states import DISPOSITIONS, INTAKE_CLOSURES, PETITION_OUTCOMES, REVIEW_CLOSURES, SANCTIONS, Status

FAR = 99


@dataclass(frozen=True)
class Goal:
    """A step that shall be done, and the ending that it shall have, if one is wanted."""

    step: str
    ending: str = ""

    @property
    def way(self) -> tuple[str, ...]:
        """The steps that must come before, and the step itself."""
        if self.ending in BRINGS:
            return (BRINGS[self.ending], self.step)
        if self.ending in PETITION_OUTCOMES:
            return (*LEADS_TO["submit_petition"], "submit_petition", self.step)
        return (*LEADS_TO.get(self.step, ()), self.step)

    def fits(self, rules: Mapping[str, Any]) -> bool:
        """Whether it can be had at a board with these rules."""
        key, value = workflow.MOVES[self.step].uses or ("", None) if self.step in workflow.MOVES else ("", None)
        if self.ending == "WITHDRAWN":
            key, value = "withdrawal_ends_case", True
        return not key or rules[key].value == value

    @property
    def petition(self) -> tuple[str, ...]:
        """The kinds of petition that can end so."""
        return tuple(DISPOSITIONS[self.ending].grants) if self.ending else ()


# What an ending needs.
BRINGS = {"WITHDRAWN": "record_withdrawal", "DUPLICATE": "open_companion"}
# What a step needs besides a status.
_TALKS, _COURT = ("offer_settlement",), ("record_judicial_review",)
_ACTION, _PROPOSAL = ("take_emergency_action",), ("file_proposed_decision", "submit_to_board")
_ASKED = ("take_up_reconsideration",)
LEADS_TO: Mapping[str, tuple[str, ...]] = {
    "sign_settlement": _TALKS,
    "end_settlement_talks": _TALKS,
    "reject_settlement": (*_TALKS, "sign_settlement"),
    "record_change": _PROPOSAL,
    "deem_adopted": _PROPOSAL,
    "deny_reconsideration": _ASKED,
    "grant_reconsideration": _ASKED,
    "record_stay": _COURT,
    "certify_record": _COURT,
    "decide_judicial_review": _COURT,
    "report_violation": ("begin_compliance",),
    "petition_violation": ("begin_compliance", "report_violation"),
    "satisfy_term": ("begin_compliance",),
    "file_petition": ("issue_order",),
    "submit_petition": ("issue_order", "file_petition"),
    "offer_exhibit": ("mark_exhibit",),
    "rule_on_exhibit": ("mark_exhibit", "offer_exhibit"),
    "remove_sanction": ("draft_sanction",),
    "serve_emergency_action": _ACTION,
    "hear_emergency_action": _ACTION,
    "end_emergency_action": _ACTION,
    "end_abeyance": ("begin_abeyance",),
    "review_hold": ("place_hold",),
    "lift_hold": ("place_hold",),
    "unseal_case": ("seal_case",),
    "resume_clock": ("toll_clock",),
    "link_dockets": ("open_companion",),
    "unlink_dockets": ("open_companion", "link_dockets"),
    "answer_withdrawal": ("record_withdrawal",),
    "reset_hearing": ("continue_hearing",),
    "lift_recusal": ("declare_conflict",),
    "receive_opinion": ("refer_to_expert",),
}
# Moves that let the actor choose where the case goes.
CHOOSES: Mapping[str, tuple[Status, ...]] = {
    "reject_settlement": (Status.PROBABLE_CAUSE_REVIEW, Status.PREHEARING),
    "deny_reconsideration": (Status.ORDER_ISSUED, Status.COMPLIANCE),
    "decide_judicial_review": (Status.ORDER_ISSUED, Status.PREHEARING, Status.BOARD_REVIEW),
    "reopen": (Status.INTAKE_REVIEW, Status.INVESTIGATING, Status.COMPLIANCE),
}
# The question that must be put to the board for a step.
VOTES: Mapping[str, str] = {
    "remand": Question.REMAND,
    "reject_settlement": Question.REJECT_SETTLEMENT,
    "grant_reconsideration": Question.RECONSIDER,
    "deny_reconsideration": Question.DENY_RECONSIDERATION,
    "record_change": Decision.MODIFY,
}


def goals() -> tuple[Goal, ...]:
    """Every step of the table that starts somewhere, and every ending that a case can have."""
    steps = [Goal(key) for key, row in workflow.STEPS.items() if row.sources]
    closures = [Goal("close_at_intake", code) for code in INTAKE_CLOSURES]
    closures += [Goal("close_without_discipline", code) for code in REVIEW_CLOSURES]
    orders = [Goal("close_case", code) for code in (*SANCTIONS, *PETITION_OUTCOMES)]
    return (*steps, *closures, *orders)


def next_goal(dice: random.Random, steps: Counter[str], endings: Counter[str]) -> Goal:
    """One that was reached least often; among equals the dice choose."""
    count = {goal: endings[goal.ending] if goal.ending else steps[goal.step] for goal in goals()}
    least = min(count.values())
    return dice.choice([goal for goal, times in count.items() if times <= least + 1])


def aim(goal: Goal, done: Iterable[str]) -> str:
    """The next step on the way to a goal, after what a walk has done."""
    seen = set(done)
    return next((key for key in goal.way if key not in seen), goal.step)


def distance(key: str, status: Status, *, by_agreement: bool = False) -> int:
    """How many moves a status is from one where a step can be done; FAR where none leads there.

    Only with `by_agreement` a settlement counts as a way to the board: it is shorter than any hearing.
    """
    return _distances(key, by_agreement).get(status, FAR)


@cache
def _distances(key: str, by_agreement: bool) -> dict[Status, int]:
    found = dict.fromkeys(workflow.STEPS[key].sources, 0)
    edge, steps = list(found), 0
    while edge:
        steps += 1
        edge = [one for one, targets in _ways(by_agreement).items() if one not in found and targets & set(edge)]
        found.update(dict.fromkeys(edge, steps))
    return found


@cache
def _ways(by_agreement: bool) -> dict[Status, set[Status]]:
    ways: dict[Status, set[Status]] = {status: set() for status in Status}
    # To close a case and reopen it is no short cut either.
    left_out = {"reopen"} if by_agreement else {"reopen", "sign_settlement"}
    for row in workflow.MOVES.values():
        for source in row.sources if not row.opens_docket and row.key not in left_out else ():
            ways[source] |= {row.target} if row.target else set(CHOOSES[row.key])
    return ways


def targets(key: str) -> set[Status]:
    """Where a move can lead; nowhere for an act and for a step that begins another docket."""
    row = workflow.MOVES.get(key)
    if row is None or row.opens_docket:
        return set()
    return {row.target} if row.target else set(CHOOSES[key])
