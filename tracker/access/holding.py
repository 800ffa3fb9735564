"""Which roles and places a person has: own ones, and those of somebody absent for whom the person stands in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet, UUIDField, Value
from django.db.models.functions import Cast

from tracker.access import separation
from tracker.access.models import Assignment, Delegation, Membership
from tracker.access.policy import CAPACITY_ROLES, Capacity, Role

# Who hears or votes at a board stands in for nobody there.
DECIDES = (Role.BOARD_MEMBER, Role.PRESIDING_OFFICER)


@dataclass(frozen=True)
class Held:
    """A role in force at a board. `absent` is whose role it is, where the person stands in for somebody."""

    board_id: UUID
    role: str
    absent: UUID | None = None


def held_roles(user_id: UUID, on: date, board_id: UUID | None = None) -> list[Held]:
    """The roles of an active person in force on a day, own ones and lent ones, at one board or at all: one query.

    A role is lent while its holder, who has it still, is absent by a delegation.
    """
    here = {} if board_id is None else {"board_id": board_id}
    own = Membership.objects.filter(_in_force(on), user_id=user_id, user__is_active=True, valid_from__lte=on, **here)
    lent = delegations(on).filter(
        _in_force(on, "absent__memberships__"),
        deputy_id=user_id,
        deputy__is_active=True,
        absent__memberships__board=F("board"),
        absent__memberships__role=F("role"),
        absent__memberships__valid_from__lte=on,
        **here,
    )
    nobody = own.annotate(whose=Cast(Value(None), UUIDField())).values_list("board_id", "role", "whose")
    rows = nobody.union(lent.order_by().values_list("board_id", "role", "absent_id"))
    return [Held(board, role, absent) for board, role, absent in rows]


def _in_force(on: date, prefix: str = "") -> Q:
    return Q(**{f"{prefix}valid_until__isnull": True}) | Q(**{f"{prefix}valid_until__gte": on})


def delegations(on: date) -> "QuerySet[Delegation]":
    """The delegations in force on a day."""
    return Delegation.objects.filter(valid_from__lte=on, valid_until__gte=on, ended_at__isnull=True)


def behind(user_id: UUID, board_id: UUID, roles: Iterable[str], *, at: datetime) -> frozenset[UUID]:
    """Who stood behind an act that one of these roles allowed: the person, and for whom the person stood in then.

    Where a second person is asked for, two acts with somebody in common are one person's, also after a delegation has
    ended and for two deputies one after the other. A role of one's own goes before the same role lent.
    """
    on, wanted = at.date(), set(roles)
    own = Membership.objects.filter(_in_force(on), user_id=user_id, board_id=board_id, valid_from__lte=on)
    lent = Delegation.objects.filter(
        Q(ended_at__isnull=True) | Q(ended_at__gt=at),
        board_id=board_id,
        deputy_id=user_id,
        role__in=wanted - set(own.values_list("role", flat=True)),
        valid_from__lte=on,
        valid_until__gte=on,
        recorded_at__lte=at,
    )
    return frozenset({user_id, *lent.values_list("absent_id", flat=True)})


def overlapping(first: date, last: date | None) -> Q:
    """Rows with days of their own, both included, that share a day with these; None is without end."""
    begun = Q(valid_until__isnull=True) | Q(valid_until__gte=first)
    return begun & Q(valid_from__lte=last) if last else begun


def holders(board_id: UUID, role: str, on: date) -> set[UUID]:
    """The active people with a role of their own at a board on a day."""
    rows = Membership.objects.filter(board_id=board_id, role=role, user__is_active=True, valid_from__lte=on)
    rows = rows.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on))
    return set(rows.values_list("user_id", flat=True))


def capacities(role: str) -> list[Capacity]:
    """The places on a case that a role can fill."""
    return [capacity for capacity, roles in CAPACITY_ROLES.items() if role in roles]


def open_places(user_id: UUID | None) -> "QuerySet[Assignment]":
    """The places that a person has on cases now; nobody has none."""
    return Assignment.objects.filter(user_id__in=[user_id] if user_id else [], ended_at__isnull=True)


def presiding(user_id: UUID | None, case_id: UUID) -> "QuerySet[Assignment]":
    """The place of a person as the presiding officer of a case; none where somebody else presides, or nobody."""
    return open_places(user_id).filter(case_id=case_id, capacity=Capacity.PRESIDING)


def lent_places(lent: Held) -> "QuerySet[Assignment]":
    """The places of an absent person that go with the role that is lent."""
    return open_places(lent.absent).filter(board_id=lent.board_id, capacity__in=capacities(lent.role))


def clashing(user_id: UUID, role: str) -> "QuerySet[Assignment]":
    """A deputy's own places, also past ones, on cases where the deputy may not have what the role stands for."""
    apart = {other for capacity in capacities(role) for other in separation.apart(capacity)}
    return Assignment.objects.filter(user_id=user_id, capacity__in=apart)
