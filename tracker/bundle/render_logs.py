"""The logs at the end (pages A-1…): what is withheld and why, the custody of each exhibit, and every hash."""

from django.utils.translation import gettext as _

from tracker.bundle import words
from tracker.bundle.draw import (
    GREY,
    LEFT,
    LOWEST,
    MARK,
    NAVY,
    SMALL,
    STRONG,
    Band,
    Book,
    Column,
    Line,
    Row,
    Style,
)
from tracker.bundle.manifest import manifest_digest
from tracker.bundle.plan import PAGES, WITHHELD, BundlePlan, PlannedExhibit
from tracker.bundle.render_cover import dots
from tracker.bundle.table import Section, Table
from tracker.files.pagedigest import pages_digest

_HASH = Style("mono", 7.3, 9.2)
_HASH_GREY = Style("mono", 7.3, 9.2, GREY)
_LEDGER = Style("sans", 8.4, 11.2, GREY)
_ITALIC = Style("sans-italic", 7.8, 10, GREY)


def has_withheld_log(plan: BundlePlan) -> bool:
    """Whether any number in the range is not shown."""
    return bool(plan.gaps) or any(item.kind == WITHHELD for item in plan.exhibits)


def draw_withheld_log(book: Book, plan: BundlePlan) -> None:
    """Draw the log that explains every number which no page of this edition carries."""
    section = Section(book, "log", "withheld", (_("Withheld log"), _("Withheld log, continued")))
    lead = _("Every number in the range %(range)s is shown, or explained here. Reasons are coded.")
    y = section.begin(lead % {"range": words.range_text(plan.first_number, plan.last_number)})
    columns = [
        Column(_("Line"), 30),
        Column(_("Bates"), 110),
        Column(_("Exhibit"), 70),
        Column(_("Extent"), 84),
        Column(_("Reason code"), 210),
    ]
    rows: list[Row | Band] = []
    withheld = [item for item in plan.exhibits if item.kind == WITHHELD]
    if withheld:
        rows.append(Band(_("Withheld in full")))
        rows += [_withheld_row(item) for item in withheld]
    if plan.gaps:
        rows.append(Band(_("Numbers without a page in this bundle")))
        rows += [
            Row(
                (
                    [Line(str(gap.line))],
                    [Line(words.range_text(gap.first, gap.last))],
                    [Line(gap.key)],
                    [Line(words.pages(gap.last - gap.first + 1))],
                    [Line(f"{gap.code} {words.code_label(gap.code)}", STRONG)],
                )
            )
            for gap in plan.gaps
        ]
    y = Table(book, columns, section.next_page).draw(y, rows)
    if y - 110 < LOWEST:
        y = section.next_page()
    _count(book, plan, y - 22)
    book.close()


def _withheld_row(item: PlannedExhibit) -> Row:
    reason = [Line(f"{item.withheld_code} {words.code_label(item.withheld_code)}", STRONG)]
    if item.withheld_reason:
        reason.append(Line(item.withheld_reason, SMALL))
    return Row(
        (
            [Line(str(item.withheld_line))],
            [Line(words.range_text(item.bates_first, item.bates_last))],
            [Line(item.mark)],
            [Line(words.pages(item.numbers))],
            reason,
        ),
        target=f"exhibit:{item.key}",
    )


def _count(book: Book, plan: BundlePlan, y: float) -> None:
    reserved = plan.last_number - plan.first_number + 1
    shown = sum(item.numbers for item in plan.exhibits if item.kind != WITHHELD)
    withheld = sum(item.numbers for item in plan.exhibits if item.kind == WITHHELD)
    unchosen = sum(gap.last - gap.first + 1 for gap in plan.gaps)
    book.text(LEFT, y, _("Count"), Style("sans-bold", 8.5, 10, NAVY))
    style = Style("sans", 8.8, 11)
    for label, count in (
        (_("Numbers in the range"), reserved),
        (_("Shown in this edition"), shown),
        (_("Withheld in full"), withheld),
        (_("Of exhibits not chosen"), unchosen),
        (_("Unexplained"), reserved - shown - withheld - unchosen),
    ):
        y -= 14.4
        start = LEFT + book.text(LEFT, y, label, style) + 5
        end = 304 - book.text_right(304, y, f"{count:,}", style) - 5
        dots(book, start, end, y)


def draw_custody_log(book: Book, plan: BundlePlan) -> None:
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
    for item in plan.exhibits:
        if item.kind == WITHHELD:
            rows.append(Band(_("Exhibit %(mark)s\u00a0\u00a0 Withheld in this edition") % {"mark": item.mark}))
            continue
        title = _("Exhibit %(mark)s\u00a0\u00a0 %(title)s") % {"mark": item.mark, "title": item.title}
        rows.append(Band(title, item.native.sha256 if item.native else ""))
        rows += [
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
    Table(book, columns, section.next_page).draw(y, rows)
    book.close()


def draw_hash_list(book: Book, plan: BundlePlan) -> None:
    """Draw the SHA-256 of every item and of its pages, and at the end the manifest's."""
    section = Section(book, "log", "hashes", (_("Hash list"), _("Hash list, continued")))
    y = section.begin(
        _(
            "SHA-256. The first line of each entry is the item as received; the second is the digest of its pages "
            "in this bundle, as docs/bundle.md defines it."
        )
    )
    columns = [
        Column(_("Exhibit"), 44),
        Column(_("Bates"), 74),
        Column(_("SHA-256 of the item  /  digest of the pages"), 320),
        Column(_("Bytes"), 66, right=True),
    ]
    y = Table(book, columns, section.next_page).draw(y, [_hash_row(item) for item in plan.exhibits], tight=True)
    if y - 48 < LOWEST:
        y = section.next_page()
    end = book.text(LEFT, y - 13, _("To check one item:"), Style("sans", 8, 10, GREY))
    book.text(LEFT + end + 4, y - 13, "sha256sum FILE", Style("mono", 8, 10))
    book.rule(y - 24, 0.8, NAVY)
    book.text(LEFT, y - 35, _("Manifest"), MARK)
    book.text(LEFT + 118, y - 35, manifest_digest(plan), Style("mono-bold", 7.3, 9))
    book.close()


def _hash_row(item: PlannedExhibit) -> Row:
    lines = []
    if item.kind == WITHHELD or item.native is None:
        lines.append(Line(_("withheld in this edition"), _ITALIC))
    else:
        lines.append(Line(item.native.sha256, _HASH))
    if item.kind == PAGES:
        lines.append(Line(pages_digest([page.sha256 for page in item.pages]), _HASH_GREY))
    size = f"{item.native.bytes:,}" if item.native else ""
    return Row(
        (
            [Line(item.mark, MARK)],
            [Line(words.range_text(item.bates_first, item.bates_last))],
            lines,
            [Line(size)],
        ),
        target=f"exhibit:{item.key}",
    )
