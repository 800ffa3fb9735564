"""The figures of the home page: alerts, what is due, open cases by stage and board, filings and closings by month."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Case as Either
from django.db.models import Count, DateTimeField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _

from tracker.access import bars
from tracker.access.models import Assignment
from tracker.cases.clocks import WINDOWS, DeadlineKind
from tracker.cases.models import Case, Deadline
from tracker.cases.queries import attention, queue
from tracker.cases.queries.readers import Reader
from tracker.cases.queries.rows import CaseRow, rows_of
from tracker.cases.states import Priority, Stage, Status

MY_ROWS = 7
DUE_ROWS = 8
SOON_DAYS = 7
MONTHS = 12


@dataclass(frozen=True)
class Alert:
    """Something with an act behind it. `view` is a view of the queue, `docket` one case; one of the two is empty."""

    kind: str
    number: int
    docket: str
    day: date | None
    view: str


@dataclass(frozen=True)
class DueRow:
    """A running deadline."""

    docket: str
    kind: str
    due_on: date
    state: str
    today: date
    group: str


@dataclass(frozen=True)
class StageRow:
    """Open cases of one stage: by board, in the order of the boards, and in all."""

    stage: str
    by_board: list[tuple[str, int]]
    total: int


@dataclass(frozen=True)
class Month:
    """Cases received and closed in a month. `day` is its first day; `is_running` marks the month that is not over."""

    day: date
    filed: int
    closed: int
    is_running: bool


@dataclass(frozen=True)
class Home:
    """All of the home page. Counts stop at `queue.CAP` + 1. `months` is empty for one who sees no case whole."""

    alerts: list[Alert]
    mine: list[CaseRow]
    mine_total: int
    due: list[DueRow]
    overdue: int
    soon: int
    stages: list[StageRow]
    months: list[Month]


def home(reader: Reader) -> Home:
    """The home page of a person, in a fixed number of queries."""
    mine = queue.mine(reader)
    # Emergencies first, but not those that the reader may not know to be one.
    emergencies_first = Either(When(is_whole=True, priority=Priority.EMERGENCY, then=Value(0)), default=Value(1))
    ordered = mine.order_by(emergencies_first, F("due").asc(nulls_last=True), "pk")[:MY_ROWS]
    deadlines = reader.deadlines()
    return Home(
        alerts=list(_alerts(reader)),
        mine=rows_of(reader, ordered),
        mine_total=queue.capped(mine),
        due=_due(reader, deadlines),
        overdue=_capped(deadlines.filter(reader.past())),
        soon=_capped(deadlines.filter(reader.due_within(SOON_DAYS))),
        stages=_stages(reader),
        months=months(reader),
    )


def months(reader: Reader) -> list[Month]:
    """Cases received and closed in each of the last MONTHS months, by the boards' own calendars; whole cases only."""
    cases = Case.objects.filter(reader.whole)
    if not reader.boards or not cases.exists():
        return []
    here = max(reader.today(board.pk) for board in reader.boards)
    first = [_first_of(here, back) for back in range(MONTHS - 1, -1, -1)]
    filed = _by_month(reader, cases, "received_at", first[0])
    closed = _by_month(reader, cases, "closed_at", first[0])
    return [Month(day, filed.get(day, 0), closed.get(day, 0), is_running=day == first[-1]) for day in first]


def _alerts(reader: Reader) -> Iterator[Alert]:
    running = reader.deadlines().filter(case__in=Case.objects.filter(reader.whole))
    unscreened = running.filter(kind=DeadlineKind.DANGER_SCREEN).filter(reader.past())
    yield from _deadline_alert("screen", unscreened)
    yield from _deadline_alert("emergency", running.filter(kind=DeadlineKind.EMERGENCY_ACTION))
    unverified = queue.capped(queue.unverified(reader))
    if unverified:
        yield Alert("unverified", unverified, "", None, "unverified")
    yield from _held_in_conflict(reader)
    yield from _to_review(reader)
    stalled = queue.stalled(reader)
    oldest = stalled.values_list("docket", "moved_at", "board_id").first()
    if oldest:
        docket, moved_at, board_id = oldest
        yield Alert("stalled", queue.capped(stalled), docket, reader.local(board_id, moved_at), "stalled")


def _to_review(reader: Reader) -> Iterator[Alert]:
    """Holds and abeyances whose day of review has come."""
    cases = Case.objects.filter(reader.whole)
    found = attention.reviews_due(cases, reader.boards, at=reader.at, most=queue.CAP + 1)
    if found:
        yield Alert("review", len(found), found[0][0], found[0][1], "")


def _held_in_conflict(reader: Reader) -> Iterator[Alert]:
    """Open cases on which somebody with a conflict still has a place, so that nobody can do that part of the work."""
    cases = Case.objects.filter(reader.whole).exclude(status=Status.CLOSED)
    held = Assignment.objects.filter(case_id=OuterRef("case_id"), user_id=OuterRef("user_id"), ended_at__isnull=True)
    rows = bars.recusals().filter(Exists(held), case__in=cases).order_by("declared_at", "id")
    first = rows.values_list("case__docket", flat=True).first()
    if first:
        number = rows.order_by().values("case_id").distinct()[: queue.CAP + 1].count()
        yield Alert("conflict", number, first, None, "")


def _deadline_alert(kind: str, deadlines: "QuerySet[Deadline]") -> Iterator[Alert]:
    first = deadlines.order_by("due_on", "case__docket").values_list("case__docket", "due_on").first()
    if first:
        yield Alert(kind, _capped(deadlines), first[0], first[1], "")


def _due(reader: Reader, deadlines: "QuerySet[Deadline]") -> list[DueRow]:
    rows = deadlines.exclude(Q(kind__in=WINDOWS) & _over(reader)).select_related("case")
    ordered = rows.order_by("due_on", "case__docket")[:DUE_ROWS]
    return [_due_row(row, reader.today(row.board_id)) for row in ordered]


def _over(reader: Reader) -> Q:
    over = Q(pk__in=[])
    for board in reader.boards:
        over |= Q(board_id=board.pk, due_on__lt=reader.today(board.pk))
    return over


def _due_row(row: Deadline, today: date) -> DueRow:
    days = (row.due_on - today).days
    group = _("Overdue") if days < 0 else _("Today and this week") if days <= SOON_DAYS else _("Later")
    kind = str(DeadlineKind(row.kind).label)
    return DueRow(row.case.docket, kind, row.due_on, str(row.state_on(today)), today, group)


def _capped(deadlines: "QuerySet[Deadline]") -> int:
    return deadlines.order_by().values("pk")[: queue.CAP + 1].count()


def _stages(reader: Reader) -> list[StageRow]:
    open_cases = reader.cases().exclude(status=Status.CLOSED).order_by()
    grouped = open_cases.values_list("stage", "board_id").annotate(number=Count("pk"))
    numbers: dict[tuple[str, UUID], int] = {(stage, board_id): number for stage, board_id, number in grouped}
    rows = []
    for stage in Stage.values:
        by_board = [(board.short_code, numbers.get((stage, board.pk), 0)) for board in reader.boards]
        rows.append(StageRow(stage, by_board, sum(number for _code, number in by_board)))
    return rows


def _first_of(day: date, back: int) -> date:
    months_since = day.year * 12 + day.month - 1 - back
    return date(months_since // 12, months_since % 12 + 1, 1)


def _by_month(reader: Reader, cases: "QuerySet[Case]", column: str, since: date) -> dict[date, int]:
    zones: dict[str, list[UUID]] = {}
    for board in reader.boards:
        zones.setdefault(board.zone.key, []).append(board.pk)
    local = [When(board_id__in=ids, then=_month(column, zone)) for zone, ids in zones.items()]
    # A day more, since the first month may begin earlier in one zone than in another.
    start = datetime(since.year, since.month, since.day, tzinfo=UTC) - timedelta(days=1)
    rows = cases.order_by().filter(**{f"{column}__gte": start}).annotate(month=Either(*local))
    counted: Any = rows.values_list("month").annotate(number=Count("pk"))
    found: dict[date, int] = {}
    for month, number in counted:
        day = date(month.year, month.month, 1)
        found[day] = found.get(day, 0) + number
    return found


def _month(column: str, zone: str) -> TruncMonth:
    return TruncMonth(column, tzinfo=ZoneInfo(zone), output_field=DateTimeField())
