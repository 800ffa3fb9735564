"""The page digest once more, written from `docs/bundle.md` alone."""

import re
from decimal import Decimal
from hashlib import sha256
from typing import Any

from tests.proof.secondpdf import BASE85, FLATE, HEX, LZW, File, Name, Ref, Stream

_SKIPPED = {
    b"/Parent", b"/StructParent", b"/StructParents", b"/Length", b"/Filter", b"/DecodeParms",
    b"/Metadata", b"/PieceInfo", b"/LastModified",
}  # fmt: skip
_OUR_FONT = re.compile(rb"/(Rcs[BR]\d*) [0-9.]+ Tf")
_PLAIN_SIGNS = re.compile(rb"[^!-~]|[#()<>\[\]{}/%]")
_UNDONE = {*FLATE, *LZW, *HEX, *BASE85}
_WITH_PARAMETERS = {b"/CCITTFaxDecode", b"/CCF", b"/JBIG2Decode"}


def page_digest(file: File, page: list[dict[Name, Any]]) -> str:
    """The digest of an exhibit page of a bundle; `page` is followed by its parents."""
    streams = content_streams(file, page)
    shown = last_stream(file, page)
    ours = {Name(b"/" + name) for name in _OUR_FONT.findall(shown)}
    total = sha256(b"recourse.page.v1\0")
    total.update(_geometry(file, page))
    total.update(b"\0contents\0")
    for stream in streams[1:-1]:
        total.update(_data(file, stream) + b"\n")
    total.update(b"\0resources\0")
    total.update(_Writer(file).resources(_inherited(file, page, "/Resources"), ours))
    return total.hexdigest()


def content_streams(file: File, page: list[dict[Name, Any]]) -> list[Stream]:
    """The content streams of a page in order."""
    found = file.at(page[0], "/Contents")
    every = map(file.get, found if isinstance(found, list) else [found])
    return [item for item in every if isinstance(item, Stream)]


def last_stream(file: File, page: list[dict[Name, Any]]) -> bytes:
    """What the bundle printed on a page; nothing where the page has no stream of its own beside."""
    streams = content_streams(file, page)
    return (file.unpacked(streams[-1]) or b"") if len(streams) > 1 else b""


def _inherited(file: File, page: list[dict[Name, Any]], key: str) -> Any:
    found = (file.at(node, key) for node in page)
    return next((item for item in found if item is not None), None)


def _geometry(file: File, page: list[dict[Name, Any]]) -> bytes:
    lines = []
    for key in ("/MediaBox", "/CropBox"):
        box = _inherited(file, page, key)
        numbers = [_decimal(file.get(item)) for item in box] if isinstance(box, list) else []
        lines.append(key.encode() + b" " + b" ".join(numbers))
    lines.append(b"/Rotate " + _decimal(_inherited(file, page, "/Rotate") or 0))
    unit = file.at(page[0], "/UserUnit")
    lines.append(b"/UserUnit " + _decimal(1 if unit is None else unit))
    return b"\n".join(lines)


def _decimal(value: Any) -> bytes:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return b"0"
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return b"0" if text in ("", "-0") else text.encode()


def _data(file: File, stream: Stream) -> bytes:
    names = file.filters(stream)
    if all(name in _UNDONE for name in names):
        data = file.unpacked(stream)
        if data is not None:
            return data
    parms = file.at(stream.entries, "/DecodeParms")
    known = parms is not None and any(name in _WITH_PARAMETERS for name in names)
    return b" ".join(names) + b" " + (_parameters(file, parms) if known else b"") + b"\n" + stream.raw


def _parameters(file: File, value: Any) -> bytes:
    value = file.get(value)
    if isinstance(value, Stream):
        return sha256(value.raw).digest()
    if isinstance(value, dict):
        pairs = [key + b" " + _parameters(file, value[key]) for key in _keys(file, value)]
        return b"<<" + b" ".join(pairs) + b">>"
    if isinstance(value, list):
        return b"[" + b" ".join(_parameters(file, item) for item in value) + b"]"
    return _simple(value)


def _keys(file: File, entries: dict[Name, Any]) -> list[Name]:
    return sorted(key for key, value in entries.items() if file.get(value) is not None)


def _simple(value: Any) -> bytes:
    if isinstance(value, bool):
        return b"true" if value else b"false"
    if value is None:
        return b"null"
    if isinstance(value, Name):
        return value[:1] + _PLAIN_SIGNS.sub(lambda found: b"#%02x" % found[0][0], value[1:])
    if isinstance(value, bytes):
        return b"(" + value.hex().encode() + b")"
    return _decimal(value)


class _Writer:
    """Writes a tree of objects; references are numbered by first visit, and what they lead to follows."""

    def __init__(self, file: File) -> None:
        self._file = file
        self._numbers: dict[int, int] = {}
        self._waiting: list[Ref] = []

    def resources(self, found: Any, ours: set[Name]) -> bytes:
        out = [b"<<"]
        entries = found if isinstance(found, dict) else {}
        for key in _keys(self._file, entries):
            fonts = self._file.get(entries[key])
            if key == b"/Font" and isinstance(fonts, dict):
                names = [name for name in _keys(self._file, fonts) if name not in ours]
                inner = b"".join(name + b" " + self._value(fonts[name]) for name in names)
                out.append(b"/Font <<" + inner + b">>" if names else b"")
            elif key not in _SKIPPED:
                out.append(key + b" " + self._value(entries[key]))
        out.append(b">>")
        while self._waiting:
            ref = self._waiting.pop(0)
            out.append(b"\nobject %d " % self._numbers[ref.number] + self._written(self._file.get(ref)))
        return b"".join(out)

    def _value(self, value: Any) -> bytes:
        found = self._file.get(value)
        if not isinstance(value, Ref) or found is None or isinstance(found, bool | int | Decimal):
            return self._written(found)
        if value.number not in self._numbers:
            self._numbers[value.number] = len(self._numbers) + 1
            self._waiting.append(value)
        return b"%d R " % self._numbers[value.number]

    def _written(self, value: Any) -> bytes:
        if isinstance(value, Stream):
            return self._dictionary(value.entries) + b"stream " + sha256(_data(self._file, value)).digest()
        if isinstance(value, dict):
            is_page = self._file.at(value, "/Type") in (b"/Page", b"/Pages")
            return b"page " if is_page else self._dictionary(value)
        if isinstance(value, list):
            return b"[" + b"".join(map(self._value, value)) + b"]"
        return _simple(value) + b" "

    def _dictionary(self, entries: dict[Name, Any]) -> bytes:
        keys = [key for key in _keys(self._file, entries) if key not in _SKIPPED]
        return b"<<" + b"".join(key + b" " + self._value(entries[key]) for key in keys) + b">>"
