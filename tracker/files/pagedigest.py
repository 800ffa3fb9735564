"""The page digest: one SHA-256 that says what a PDF page holds, however the file around it was written.

It covers the page's boxes, rotation and unit, its content streams unpacked, and its resources; it says
nothing about bytes outside pages. `docs/bundle.md` gives the definition for those who compute it themselves.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator
from decimal import Decimal
from hashlib import sha256
from typing import Any

import pikepdf

from tracker.files.inflate import expand_runs, inflate
from tracker.files.lzw import lzw_length
from tracker.files.pdfwords import name_text

# No page of paper needs more; a few kilobytes can be made to unpack to more than any machine has.
MAX_UNPACKED_BYTES = 256 * 1024 * 1024
MAX_DEPTH = 100
MAX_VISITS = 200_000
MAX_PARENTS = 64
MAX_KEPT = 2000

_FLATE_RATIO = 1032
FLATE = {"/FlateDecode", "/Fl"}
RUNS = {"/RunLengthDecode", "/RL"}
_HEX = {"/ASCIIHexDecode", "/AHx"}
_A85 = {"/ASCII85Decode", "/A85"}
_LZW = {"/LZWDecode", "/LZW"}
_UNPACKED = FLATE | _HEX | _A85 | _LZW
_SKIPPED = {
    "/Parent", "/StructParent", "/StructParents", "/Length", "/Filter", "/DecodeParms",
    "/Metadata", "/PieceInfo", "/LastModified",
}  # fmt: skip
_STAMP_FONT = re.compile(rb"/(Rcs[BR]\d*) [0-9.]+ Tf")

Piece = bytes | tuple[int, int]


class PageTooComplex(ValueError):
    """A page nests, repeats or unpacks beyond what this program reads."""


def inherited(page: pikepdf.Object, key: str) -> Any:
    """Look `key` up on a page or its parents; None when it stands nowhere or the parents go in a circle."""
    seen: set[tuple[int, int]] = set()
    node: Any = page
    for _step in range(MAX_PARENTS):
        if not isinstance(node, pikepdf.Dictionary):
            return None
        value = node.get(key)
        if value is not None:
            return value
        if node.is_indirect:
            if node.objgen in seen:
                return None
            seen.add(node.objgen)
        node = node.get("/Parent")
    return None


def decimal_text(value: Any) -> str:
    """Write a PDF number in its shortest decimal form; anything else becomes "0"."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return "0"
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def content_streams(page: pikepdf.Object) -> list[pikepdf.Stream]:
    """List the content streams of a page in drawing order; entries that are no streams are left out."""
    contents = page.get("/Contents")
    if isinstance(contents, pikepdf.Stream):
        return [contents]
    if isinstance(contents, pikepdf.Array):
        return [item for item in contents if isinstance(item, pikepdf.Stream)]
    return []


def filter_names(stream: pikepdf.Object) -> list[str]:
    """List the filters of a stream in the order in which they are undone."""
    found = stream.get("/Filter")
    if isinstance(found, pikepdf.Name):
        return [name_text(found)]
    if isinstance(found, pikepdf.Array):
        return [name_text(item) for item in found if isinstance(item, pikepdf.Name)]
    return []


def check_unpacked_size(stream: pikepdf.Object) -> None:
    """Raise PageTooComplex when a stream unpacks to more than MAX_UNPACKED_BYTES; never unpacks more."""
    names = filter_names(stream)
    packed = sum(name in FLATE | _LZW | RUNS for name in names)
    if not packed:
        return
    data = stream.read_raw_bytes()
    if len(data) * _FLATE_RATIO**packed <= MAX_UNPACKED_BYTES:
        return
    for name in names:
        if name not in _UNPACKED | RUNS:
            return
        data = _unpack_some(name, data, _early_change(stream))


def _early_change(stream: pikepdf.Object) -> int:
    parms = stream.get("/DecodeParms")
    found = parms.get("/EarlyChange") if isinstance(parms, pikepdf.Dictionary) else None
    return 0 if found == 0 else 1


def _unpack_some(name: str, data: bytes, early: int) -> bytes:
    try:
        if name in FLATE:
            out, _whole = inflate(data, MAX_UNPACKED_BYTES)
        elif name in RUNS:
            out = expand_runs(data, MAX_UNPACKED_BYTES)
        elif name in _A85:
            out = base64.a85decode(data.rstrip().removesuffix(b"~>"))
        elif name in _HEX:
            digits = re.sub(rb"[^0-9A-Fa-f]", b"", data.partition(b">")[0])
            out = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
        else:
            # Only the length counts here; blanks stand in for what the next filter would be given.
            out = bytes(lzw_length(data, early=early, most=MAX_UNPACKED_BYTES))
    except (ValueError, binascii.Error) as error:
        raise PageTooComplex("A large stream is packed in a way that cannot be measured.") from error
    if len(out) > MAX_UNPACKED_BYTES:
        raise PageTooComplex("A stream unpacks to more than this program reads.")
    return out


class PageDigester:
    """Compute page digests of one open document; objects that pages share are read once.

    `visits` counts the objects and parts of objects that were looked at for all pages so far.
    """

    def __init__(self) -> None:
        self.visits = 0
        self._pieces: dict[tuple[int, int], list[Piece]] = {}
        self._objects: dict[tuple[int, int], pikepdf.Object] = {}

    def digest(self, page: pikepdf.Object, *, stamped: bool = False) -> str:
        """Return the digest of a page as 64 hex digits.

        With `stamped`, the first and last content stream and the fonts named in the last are ours: left out.
        Raises PageTooComplex on hostile pages.
        """
        if len(self._pieces) > MAX_KEPT:
            self._pieces.clear()
            self._objects.clear()
        streams = content_streams(page)
        own_fonts: frozenset[str] = frozenset()
        if stamped:
            own_fonts = stamp_fonts(streams)
            streams = streams[1:-1]
        total = sha256(b"recourse.page.v1\0")
        total.update(_geometry(page))
        total.update(b"\0contents\0")
        for stream in streams:
            _feed(total, stream)
            total.update(b"\n")
        total.update(b"\0resources\0")
        for piece in self._walk(self._resources(page, own_fonts)):
            total.update(piece)
        return total.hexdigest()

    def _resources(self, page: pikepdf.Object, own_fonts: frozenset[str]) -> list[Piece]:
        found = inherited(page, "/Resources")
        out: list[Piece] = [b"<<"]
        for key in sorted(found.keys()) if isinstance(found, pikepdf.Dictionary) else []:
            value = found[key]
            if key in _SKIPPED or value is None:
                continue
            if key == "/Font" and isinstance(value, pikepdf.Dictionary):
                # The stamp gives the page a font dictionary of its own: sharing it is not part of the page.
                names = [name for name in sorted(value.keys()) if name not in own_fonts]
                if names:
                    out.append(b"/Font <<")
                    for name in names:
                        out.append(name.encode("utf-8", "surrogateescape") + b" ")
                        self._emit(value[name], out, 1)
                    out.append(b">>")
                continue
            out.append(key.encode("utf-8", "surrogateescape") + b" ")
            self._emit(value, out, 1)
        out.append(b">>")
        return out

    def _walk(self, root: list[Piece]) -> Iterator[bytes]:
        numbers: dict[tuple[int, int], int] = {}
        waiting = [root]
        visits = 0
        while waiting:
            batch, waiting = waiting, []
            for pieces in batch:
                for piece in pieces:
                    visits += 1
                    self.visits += 1
                    if visits > MAX_VISITS:
                        raise PageTooComplex("A page refers to more objects than this program reads.")
                    if isinstance(piece, bytes):
                        yield piece
                        continue
                    if piece not in numbers:
                        numbers[piece] = len(numbers) + 1
                        waiting.append([b"\nobject %d " % numbers[piece], *self._indirect(piece)])
                    yield b"%d R " % numbers[piece]

    def _indirect(self, number: tuple[int, int]) -> list[Piece]:
        known = self._pieces.get(number)
        if known is None:
            known = []
            self._inline(self._objects[number], known, 0)
            self._pieces[number] = known
        return known

    def _emit(self, value: Any, out: list[Piece], depth: int) -> None:
        if isinstance(value, pikepdf.Object) and value.is_indirect:
            self._objects.setdefault(value.objgen, value)
            out.append(value.objgen)
        else:
            self._inline(value, out, depth)

    def _inline(self, value: Any, out: list[Piece], depth: int) -> None:
        if depth > MAX_DEPTH:
            raise PageTooComplex("A page nests deeper than this program reads.")
        if isinstance(value, pikepdf.Stream):
            self._dictionary(value, out, depth)
            total = sha256()
            _feed(total, value)
            out.append(b"stream " + total.digest())
        elif isinstance(value, pikepdf.Dictionary):
            if value.get("/Type") in (pikepdf.Name.Page, pikepdf.Name.Pages):
                out.append(b"page ")  # a way back into the tree is no content of this page
            else:
                self._dictionary(value, out, depth)
        elif isinstance(value, pikepdf.Array):
            out.append(b"[")
            for item in value:
                self._emit(item, out, depth + 1)
            out.append(b"]")
        else:
            out.append(_scalar(value) + b" ")

    def _dictionary(self, value: Any, out: list[Piece], depth: int) -> None:
        out.append(b"<<")
        for key in sorted(value.keys()):
            if key not in _SKIPPED:
                out.append(key.encode("utf-8", "surrogateescape") + b" ")
                self._emit(value[key], out, depth + 1)
        out.append(b">>")


def stamp_fonts(streams: list[pikepdf.Stream]) -> frozenset[str]:
    """Name the fonts that our stamp, the last content stream of a page, draws with."""
    if not streams:
        return frozenset()
    return frozenset("/" + name.decode() for name in _STAMP_FONT.findall(streams[-1].read_bytes()))


def pages_digest(page_digests: list[str]) -> str:
    """Return the digest of a document's pages: SHA-256 of the joined page digests, as 64 hex digits."""
    return sha256(b"".join(bytes.fromhex(item) for item in page_digests)).hexdigest()


def _geometry(page: pikepdf.Object) -> bytes:
    parts = []
    for key in ("/MediaBox", "/CropBox"):
        box = inherited(page, key)
        numbers = [decimal_text(item) for item in box] if isinstance(box, pikepdf.Array) else []
        parts.append(key + " " + " ".join(numbers))
    parts.append("/Rotate " + decimal_text(inherited(page, "/Rotate") or 0))
    unit = page.get("/UserUnit")
    parts.append("/UserUnit " + decimal_text(1 if unit is None else unit))
    return "\n".join(parts).encode()


def stream_data(stream: pikepdf.Stream) -> bytes:
    """Return a stream unpacked, or as it lies there where it cannot be. Raises PageTooComplex when it is too large."""
    return b"".join(_stream_parts(stream))


def _feed(total: "hashlib._Hash", stream: pikepdf.Stream) -> None:
    for part in _stream_parts(stream):
        total.update(part)


def _stream_parts(stream: pikepdf.Stream) -> tuple[bytes | memoryview, ...]:
    """The parts of `stream_data`; most pages are one large picture, which is not copied to be hashed."""
    names = filter_names(stream)
    if all(name in _UNPACKED for name in names):
        check_unpacked_size(stream)
        try:
            return (memoryview(stream.get_stream_buffer(pikepdf.StreamDecodeLevel.generalized)),)
        except (pikepdf.PdfError, pikepdf.DataDecodingError):
            pass  # a damaged stream is hashed as it lies there
    parms = stream.get("/DecodeParms")
    shown = b"" if parms is None or not _has_parms(names) else _plain(parms)
    head = " ".join(names).encode("utf-8", "surrogateescape") + b" " + shown + b"\n"
    return head, memoryview(stream.get_raw_stream_buffer())


def _has_parms(names: list[str]) -> bool:
    return any(name in {"/CCITTFaxDecode", "/CCF", "/JBIG2Decode"} for name in names)


def _plain(value: Any, depth: int = 0) -> bytes:
    if depth > 8:
        raise PageTooComplex("The parameters of a stream nest deeper than this program reads.")
    if isinstance(value, pikepdf.Stream):
        return sha256(bytes(value.read_raw_bytes())).digest()
    if isinstance(value, pikepdf.Dictionary):
        inner = [
            key.encode("utf-8", "surrogateescape") + b" " + _plain(value[key], depth + 1)
            for key in sorted(value.keys())
        ]
        return b"<<" + b" ".join(inner) + b">>"
    if isinstance(value, pikepdf.Array):
        return b"[" + b" ".join(_plain(item, depth + 1) for item in value) + b"]"
    return _scalar(value)


def _scalar(value: Any) -> bytes:
    if isinstance(value, bool):
        return b"true" if value else b"false"
    if value is None:
        return b"null"
    if isinstance(value, pikepdf.String):
        return b"(" + bytes(value).hex().encode() + b")"
    if isinstance(value, pikepdf.Object):
        return bytes(value.unparse(resolved=True))
    return decimal_text(value).encode()
