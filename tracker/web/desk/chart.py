"""The chart of filings and closings as shapes with places and sizes, for a template to draw. No styles, no scripts."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tracker.cases.queries.dashboard import Month

WIDTH, HEIGHT = 840, 300
LEFT, TOP, BOTTOM = 40, 24, 36
BAR, GAP = 20, 6
LINES = 5


@dataclass(frozen=True)
class Bar:
    """One bar with the number over it. `css` tells filed from closed, and a month that is still running."""

    x: float
    y: float
    height: float
    number: int
    number_x: float
    number_y: float
    css: str


@dataclass(frozen=True)
class Label:
    """A text at a place."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Chart:
    """Everything that is drawn, and the sentence that says the same."""

    width: int
    height: int
    left: int
    bar_width: int
    bars: list[Bar]
    months: list[Label]
    lines: list[Label]
    sentence: str
    note: str


def draw(months: list[Month]) -> Chart:
    """The chart of some months: filed filled, closed as an outline, the running month paler."""
    top = _ceiling(max((max(month.filed, month.closed) for month in months), default=0))
    step = (WIDTH - LEFT) / max(1, len(months))
    bars, labels = [], []
    for index, month in enumerate(months):
        middle = LEFT + step * (index + 0.5)
        running = " running" if month.is_running else ""
        bars.append(_bar(middle - BAR - GAP / 2, month.filed, top, f"filed{running}"))
        bars.append(_bar(middle + GAP / 2, month.closed, top, f"closed{running}"))
        labels.append(Label(round(middle, 1), HEIGHT - 12, _name(month, first=index == 0)))
    last = months[-1]
    return Chart(
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        bar_width=BAR,
        bars=bars,
        months=labels,
        lines=[Label(LEFT - 8, _y(value, top), str(value)) for value in range(0, top + 1, top // (LINES - 1))],
        sentence=_("Bar chart of cases filed and closed by month, %(first)s to %(last)s.")
        % {"first": date_format(months[0].day, "F Y"), "last": date_format(last.day, "F Y")},
        note=_("%(month)s is not over.") % {"month": date_format(last.day, "F")},
    )


def _ceiling(most: int) -> int:
    """The smallest round number that all bars stay under and that four steps divide."""
    step = 1
    while step * (LINES - 1) < most:
        step = step * 2 if str(step)[0] != "2" else step * 5 // 2
    return step * (LINES - 1)


def _y(value: int, top: int) -> float:
    return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / top, 1)


def _bar(x: float, value: int, top: int, css: str) -> Bar:
    y = _y(value, top)
    return Bar(round(x, 1), y, round(HEIGHT - BOTTOM - y, 1), value, round(x + BAR / 2, 1), round(y - 6, 1), css)


def _name(month: Month, *, first: bool) -> str:
    return date_format(month.day, "M Y" if month.day.month == 1 or first else "M")
