"""The exhibit list (page iii and following; in a later volume the list of its own exhibits)."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from tracker.bundle import words
from tracker.bundle.draw import Book
from tracker.bundle.plan import (
    NOT_CHOSEN,
    NOT_OFFERED,
    PAGES,
    SLIP,
    WITHDRAWN_PAGES,
    WITHHELD,
    BundlePlan,
    Hidden,
    PlannedExhibit,
)
from tracker.bundle.shelf import Shelf
from tracker.bundle.styles import (
    CITE,
    ITALIC_RED,
    LEFT,
    LIGHT_MARK,
    LOWEST,
    MARK,
    NOTE,
    RIGHT,
    SMALL,
    STRONG,
    TEXT,
    Style,
)
from tracker.bundle.table import Band, Column, Line, Row, Section, Table

_BATES = Style("sans", 8, 11.2)
_WIDTHS = (34, 166, 58, 74, 74, 64, 34)
_MOST_NAMED = 40


def draw_exhibit_list(book: Book, shelf: Shelf) -> None:
    """Draw every exhibit, its range and the page of the file; rows are links."""
    section = Section(book, "front", "list", (_("Exhibit list"), _("Exhibit list, continued")), back=False)
    y = section.begin(_lead(shelf))
    heads = (_("Mark"), _("Description"), _("Date"), _("Source"), _("State"), _("Bates"), _("PDF"))
    columns = [
        Column(head, width, right=number == len(heads) - 1, gap=2 if width == 64 else 7)
        for number, (head, width) in enumerate(zip(heads, _WIDTHS, strict=True))
    ]
    exhibits = shelf.plan.exhibits if shelf.number == 1 else shelf.exhibits
    y = Table(book, columns, section.next_page).draw(y, _rows(shelf, exhibits))
    if shelf.number == 1:
        _not_in_edition(book, shelf.plan, y, section)
    section.end()


def _lead(shelf: Shelf) -> str:
    begin = _("Bates numbers begin with %(prefix)s.") % {"prefix": shelf.plan.prefix}
    if shelf.number > 1:
        rest = _("Exhibits of this volume; the list of the whole bundle is in %(where)s.")
        return f"{begin} {rest % {'where': shelf.page_of('list')}}"
    if len(shelf.volumes) > 1:
        page = _("“PDF” is the page of the file, with the volume where it is not this one.")
    else:
        page = _("“PDF” is the page of the file.")
    return f"{begin} {page} {_('Select a row to go to the exhibit.')}"


def _rows(shelf: Shelf, exhibits: Iterable[PlannedExhibit]) -> list[Row | Band]:
    out: list[Row | Band] = []
    party = None
    for item in exhibits:
        if item.party != party:
            party = item.party
            out.append(Band(words.group(party)))
        out.append(_row(item, shelf))
    return out


def _row(item: PlannedExhibit, shelf: Shelf) -> Row:
    return Row(
        (
            [Line(item.mark, LIGHT_MARK if item.parent else MARK)],
            _description(item, shelf.plan),
            [Line(words.day(item.date))],
            [Line(item.source or "—")],
            _standing(item),
            [Line(words.numbers(shelf.plan, item.bates_first, item.bates_last), _BATES)],
            [Line(shelf.pdf_page(item.key), CITE)],
        ),
        target=shelf.target_here(item),
    )


def _description(item: PlannedExhibit, plan: BundlePlan) -> list[Line]:
    if item.kind == WITHHELD:
        text = _("Withheld in this edition: %(why)s") % {"why": words.code_label(item.withheld_code)}
        return [Line(text, ITALIC_RED)]
    out = [Line(item.title)]
    if item.sponsor:
        out.append(Line(_("Sponsor: %(name)s") % {"name": item.sponsor}, SMALL))
    if item.kind == SLIP:
        out.append(Line(_("Slip sheet; original kept"), SMALL))
    out += [Line(hidden_words(plan, item, stretch), SMALL) for stretch in item.hidden[:3]]
    if len(item.hidden) > 3:
        out.append(Line(_("More pages are not shown: see the log"), SMALL))
    if item.redacted:
        out.append(Line(_("Redacted in part: %(pages)s") % {"pages": words.pages(len(item.redacted))}, SMALL))
    return out


def hidden_words(plan: BundlePlan, item: PlannedExhibit, stretch: Hidden) -> str:
    """Say that pages of a shown exhibit are withheld or withdrawn, and at which line of the log."""
    numbers = words.numbers(plan, item.bates_first + stretch.first - 1, item.bates_first + stretch.last - 1)
    text = (
        _("%(numbers)s withdrawn: log line %(line)s")
        if stretch.code == WITHDRAWN_PAGES
        else _("%(numbers)s withheld: log line %(line)s")
    )
    return text % {"numbers": numbers, "line": stretch.line}


def _standing(item: PlannedExhibit) -> list[Line]:
    out = [Line(words.state(item.state), STRONG if item.state.startswith("admitted") else TEXT)]
    if item.kind == WITHHELD:
        return [*out, Line(_("See log line %(line)s") % {"line": item.withheld_line}, SMALL)]
    if item.objection:
        out.append(Line(_("Objection: %(text)s") % {"text": item.objection}, SMALL))
    if item.state_note:
        out.append(Line(item.state_note, SMALL))
    return out


def _not_in_edition(book: Book, plan: BundlePlan, y: float, section: Section) -> None:
    notes = _notes(plan)
    if any(item.kind == PAGES and item.removed for item in plan.exhibits):
        notes.append(_("What was removed from copies is listed with each exhibit in the manifest."))
    if book.setter.missing:
        notes.append(_("Characters for which no typeface is installed are shown as ▯."))
    if not notes:
        return
    lines = book.wrap(" ".join(notes), NOTE, RIGHT - LEFT)
    if y - 32 - len(lines) * NOTE.leading < LOWEST:
        y = section.next_page() + 18
    book.heading(y - 18, _("Not in this edition"))
    book.lines(LEFT, y - 31.5, lines, NOTE)


def _notes(plan: BundlePlan) -> list[str]:
    notes = []
    withheld = [item.mark for item in plan.exhibits if item.kind == WITHHELD]
    if withheld:
        notes.append(_("Withheld: %(marks)s (see the withheld log).") % {"marks": _named(withheld)})
    for code, sentence in (
        (NOT_CHOSEN, _("Not chosen for this bundle: %(marks)s; their numbers stay reserved.")),
        (NOT_OFFERED, _("Not part of the record of this edition: %(marks)s; their numbers stay reserved.")),
    ):
        marks = [gap.key for gap in plan.gaps if gap.code == code and gap.key]
        if marks:
            notes.append(sentence % {"marks": _named(marks)})
    if any(not gap.key or gap.code not in (NOT_CHOSEN, NOT_OFFERED) for gap in plan.gaps):
        notes.append(_("Every other number that no page carries is explained in the withheld log."))
    return notes


def _named(marks: Sequence[str]) -> str:
    marks = list(dict.fromkeys(marks))
    if len(marks) <= _MOST_NAMED:
        return ", ".join(marks)
    more = _("and %(count)s more") % {"count": f"{len(marks) - _MOST_NAMED:,}"}
    return f"{', '.join(marks[:_MOST_NAMED])} {more}"
