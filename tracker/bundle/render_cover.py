"""The cover of a volume (page i, in later volumes V2-i)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.bundle import words
from tracker.bundle.draw import Book, PageMark
from tracker.bundle.fitting import shorten
from tracker.bundle.plan import WITHHELD, BundlePlan, PlannedExhibit
from tracker.bundle.render_seal import seal_strip
from tracker.bundle.shelf import Shelf
from tracker.bundle.styles import CITE, GREY, LEFT, LIGHT_MARK, NAVY, PALE_RED, RED, RIGHT, STRONG, TEXT, Style
from tracker.files.typeset import balanced

# A later volume with more exhibits than its cover holds has a list of its own behind it.
MOST_ON_COVER = 8

_CAPTION = Style("serif", 11, 15)
_CAPTION_GREY = Style("serif", 10.6, 15, GREY)
_CAPTION_BOLD = Style("serif-bold", 11, 15)
_LABEL = Style("sans", 8.2, 10, GREY)
_VALUE = Style("sans", 8.9, 11)
_WARNING = Style("sans-bold", 8.2, 11, RED)
_ENTRY = Style("sans", 8.8, 11)
_STRIP = Style("sans", 8.2, 10.6, RED)
_STRIP_LOW, _MOST_STRIP_LINES = 150.0, 3
# Lines closer than this (points) would run into each other.
_LEAST_STEP, _COLUMN_GAP = 10.6, 24.0


@dataclass(frozen=True)
class _Fact:
    """A row of the facts table: label, value, what stands at the right."""

    label: str
    value: str
    note: str = ""
    style: Style = _VALUE


def draw_cover(book: Book, shelf: Shelf) -> None:
    """Draw the first page of a volume."""
    book.open(PageMark("front", section="cover"))
    heading = shelf.plan.heading
    low = _caption(book, shelf.plan, _board(book, shelf.plan))
    top = min(522.0, low - 54.5)
    with book.tagged("H1"):
        book.text(LEFT, top, _("Evidence Bundle"), Style("serif", 34, 40))
    volume = _("Volume %(number)s of %(count)s") % {"number": shelf.number, "count": len(shelf.volumes)}
    book.text_right(RIGHT, top, volume, Style("serif", 16, 20))
    book.text(LEFT, top - 22, words.edition(heading.edition), Style("serif", 13, 16, NAVY))
    low = _facts(book, shelf, top - 45)
    room = low - 25 - _strip_top(book, shelf.plan) - 10
    if shelf.number > 1 and len(shelf.exhibits) <= MOST_ON_COVER:
        _own_exhibits(book, shelf, low - 25, room)
    else:
        _contents(book, shelf, low - 25, room)
    _confidential(book, shelf.plan)
    seal_strip(book, shelf)
    with book.artifact():
        book.text(LEFT, 34, words.edition_mark(heading.edition), Style("sans-italic", 6.8, 9, GREY))
        book.text_right(RIGHT, 34, book.label_of(book.page), Style("sans-bold", 8.5, 10))
    book.close()


def _board(book: Book, plan: BundlePlan) -> float:
    """Draw state and board; return the y of the caption's first line."""
    caps = Style("sans", 9, 11, GREY)
    spaced = words.state_name(plan.heading.jurisdiction).upper()
    book.tracked(306 - book.tracked_width(spaced, caps, 2.2) / 2, 726.5, spaced, caps, space=2.2)
    low = 704.0
    board = Style("serif", 16, 20)
    with book.content():
        for number, line in enumerate(balanced(book.setter, plan.heading.board, board.pair, RIGHT - LEFT)):
            low -= 20 if number else 0
            book.text_center(306, low, line, board)
    book.rule(low - 18, 0.8, NAVY)
    return low - 44


def _caption(book: Book, plan: BundlePlan, top: float) -> float:
    """Draw the caption of the matter; return the y of the rule below it."""
    heading = plan.heading
    book.text(LEFT, top, _("In the Matter of"), _CAPTION)
    low = book.title(72, top - 21.5, heading.respondent.upper(), _CAPTION_BOLD, width=230)
    if heading.license_number:
        low -= 16.5
        book.text(72, low, _("License No. %(number)s") % {"number": heading.license_number}, _CAPTION)
    low -= 23
    book.text_right(236, low, _("Respondent."), Style("serif-italic", 11, 15))
    right = top
    docket = (_("Docket No."), heading.docket)
    for number, (label, value) in enumerate((docket, *heading.facts)):
        book.text(336, right, label, _CAPTION_GREY)
        style = _CAPTION_BOLD if number == 0 else _CAPTION
        right = book.paragraph(412, right, value, style, width=RIGHT - 412) - 19.8
    lowest = min(low, right + 19.8)
    with book.artifact():
        at = top
        while at > lowest - 8:
            book.text(316, at, ")", _CAPTION)
            at -= 13.2
    rule = 576.5 if lowest > 586 else lowest - 10
    book.rule(rule, 1.0, NAVY)
    return rule


def _fact_rows(shelf: Shelf) -> list[_Fact]:
    plan, heading = shelf.plan, shelf.plan.heading
    rows = [_Fact(_("This volume"), _marks(shelf.exhibits), words.pages(shelf.places.total))]
    if here := list(shelf.numbers_here()):
        first, last = min(start for _kind, start, _end in here), max(end for _kind, _start, end in here)
        rows.append(_Fact(_("Bates range"), words.full_numbers(plan, first, last), _number_count(here)))
    if len(shelf.volumes) > 1:
        counts = _("%(exhibits)s, %(volumes)s volumes") % {
            "exhibits": ngettext("%(count)s exhibit", "%(count)s exhibits", len(plan.exhibits))
            % {"count": f"{len(plan.exhibits):,}"},
            "volumes": len(shelf.volumes),
        }
        rows.append(_Fact(_("Whole bundle"), number_range(plan), counts))
    custodian = _("%(name)s, Records Custodian") % {"name": heading.custodian}
    return [
        *rows,
        _Fact(
            _("Frozen"),
            words.moment(heading.frozen_at),
            _("Freeze %(number)s of this docket") % {"number": heading.freeze},
        ),
        _Fact(
            _("Certified by"),
            custodian if heading.custodian else _("The board’s records custodian"),
            _("Certificate: %(page)s") % {"page": shelf.page_of("certificate")},
        ),
        _Fact(
            _("Signature"),
            words.signature(plan.signing),
            "" if plan.signing.is_demo else plan.signing.subject,
            _WARNING if plan.signing.is_demo and plan.signing.certificate_sha256 else _VALUE,
        ),
    ]


def _facts(book: Book, shelf: Shelf, y: float) -> float:
    """Draw the facts from y down; return the y of the last hairline."""
    book.rule(y)
    with book.tagged("Table"):
        for fact in _fact_rows(shelf):
            with book.tagged("TR"):
                with book.tagged("TH", scope="Row"):
                    book.text(LEFT, y - 13, fact.label, _LABEL)
                note = shorten(book.setter, fact.note, _LABEL, 190)
                room = RIGHT - 150 - (book.setter.width(note, *_LABEL.pair) + 10 if note else 0)
                with book.tagged("TD"):
                    book.text(150, y - 13, shorten(book.setter, fact.value, fact.style, room), fact.style)
                with book.tagged("TD"):
                    book.text_right(RIGHT, y - 13, note, _LABEL)
            y -= 20
            book.rule(y)
    return y


def _number_count(here: list[tuple[str, int, int]]) -> str:
    count = sum(last - first + 1 for _kind, first, last in here)
    withheld = sum(last - first + 1 for kind, first, last in here if kind == WITHHELD)
    numbers = ngettext("%(count)s number", "%(count)s numbers", count) % {"count": f"{count:,}"}
    if not withheld:
        return numbers
    return _("%(numbers)s, %(withheld)s of them withheld") % {"numbers": numbers, "withheld": f"{withheld:,}"}


def _marks(exhibits: tuple[PlannedExhibit, ...]) -> str:
    if not exhibits:
        return _("Papers of the record, no exhibits")
    if len(exhibits) == 1:
        return _("Exhibit %(mark)s") % {"mark": exhibits[0].mark}
    values = {"count": f"{len(exhibits):,}", "first": exhibits[0].mark, "last": exhibits[-1].mark}
    return _("%(count)s exhibits, %(first)s to %(last)s") % values


def number_range(plan: BundlePlan) -> str:
    """Write the range of the chosen exhibits in full."""
    numbers = [item.bates_first for item in plan.exhibits] + [item.bates_last for item in plan.exhibits]
    return words.full_numbers(plan, min(numbers), max(numbers))


def _contents(book: Book, shelf: Shelf, y: float, room: float) -> None:
    """The sections with their pages; in two columns where one would run into what stands below."""
    book.heading(y, _("Contents"))
    entries = shelf.places.contents
    if not entries:  # before any length is known
        return
    columns = 1 if (room - 16.4) / len(entries) >= _LEAST_STEP else 2
    rows = -(-len(entries) // columns)
    step = min(14.1, (room - 16.4) / rows)
    width = (RIGHT - LEFT - _COLUMN_GAP * (columns - 1)) / columns
    y -= 16.4
    for column in range(columns):
        end = LEFT + column * (width + _COLUMN_GAP) + width
        book.text_right(end, y + 16.4, _("Page"), Style("sans-bold", 7, 9, NAVY))
    with book.tagged("L"):
        for number, (section, title) in enumerate(entries):
            x = LEFT + number // rows * (width + _COLUMN_GAP)
            at = y - number % rows * step
            label = shelf.places.label_of_section(section) if section != "exhibits" else _first_number(shelf)
            rect = (x, at - 4, x + width, at + 9)
            with book.tagged("LI"), book.tagged("LBody"), book.linked(f"section:{section}", rect):
                _leader(book, at, (x, title, _ENTRY), label, end=x + width)


def _first_number(shelf: Shelf) -> str:
    _kind, first, _last = next(shelf.numbers_here())
    return shelf.plan.digits(first)


def _leader(book: Book, y: float, entry: tuple[float, str, Style], label: str, *, end: float = RIGHT) -> None:
    """Draw an entry, dots, and its label, which ends at `end`."""
    x, words_, style = entry
    end -= book.setter.width(label, *_ENTRY.pair) + 5
    shown = shorten(book.setter, words_, style, end - x - 10)
    start = x + book.text(x, y, shown, style) + 5
    book.text(end + 5, y, label, _ENTRY)
    book.dots(start, end, y)


def _own_exhibits(book: Book, shelf: Shelf, y: float, room: float) -> None:
    """What stands in a later volume, as far as there is room, and where the whole list is."""
    book.heading(y, _("In this volume"))
    book.text_right(RIGHT, y, _("Bates"), Style("sans-bold", 7, 9, NAVY))
    room -= 16.4 + 20
    shown = shelf.exhibits
    if room < _LEAST_STEP * len(shown):
        shown = shown[: max(0, int(room // _LEAST_STEP) - 1)]
    more = len(shelf.exhibits) - len(shown)
    step = min(14.1, room / (len(shown) + (1 if more else 0)))
    y -= 16.4
    with book.tagged("L"):
        for item in shown:
            _own_exhibit(book, shelf, y, item)
            y -= step
        if more:
            text = ngettext("and %(count)s more exhibit", "and %(count)s more exhibits", more) % {"count": f"{more:,}"}
            with book.tagged("LI"), book.tagged("LBody"):
                book.text(LEFT, y, text, Style("sans-italic", TEXT.size, 11, GREY))
            y -= step
    with book.linked("section:list", (LEFT, y - 12, RIGHT, y + 3)):
        list_at = _("The exhibit list of the whole bundle is in %(where)s.") % {"where": shelf.page_of("list")}
        book.text(LEFT, y - 8.5, list_at, Style("sans", CITE.size, 11, GREY))


def _own_exhibit(book: Book, shelf: Shelf, y: float, item: PlannedExhibit) -> None:
    title = _("Withheld in this edition") if item.kind == WITHHELD else item.title
    if shelf.begins_in(item.key) != shelf.number:
        title = _("%(title)s (continued)") % {"title": title}
    numbers = words.numbers(shelf.plan, *shelf.range_here(item.key))
    rect = (LEFT, y - 4, RIGHT, y + 9)
    with book.tagged("LI"), book.tagged("LBody"), book.linked(shelf.target_here(item), rect):
        book.text(LEFT, y, item.mark, LIGHT_MARK if item.parent else STRONG)
        x = 94 if book.setter.width(item.mark, *STRONG.pair) < 36 else 140
        _leader(book, y, (x, title, TEXT), numbers)


def _strip_text(plan: BundlePlan) -> str:
    if plan.heading.edition == "public":
        return plan.heading.confidentiality
    general = _("Contains confidential material. Do not file in a public docket.")
    return f"{plan.heading.confidentiality} {general}".strip()


def _strip_lines(book: Book, plan: BundlePlan) -> list[str]:
    text = _strip_text(plan)
    lines = book.wrap(text, _STRIP, RIGHT - LEFT - 20) if text else []
    if len(lines) > _MOST_STRIP_LINES:
        lines = [*lines[: _MOST_STRIP_LINES - 1], lines[_MOST_STRIP_LINES - 1] + "…"]
    return lines


def _strip_top(book: Book, plan: BundlePlan) -> float:
    lines = _strip_lines(book, plan)
    return _STRIP_LOW + 22 + _STRIP.leading * (len(lines) - 1) if lines else _STRIP_LOW - 20


def _confidential(book: Book, plan: BundlePlan) -> None:
    """The strip that says whether the volume is confidential; it grows upwards."""
    lines = _strip_lines(book, plan)
    if not lines:
        return
    top = _strip_top(book, plan)
    book.box((LEFT, _STRIP_LOW, RIGHT, top), PALE_RED)
    book.box((LEFT, _STRIP_LOW, LEFT + 2.4, top), RED)
    book.lines(LEFT + 10, top - 14, lines, _STRIP)
