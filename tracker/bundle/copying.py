"""Copying the objects of a framed copy into a bundle, byte for byte, with other numbers.

A copy was written by `files.pdfframe.save_copy`: a plain table of objects that lie one after the other, dictionaries
on one line, strings escaped. So a reference can be told from a text by looking at brackets, and nothing is parsed.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

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
        total = sha256()
        for number, length in _stretches(offsets, at):
            if number is None:
                total.update(_exactly(file, length, source))
                continue
            reader = _Reader(file, length, total, source)
            if number in filled:
                reader.skip()
                body = filled[number]
                if body is not None:
                    writer.write_raw(numbers.of(number), body)
            else:
                _copy_one(writer, reader, number, numbers)
        while rest := file.read(BLOCK_BYTES):
            total.update(rest)
    if source.sha256 and total.hexdigest() != source.sha256:
        raise CopyBroken(f"{source.name}: its stored copy is not what was frozen.")


def renumber(text: bytes, numbers: Numbers) -> bytes:
    """Write other numbers into the references of an object; texts between brackets stay as they are."""
    if b" 0 R" not in text:
        return text
    return _REFERENCE.sub(lambda found: b"%d 0 R" % numbers.of(int(found[1])) if found[1] else found[0], text)


def _copy_one(writer: PdfWriter, reader: "_Reader", number: int, numbers: Numbers) -> None:
    head = reader.read(_HEAD_BYTES)
    begin = b"%d 0 obj\n" % number
    if not head.startswith(begin):
        raise CopyBroken(f"{reader.source.name}: its stored copy cannot be read.")
    cut = head.find(_STREAM)
    if cut < 0 and reader.left:
        head += reader.read(reader.left)
        cut = head.find(_STREAM)
    text = head[len(begin) :] if cut < 0 else head[len(begin) : cut]
    target = numbers.of(number)
    writer.begin(target)
    writer.file.write(b"%d 0 obj\n" % target)
    writer.file.write(renumber(text, numbers))
    if cut >= 0:
        writer.file.write(head[cut:])
        while reader.left:
            writer.file.write(reader.read(BLOCK_BYTES))


class _Reader:
    """One object's bytes, read in blocks; everything read goes into the digest."""

    def __init__(self, file: BinaryIO, length: int, total: "hashlib._Hash", source: Source) -> None:
        self._file = file
        self.left = length
        self._total = total
        self.source = source

    def read(self, most: int) -> bytes:
        data = _exactly(self._file, min(most, self.left), self.source)
        self.left -= len(data)
        self._total.update(data)
        return data

    def skip(self) -> None:
        while self.left:
            self.read(BLOCK_BYTES)


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
