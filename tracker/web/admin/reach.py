"""How far the person at the site reaches: at which boards a permission is held, asked once a request."""

from functools import cached_property
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from tracker.access import gate, holding
from tracker.access.holding import Held
from tracker.access.policy import Permission
from tracker.audit.actors import Actor


class Reach:
    """The boards of one person by permission, on the day of the request."""

    def __init__(self, request: HttpRequest) -> None:
        self.user = request.user
        self.on = timezone.now().date()
        self._boards: dict[Permission, set[UUID]] = {}
        self._cases: dict[Permission, Q] = {}

    @cached_property
    def held(self) -> list[Held]:
        """The roles of the person on that day."""
        return holding.held_roles(self.user.pk, self.on)

    def boards(self, permission: Permission) -> set[UUID]:
        """Where the person holds a permission; nowhere without a sign-in."""
        if not self.user.is_authenticated:
            return set()
        if permission not in self._boards:
            self._boards[permission] = gate.board_ids(self.user.pk, permission, on=self.on)
        return self._boards[permission]

    def holds(self, permission: Permission) -> bool:
        """Whether the person holds it at any board."""
        return bool(self.boards(permission))

    def cases(self, permission: Permission) -> Q:
        """The cases on which the person holds it, as a filter on cases."""
        if permission not in self._cases:
            self._cases[permission] = gate.scope_filter(self.user.pk, permission, on=self.on, held=self.held)
        return self._cases[permission]


def of(request: HttpRequest) -> Reach:
    """The reach of the person who asks, looked up once for a request and the person it is for."""
    known = getattr(request, "admin_reach", None)
    if known is None or known.user is not request.user:
        known = request.admin_reach = Reach(request)
    return known


def told(request: HttpRequest) -> dict[str, object]:
    """Who acts and when: what every act asks for."""
    return {"actor": Actor.staff(request.user.pk), "at": timezone.now()}
