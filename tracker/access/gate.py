"""May this actor do this here? The check and the list come from the same row of `policy.POLICY`."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import cached_property
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from boards import queries as board_queries
from boards.models import Board
from tracker.access import bars, separation
from tracker.access.holding import Held, capacities, clashing, held_roles, lent_places, open_places
from tracker.access.policy import (
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
    stipulated_at: datetime | None
    sealed_at: datetime | None


SEES = (Permission.CASE_VIEW, Permission.RECORD_VIEW)
# A record begins with charges or with a petition (which counts as such), and for those who vote on it also with a
# stipulation signed by both sides. Who presides never learns of a case that was settled before there was one to hear.
_CHARGED, _STIPULATED = Q(charged_at__isnull=False), Q(stipulated_at__isnull=False)
READS_STIPULATIONS = frozenset(grant.who for grant in POLICY[Permission.STIPULATION_VIEW])
# Members with such a place see the file, so they do not vote and are no readers of the record.
OFF_THE_VOTE = (Capacity.PANEL, Capacity.LIAISON)
# Roles that reach a sealed case through the board; everybody else needs a place on it.
SEAL_OPENERS = frozenset(grant.who for grant in POLICY[Permission.SEALED_VIEW])
# Roles some of whose acts are a part in the case.
TAKE_PART = frozenset(grant.who for grants in POLICY.values() for grant in grants if grant.part)


def acts_for(actor: Actor, permission: Permission, target: Any, *, at: datetime) -> UUID | None:
    """For whom somebody acts as deputy: None where a role of their own gives the permission."""
    if actor.user_id is None:
        return None
    standing = _Standing(actor.user_id, target, at)
    lent = [held for held in standing.held if held.absent]
    if not lent or any(standing.reaches(grant, own=True) for grant in POLICY[permission]):
        return None
    wanted = {grant.who for grant in POLICY[permission] if standing.reaches(grant)}
    return next((held.absent for held in lent if held.role in wanted), None)


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


def asker(actor: Actor, target: Any, *, at: datetime) -> Callable[[Permission], bool]:
    """`can` on one target, to be asked for many permissions: what the database must tell is read once."""
    if actor.kind is not ActorKind.STAFF or actor.user_id is None:
        return lambda permission: can(actor, permission, target, at=at)
    standing = _Standing(actor.user_id, target, at)
    return lambda permission: any(standing.reaches(grant) for grant in POLICY[permission])


def require(actor: Actor, permission: Permission, target: Any, *, at: datetime) -> None:
    """Let the actor pass, or raise.

    Raises OutOfScope when the actor may not even see the case (the same answer as for a case that does not exist),
    NotPermitted, naming the roles that may or the part that is in the way, when it sees the case but may not do this.
    """
    if can(actor, permission, target, at=at):
        return
    if _is_case(target) and not any(can(actor, seeing, target, at=at) for seeing in SEES):
        raise OutOfScope
    other = _other_part(actor, permission, target, at)
    if other:
        words = _("This does not go with another part in the same matter, held now or before: %(part)s.")
        raise NotPermitted(words % {"part": other})
    raise NotPermitted(_("This needs another role: %(roles)s.") % {"roles": who_may(permission)})


def _other_part(actor: Actor, permission: Permission, target: Any, at: datetime) -> str:
    """The places for which alone the permission is withheld; empty where there are none."""
    if actor.user_id is None or not _is_case(target):
        return ""
    standing = _Standing(actor.user_id, target, at)
    grants = [grant for grant in POLICY[permission] if grant.who in standing.roles]
    return ", ".join(dict.fromkeys(str(one.label) for grant in grants for one in standing.in_the_way(grant)))


def sees(actor: Actor, target: CaseLike, *, at: datetime) -> bool:
    """Whether the actor sees the case at all, whole or its record."""
    return any(can(actor, permission, target, at=at) for permission in SEES)


def scope_filter(user_id: UUID, permission: Permission, *, on: date, held: list[Held] | None = None) -> Q:
    """The cases on which a person holds a permission, as a filter on `Case`. Empty scope matches nothing.

    `held` are the person's roles on that day, where they are at hand.
    """
    held = held_roles(user_id, on) if held is None else held
    found = Q(pk__in=[])
    for grant in POLICY[permission]:
        fitting = [h for h in held if h.role == grant.who and (not grant.rule or _rule_holds(grant, h.board_id, on))]
        boards = [h.board_id for h in fitting if not h.absent]
        if boards:
            found |= _scope_q(grant, boards, open_places(user_id), user_id) & bars.without(user_id, grant.part)
        for lent in (h for h in fitting if h.absent):
            reached = _scope_q(grant, [lent.board_id], open_places(lent.absent), user_id)
            reached &= ~bars.in_matter(clashing(user_id, lent.role).values("case_id"), "pk")
            found |= reached & bars.without(lent.absent, grant.part)
    return found & _unsealed_for(user_id, held) & ~Q(pk__in=bars.recused_from(user_id).values("case_id"))


def _unsealed_for(user_id: UUID, held: list[Held]) -> Q:
    """All but sealed cases at boards where no role of the person opens them and no place on the case does."""
    opened = {h.board_id for h in held if h.role in SEAL_OPENERS}
    if all(h.board_id in opened for h in held):
        return Q()
    found = Q(sealed_at__isnull=True) | Q(board_id__in=opened) | Q(pk__in=open_places(user_id).values("case_id"))
    for lent in (h for h in held if h.absent):
        found |= Q(board_id=lent.board_id, pk__in=lent_places(lent).values("case_id"))
    return found


def board_ids(user_id: UUID, permission: Permission, *, on: date) -> set[UUID]:
    """The boards where a person holds a permission through any role."""
    return _boards(held_roles(user_id, on), permission, on)


def held_anywhere(user_id: UUID, wanted: Iterable[Permission], *, on: date) -> set[Permission]:
    """Which of several permissions a person holds at some board, at the price of asking once."""
    held = held_roles(user_id, on)
    return {permission for permission in wanted if _boards(held, permission, on)}


def _boards(held: list[Held], permission: Permission, on: date) -> set[UUID]:
    found: set[UUID] = set()
    for grant in POLICY[permission]:
        boards = {h.board_id for h in held if h.role == grant.who}
        found |= {board for board in boards if not grant.rule or _rule_holds(grant, board, on)}
    return found


def _scope_q(grant: Grant, boards: list[UUID], mine: Any, user_id: UUID) -> Q:
    here = Q(board_id__in=boards)
    if grant.scope == Scope.BOARD:
        return here
    if grant.scope == Scope.ASSIGNED:
        return here & Q(pk__in=mine.filter(capacity__in=capacities(grant.who)).values("case_id"))
    if grant.scope == Scope.RECORD:
        record = _CHARGED | _STIPULATED if grant.who in READS_STIPULATIONS else _CHARGED
        return here & record & ~Q(pk__in=open_places(user_id).filter(capacity__in=OFF_THE_VOTE).values("case_id"))
    return Q(pk__in=[])


class _Standing:
    """A person before one case, board or (None) the installation. What the database must tell is asked once."""

    def __init__(self, user_id: UUID, target: Any, at: datetime) -> None:
        self.user_id, self.target, self.on = user_id, target, at.date()
        self.board_id = _board_id(target)
        self._rules: dict[Grant, bool] = {}

    @cached_property
    def held(self) -> list[Held]:
        """The roles in force here, without lent ones that the person may not fill on this case."""
        found = held_roles(self.user_id, self.on, self.board_id)
        if not _is_case(self.target):
            return found
        return [one for one in found if not (one.absent and self._clashes(one.role))]

    @cached_property
    def roles(self) -> frozenset[str]:
        """Their names."""
        return frozenset(held.role for held in self.held)

    @cached_property
    def own_roles(self) -> frozenset[str]:
        """Those that nobody lent."""
        return frozenset(held.role for held in self.held if not held.absent)

    @cached_property
    def own_places(self) -> frozenset[str]:
        """The places the person has on the case."""
        mine = open_places(self.user_id).filter(case_id=self.target.pk)
        return frozenset(mine.values_list("capacity", flat=True))

    @cached_property
    def places(self) -> frozenset[str]:
        """These, and those of the people whom the person stands in for."""
        lent = [lent_places(one).filter(case_id=self.target.pk) for one in self.held if one.absent]
        return self.own_places.union(*(rows.values_list("capacity", flat=True) for rows in lent))

    def _clashes(self, role: str) -> bool:
        return bars.clashes(self.user_id, role, self.target.pk)

    @cached_property
    def _bars(self) -> list[tuple[UUID, str]]:
        """What shuts the case or acts on it; the parts of others count where the person stands in for them."""
        people = {self.user_id, *(one.absent for one in self.held if one.absent)}
        return bars.of(self.user_id, () if self.roles.isdisjoint(TAKE_PART) else people, self.target.pk)

    @cached_property
    def is_barred(self) -> bool:
        """Whether the case is shut to the person, whatever the roles: recused, or sealed without a way in."""
        if self.target.sealed_at is not None and self.roles.isdisjoint(SEAL_OPENERS) and not self.places:
            return True
        return (self.user_id, bars.RECUSED) in self._bars

    def in_the_way(self, grant: Grant, *, own: bool = False) -> list[Capacity]:
        """The places in the matter that do not go with a grant, of the person and of whoever lent the role.

        None where one of several who give the role has no such place.
        """
        if grant.part is None:
            return []
        found, apart = [], separation.apart(grant.part)
        for held in self.held:
            if held.role == grant.who and not (own and held.absent):
                mine = {place for who, place in self._bars if who in (held.absent or self.user_id, self.user_id)}
                found.append([place for place in Capacity if place in mine & apart])
        return min(found, key=len, default=[])

    def reaches(self, grant: Grant, *, own: bool = False) -> bool:
        """Whether a grant reaches this target through a role of the person, with `own` through none that is lent."""
        if grant.who not in (self.own_roles if own else self.roles) or not self._rule_fits(grant):
            return False
        if not _is_case(self.target):
            return grant.scope in (Scope.BOARD, Scope.ASSIGNED, Scope.RECORD)
        if self.is_barred or self.in_the_way(grant, own=own):
            return False
        if grant.scope == Scope.ASSIGNED:
            return not (self.own_places if own else self.places).isdisjoint(capacities(grant.who))
        if grant.scope == Scope.RECORD:
            stipulated = self.target.stipulated_at is not None and grant.who in READS_STIPULATIONS
            return (self.target.charged_at is not None or stipulated) and self.own_places.isdisjoint(OFF_THE_VOTE)
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
