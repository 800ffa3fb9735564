"""Sheets between exhibits: dividers (not evidence), slip sheets and withheld sheets (numbered like pages)."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.bundle import words
from tracker.bundle.draw import Book, PageMark
from tracker.bundle.facts import Fact, draw_facts, fact_lines
from tracker.bundle.places import Placed, segment_numbers
from tracker.bundle.plan import SLIP, WITHHELD, PlannedExhibit
from tracker.bundle.render_list import hidden_words
from tracker.bundle.render_log import log_title
from tracker.bundle.shelf import Shelf
from tracker.bundle.styles import FACT, GREY, HASH, LEFT, NAVY, NOTE, PROSE, RIGHT, SMALL, Style

_VALUE_X = 174
_TOP_LEFT = Style("sans", 9.6, 12, NAVY)
_TOP_RIGHT = Style("sans", 9.6, 12, GREY)
_TITLE = Style("serif", 22, 28)
_LISTING = Style("mono", 7.8, 11)
# Below this line stands the stamp; a sheet never goes on on another, since it has one number.
_LOWEST = 56
_MOST_HIDDEN = 6


def draw_divider(book: Book, shelf: Shelf, one: Placed) -> None:
    """Draw the divider before an exhibit; a withheld one shows nothing but mark, numbers and standing."""
    item = one.item
    book.open(PageMark("divider", key=item.key))
    book.head()
    with book.tagged("H1"), book.content():
        book.text(LEFT, 560, f"{words.party_exhibit(item.party)} ", Style("serif", 14, 18, NAVY))
        size = 84.0
        while book.setter.width(item.mark, "serif", size) > RIGHT - LEFT:
            size -= 4
        book.text(LEFT - 3, 478, item.mark, Style("serif", size, size))
    book.rule(448.6, 0.8, NAVY)
    title = _("Withheld in this edition") if item.kind == WITHHELD else item.title
    with book.tagged("H2"):
        low = book.title(LEFT, 422, title[:300], Style("serif", 17, 23), width=RIGHT - LEFT)
    begun = shelf.begins_in(item.key)
    if begun != shelf.number:
        low -= 18
        book.text(LEFT, low, _("Continued from volume %(number)s") % {"number": begun}, Style("serif-italic", 11, 15))
    rows = _divider_rows(shelf, one, is_continued=begun != shelf.number)
    draw_facts(book, low - 23, rows, x=_VALUE_X, step=19)
    mark = _("Divider sheet: not evidence, not numbered")
    book.foot(mark, label=_("Divider · Ex. %(mark)s") % {"mark": item.mark})
    book.close()


def _divider_rows(shelf: Shelf, one: Placed, *, is_continued: bool) -> list[Fact]:
    item, plan = one.item, shelf.plan
    numbers = words.numbers(plan, item.bates_first, item.bates_last)
    rows = [(_("Bates"), f"{numbers}\u00a0\u00a0 ({words.pages(item.numbers)})", FACT)]
    if is_continued:
        first = words.numbers(plan, *[segment_numbers(item, one.piece)[0]] * 2)
        rows.append((_("In this volume"), _("from %(number)s") % {"number": first}, FACT))
    if item.kind == WITHHELD:
        return [*rows, (_("State"), words.state(item.state), FACT)]
    rows.append((_("Date"), words.day(item.date), FACT))
    parent = plan.by_key().get(item.parent)
    if parent:
        rows.append((_("Attached to"), _("Exhibit %(mark)s") % {"mark": parent.mark}, FACT))
    rows += [
        (label, value, FACT) for label, value in ((_("Source"), item.source), (_("Sponsor"), item.sponsor)) if value
    ]
    standing = words.state(item.state)
    rows.append((_("State"), f"{standing} · {item.state_note}" if item.state_note else standing, FACT))
    if item.objection:
        rows.append((_("Objection"), item.objection, FACT))
    if item.hidden:
        told = [hidden_words(plan, item, stretch) for stretch in item.hidden[:_MOST_HIDDEN]]
        if len(item.hidden) > _MOST_HIDDEN:
            told.append(_("More: see the log"))
        rows.append((_("Pages not shown"), "\n".join(told), FACT))
    if item.redacted:
        rows.append((_("Redacted in part"), words.pages(len(item.redacted)), FACT))
    if item.native:
        rows.append((_("SHA-256 of the original"), _halves(item.native.sha256), HASH))
    return rows


def _halves(digest: str) -> str:
    return f"{digest[:32]}\n{digest[32:]}"


def draw_sheet(book: Book, shelf: Shelf, one: Placed) -> None:
    """Draw the sheet that stands for pages not shown here. It never prints its own number: the stamp does."""
    item = one.item
    book.open(PageMark("sheet", key=item.key))
    is_slip = one.piece.segment.kind == SLIP
    book.text(LEFT, 724, _("Exhibit %(mark)s") % {"mark": item.mark}, _TOP_LEFT)
    book.text_right(RIGHT, 724, _("Slip sheet") if is_slip else _("Withheld sheet"), _TOP_RIGHT)
    book.rule(714, 0.8, NAVY)
    if is_slip:
        _slip(book, shelf, item)
    else:
        _withheld(book, shelf, one)
    book.close()


def _slip(book: Book, shelf: Shelf, item: PlannedExhibit) -> None:
    with book.tagged("H1"):
        low = book.title(LEFT, 682.6, _slip_title(item), _TITLE, width=RIGHT - LEFT)
    reason = item.slip_reason + " " + _("The original is kept unaltered; one Bates number stands for the whole of it.")
    low = book.paragraph(LEFT, low - 30.6, reason, PROSE, width=470)
    low = draw_facts(book, low - 21, _fitting(book, _slip_rows(shelf, item), low - 130), x=180)
    note = _("To see the original, ask the records custodian. Its SHA-256 shows whether a copy is the same.")
    low = book.paragraph(LEFT, low - 18, note, SMALL, width=470)
    if item.listing:
        _listing(book, item.listing, low - 24)


def _slip_rows(shelf: Shelf, item: PlannedExhibit) -> list[Fact]:
    rows = []
    if item.native:
        rows += [
            (_("File"), item.native.name, FACT),
            (_("Kind"), item.native.kind, FACT),
            (_("Size"), words.byte_count(item.native.bytes), FACT),
            (_("SHA-256"), _halves(item.native.sha256), HASH),
        ]
    if item.received:
        rows.append((_("Received"), item.received, FACT))
    parent = shelf.plan.by_key().get(item.parent)
    if parent:
        rows.append((_("Attached to"), _("Exhibit %(mark)s") % {"mark": parent.mark}, FACT))
    return rows + [(label, value, FACT) for label, value in item.slip_facts]


def _fitting(book: Book, rows: list[Fact], room: float) -> list[Fact]:
    """As many rows as there is room for (points); what does not fit is in the manifest's native file."""
    out, used = [], 0.0
    for label, value, style in rows:
        lines = fact_lines(book, value, style, 180)
        lines = [*lines[:3], lines[3] + "…"] if len(lines) > 4 else lines
        used += 20 + style.leading * (len(lines) - 1)
        if used > room:
            break
        out.append((label, "\n".join(lines), style))
    return out


def _listing(book: Book, lines: tuple[str, ...], y: float) -> None:
    """What is inside the original, line by line, as far as the sheet goes."""
    room = int((y - 14 - _LOWEST) // _LISTING.leading)
    if room < 2:
        return
    book.heading(y, _("Content of the original"))
    shown = list(lines if len(lines) <= room else lines[: room - 1])
    y -= 14
    with book.tagged("L"):
        for line in shown:
            with book.tagged("LI"), book.tagged("LBody"):
                parts = book.wrap(line, _LISTING, RIGHT - LEFT)
                book.text(LEFT, y, parts[0] + ("…" if len(parts) > 1 else ""), _LISTING)
            y -= _LISTING.leading
    if len(shown) < len(lines):
        more = len(lines) - len(shown)
        text = ngettext("and %(count)s more line", "and %(count)s more lines", more) % {"count": f"{more:,}"}
        book.text(LEFT, y, text, Style("sans-italic", NOTE.size, NOTE.leading, GREY))


def _slip_title(item: PlannedExhibit) -> str:
    if item.native and item.native.kind.upper().startswith("PDF"):
        return _("This PDF cannot be shown as pages")
    return _("%(kind)s: see the original") % {"kind": item.native.kind if item.native else _("Item")}


def _withheld(book: Book, shelf: Shelf, one: Placed) -> None:
    with book.tagged("H1"):
        book.text(LEFT, 682.6, _("Withheld in this edition"), _TITLE)
    item, segment = one.item, one.piece.segment
    stretch = next((hidden for hidden in item.hidden if hidden.first == segment.first), None)
    count = segment.last - segment.first + 1
    counted = ngettext(
        "One page is withheld. Its number is kept, so that citations agree in every edition.",
        "%(count)s pages are withheld. Their numbers are kept, so that citations agree in every edition.",
        count,
    ) % {"count": f"{count:,}"}
    if stretch:
        rest = _("The other pages of the exhibit are shown.")
        code, line = stretch.code, stretch.line
    else:
        rest = _("Nothing of its content, title or author is shown here.")
        code, line = item.withheld_code, item.withheld_line
    low = book.paragraph(LEFT, 652, f"{counted} {rest}", PROSE, width=470)
    log = _("%(log)s, line %(line)s (%(page)s)") % {
        "log": log_title(shelf.plan),
        "line": line,
        "page": shelf.page_of("withheld"),
    }
    rows = [(_("Pages"), _("%(count)s; numbered at the foot of this sheet") % {"count": f"{count:,}"}, FACT)]
    if stretch:
        values = {"first": segment.first, "last": segment.last, "pages": item.numbers}
        pages = _("Page %(first)s of %(pages)s") if count == 1 else _("Pages %(first)s to %(last)s of %(pages)s")
        rows.append((_("Of the exhibit"), pages % values, FACT))
    rows += [(_("Reason code"), f"{code}: {words.code_label(code)}", FACT), (_("Log"), log, FACT)]
    draw_facts(book, low - 21, rows, x=180)
