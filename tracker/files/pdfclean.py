"""What a copy of a received PDF may carry: pages, their looks, links inside it, and nothing that acts.

Every change is reported as one line ("p3 /Link /URI"); the received file itself is never touched.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from tracker.files import pagedigest, pdffields, pdfisolate, pdflayers, pdfmend
from tracker.files.pdfbudget import AnnotationBudget
from tracker.files.pdflinks import Destinations, OutlineItem, read_outline
from tracker.files.pdfwords import name_words, printable, text_words

MAX_REMOVED_LINES = 1000
MAX_LINE = 300

_CATALOG_KEPT = {"/Type", "/Pages", "/OCProperties"}
_PAGE_KEPT = {
    "/Type", "/Parent", "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/Rotate", "/UserUnit",
    "/Contents", "/Resources", "/Annots", "/Group",
}  # fmt: skip
_ANNOTATIONS_KEPT = {
    "/Link", "/Text", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Highlight",
    "/Underline", "/Squiggly", "/StrikeOut", "/Stamp", "/Caret", "/Ink", "/Popup", "/Redact", "/Watermark",
}  # fmt: skip
_HIDDEN, _FLAGS = 2, 0xFFFF
_ANNOTATION_DROPPED_KEYS = ("/AA", "/PA", "/FS", "/AF", "/StructParent", "/P", "/Parent", "/IRT")
_SILENT = {"/Info", "/PageMode", "/PageLayout", "/ViewerPreferences", "/Lang", "/Version", "/PageLabels",
           "/Outlines", "/StructTreeRoot", "/MarkInfo", "/Dests", "/Metadata", "/StructParents", "/Tabs",
           "/Thumb", "/PieceInfo", "/LastModified", "/Trans", "/Extensions"}  # fmt: skip


@dataclass
class Cleaning:
    """What one run of `clean` found; filled while it works."""

    removed: list[str] = field(default_factory=list)
    more: int = 0
    outline: list[OutlineItem] = field(default_factory=list)
    hidden_layers: frozenset[tuple[int, int]] = frozenset()
    budget: AnnotationBudget = field(default_factory=AnnotationBudget)

    def report(self, line: str) -> None:
        """Note one removed item; past MAX_REMOVED_LINES only the number is kept."""
        if len(self.removed) < MAX_REMOVED_LINES:
            self.removed.append(printable(line)[:MAX_LINE])
        else:
            self.more += 1


@dataclass
class _PageWork:
    number: int
    targets: Destinations
    cleaning: Cleaning
    kept: list[Any] = field(default_factory=list)
    burned: list[Any] = field(default_factory=list)

    def report(self, line: str) -> None:
        self.cleaning.report(f"p{self.number} {line}")


def clean(pdf: pikepdf.Pdf) -> Cleaning:
    """Remove from an open document everything that acts or hides, in place, and say what it was."""
    cleaning = Cleaning()
    for line in [*pdfmend.mend(pdf), *pdfisolate.isolate_broken(pdf)]:
        cleaning.report(line)
    cleaning.hidden_layers = pdflayers.freeze(pdf)
    if cleaning.hidden_layers:
        cleaning.report(f"catalog /OCProperties hidden layers ({len(cleaning.hidden_layers)}): see the original")
    targets = Destinations(pdf)
    if "/AcroForm" in pdf.Root:
        cleaning.report("catalog /AcroForm")
    cleaning.outline = read_outline(pdf, targets)
    kept = [
        _clean_page(page.obj, _PageWork(number, targets, cleaning)) for number, page in enumerate(pdf.pages, start=1)
    ]
    for line in _burn_in(pdf):
        cleaning.report(line)
    for page, annotations in zip(pdf.pages, kept, strict=True):
        if annotations:
            page.obj["/Annots"] = Array(annotations)
        elif "/Annots" in page.obj:
            del page.obj["/Annots"]
    _clean_catalog(pdf, cleaning)
    return cleaning


def _clean_catalog(pdf: pikepdf.Pdf, cleaning: Cleaning) -> None:
    names = pdf.Root.get("/Names")
    if isinstance(names, Dictionary):
        for key in sorted(names.keys()):
            if key != "/Dests":
                cleaning.report(f"catalog /Names {key}")
    for key in sorted(pdf.Root.keys()):
        if key not in _CATALOG_KEPT:
            if key not in _SILENT and key not in ("/Names", "/AcroForm"):
                cleaning.report(f"catalog {key}")
            del pdf.Root[key]
    pdf.Root["/Type"] = Name.Catalog
    for key in ("/Info", "/Encrypt"):
        if key in pdf.trailer:
            del pdf.trailer[key]
    # The library writes the true size, but only where a damaged trailer had kept one.
    pdf.trailer["/Size"] = len(pdf.objects)


def _clean_page(page: Any, work: "_PageWork") -> list[Any]:
    for key in ("/Resources", "/MediaBox", "/CropBox", "/Rotate"):
        value = pagedigest.inherited(page, key)
        if value is not None:
            page[key] = value
    if not isinstance(page.get("/Resources"), Dictionary):
        page["/Resources"] = Dictionary()
    _clean_boxes(page, work)
    for key in sorted(page.keys()):
        if key not in _PAGE_KEPT:
            if key not in _SILENT:
                work.report(f"{key}")
            del page[key]
    annotations = page.get("/Annots")
    if isinstance(annotations, Array):
        work.cleaning.budget.meet(len(annotations))
        for item in list(annotations):
            if isinstance(item, Dictionary):
                _clean_annotation(item, work)
    work.cleaning.budget.burn(len(work.burned))
    page["/Annots"] = Array(work.burned)
    return work.kept


def _clean_boxes(page: Any, work: "_PageWork") -> None:
    """Leave out boxes that are none: readers differ on what they would show."""
    for key in ("/MediaBox", "/CropBox"):
        if key in page and _area(page[key]) is None:
            del page[key]
            if key == "/CropBox":
                work.report("/CropBox is no box: left out")
    if "/MediaBox" not in page:
        page["/MediaBox"] = Array([0, 0, 612, 792])
        work.report("/MediaBox missing: US Letter assumed")
    media, crop = _area(page["/MediaBox"]), _area(page.get("/CropBox"))
    if (
        media
        and crop
        and not (max(media[0], crop[0]) < min(media[2], crop[2]) and max(media[1], crop[1]) < min(media[3], crop[3]))
    ):
        del page["/CropBox"]
        work.report("/CropBox lies outside the page: left out")


def _area(box: Any) -> tuple[Decimal, Decimal, Decimal, Decimal] | None:
    """Left, bottom, right and top of a rectangle; None when it is none or holds nothing."""
    if not is_box(box):
        return None
    x0, y0, x1, y1 = (Decimal(item) for item in box)
    if x0 == x1 or y0 == y1:
        return None
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _clean_annotation(item: Any, work: "_PageWork") -> None:
    subtype = name_words(item.get("/Subtype"))
    if pdflayers.is_hidden(item, work.cleaning.hidden_layers):
        flags = item.get("/F")
        # Some viewers do not ask the layer; all of them heed the flag.
        item["/F"] = (int(flags) & _FLAGS if _is_number(flags) else 0) | _HIDDEN
    for key in ("/AA", "/PA", "/FS"):
        if key in item:
            work.report(f"{subtype} {key}")
    action = item.get("/A")
    if isinstance(action, Dictionary):
        kind = name_words(action.get("/S"))
        if kind != "/GoTo":
            work.report(f"{subtype} {kind} {text_words(action.get('/URI'))[:200]}".rstrip())
        if "/Next" in action:
            work.report(f"{subtype} /Next")
    if subtype not in _ANNOTATIONS_KEPT:
        if subtype != "/Widget":
            work.report(f"{subtype}")
        _strip(item, ("/AA", "/A", "/PA", "/FS"))
        if isinstance(item.get("/Subtype"), Name):
            work.burned.append(item)
        return
    target = work.targets.of_holder(item)
    _strip(item, ("/A", "/Dest", *_ANNOTATION_DROPPED_KEYS))
    if subtype == "/Link":
        if target is None:
            if not isinstance(action, Dictionary) or action.get("/S") == Name.GoTo:
                work.report("/Link leads nowhere")
            return
        item["/Dest"] = target
    work.kept.append(item)


def _strip(item: Any, keys: tuple[str, ...]) -> None:
    for key in keys:
        if key in item:
            del item[key]


def _burn_in(pdf: pikepdf.Pdf) -> list[str]:
    """Draw the looks of form fields and of foreign annotations into their pages, then drop them."""
    burned = [(number, item) for number, page in enumerate(pdf.pages, start=1) for item in page.obj["/Annots"]]
    if not burned:
        return []
    lines = pdffields.give_looks(pdf, [(number, item) for number, item in burned if item["/Subtype"] == Name.Widget])
    pdf.flatten_annotations("all")
    return lines


def is_box(value: Any) -> bool:
    """Whether a value is a rectangle of four numbers."""
    return isinstance(value, Array) and len(value) == 4 and all(_is_number(item) for item in value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)
