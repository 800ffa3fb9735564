"""A hearing is postponed, and set anew (T19)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tracker.audit.actors import Actor
from tracker.cases.actions import letters, moving, papers
from tracker.cases.kinds import DocumentKind
from tracker.cases.pathkinds import Side
from tracker.hearings.actions import holding
from tracker.hearings.models import Hearing


@transaction.atomic
def continue_hearing(
    case_id: UUID,
    *,
    actor: Actor,
    at: datetime,
    moved_by: str,
    reason: str,
    text: str,
    seen: int | None = None,
) -> Hearing:
    """T19. Postpone the hearing on a side's motion, by an order with its reason (`text`, `reason`).

    The slot is vacated and stays as a row; exhibits, notes and every clock but the slot's own belong to the case and
    stay. Refused without the side, the reason or the order's words, and for anybody but the assigned presiding
    officer. Ledger: hearing.continued.
    """
    begun = moving.begin(case_id, "continue_hearing", actor=actor, at=at, seen=seen)
    moving.only_presiding(begun)
    faults = [] if moved_by in Side.values else [_("Say who asked for another date.")]
    faults += [] if reason.strip() else [_("Give the reason.")]
    faults += [] if text.strip() else [_("Write the order of continuance.")]
    moving.refuse_if(faults)
    hearing = holding.waiting_slot(begun.case)
    Hearing.objects.filter(pk=hearing.pk).update(vacated_at=at, vacated_why=reason)
    paper = papers.freeze(begun, DocumentKind.CONTINUANCE, text)
    moving.finish_move(
        begun,
        facts={"hearing": str(hearing.pk), "moved_by": moved_by, "digest": paper.digest},
        private={"reason": reason},
    )
    _write(begun, hearing)
    hearing.refresh_from_db()
    return hearing


def _write(begun: moving.Begun, hearing: Hearing) -> None:
    merge: dict[str, Any] = {"hearing_at": hearing.starts_at}
    letters.to_respondent(begun.case, "continuance", merge, actor=begun.actor, at=begun.at)
    merge["respondent_name"] = letters.respondent_name(begun.case)
    letters.to_complainant(begun.case, "continuance", merge, actor=begun.actor, at=begun.at)


@transaction.atomic
def reset_hearing(
    case_id: UUID, *, actor: Actor, at: datetime, starts_at: datetime, place: str, seen: int | None = None
) -> Hearing:
    """T19. Set the postponed hearing anew, with notice as for the first; the prehearing order stays in force.

    Refused with less notice than the board's rule, unless a waiver of notice is on file; without place; and for
    anybody but the assigned presiding officer. Ledger: hearing.reset.
    """
    begun = moving.begin(case_id, "reset_hearing", actor=actor, at=at, seen=seen)
    moving.only_presiding(begun)
    moving.refuse_if(holding.slot_faults(begun, starts_at, place))
    return holding.set_slot(begun, starts_at, place)
