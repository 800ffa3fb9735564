"""Who hears and decides a case."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from boards import queries as board_queries
from tracker.access import bars, holding
from tracker.access.models import Assignment, User
from tracker.access.policy import Capacity, Role
from tracker.cases.kinds import VoteKind
from tracker.cases.models import Case
from tracker.cases.queries import tookpart


@dataclass(frozen=True)
class Decider:
    """Somebody who hears or decides the case."""

    user_id: UUID
    email: str
    name: str


def deciders(case: Case, on: date) -> list[Decider]:
    """Who presides, and the members serving on a day who may vote on the order, by name; nobody who is recused."""
    seated = Assignment.objects.filter(case=case, capacity=Capacity.PRESIDING, ended_at__isnull=True)
    presiding = set(seated.values_list("user_id", flat=True))
    presiding -= set(bars.recusals().filter(case_id=case.pk).values_list("user_id", flat=True))
    pc_body = board_queries.rule_in_force(case.board, "pc_body", on).value
    barred = tookpart.barred(case, VoteKind.ORDER, pc_body=str(pc_body))
    members = holding.holders(case.board_id, Role.BOARD_MEMBER, on) - barred.keys()
    people = User.objects.filter(pk__in=presiding | members, is_active=True)
    return [Decider(one.pk, one.email, one.full_name) for one in people.order_by("full_name", "email")]
