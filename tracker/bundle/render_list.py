"""The exhibit list (page iii and following)."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from tracker.bundle import words
from tracker.bundle.draw import (
    ITALIC_RED,
    LEFT,
    LOWEST,
    MARK,
    NAVY,
    RIGHT,
    SMALL,
    STRONG,
    TEXT,
    Band,
    Book,
    Column,
    Line,
    Row,
    Style,
)
from tracker.bundle.places import Places
from tracker.bundle.plan import PAGES, SLIP, WITHHELD, BundlePlan, PlannedExhibit
from tracker.bundle.table import Section, Table

_BATES = Style("sans", 8, 11.2)
_LIST_WIDTHS = (34, 166, 58, 74, 74, 64, 34)


def draw_exhibit_list(book: Book, plan: BundlePlan, places: Places) -> None:
    """Draw pages iii and following: every exhibit, its range and the page of the file; rows are links."""

    section = Section(book, "front", "list", (_("Exhibit list"), _("Exhibit list, continued")), back=False)
    lead = _("Bates numbers begin with %(prefix)s. “PDF” is the page of the file. Select a row to go to the exhibit.")
    y = section.begin(lead % {"prefix": plan.prefix})
    heads = (_("Mark"), _("Description"), _("Date"), _("Source"), _("State"), _("Bates"), _("PDF"))
    columns = [
        Column(head, width, right=number == len(heads) - 1, gap=2 if width == 64 else 7)
        for number, (head, width) in enumerate(zip(heads, _LIST_WIDTHS, strict=True))
    ]
    y = Table(book, columns, section.next_page).draw(y, _list_rows(plan, places))
    _not_in_edition(book, plan, y, section.next_page)
    book.close()


def _list_rows(plan: BundlePlan, places: Places) -> list[Row | Band]:
    out: list[Row | Band] = []
    party = None
    for item in plan.exhibits:
        if item.party != party:
            party = item.party
            out.append(Band(words.group(party)))
        out.append(_list_row(item, places))
    return out


def _list_row(item: PlannedExhibit, places: Places) -> Row:
    if item.kind == WITHHELD:
        text = _("Withheld in this edition: %(why)s") % {"why": words.code_label(item.withheld_code).lower()}
        description = [Line(text, ITALIC_RED)]
    else:
        description = [Line(item.title)]
    if item.sponsor:
        description.append(Line(_("Sponsor: %(name)s") % {"name": item.sponsor}, SMALL))
    if item.kind == SLIP:
        description.append(Line(_("Slip sheet; original kept"), SMALL))
    standing = [Line(words.state(item.state), STRONG if item.state.startswith("admitted") else TEXT)]
    if item.kind == WITHHELD:
        standing.append(Line(_("See log line %(line)s") % {"line": item.withheld_line}, SMALL))
    elif item.state_note:
        standing.append(Line(item.state_note, SMALL))
    return Row(
        (
            [Line(item.mark, MARK)],
            description,
            [Line(words.day(item.date))],
            [Line(item.source or "—")],
            standing,
            [Line(words.range_text(item.bates_first, item.bates_last), _BATES)],
            [Line(f"{places.divider_index(item.key) + 1:,}", Style("sans", 8.4, 11.2, NAVY))],
        ),
        target=f"exhibit:{item.key}",
    )


def _not_in_edition(book: Book, plan: BundlePlan, y: float, next_page: Callable[[], float]) -> None:
    notes = []
    withheld = [item.mark for item in plan.exhibits if item.kind == WITHHELD]
    if withheld:
        notes.append(_("Withheld: %(marks)s (see the withheld log).") % {"marks": ", ".join(withheld)})
    if plan.gaps:
        keys = ", ".join(gap.key for gap in plan.gaps)
        notes.append(_("Not chosen for this bundle: %(keys)s; their numbers stay reserved.") % {"keys": keys})
    if any(item.kind == PAGES and item.removed for item in plan.exhibits):
        notes.append(_("What was removed from copies is listed with each exhibit in the manifest."))
    if book.setter.missing:
        notes.append(_("Characters for which no typeface is installed are shown as ▯."))
    if not notes:
        return
    if y - 60 < LOWEST:
        y = next_page()
    book.text(LEFT, y - 18, _("Not in this edition"), Style("sans-bold", 8.5, 10, NAVY))
    book.paragraph(LEFT, y - 31.5, " ".join(notes), Style("sans", 8.4, 12), width=RIGHT - LEFT)
