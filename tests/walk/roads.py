"""The map of a walk: which moves there are, what must come before a step, and how far it is from status to status."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from tracker.cases import workflow
from tracker.cases.states import Status
from tracker.cases.steptable import TRANSITIONS, Transition
from tracker.hearings.actions.reopening import REOPENS_TO

Move = tuple[str, str, str]
FAR = 99
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
    "withdraw_change": (*_PROPOSAL, "record_change"),
    "deem_adopted": _PROPOSAL,
    "remand": _PROPOSAL,
    "deny_reconsideration": _ASKED,
    "grant_reconsideration": _ASKED,
    "record_stay": _COURT,
    "certify_record": _COURT,
    "decide_judicial_review": _COURT,
    "report_violation": ("begin_compliance",),
    "petition_violation": ("begin_compliance", "report_violation"),
    "satisfy_term": ("begin_compliance",),
    "record_first_contact": ("begin_compliance",),
    "file_petition": ("issue_order",),
    "submit_petition": ("issue_order", "file_petition"),
    "offer_exhibit": ("mark_exhibit",),
    "rule_on_exhibit": ("mark_exhibit", "offer_exhibit"),
    "reopen_record": ("close_record",),
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
# Moves that let the actor choose, or that go back to where the case stood.
CHOOSES: Mapping[str, tuple[Status, ...]] = {
    "reject_settlement": (
        Status.PROBABLE_CAUSE_REVIEW,
        Status.CHARGES_FILED,
        Status.ANSWER_DUE,
        Status.PREHEARING,
    ),
    "deny_reconsideration": (Status.ORDER_ISSUED, Status.COMPLIANCE),
    "decide_judicial_review": (Status.ORDER_ISSUED, Status.COMPLIANCE, Status.PREHEARING, Status.BOARD_REVIEW),
    "reopen": REOPENS_TO,
}
# A move that goes back to where this one set out.
RETURNS: Mapping[str, str] = {
    "reject_settlement": "sign_settlement",
    "deny_reconsideration": "take_up_reconsideration",
    "decide_judicial_review": "record_judicial_review",
}
_CLOSED_AT_REVIEW, _DECIDED = ("close_without_discipline",), ("issue_order", "close_case")
_BEFORE_REOPENING: Mapping[str, tuple[str, ...]] = {
    Status.INTAKE_REVIEW: ("close_at_intake",),
    Status.CHARGES_FILED: ("issue_charges", *_DECIDED),
    Status.PREHEARING: ("record_answer", *_DECIDED),
    Status.BOARD_REVIEW: _DECIDED,
    Status.ORDER_ISSUED: _DECIDED,
    Status.COMPLIANCE: ("begin_compliance", "close_case"),
}


def reopening(target: str) -> tuple[str, ...]:
    """What comes before a case can be reopened at a status: it has been there, and it was closed."""
    return _BEFORE_REOPENING.get(target, _CLOSED_AT_REVIEW)


def wanted_moves(boards: Iterable[Mapping[str, Any]] | None = None) -> tuple[Move, ...]:
    """Every step with each status it starts from and leads to; with `boards` (their rules) those that one has."""
    known = None if boards is None else list(boards)
    found = [
        (row.key, str(source), str(target))
        for row in TRANSITIONS
        if not row.opens_docket
        for source in row.sources
        for target in targets(row.key)
        if known is None or any(_has(rules, row, source, target) for rules in known)
    ]
    return tuple(sorted(found))


def _has(rules: Mapping[str, Any], row: Transition, source: str, target: str) -> bool:
    """Whether a board with these rules has a move; one that goes back does where the board has the way there."""
    back = workflow.MOVES.get(RETURNS.get(row.key, ""))
    if back is not None and target in back.sources and not _has(rules, back, target, source):
        return False
    return not (row.uses and row.rests_on_rule(source)) or rules[row.uses[0]].value == row.uses[1]


def distance(sources: tuple[str, ...], status: Status, *, by_agreement: bool = False) -> int:
    """How many moves a status is from the nearest of these; FAR where none leads there.

    Only with `by_agreement` a settlement counts as a way to the board: it is shorter than any hearing.
    """
    return _distances(sources, by_agreement).get(status, FAR)


@cache
def _distances(sources: tuple[str, ...], by_agreement: bool) -> dict[Status, int]:
    found = {Status(one): 0 for one in sources}
    edge, steps = list(found), 0
    while edge:
        steps += 1
        edge = [one for one, there in _ways(by_agreement).items() if one not in found and there & set(edge)]
        found.update(dict.fromkeys(edge, steps))
    return found


@cache
def _ways(by_agreement: bool) -> dict[Status, set[Status]]:
    ways: dict[Status, set[Status]] = {status: set() for status in Status}
    # To close a case and reopen it is no short cut either.
    left_out = {"reopen"} if by_agreement else {"reopen", "sign_settlement"}
    for row in workflow.MOVES.values():
        for source in row.sources if not row.opens_docket and row.key not in left_out else ():
            ways[source] |= targets(row.key)
    return ways


def targets(key: str) -> set[Status]:
    """Where a move can lead; nowhere for an act and for a step that begins another docket."""
    row = workflow.MOVES.get(key)
    if row is None or row.opens_docket:
        return set()
    return {row.target} if row.target else set(CHOOSES[key])
