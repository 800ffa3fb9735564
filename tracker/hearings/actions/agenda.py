"""Who is told that a matter is before the board. Only actions call these, in their own transaction."""

from typing import Any

from tracker.cases.actions import clocking, letters
from tracker.cases.actions.moving import Begun
from tracker.cases.clocks import DeadlineKind
from tracker.cases.pathkinds import BeforeBoard, Election
from tracker.cases.states import PETITIONS, Status


def tell(begun: Begun, before: BeforeBoard) -> None:
    """Write to respondent and complainant that the board has the matter before it, once the step's clocks are turned.

    The respondent learns what it is and by when the board must act; the complainant is no party and learns neither.
    """
    letters.to_respondent(begun.case, "board_agenda", _merge(begun, before), actor=begun.actor, at=begun.at)
    named = {"respondent_name": letters.respondent_name(begun.case)}
    letters.to_complainant(begun.case, "board_agenda", named, actor=begun.actor, at=begun.at)


def tell_settlement(begun: Begun) -> None:
    """Write to the respondent that the board has the signed settlement before it; nobody else is told of it.

    It is a letter of its own kind, so that those who may not know of talks do not find it among the others.
    """
    merge = {"hearing_off": begun.facts.hearing_on is not None}
    letters.to_respondent(begun.case, "settlement_agenda", merge, actor=begun.actor, at=begun.at)


def proposed(begun: Begun) -> BeforeBoard:
    """What comes before the board after a hearing: the proposal on charges, or the petition."""
    return BeforeBoard.PETITION if begun.facts.kind in PETITIONS else BeforeBoard.PROPOSAL


def _merge(begun: Begun, before: BeforeBoard) -> dict[str, Any]:
    clock = clocking.running(begun.case, DeadlineKind.BOARD_ACTION)
    act_by = clock.due_on if clock and clock.due_on >= begun.today else None
    return {
        "before": str(before),
        "heard": begun.facts.status is Status.PROPOSED_DECISION,
        "act_by": act_by,
        "by_time": bool(act_by) and begun.facts.deemed_adopted and before is BeforeBoard.PROPOSAL,
        "may_speak": before is BeforeBoard.UNDISPUTED and begun.facts.election == Election.INFORMAL,
    }
