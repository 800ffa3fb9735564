"""Pauses of clocks: one clock by itself, or the targets of a case while it is in abeyance."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tracker.audit.actors import Actor
from tracker.cases.actions import clocking, moving
from tracker.cases.clocks import CLOCKS, DeadlineKind
from tracker.cases.guards import short
from tracker.cases.kinds import DeadlineState
from tracker.cases.models import Deadline, Overlay, Toll
from tracker.errors import ActionRefused

TARGETS = tuple(kind for kind, clock in CLOCKS.items() if clock.is_goal)


@transaction.atomic
def toll_clock(
    case_id: UUID, *, actor: Actor, at: datetime, kind: str, reason: str, from_on: date, seen: int | None = None
) -> Toll:
    """Let one running clock stand still: `from_on` (the board's date) is the first day that is not counted.

    Refused for a clock that does not run or ends on a fixed day, without a reason, for a first day in the future,
    before the clock started or after it ran out. Ledger: case.clock_tolled.
    """
    begun = moving.begin(case_id, "toll_clock", actor=actor, at=at, seen=seen)
    clock = clocking.running(begun.case, DeadlineKind(kind)) if kind in CLOCKS else None
    if clock is None:
        raise ActionRefused([_("No such clock is running, or it ends on a fixed day.")])
    faults = [] if reason.strip() else [_("Say why the clock stands still.")]
    faults += [_("A pause cannot begin in the future.")] if from_on > begun.today else []
    if from_on <= clock.starts_on:
        faults.append(_("The clock started on %(day)s; a pause begins later.") % {"day": short(clock.starts_on)})
    if from_on > clock.due_on:
        faults.append(_("This clock ran out on %(day)s.") % {"day": short(clock.due_on)})
    moving.refuse_if(faults)
    toll = Toll(board_id=begun.case.board_id, case=begun.case, kind=kind, starts_on=from_on, reason=reason.strip())
    clocking.stop(clock, toll)
    moving.finish_act(
        begun,
        "case.clock_tolled",
        facts={"kind": kind, "from_on": from_on.isoformat(), "toll": str(toll.pk), "deadline": str(clock.pk)},
        private={"reason": reason},
    )
    return toll


@transaction.atomic
def resume_clock(
    case_id: UUID, *, actor: Actor, at: datetime, kind: str, on: date, seen: int | None = None
) -> Deadline:
    """Let a paused clock run on: `on` is the last day that is not counted. The due date moves by the paused days.

    Refused for a clock that nobody paused by itself, for a day in the future or before the pause. Ledger:
    case.clock_resumed.
    """
    begun = moving.begin(case_id, "resume_clock", actor=actor, at=at, seen=seen)
    toll = Toll.objects.filter(case=begun.case, kind=kind, ends_on__isnull=True).first()
    if toll is None:
        raise ActionRefused([_("This clock is not paused.")])
    faults = [_("The abeyance holds this clock. End the abeyance.")] if toll.overlay_id else []
    faults += [_("A pause cannot end in the future.")] if on > begun.today else []
    if on < toll.starts_on:
        faults.append(_("The pause began on %(day)s.") % {"day": short(toll.starts_on)})
    moving.refuse_if(faults)
    row = clocking.run_on(begun.case, toll, on)
    moving.finish_act(
        begun,
        "case.clock_resumed",
        facts={
            "kind": kind,
            "due_on": row.due_on.isoformat(),
            "paused_from": toll.starts_on.isoformat(),
            "paused_to": on.isoformat(),
        },
    )
    return row


def stop_targets(begun: moving.Begun, overlay: Overlay) -> list[str]:
    """Let the targets that are not missed yet stand still under an overlay, from today on. Their kinds."""
    running = Deadline.objects.filter(case=begun.case, kind__in=TARGETS, state=DeadlineState.RUNNING)
    stopped = []
    for clock in running.filter(due_on__gte=begun.today).order_by("kind"):
        toll = Toll(
            board_id=begun.case.board_id,
            case=begun.case,
            kind=clock.kind,
            overlay=overlay,
            starts_on=begun.today,
            reason=overlay.reason,
        )
        clocking.stop(clock, toll)
        stopped.append(clock.kind)
    return stopped


def run_targets_on(begun: moving.Begun, overlay: Overlay) -> Mapping[str, str]:
    """Let what stood still under an overlay run on, today being the last day not counted. Due dates by kind."""
    open_tolls = Toll.objects.filter(overlay=overlay, ends_on__isnull=True).order_by("kind")
    rows = [clocking.run_on(begun.case, toll, begun.today) for toll in open_tolls]
    return {row.kind: row.due_on.isoformat() for row in rows}
