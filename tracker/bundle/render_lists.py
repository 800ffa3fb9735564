"""The lists behind the exhibit list: witnesses and chronology."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from tracker.bundle import words
from tracker.bundle.draw import Book
from tracker.bundle.lists import Cite, Event, Witness
from tracker.bundle.shelf import Cited, Shelf
from tracker.bundle.styles import CITE, FACT, GREY, LEFT, LOWEST, NOTE, RIGHT, STRONG, TEXT, Style
from tracker.bundle.table import Band, Column, Line, Row, Section, Table

# More cited places than this go on in a further row, so that no row grows longer than a page.
_MOST_CITES = 12
_NAME = Style("sans-bold", FACT.size, 11.2)
_EVENT = Style("serif", 9.2, 12.4)
_SOURCE = Style("sans", 8.4, 11.2, GREY)


def draw_witness_list(book: Book, shelf: Shelf) -> None:
    """Draw who is called by whom, and where in the bundle what they speak about stands."""
    section = Section(book, "front", "witnesses", (_("Witness list"), _("Witness list, continued")))
    y = section.begin(
        _(
            "Grouped by the side that calls them. Exhibits are those the witness sponsors or is expected to be asked "
            "about."
        )
    )
    columns = [
        Column(_("Witness"), 136),
        Column(_("Expected testimony"), 206),
        Column(_("Exhibits"), 58),
        Column(_("Bates"), 104, right=True),
    ]
    rows: list[Row | Band] = []
    caller = None
    for witness in shelf.plan.tables.witnesses:
        if witness.caller != caller:
            caller = witness.caller
            rows.append(Band(caller or _("Not yet called")))
        rows += _witness_rows(witness, shelf)
    y = Table(book, columns, section.next_page).draw(y, rows)
    _needs(book, shelf.plan.tables.witnesses, y, section)
    section.end()


def _witness_rows(witness: Witness, shelf: Shelf) -> list[Row | Band]:
    out: list[Row | Band] = []
    for cites in _chunks(witness.cites):
        name = _("%(name)s, continued") % {"name": witness.name} if out else witness.name
        cited = [shelf.cited(cite) for cite in cites]
        subject = [Line("" if out else witness.subject or "—")]
        out.append(Row(([Line(name, _NAME)], subject, _names(cited), _numbers(cited))))
    return out


def _needs(book: Book, witnesses: Sequence[Witness], y: float, section: Section) -> None:
    """What witnesses need to be heard, under the table."""
    told = [f"{witness.name}: {witness.needs}." for witness in witnesses if witness.needs]
    if not told:
        return
    if y - 44 < LOWEST:
        y = section.next_page() + 18
    book.heading(y - 18, _("Language and access"))
    y -= 31.5
    for sentence in told:
        lines = book.wrap(sentence, NOTE, RIGHT - LEFT)
        if y - (len(lines) - 1) * NOTE.leading < LOWEST:
            y = section.next_page()
        y = book.lines(LEFT, y, lines, NOTE) - NOTE.leading


def draw_chronology(book: Book, shelf: Shelf) -> None:
    """Draw what happened when, with the place that says so."""
    section = Section(book, "front", "chronology", (_("Chronology"), _("Chronology, continued")))
    y = section.begin(
        _(
            "From the ledger and the exhibits. “Ledger” numbers are entries of the case ledger; Bates numbers lead to "
            "the page relied on."
        )
    )
    columns = [
        Column(_("Date"), 66),
        Column(_("Event"), 290),
        Column(_("Source"), 68),
        Column(_("Bates"), 80, right=True),
    ]
    rows = [row for event in shelf.plan.tables.chronology for row in _event_rows(event, shelf)]
    Table(book, columns, section.next_page).draw(y, rows)
    section.end()


def _event_rows(event: Event, shelf: Shelf) -> list[Row | Band]:
    out: list[Row | Band] = []
    for cites in _chunks(event.cites):
        cited = [shelf.cited(cite) for cite in cites]
        text = _("continued") if out else event.words
        source = [Line(event.source, _SOURCE)] if event.source else _names(cited, _SOURCE)
        day = [Line(words.day(event.on), STRONG)]
        out.append(Row((day, [Line(text, _EVENT)], source, _numbers(cited))))
    return out


def _chunks(cites: Sequence[Cite]) -> list[Sequence[Cite]]:
    return [cites[at : at + _MOST_CITES] for at in range(0, max(1, len(cites)), _MOST_CITES)]


def _names(cited: Sequence[Cited], style: Style = TEXT) -> list[Line]:
    return [Line(one.name, style) for one in cited] or [Line("—", style)]


def _numbers(cited: Sequence[Cited]) -> list[Line]:
    return [numbers_line(one) for one in cited] or [Line("—", _SOURCE)]


def numbers_line(one: Cited) -> Line:
    """The numbers of a cited place, leading to it: "000046", "000046·V2" where that is another volume."""
    text = f"{one.numbers}·V{one.volume}" if one.volume else one.numbers
    return Line(text, CITE if one.target else _SOURCE, one.target)
