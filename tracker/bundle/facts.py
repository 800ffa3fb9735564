"""Facts of a sheet: rows of a label and a value between hairlines."""

from collections.abc import Sequence

from tracker.bundle.draw import Book
from tracker.bundle.styles import FACT_LABEL, LEFT, RIGHT, Style

# Label, value ("\n" begins a line of its own) and the style of the value.
Fact = tuple[str, str, Style]


def draw_facts(book: Book, y: float, rows: Sequence[Fact], *, x: float, step: float = 20) -> float:
    """Draw rows from y down, values from x; a row of one line is `step` points high. Return the lowest hairline."""
    book.rule(y)
    with book.tagged("Table"):
        for row in rows:
            with book.tagged("TR"):
                y = _draw_fact(book, y, row, x) + 13 - step
            book.rule(y)
    return y


def fact_lines(book: Book, value: str, style: Style, x: float) -> list[str]:
    """Break a value that begins at x into lines."""
    return [line for part in value.split("\n") for line in book.wrap(part, style, RIGHT - x)]


def _draw_fact(book: Book, y: float, row: Fact, x: float) -> float:
    label, value, style = row
    with book.tagged("TH", scope="Row"):
        book.text(LEFT, y - 13, label, FACT_LABEL)
    with book.tagged("TD"):
        return book.lines(x, y - 13, fact_lines(book, value, style, x), style)
