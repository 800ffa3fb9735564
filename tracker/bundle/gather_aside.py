"""Who stood aside from a case because of a conflict, as an edition tells it: names and days, never the reason."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from boards import queries as board_queries
from tracker.access import holding
from tracker.access.models import Assignment, ConflictDeclaration, Membership
from tracker.access.policy import Capacity, Role
from tracker.bundle.editions import BOARD, PUBLIC
from tracker.bundle.lists import Aside
from tracker.cases.models import Case


def aside(case: Case, edition: str) -> tuple[Aside, ...]:
    """Everybody who declared a conflict, in the order of the first days; nobody in the public record."""
    if edition == PUBLIC:
        return ()
    rows = ConflictDeclaration.objects.filter(case=case).select_related("user").order_by("declared_at", "id")
    answers: dict[UUID, list[ConflictDeclaration]] = {}
    for row in rows:
        answers.setdefault(row.user_id, []).append(row)
    spans = [(given[0], *span) for given in answers.values() if (span := _span(case, given))]
    names = _names(case, [row.user_id for row, _since, _until in spans], edition) if spans else {}
    found = [
        Aside(row.user.full_name, names[row.user_id], since.isoformat(), until.isoformat() if until else "")
        for row, since, until in spans
        if row.user_id in names
    ]
    return tuple(sorted(found, key=lambda one: (one.since, one.name)))


def _span(case: Case, answers: Iterable[ConflictDeclaration]) -> tuple[date, date | None] | None:
    """The first day of a conflict, and the day on which the last one was lifted; None for who never had one."""
    zone = board_queries.board_zone(case.board)
    since: date | None = None
    until: date | None = None
    for row in answers:
        day = row.declared_at.astimezone(zone).date()
        if row.has_conflict:
            since, until = since or day, None
        elif since and until is None:
            until = day
    return (since, until) if since else None


def _names(case: Case, people: list[UUID], edition: str) -> dict[UUID, str]:
    """As what each stood aside: by the role of a decider, in the board's edition else by the place or another role."""
    held = Membership.objects.filter(board_id=case.board_id, user_id__in=people).order_by("-valid_from", "role")
    roles = list(held.values_list("user_id", "role"))
    found = {user: str(Role(role).label) for user, role in roles if role in holding.DECIDES}
    # Parties may know which of those who hear or decide stood aside. Of the rest only the board's edition tells.
    if edition != BOARD:
        return found
    places = Assignment.objects.filter(case=case, user_id__in=people).order_by("assigned_at", "id")
    for user, capacity in places.values_list("user_id", "capacity"):
        found.setdefault(user, str(Capacity(capacity).label))
    for user, role in roles:
        found.setdefault(user, str(Role(role).label))
    return {user: found.get(user, "") for user in people}
