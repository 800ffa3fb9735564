"""Plain look-ups of a case for doors that judge it without a reader: commands and checks."""

import json
from uuid import UUID

from tracker.audit.models import LedgerEntry
from tracker.cases.models import Case, Complaint, Deadline
from tracker.cases.workflow import MOVES

MOVE_EVENTS = tuple(sorted({move.event for move in MOVES.values() if move.event}))


def by_docket(docket: str) -> Case | None:
    """The case of a docket, typed in any case, or None."""
    return Case.objects.select_related("board__jurisdiction").filter(docket=docket.strip().upper()).first()


def by_draft(draft_id: UUID) -> Case | None:
    """The case that a draft became, or None."""
    complaint = Complaint.objects.filter(draft_id=draft_id).first()
    return complaint.cases.select_related("board__jurisdiction").first() if complaint else None


def deadlines_of(case: Case) -> list[Deadline]:
    """Every deadline of a case, by due date."""
    return list(Deadline.objects.filter(case=case))


def standing(chains: list[UUID]) -> dict[UUID, tuple[str, str]]:
    """Docket and status of the cases among these chains."""
    return {
        pk: (docket, status)
        for pk, docket, status in Case.objects.filter(pk__in=chains).values_list("pk", "docket", "status")
    }


def told_status(chain: UUID) -> str | None:
    """The status that the last step in a chain says, or None."""
    last = LedgerEntry.objects.filter(chain=chain, event__in=MOVE_EVENTS).order_by("-seq").first()
    return json.loads(last.body)["facts"].get("to") if last else None
