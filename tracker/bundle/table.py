"""Tables of generated pages: rows that never split, heads that repeat, labels that never end a page."""

from collections.abc import Callable, Sequence

from tracker.bundle.draw import (
    BAND,
    H1,
    HEAD,
    LEAD,
    LEFT,
    LOWEST,
    NAVY,
    RIGHT,
    Band,
    Book,
    Cell,
    Column,
    PageMark,
    Row,
    Style,
)
from tracker.bundle.typeset import wrap

_TOP, _BOTTOM = 11.5, 6.0
_BAND_HEIGHT, _BAND_AIR, _BAND_NEEDS = 17.0, 5.0, 46.0
_MOST_LINES = 6  # a longer title is cut here; the manifest has it whole
_BAND_TEXT = Style("sans-bold", 8.2, 10, NAVY)
_BAND_HASH = Style("mono", 7.3, 9)


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
        self._page(self._titles[0], self._name)
        return self._book.paragraph(LEFT, 698, lead, LEAD, width=434) - 20

    def next_page(self) -> float:
        """Begin another page; return the y where the table goes on."""
        self._book.close()
        self._page(self._titles[1], "")
        return 684

    def _page(self, title: str, section: str) -> None:
        self._book.open(PageMark(self._role, section=section))
        self._book.head()
        self._book.text(LEFT, 714, title, H1)
        self._book.foot(back=self._back)


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
        y = self._head(y)
        for number, item in enumerate(items):
            needed = self._band_height(item) + _BAND_NEEDS if isinstance(item, Band) else self._height(item)
            if y - needed < LOWEST:
                y = self._head(self._next_page())
            y = self._band(y, item, first=number == 0) if isinstance(item, Band) else self._row(y, item)
        return y

    def _head(self, y: float) -> float:
        self._book.rule(y, 1.0, NAVY)
        for x, column in self._places():
            if column.right:
                self._book.text_right(x + column.width, y - 9.4, column.head, HEAD)
            else:
                self._book.text(x, y - 9.4, column.head, HEAD)
        self._book.rule(y - 14.6, 0.6, NAVY)
        return y - 14.6

    def _places(self) -> list[tuple[float, Column]]:
        x, out = float(LEFT), []
        for column in self._columns:
            out.append((x, column))
            x += column.width
        return out

    def _band_height(self, band: Band) -> float:
        return _BAND_AIR + _BAND_HEIGHT + (12 if band.under else 0)

    def _band(self, y: float, band: Band, *, first: bool) -> float:
        height = _BAND_HEIGHT + (12 if band.under else 0)
        y -= _BAND_AIR + (0 if first else 4)
        canvas = self._book.canvas
        canvas.setFillColor(BAND)
        canvas.rect(LEFT - 4, y - height, RIGHT - LEFT + 8, height, stroke=0, fill=1)
        lines = wrap(self._book.setter, band.text, _BAND_TEXT.pair, RIGHT - LEFT)
        self._book.text(LEFT, y - 11.5, lines[0] + ("…" if len(lines) > 1 else ""), _BAND_TEXT)
        if band.under:
            self._book.text(LEFT, y - 24, band.under, _BAND_HASH)
        return y - height

    def _lines(self, cell: Cell, column: Column) -> list[tuple[str, Style]]:
        width = column.width - (0 if column is self._columns[-1] else column.gap)
        out = []
        for line in cell:
            parts = wrap(self._book.setter, line.text, line.style.pair, width)
            if len(parts) > _MOST_LINES:
                parts = [*parts[: _MOST_LINES - 1], parts[_MOST_LINES - 1] + "…"]
            out += [(part, line.style) for part in parts]
        return out

    def _height(self, row: Row) -> float:
        longest = max(
            sum(style.leading for _text, style in self._lines(cell, column)[1:])
            for cell, column in zip(row.cells, self._columns, strict=True)
        )
        return self._top + longest + self._bottom

    @property
    def _top(self) -> float:
        return 10.5 if self._tight else _TOP

    @property
    def _bottom(self) -> float:
        return 5.0 if self._tight else _BOTTOM

    def _row(self, y: float, row: Row) -> float:
        lowest = y - self._height(row)
        for (x, column), cell in zip(self._places(), row.cells, strict=True):
            at = y - self._top
            for number, (text, style) in enumerate(self._lines(cell, column)):
                at -= style.leading if number else 0
                if column.right:
                    self._book.text_right(x + column.width, at, text, style)
                else:
                    self._book.text(x, at, text, style)
        self._book.rule(lowest)
        if row.target:
            self._book.link((LEFT, lowest, RIGHT, y), row.target)
        return lowest
