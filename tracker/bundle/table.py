"""Tables of generated pages: rows that never split, heads that repeat, labels that never end a page."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from tracker.bundle.draw import Book, PageMark
from tracker.bundle.styles import BAND, H1, HEAD, LEAD, LEFT, LOWEST, NAVY, RIGHT, TEXT, Style

_TOP, _BOTTOM = 11.5, 6.0
_BAND_HEIGHT, _BAND_AIR, _BAND_NEEDS = 17.0, 5.0, 46.0
_MOST_LINES = 6  # a longer text is cut here; the manifest has it whole
_BAND_TEXT = Style("sans-bold", 8.2, 10, NAVY)
_BAND_HASH = Style("mono", 7.3, 9)


@dataclass(frozen=True)
class Line:
    """One paragraph of a cell; `target` makes it a link."""

    text: str
    style: Style = TEXT
    target: str = ""


Cell = Sequence[Line]


@dataclass(frozen=True)
class Row:
    """A table row; `target` makes the whole row a link."""

    cells: Sequence[Cell]
    target: str = ""


@dataclass(frozen=True)
class Band:
    """A label over the rows that follow it, with a hash line under it where there is one."""

    text: str
    under: str = ""


@dataclass(frozen=True)
class Column:
    """Heading, width and whether numbers stand at its right edge."""

    head: str
    width: float
    right: bool = False
    gap: float = 7


class Section:
    """A section with a title that may run over many pages; `back` gives its pages the way back to the list."""

    def __init__(self, book: Book, role: str, name: str, titles: tuple[str, str], *, back: bool = True) -> None:
        self._book = book
        self._role = role
        self._name = name
        self._titles = titles
        self._back = back

    def begin(self, lead: str) -> float:
        """Begin the first page with a lead; return the y where the table goes."""
        y = self.open()
        return self._book.paragraph(LEFT, y, lead, LEAD, width=434) - 20

    def open(self) -> float:
        """Begin the first page; return the y of the first line below the title."""
        self._book.open(PageMark(self._role, section=self._name))
        self._book.head()
        with self._book.tagged("H1"):
            self._book.text(LEFT, 714, self._titles[0], H1)
        return 698

    def next_page(self) -> float:
        """Begin another page; return the y where the table goes on."""
        self.end()
        self._book.open(PageMark(self._role))
        self._book.head()
        with self._book.artifact():
            self._book.text(LEFT, 714, self._titles[1], H1)
        return 684

    def end(self) -> None:
        """End the section's last page."""
        self._book.foot(back=self._back)
        self._book.close()


class Table:
    """One table that may run over many pages.

    `next_page` closes the page, begins another with its head and foot and returns the y of the table's top.
    """

    def __init__(self, book: Book, columns: Sequence[Column], next_page: Callable[[], float]) -> None:
        self._book = book
        self._columns = columns
        self._next_page = next_page
        self._tight = False

    def draw(self, y: float, items: Sequence[Row | Band], *, tight: bool = False) -> float:
        """Draw the table from y down; return the y of its last hairline. `tight` takes the dense row."""
        self._tight = tight
        with self._book.tagged("Table"):
            y = self.head(y)
            for number, item in enumerate(items):
                if y - self._needed(items, number) < LOWEST:
                    y = self.turn()
                y = self._band(y, item, first=number == 0) if isinstance(item, Band) else self._row(y, item)
        return y

    def _needed(self, items: Sequence[Row | Band], number: int) -> float:
        """The height an item needs (points); a label takes the row that follows it along."""
        item = items[number]
        if isinstance(item, Row):
            return self._height(item)
        after = items[number + 1] if number + 1 < len(items) else None
        return self._band_height(item) + max(_BAND_NEEDS, self._height(after) if isinstance(after, Row) else 0)

    def head(self, y: float) -> float:
        """Draw the head, as a row of the open table; return the y of its rule."""
        self._book.rule(y, 1.0, NAVY)
        with self._book.tagged("TR"):
            for x, column in self._places():
                with self._book.tagged("TH", scope="Column"):
                    self._put(x, y - 9.4, column, (column.head, HEAD))
        self._book.rule(y - 14.6, 0.6, NAVY)
        return y - 14.6

    def turn(self) -> float:
        """Go on with the open table on another page under the same head, which is not read again."""
        y = self._next_page()
        self._book.rule(y, 1.0, NAVY)
        with self._book.artifact():
            for x, column in self._places():
                self._put(x, y - 9.4, column, (column.head, HEAD))
        self._book.rule(y - 14.6, 0.6, NAVY)
        return y - 14.6

    def _places(self) -> list[tuple[float, Column]]:
        x, out = float(LEFT), []
        for column in self._columns:
            out.append((x, column))
            x += column.width
        return out

    def _put(self, x: float, y: float, column: Column, line: tuple[str, Style]) -> None:
        if column.right:
            self._book.text_right(x + column.width, y, *line)
        else:
            self._book.text(x, y, *line)

    def _band_height(self, band: Band) -> float:
        return _BAND_AIR + _BAND_HEIGHT + (12 if band.under else 0)

    def _band(self, y: float, band: Band, *, first: bool) -> float:
        height = _BAND_HEIGHT + (12 if band.under else 0)
        y -= _BAND_AIR + (0 if first else 4)
        self._book.box((LEFT - 4, y - height, RIGHT + 4, y), BAND)
        lines = self._book.wrap(band.text, _BAND_TEXT, RIGHT - LEFT)
        with self._book.tagged("TR"), self._book.tagged("TH", scope="Row", spans=(1, len(self._columns))):
            self._book.text(LEFT, y - 11.5, lines[0] + ("…" if len(lines) > 1 else ""), _BAND_TEXT)
            if band.under:
                self._book.text(LEFT, y - 24, band.under, _BAND_HASH)
        return y - height

    def _parts(self, line: Line, column: Column) -> list[str]:
        width = column.width - (0 if column is self._columns[-1] else column.gap)
        parts = self._book.wrap(line.text, line.style, width)
        return [*parts[: _MOST_LINES - 1], parts[_MOST_LINES - 1] + "…"] if len(parts) > _MOST_LINES else parts

    def _height(self, row: Row) -> float:
        longest = 0.0
        for cell, column in zip(row.cells, self._columns, strict=True):
            leads = [line.style.leading for line in cell for _part in self._parts(line, column)]
            longest = max(longest, sum(leads[1:]))
        return self._top + longest + self._bottom

    @property
    def _top(self) -> float:
        return 10.5 if self._tight else _TOP

    @property
    def _bottom(self) -> float:
        return 5.0 if self._tight else _BOTTOM

    def _row(self, y: float, row: Row) -> float:
        lowest = y - self._height(row)
        with self._book.tagged("TR"):
            for number, ((x, column), cell) in enumerate(zip(self._places(), row.cells, strict=True)):
                with self._book.tagged("TD" if number else "TH", scope="" if number else "Row"):
                    if row.target and not number:
                        with self._book.linked(row.target, (LEFT, lowest, RIGHT, y)):
                            self._cell(x, y, column, cell)
                    else:
                        self._cell(x, y, column, cell)
        self._book.rule(lowest)
        return lowest

    def _cell(self, x: float, y: float, column: Column, cell: Cell) -> None:
        at = y - self._top
        for number, line in enumerate(cell):
            at -= line.style.leading if number else 0
            parts = self._parts(line, column)
            with self._link(x, at, column, line):
                at = self._line(x, at, column, (parts, line.style))

    @contextmanager
    def _link(self, x: float, y: float, column: Column, line: Line) -> Iterator[None]:
        """The link that a line is, over the width of its text."""
        if not line.target:
            yield
            return
        width = min(self._book.setter.width(line.text, *line.style.pair), column.width)
        left = x + column.width - width if column.right else x
        rows = len(self._parts(line, column)) - 1
        rect = (left - 1, y - rows * line.style.leading - 3, left + width + 1, y + line.style.size)
        with self._book.linked(line.target, rect):
            yield

    def _line(self, x: float, y: float, column: Column, line: tuple[list[str], Style]) -> float:
        parts, style = line
        if not column.right:
            return self._book.lines(x, y, parts, style)
        with self._book.content():
            for number, part in enumerate(parts):
                y -= style.leading if number else 0
                self._book.text_right(x + column.width, y, part, style)
        return y
