"""A reader of plain PDF files for the second verifier: a table of objects, their syntax, the filters that are undone.

It shares nothing with the product, whose reader is another library: what both agree on is in the file.
"""

import base64
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pypdf.filters import LZWDecode

_SPACE = rb"\x00\t\n\f\r "
_TOKEN = re.compile(
    rb"(?:[%b]|%%[^\r\n]*)*(<<|>>|[\[\]]|/[^%b()<>\[\]{}/%%]*|<[0-9A-Fa-f%b]*>|\(|[^%b()<>\[\]{}/%%]+)"
    % ((_SPACE,) * 4)
)
_REFERENCE = re.compile(rb"[%b]+\d+[%b]+R(?![A-Za-z])" % (_SPACE, _SPACE))
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_STRING = re.compile(rb"\\(\r\n|[0-7]{1,3}|.)|\r\n?|([()])|[^\\()\r]+", re.DOTALL)
FLATE, LZW = (b"/FlateDecode", b"/Fl"), (b"/LZWDecode", b"/LZW")
HEX, BASE85 = (b"/ASCIIHexDecode", b"/AHx"), (b"/ASCII85Decode", b"/A85")


class Name(bytes):
    """A name with its slash, `#xx` undone."""


@dataclass(frozen=True)
class Ref:
    """A reference to an object by its number."""

    number: int


@dataclass(frozen=True)
class Stream:
    """A stream: its dictionary, and its bytes as stored."""

    entries: dict[Name, Any]
    raw: bytes


class Unreadable(ValueError):
    """The file is not a plain PDF."""


class File:
    """A PDF whose objects stand in a plain table at its end; strings are bytes, names are `Name`."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._known: dict[int, Any] = {}
        start = re.search(rb"startxref\n(\d+)\n%%EOF\n$", data[-64:])
        head = re.compile(rb"xref\n0 (\d+)\n").match(data, int(start[1])) if start else None
        if head is None:
            raise Unreadable("There is no table of objects.")
        table = [data[at : at + 20] for at in range(head.end(), head.end() + 20 * int(head[1]), 20)]
        self._offsets = {number: int(row[:10]) for number, row in enumerate(table) if row[17:18] == b"n"}
        self.trailer, _end = self._value(data.index(b"trailer", head.end()) + 7)

    def get(self, value: Any) -> Any:
        """What a reference leads to; any other value as it is."""
        while isinstance(value, Ref):
            if value.number not in self._known:
                self._known[value.number] = self._object(value.number)
            value = self._known[value.number]
        return value

    def at(self, value: Any, *keys: str) -> Any:
        """What stands under a path of keys; None where there is nothing."""
        for key in keys:
            found = self.get(value)
            value = found.get(key.encode()) if isinstance(found, dict) else None
        return self.get(value)

    def pages(self) -> Iterator[list[dict[Name, Any]]]:
        """Every page in order, each followed by its parents up to the root of the tree."""
        yield from self._below(self.at(self.trailer, "/Root", "/Pages"), [])

    def _below(self, node: dict[Name, Any], parents: list[dict[Name, Any]]) -> Iterator[list[dict[Name, Any]]]:
        kids = self.at(node, "/Kids")
        if kids is None:
            yield [node, *parents]
        for kid in kids or []:
            yield from self._below(self.get(kid), [node, *parents])

    def unpacked(self, stream: Stream) -> bytes | None:
        """The data of a stream without its filters; None where one remains or it is damaged."""
        names, data = self.filters(stream), stream.raw
        parms = self.at(stream.entries, "/DecodeParms")
        for place, name in enumerate(names):
            own = self.get(parms[place]) if isinstance(parms, list) and place < len(parms) else parms
            try:
                data = _undone(name, data, {key: self.get(item) for key, item in (own or {}).items()})
            except (ValueError, zlib.error, AttributeError, KeyError):
                return None
        return data

    def filters(self, stream: Stream) -> list[Name]:
        """The filters of a stream in the order in which they are undone."""
        found = self.at(stream.entries, "/Filter")
        return [item for item in map(self.get, found if isinstance(found, list) else [found]) if isinstance(item, Name)]

    def _object(self, number: int) -> Any:
        if number not in self._offsets:
            return None
        head = re.compile(rb"%d 0 obj\s" % number).match(self._data, self._offsets[number])
        if head is None:
            raise Unreadable(f"Object {number} is not where the table says.")
        value, at = self._value(head.end())
        begin = re.compile(rb"\s*stream\r?\n").match(self._data, at)
        if begin is None or not isinstance(value, dict):
            return value
        return Stream(value, self._data[begin.end() : begin.end() + self.at(value, "/Length")])

    def _value(self, at: int) -> tuple[Any, int]:
        found = _TOKEN.match(self._data, at)
        if found is None:
            raise Unreadable(f"Nothing can be read at byte {at}.")
        token, at = found[1], found.end()
        if token in (b"<<", b"["):
            return self._group(at, b">>" if token == b"<<" else b"]")
        if token == b"(":
            return self._string(at)
        if token[:1] == b"/":
            return _name(token), at
        if token[:1] == b"<":
            digits = re.sub(rb"\s", b"", token[1:-1]).decode()
            return bytes.fromhex(digits + "0" * (len(digits) % 2)), at
        if token in (b"true", b"false", b"null"):
            return {b"true": True, b"false": False}.get(token), at
        reference = _REFERENCE.match(self._data, at) if token.isdigit() else None
        if reference:
            return Ref(int(token)), reference.end()
        return (int(token) if re.fullmatch(rb"[+-]?\d+", token) else Decimal(token.decode())), at

    def _group(self, at: int, end: bytes) -> tuple[Any, int]:
        items = []
        while True:
            found = _TOKEN.match(self._data, at)
            if found and found[1] == end:
                pairs = zip(items[::2], items[1::2], strict=False)
                return (items if end == b"]" else dict(pairs)), found.end()
            value, at = self._value(at)
            items.append(value)

    def _string(self, at: int) -> tuple[bytes, int]:
        out, depth = bytearray(), 1
        while True:
            found = _STRING.match(self._data, at)
            if found is None:
                raise Unreadable("A text has no end.")
            at = found.end()
            depth += {b"(": 1, b")": -1}.get(found[2] or b"", 0)
            if depth == 0:
                return bytes(out), at
            out += _plain(found[0], found[1])


def _plain(text: bytes, escaped: bytes | None) -> bytes:
    """A piece of a text as the bytes that it stands for."""
    if escaped is None:
        return b"\n" if text[:1] == b"\r" else text
    if escaped.isdigit() and escaped < b"8":
        return bytes([int(escaped, 8) & 255])
    return b"" if escaped in (b"\r\n", b"\n", b"\r") else _ESCAPES.get(escaped, escaped)


def _name(token: bytes) -> Name:
    return Name(re.sub(rb"#([0-9A-Fa-f]{2})", lambda found: bytes.fromhex(found[1].decode()), token))


def _undone(name: Name, data: bytes, parms: dict[Name, Any]) -> bytes:
    """Undo one filter. Raises ValueError where it is another one, or what `zlib` raises on damaged data."""
    if name in FLATE:
        return _unpredicted(zlib.decompress(data) if data else b"", parms)
    if name in LZW:
        return _unpredicted(LZWDecode.decode(data), parms)
    if name in HEX:
        digits = re.sub(rb"\s", b"", data.partition(b">")[0]).decode()
        return bytes.fromhex(digits + "0" * (len(digits) % 2))
    if name in BASE85:
        return base64.a85decode(data.rstrip().removesuffix(b"~>"))
    raise ValueError(name)


def _unpredicted(data: bytes, parms: dict[Name, Any]) -> bytes:
    """Undo a PNG predictor (ISO 32000-1, 7.4.4.4); another one raises ValueError."""
    predictor = parms.get(b"/Predictor", 1)
    if predictor == 1:
        return data
    if predictor < 10:
        raise ValueError(predictor)
    colors, bits = parms.get(b"/Colors", 1), parms.get(b"/BitsPerComponent", 8)
    wide, step = (parms.get(b"/Columns", 1) * colors * bits + 7) // 8, max(1, colors * bits // 8)
    out, above = bytearray(), bytes(wide)
    for at in range(0, len(data), wide + 1):
        row = bytearray(data[at + 1 : at + 1 + wide])
        for place in range(len(row)):
            left, corner = (row[place - step], above[place - step]) if place >= step else (0, 0)
            row[place] = (row[place] + _guess(data[at], left, above[place], corner)) & 255
        out += row
        above = bytes(row)
    return bytes(out)


def _guess(kind: int, left: int, up: int, corner: int) -> int:
    if kind == 4:
        estimate = left + up - corner
        return min((left, up, corner), key=lambda value: abs(estimate - value))
    return (0, left, up, (left + up) // 2)[kind]
