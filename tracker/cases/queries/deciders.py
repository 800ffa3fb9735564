"""Who hears and decides a case."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tracker.access import bars, gate, holding
from tracker.access.models import Assignment, User
from tracker.access.policy import Capacity, Role
from tracker.cases.models import Case


@dataclass(frozen=True)
class Decider:
    """Somebody who hears or decides the case."""

    user_id: UUID
    email: str
    name: str


def deciders(case: Case, on: date) -> list[Decider]:
    """Who presides, and the members serving on a day who keep to the record, by name; nobody who is recused."""
    places = Assignment.objects.filter(case=case, ended_at__isnull=True).values_list("user_id", "capacity")
    presiding = {user for user, capacity in places if capacity == Capacity.PRESIDING}
    off = {user for user, capacity in places if capacity in gate.OFF_THE_VOTE}
    off |= set(bars.recusals().filter(case_id=case.pk).values_list("user_id", flat=True))
    members = holding.holders(case.board_id, Role.BOARD_MEMBER, on)
    people = User.objects.filter(pk__in=(presiding | members) - off, is_active=True)
    return [Decider(one.pk, one.email, one.full_name) for one in people.order_by("full_name", "email")]
