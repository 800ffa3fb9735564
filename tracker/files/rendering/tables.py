"""CSV as a table, where its rows are whole and fit the page. Pure."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.files.rendering.sheet import COLUMN_HEAD, GREY, LOWEST, NAVY, RIGHT, Column, Sheets, Style

DELIMITERS = (",", ";", "\t", "|")
MAX_CELLS = 200_000
MAX_COLUMNS = 12
_LEFT = 80
_GAP = 8
_NARROWEST = 44
_MOST_LINES = 30
_CELL = Style("sans", 8.2, 10.6)
_LINE_NUMBER = Style("sans", 7, 9, GREY)
_LINE_ENDS = re.compile("\r\n|\r")
_NUMBER = re.compile(r"\s*[-+(]?[$\u20ac\u00a3]?\d[\d.,\u00a0]*[)%]?\s*")


@dataclass(frozen=True)
class Record:
    """A row: the number of the line it begins on, from 1, and its cells."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """Rows ready to draw: where the columns stand, and the cells broken into lines."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[int, list[list[str]]], ...]
    has_head: bool


def parse(text: str) -> list[Record]:
    """The rows of a CSV text, by the first delimiter that gives all of them the same number of cells, two at least.

    Empty when none does: then the text is better read as lines.
    """
    for delimiter in DELIMITERS:
        found = _records(text, delimiter)
        if len(found) > 1:
            return found
    return []


def fit(sheets: Sheets, records: Sequence[Record]) -> Table | None:
    """Lay out rows for the page width; None when that would need too many or too narrow columns."""
    count = len(records[0].cells) if records else 0
    if not 1 < count <= MAX_COLUMNS:
        return None
    has_head = _is_head(records[0].cells)
    body = records[1:] if has_head else records
    numeric = [all(_is_number(record.cells[place]) for record in body) for place in range(count)]
    widths = _widths([_natural(sheets, records, place) for place in range(count)], RIGHT - _LEFT - _GAP * (count - 1))
    if not widths:
        return None
    x, columns = float(_LEFT), []
    for width, right in zip(widths, numeric, strict=True):
        columns.append(Column(x, width, right))
        x += width + _GAP
    rows = []
    for number, record in enumerate(records):
        style = COLUMN_HEAD if has_head and not number else _CELL
        cells = sheets.cells(columns, record.cells, style)
        if max(map(len, cells)) > _MOST_LINES:
            return None
        rows.append((record.line, cells))
    return Table(tuple(columns), tuple(rows), has_head)


def draw(sheets: Sheets, table: Table) -> None:
    """Draw a table from the present place on, its head again on each page."""
    head, body = (table.rows[0], table.rows[1:]) if table.has_head else (None, table.rows)
    _top(sheets, table, head)
    for line, cells in body:
        height = 14 + _CELL.leading * (max(map(len, cells)) - 1)
        if sheets.y - height - 4 < LOWEST:
            sheets.open_page()
            _top(sheets, table, head)
        sheets.y -= 12
        sheets.draw_right(68, sheets.y, str(line), _LINE_NUMBER)
        sheets.row(table.columns, cells, _CELL)
        sheets.y -= 4
        sheets.rule(sheets.y)


def _top(sheets: Sheets, table: Table, head: tuple[int, list[list[str]]] | None) -> None:
    sheets.y -= 8
    if head is None:
        return
    sheets.y -= 6
    sheets.draw_right(68, sheets.y, str(head[0]), _LINE_NUMBER)
    sheets.row(table.columns, head[1], COLUMN_HEAD)
    sheets.y -= 5
    sheets.rule(sheets.y, 0.6, NAVY)


def _records(text: str, delimiter: str) -> list[Record]:
    # Line ends inside quotes must reach the reader as they are.
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter, strict=True)
    found: list[Record] = []
    cells = before = 0
    try:
        for row in reader:
            first, before = before + 1, reader.line_num
            if not row:
                continue
            found.append(Record(first, tuple(_LINE_ENDS.sub("\n", cell).strip("\n") for cell in row)))
            cells += len(row)
            if len(row) < 2 or len(row) != len(found[0].cells) or cells > MAX_CELLS:
                return []
    except csv.Error:
        return []
    return found


def _natural(sheets: Sheets, records: Sequence[Record], place: int) -> float:
    parts = {part for record in records for part in record.cells[place].split("\n")}
    return max(sheets.setter.width(part, *_CELL.pair) for part in parts) + 1


def _widths(natural: list[float], room: float) -> list[float]:
    """Share `room` points: the widest columns give way, none below the narrowest that can be read."""
    limit = room
    while sum(min(width, limit) for width in natural) > room:
        limit *= 0.97
        if limit < _NARROWEST:
            return []
    return [min(width, limit) for width in natural]


def _is_head(cells: Sequence[str]) -> bool:
    return len(set(cells)) == len(cells) and all(cell.strip() and not _is_number(cell) for cell in cells)


def _is_number(cell: str) -> bool:
    return not cell.strip() or bool(_NUMBER.fullmatch(cell))
