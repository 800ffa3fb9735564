"""Making the redacted copy of a PDF: pages with boxes become pictures, the others stay, the result is proved."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary

from tracker.files import fonts as typefaces
from tracker.files import pagedigest, pdf
from tracker.files.pdflinks import OutlineItem
from tracker.files.redaction import engines, opening, prove, raster, textlayer, words
from tracker.files.redaction.areas import Area, on_page, pages_of
from tracker.files.redaction.commonwords import telling
from tracker.files.redaction.prove import Proof
from tracker.files.redaction.textlayer import Sheet

TOOL = f"{opening.VERSION}, {pdf.TOOL}"
# What `pdfframe` leaves at the end of every page of a copy.
_NAMED = re.compile(rb"q BT /(RcsB\d*) 4 Tf /(RcsR\d*) 4 Tf ET Q\n\Z")
# What the libraries raise on broken pages: their own errors, wrong types, missing keys, numbers.
_BROKEN = (
    opening.CannotOpen, engines.ReaderFailed, pdf.NotRenderable, pikepdf.PdfError, pikepdf.DeletedObjectError,
    pikepdf.ForeignObjectError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RuntimeError,
)  # fmt: skip
_CATALOG_KEPT = ("/Type", "/Pages", "/OCProperties", "/Outlines", "/Names", "/Dests")
_MAX_NESTED = 20


class CannotRedact(Exception):
    """A copy that cannot be made; `code` is a key of `verdict.CANNOT`."""

    def __init__(self, code: str, page: int = 0) -> None:
        self.code, self.page = code, page
        super().__init__(code)


@dataclass(frozen=True)
class Redacted:
    """A redacted copy: what is known of its pages, and what searching it found.

    `unsearchable` counts words of redrawn pages that stay to be seen, but for whose letters no typeface is installed.
    """

    facts: pdf.PdfFacts
    proof: Proof
    unsearchable: int = 0


def redact(
    source: Path, areas: Sequence[Area], target: Path, *, fonts: Path, outline: Sequence[OutlineItem] = ()
) -> Redacted:
    """Write to `target` a copy of `source` in which everything under the areas is gone, and search it.

    `fonts` is the folder of installed typefaces; `outline` the bookmarks known of the source beside its own. Those
    that name a covered word are left out. Whether the copy may be used says `Redacted.proof.is_clean`. Raises
    CannotRedact, and then leaves no `target`.
    """
    work, layers = target.with_suffix(".work.pdf"), target.with_suffix(".layers.pdf")
    try:
        sheets, needles = _sheets(source, areas)
        lost = textlayer.write_layers(sheets, layers, typefaces.find_fonts(fonts))
        pictures = _rebuild(source, sheets, layers, work, needles=needles)
        facts = pdf.inspect_and_rewrite(work, target)
        kept = tuple(item for item in outline or facts.outline if not _names_any(item.title, needles))
        facts = replace(facts, outline=kept, tool=TOOL)
        proof = prove.prove(source, target, areas, outline=kept, pictures=pictures)
        return Redacted(facts, proof, lost)
    except CannotRedact:
        target.unlink(missing_ok=True)
        raise
    except (pagedigest.PageTooComplex, RecursionError, MemoryError) as error:
        target.unlink(missing_ok=True)
        raise CannotRedact("too_complex") from error
    except typefaces.FontsMissing as error:
        raise CannotRedact("no_fonts") from error
    except _BROKEN as error:
        target.unlink(missing_ok=True)
        raise CannotRedact("unreadable") from error
    finally:
        work.unlink(missing_ok=True)
        layers.unlink(missing_ok=True)


def _sheets(source: Path, areas: Sequence[Area]) -> tuple[list[Sheet], frozenset[str]]:
    """The redrawn pages, and every covered word that tells something."""
    units = prove.units_of(source)
    sheets, needles = [], dict[str, str]()
    with opening.opened(source) as document:
        for number in pages_of(areas):
            if not 1 <= number <= len(document):
                raise CannotRedact("no_page", number)
            page, boxes = document[number - 1], on_page(areas, number)
            unit = units[number - 1]
            parted = words.split(words.read(page, unit), boxes)
            needles |= parted.needles
            try:
                picture = raster.draw(page, boxes, unit)
            except raster.TooLarge as error:
                raise CannotRedact("too_large", number) from error
            width, height = opening.Display(page, unit).size
            sheets.append(Sheet(number, width, height, picture, parted.kept, boxes))
            page.close()
    return sheets, telling(needles)


def _rebuild(
    source: Path, sheets: Sequence[Sheet], layers: Path, work: Path, *, needles: frozenset[str]
) -> tuple[tuple[int, int], ...]:
    """Write the copy before it is cleaned. Answers which kept pages show a picture of a redrawn one: (page, that)."""
    with pikepdf.open(source, suppress_warnings=True) as copy, pikepdf.open(layers) as drawn:
        pages = [page.obj for page in copy.pages]
        for page in pages:
            _give_its_own(page)
            _take_frame_off(page)
        numbers = [sheet.number for sheet in sheets]
        if _shared(pages, numbers, ("/Image", "/Form", "/Type3")):
            # A page may list pictures, drawings and drawn letters that only another page shows.
            copy.remove_unreferenced_resources()
        found = _shared(pages, numbers, ("/Image",))
        for sheet, layer in zip(sheets, drawn.pages, strict=True):
            textlayer.put_sheet(copy, pages[sheet.number - 1], sheet, layer)
        for key in list(copy.Root.keys()):
            if key not in _CATALOG_KEPT:
                del copy.Root[key]
        for key in ("/Info", "/Encrypt"):
            if key in copy.trailer:
                del copy.trailer[key]
        _rename_layers(copy, needles)
        copy.save(work, static_id=True, encryption=False)
    return found


def _give_its_own(page: pikepdf.Object) -> None:
    for key in ("/Resources", "/MediaBox", "/CropBox", "/Rotate"):
        value = pagedigest.inherited(page, key)
        if value is not None:
            page[key] = value


def _take_frame_off(page: pikepdf.Object) -> None:
    """Undo what `pdfframe` gave a page, so that it gets the same frame and keeps its digest."""
    contents = page.get("/Contents")
    if not isinstance(contents, Array) or len(contents) < 2:
        return
    named = _NAMED.search(contents[-1].read_bytes())
    if named is None:
        return
    page["/Contents"] = Array(list(contents)[1:-1])
    typed = page.get("/Resources", Dictionary()).get("/Font")
    for name in (f"/{one.decode()}" for one in named.groups()):
        if isinstance(typed, Dictionary) and name in typed:
            del typed[name]
    held = [item for item in page.get("/Annots", Array()) if not _is_place_of_link(item)]
    page["/Annots"] = Array(held)


def _is_place_of_link(item: Any) -> bool:
    if not isinstance(item, Dictionary) or item.get("/Subtype") != "/Link":
        return False
    return "/Dest" not in item and "/A" not in item and [int(one) for one in item.get("/Rect", [1])] == [0, 0, 0, 0]


def _listed(holder: pikepdf.Object, kinds: Sequence[str], level: int = 0) -> frozenset[tuple[int, int]]:
    """The objects of some kinds that a page or form lists, by object number; those of its forms too."""
    resources = holder.get("/Resources")
    found: set[tuple[int, int]] = set()
    if not isinstance(resources, Dictionary) or level > _MAX_NESTED:
        return frozenset()
    for entries in (resources.get("/XObject"), resources.get("/Font")):
        if not isinstance(entries, Dictionary):
            continue
        for name in entries.keys():  # noqa: SIM118 - a PDF dictionary cannot be iterated
            item = entries[name]
            kind = item.get("/Subtype") if isinstance(item, pikepdf.Stream | Dictionary) else None
            if kind in kinds and item.is_indirect:
                found.add(item.objgen)
            if kind == "/Form":
                found |= _listed(item, kinds, level + 1)
    return frozenset(found)


def _shared(
    pages: Sequence[pikepdf.Object], numbers: Sequence[int], kinds: Sequence[str]
) -> tuple[tuple[int, int], ...]:
    """Which kept page lists an object that a page to be redrawn lists too: pairs (kept, redrawn)."""
    redrawn = {number: _listed(pages[number - 1], kinds) for number in numbers}
    found = []
    for number, page in enumerate(pages, start=1):
        here = frozenset() if number in redrawn else _listed(page, kinds)
        found += [(number, other) for other, objects in redrawn.items() if here & objects]
    return tuple(found)


def _rename_layers(copy: pikepdf.Pdf, needles: frozenset[str]) -> None:
    """Layers have names; one that tells a covered word gets another. Their lists for viewers go."""
    properties = copy.Root.get("/OCProperties")
    if not isinstance(properties, Dictionary):
        return
    for key in set(properties.keys()) - {"/OCGs", "/D"}:
        del properties[key]
    default = properties.get("/D")
    for key in ("/Name", "/Creator", "/Order", "/RBGroups", "/Locked", "/AS"):
        if isinstance(default, Dictionary) and key in default:
            del default[key]
    groups = properties.get("/OCGs")
    for number, group in enumerate(groups if isinstance(groups, Array) else (), start=1):
        if not isinstance(group, Dictionary):
            continue
        if "/Usage" in group:
            del group["/Usage"]
        if _names_any(str(group.get("/Name", "")), needles):
            group["/Name"] = pikepdf.String(f"Layer {number}")


def _names_any(text: str, needles: frozenset[str]) -> bool:
    searched = words.plain(text)
    return any(needle in searched for needle in needles)
