"""The cover (page i) and the strip with the manifest's digest."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.bundle import words
from tracker.bundle.draw import GREY, LEFT, NAVY, PALE_RED, RED, RIGHT, Book, PageMark, Style
from tracker.bundle.manifest import NAME, manifest_digest
from tracker.bundle.places import Places
from tracker.bundle.plan import WITHHELD, BundlePlan
from tracker.bundle.typeset import balanced

_CAPTION = Style("serif", 11, 15)
_CAPTION_GREY = Style("serif", 10.6, 15, GREY)
_CAPTION_BOLD = Style("serif-bold", 11, 15)


def draw_cover(book: Book, plan: BundlePlan, places: Places) -> None:
    """Draw page i."""
    book.open(PageMark("front", section="cover"))
    heading = plan.heading
    caps = Style("sans", 9, 11, GREY)
    spaced = words.state_name(heading.jurisdiction).upper()
    book.tracked(306 - book.tracked_width(spaced, caps, 2.2) / 2, 726.5, spaced, caps, space=2.2)
    low = 704.0
    board = Style("serif", 16, 20)
    for number, line in enumerate(balanced(book.setter, heading.board, board.pair, RIGHT - LEFT)):
        low -= 20 if number else 0
        book.text_center(306, low, line, board)
    book.rule(low - 18, 0.8, NAVY)
    _caption(book, plan, low - 44)
    book.text(LEFT, 522, _("Evidence Bundle"), Style("serif", 34, 40))
    book.text(LEFT, 500, words.edition(heading.edition), Style("serif", 13, 16, NAVY))
    book.text_right(RIGHT, 522, _("Volume 1 of 1"), Style("serif", 16, 20))
    _cover_facts(book, plan, places)
    _contents(book, places)
    _confidential(book, plan)
    seal_strip(book, plan)
    book.text(LEFT, 34, words.edition_mark(heading.edition), Style("sans-italic", 6.8, 9, GREY))
    book.text_right(RIGHT, 34, book.label_of(book.page), Style("sans-bold", 8.5, 10))
    book.close()


def _caption(book: Book, plan: BundlePlan, top: float) -> None:
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
    at = top
    while at > lowest - 8:
        book.text(316, at, ")", _CAPTION)
        at -= 13.2
    book.rule(576.5 if lowest > 586 else lowest - 10, 1.0, NAVY)


def _cover_facts(book: Book, plan: BundlePlan, places: Places) -> None:
    heading = plan.heading
    shown = sum(item.numbers for item in plan.exhibits if item.kind != WITHHELD)
    withheld = sum(item.numbers for item in plan.exhibits if item.kind == WITHHELD)
    numbers = ngettext("%(count)s number", "%(count)s numbers", shown + withheld) % {"count": f"{shown + withheld:,}"}
    if withheld:
        numbers = _("%(numbers)s, %(withheld)s of them withheld") % {
            "numbers": numbers,
            "withheld": f"{withheld:,}",
        }
    rows = (
        (_("This volume"), _marks(plan), words.pages(places.total)),
        (_("Bates range"), number_range(plan), numbers),
        (
            _("Frozen"),
            words.moment(heading.frozen_at),
            _("Freeze %(number)s of this docket") % {"number": heading.freeze},
        ),
        (
            _("Certified by"),
            _("%(name)s, Records Custodian") % {"name": heading.custodian}
            if heading.custodian
            else _("The board’s records custodian"),
            _("Certificate: page %(page)s") % {"page": places.label_of_section("certificate")},
        ),
    )
    y = 477.0
    book.rule(y)
    for label, value, note in rows:
        book.text(LEFT, y - 13, label, Style("sans", 8.2, 10, GREY))
        book.text(150, y - 13, value, Style("sans", 8.9, 11))
        book.text_right(RIGHT, y - 13, note, Style("sans", 8.2, 10, GREY))
        y -= 20
        book.rule(y)


def _marks(plan: BundlePlan) -> str:
    count = len(plan.exhibits)
    first, last = plan.exhibits[0].mark, plan.exhibits[-1].mark
    if count == 1:
        return _("Exhibit %(mark)s") % {"mark": first}
    return _("%(count)s exhibits, %(first)s to %(last)s") % {"count": count, "first": first, "last": last}


def number_range(plan: BundlePlan) -> str:
    """Write the range of the chosen exhibits in full."""
    numbers = [item.bates_first for item in plan.exhibits] + [item.bates_last for item in plan.exhibits]
    first, last = min(numbers), max(numbers)
    if first == last:
        return plan.bates(first)
    return _("%(first)s to %(last)s") % {"first": plan.bates(first), "last": f"{last:06d}"}


def _contents(book: Book, places: Places) -> None:
    y = 352.0
    book.text(LEFT, y, _("Contents"), Style("sans-bold", 8.5, 10, NAVY))
    book.text_right(RIGHT, y, _("Page"), Style("sans-bold", 7, 9, NAVY))
    y -= 16.4
    style = Style("sans", 8.8, 11)
    for section, title in places.contents:
        label = places.label_of_section(section)
        start = LEFT + book.text(LEFT, y, title, style) + 5
        end = RIGHT - book.text_right(RIGHT, y, label, style) - 5
        dots(book, start, end, y)
        book.link((LEFT, y - 4, RIGHT, y + 9), f"section:{section}")
        y -= 14.1


def dots(book: Book, start: float, end: float, y: float) -> None:
    """Draw a dot leader."""
    canvas = book.canvas
    canvas.setStrokeColor(GREY)
    canvas.setLineWidth(0.5)
    canvas.setLineCap(1)
    canvas.setDash([0, 3])
    canvas.line(end, y + 0.4, start, y + 0.4)
    canvas.setDash([])
    canvas.setLineCap(0)


def _confidential(book: Book, plan: BundlePlan) -> None:
    text = plan.heading.confidentiality or _("Contains confidential material. Do not file in a public docket.")
    canvas = book.canvas
    canvas.setFillColor(PALE_RED)
    canvas.rect(LEFT, 150, RIGHT - LEFT, 22, stroke=0, fill=1)
    canvas.setFillColor(RED)
    canvas.rect(LEFT, 150, 2.4, 22, stroke=0, fill=1)
    book.text(LEFT + 10, 158, text, Style("sans", 8.2, 10, RED))


def seal_strip(book: Book, plan: BundlePlan) -> None:
    """Draw the manifest's digest and how to compare it, from y 130 down."""
    book.rule(130, 0.8, NAVY)
    book.tracked(LEFT, 115, _("Manifest SHA-256").upper(), Style("sans-bold", 6.6, 8, NAVY), space=0.5)
    digest = manifest_digest(plan)
    groups = [digest[at : at + 8] for at in range(0, 64, 8)]
    mono = Style("mono", 10.2, 14)
    book.text(LEFT, 100, " ".join(groups[:4]), mono)
    book.text(LEFT, 86.4, " ".join(groups[4:]), mono)
    small = Style("sans", 7.8, 11, GREY)
    book.text(LEFT, 70, _("To check this file, run verify_bundle on it; or, with any tool,"), small)
    book.text(
        LEFT,
        58.6,
        _("extract %(name)s, take its SHA-256, and compare it with the 64 characters above.") % {"name": NAME},
        small,
    )
