"""What lies over a case now, for pages and forms: emergency action, abeyance, hold, seal, paused clocks, recusals."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tracker.access.models import Assignment, ConflictDeclaration
from tracker.access.policy import Capacity
from tracker.cases.kinds import DeadlineState, OverlayKind
from tracker.cases.models import Case, Overlay
from tracker.cases.queries.casefile import Seen
from tracker.cases.states import DISPOSITIONS


@dataclass(frozen=True)
class EmergencyInForce:
    """An emergency action in force. Days are the board's dates."""

    label: str
    effective_on: date
    served_on: date | None
    heard_on: date | None
    expires_on: date | None


@dataclass(frozen=True)
class Recused:
    """Somebody of the office who declared a conflict: as what, and since when."""

    name: str
    email: str
    place: str
    since: datetime


@dataclass(frozen=True)
class InForce:
    """What a reader of a case is told of it. Holds, seals and the reason of an abeyance are for the whole file."""

    emergency: EmergencyInForce | None
    abeyance: Overlay | None
    hold: Overlay | None
    seal: Overlay | None


def in_force(seen: Seen) -> InForce:
    """What lies over the case: all of it, or for a reader of the record the emergency action and the abeyance."""
    rows = {row.kind: row for row in Overlay.objects.filter(case=seen.case, ended_at__isnull=True)}
    return InForce(
        emergency=_emergency(seen.case),
        abeyance=rows.get(OverlayKind.ABEYANCE),
        hold=rows.get(OverlayKind.HOLD) if seen.is_whole else None,
        seal=rows.get(OverlayKind.SEAL) if seen.is_whole else None,
    )


def _emergency(case: Any) -> EmergencyInForce | None:
    """Emergency action belongs to the room above; it is part of every record."""
    row = case.emergency_actions.filter(ended_at__isnull=True).first()
    if row is None:
        return None
    label = str(DISPOSITIONS[row.code].label)
    return EmergencyInForce(label, row.effective_on, row.served_on, row.heard_on, row.expires_on)


def running_clocks(case: Case) -> list[str]:
    """The kinds of clock that run on a case."""
    rows = case.deadlines.filter(state=DeadlineState.RUNNING).order_by("due_on", "id")
    return list(rows.values_list("kind", flat=True))


def paused_clocks(case: Case) -> list[str]:
    """The kinds of clock that were paused by themselves, not by an abeyance."""
    rows = case.tolls.filter(ends_on__isnull=True, overlay__isnull=True).order_by("starts_on", "id")
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


def _places(case: Case, found: list[ConflictDeclaration]) -> dict[Any, str]:
    rows = Assignment.objects.filter(case=case, user_id__in=[row.user_id for row in found])
    ordered = rows.order_by("assigned_at", "id").values_list("user_id", "capacity")
    return {user_id: str(Capacity(capacity).label) for user_id, capacity in ordered}
