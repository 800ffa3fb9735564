"""May this actor do this here? The check and the list come from the same row of `policy.POLICY`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from boards import queries as board_queries
from boards.models import Board
from tracker.access.models import Assignment, Membership
from tracker.access.policy import (
    CAPACITY_ROLES,
    POLICY,
    SYSTEM,
    Capacity,
    Grant,
    Outsider,
    Permission,
    Scope,
    who_may,
)
from tracker.audit.actors import Actor, ActorKind
from tracker.errors import NotPermitted, OutOfScope


class CaseLike(Protocol):
    """What the gate must know of a case."""

    pk: UUID
    board_id: UUID
    charged_at: datetime | None


@dataclass(frozen=True)
class Held:
    """A role in force at a board."""

    board_id: UUID
    role: str


SEES = (Permission.CASE_VIEW, Permission.RECORD_VIEW)


def held_roles(user_id: UUID, on: date, board_id: UUID | None = None) -> list[Held]:
    """The roles of an active person in force on a day, at one board or at all."""
    rows = Membership.objects.filter(user_id=user_id, user__is_active=True, valid_from__lte=on)
    rows = rows.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on))
    if board_id is not None:
        rows = rows.filter(board_id=board_id)
    return [Held(board, role) for board, role in rows.values_list("board_id", "role")]


def can(actor: Actor, permission: Permission, target: Any, *, at: datetime) -> bool:
    """Whether the actor holds the permission on a case, a board, or (None) anywhere in the installation."""
    if permission not in POLICY:
        raise ValueError(f"unknown permission {permission!r}")
    if actor.kind is ActorKind.SYSTEM:
        return permission in SYSTEM.get(actor.ref, ())
    if actor.kind is ActorKind.FILER:
        return _own(actor, permission, target)
    if actor.kind is not ActorKind.STAFF or actor.user_id is None:
        return False
    standing = _Standing(actor.user_id, target, at)
    return any(standing.reaches(grant) for grant in POLICY[permission])


def held_among(actor: Actor, wanted: Iterable[Permission], target: Any, *, at: datetime) -> dict[Permission, bool]:
    """Which of several permissions the actor holds on one target, at the price of asking once."""
    if actor.kind is not ActorKind.STAFF or actor.user_id is None:
        return {permission: can(actor, permission, target, at=at) for permission in wanted}
    standing = _Standing(actor.user_id, target, at)
    return {permission: any(standing.reaches(grant) for grant in POLICY[permission]) for permission in wanted}


def require(actor: Actor, permission: Permission, target: Any, *, at: datetime) -> None:
    """Let the actor pass, or raise.

    Raises OutOfScope when the actor may not even see the case (the same answer as for a case that does not exist),
    NotPermitted, naming the roles that may, when it sees the case but may not do this.
    """
    if can(actor, permission, target, at=at):
        return
    if _is_case(target) and not any(can(actor, seeing, target, at=at) for seeing in SEES):
        raise OutOfScope
    raise NotPermitted(_("This needs another role: %(roles)s.") % {"roles": who_may(permission)})


def sees(actor: Actor, target: CaseLike, *, at: datetime) -> bool:
    """Whether the actor sees the case at all, whole or its record."""
    return any(can(actor, permission, target, at=at) for permission in SEES)


def scope_filter(user_id: UUID, permission: Permission, *, on: date) -> Q:
    """The cases on which a person holds a permission, as a filter on `Case`. Empty scope matches nothing."""
    held = held_roles(user_id, on)
    found = Q(pk__in=[])
    for grant in POLICY[permission]:
        boards = [h.board_id for h in held if h.role == grant.who]
        if not boards:
            continue
        if grant.rule:
            boards = [b for b in boards if _rule_holds(grant, b, on)]
        found |= _scope_q(grant, boards, user_id)
    return found


def board_ids(user_id: UUID, permission: Permission, *, on: date) -> set[UUID]:
    """The boards where a person holds a permission through any role."""
    found: set[UUID] = set()
    held = held_roles(user_id, on)
    for grant in POLICY[permission]:
        boards = {h.board_id for h in held if h.role == grant.who}
        found |= {board for board in boards if not grant.rule or _rule_holds(grant, board, on)}
    return found


def capacities(role: str) -> list[Capacity]:
    """The places on a case that a role can fill."""
    return [capacity for capacity, roles in CAPACITY_ROLES.items() if role in roles]


def _open_assignments(user_id: UUID) -> Any:
    return Assignment.objects.filter(user_id=user_id, ended_at__isnull=True)


def _scope_q(grant: Grant, boards: list[UUID], user_id: UUID) -> Q:
    here = Q(board_id__in=boards)
    if grant.scope == Scope.BOARD:
        return here
    mine = _open_assignments(user_id)
    if grant.scope == Scope.ASSIGNED:
        return here & Q(pk__in=mine.filter(capacity__in=capacities(grant.who)).values("case_id"))
    if grant.scope == Scope.RECORD:
        return here & Q(charged_at__isnull=False) & ~Q(pk__in=mine.filter(capacity=Capacity.PANEL).values("case_id"))
    return Q(pk__in=[])


class _Standing:
    """A person before one case, board or (None) the installation. What the database must tell is asked once."""

    def __init__(self, user_id: UUID, target: Any, at: datetime) -> None:
        self.user_id, self.target, self.on = user_id, target, at.date()
        self.board_id = _board_id(target)
        self._rules: dict[Grant, bool] = {}

    @cached_property
    def roles(self) -> frozenset[str]:
        """The roles in force here."""
        return frozenset(held.role for held in held_roles(self.user_id, self.on, self.board_id))

    @cached_property
    def places(self) -> frozenset[str]:
        """The places the person has on the case."""
        mine = _open_assignments(self.user_id).filter(case_id=self.target.pk)
        return frozenset(mine.values_list("capacity", flat=True))

    def reaches(self, grant: Grant) -> bool:
        """Whether a grant reaches this target through a role of the person."""
        if grant.who not in self.roles or not self._rule_fits(grant):
            return False
        if not _is_case(self.target):
            return grant.scope in (Scope.BOARD, Scope.ASSIGNED, Scope.RECORD)
        if grant.scope == Scope.ASSIGNED:
            return not self.places.isdisjoint(capacities(grant.who))
        if grant.scope == Scope.RECORD:
            return self.target.charged_at is not None and Capacity.PANEL not in self.places
        return grant.scope == Scope.BOARD

    def _rule_fits(self, grant: Grant) -> bool:
        if not grant.rule:
            return True
        if self.board_id is None:
            return False
        if grant not in self._rules:
            self._rules[grant] = _rule_holds(grant, self.board_id, self.on)
        return self._rules[grant]


def _rule_holds(grant: Grant, board_id: UUID, on: date) -> bool:
    key, value = grant.rule or ("", "")
    board = Board.objects.get(pk=board_id)
    return bool(board_queries.rule_in_force(board, key, on).value == value)


def _own(actor: Actor, permission: Permission, target: Any) -> bool:
    granted = any(grant.who == Outsider.COMPLAINANT for grant in POLICY[permission])
    if not granted or target is None:
        return False
    if not _is_case(target):
        return permission is Permission.COMPLAINT_FILE
    return bool(target.complaints.filter(pk=actor.ref).exists())


def _is_case(target: Any) -> bool:
    return target is not None and hasattr(target, "charged_at")


def _board_id(target: Any) -> UUID | None:
    if target is None:
        return None
    if isinstance(target, Board):
        return target.pk
    return getattr(target, "board_id", None)
