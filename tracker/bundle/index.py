"""What makes a volume navigable: links, page labels, bookmarks, title, the attached manifest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from tracker.bundle.draw import Link
from tracker.bundle.manifest import NAME
from tracker.bundle.pdfwriter import Name, PdfWriter, Ref, Value
from tracker.bundle.places import Placed, Places
from tracker.bundle.plan import PAGES, BundlePlan
from tracker.bundle.render import Layout
from tracker.bundle.volumes import volume_file

_MOST_OPEN = 6


def page_links(layout: Layout, shelf: Sequence[Places], pages: Sequence[Ref]) -> list[Mapping[str, Value]]:
    """The link annotations of the generated pages, in the layout's order."""
    return [_link(link, layout.volume, shelf, pages) for link in layout.links]


def _link(link: Link, volume: int, shelf: Sequence[Places], pages: Sequence[Ref]) -> Mapping[str, Value]:
    annotation: dict[str, Value] = {
        "Type": Name("Annot"),
        "Subtype": Name("Link"),
        "Rect": [Decimal(f"{value:.2f}") for value in link.rect],
        "Border": [0, 0, 0],
        "F": 4,
    }
    there, at = locate(link.target, volume, shelf)
    if there == volume:
        return {**annotation, "Dest": [pages[at], Name("Fit")]}
    file = volume_file(shelf[0].plan, there, len(shelf))
    return {**annotation, "A": {"S": Name("GoToR"), "F": file, "D": [at, Name("Fit")]}}


def locate(target: str, volume: int, shelf: Sequence[Places]) -> tuple[int, int]:
    """Volume and page index of a target: "section:list", "exhibit:E-7" (its divider) or "page:E-7:2".

    A section is looked for in the volume itself first. Raises KeyError where there is no such place.
    """
    kind, _colon, name = target.partition(":")
    order = [shelf[volume - 1], *(places for places in shelf if places.volume.number != volume)]
    for places in order:
        if kind == "section" and (name == "exhibits" or places.lengths.get(name, 0)):
            return places.volume.number, places.section_index(name)
    if kind == "exhibit":
        for places in shelf:  # the first volume that has it, where the exhibit begins
            if name in places.dividers:
                return places.volume.number, places.dividers[name]
    if kind == "page":
        key, _colon, page = name.rpartition(":")
        for places in shelf:
            at = places.sheet_index(key, int(page))
            if at is not None:
                return places.volume.number, at
        return locate(f"exhibit:{key}", volume, shelf)
    raise KeyError(target)


def document_entries(writer: PdfWriter, layout: Layout, places: Places, pages: Sequence[Ref]) -> dict[str, Value]:
    """Write labels, bookmarks and metadata; return what the catalog says of them."""
    heading = places.plan.heading
    return {
        "PageLabels": writer.add({"Nums": _labels(places)}),
        "Outlines": _outline(writer, layout, places, pages),
        "Metadata": _metadata(writer, places.plan, layout.volume),
        "Lang": heading.language,
        "PageMode": Name("UseOutlines"),
        "ViewerPreferences": {"DisplayDocTitle": True},
    }


def title(plan: BundlePlan, volume: int) -> str:
    """The document's title: nothing of the case but docket, edition and freeze."""
    heading = plan.heading
    return f"{heading.docket} evidence bundle, {heading.edition} edition, freeze {heading.freeze}, volume {volume}"


def information(writer: PdfWriter, plan: BundlePlan, volume: int) -> Ref:
    """Write the information dictionary."""
    return writer.add(
        {
            "Title": title(plan, volume),
            "Producer": f"Recourse {plan.format}",
            "CreationDate": pdf_date(plan.heading.frozen_at),
        }
    )


def pdf_date(iso: str) -> str:
    """Write a UTC time ("2026-11-18T16:42:07Z") as a PDF date."""
    return "D:" + "".join(letter for letter in iso if letter.isdigit())[:14] + "Z"


def _metadata(writer: PdfWriter, plan: BundlePlan, volume: int) -> Ref:
    """XMP (ISO 16684-1), by hand so that it never changes with a library."""
    language = plan.heading.language
    packet = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">'
        "<dc:format>application/pdf</dc:format>"
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{_escaped(title(plan, volume))}</rdf:li></rdf:Alt></dc:title>'
        f"<dc:language><rdf:Bag><rdf:li>{_escaped(language)}</rdf:li></rdf:Bag></dc:language>"
        f"<xmp:CreateDate>{_escaped(plan.heading.frozen_at)}</xmp:CreateDate>"
        f"<pdf:Producer>Recourse {_escaped(plan.format)}</pdf:Producer>"
        "</rdf:Description></rdf:RDF></x:xmpmeta>\n"
        '<?xpacket end="r"?>'
    )
    return writer.add_stream(packet.encode(), {"Type": Name("Metadata"), "Subtype": Name("XML")})


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def attachment(writer: PdfWriter, manifest: bytes, frozen_at: str) -> dict[str, Value]:
    """Write the manifest as an attachment; return what the catalog says of it."""
    when = pdf_date(frozen_at)
    stream = writer.add_stream(
        manifest,
        {
            "Type": Name("EmbeddedFile"),
            "Subtype": Name("application/json"),
            "Params": {"Size": len(manifest), "CreationDate": when, "ModDate": when},
        },
    )
    spec = writer.add(
        {
            "Type": Name("Filespec"),
            "F": NAME,
            "UF": NAME,
            "AFRelationship": Name("Data"),
            "EF": {"F": stream, "UF": stream},
        }
    )
    return {"Names": {"EmbeddedFiles": {"Names": [NAME, spec]}}, "AF": [spec]}


def _labels(places: Places) -> list[Value]:
    numbers: list[Value] = []
    for label in places.labels():
        entry: dict[str, Value] = {}
        if label.prefix:
            entry["P"] = label.prefix
        if label.style:
            entry["S"] = Name(label.style)
            if label.start != 1:
                entry["St"] = label.start
        numbers += [label.index, entry]
    return numbers


@dataclass
class _Item:
    """A bookmark: title, index of its page, children, whether these are shown at first."""

    title: str
    page: int
    children: list["_Item"] = field(default_factory=list)
    is_open: bool = False


def _outline(writer: PdfWriter, layout: Layout, places: Places, pages: Sequence[Ref]) -> Ref:
    items = [_Item(layout.titles["cover"], 0)]
    for section, words in places.contents:
        entry = _Item(words, places.section_index(section))
        items.append(entry)
        if section == "exhibits":
            entry.children = _exhibits(layout, places)
            entry.is_open = len(entry.children) <= _MOST_OPEN
    root = writer.allocate()
    numbers = _write_level(writer, Ref(root), items, pages)
    return writer.write(
        root,
        {"Type": Name("Outlines"), "First": Ref(numbers[0]), "Last": Ref(numbers[-1]), "Count": _shown(items)},
    )


def _exhibits(layout: Layout, places: Places) -> list[_Item]:
    """One bookmark an exhibit, attachments under their e-mail, with the received document's own bookmarks below."""
    out: list[_Item] = []
    by_key: dict[str, _Item] = {}
    for one in places.placed:
        if one.divider is not None:
            made = by_key[one.item.key] = _Item(layout.bookmarks[one.item.key], one.divider)
            parent = by_key.get(one.item.parent)
            (parent.children if parent else out).append(made)
        if one.piece.segment.kind == PAGES:
            _add_source_outline(by_key[one.item.key], one)
    return out


def _add_source_outline(parent: _Item, one: Placed) -> None:
    """Hang the bookmarks of the pages in this piece under the exhibit; levels that are missing close up."""
    segment = one.piece.segment
    trail: list[tuple[int, _Item]] = [(-1, parent)]
    for source in one.item.outline:
        if not segment.first <= source.page + 1 <= segment.last:
            continue
        while trail[-1][0] >= source.level:
            trail.pop()
        made = _Item(source.title, one.first + source.page + 1 - segment.first)
        trail[-1][1].children.append(made)
        trail.append((source.level, made))


def _write_level(writer: PdfWriter, parent: Ref, items: Sequence[_Item], pages: Sequence[Ref]) -> list[int]:
    first = writer.allocate(len(items))
    numbers = list(range(first, first + len(items)))
    for place, (number, item) in enumerate(zip(numbers, items, strict=True)):
        entry: dict[str, Value] = {"Title": item.title, "Parent": parent, "Dest": [pages[item.page], Name("Fit")]}
        if place:
            entry["Prev"] = Ref(numbers[place - 1])
        if place + 1 < len(items):
            entry["Next"] = Ref(numbers[place + 1])
        if item.children:
            below = _write_level(writer, Ref(number), item.children, pages)
            shown = _shown(item.children)
            entry |= {"First": Ref(below[0]), "Last": Ref(below[-1]), "Count": shown if item.is_open else -shown}
        writer.write(number, entry)
    return numbers


def _shown(items: Sequence[_Item]) -> int:
    return sum(1 + (_shown(item.children) if item.is_open else 0) for item in items)
