"""The logs at the end: the custody of each exhibit, and every hash."""

from django.utils.translation import gettext as _

from tracker.bundle import words
from tracker.bundle.draw import Book
from tracker.bundle.plan import PAGES, WITHHELD, BundlePlan, PlannedExhibit
from tracker.bundle.shelf import Shelf
from tracker.bundle.stampline import LOG, fit
from tracker.bundle.styles import GREY, LEFT, LIGHT_MARK, LOWEST, MARK, NAVY, SMALL, Style
from tracker.bundle.table import Band, Column, Line, Row, Section, Table
from tracker.files.pagedigest import pages_digest

_HASH = Style("mono", 7.3, 9.2)
_HASH_GREY = Style("mono", 7.3, 9.2, GREY)
_LEDGER = Style("sans", 8.4, 11.2, GREY)
_ITALIC = Style("sans-italic", 7.8, 10, GREY)


def draw_custody_log(book: Book, shelf: Shelf) -> None:
    """Draw the custody of each exhibit, oldest first; withheld exhibits are named by mark only."""
    section = Section(book, "log", "custody", (_("Custody log"), _("Custody log, continued")))
    y = section.begin(
        _(
            "One block per exhibit, oldest first. Times are UTC. Each entry carries the number in this docket’s "
            "ledger under which it can be checked."
        )
    )
    columns = [
        Column(_("Time"), 84),
        Column(_("Act"), 122),
        Column(_("Person"), 120),
        Column(_("Note"), 138),
        Column(_("Ledger"), 40, right=True),
    ]
    rows: list[Row | Band] = []
    for item in shelf.plan.exhibits:
        rows += _custody_rows(item)
    Table(book, columns, section.next_page).draw(y, rows)
    section.end()


def _custody_rows(item: PlannedExhibit) -> list[Row | Band]:
    if item.kind == WITHHELD:
        return [Band(_("Exhibit %(mark)s\u00a0\u00a0 Withheld in this edition") % {"mark": item.mark})]
    title = _("Exhibit %(mark)s\u00a0\u00a0 %(title)s") % {"mark": item.mark, "title": item.title}
    lines = [
        Row(
            (
                [Line(line.at)],
                [Line(line.act)],
                [Line(line.person)],
                [Line(line.note)],
                [Line(f"{line.ledger:,}", _LEDGER)],
            )
        )
        for line in item.custody
    ]
    return [Band(title, item.native.sha256 if item.native else ""), *lines]


def draw_hash_list(book: Book, shelf: Shelf) -> None:
    """Draw the SHA-256 of every item and of its pages, and at the end the manifest's."""
    section = Section(book, "log", "hashes", (_("Hash list"), _("Hash list, continued")))
    y = section.begin(
        _(
            "SHA-256. The first line of each entry is the item as received; the second is the digest of its pages "
            "in this bundle, as docs/bundle.md defines it."
        )
    )
    columns = [
        Column(_("Exhibit"), 60),
        Column(_("Bates"), 82),
        Column(_("SHA-256 of the item  /  digest of the pages"), 300),
        Column(_("Bytes"), 62, right=True),
    ]
    rows = [_hash_row(item, shelf.plan) for item in shelf.plan.exhibits]
    y = Table(book, columns, section.next_page).draw(y, rows, tight=True)
    if y - 48 < LOWEST:
        y = section.next_page()
    with book.content():
        end = book.text(LEFT, y - 13, _("To check one item:") + " ", Style("sans", 8, 10, GREY))
        book.text(LEFT + end + 2, y - 13, "sha256sum FILE", Style("mono", 8, 10))
    book.rule(y - 24, 0.8, NAVY)
    with book.content():
        book.text(LEFT, y - 35, _("Manifest"), MARK)
        book.text(LEFT + 142, y - 35, shelf.digest, Style("mono-bold", 7.3, 9))
    section.end()


def _hash_row(item: PlannedExhibit, plan: BundlePlan) -> Row:
    lines = []
    if item.kind == WITHHELD or item.native is None:
        lines.append(Line(_("withheld in this edition"), _ITALIC))
    else:
        lines.append(Line(item.native.sha256, _HASH))
    if item.kind == PAGES:
        lines.append(Line(pages_digest([page.sha256 for page in item.pages if page.sha256]), _HASH_GREY))
        lines += [Line(note, SMALL) for note in _stamp_notes(item, plan)]
    size = f"{item.native.bytes:,}" if item.native and item.kind != WITHHELD else ""
    return Row(
        (
            [Line(item.mark, LIGHT_MARK if item.parent else MARK)],
            [Line(words.numbers(plan, item.bates_first, item.bates_last))],
            lines,
            [Line(size)],
        ),
        target=f"exhibit:{item.key}",
    )


def _stamp_notes(item: PlannedExhibit, plan: BundlePlan) -> list[str]:
    """Pages whose number stands over their content, and pages too small for any number."""
    over, unprinted = [], []
    for number, page in enumerate(item.pages):
        if page.sha256:
            place = fit(page, plan.bates(item.bates_first), plan.stamping)
            if place.place == LOG:
                unprinted.append(item.bates_first + number)
            elif place.over_content:
                over.append(item.bates_first + number)
    notes = []
    if over:
        notes.append(
            _("† No clear margin; the number is printed over content: %(pages)s") % {"pages": _listed(over, plan)}
        )
    if unprinted:
        notes.append(_("‡ No room for a number on the page: %(pages)s") % {"pages": _listed(unprinted, plan)})
    return notes


def _listed(numbers: list[int], plan: BundlePlan) -> str:
    """Write numbers as ranges: "000004–000008, 000010"."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return ", ".join(words.numbers(plan, first, last) for first, last in ranges)
