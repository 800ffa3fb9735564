"""Stage 1: draw every generated page of a volume on one canvas, so that each typeface is embedded once."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import override
from reportlab.pdfgen.canvas import Canvas

from tracker.bundle import words
from tracker.bundle.draw import HEIGHT, WIDTH, Book, Link, PageMark
from tracker.bundle.fonts import FontFiles
from tracker.bundle.places import FRONT, LOGS, Places
from tracker.bundle.plan import PAGES, BundlePlan
from tracker.bundle.render_certificate import draw_certificate
from tracker.bundle.render_cover import draw_cover
from tracker.bundle.render_list import draw_exhibit_list
from tracker.bundle.render_logs import (
    draw_custody_log,
    draw_hash_list,
    draw_withheld_log,
    has_withheld_log,
)
from tracker.bundle.render_sheets import draw_divider, draw_sheet
from tracker.bundle.typeset import Typesetter

PAGES_FILE = "generated.pdf"
LAYOUT_FILE = "layout.json"


@dataclass(frozen=True)
class Layout:
    """What the generated pages are, which rectangles lead where, how long each section is, what is missing.

    `missing` lists characters (as U+ codes) for which no typeface is installed; they are drawn as ▯.
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

    def places(self, plan: BundlePlan) -> Places:
        """The order of the volume."""
        return Places(plan, self.lengths, self.titles, self.divider_prefix)

    def write(self, folder: Path) -> None:
        """Keep the layout for the next stages."""
        (folder / LAYOUT_FILE).write_text(json.dumps(asdict(self), sort_keys=True), encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> "Layout":
        """Read what `write` kept."""
        plain = json.loads((folder / LAYOUT_FILE).read_text(encoding="utf-8"))
        return cls(
            **{
                **plain,
                "marks": tuple(PageMark(**mark) for mark in plain["marks"]),
                "links": tuple(Link(link["page"], tuple(link["rect"]), link["target"]) for link in plain["links"]),
                "missing": tuple(plain["missing"]),
            }
        )


def render(plan: BundlePlan, folder: Path, fonts: FontFiles) -> Path:
    """Draw the generated pages of a plan into `folder`; return the path of the PDF.

    The layout (what each page is, links, section lengths) is written beside it. Raises FontsChanged when the
    typefaces are not the ones that the plan pins.
    """
    fonts = fonts.pinned(dict(plan.fonts))
    with override(plan.heading.language):
        setter = Typesetter(fonts)
        # The first drawing only counts pages: the exhibit list and the contents print where things stand.
        counted, _canvas = _draw(plan, folder / PAGES_FILE, setter, _guess(plan))
        layout, canvas = _draw(plan, folder / PAGES_FILE, setter, counted.places(plan))
    canvas.save()
    if layout.lengths != counted.lengths:
        raise ValueError("The front matter did not settle on a length.")
    layout.write(folder)
    return folder / PAGES_FILE


def _guess(plan: BundlePlan) -> Places:
    return Places(plan, dict.fromkeys((*FRONT, *LOGS), 1), _titles(), _divider_prefix())


def _titles() -> dict[str, str]:
    return {
        "cover": _("Cover"),
        "certificate": _("Certificate of the records custodian"),
        "list": _("Exhibit list"),
        "exhibits": _("Exhibits"),
        "withheld": _("Withheld log"),
        "custody": _("Custody log"),
        "hashes": _("Hash list"),
    }


def _divider_prefix() -> str:
    return _("Ex. ")


def _draw(plan: BundlePlan, path: Path, setter: Typesetter, places: Places) -> tuple[Layout, Canvas]:
    canvas = _new_canvas(plan, path, setter)
    book = Book(
        canvas=canvas,
        setter=setter,
        matter=words.matter(plan),
        docket=_("Docket %(docket)s") % {"docket": plan.heading.docket},
        edition_mark=words.edition_mark(plan.heading.edition),
        label_of=lambda page: _label(page, book, places),
        back_words=_("Exhibit list"),
    )
    draw_cover(book, plan, places)
    draw_certificate(book, plan, places)
    draw_exhibit_list(book, plan, places)
    for item in plan.exhibits:
        draw_divider(book, item)
        if item.kind != PAGES:
            draw_sheet(book, plan, item, places)
    if has_withheld_log(plan):
        draw_withheld_log(book, plan)
    draw_custody_log(book, plan)
    draw_hash_list(book, plan)
    return _layout(plan, book), canvas


def _layout(plan: BundlePlan, book: Book) -> Layout:
    return Layout(
        marks=tuple(book.marks),
        links=tuple(book.links),
        lengths=_lengths(book.marks),
        titles=_titles(),
        divider_prefix=_divider_prefix(),
        bookmarks={item.key: words.bookmark(item) for item in plan.exhibits},
        back_words=book.back_words,
        page_words=_("%(page)s of %(pages)s"),
        missing=tuple(f"U+{ord(letter):04X}" for letter in sorted(book.setter.missing)),
    )


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


def _label(page: int, book: Book, places: Places) -> str:
    mark = book.marks[page]
    if mark.role == "front":
        return places.front_label(page)
    logs = [number for number, item in enumerate(book.marks) if item.role == "log"]
    return f"A-{logs.index(page) + 1}"


def _lengths(marks: list[PageMark]) -> dict[str, int]:
    lengths: dict[str, int] = {}
    section = ""
    for mark in marks:
        section = mark.section or section
        if mark.role in ("front", "log"):
            lengths[section] = lengths.get(section, 0) + 1
    return lengths
