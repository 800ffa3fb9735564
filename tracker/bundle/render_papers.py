"""The papers of a court record: their list, and each of them set in type on pages R-1 and following."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from tracker.bundle import words
from tracker.bundle.draw import Book
from tracker.bundle.lists import Paper
from tracker.bundle.places import paper_section
from tracker.bundle.shelf import Shelf
from tracker.bundle.styles import CITE, FACT, H1, LEFT, LOWEST, MARK, NOTE, PROSE, RIGHT, STRONG, TEXT, Style
from tracker.bundle.table import Column, Line, Row, Section, Table

_AIR = 6.0
_DIGEST = Style("mono", 7.3, 9)


def draw_paper_list(book: Book, shelf: Shelf) -> None:
    """Draw the index of the papers in the order of filing; each row leads to its paper."""
    section = Section(book, "front", "papers", (_("Papers of the record"), _("Papers of the record, continued")))
    y = section.begin(
        _(
            "The papers of the proceeding, in the order of filing. Pages R-1 and following are set in type from the "
            "words that were filed; the SHA-256 value of each is given with it."
        )
    )
    columns = [
        Column(_("No."), 30),
        Column(_("Paper"), 270),
        Column(_("Dated"), 72),
        Column(_("Filed"), 72),
        Column(_("Page"), 60, right=True),
    ]
    rows = [_row(number, paper, shelf) for number, paper in enumerate(shelf.plan.tables.papers, start=1)]
    Table(book, columns, section.next_page).draw(y, rows)
    section.end()


def _row(number: int, paper: Paper, shelf: Shelf) -> Row:
    name = paper_section(number)
    said = [Line(paper.title, STRONG)] + ([Line(paper.kind)] if paper.kind != paper.title else [])
    days = [Line(words.day(paper.dated_on))], [Line(words.day(paper.filed_on))]
    page = Line(shelf.volumes[0].label_of_section(name), CITE)
    return Row(([Line(str(number), MARK)], said, *days, [page]), target=f"section:{name}")


def draw_papers(book: Book, shelf: Shelf) -> None:
    """Draw each paper, beginning on a page of its own."""
    for number, paper in enumerate(shelf.plan.tables.papers, start=1):
        _Sheets(book, number, paper).draw()


class _Sheets:
    """The pages of one paper."""

    def __init__(self, book: Book, number: int, paper: Paper) -> None:
        self._book, self._number, self._paper = book, number, paper
        whole = f"{number}. {paper.title}"
        lines = book.wrap(whole, H1, RIGHT - LEFT)
        title = lines[0] + ("…" if len(lines) > 1 else "")
        later = _("Paper %(number)d, continued") % {"number": number}
        self._section = Section(book, "front", paper_section(number), (title, later))
        self._y = 0.0

    def draw(self) -> None:
        self._y = self._section.open() - 4
        for text, style in self._facts():
            self._paragraph(text, style)
        self._y -= 2 * _AIR
        if not self._paper.words.strip():
            self._paragraph(
                _("This paper was filed as a file, which the Board keeps with the value given above."), NOTE
            )
        for text in self._paper.words.splitlines():
            self._paragraph(text, PROSE)
        self._section.end()

    def _facts(self) -> Iterator[tuple[str, Style]]:
        paper = self._paper
        days = {"dated": words.day(paper.dated_on), "filed": words.day(paper.filed_on)}
        if paper.kind != paper.title:
            yield paper.kind, FACT
        yield _("Dated %(dated)s, filed %(filed)s") % days, TEXT
        yield f"SHA-256 {paper.sha256}", _DIGEST

    def _paragraph(self, text: str, style: Style) -> None:
        """One paragraph, going on over as many pages as it needs; an empty one is space."""
        if not text.strip():
            self._y -= style.leading / 2
            return
        left = self._book.wrap(text, style, RIGHT - LEFT)
        with self._book.tagged("P"):
            while left:
                room = int((self._y - LOWEST) // style.leading) + 1
                if room < 1:
                    self._y = self._section.next_page() - 6
                    continue
                self._y = self._book.lines(LEFT, self._y, left[:room], style) - style.leading
                left = left[room:]
        self._y -= _AIR if style is PROSE else 1
