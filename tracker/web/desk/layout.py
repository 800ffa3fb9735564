"""Where boxes and lines of the workflow drawing stand. Everything is computed from the table of steps.

`routes` says which way each line takes; columns and gutters are as wide as the lines that run in them need.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from django.utils.translation import gettext as _

from tracker.cases.states import Status
from tracker.web.desk import routes
from tracker.web.desk.routes import CHOSEN, STAGES, START, Cell, Offers, Plan, Route, Way

BOX_WIDTH, BOX_HEIGHT, PITCH = 148, 40, 68
MARGIN, TOP, LANE, AIR = 6, 76, 12, 14
PORT, PORTS = 5.5, 7


@dataclass(frozen=True)
class Box:
    """A status; `css` names its stage. Coordinates are of the upper left corner."""

    key: str
    label: str
    column: int
    x: float
    y: float

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
    """The head of a column, as wide as the column."""

    stage: str
    label: str
    x: float
    width: float
    css: str


@dataclass
class Drawing:
    """The whole picture."""

    heads: list[Head]
    boxes: list[Box]
    lines: list[Line]
    width: float
    height: float
    column_height: float
    box_width: int = BOX_WIDTH
    box_height: int = BOX_HEIGHT


@dataclass
class _Places:
    """What has been given away while lines are laid: ports of boxes and room for numbers."""

    ports: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    labels: list[tuple[float, float]] = field(default_factory=list)

    def port(self, box: Box, side: str) -> float:
        """The height at which the next line meets a side of a box: its middle, then by turns above and below."""
        used = self.ports[(box.key, side)] % PORTS
        self.ports[(box.key, side)] += 1
        return box.middle + (PORT * ((used + 1) // 2)) * (-1 if used % 2 else 1)

    def label(self, x: float, low: float, high: float) -> tuple[float, float]:
        """A free place for a number on a vertical run, as near to its middle as can be."""
        middle = (low + high) / 2
        for shift in _shifts(high - low):
            y = middle + shift
            if all(abs(x - a) > 34 or abs(y - b) > 16 for a, b in self.labels):
                break
        else:
            y = middle
        self.labels.append((x, y))
        return x, y


def _shifts(room: float) -> Iterator[float]:
    yield 0
    for step in range(1, int(room / 2 / 9) + 1):
        yield 9 * step
        yield -9 * step


class _Grid:
    """The widths and places of columns and gutters."""

    def __init__(self, plan: Plan) -> None:
        count = range(len(STAGES))
        self.pads = [max(2 * AIR, AIR + LANE * plan.left[column]) for column in count]
        self.widths = [
            self.pads[column] + BOX_WIDTH + max(2 * AIR, AIR + LANE * plan.right[column]) for column in count
        ]
        gaps = [AIR + LANE * max(1, plan.gutters[column]) for column in count[:-1]]
        steps = [width + gap for width, gap in zip(self.widths, gaps, strict=False)]
        self.lefts = list(accumulate(steps, initial=MARGIN))
        self.width = self.lefts[-1] + self.widths[-1] + MARGIN
        self.foot = TOP + PITCH * (1 + max(cell.row for cell in plan.cells))
        self.height = self.foot + AIR + LANE * plan.rails

    def box(self, cell: Cell) -> Box:
        """The box of a cell."""
        x = self.lefts[cell.column] + self.pads[cell.column]
        return Box(cell.key, _label(cell.key), cell.column, x, TOP + cell.row * PITCH)

    def gutter(self, route: Route) -> float:
        """Where a line runs down or up between two columns."""
        start = self.lefts[route.gutter] + self.widths[route.gutter]
        return start + AIR + LANE * route.place


def draw(offers: Offers = lambda row: True) -> Drawing:
    """The drawing of the table; steps that `offers` denies are in it as not used."""
    plan = routes.plan(offers)
    grid, places = _Grid(plan), _Places()
    boxes = {cell.key: grid.box(cell) for cell in plan.cells}
    lines = [_line(grid, boxes, places, route) for route in plan.routes]
    heads = [
        Head(stage.value, str(stage.label), grid.lefts[column], grid.widths[column], f"st{column + 1}")
        for column, stage in enumerate(STAGES)
    ]
    return Drawing(heads, list(boxes.values()), lines, grid.width, grid.height, grid.foot - 24)


def _label(key: str) -> str:
    return {START: _("Complaint"), CHOSEN: _("As the step says")}.get(key) or str(Status(key).label)


def _line(grid: _Grid, boxes: dict[str, Box], places: _Places, route: Route) -> Line:
    edge = route.edge
    path, x, low, high = _laid(grid, places, route, (boxes[edge.source.key], boxes[edge.target.key]))
    label_x, label_y = places.label(x, low, high)
    return Line(edge.number, path, edge.offered, edge.is_double, label_x, label_y)


def _laid(grid: _Grid, places: _Places, route: Route, ends: tuple[Box, Box]) -> tuple[str, float, float, float]:
    """The path of a line, and the vertical run on which its number stands: x, and its two ends."""
    way, (source, target) = route.way, ends
    if way is Way.STRAIGHT:
        low, high = source.y + BOX_HEIGHT, target.y
        return f"M{source.center:g} {low:g}V{high:g}", source.center + 24, (low + high) / 2, (low + high) / 2
    out, into = {
        Way.RIGHT: ("right", "right"),
        Way.LEFT: ("left", "left"),
        Way.ACROSS: ("right", "left"),
        Way.BACK: ("left", "right"),
        Way.FOOT: ("left", "left"),
    }[way]
    first, last = places.port(source, out), places.port(target, into)
    start, end = _wall(source, out), _wall(target, into)
    if way is Way.FOOT:
        lane, rail, run = source.x - LANE * (1 + route.lane), grid.foot + LANE * route.rail, grid.gutter(route)
        return f"M{start:g} {first:g}H{lane:g}V{rail:g}H{run:g}V{last:g}H{end:g}", lane, first + 20, rail
    if way in (Way.RIGHT, Way.LEFT):
        run = start + LANE * (1 + route.lane) * (1 if way is Way.RIGHT else -1)
    else:
        run = grid.gutter(route)
    return f"M{start:g} {first:g}H{run:g}V{last:g}H{end:g}", run, min(first, last), max(first, last)


def _wall(box: Box, side: str) -> float:
    return box.x + BOX_WIDTH if side == "right" else box.x
