"""Sheets between exhibits: dividers (not evidence), slip sheets and withheld sheets (numbered like pages)."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.bundle import words
from tracker.bundle.draw import FACT, GREY, HASH, LEFT, NAVY, PROSE, RIGHT, SMALL, Book, PageMark, Style
from tracker.bundle.places import Places
from tracker.bundle.plan import SLIP, BundlePlan, PlannedExhibit

_VALUE_X = 174


def draw_divider(book: Book, item: PlannedExhibit) -> None:
    """Draw the divider before an exhibit; a withheld one shows nothing but mark, numbers and standing."""
    book.open(PageMark("divider", key=item.key))
    book.head()
    book.text(LEFT, 560, words.party_exhibit(item.party), Style("serif", 14, 18, NAVY))
    size = 84.0
    while book.setter.width(item.mark, "serif", size) > RIGHT - LEFT:
        size -= 4
    book.text(LEFT - 3, 478, item.mark, Style("serif", size, size))
    book.rule(448.6, 0.8, NAVY)
    withheld = item.kind not in (SLIP, "pages")
    title = _("Withheld in this edition") if withheld else item.title
    low = book.title(LEFT, 422, title[:300], Style("serif", 17, 23), width=RIGHT - LEFT)
    numbers = words.range_text(item.bates_first, item.bates_last)
    rows = [(_("Bates"), f"{numbers}\u00a0\u00a0 ({words.pages(item.numbers)})", FACT)]
    if not withheld:
        rows.append((_("Date"), words.day(item.date), FACT))
        if item.source:
            rows.append((_("Source"), item.source, FACT))
        if item.sponsor:
            rows.append((_("Sponsor"), item.sponsor, FACT))
    standing = words.state(item.state)
    if item.state_note and not withheld:
        standing = f"{standing} · {item.state_note}"
    rows.append((_("State"), standing, FACT))
    if item.native and not withheld:
        rows.append((_("SHA-256 of the original"), _halves(item.native.sha256), HASH))
    book.facts(low - 23, rows, x=_VALUE_X, step=19)
    mark = _("Divider sheet: not evidence, not numbered")
    book.foot(mark, label=_("Divider · Ex. %(mark)s") % {"mark": item.mark})
    book.close()


def _halves(digest: str) -> str:
    return f"{digest[:32]}\n{digest[32:]}"


def draw_sheet(book: Book, plan: BundlePlan, item: PlannedExhibit, places: Places) -> None:
    """Draw the sheet of an exhibit that has no pages here. It never prints its own number: the stamp does."""
    book.open(PageMark("sheet", key=item.key))
    book.text(LEFT, 724, _("Exhibit %(mark)s") % {"mark": item.mark}, Style("sans", 9.6, 12, NAVY))
    book.text_right(RIGHT, 724, _("Slip sheet"), Style("sans", 9.6, 12, GREY))
    book.rule(714, 0.8, NAVY)
    if item.kind == SLIP:
        _slip(book, item)
    else:
        _withheld(book, item, places)
    book.close()


def _slip(book: Book, item: PlannedExhibit) -> None:
    book.title(LEFT, 682.6, _slip_title(item), Style("serif", 22, 28), width=RIGHT - LEFT)
    reason = item.slip_reason + " " + _("The original is kept unaltered; one Bates number stands for the whole of it.")
    low = book.paragraph(LEFT, 652, reason, PROSE, width=470)
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
    low = book.facts(low - 21, rows, x=180)
    note = _("To see the original, ask the records custodian. Its SHA-256 shows whether a copy is the same.")
    book.paragraph(LEFT, low - 18, note, SMALL, width=470)


def _slip_title(item: PlannedExhibit) -> str:
    if item.native and item.native.kind.upper().startswith("PDF"):
        return _("This PDF cannot be shown as pages")
    return _("%(kind)s: see the original") % {"kind": item.native.kind if item.native else _("Item")}


def _withheld(book: Book, item: PlannedExhibit, places: Places) -> None:
    book.text(LEFT, 682.6, _("Withheld in this edition"), Style("serif", 22, 28))
    counted = ngettext(
        "One page is withheld. Its number is kept, so that citations agree in every edition.",
        "%(count)s pages are withheld. Their numbers are kept, so that citations agree in every edition.",
        item.numbers,
    ) % {"count": f"{item.numbers:,}"}
    rest = _("Nothing of its content, title or author is shown here.")
    low = book.paragraph(LEFT, 652, f"{counted} {rest}", PROSE, width=470)
    reason = f"{item.withheld_code}: {words.code_label(item.withheld_code)}"
    log = _("Withheld log, line %(line)s (page %(page)s)") % {
        "line": item.withheld_line,
        "page": places.label_of_section("withheld"),
    }
    rows = [
        (_("Pages"), _("%(count)s; numbered at the foot of this sheet") % {"count": f"{item.numbers:,}"}, FACT),
        (_("Reason code"), reason, FACT),
        (_("Log"), log, FACT),
    ]
    book.facts(low - 21, rows, x=180)
