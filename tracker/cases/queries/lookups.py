"""Plain look-ups of a case for doors that judge it without a reader: commands and checks."""

import json
from uuid import UUID

from tracker.audit.models import LedgerEntry
from tracker.cases.models import Case, Complaint, Deadline
from tracker.cases.workflow import MOVES

# A step that opens a docket leaves its own case where it is; the new docket's chain begins with a status.
_OPENING = "hearing.petition_opened"
MOVE_EVENTS = (*sorted({move.event for move in MOVES.values() if move.event and not move.opens_docket}), _OPENING)


def by_docket(docket: str) -> Case | None:
    """The case of a docket, typed in any case, or None."""
    return Case.objects.select_related("board__jurisdiction").filter(docket=docket.strip().upper()).first()


def by_draft(draft_id: UUID) -> Case | None:
    """The case that a draft became, or None; not one opened later against another respondent."""
    complaint = Complaint.objects.filter(draft_id=draft_id).first()
    return complaint.cases.select_related("board__jurisdiction").order_by("id").first() if complaint else None


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
