"""Which lines the workflow drawing has, and through which lane, gutter or rail each runs. Pure: no sizes.

Four columns, one per stage, with a cell per status in its order. A step to the next cell is a straight arrow, any other
within a column runs in a lane at its side, one to the next column through the gutter between them, and an ending from
further away along the rail at the foot.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from tracker.cases.states import STAGE_OF, STATUSES_OF, Stage
from tracker.cases.steptable import TRANSITIONS, Transition

START, CHOSEN = "start", "chosen"
STAGES = tuple(Stage)
Offers = Callable[[Transition], bool]


class Way(StrEnum):
    """How a line gets from one cell to another."""

    STRAIGHT = "straight"
    RIGHT = "right"
    LEFT = "left"
    ACROSS = "across"
    BACK = "back"
    FOOT = "foot"


@dataclass(frozen=True)
class Cell:
    """A status, the complaint before it, or (`chosen`) whatever status the step names."""

    key: str
    column: int
    row: int


@dataclass(frozen=True)
class Edge:
    """A step from one cell to another. `is_double` goes both ways."""

    number: str
    source: Cell
    target: Cell
    offered: bool
    is_double: bool

    @property
    def span(self) -> int:
        """How many rows it passes."""
        return abs(self.target.row - self.source.row)


@dataclass(frozen=True)
class Route:
    """An edge with its way: the lane beside the column of its source and the place in a gutter, counted from 0."""

    edge: Edge
    way: Way
    lane: int = 0
    gutter: int = 0
    place: int = 0
    rail: int = 0


@dataclass(frozen=True)
class Plan:
    """All cells and routes, and how many lanes and places each column and gutter needs."""

    cells: tuple[Cell, ...]
    routes: tuple[Route, ...]
    left: Counter[int]
    right: Counter[int]
    gutters: Counter[int]
    rails: int


def plan(offers: Offers) -> Plan:
    """The drawing's lines where `offers` tells which steps exist."""
    cells = _cells()
    left, right, gutters = Counter[int](), Counter[int](), Counter[int]()
    routes, rails = [], 0
    # The shortest take the lanes next to the boxes, so that fewer lines cross.
    for edge in sorted(_edges(cells, offers), key=lambda edge: edge.span):
        column, gap = edge.source.column, edge.target.column - edge.source.column
        if gap == 0 and edge.target.row - edge.source.row == 1:
            routes.append(Route(edge, Way.STRAIGHT))
        elif gap == 0:
            way, lanes = (Way.RIGHT, right) if right[column] <= left[column] else (Way.LEFT, left)
            routes.append(Route(edge, way, lane=lanes[column]))
            lanes[column] += 1
        elif abs(gap) == 1:
            gutter = min(column, edge.target.column)
            routes.append(Route(edge, Way.ACROSS if gap > 0 else Way.BACK, gutter=gutter, place=gutters[gutter]))
            gutters[gutter] += 1
        else:
            gutter = edge.target.column - 1
            routes.append(Route(edge, Way.FOOT, left[column], gutter, gutters[gutter], rails))
            left[column] += 1
            gutters[gutter] += 1
            rails += 1
    return Plan(tuple(cells.values()), tuple(routes), left, right, gutters, rails)


def _cells() -> dict[str, Cell]:
    found = {START: Cell(START, 0, 0)}
    for column, stage in enumerate(STAGES):
        for row, status in enumerate(STATUSES_OF[stage]):
            found[status] = Cell(status, column, row + (column == 0))
    last = max(cell.row for cell in found.values() if cell.column == len(STAGES) - 1)
    found[CHOSEN] = Cell(CHOSEN, len(STAGES) - 1, last + 2)
    return found


def _edges(cells: dict[str, Cell], offers: Offers) -> Iterable[Edge]:
    """One line per step and source. A step and its way back share one; of many in a column the farthest counts."""
    rows = [(row, source, row.target or CHOSEN) for row in TRANSITIONS for source in _sources(row)]
    ways = {(row.number, source, target) for row, source, target in rows}
    drawn: set[tuple[str, frozenset[str], object]] = set()
    for row, source, target in rows:
        # What exists only under a rule is a line of its own, or it could not be dashed.
        rests = row.rests_on_rule(source)
        pair = (row.number, frozenset((source, target)), row.uses if rests else None)
        if pair not in drawn:
            drawn.add(pair)
            is_double = (row.number, target, source) in ways
            yield Edge(row.number, cells[source], cells[target], not rests or offers(row), is_double)


def _sources(row: Transition) -> list[str]:
    if not row.sources:
        return [START]
    if len(row.sources) <= 2 or row.target is None:
        return list(row.sources)
    near = [source for source in row.sources if STAGE_OF[source] == STAGE_OF[row.target]]
    return [source for source in row.sources if source not in near] + near[:1]
