"""What lies over a case now, for pages and forms: emergency action, abeyance, hold, seal, paused clocks, recusals."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from tracker.access import holding
from tracker.access.models import Assignment, ConflictDeclaration, Membership
from tracker.access.policy import Capacity
from tracker.cases.clocks import PAUSABLE
from tracker.cases.kinds import DeadlineState
from tracker.cases.models import Case, Overlay
from tracker.cases.pathkinds import OverlayKind
from tracker.cases.queries.casefile import Seen
from tracker.cases.states import DISPOSITIONS


@dataclass(frozen=True)
class EmergencyTold:
    """An emergency action: days are the board's dates; `end` says in words how one that is over ended."""

    label: str
    effective_on: date
    served_on: date | None
    heard_on: date | None
    expires_on: date | None
    ended_at: datetime | None = None
    end: str = ""


@dataclass(frozen=True)
class Recused:
    """Somebody of the office who declared a conflict: as what, and since when."""

    name: str
    email: str
    place: str
    since: datetime


@dataclass(frozen=True)
class InForce:
    """What a reader of a case is told of it. Holds, seals and the reason of an abeyance are for the whole file.

    `past` are the emergency actions that are over, the latest first.
    """

    emergency: EmergencyTold | None
    abeyance: Overlay | None
    hold: Overlay | None
    seal: Overlay | None
    past: tuple[EmergencyTold, ...] = ()


def in_force(seen: Seen) -> InForce:
    """What lies over the case: all of it, or for a reader of the record the emergency action and the abeyance."""
    rows = {row.kind: row for row in Overlay.objects.filter(case=seen.case, ended_at__isnull=True)}
    emergencies = _emergencies(seen.case)
    return InForce(
        emergency=next((one for one in emergencies if one.ended_at is None), None),
        abeyance=rows.get(OverlayKind.ABEYANCE),
        hold=rows.get(OverlayKind.HOLD) if seen.is_whole else None,
        seal=rows.get(OverlayKind.SEAL) if seen.is_whole else None,
        past=tuple(one for one in emergencies if one.ended_at),
    )


def _emergencies(case: Any) -> list[EmergencyTold]:
    """Emergency action belongs to the room above; it is part of every record."""
    return [
        EmergencyTold(
            str(DISPOSITIONS[row.code].label),
            row.effective_on,
            row.served_on,
            row.heard_on,
            row.expires_on,
            row.ended_at,
            row.get_end_display(),
        )
        for row in case.emergency_actions.order_by("-taken_at", "-id")
    ]


def running_clocks(case: Case) -> list[str]:
    """The kinds of clock that run on a case."""
    rows = case.deadlines.filter(state=DeadlineState.RUNNING).order_by("due_on", "id")
    return list(rows.values_list("kind", flat=True))


def paused_clocks(case: Case) -> list[str]:
    """The kinds of clock that were paused by themselves, not by an abeyance or a court's stay."""
    rows = case.tolls.filter(ends_on__isnull=True, overlay__isnull=True, kind__in=PAUSABLE).order_by("starts_on", "id")
    return list(rows.values_list("kind", flat=True))


def recused(case: Case) -> list[Recused]:
    """Who is recused from a case now, by their latest answers, first the one who declared first."""
    latest: dict[Any, ConflictDeclaration] = {}
    rows = ConflictDeclaration.objects.filter(case=case).select_related("user")
    for row in rows.order_by("declared_at", "id"):
        latest[row.user_id] = row
    found = [row for row in latest.values() if row.has_conflict]
    places = _places(case, found) if found else {}
    return [
        Recused(row.user.full_name, row.user.email, places.get(row.user_id, ""), row.declared_at)
        for row in sorted(found, key=lambda row: (row.declared_at, row.pk))
    ]


def recused_for(seen: Seen) -> list[Recused]:
    """The same as one reader is told of it: of a record only who may hear or decide cases, and never their places.

    A place as investigator or on the panel belongs to the file.
    """
    found = recused(seen.case)
    if seen.is_whole or not found:
        return found
    today = holding.overlapping(seen.today, seen.today)
    held = Membership.objects.filter(today, board_id=seen.case.board_id, role__in=holding.DECIDES)
    deciders = set(held.values_list("user__email", flat=True))
    return [replace(one, place="") for one in found if one.email in deciders]


def _places(case: Case, found: list[ConflictDeclaration]) -> dict[Any, str]:
    rows = Assignment.objects.filter(case=case, user_id__in=[row.user_id for row in found])
    ordered = rows.order_by("assigned_at", "id").values_list("user_id", "capacity")
    return {user_id: str(Capacity(capacity).label) for user_id, capacity in ordered}
