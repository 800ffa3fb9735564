"""Writing a PDF file object by object, straight to disk, with the digest of every byte known at the end.

A bundle is mostly other people's bytes: this writer never holds more than one object of it, and what it writes does
not depend on the version of any library. Cross-references are a plain table, so the trailer stands in clear text.
"""

import hashlib
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from tracker.bundle.hashing import Hasher

# Small enough for a processor's cache, large enough that what is done once a block does not count.
BLOCK_BYTES = 1 << 18
HEADER = b"%PDF-1.7\n%\xbf\xf7\xa2\xfe\n"


@dataclass(frozen=True)
class Ref:
    """A reference to an object by its number."""

    number: int


@dataclass(frozen=True)
class Name:
    """A name, written without its slash."""

    text: str


@dataclass(frozen=True)
class Raw:
    """Bytes that are PDF already."""

    data: bytes


Value = None | bool | int | Decimal | str | bytes | Ref | Name | Raw | Sequence["Value"] | Mapping[str, "Value"]


def serialize(value: Value) -> bytes:
    """Write a value: str as text string (ISO 32000-1, 7.9.2.2), bytes as hex string, keys of mappings as names."""
    match value:
        case None:
            return b"null"
        case bool():
            return b"true" if value else b"false"
        case int():
            return b"%d" % value
        case Decimal():
            return number(value)
        case str():
            return text_string(value)
        case bytes():
            return b"<" + value.hex().encode() + b">"
        case Ref():
            return b"%d 0 R" % value.number
        case Name():
            return name(value.text)
        case Raw():
            return value.data
        case Mapping():
            inner = b" ".join(name(key) + b" " + serialize(item) for key, item in value.items())
            return b"<< " + inner + b" >>"
        case _:
            return b"[" + b" ".join(serialize(item) for item in value) + b"]"


def stream_value(data: bytes, entries: Mapping[str, Value] | None = None) -> bytes:
    """Write a stream as it is, unpacked, with what its dictionary says beside the length."""
    return b"%s\nstream\n%s\nendstream" % (serialize({**(entries or {}), "Length": len(data)}), data)


def number(value: Decimal, places: int = 4) -> bytes:
    """Write a length with at most so many decimals and no trailing zeros."""
    text = f"{value:.{places}f}".rstrip("0").rstrip(".")
    return b"0" if text in ("-0", "") else text.encode()


def text_string(text: str) -> bytes:
    """Write a text string: readable where it is plain ASCII, else UTF-16 in hex."""
    if all(" " <= letter <= "~" for letter in text):
        return b"(" + text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").encode() + b")"
    return b"<feff" + text.encode("utf-16-be", "replace").hex().encode() + b">"


@lru_cache(maxsize=512)
def name(text: str) -> bytes:
    """Write a name with everything but letters, digits and a few signs as #xx."""
    out = bytearray(b"/")
    for code in text.encode("utf-8"):
        if chr(code).isalnum() and code < 128 or code in b"-_.+":
            out.append(code)
        else:
            out += b"#%02x" % code
    return bytes(out)


class HashedFile:
    """A file that is only written forwards; a second thread computes the SHA-256 of what was written."""

    def __init__(self, path: Path) -> None:
        self._file: BinaryIO = path.open("wb")
        self._waiting: list[bytes | memoryview] = []
        self._held = 0
        self.size = 0
        self._hasher = Hasher()

    def write(self, data: bytes | memoryview) -> None:
        """Append bytes, which must not change any more."""
        self._waiting.append(data)
        self._held += len(data)
        self.size += len(data)
        if self._held >= BLOCK_BYTES:
            self._flush()

    def digest_so_far(self) -> "hashlib._Hash":
        """Wait for the thread and return its hash object; nothing may be written through `write` after that."""
        self._flush()
        return self._hasher.finish()

    def end(self, tail: bytes) -> None:
        """Append the last bytes, which the caller hashes, and close."""
        self._file.write(tail)
        self.size += len(tail)
        self._file.close()

    def abandon(self) -> None:
        """Close without an end; used when writing failed."""
        self._hasher.finish()
        self._file.close()

    def _flush(self) -> None:
        block = b"".join(self._waiting)
        self._waiting.clear()
        self._held = 0
        if block:
            self._file.write(block)
            self._hasher.feed(block)


class PdfWriter:
    """One file being written. Object numbers are given out by `allocate` and written once each, in any order."""

    def __init__(self, path: Path, *, comment: bytes = b"") -> None:
        self.file = HashedFile(path)
        self._offsets = array("Q", [0])
        self.file.write(HEADER + (b"%" + comment + b"\n" if comment else b""))

    def __enter__(self) -> "PdfWriter":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self.file.abandon()

    def allocate(self, count: int = 1) -> int:
        """Give out `count` numbers; return the first."""
        first = len(self._offsets)
        self._offsets.extend([0] * count)
        return first

    def begin(self, number: int) -> None:
        """Note that an object begins here."""
        self._offsets[number] = self.file.size

    def write_raw(self, number: int, body: bytes) -> None:
        """Write an object whose value is PDF already."""
        self.begin(number)
        self.file.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))

    def write(self, number: int, value: Value) -> Ref:
        """Write an object; return a reference to it."""
        self.write_raw(number, serialize(value))
        return Ref(number)

    def add(self, value: Value) -> Ref:
        """Write an object under the next number."""
        return self.write(self.allocate(), value)

    def write_stream(self, number: int, data: bytes, entries: Mapping[str, Value] | None = None) -> Ref:
        """Write a stream as it is, unpacked."""
        self.write_raw(number, stream_value(data, entries))
        return Ref(number)

    def add_stream(self, data: bytes, entries: Mapping[str, Value] | None = None) -> Ref:
        """Write a stream under the next number."""
        return self.write_stream(self.allocate(), data, entries)

    def end_objects(self) -> tuple[int, int]:
        """Write the table of all objects; return its offset and the number of entries. The trailer follows."""
        at = self.file.size
        count = len(self._offsets)
        free = [index for index in range(1, count) if not self._offsets[index]]
        following = dict(zip([0, *free], [*free, 0], strict=True))
        self.file.write(b"xref\n0 %d\n" % count)
        for index, offset in enumerate(self._offsets):
            if offset:
                self.file.write(b"%010d 00000 n \n" % offset)
            else:
                self.file.write(b"%010d %05d f \n" % (following[index], 1 if index else 65535))
        return at, count
