"""The generated pages of a volume, made ready to be taken over like a copy: places for their stamps and links."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name

from tracker.bundle.copying import Numbers
from tracker.bundle.pdfwriter import PdfWriter, Ref, Value, serialize, stream_value
from tracker.bundle.places import Places
from tracker.bundle.render import Layout
from tracker.bundle.stamp import Stamp
from tracker.bundle.tags import link_key, page_key, write_tree
from tracker.files import pdfframe
from tracker.files.pdfframe import Balance, Frame


@dataclass(frozen=True)
class FrontPages:
    """The file of the generated pages, its frame, and object numbers in it.

    `pages` are the pages in order, `sheets` the places (stamp, link) of those that carry a number, `links` those of
    the layout's links in order.
    """

    path: Path
    frame: Frame
    pages: tuple[int, ...]
    sheets: tuple[tuple[int, int], ...]
    links: tuple[int, ...]
    layout: Layout

    def filled(self, stamps: Iterable[Stamp], links: Sequence[Mapping[str, Value]]) -> Mapping[int, bytes | None]:
        """The bodies of its places, and of the objects that are not taken over."""
        frame = self.frame
        out: dict[int, bytes | None] = {frame.catalog: None, frame.pages: None}
        out |= {number: None for number in (frame.bold, frame.plain) if number}
        for (stamp_at, link_at), stamp in zip(self.sheets, stamps, strict=True):
            out[stamp_at] = stream_value(stamp.content)
            if stamp.link is not None:
                out[link_at] = serialize(stamp.link)
        for place, (at, link) in enumerate(zip(self.links, links, strict=True)):
            out[at] = serialize({**link, "StructParent": link_key(len(self.pages), place)})
        return out

    def tags(self, writer: PdfWriter, numbers: Numbers) -> dict[str, Value]:
        """Write the structure tree of the generated pages; return its entries of the catalog."""
        pages = [Ref(numbers.of(number)) for number in self.pages]
        links = [Ref(numbers.of(number)) for number in self.links]
        root = write_tree(writer, self.layout.tags, pages, links)
        return {"StructTreeRoot": root, "MarkInfo": {"Marked": True}}


def prepare(path: Path, layout: Layout, places: Places) -> FrontPages:
    """Write the generated pages of a volume again, with places for stamps and links."""
    sheets = [number for number, mark in enumerate(layout.marks) if mark.role == "sheet"]
    target = path.with_name(f"front-{places.volume.number}.pdf")
    with pikepdf.open(path) as pdf:
        pages = [page.obj for page in pdf.pages]
        for link in layout.links:
            held = pages[link.page].get("/Annots")
            others = list(held) if isinstance(held, Array) else []
            pages[link.page]["/Annots"] = Array([*others, pdf.make_indirect(Dictionary())])
        for number, page in enumerate(pages):
            page["/StructParents"] = page_key(number)
            page["/Tabs"] = Name.S
        pdfframe.give_frame(pdf, dict.fromkeys(sheets, Balance()))
        for key in [key for key in pdf.Root.keys() if key not in ("/Type", "/Pages")]:  # noqa: SIM118 - not a dict
            del pdf.Root[key]
        if "/Info" in pdf.trailer:
            del pdf.trailer["/Info"]
        pdfframe.save_copy(pdf, target)
    with pikepdf.open(target) as pdf:
        pages = [page.obj for page in pdf.pages]
        counted = dict.fromkeys(range(len(pages)), 0)
        links = []
        for link in layout.links:
            links.append(pages[link.page].Annots[counted[link.page]].objgen[0])
            counted[link.page] += 1
        return FrontPages(
            path=target,
            frame=pdfframe.read_frame(pdf, sheets[0] if sheets else -1),
            pages=tuple(page.objgen[0] for page in pages),
            sheets=tuple(pdfframe.page_places(pages[number])[1:] for number in sheets),
            links=tuple(links),
            layout=layout,
        )
