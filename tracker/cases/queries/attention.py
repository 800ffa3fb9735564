"""What needs attention at a board: deadlines due soon and overdue, holds to review, cases in which nothing was done,
records of hearings that nobody closed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from boards import queries as board_queries
from boards.models import Board
from boards.rules import RuleValue
from tracker.audit.models import Chain, LedgerEntry
from tracker.cases import reminders
from tracker.cases.clocks import WINDOWS
from tracker.cases.kinds import DeadlineState
from tracker.cases.models import Case, Deadline, Overlay, Reminder
from tracker.cases.pathkinds import OverlayKind
from tracker.cases.reminders import Level, Overlaid
from tracker.cases.states import Status

KEPT = (OverlayKind.HOLD, OverlayKind.ABEYANCE)


@dataclass(frozen=True)
class Matter:
    """Something people of a case are told: a deadline's kind or an `Overlaid`, how urgent, and its day at the board."""

    case: Case
    matter: str
    level: str
    due_on: date

    @property
    def key(self) -> tuple[UUID, str, str, date]:
        """What makes a reminder one."""
        return (self.case.pk, self.matter, self.level, self.due_on)


def hosted_boards() -> list[Board]:
    """The boards whose cases are kept here, by name."""
    return list(Board.objects.select_related("jurisdiction").filter(hosted=True).order_by("name"))


def untold(board: Board, *, at: datetime) -> list[Matter]:
    """What needs attention at a board and nobody was told of yet, in a fixed number of queries."""
    today = board_queries.local_day(board, at)
    in_force = board_queries.rules_in_force(board, today)
    found = [*_deadlines(board, today, in_force), *_reviews(board, today), *_stuck(board, at, today, in_force)]
    found += _open_records(board, at, in_force)
    told = Reminder.objects.filter(board=board, case__in=[matter.case for matter in found])
    known = set(told.values_list("case_id", "matter", "level", "due_on"))
    return [matter for matter in found if matter.key not in known]


def _deadlines(board: Board, today: date, in_force: Mapping[str, RuleValue]) -> Iterator[Matter]:
    ahead, after = in_force["reminder_days"].value, in_force["escalate_after_days"].value
    rows = Deadline.objects.filter(board=board, state=DeadlineState.RUNNING).exclude(kind__in=WINDOWS)
    for row in rows.filter(due_on__lte=today + timedelta(days=max(ahead, default=0))).select_related("case"):
        level = reminders.level(row.kind, row.due_on, today, starts_on=row.starts_on, ahead=ahead, escalate_after=after)
        if level:
            yield Matter(row.case, row.kind, str(level), row.due_on)


def _reviews(board: Board, today: date) -> Iterator[Matter]:
    rows = to_review().filter(board=board, review_day__lte=today).select_related("case")
    for row in rows:
        yield Matter(row.case, str(Overlaid(row.kind)), str(Level.REVIEW), row.review_day)


def to_review() -> Any:
    """Holds and abeyances in force, with `review_day`: the day on which somebody looks at them again."""
    rows = Overlay.objects.filter(ended_at__isnull=True, kind__in=KEPT)
    return rows.annotate(review_day=Coalesce("review_on", "ends_on")).filter(review_day__isnull=False)


def _stuck(board: Board, at: datetime, today: date, in_force: Mapping[str, RuleValue]) -> Iterator[Matter]:
    days = in_force["stuck_after_days"].value
    rows = list(Case.objects.filter(silent(at - timedelta(days=days)), board=board))
    last = _last_entries(row.pk for row in rows)
    zone = board_queries.board_zone(board)
    for row in rows:
        quiet_since = last.get(row.pk, row.moved_at).astimezone(zone).date()
        yield Matter(row, str(Overlaid.STUCK), str(Level.STUCK), quiet_since + timedelta(days=days))


def _open_records(board: Board, at: datetime, in_force: Mapping[str, RuleValue]) -> Iterator[Matter]:
    """Records of hearings open for longer than a proposal may take: its time only runs once they are closed.

    The matter's day is the last on which the proposal would have been due, had the record closed with the hearing.
    """
    days = timedelta(days=in_force["proposed_decision_days"].value)
    is_open = Q(hearings__closed_at__isnull=True, hearings__vacated_at__isnull=True, hearings__opened_at__lt=at - days)
    rows = Case.objects.filter(is_open, ~_waits(), board=board, status=Status.HEARING_HELD)
    for row in rows.annotate(open_since=Min("hearings__opened_at", filter=is_open)):
        yield Matter(
            row, str(Overlaid.RECORD), str(Level.REVIEW), board_queries.local_day(board, row.open_since + days)
        )


def _last_entries(chains: Iterable[UUID]) -> dict[UUID, datetime]:
    rows = LedgerEntry.objects.filter(chain__in=list(chains)).order_by().values("chain")
    return dict(rows.annotate(last=Max("at")).values_list("chain", "last"))


def silent(since: datetime) -> Q:
    """Open cases that did not move and whose ledger says nothing since a moment, as a filter on `Case`."""
    head = Chain.objects.filter(pk=OuterRef("chain")).values("head_seq")
    # Only the last entry is looked at: a chain may be long.
    spoke = LedgerEntry.objects.filter(chain=OuterRef("pk"), seq=Subquery(head), at__gte=since)
    return Q(moved_at__lt=since) & ~Q(status=Status.CLOSED) & ~Q(Exists(spoke)) & ~_waits()


def _waits() -> Q:
    """In abeyance a case waits for another; nothing is expected of anybody."""
    return Q(Exists(Overlay.objects.filter(case=OuterRef("pk"), kind=OverlayKind.ABEYANCE, ended_at__isnull=True)))


def stuck(cases: "QuerySet[Case]", boards: Iterable[Board], *, at: datetime) -> "QuerySet[Case]":
    """The cases among these in which nothing was done for longer than the rule of their board allows."""
    days = {board.pk: at.astimezone(board.zone).date() for board in boards}
    allowed = board_queries.values_in_force("stuck_after_days", days)
    found = Q(pk__in=[])
    for number in sorted(set(allowed.values())):
        ids = [pk for pk, value in allowed.items() if value == number]
        found |= Q(board_id__in=ids) & silent(at - timedelta(days=number))
    return cases.filter(found)


def reviews_due(cases: "QuerySet[Case]", boards: Iterable[Board], *, at: datetime, most: int) -> list[tuple[str, date]]:
    """Docket and day of the holds and abeyances of these cases that are to be reviewed at their board, oldest first."""
    due = Q(pk__in=[])
    for board in boards:
        due |= Q(board_id=board.pk, review_day__lte=at.astimezone(board.zone).date())
    rows = to_review().filter(due, case__in=cases).order_by("review_day", "id")
    return list(rows.values_list("case__docket", "review_day")[:most])
