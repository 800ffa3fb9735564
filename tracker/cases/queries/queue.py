"""The queue: filters, search, saved views, counts and keyset pages, in a fixed number of queries."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Case as Either
from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value, When

from tracker.access import holding
from tracker.access.models import Assignment
from tracker.cases.models import Case
from tracker.cases.queries import attention, readers
from tracker.cases.queries.readers import Reader
from tracker.cases.queries.rows import CaseRow, rows_of
from tracker.cases.states import Stage, Status

PAGE = 25
CAP = 1000
VIEWS = ("due", "overdue", "mine", "unassigned", "unverified", "stalled")
SHOWN = ("open", "closed", "all")


@dataclass(frozen=True)
class Wanted:
    """What a person asked for. `boards` are short codes, `assigned` is a person's id; empty means any.

    `after` and `before` are keys of a page's edge rows: the sort value and the case's id.
    """

    view: str = "due"
    words: str = ""
    boards: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    priorities: tuple[str, ...] = ()
    assigned: UUID | None = None
    shown: str = "open"
    sort: str = "due"
    after: tuple[str, UUID] | None = None
    before: tuple[str, UUID] | None = None


@dataclass(frozen=True)
class Facets:
    """How many cases of the search and view each choice would show, with the other filters as they are."""

    boards: dict[str, int] = field(default_factory=dict)
    stages: dict[str, int] = field(default_factory=dict)
    priorities: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class QueuePage:
    """One page. Counts stop at CAP + 1, which means "more than CAP". `earlier` and `later` are edge keys or None."""

    rows: list[CaseRow]
    total: int
    views: dict[str, int]
    facets: Facets
    earlier: tuple[str, UUID] | None
    later: tuple[str, UUID] | None


def page(reader: Reader, wanted: Wanted) -> QueuePage:
    """The page of the queue that somebody asked for."""
    work = readers.waiting_for(reader.user_id, at=reader.at)
    searched = _searched(reader, wanted)
    viewed = _view(reader, searched, wanted.view, work)
    chosen = _chosen(viewed, wanted)
    rows, earlier, later = _cut(chosen, wanted)
    return QueuePage(
        rows=rows_of(reader, rows) if rows is not None else [],
        total=capped(chosen),
        views={view: capped(_view(reader, searched, view, work)) for view in VIEWS},
        facets=_facets(viewed, wanted),
        earlier=earlier,
        later=later,
    )


def mine(reader: Reader) -> "QuerySet[Case]":
    """Open cases that wait for this person, or in which the person has a place: their own, or that of somebody away."""
    work = readers.waiting_for(reader.user_id, at=reader.at)
    return _mine(reader, reader.cases().exclude(status=Status.CLOSED), work)


def stalled(reader: Reader) -> "QuerySet[Case]":
    """Open cases seen whole that in which nothing was done for longer than their board's rule allows, longest first."""
    return _stalled(reader, _open(reader)).order_by("moved_at", "id")


def unverified(reader: Reader) -> "QuerySet[Case]":
    """Open cases seen whole whose priority no second person has verified."""
    return _unverified(reader, _open(reader))


def capped(cases: "QuerySet[Case]") -> int:
    """How many cases there are, counted no further than CAP + 1."""
    return cases.order_by().values("pk")[: CAP + 1].count()


def assignees(reader: Reader) -> list[tuple[UUID, str]]:
    """Everybody who has a place on an open case seen whole, by name."""
    cases = Case.objects.filter(reader.whole).exclude(status=Status.CLOSED)
    places = Assignment.objects.filter(ended_at__isnull=True, case__in=cases)
    return list(places.order_by("user__full_name").values_list("user_id", "user__full_name").distinct())


def _open(reader: Reader) -> "QuerySet[Case]":
    return reader.cases().exclude(status=Status.CLOSED)


def _searched(reader: Reader, wanted: Wanted) -> "QuerySet[Case]":
    cases = reader.cases()
    if wanted.shown == "open":
        cases = cases.exclude(status=Status.CLOSED)
    elif wanted.shown == "closed":
        cases = cases.filter(status=Status.CLOSED)
    words = wanted.words.strip()
    if words:
        cases = cases.filter(Q(docket__icontains=words) | reader.named(words))
    return cases


def _view(reader: Reader, cases: "QuerySet[Case]", view: str, work: Q) -> "QuerySet[Case]":
    narrowing: dict[str, Callable[[], QuerySet[Case]]] = {
        "overdue": lambda: cases.filter(reader.overdue()),
        "mine": lambda: _mine(reader, cases, work),
        "unassigned": lambda: _unassigned(reader, cases),
        "unverified": lambda: _unverified(reader, cases),
        "stalled": lambda: _stalled(reader, cases),
    }
    return narrowing[view]() if view in narrowing else cases


def _mine(reader: Reader, cases: "QuerySet[Case]", work: Q) -> "QuerySet[Case]":
    place = Assignment.objects.filter(user_id=reader.user_id, ended_at__isnull=True, case=OuterRef("pk"))
    found = work | Q(Exists(place))
    for lent in reader.lent:
        found |= Q(pk__in=holding.lent_places(lent).values("case_id"))
    return cases.filter(found)


def _unassigned(reader: Reader, cases: "QuerySet[Case]") -> "QuerySet[Case]":
    place = Assignment.objects.filter(ended_at__isnull=True, case=OuterRef("pk"))
    return cases.filter(reader.whole).filter(~Exists(place)).exclude(status=Status.CLOSED)


def _unverified(reader: Reader, cases: "QuerySet[Case]") -> "QuerySet[Case]":
    waiting = Q(priority_verified_by__isnull=True, stage__in=(Stage.FILED, Stage.INVESTIGATION)) & ~Q(priority="")
    return cases.filter(reader.whole).filter(waiting)


def _stalled(reader: Reader, cases: "QuerySet[Case]") -> "QuerySet[Case]":
    return attention.stuck(cases.filter(reader.whole), reader.boards, at=reader.at)


def _chosen(cases: "QuerySet[Case]", wanted: Wanted) -> "QuerySet[Case]":
    if wanted.boards:
        cases = cases.filter(board__short_code__in=wanted.boards)
    if wanted.stages:
        cases = cases.filter(stage__in=wanted.stages)
    if wanted.priorities:
        cases = cases.filter(Q(is_whole=True), priority__in=wanted.priorities)
    if wanted.assigned:
        place = Assignment.objects.filter(user_id=wanted.assigned, ended_at__isnull=True, case=OuterRef("pk"))
        cases = cases.filter(Q(is_whole=True) & Q(Exists(place)))
    return cases


def _facets(cases: "QuerySet[Case]", wanted: Wanted) -> Facets:
    if wanted.assigned:
        cases = _chosen(cases, Wanted(assigned=wanted.assigned))
    # A record's priority is not for its readers, not even as a number beside a filter.
    known = Either(When(is_whole=True, then=F("priority")), default=Value(""), output_field=CharField())
    grouped = cases.order_by().annotate(known=known).values_list("board__short_code", "stage", "known")
    found: tuple[dict[str, int], dict[str, int], dict[str, int]] = ({}, {}, {})
    filters = (wanted.boards, wanted.stages, wanted.priorities)
    for *values, number in grouped.annotate(number=Count("pk")):
        for index, counts in enumerate(found):
            others = (i for i in range(3) if i != index)
            if all(not filters[i] or values[i] in filters[i] for i in others):
                counts[values[index]] = counts.get(values[index], 0) + number
    return Facets(*found)


def _cut(
    cases: "QuerySet[Case]", wanted: Wanted
) -> tuple["QuerySet[Case] | None", tuple[str, UUID] | None, tuple[str, UUID] | None]:
    """The page's cases and the keys of its edges: two queries, one for the keys and one for the rows."""
    column = "since" if wanted.sort == "age" else "due"
    backward = wanted.before is not None
    edge = wanted.before or wanted.after
    ahead = cases.filter(_beyond(column, edge, backward=backward)) if edge else cases
    keys = list(_ordered(ahead, column, backward=backward).values_list(column, "pk")[: PAGE + 1])
    more, keys = len(keys) > PAGE, keys[:PAGE]
    if backward:
        keys.reverse()
    if not keys:
        return None, None, None
    first, last = _edge(keys[0]), _edge(keys[-1])
    earlier = first if (more if backward else edge is not None) else None
    later = last if (True if backward else more) else None
    rows = _ordered(cases.filter(pk__in=[pk for _value, pk in keys]), column, backward=False)
    return rows, earlier, later


def _ordered(cases: "QuerySet[Case]", column: str, *, backward: bool) -> "QuerySet[Case]":
    if backward:
        return cases.order_by(F(column).desc(nulls_first=True), "-pk")
    return cases.order_by(F(column).asc(nulls_last=True), "pk")


def _beyond(column: str, edge: tuple[str, UUID], *, backward: bool) -> Q:
    text, pk = edge
    value = _value(column, text)
    side = "lt" if backward else "gt"
    if value is None:
        same = Q(**{f"{column}__isnull": True, f"pk__{side}": pk})
        return same | Q(**{f"{column}__isnull": False}) if backward else same
    beyond = Q(**{f"{column}__{side}": value}) | Q(**{column: value, f"pk__{side}": pk})
    return beyond if backward else beyond | Q(**{f"{column}__isnull": True})


def _value(column: str, text: str) -> date | datetime | None:
    if not text:
        return None
    return datetime.fromisoformat(text) if column == "since" else date.fromisoformat(text)


def _edge(key: Iterable[object]) -> tuple[str, UUID]:
    value, pk = key
    assert isinstance(pk, UUID)  # noqa: S101 - the primary key of a case
    return (value.isoformat() if isinstance(value, date) else "", pk)
