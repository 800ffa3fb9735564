"""The list of those who stood aside from the case."""

from django.utils.translation import gettext as _

from tracker.bundle import words
from tracker.bundle.draw import Book
from tracker.bundle.lists import Aside
from tracker.bundle.shelf import Shelf
from tracker.bundle.styles import STRONG
from tracker.bundle.table import Column, Line, Row, Section, Table


def draw_aside(book: Book, shelf: Shelf) -> None:
    """Draw who declared a conflict, as what, and from when until when they had no part in the case."""
    section = Section(book, "front", "aside", (_("Who stood aside"), _("Who stood aside, continued")))
    y = section.begin(
        _(
            "People who declared a conflict. From that day on they had no part in the case: they saw nothing of it, "
            "had no place on it and were not counted in a vote."
        )
    )
    columns = [Column(_("Name"), 190), Column(_("As"), 170), Column(_("From"), 72), Column(_("Until"), 72)]
    Table(book, columns, section.next_page).draw(y, [_row(one) for one in shelf.plan.tables.aside])
    section.end()


def _row(one: Aside) -> Row:
    until = words.day(one.until) if one.until else "—"
    return Row(([Line(one.name, STRONG)], [Line(one.role)], [Line(words.day(one.since))], [Line(until)]))
