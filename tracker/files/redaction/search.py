"""Searching a finished file object by object: every string, name and unpacked stream, in three encodings."""

import contextlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from tracker.files import pagedigest
from tracker.files.redaction import operators
from tracker.files.redaction.words import SHORTEST, Text, plain

ENCODINGS = ("utf-8", "utf-16-be", "latin-1")
MAX_DEPTH = 60
_UNLIKELY = 6
_HEAD_BYTES = 128 * 1024
_JPEG_DATA = b"\xff\xda"
_TYPEFACES = ("/FontFile", "/FontFile2", "/FontFile3")
_PRESCRIBED = """
Type Page Pages Kids Count Parent MediaBox CropBox Rotate Contents Resources XObject Subtype Image Form FormType Width
Height ColorSpace DeviceGray DeviceRGB Indexed BitsPerComponent Filter FlateDecode DCTDecode CCITTFaxDecode DecodeParms
BlackIs1 Columns Rows Length Length1 Font TrueType Type1 Helvetica BaseFont FirstChar LastChar Widths ToUnicode
FontDescriptor FontName Flags Ascent CapHeight Descent FontBBox ItalicAngle StemV FontFile2 Annots Annot Link Rect
Border Catalog ProcSet PDF Text ImageB ImageC ImageI Matrix BBox Group Transparency ExtGState Size Root Info Picture
Words OCProperties OCGs OCG OFF Name Intent View Design BaseState Encoding WinAnsiEncoding StructParents XRef Index
Prev
"""
# Names that the format itself prescribes for what a redacted copy holds: they tell nothing of a document.
STANDARD = frozenset(plain(name) for name in _PRESCRIBED.split())


@dataclass
class Traces:
    """Where covered words were found: redrawn pages (0: the file itself), and for each word the pages that stayed."""

    hits: set[int] = field(default_factory=set)
    also: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))


def search(path: Path, needles: Mapping[str, str], redrawn: Collection[int]) -> Traces:
    """Search a file for needles (plain form → as written). What only kept pages refer to is told apart.

    Typefaces and pixels are not searched: they hold shapes, not words.
    """
    with pikepdf.open(path, suppress_warnings=True) as pdf:
        return _Search(pdf, needles, redrawn).run()


class _Search:
    def __init__(self, pdf: pikepdf.Pdf, needles: Mapping[str, str], redrawn: Collection[int]) -> None:
        self.pdf, self.needles = pdf, needles
        self.found = Traces()
        self.encoded = {needle: _variants(needle, written) for needle, written in needles.items()}
        pages = [page.obj for page in pdf.pages]
        self.page_objects = {page.objgen for page in pages}
        self.owners: dict[tuple[int, int], int] = {}
        self.pages_redrawn: dict[tuple[int, int], int] = {}
        for number, page in enumerate(pages, start=1):
            if number in redrawn:
                self.pages_redrawn[page.objgen] = number
            else:
                self._own(page, number)
        for number in redrawn:
            if 1 <= number <= len(pages):
                self._own(pages[number - 1], number, redrawn=True)
        self.skipped: set[tuple[int, int]] = set()
        self.cmaps: set[tuple[int, int]] = set()
        self.written: set[tuple[int, int]] = set()

    def run(self) -> Traces:
        everything = list(self.pdf.objects)
        for item in everything:
            self._sort(item)
        for item in everything:
            self._look(item)
        for key in self.pdf.trailer.keys():  # noqa: SIM118
            value = self.pdf.trailer[key]
            if key != "/ID" and not (isinstance(value, pikepdf.Object) and value.is_indirect):
                self._strings(value, 0, 0)
        return self.found

    def _own(self, start: pikepdf.Object, number: int, *, redrawn: bool = False) -> None:
        """Note which page each object belongs to: the first kept one that refers to it, else a redrawn one."""
        owners = self.pages_redrawn if redrawn else self.owners
        todo = [start]
        while todo:
            item = todo.pop()
            if item.is_indirect:
                if item.objgen in owners and item.objgen != start.objgen:
                    continue
                if item.objgen in self.page_objects and item.objgen != start.objgen:
                    continue
                owners[item.objgen] = number
            for key, value in _parts(item):
                if key != "/Parent" and isinstance(value, Dictionary | Array | Stream):
                    todo.append(value)

    def _sort(self, item: Any, level: int = 0) -> None:
        """Tell typefaces, their tables and drawing commands from other streams."""
        for _key, value in _parts(item) if level < MAX_DEPTH else ():
            if isinstance(value, Dictionary | Array) and not value.is_indirect:
                self._sort(value, level + 1)
        if not isinstance(item, Dictionary | Stream):
            return
        for key in (*_TYPEFACES, "/CharProcs"):
            if isinstance(item.get(key), Stream):
                self.skipped.add(item[key].objgen)
        if isinstance(item.get("/ToUnicode"), Stream):
            self.cmaps.add(item["/ToUnicode"].objgen)
        if isinstance(item, Stream) and item.get("/Subtype") == Name.Form:
            self.written.add(item.objgen)
        if item.objgen in self.page_objects:
            self.written |= {stream.objgen for stream in pagedigest.content_streams(item)}

    def _look(self, item: Any) -> None:
        owner = self.owners.get(item.objgen, 0) if isinstance(item, pikepdf.Object) else 0
        page = owner or self.pages_redrawn.get(item.objgen, 0) if isinstance(item, pikepdf.Object) else 0
        self._strings(item, owner, page)
        if not isinstance(item, Stream) or item.objgen in self.skipped:
            return
        if item.get("/Subtype") == Name.Image:
            head = item.read_raw_bytes()[:_HEAD_BYTES]
            # Pixels are random numbers to a search for words; what stands before them is not.
            self._bytes(head.partition(_JPEG_DATA)[0] if _is_jpeg(item) else b"", owner, page)
        elif item.objgen in self.cmaps:
            self._text(operators.mapped(pagedigest.stream_data(item)), owner, page)
        elif item.objgen in self.written:
            self._commands(item, owner, page)
        else:
            # In numbers for a machine short words turn up by chance; what no page accounts for is taken seriously.
            self._bytes(pagedigest.stream_data(item), owner, page, least=_UNLIKELY if owner else SHORTEST)

    def _commands(self, item: Stream, owner: int, page: int) -> None:
        try:
            commands = list(pikepdf.parse_content_stream(item))
        except (pikepdf.PdfError, TypeError, ValueError):
            self._bytes(pagedigest.stream_data(item), owner, page)
            return
        for command in commands:
            for operand in command.operands:
                if isinstance(operand, Array):
                    runs = [bytes(one) for one in operand if isinstance(one, pikepdf.String)]
                    self._bytes(b"".join(runs), owner, page)
                self._strings(operand, owner, page)

    def _strings(self, item: Any, owner: int, page: int, level: int = 0) -> None:
        """Every string and name of an object that lies in it directly."""
        if isinstance(item, pikepdf.String):
            self._text(str(item), owner, page)
            self._bytes(bytes(item), owner, page)
        elif isinstance(item, Name):
            if plain(str(item)[1:]) not in STANDARD:
                self._text(str(item)[1:], owner, page)
        elif level < MAX_DEPTH and not _is_palette(item):
            for key, value in _parts(item):
                if key and plain(key[1:]) not in STANDARD:
                    self._text(key[1:], owner, page)
                is_reference = isinstance(value, pikepdf.Object) and value.is_indirect
                if not is_reference and key not in ("/BaseFont", "/FontName"):
                    self._strings(value, owner, page, level + 1)

    def _text(self, written: str, owner: int, page: int) -> None:
        text = Text(written)
        for needle in self.needles:
            if text.count(needle):
                self._note(needle, owner, page, [text])

    def _bytes(self, data: bytes, owner: int, page: int, *, least: int = SHORTEST) -> None:
        lowered = data.lower()
        for needle, variants in self.encoded.items():
            if len(needle) >= least and any(one in lowered for one in variants):
                readings = [Text(data.decode(encoding, "replace")) for encoding in ENCODINGS]
                self._note(needle, owner, page, readings)

    def _note(self, needle: str, owner: int, page: int, readings: list[Text]) -> None:
        if not owner:
            self.found.hits.add(page)
        elif any(text.stands_alone(needle) for text in readings):
            self.found.also[needle].add(owner)


def _parts(item: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(item, Array):
        for value in item:
            yield "", value
    elif isinstance(item, Dictionary | Stream):
        for key in item.keys():  # noqa: SIM118
            yield key, item[key]


def _is_palette(item: Any) -> bool:
    return isinstance(item, Array) and len(item) == 4 and item[0] == Name.Indexed


def _is_jpeg(item: Stream) -> bool:
    return pagedigest.filter_names(item)[-1:] == ["/DCTDecode"]


def _variants(needle: str, written: str) -> tuple[bytes, ...]:
    """The bytes a word may stand as; letters of the alphabet in lower case."""
    found = set()
    for text in (needle, written, written.casefold(), written.upper(), "".join(written.split())):
        for encoding in ENCODINGS:
            with contextlib.suppress(UnicodeEncodeError):
                found.add(text.encode(encoding).lower())
    return tuple(sorted(found))
