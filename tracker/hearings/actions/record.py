"""The record of a hearing: closed when nothing more is taken into it, and reopened for a reason."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tracker.audit.actors import Actor
from tracker.cases.actions import clocking, moving
from tracker.cases.clocks import DeadlineKind, told
from tracker.cases.kinds import DeadlineState
from tracker.cases.models import Case
from tracker.hearings.models import Hearing


@transaction.atomic
def close_record(case_id: UUID, *, actor: Actor, at: datetime, note: str = "", seen: int | None = None) -> Hearing:
    """Close the record of the hearing that was held: until it is reopened, no exhibit is offered or ruled on.

    The case is submitted with that, so the time for the proposed decision runs from today (Gov. Code 11517(c)(1)).
    `note` says what was received last. Refused for anybody but the assigned presiding officer, and where the record is
    closed. Ledger: hearing.record_closed.
    """
    begun = moving.begin(case_id, "close_record", actor=actor, at=at, seen=seen)
    moving.only_presiding(begun)
    hearing = Hearing.objects.get(case=begun.case, closed_at__isnull=True, vacated_at__isnull=True)
    Hearing.objects.filter(pk=hearing.pk).update(closed_at=at)
    entry = moving.finish_act(
        begun, "hearing.record_closed", facts={"hearing": str(hearing.pk)}, private={"note": note.strip()}
    )
    clocking.open_clock(begun.case, DeadlineKind.PROPOSED_DECISION, begun.today, anchor=entry.id)
    clocking.refresh_next_due(begun.case)
    hearing.refresh_from_db()
    return hearing


@transaction.atomic
def reopen_record(case_id: UUID, *, actor: Actor, at: datetime, reason: str, seen: int | None = None) -> Hearing:
    """Reopen the record before a decision is proposed; the time for the proposal runs anew once it is closed again.

    Refused without a reason, for anybody but the assigned presiding officer, and where the record is open. Ledger:
    hearing.record_reopened.
    """
    begun = moving.begin(case_id, "reopen_record", actor=actor, at=at, seen=seen)
    moving.only_presiding(begun)
    moving.refuse_if([] if reason.strip() else [_("Give the reason.")])
    hearing = _last_held(begun.case)
    Hearing.objects.filter(pk=hearing.pk).update(closed_at=None)
    clock = DeadlineKind.PROPOSED_DECISION
    clocking.end_clocks(begun.case, [clock], begun.today, state=DeadlineState.SUPERSEDED)
    moving.finish_act(
        begun,
        "hearing.record_reopened",
        facts={"hearing": str(hearing.pk), **told({clock: DeadlineState.SUPERSEDED})},
        private={"reason": reason},
    )
    hearing.refresh_from_db()
    return hearing


def _last_held(case: Case) -> Hearing:
    """The hearing that was held last. A case that was sent back for hearing has earlier ones, closed long ago."""
    held = Hearing.objects.filter(case=case, closed_at__isnull=False, vacated_at__isnull=True)
    return held.order_by("-opened_at")[0]
