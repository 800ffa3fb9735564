"""Stage: put one volume together: generated pages and copies in order, stamped, linked, labeled and sealed.

Copies are taken over byte for byte (`copying`); what a bundle adds stands in the places left free for it, or in
objects of its own. Nothing of a copy is decoded, and the file is written once, from its first byte to its seal.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from tracker.bundle import frontpages, index, seal
from tracker.bundle.copying import Numbers, Source, copy_objects, object_count
from tracker.bundle.manifest import manifest_text
from tracker.bundle.pdfwriter import Name, PdfWriter, Ref, Value, serialize, stream_value
from tracker.bundle.places import Placed, Places
from tracker.bundle.plan import FORMAT, PAGES, BundlePlan
from tracker.bundle.render import Layout, generated_path
from tracker.bundle.stamp import Stamp, Stamper, numbered_sheets
from tracker.bundle.volumes import volume_file
from tracker.files import pdfframe
from tracker.files.fonts import FontFiles
from tracker.files.pdfframe import Frame

Report = Callable[[str], None]


@dataclass(frozen=True)
class Materials:
    """What a volume is made of: the plan's layouts (one a volume), the file of every copy by exhibit key, typefaces.

    `folder` takes what is made on the way.
    """

    plan: BundlePlan
    layouts: Sequence[Layout]
    copies: Mapping[str, Path]
    folder: Path
    fonts: FontFiles

    @property
    def shelf(self) -> list[Places]:
        """Where everything stands in every volume."""
        return [layout.places(self.plan) for layout in self.layouts]


def assemble(materials: Materials, volume: int, report: Report = lambda _detail: None) -> seal.Sealed:
    """Write and seal one volume in the folder.

    `report` is told the key of each exhibit as it begins. Raises CopyBroken when a copy is not what was frozen, and
    ValueError when the volume cannot be put together.
    """
    layout = materials.layouts[volume - 1]
    shelf = materials.shelf
    name = volume_file(materials.plan, volume, len(shelf))
    path = materials.folder / name
    with PdfWriter(path, comment=f"/RCSBundle ({FORMAT})".encode()) as writer:
        binder = _Binder(writer, materials, layout, shelf)
        binder.lay_out()
        binder.write_pages(report)
        manifest = manifest_text(materials.plan).encode()
        digest = sha256(manifest)
        trailer = binder.write_document(manifest)
        identifier = digest.digest()[:16]
        size, sealed, whole = seal.write_end(writer, {**trailer, "ID": [identifier, identifier]})
    return seal.Sealed(
        volume=volume,
        path=path,
        name=name,
        core_bytes=size,
        pages=shelf[volume - 1].total,
        manifest_sha256=digest.hexdigest(),
        seal_sha256=sealed,
        file_sha256=whole,
    )


@dataclass(frozen=True)
class _Part:
    """A copy, or the pages of it that this volume shows, with its place in the file."""

    placed: Placed
    source: Source
    frame: Frame
    pages: tuple[tuple[int, int, int], ...]
    numbers: Numbers


class _Binder:
    """One volume being written."""

    def __init__(self, writer: PdfWriter, materials: Materials, layout: Layout, shelf: list[Places]) -> None:
        self._writer = writer
        self._materials = materials
        self._plan = materials.plan
        self._layout = layout
        self._shelf = shelf
        self._places = shelf[layout.volume - 1]
        self._catalog, self._tree = writer.allocate(), writer.allocate()
        self._stamper = Stamper(writer, self._places, layout, materials.fonts.pinned(dict(self._plan.fonts)))
        self._parts: list[_Part] = []
        self.pages: list[Ref] = []
        self._kids: list[Ref] = []

    def lay_out(self) -> None:
        """Give out the numbers of all objects, so that everything can be referred to before it is written."""
        path = generated_path(self._materials.folder, self._layout.volume)
        self._front = frontpages.prepare(path, self._layout, self._places)
        source = Source(self._front.path, "front matter")
        self._front_numbers = self._numbers(source, self._front.frame, parent=self._tree)
        front = iter(Ref(self._front_numbers.of(number)) for number in self._front.pages)
        pages: dict[int, Ref] = {}
        for place in range(self._places.front):
            pages[place] = next(front)
            self._kids.append(pages[place])
        for one in self._places.placed:
            if one.divider is not None:
                pages[one.divider] = next(front)
                self._kids.append(pages[one.divider])
            if one.piece.segment.kind == PAGES:
                self._lay_out_part(one, pages)
            else:
                pages[one.first] = next(front)
                self._kids.append(pages[one.first])
        self._kids += (rest := list(front))
        pages |= {self._places.total - len(rest) + place: ref for place, ref in enumerate(rest)}
        self.pages = [pages[place] for place in range(self._places.total)]

    def _lay_out_part(self, one: Placed, pages: dict[int, Ref]) -> None:
        source, frame, places = self._copy_of(one)
        part = _Part(one, source, frame, places, self._numbers(source, frame))
        self._parts.append(part)
        self._kids.append(Ref(part.numbers.of(frame.pages)))
        for offset, (page, _stamp, _link) in enumerate(places):
            pages[one.first + offset] = Ref(part.numbers.of(page))

    def _copy_of(self, one: Placed) -> tuple[Source, Frame, tuple[tuple[int, int, int], ...]]:
        """The copy of an exhibit, or a shorter one where not all of its pages stand in this piece."""
        item, segment = one.item, one.piece.segment
        if item.rendition is None or item.key not in self._materials.copies:
            raise ValueError(f"Exhibit {item.key} has no copy.")
        path = self._materials.copies[item.key]
        name = f"Exhibit {item.key}"
        if segment.sheets == len(item.pages):
            places = tuple(page.places for page in item.pages)
            return Source(path, name, item.rendition.sha256), item.rendition.frame, places
        target = self._materials.folder / f"piece-{self._layout.volume}-{one.first}.pdf"
        frame, places = pdfframe.cut_copy(path, range(segment.first - 1, segment.last), target)
        return Source(target, name), frame, places

    def _numbers(self, source: Source, frame: Frame, parent: int = 0) -> Numbers:
        shared = {frame.bold: self._stamper.bold.ref.number, frame.plain: self._stamper.plain.ref.number}
        if parent:
            shared[frame.pages] = parent
        shared.pop(0, None)
        return Numbers(self._writer.allocate(object_count(source)), shared)

    def write_pages(self, report: Report) -> None:
        """Write the objects of generated pages and of every copy, with their stamps."""
        stamps = self._sheet_stamps()
        links = index.page_links(self._layout, self._shelf, self.pages)
        filled = self._front.filled(stamps, links)
        copy_objects(self._writer, Source(self._front.path, "front matter"), self._front_numbers, filled)
        for part in self._parts:
            report(part.placed.item.key)
            self._write_part(part)

    def _sheet_stamps(self) -> Iterator[Stamp]:
        for one in self._places.placed:
            if one.piece.segment.kind != PAGES:
                for sheet in numbered_sheets(one, self._places, self._layout):
                    yield self._stamper.stamp(sheet, self._front.frame.suffix, self._list_page)

    @property
    def _list_page(self) -> Ref:
        has_list = self._layout.lengths.get("list", 0)
        return self.pages[self._places.section_index("list") if has_list else 0]

    def _write_part(self, part: _Part) -> None:
        numbers, frame = part.numbers, part.frame
        filled: dict[int, bytes | None] = {frame.catalog: None, frame.bold: None, frame.plain: None}
        node: dict[str, Value] = {
            "Type": Name("Pages"),
            "Parent": Ref(self._tree),
            "Kids": [Ref(numbers.of(page)) for page, _stamp, _link in part.pages],
            "Count": len(part.pages),
        }
        filled[frame.pages] = serialize(node)
        sheets = numbered_sheets(part.placed, self._places, self._layout)
        for (_page, stamp_at, link_at), sheet in zip(part.pages, sheets, strict=True):
            stamp = self._stamper.stamp(sheet, frame.suffix, self._list_page)
            filled[stamp_at] = stream_value(stamp.content)
            if stamp.link is not None:
                filled[link_at] = serialize(stamp.link)
        copy_objects(self._writer, part.source, numbers, filled)

    def write_document(self, manifest: bytes) -> dict[str, Value]:
        """Write what belongs to the whole: page tree, bookmarks, labels, layers, attachment; return the trailer."""
        writer = self._writer
        tree: dict[str, Value] = {"Type": Name("Pages"), "Kids": self._kids, "Count": len(self.pages)}
        writer.write(self._tree, tree)
        catalog: dict[str, Value] = {"Type": Name("Catalog"), "Pages": Ref(self._tree)}
        catalog |= index.document_entries(writer, self._layout, self._places, self.pages)
        catalog |= index.attachment(writer, manifest, self._plan.heading.frozen_at)
        catalog |= self._layers()
        catalog |= self._front.tags(writer, self._front_numbers)
        catalog["RCSVolume"] = self._layout.volume
        writer.write(self._catalog, catalog)
        return {"Root": Ref(self._catalog), "Info": index.information(writer, self._plan, self._layout.volume)}

    def _layers(self) -> dict[str, Value]:
        """Layers as they were received: what was hidden stays hidden, and none can be switched by mistake."""
        every = [Ref(part.numbers.of(number)) for part in self._parts for number in part.frame.layers]
        hidden = [Ref(part.numbers.of(number)) for part in self._parts for number in part.frame.hidden_layers]
        if not every:
            return {}
        return {"OCProperties": {"OCGs": every, "D": {"OFF": hidden, "Locked": every, "Order": []}}}
