"""The redaction and withheld log: every number that no page carries and every redacted page, with its code."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.bundle import words
from tracker.bundle.draw import Book
from tracker.bundle.natives import kept_back
from tracker.bundle.plan import WITHDRAWN_PAGES, WITHHELD, BundlePlan, Gap, Hidden, PlannedExhibit, RedactedPage
from tracker.bundle.planning import unshown
from tracker.bundle.shelf import Shelf
from tracker.bundle.styles import LEFT, LOWEST, NOTE, RIGHT, SMALL, STRONG, Style
from tracker.bundle.table import Band, Cell, Column, Line, Row, Section, Table

_COUNT = Style("sans", 8.8, 11)
_COUNT_BOLD = Style("sans-bold", 8.8, 11)
_COUNT_RIGHT = 304


@dataclass(frozen=True)
class _Entry:
    """A line of the log: its number (0 for none), range, mark, extent, reason, the link's target ("" for none)."""

    line: int
    first: int
    last: int
    mark: str
    extent: str
    reason: Cell
    target: str = ""


def has_withheld_log(plan: BundlePlan) -> bool:
    """Whether any number is not shown, any page is redacted, or an original that has no pages does not go along."""
    is_short = any(item.kind == WITHHELD or item.hidden or item.redacted for item in plan.exhibits)
    return is_short or bool(plan.gaps) or bool(kept_back(plan))


def log_title(plan: BundlePlan) -> str:
    """What the log is called: redactions are named where there are any."""
    is_redacted = any(item.redacted for item in plan.exhibits)
    return _("Redaction and withheld log") if is_redacted else _("Withheld log")


def draw_withheld_log(book: Book, shelf: Shelf) -> None:
    """Draw the log that explains every number which no page of this edition carries."""
    plan = shelf.plan
    title = log_title(plan)
    section = Section(book, "log", "withheld", (title, _("%(title)s, continued") % {"title": title}))
    lead = _(
        "Every number in the range %(range)s is shown, withheld or explained here. Reasons are coded; content is not "
        "described."
    )
    y = section.begin(lead % {"range": words.numbers(plan, plan.first_number, plan.last_number)})
    columns = [
        Column(_("Line"), 34),
        Column(_("Bates"), 110),
        Column(_("Exhibit"), 76),
        Column(_("Extent"), 84),
        Column(_("Reason code"), 200),
    ]
    y = Table(book, columns, section.next_page).draw(y, list(_rows(plan)))
    y = _count(book, plan, y, section)
    if any(item.redacted for item in plan.exhibits):
        _how(book, y, section)
    section.end()


def _rows(plan: BundlePlan) -> Iterator[Row | Band]:
    groups = (
        (_("Withheld in full"), [_whole(item) for item in plan.exhibits if item.kind == WITHHELD]),
        (
            _("Pages not shown"),
            [_stretch(item, stretch) for item in plan.exhibits for stretch in item.hidden],
        ),
        (_("Redacted in part"), [_redacted(item, page) for item in plan.exhibits for page in item.redacted]),
        (_("Numbers without a page in this bundle"), [_gap(gap) for gap in plan.gaps]),
        (_("Originals that do not go along with this edition"), [_original(item) for item in kept_back(plan)]),
    )
    for label, entries in groups:
        if entries:
            yield Band(label)
        for entry in entries:
            yield Row(
                (
                    [Line(str(entry.line) if entry.line else "—")],
                    [Line(words.numbers(plan, entry.first, entry.last))],
                    [Line(entry.mark or "—")],
                    [Line(entry.extent)],
                    entry.reason,
                ),
                target=entry.target,
            )


def _reason(codes: tuple[str, ...], note: str = "") -> Cell:
    lines = [Line(f"{code} {words.code_label(code)}", STRONG) for code in codes]
    return [*lines, Line(note, SMALL)] if note else lines


def _whole(item: PlannedExhibit) -> _Entry:
    reason = _reason((item.withheld_code,), item.withheld_reason)
    extent = words.pages(item.numbers)
    target = f"exhibit:{item.key}"
    return _Entry(item.withheld_line, item.bates_first, item.bates_last, item.mark, extent, reason, target)


def _stretch(item: PlannedExhibit, stretch: Hidden) -> _Entry:
    extent = words.pages(stretch.last - stretch.first + 1)
    first, last = item.bates_first + stretch.first - 1, item.bates_first + stretch.last - 1
    is_gone = stretch.code == WITHDRAWN_PAGES
    target = f"exhibit:{item.key}" if is_gone else f"page:{item.key}:{stretch.first}"
    return _Entry(stretch.line, first, last, item.mark, extent, _reason((stretch.code,), stretch.reason), target)


def _redacted(item: PlannedExhibit, page: RedactedPage) -> _Entry:
    number = item.bates_first + page.page - 1
    extent = ngettext("%(count)s area", "%(count)s areas", page.areas) % {"count": page.areas}
    return _Entry(page.line, number, number, item.mark, extent, _reason(page.codes), f"page:{item.key}:{page.page}")


def _gap(gap: Gap) -> _Entry:
    return _Entry(gap.line, gap.first, gap.last, gap.key, words.pages(gap.last - gap.first + 1), _reason((gap.code,)))


def _original(item: PlannedExhibit) -> _Entry:
    """An item of which the edition has a sheet only."""
    why = _("It stays with the board, since it may hold what this edition does not show.")
    target = f"exhibit:{item.key}"
    return _Entry(0, item.bates_first, item.bates_last, item.mark, _("original"), [Line(why, SMALL)], target)


def _counts(plan: BundlePlan) -> list[tuple[str, int]]:
    """What became of every number of the range; the last line is what nothing explains."""
    reserved = plan.last_number - plan.first_number + 1
    counts = unshown(plan.exhibits)
    gaps: dict[str, int] = {}
    for gap in plan.gaps:
        gaps[gap.code] = gaps.get(gap.code, 0) + gap.last - gap.first + 1
    rows = [
        (_("Numbers in the range"), reserved),
        (_("Shown in this edition"), counts["shown"]),
    ]
    redacted = sum(len(item.redacted) for item in plan.exhibits)
    if redacted:
        rows.append((_("of which redacted"), redacted))
    rows.append((_("Withheld"), counts["withheld"]))
    if counts["withdrawn"]:
        rows.append((_("Withdrawn pages"), counts["withdrawn"]))
    rows += [(words.code_label(code), count) for code, count in sorted(gaps.items())]
    explained = sum(counts.values()) + sum(gaps.values())
    return [*rows, (_("Unexplained"), reserved - explained)]


def _count(book: Book, plan: BundlePlan, y: float, section: Section) -> float:
    rows = _counts(plan)
    if y - 28 - 14.4 * len(rows) < LOWEST:
        y = section.next_page() + 18
    y -= 22
    book.heading(y, _("Count"))
    with book.tagged("Table"):
        for number, (label, count) in enumerate(rows):
            y -= 14.4
            style = _COUNT_BOLD if number == len(rows) - 1 else _COUNT
            inner = 9 if label == _("of which redacted") else 0
            with book.tagged("TR"):
                with book.tagged("TH", scope="Row"):
                    start = LEFT + inner + book.text(LEFT + inner, y, label, _COUNT) + 5
                with book.tagged("TD"):
                    end = _COUNT_RIGHT - book.text_right(_COUNT_RIGHT, y, f"{count:,}", style) - 5
            book.dots(start, end, y)
    return y


def _how(book: Book, y: float, section: Section) -> None:
    if y - 80 < LOWEST:
        y = section.next_page() + 28
    book.heading(y - 28, _("How redaction was done and checked"))
    text = _(
        "Each redacted page is an image of the original with the areas painted black. Where the page had text, the "
        "words outside the areas were put back as an invisible layer so that it can be searched. The new page was "
        "then searched for what lay under the areas; a page in which any of it is found is not released."
    )
    book.paragraph(LEFT, y - 41.5, text, NOTE, width=RIGHT - LEFT)
