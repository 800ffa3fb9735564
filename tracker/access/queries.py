"""What is looked up about people and their roles."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from tracker.access import holding
from tracker.access.models import Delegation, Membership, User


@dataclass(frozen=True)
class DemoPerson:
    """A sign-in of the demo: e-mail address, labels of roles, short codes of boards, sorted."""

    email: str
    roles: tuple[str, ...]
    boards: tuple[str, ...]


def demo_people() -> list[DemoPerson]:
    """The active sign-ins of the demo with the roles they hold now, by e-mail; empty anywhere else."""
    people = User.objects.filter(is_demo=True, is_active=True).order_by("email")
    held: dict[str, tuple[set[str], set[str]]] = {person.email: (set(), set()) for person in people}
    open_ones = Membership.objects.filter(user__in=people, valid_until__isnull=True)
    for membership in open_ones.select_related("user", "board"):
        roles, boards = held[membership.user.email]
        roles.add(str(membership.get_role_display()))
        boards.add(membership.board.short_code)
    return [DemoPerson(email, tuple(sorted(roles)), tuple(sorted(boards))) for email, (roles, boards) in held.items()]


def person_by_email(email: str) -> User | None:
    """The active person with an e-mail address, typed in any case, or None."""
    return User.objects.filter(email=email.strip().lower(), is_active=True).first()


def holds_role(user_id: UUID, board_id: UUID, role: str) -> bool:
    """Whether a person ever got a role at a board."""
    return Membership.objects.filter(user_id=user_id, board_id=board_id, role=role).exists()


@dataclass(frozen=True)
class StaffMember:
    """Somebody who works at a board: e-mail address, name, roles in force (codes)."""

    email: str
    name: str
    roles: tuple[str, ...]


def staff_of(board_id: UUID, on: date) -> list[StaffMember]:
    """The active people of a board on a day, by name, in one query."""
    rows = Membership.objects.filter(board_id=board_id, user__is_active=True, valid_from__lte=on)
    rows = rows.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on)).select_related("user")
    found: dict[str, tuple[str, list[str]]] = {}
    for row in rows.order_by("user__full_name", "role"):
        found.setdefault(row.user.email, (row.user.full_name, []))[1].append(row.role)
    return [StaffMember(email, name, tuple(roles)) for email, (name, roles) in found.items()]


@dataclass(frozen=True)
class StandingIn:
    """Somebody who stands in for somebody else: names, label of the role, board, days (both included)."""

    id: UUID
    board: str
    absent: str
    deputy: str
    role: str
    valid_from: date
    valid_until: date
    reason: str


def stands_in_for(user_id: UUID, on: date) -> list[StandingIn]:
    """For whom a person stands in on a day, the soonest to end first."""
    rows = holding.delegations(on).filter(deputy_id=user_id)
    return [_standing_in(row) for row in rows.select_related("board", "absent", "deputy").order_by("valid_until", "id")]


def delegations_at(board_ids: Iterable[UUID], on: date) -> list[StandingIn]:
    """The delegations of some boards that run or are to come, the soonest to begin first."""
    rows = Delegation.objects.filter(board_id__in=board_ids, valid_until__gte=on, ended_at__isnull=True)
    return [_standing_in(row) for row in rows.select_related("board", "absent", "deputy").order_by("valid_from", "id")]


def _standing_in(row: Delegation) -> StandingIn:
    return StandingIn(
        id=row.pk,
        board=row.board.short_code,
        absent=row.absent.full_name,
        deputy=row.deputy.full_name,
        role=str(row.get_role_display()),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        reason=row.reason,
    )
