"""Who takes part in a case, and who in the office has a place on it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tracker.access.models import Assignment, ConflictDeclaration, User
from tracker.access.policy import Capacity
from tracker.cases.kinds import ParticipantRole
from tracker.cases.queries.casefile import Seen


@dataclass(frozen=True)
class Person:
    """Somebody in a case. `name` is the label where the name is not for this reader, or sealed."""

    role: str
    role_label: str
    label: str
    name: str
    license_number: str
    practice: str
    contacts: tuple[tuple[str, str], ...]
    note: str
    since: datetime


@dataclass(frozen=True)
class Place:
    """A member of the office with a place on the case. `conflict` is None where the check was not answered."""

    capacity: str
    label: str
    name: str
    conflict: bool | None


def people(seen: Seen) -> list[Person]:
    """Who takes part now. A record names the respondent and counsel, whom the charges name, and nobody else.

    An expert whom the investigation asked is not told of there at all.
    """
    rows = seen.case.participants.filter(until__isnull=True).select_related("identity", "represents")
    if not seen.is_whole:
        rows = rows.exclude(role=ParticipantRole.EXPERT)
    return [_person(seen, row) for row in rows]


def _person(seen: Seen, row: Any) -> Person:
    identity: Any = getattr(row, "identity", None)
    on_record = row.role in (ParticipantRole.RESPONDENT, ParticipantRole.COUNSEL)
    shown = identity is not None and not identity.is_sealed and (seen.is_named or on_record)
    full = shown and seen.is_named
    contacts = ("email", "phone", "address", "safe_contact")
    return Person(
        role=row.role,
        role_label=str(ParticipantRole(row.role).label),
        label=row.label,
        name=row.name if shown else row.label,
        license_number=identity.license_number if full else "",
        practice=identity.practice if full else "",
        contacts=tuple((name, getattr(identity, name)) for name in contacts if getattr(identity, name)) if full else (),
        note=str(row.get_relation_display()) if row.relation and seen.is_whole else "",
        since=row.since,
    )


def places(seen: Seen) -> list[Place]:
    """Who in the office has a place on the case; of a record only the presiding officer."""
    rows = Assignment.objects.filter(case=seen.case, ended_at__isnull=True).select_related("user")
    if not seen.is_whole:
        rows = rows.filter(capacity=Capacity.PRESIDING)
    answers: dict[UUID, bool] = {}
    if seen.is_whole:
        declared = ConflictDeclaration.objects.filter(case=seen.case).order_by("declared_at", "id")
        answers = dict(declared.values_list("user_id", "has_conflict"))
    ordered = rows.order_by("assigned_at", "id")
    return [
        Place(row.capacity, str(row.get_capacity_display()), row.user.full_name, answers.get(row.user_id))
        for row in ordered
    ]


def names_of(actors: Iterable[str]) -> dict[str, str]:
    """Display names of actors as the ledger keeps them (`staff:<id>`), for those who are staff."""
    ids = {code.removeprefix("staff:"): code for code in actors if code.startswith("staff:")}
    people_found = User.objects.filter(pk__in=list(ids)).values_list("pk", "full_name")
    return {ids[str(pk)]: name for pk, name in people_found}
