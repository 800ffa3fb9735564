"""The allegation matrix: what speaks for and against each allegation, and the finding on it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tracker.bundle.draw import Book
from tracker.bundle.lists import MatrixLine, MatrixRow
from tracker.bundle.shelf import Cited, Shelf
from tracker.bundle.styles import CITE, GREY, INK, ITALIC_RED, LEFT, LOWEST, NAVY, NOTE, RIGHT, SMALL, TEXT, Style
from tracker.bundle.table import Column, Section, Table

_NUMBER = Style("serif-bold", 11.5, 14, NAVY)
_WORDS = Style("serif-bold", 9.6, 13)
_AGAINST = Style("sans-italic", TEXT.size, TEXT.leading, ITALIC_RED.color)
_CHOICE = Style("sans", 8, 13.6, GREY)
_FINDING = Style("sans-bold", TEXT.size, TEXT.leading)
_WIDTHS = (26, 132, 52, 152, 76, 66)
_MOST_LINES = 8
# Room on a fresh page; a block that needs more begins where at least the second height is left.
_FRESH, _LEAST_BEGUN = 600.0, 140.0


@dataclass(frozen=True)
class _Piece:
    """A line of evidence laid out: its bearing, the wrapped text, its place, its height."""

    bearing: str
    lines: tuple[str, ...]
    cited: Cited | None
    height: float


def draw_matrix(book: Book, shelf: Shelf) -> None:
    """Draw the allegations with their evidence; boxes for the finding stay empty until there is one."""
    title = _("Allegations, evidence and findings")
    section = Section(book, "front", "matrix", (title, _("%(title)s, continued") % {"title": title}))
    lead = _("Bates ranges lead to the passage relied on. The last column is left open until there is a finding.")
    y = section.begin(lead)
    heads = (_("No."), _("Allegation"), _("Weighs"), _("Evidence"), _("Bates"), _("Finding"))
    columns = [Column(head, width) for head, width in zip(heads, _WIDTHS, strict=True)]
    table = Table(book, columns, section.next_page)
    matrix = _Matrix(book, shelf, table)
    with book.tagged("Table"):
        y = table.head(y)
        for row in shelf.plan.tables.matrix:
            y = matrix.draw(y, row)
    if y - 60 < LOWEST:
        y = section.next_page() + 18
    book.heading(y - 22, _("How to read this page"))
    sentence = _("“For” and “against” are designations, not findings.")
    book.paragraph(LEFT, y - 35.5, f"{sentence} {not_final()}", NOTE, width=RIGHT - LEFT)
    section.end()


def not_final() -> str:
    """The sentence that no page with allegations may lack."""
    return _("Allegations are not a final determination.")


class _Matrix:
    """Draws blocks, one an allegation; a block too long for a page goes on under the same head."""

    def __init__(self, book: Book, shelf: Shelf, table: Table) -> None:
        self._book = book
        self._shelf = shelf
        self._table = table
        edges = [float(LEFT)]
        for width in _WIDTHS:
            edges.append(edges[-1] + width)
        self._x = edges

    def draw(self, y: float, row: MatrixRow) -> float:
        pieces = [self._piece(line) for line in row.evidence] or [
            _Piece("", (_("No evidence designated"),), None, 19.0)
        ]
        words = self._wrap(row.words, _WORDS, 1)
        basis = self._wrap(row.basis, SMALL, 1) if row.basis else []
        finding = self._finding_lines(row)
        side = max(18 + len(words) * _WORDS.leading + len(basis) * 9.2, 16 + 13 * max(3, len(finding)))
        is_first = True
        while pieces:
            room = y - LOWEST
            needed = max(side, sum(piece.height for piece in pieces))
            if is_first and needed > room and (needed < _FRESH or room < max(side, _LEAST_BEGUN)):
                y = self._turn()
                room = y - LOWEST
            count = self._fitting(pieces, room)
            part, pieces = pieces[:count], pieces[count:]
            label = row.key if is_first else _("%(number)s, cont.") % {"number": row.key}
            y = self._block(
                y, (label, words if is_first else [], basis if is_first else []), part, (row, finding, side)
            )
            is_first = False
            if pieces:
                y = self._turn()
        return y

    def _turn(self) -> float:
        """Go on on another page; the sentence that must stand by every allegation stands at the foot of this one."""
        with self._book.tagged("P", top=True):
            self._book.text(LEFT, 53, not_final(), SMALL)
        return self._table.turn()

    @staticmethod
    def _fitting(pieces: Sequence[_Piece], room: float) -> int:
        """How many lines of evidence fit; at least one."""
        used, count = 0.0, 0
        while count < len(pieces) and used + pieces[count].height <= room:
            used += pieces[count].height
            count += 1
        return max(1, count)

    def _wrap(self, text: str, style: Style, column: int) -> list[str]:
        lines = self._book.wrap(text, style, _WIDTHS[column] - 8)
        return [*lines[: _MOST_LINES - 1], lines[_MOST_LINES - 1] + "…"] if len(lines) > _MOST_LINES else lines

    def _piece(self, line: MatrixLine) -> _Piece:
        cited = self._shelf.cited(line.cite)
        text = f"{cited.name}: {line.note}" if line.note else cited.name
        lines = tuple(self._wrap(text, TEXT, 3))
        below = max((len(lines) - 1) * TEXT.leading, 9.2 if cited.volume else 0)
        return _Piece(line.bearing, lines, cited, 18.6 + below)

    def _finding_lines(self, row: MatrixRow) -> list[tuple[str, Style]]:
        if not row.finding:
            return []
        told = [(line, _FINDING) for line in self._wrap(row.finding, _FINDING, 5)]
        return told + [(line, SMALL) for line in (self._wrap(row.finding_note, SMALL, 5) if row.finding_note else [])]

    def _block(
        self,
        y: float,
        head: tuple[str, list[str], list[str]],
        pieces: Sequence[_Piece],
        finding: tuple[MatrixRow, list[tuple[str, Style]], float],
    ) -> float:
        book, (label, words, basis), (row, lines, side) = self._book, head, finding
        spans = (len(pieces), 1)
        at = y
        for number, piece in enumerate(pieces):
            with book.tagged("TR"):
                if number == 0:
                    with book.tagged("TH", scope="Row", spans=spans):
                        book.text(LEFT, y - 13.6, label, _NUMBER if words else SMALL)
                    with book.tagged("TD", spans=spans):
                        self._allegation(y, words, basis)
                self._evidence(at, piece)
                if number == 0:
                    with book.tagged("TD", spans=spans):
                        self._finding(y, row, lines, is_whole=bool(words))
            at -= piece.height
            if number + 1 < len(pieces):
                book.rule(at, x=self._x[2], end=self._x[5] - 8)
        low = min(at, y - side) if words else at
        book.rule(low, 0.6, NAVY)
        return low

    def _allegation(self, y: float, words: list[str], basis: list[str]) -> None:
        low = self._book.lines(self._x[1], y - 13.6, words, _WORDS) if words else y
        if basis:
            self._book.lines(self._x[1], low - 13, basis, SMALL)

    def _evidence(self, y: float, piece: _Piece) -> None:
        book, at = self._book, y - 12.2
        is_against = piece.bearing == "against"
        with book.tagged("TD"):
            text = "—" if piece.cited is None else _("Against") if is_against else _("For")
            book.text(self._x[2], at, text, _AGAINST if is_against else TEXT)
        with book.tagged("TD"):
            book.lines(self._x[3], at, piece.lines, TEXT)
        with book.tagged("TD"):
            self._place(at, piece.cited)

    def _place(self, at: float, cited: Cited | None) -> None:
        book, x = self._book, self._x[4]
        if cited is None or not cited.target:
            book.text(x, at, cited.numbers if cited else "—", TEXT)
            return
        with book.linked(cited.target, (x - 1, at - 3, x + _WIDTHS[4] - 4, at + 9)), book.content():
            book.text(x, at, cited.numbers, CITE)
            if cited.volume:
                book.text(x, at - 9.2, _("volume %(number)s") % {"number": cited.volume}, SMALL)

    def _finding(self, y: float, row: MatrixRow, lines: list[tuple[str, Style]], *, is_whole: bool) -> None:
        book, x = self._book, self._x[5]
        if book.is_counting or not is_whole:
            return
        if row.finding:
            at = y - 12.2
            for text, style in lines:
                book.text(x, at, text, style)
                at -= style.leading
            return
        with (
            book.tagged("Figure", alt=_("No finding yet: empty boxes for proved, not proved, withdrawn")),
            book.content(),
        ):
            at = y - 16
            for text in (_("Proved"), _("Not proved"), _("Withdrawn")):
                book.canvas.setStrokeColor(INK)
                book.canvas.setLineWidth(0.6)
                book.canvas.rect(x + 2, at - 1, 7, 7, stroke=1, fill=0)
                book.text(x + 13, at, text, _CHOICE)
                at -= _CHOICE.leading
