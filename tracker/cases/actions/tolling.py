"""Pauses of clocks: one clock by itself, or what stands still of a case while it is in abeyance."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.audit.actors import Actor
from tracker.cases.actions import clocking, moving
from tracker.cases.clocks import CLOCKS, MONITORED, PAUSABLE, DeadlineKind
from tracker.cases.guards import short
from tracker.cases.kinds import DeadlineState
from tracker.cases.models import Deadline, Overlay, Toll
from tracker.cases.pathkinds import OverlayKind
from tracker.errors import ActionRefused

TARGETS = tuple(kind for kind, clock in CLOCKS.items() if clock.is_goal)
STAYED = gettext_lazy("A court stayed the order.")
# What stands still in an abeyance: the board's targets, and what is monitored of an order.
STOPPED = (*TARGETS, *MONITORED)


@transaction.atomic
def toll_clock(
    case_id: UUID, *, actor: Actor, at: datetime, kind: str, reason: str, from_on: date, seen: int | None = None
) -> Toll:
    """Let one running clock stand still: `from_on` (the board's date) is the first day that is not counted.

    Refused for a clock that does not run, ends on a fixed day or is about an order, without a reason, for a first day
    in the future, before the clock started or after it ran out. Ledger: case.clock_tolled.
    """
    begun = moving.begin(case_id, "toll_clock", actor=actor, at=at, seen=seen)
    clock = clocking.running(begun.case, DeadlineKind(kind)) if kind in PAUSABLE else None
    if clock is None:
        raise ActionRefused([_("No such clock is running, or people cannot pause it.")])
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
    open_ones = Toll.objects.filter(case=begun.case, kind=kind, ends_on__isnull=True)
    # What people cannot pause is paused by a court or an abeyance, and runs on with that.
    toll = open_ones.first() if kind in PAUSABLE else None
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


def stop_monitored(begun: moving.Begun, on: date) -> Mapping[str, Any]:
    """Let the clocks of what is monitored of an order stand still from a court's stay on: the fact of the ledger.

    What an abeyance holds already, or whose day was over, there is nothing to stop of.
    """
    stops = {}
    running = Deadline.objects.filter(case=begun.case, kind__in=MONITORED, state=DeadlineState.RUNNING)
    for clock in running.order_by("kind"):
        first = max(on, clock.starts_on)
        if first > clock.due_on:
            continue
        toll = Toll(board_id=begun.case.board_id, case=begun.case, kind=clock.kind, starts_on=first, reason=str(STAYED))
        clocking.stop(clock, toll)
        stops[clock.kind] = first.isoformat()
    return {"stops": stops} if stops else {}


def run_monitored_on(begun: moving.Begun, on: date) -> Mapping[str, Any]:
    """Let them run on, `on` being the last day not counted: the fact of the ledger. In an abeyance they stay so."""
    stayed = Toll.objects.filter(case=begun.case, kind__in=MONITORED, overlay__isnull=True, ends_on__isnull=True)
    tolls = list(stayed.order_by("kind"))
    if tolls and begun.facts.in_abeyance:
        overlay = Overlay.objects.get(case=begun.case, kind=OverlayKind.ABEYANCE, ended_at__isnull=True)
        stayed.update(overlay=overlay, reason=overlay.reason)
        return {}
    resumes = {}
    for toll in tolls:
        last = max(on, toll.starts_on)
        clocking.run_on(begun.case, toll, last)
        resumes[toll.kind] = last.isoformat()
    return {"resumes": resumes} if resumes else {}


def stop_targets(begun: moving.Begun, overlay: Overlay) -> list[str]:
    """Let the clocks that an abeyance stops, and that are not missed yet, stand still from today on. Their kinds."""
    running = Deadline.objects.filter(case=begun.case, kind__in=STOPPED, state=DeadlineState.RUNNING)
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
    """Let what stood still under an overlay run on, today being the last day not counted. Due dates by kind.

    What is monitored of an order that a court stays goes on standing still, for the stay.
    """
    open_tolls = Toll.objects.filter(overlay=overlay, ends_on__isnull=True).order_by("kind")
    if begun.facts.stay_in_force:
        open_tolls.filter(kind__in=MONITORED).update(overlay=None, reason=str(STAYED))
    rows = [clocking.run_on(begun.case, toll, begun.today) for toll in open_tolls]
    return {row.kind: row.due_on.isoformat() for row in rows}
