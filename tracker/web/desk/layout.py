"""Where boxes and lines of the workflow drawing stand. Everything is computed from the table of steps.

Four columns, one per stage, with a box per status in its order. A step to the next box is a straight arrow, any other
within a column runs in a lane at its side, one to the next column through the gutter between them, and an ending from
further away along the rail at the foot.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from tracker.cases.states import STAGE_OF, STATUSES_OF, Stage
from tracker.cases.steptable import TRANSITIONS, Transition

COLUMN, GUTTER, MARGIN = 224, 52, 12
BOX_WIDTH, BOX_HEIGHT, PITCH = 136, 34, 66
TOP = 76
LANE = 13
START, AGAIN = "start", "again"
STAGES = tuple(Stage)
WIDTH = 2 * MARGIN + len(STAGES) * COLUMN + (len(STAGES) - 1) * GUTTER


@dataclass(frozen=True)
class Box:
    """A status; `css` names its stage. Coordinates are of the upper left corner."""

    key: str
    label: str
    column: int
    row: int

    @property
    def x(self) -> float:
        """Left edge."""
        return column_x(self.column) + (COLUMN - BOX_WIDTH) / 2

    @property
    def y(self) -> float:
        """Upper edge."""
        return TOP + self.row * PITCH

    @property
    def middle(self) -> float:
        """Height of its middle."""
        return self.y + BOX_HEIGHT / 2

    @property
    def center(self) -> float:
        """Its middle from the left."""
        return self.x + BOX_WIDTH / 2

    @property
    def css(self) -> str:
        """The class of its stage."""
        return f"st{self.column + 1}"


@dataclass(frozen=True)
class Line:
    """A step as a path, with its number beside it. `is_double` goes both ways."""

    number: str
    path: str
    offered: bool
    is_double: bool
    label_x: float
    label_y: float


@dataclass(frozen=True)
class Head:
    """The head of a column."""

    stage: str
    label: str
    x: float
    css: str


@dataclass
class Drawing:
    """The whole picture."""

    heads: list[Head]
    boxes: list[Box]
    lines: list[Line]
    width: int
    height: int
    column: int
    column_height: int


@dataclass
class _Places:
    """What has been given away while lines are laid: ports of boxes, lanes, gutters, room for numbers."""

    foot: float
    ports: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    lanes: dict[tuple[int, str], int] = field(default_factory=lambda: defaultdict(int))
    gutters: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    rails: int = 0
    labels: list[tuple[float, float]] = field(default_factory=list)

    def port(self, box: Box, side: str) -> float:
        """The height at which the next line meets a side of a box: its middle, then by turns above and below."""
        used = self.ports[(box.key, side)]
        self.ports[(box.key, side)] += 1
        return box.middle + (9 * ((used + 1) // 2)) * (-1 if used % 2 else 1)

    def gutter(self, column: int) -> float:
        """The next free way between a column and the one after it."""
        used = self.gutters[column]
        self.gutters[column] += 1
        return column_x(column) + COLUMN + 10 + used * 11

    def label(self, x: float, low: float, high: float) -> tuple[float, float]:
        """A free place for a number on a vertical run, as near to its middle as can be."""
        middle = (low + high) / 2
        for shift in (0, 20, -20, 40, -40, 60, -60, 80, -80):
            y = middle + shift
            if low <= y <= high and all(abs(x - a) > 34 or abs(y - b) > 19 for a, b in self.labels):
                break
        else:
            y = middle
        self.labels.append((x, y))
        return x, y


def column_x(column: int) -> float:
    """The left edge of a column."""
    return MARGIN + column * (COLUMN + GUTTER)


def draw() -> Drawing:
    """The drawing of the table as it is."""
    boxes = _boxes()
    rows = 1 + max(box.row for box in boxes.values())
    foot = TOP + rows * PITCH
    places = _Places(foot)
    lines = [_line(boxes, places, edge) for edge in _edges()]
    heads = [
        Head(stage.value, str(stage.label), column_x(index), f"st{index + 1}") for index, stage in enumerate(STAGES)
    ]
    height = foot + 24 + LANE * places.rails
    return Drawing(heads, list(boxes.values()), lines, WIDTH, height, COLUMN, foot - 24)


def _boxes() -> dict[str, Box]:
    found = {START: Box(START, _("Complaint"), 0, 0)}
    for column, stage in enumerate(STAGES):
        for row, status in enumerate(STATUSES_OF[stage]):
            found[status] = Box(status, str(status.label), column, row + (column == 0))
    last = max(box.row for box in found.values() if box.column == len(STAGES) - 1)
    found[AGAIN] = Box(AGAIN, _("Reopened"), len(STAGES) - 1, last + 1)
    return found


@dataclass(frozen=True)
class _Edge:
    number: str
    source: str
    target: str
    offered: bool
    is_double: bool


def _edges() -> Iterable[_Edge]:
    """One line per step and source. A step and its way back share one; of many in a column the farthest counts."""
    rows = [(row, source, _target(row)) for row in TRANSITIONS for source in _sources(row)]
    ways = {(row.number, source, target) for row, source, target in rows}
    drawn: set[tuple[str, frozenset[str]]] = set()
    for row, source, target in rows:
        pair = (row.number, frozenset((source, target)))
        if pair in drawn or not target:
            continue
        drawn.add(pair)
        yield _Edge(row.number, source, target, row.offered, (row.number, target, source) in ways)


def _target(row: Transition) -> str:
    if row.target is not None:
        return row.target
    return AGAIN if row.offered else ""


def _sources(row: Transition) -> list[str]:
    if not row.sources:
        return [START]
    if len(row.sources) <= 2 or row.target is None:
        return list(row.sources)
    near = [source for source in row.sources if STAGE_OF[source] == STAGE_OF[row.target]]
    return [source for source in row.sources if source not in near] + near[:1]


def _line(boxes: dict[str, Box], places: _Places, edge: _Edge) -> Line:
    source, target = boxes[edge.source], boxes[edge.target]
    if source.column == target.column:
        if target.row - source.row == 1:
            return _straight(places, source, target, edge)
        return _beside(places, source, target, edge)
    if target.column - source.column == 1:
        return _across(places, source, target, edge, forward=True)
    if target.column - source.column == -1:
        return _across(places, source, target, edge, forward=False)
    return _along_the_foot(places, source, target, edge)


def _straight(places: _Places, source: Box, target: Box, edge: _Edge) -> Line:
    low, high = source.y + BOX_HEIGHT, target.y
    path = f"M{source.center:g} {low:g}V{high:g}"
    x, y = places.label(source.center + 24, low, high)
    return Line(edge.number, path, edge.offered, edge.is_double, x, y)


def _beside(places: _Places, source: Box, target: Box, edge: _Edge) -> Line:
    right = places.lanes[(source.column, "right")] <= places.lanes[(source.column, "left")]
    side = "right" if right else "left"
    out = LANE * (1 + places.lanes[(source.column, side)])
    places.lanes[(source.column, side)] += 1
    wall = source.x + BOX_WIDTH if right else source.x
    lane = wall + out if right else wall - out
    first, last = places.port(source, side), places.port(target, side)
    path = f"M{wall:g} {first:g}H{lane:g}V{last:g}H{wall:g}"
    x, y = places.label(lane, min(first, last), max(first, last))
    return Line(edge.number, path, edge.offered, edge.is_double, x, y)


def _across(places: _Places, source: Box, target: Box, edge: _Edge, *, forward: bool) -> Line:
    way = places.gutter(min(source.column, target.column))
    first = places.port(source, "right" if forward else "left")
    last = places.port(target, "left" if forward else "right")
    start = source.x + BOX_WIDTH if forward else source.x
    end = target.x if forward else target.x + BOX_WIDTH
    path = f"M{start:g} {first:g}H{way:g}V{last:g}H{end:g}"
    x, y = places.label(way, min(first, last), max(first, last))
    return Line(edge.number, path, edge.offered, edge.is_double, x, y)


def _along_the_foot(places: _Places, source: Box, target: Box, edge: _Edge) -> Line:
    lane = source.x - LANE * (1 + places.lanes[(source.column, "left")])
    places.lanes[(source.column, "left")] += 1
    rail = places.foot + LANE * places.rails
    places.rails += 1
    way = places.gutter(target.column - 1)
    first, last = places.port(source, "left"), places.port(target, "left")
    path = f"M{source.x:g} {first:g}H{lane:g}V{rail:g}H{way:g}V{last:g}H{target.x:g}"
    x, y = places.label(lane, first + 20, rail)
    return Line(edge.number, path, edge.offered, edge.is_double, x, y)
