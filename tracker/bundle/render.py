"""Stage 1: draw every generated page of a volume on one canvas, so that each typeface is embedded once."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import override
from reportlab.pdfgen.canvas import Canvas

from tracker.bundle import words
from tracker.bundle.draw import Book, Link, PageMark
from tracker.bundle.places import Places
from tracker.bundle.plan import PAGES, BundlePlan, PlannedExhibit
from tracker.bundle.render_aside import draw_aside
from tracker.bundle.render_certificate import draw_certificate
from tracker.bundle.render_cover import MOST_ON_COVER, draw_cover
from tracker.bundle.render_list import draw_exhibit_list
from tracker.bundle.render_lists import draw_chronology, draw_witness_list
from tracker.bundle.render_log import draw_withheld_log, has_withheld_log, log_title
from tracker.bundle.render_logs import draw_custody_log, draw_hash_list
from tracker.bundle.render_matrix import draw_matrix
from tracker.bundle.render_papers import draw_paper_list, draw_papers
from tracker.bundle.render_sheets import draw_divider, draw_sheet
from tracker.bundle.shelf import Shelf
from tracker.bundle.styles import HEIGHT, WIDTH
from tracker.bundle.tags import Element
from tracker.bundle.volumes import volumes_of
from tracker.files.fonts import FontFiles
from tracker.files.typeset import Typesetter

_MOST_ROUNDS = 4


def generated_path(folder: Path, volume: int) -> Path:
    """Where the generated pages of a volume lie while a bundle is built."""
    return folder / f"generated-{volume}.pdf"


@dataclass(frozen=True)
class Layout:
    """What the generated pages of a volume are, which rectangles lead where, how long each section is, how it is read.

    `tags` are the structure elements of the generated pages (`tags.write_tree`). `missing` lists characters (as U+
    codes) for which no typeface is installed; they are drawn as ▯.
    """

    marks: tuple[PageMark, ...]
    links: tuple[Link, ...]
    lengths: dict[str, int]
    titles: dict[str, str]
    divider_prefix: str
    bookmarks: dict[str, str]
    back_words: str
    page_words: str
    missing: tuple[str, ...]
    volume: int = 1
    tags: tuple[Element, ...] = ()

    def places(self, plan: BundlePlan) -> Places:
        """The order of the volume."""
        volume = volumes_of(plan)[self.volume - 1]
        return Places(plan, volume, self.lengths, self.titles, self.divider_prefix)


def render(plan: BundlePlan, folder: Path, fonts: FontFiles) -> list[Layout]:
    """Draw the generated pages of a plan into `folder`, one file for each volume (`generated_path`).

    The layouts say what each page is, which rectangles lead where and how long each section is. Raises FontsChanged
    when the typefaces are not the ones that the plan pins, and ValueError when the lengths do not settle.
    """
    setter = Typesetter(fonts.pinned(dict(plan.fonts)))
    desk = _Desk(folder, setter, {})
    with override(plan.heading.language):
        shelf = Shelf.of(plan, _unmeasured(plan))
        for attempt in range(_MOST_ROUNDS):
            drawn = [
                desk.draw(shelf.seen_from(places.volume.number), is_counting=not attempt) for places in shelf.volumes
            ]
            layouts = [_layout(book, shelf.seen_from(number)) for number, book in enumerate(drawn, start=1)]
            # The lists print where things stand, so all is drawn once every length is known.
            known = tuple(layout.places(plan) for layout in layouts)
            if attempt and known == shelf.volumes:
                for book in drawn:
                    book.canvas.save()
                return layouts
            shelf = Shelf(plan, known, shelf.digest)
    raise ValueError("The front matter did not settle on a length.")


def _unmeasured(plan: BundlePlan) -> tuple[Places, ...]:
    return tuple(Places(plan, volume, {}, _titles(plan), _divider_prefix()) for volume in volumes_of(plan))


def _titles(plan: BundlePlan) -> dict[str, str]:
    return {
        "cover": _("Cover"),
        "certificate": _("Certificate of the records custodian"),
        "list": _("Exhibit list"),
        "papers": _("Papers of the record"),
        "witnesses": _("Witness list"),
        "chronology": _("Chronology"),
        "aside": _("Who stood aside"),
        "matrix": _("Allegations, evidence and findings"),
        "exhibits": _("Exhibits"),
        "withheld": log_title(plan),
        "custody": _("Custody log"),
        "hashes": _("Hash list"),
    }


def _divider_prefix() -> str:
    return _("Ex. ")


@dataclass(frozen=True)
class _Desk:
    """What one drawing hands on to the next: the folder, the typesetter, how texts were broken into lines."""

    folder: Path
    setter: Typesetter
    wrapped: dict[tuple[str, str, float, float], list[str]]

    def draw(self, shelf: Shelf, *, is_counting: bool) -> Book:
        """Draw a volume; its canvas is not saved yet."""
        plan = shelf.plan
        has_list = shelf.number == 1 or len(shelf.exhibits) > MOST_ON_COVER
        book = Book(
            canvas=_new_canvas(plan, generated_path(self.folder, shelf.number), self.setter),
            setter=self.setter,
            matter=words.matter(plan),
            docket=_("Docket %(docket)s") % {"docket": plan.heading.docket},
            edition_mark=words.edition_mark(plan.heading.edition),
            label_of=lambda page: _label(book.marks, page, shelf.places),
            back_words=_("Exhibit list"),
            back_target="section:list" if has_list else "section:cover",
            is_counting=is_counting,
            wrapped=self.wrapped,
        )
        _draw_volume(book, shelf, has_list=has_list)
        return book


def _draw_volume(book: Book, shelf: Shelf, *, has_list: bool) -> None:
    draw_cover(book, shelf)
    if shelf.number == 1:
        draw_certificate(book, shelf)
    if has_list:
        draw_exhibit_list(book, shelf)
    if shelf.number == 1:
        _draw_lists(book, shelf)
    for one in shelf.places.placed:
        if one.divider is not None:
            draw_divider(book, shelf, one)
        if one.piece.segment.kind != PAGES:
            draw_sheet(book, shelf, one)
    if shelf.number == 1:
        _draw_logs(book, shelf)


def _draw_lists(book: Book, shelf: Shelf) -> None:
    """The lists of which there is something to say."""
    tables = shelf.plan.tables
    if tables.papers:
        draw_paper_list(book, shelf)
        draw_papers(book, shelf)
    if tables.witnesses:
        draw_witness_list(book, shelf)
    if tables.chronology:
        draw_chronology(book, shelf)
    if tables.aside:
        draw_aside(book, shelf)
    if tables.matrix:
        draw_matrix(book, shelf)


def _draw_logs(book: Book, shelf: Shelf) -> None:
    if has_withheld_log(shelf.plan):
        draw_withheld_log(book, shelf)
    draw_custody_log(book, shelf)
    draw_hash_list(book, shelf)


def _layout(book: Book, shelf: Shelf) -> Layout:
    return Layout(
        marks=tuple(book.marks),
        links=tuple(book.links),
        lengths=_lengths(book.marks),
        titles=_titles(shelf.plan),
        divider_prefix=_divider_prefix(),
        bookmarks={item.key: _bookmark(item, shelf) for item in shelf.exhibits},
        back_words=book.back_words,
        page_words=_("%(page)s of %(pages)s"),
        missing=tuple(f"U+{ord(letter):04X}" for letter in sorted(book.setter.missing)),
        volume=shelf.number,
        tags=book.tree.elements(),
    )


def _bookmark(item: PlannedExhibit, shelf: Shelf) -> str:
    text = words.bookmark(item)
    if shelf.begins_in(item.key) == shelf.number:
        return text
    return _("%(title)s (continued)") % {"title": text}


def _new_canvas(plan: BundlePlan, path: Path, setter: Typesetter) -> Canvas:
    canvas = Canvas(
        str(path),
        pagesize=(WIDTH, HEIGHT),
        invariant=1,
        pageCompression=0,
        initialFontName=setter.font("sans").fontName,
        initialFontSize=8,
        lang=plan.heading.language,
    )
    canvas.setAuthor("")
    canvas.setTitle("")
    return canvas


def _label(marks: Sequence[PageMark], page: int, places: Places) -> str:
    if marks[page].role == "front":
        return places.front_label(page)
    return f"A-{sum(mark.role == 'log' for mark in marks[: page + 1])}"


def _lengths(marks: Sequence[PageMark]) -> dict[str, int]:
    lengths: dict[str, int] = {}
    section = ""
    for mark in marks:
        section = mark.section or section
        if mark.role in ("front", "log"):
            lengths[section] = lengths.get(section, 0) + 1
    return lengths
