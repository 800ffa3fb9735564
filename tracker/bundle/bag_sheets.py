"""PDFs of what stands in the volumes only: slip sheets, withheld sheets, exhibits not shown whole."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

import pikepdf
from pikepdf import Array, Dictionary, Name

from tracker.bundle.contents import read_labels
from tracker.bundle.contents_pages import open_pdf
from tracker.bundle.plan import BundlePlan, PlannedExhibit

# Marks a layer of a volume while its pages are copied: "/ON" or "/OFF". Never written to a file.
_STATE = "/RCSState"


class SheetsMissing(ValueError):
    """The sheets of an exhibit are in no volume; the text names it."""


class Sheets:
    """Numbered sheets of sealed volumes, which are opened once, when first asked for, and their labels read once."""

    def __init__(self, plan: BundlePlan, volumes: Sequence[Path], folder: Path) -> None:
        self._plan = plan
        self._paths = volumes
        self._folder = folder
        self._open = ExitStack()
        self._volumes: list[tuple[pikepdf.Pdf, dict[int, int]]] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def of(self, item: PlannedExhibit) -> Path:
        """Write a PDF of the sheets of an exhibit as they stand in the volumes, without links; return its path.

        Layers that are hidden there are hidden here. Raises SheetsMissing.
        """
        target = self._folder / f"sheets-{item.key}.pdf"
        with pikepdf.new() as made:
            for pdf, places in self._opened():
                for number in range(item.bates_first, item.bates_last + 1):
                    if number in places:
                        made.pages.append(_without_links(pdf.pages[places[number]]))
            if not len(made.pages):
                last = self._plan.digits(item.bates_last)
                raise SheetsMissing(f"Exhibit {item.key}: its sheets up to {last} are in no volume.")
            _keep_layers(made)
            made.save(target, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return target

    def _opened(self) -> list[tuple[pikepdf.Pdf, dict[int, int]]]:
        """Every volume, with the index of each numbered sheet by the number that its label begins with."""
        if self._volumes is None:
            self._volumes = []
            for path in self._paths:
                pdf = self._open.enter_context(open_pdf(path))
                _mark_layers(pdf)
                self._volumes.append((pdf, dict(self._numbered(pdf))))
        return self._volumes

    def _numbered(self, pdf: pikepdf.Pdf) -> Iterator[tuple[int, int]]:
        prefix = self._plan.prefix
        for index, label in enumerate(read_labels(pdf, len(pdf.pages))):
            digits = label.removeprefix(prefix).partition("–")[0]
            if label.startswith(prefix) and digits.isdigit():
                yield int(digits), index


def _without_links(page: pikepdf.Page) -> pikepdf.Page:
    """A page without what leads elsewhere; notes and stamps that an exhibit came with stay."""
    for key in ("/StructParents", "/Tabs"):
        if key in page.obj:
            del page.obj[key]
    held = page.obj.get("/Annots")
    kept = [one for one in held if one.get("/Subtype") != Name.Link] if isinstance(held, Array) else []
    if kept:
        page.obj["/Annots"] = Array(kept)
    elif "/Annots" in page.obj:
        del page.obj["/Annots"]
    return page


def _mark_layers(pdf: pikepdf.Pdf) -> None:
    """Write on each layer of an open volume whether it shows: a copied page takes its layers along, but not that."""
    properties = pdf.Root.get("/OCProperties")
    if properties is None:
        return
    hidden = {layer.objgen for layer in properties.D.OFF}
    for layer in properties.OCGs:
        layer[_STATE] = Name.OFF if layer.objgen in hidden else Name.ON


def _keep_layers(made: pikepdf.Pdf) -> None:
    """Give a new file the layers of its pages, as they showed."""
    every, hidden = Array(), Array()
    for layer in made.objects:
        state = layer.get(_STATE) if isinstance(layer, Dictionary) else None
        if state is not None:
            every.append(layer)
            if state == Name.OFF:
                hidden.append(layer)
            del layer[_STATE]
    if len(every):
        made.Root.OCProperties = Dictionary(OCGs=every, D=Dictionary(OFF=hidden, Locked=every, Order=Array()))
