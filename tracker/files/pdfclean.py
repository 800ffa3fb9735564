"""What a copy of a received PDF may carry: pages, their looks, links inside it, and nothing that acts.

Every change is reported as one line ("p3 /Link /URI"); the received file itself is never touched.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from tracker.files import pagedigest
from tracker.files.pdfbudget import AnnotationBudget

MAX_REMOVED_LINES = 1000
MAX_NAME_LEVELS = 40
MAX_NAMES = 100_000
MAX_OUTLINE_DEPTH = 10
MAX_OUTLINE_ITEMS = 2000
MAX_OUTLINE_TITLE = 200

_CATALOG_KEPT = {"/Type", "/Pages", "/OCProperties"}
_PAGE_KEPT = {
    "/Type", "/Parent", "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/Rotate", "/UserUnit",
    "/Contents", "/Resources", "/Annots", "/Group",
}  # fmt: skip
_ANNOTATIONS_KEPT = {
    "/Link", "/Text", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Highlight",
    "/Underline", "/Squiggly", "/StrikeOut", "/Stamp", "/Caret", "/Ink", "/Popup", "/Redact", "/Watermark",
}  # fmt: skip
_ANNOTATION_DROPPED_KEYS = ("/AA", "/PA", "/FS", "/AF", "/StructParent", "/P", "/Parent", "/IRT")
_SILENT = {"/Info", "/PageMode", "/PageLayout", "/ViewerPreferences", "/Lang", "/Version", "/PageLabels",
           "/Outlines", "/StructTreeRoot", "/MarkInfo", "/Dests", "/Metadata", "/StructParents", "/Tabs",
           "/Thumb", "/PieceInfo", "/LastModified", "/Trans", "/Extensions"}  # fmt: skip


@dataclass(frozen=True)
class OutlineItem:
    """One bookmark of a received document: depth from 0, title, index of the page it opens (from 0)."""

    level: int
    title: str
    page: int


@dataclass
class Cleaning:
    """What one run of `clean` found; filled while it works."""

    removed: list[str] = field(default_factory=list)
    more: int = 0
    outline: list[OutlineItem] = field(default_factory=list)
    budget: AnnotationBudget = field(default_factory=AnnotationBudget)

    def report(self, line: str) -> None:
        """Note one removed item; past MAX_REMOVED_LINES only the number is kept."""
        if len(self.removed) < MAX_REMOVED_LINES:
            self.removed.append(line)
        else:
            self.more += 1


@dataclass
class _PageWork:
    number: int
    targets: "Destinations"
    cleaning: Cleaning
    kept: list[Any] = field(default_factory=list)
    burned: list[Any] = field(default_factory=list)

    def report(self, line: str) -> None:
        self.cleaning.report(f"p{self.number} {line}")


class Destinations:
    """Where links of a document lead, with names resolved to page indexes."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pages = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        self.page_objects = [page.obj for page in pdf.pages]
        self._named: dict[bytes, Any] = {}
        old = pdf.Root.get("/Dests")
        if isinstance(old, Dictionary):
            for key in list(old.keys())[:MAX_NAMES]:
                self._named[key[1:].encode("utf-8", "surrogateescape")] = old[key]
        names = pdf.Root.get("/Names")
        if isinstance(names, Dictionary):
            self._read_tree(names.get("/Dests"), 0, set())

    def _read_tree(self, node: Any, level: int, seen: set[tuple[int, int]]) -> None:
        if level > MAX_NAME_LEVELS or not isinstance(node, Dictionary) or len(self._named) > MAX_NAMES:
            return
        if node.is_indirect:
            if node.objgen in seen:
                return
            seen.add(node.objgen)
        pairs = node.get("/Names")
        if isinstance(pairs, Array):
            items = list(pairs)
            for key, value in zip(items[::2], items[1::2], strict=False):
                if isinstance(key, pikepdf.String):
                    self._named.setdefault(bytes(key), value)
        kids = node.get("/Kids")
        if isinstance(kids, Array):
            for kid in kids:
                self._read_tree(kid, level + 1, seen)

    def resolve(self, value: Any) -> Array | None:
        """Turn a destination of any form into `[page /Fit …]`; None when it leads to no page here."""
        for _step in range(8):
            if isinstance(value, pikepdf.String):
                value = self._named.get(bytes(value))
            elif isinstance(value, Name):
                value = self._named.get(str(value)[1:].encode("utf-8", "surrogateescape"))
            elif isinstance(value, Dictionary):
                value = value.get("/D")
            else:
                break
        if not isinstance(value, Array) or len(value) == 0:
            return None
        page = self._page(value[0])
        if page is None:
            return None
        view = [item for item in list(value)[1:6] if not isinstance(item, pikepdf.Object) or isinstance(item, Name)]
        if not view or not isinstance(view[0], Name):
            view = [Name.Fit]
        return Array([self.page_objects[page], *view])

    def _page(self, target: Any) -> int | None:
        if isinstance(target, int) and not isinstance(target, bool):
            return target if 0 <= target < len(self.page_objects) else None
        if isinstance(target, Dictionary) and target.is_indirect:
            return self.pages.get(target.objgen)
        return None

    def of_holder(self, holder: Any) -> Array | None:
        """Resolve the /Dest or the /GoTo action of a link or bookmark."""
        if "/Dest" in holder:
            return self.resolve(holder["/Dest"])
        action = holder.get("/A")
        if isinstance(action, Dictionary) and action.get("/S") == Name.GoTo:
            return self.resolve(action.get("/D"))
        return None


def clean(pdf: pikepdf.Pdf) -> Cleaning:
    """Remove from an open document everything that acts or hides, in place, and say what it was."""
    cleaning = Cleaning()
    targets = Destinations(pdf)
    if "/AcroForm" in pdf.Root:
        cleaning.report("catalog /AcroForm")
    cleaning.outline = _read_outline(pdf, targets)
    kept = [
        _clean_page(page.obj, _PageWork(number, targets, cleaning)) for number, page in enumerate(pdf.pages, start=1)
    ]
    _burn_in(pdf)
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
    layers = pdf.Root.get("/OCProperties")
    if isinstance(layers, Dictionary):
        default = layers.get("/D")
        if isinstance(default, Dictionary):
            if "/AS" in default:
                del default["/AS"]
            if isinstance(default.get("/OFF"), Array) and len(default["/OFF"]):
                cleaning.report("catalog /OCProperties hidden layers: see the original")
    for key in sorted(pdf.Root.keys()):
        if key not in _CATALOG_KEPT:
            if key not in _SILENT and key not in ("/Names", "/AcroForm"):
                cleaning.report(f"catalog {key}")
            del pdf.Root[key]
    pdf.Root["/Type"] = Name.Catalog
    for key in ("/Info", "/Encrypt"):
        if key in pdf.trailer:
            del pdf.trailer[key]


def _clean_page(page: Any, work: "_PageWork") -> list[Any]:
    for key in ("/Resources", "/MediaBox", "/CropBox", "/Rotate"):
        value = pagedigest.inherited(page, key)
        if value is not None:
            page[key] = value
    if not isinstance(page.get("/Resources"), Dictionary):
        page["/Resources"] = Dictionary()
    for key in ("/MediaBox", "/CropBox"):
        if key in page and not is_box(page[key]):
            del page[key]
    if "/MediaBox" not in page:
        page["/MediaBox"] = Array([0, 0, 612, 792])
        work.report("/MediaBox missing: US Letter assumed")
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


def _clean_annotation(item: Any, work: "_PageWork") -> None:
    subtype = str(item.get("/Subtype", "unknown"))
    for key in ("/AA", "/PA", "/FS"):
        if key in item:
            work.report(f"{subtype} {key}")
    action = item.get("/A")
    if isinstance(action, Dictionary):
        kind = str(action.get("/S", "unknown"))
        if kind != "/GoTo":
            address = action.get("/URI")
            shown = f" {str(address)[:200]}" if isinstance(address, pikepdf.String) else ""
            work.report(f"{subtype} {kind}{shown}")
        if "/Next" in action:
            work.report(f"{subtype} /Next")
    if subtype not in _ANNOTATIONS_KEPT:
        if subtype != "/Widget":
            work.report(f"{subtype}")
        _strip(item, ("/AA", "/A", "/PA", "/FS"))
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


def _burn_in(pdf: pikepdf.Pdf) -> None:
    """Draw the looks of form fields and of foreign annotations into their pages, then drop them."""
    if not any(len(page.obj["/Annots"]) for page in pdf.pages):
        return
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, Dictionary) and bool(form.get("/NeedAppearances")):
        pdf.generate_appearance_streams()
    pdf.flatten_annotations("all")


def is_box(value: Any) -> bool:
    """Whether a value is a rectangle of four numbers."""
    return isinstance(value, Array) and len(value) == 4 and all(_is_number(item) for item in value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _read_outline(pdf: pikepdf.Pdf, targets: Destinations) -> list[OutlineItem]:
    root = pdf.Root.get("/Outlines")
    reader = _OutlineReader(targets)
    if isinstance(root, Dictionary):
        reader.read(root.get("/First"), 0)
    return reader.found


class _OutlineReader:
    def __init__(self, targets: Destinations) -> None:
        self.targets = targets
        self.found: list[OutlineItem] = []
        self.seen: set[tuple[int, int]] = set()

    def read(self, item: Any, level: int) -> None:
        while isinstance(item, Dictionary) and len(self.found) < MAX_OUTLINE_ITEMS:
            if level >= MAX_OUTLINE_DEPTH or not item.is_indirect or item.objgen in self.seen:
                return
            self.seen.add(item.objgen)
            title = item.get("/Title")
            target = self.targets.of_holder(item)
            words = " ".join(str(title).split()) if isinstance(title, pikepdf.String) else ""
            if target is not None and words:
                page = self.targets.pages[target[0].objgen]
                self.found.append(OutlineItem(level, words[:MAX_OUTLINE_TITLE], page))
            self.read(item.get("/First"), level + 1)
            item = item.get("/Next")
