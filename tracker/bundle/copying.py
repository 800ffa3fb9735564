"""Copying the objects of a framed copy into a bundle, byte for byte, with other numbers.

A copy was written by `files.pdfframe.save_copy`: a plain table of objects that lie one after the other, dictionaries
on one line, strings escaped. So a reference can be told from a text by looking at brackets, and nothing is parsed.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from tracker.bundle.hashing import Hasher
from tracker.bundle.pdfwriter import BLOCK_BYTES, PdfWriter

_REFERENCE = re.compile(rb"\((?:[^\\()]|\\.)*\)|<[0-9A-Fa-f]+>|(\d+) 0 R\b", re.DOTALL)
_STREAM = b"\nstream\n"
_TAIL_BYTES = 2048
_HEAD_BYTES = 1 << 16


class CopyBroken(ValueError):
    """A copy is not the file that was frozen, or not one that this program wrote; the text says which."""


@dataclass(frozen=True)
class Source:
    """A copy to take over: its file, its name for people, the SHA-256 it must have ("" when made a moment ago)."""

    path: Path
    name: str
    sha256: str = ""


@dataclass(frozen=True)
class Numbers:
    """How object numbers of a source become those of the bundle: `base` is added, `shared` come first."""

    base: int
    shared: Mapping[int, int]

    def of(self, number: int) -> int:
        """The number in the bundle."""
        return self.shared.get(number) or self.base + number


def object_count(source: Source) -> int:
    """How many numbers a source takes (its highest, plus one)."""
    with source.path.open("rb") as file:
        return _table_at(file, source)[1]


def copy_objects(writer: PdfWriter, source: Source, numbers: Numbers, filled: Mapping[int, bytes | None]) -> None:
    """Write every object of a source; those in `filled` get the body given there, or none at all (None).

    The whole file is read once, and its digest compared at the end. Raises CopyBroken.
    """
    with source.path.open("rb") as file:
        at, _count, offsets = _read_table(file, source)
        file.seek(0)
        reader = _Reader(file, source)
        try:
            for number, length in _stretches(offsets, at):
                if number is None:
                    reader.skip(length)
                elif number not in filled:
                    _copy_one(writer, reader, (number, length), numbers)
                else:
                    reader.skip(length)
                    _write_filled(writer, numbers.of(number), filled[number])
            reader.read_rest()
        finally:
            digest = reader.digest()
    if source.sha256 and digest != source.sha256:
        raise CopyBroken(f"{source.name}: its stored copy is not what was frozen.")


def _write_filled(writer: PdfWriter, number: int, body: bytes | None) -> None:
    if body is not None:
        writer.write_raw(number, body)


def renumber(text: bytes, numbers: Numbers) -> bytes:
    """Write other numbers into the references of an object; texts between brackets stay as they are."""
    if b" 0 R" not in text:
        return text
    return _REFERENCE.sub(lambda found: b"%d 0 R" % numbers.of(int(found[1])) if found[1] else found[0], text)


def _copy_one(writer: PdfWriter, reader: "_Reader", place: tuple[int, int], numbers: Numbers) -> None:
    number, length = place
    begin = b"%d 0 obj\n" % number
    head = reader.head(min(length, _HEAD_BYTES), _STREAM)
    if len(head) == _HEAD_BYTES < length:
        head = reader.head(length, _STREAM)
    if not head.startswith(begin):
        raise CopyBroken(f"{reader.source.name}: its stored copy cannot be read.")
    target = numbers.of(number)
    writer.begin(target)
    writer.file.write(b"%d 0 obj\n%s" % (target, renumber(head[len(begin) :], numbers)))
    reader.skip(len(head))
    for piece in reader.pieces(length - len(head)):
        writer.file.write(piece)


class _Reader:
    """A source's bytes from its first one on, read in blocks; everything read goes into the digest."""

    def __init__(self, file: BinaryIO, source: Source) -> None:
        self._file = file
        self._hasher = Hasher()
        self._block = b""
        self._at = 0
        self.source = source

    def head(self, most: int, end: bytes) -> bytes:
        """The next bytes without passing over them: up to where `end` begins, `most` where it does not."""
        while len(self._block) - self._at < most:
            left = self._block[self._at :]
            self._next()
            self._block = left + self._block
        cut = self._block.find(end, self._at, self._at + most)
        return self._block[self._at : self._at + most if cut < 0 else cut]

    def pieces(self, length: int) -> Iterator[memoryview]:
        """Pass over so many bytes, as stretches of the blocks they were read in."""
        while length:
            if self._at == len(self._block):
                self._next()
            piece = memoryview(self._block)[self._at : self._at + length]
            self._at += len(piece)
            length -= len(piece)
            yield piece

    def skip(self, length: int) -> None:
        """Pass over so many bytes."""
        for _piece in self.pieces(length):
            pass

    def read_rest(self) -> None:
        """Read what is left to the end of the file."""
        while rest := self._file.read(BLOCK_BYTES):
            self._hasher.feed(rest)

    def digest(self) -> str:
        """SHA-256 in hex of what was read; nothing is read after that."""
        return self._hasher.finish().hexdigest()

    def _next(self) -> None:
        self._block, self._at = self._file.read(BLOCK_BYTES), 0
        if not self._block:
            raise CopyBroken(f"{self.source.name}: its stored copy is cut off.")
        self._hasher.feed(self._block)


def _exactly(file: BinaryIO, length: int, source: Source) -> bytes:
    data = file.read(length)
    if len(data) != length:
        raise CopyBroken(f"{source.name}: its stored copy is cut off.")
    return data


def _table_at(file: BinaryIO, source: Source) -> tuple[int, int, int]:
    """Offset of the table, number of its entries, offset of its first entry."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _TAIL_BYTES))
    found = re.search(rb"startxref\n(\d+)\n%%EOF\n?$", file.read())
    if found is None:
        raise CopyBroken(f"{source.name}: its stored copy has no end.")
    at = int(found[1])
    file.seek(at)
    head = re.match(rb"xref\n0 (\d+)\n", file.read(32))
    if head is None:
        raise CopyBroken(f"{source.name}: its stored copy has no plain table.")
    return at, int(head[1]), at + head.end()


def _read_table(file: BinaryIO, source: Source) -> tuple[int, int, list[tuple[int, int]]]:
    at, count, first = _table_at(file, source)
    file.seek(first)
    table = _exactly(file, 20 * count, source)
    offsets = [
        (int(table[place : place + 10]), place // 20)
        for place in range(0, len(table), 20)
        if table[place + 17 : place + 18] == b"n"
    ]
    return at, count, sorted(offsets)


def _stretches(offsets: list[tuple[int, int]], end: int) -> Iterator[tuple[int | None, int]]:
    """What lies before the table, in order: the header (no number), then each object with its length in bytes."""
    if offsets:
        yield None, offsets[0][0]
    for (offset, number), (following, _next) in zip(offsets, [*offsets[1:], (end, 0)], strict=True):
        yield number, following - offset
