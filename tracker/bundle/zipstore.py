"""A ZIP with one spelling: entries stored, in order, side by side; nothing in it that could be written otherwise.

Whoever checks such a file writes its directory again from names, sizes and sums, and compares every byte. Packed
entries would have many spellings of the same content, so there are none; a bundle is mostly images, which do not
shrink.
"""

import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from django.utils.translation import gettext as _

MOST_ENTRIES = 500_000
MOST_NAME_BYTES = 1000
MOST_DIRECTORY_BYTES = 256 * 1024 * 1024

_CHUNK = 1 << 20
_CLASSIC, _ZIP64 = 20, 45
_UTF8 = 0x0800
_UNIX = 3 << 8
_MODE = 0o100644 << 16
_FULL, _FULL_COUNT = 0xFFFFFFFF, 0xFFFF
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_END64 = struct.Struct("<4sQ2H2I4Q")
_LOCATOR = struct.Struct("<4sIQI")


class ZipBroken(ValueError):
    """The file is not a ZIP as this module writes it; the text says what is wrong."""


@dataclass(frozen=True)
class Entry:
    """One file: name with forward slashes, size in bytes, CRC-32, where its header begins, DOS date and time."""

    name: str
    size: int
    crc: int
    at: int
    stamp: int

    @property
    def data_at(self) -> int:
        """Where its bytes begin."""
        return self.at + len(local_header(self))

    @property
    def end(self) -> int:
        """Behind its last byte."""
        return self.data_at + self.size


def dos_stamp(at: datetime) -> int:
    """A moment as DOS date and time (UTC, even seconds), as one number."""
    utc = at.astimezone(UTC)
    date = (utc.year - 1980) << 9 | utc.month << 5 | utc.day
    return date << 16 | utc.hour << 11 | utc.minute << 5 | utc.second // 2


class ZipWriter:
    """Writes a package entry by entry, in the order of their names; every one is dated `at`. Use it with `with`.

    The directory is written at the end; when an error ends it, the file is left without one.
    """

    def __init__(self, target: Path, *, at: datetime) -> None:
        self._out: BinaryIO = target.open("wb")
        self._stamp = dos_stamp(at)
        self.entries: list[Entry] = []

    def __enter__(self) -> "ZipWriter":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self._out.write(directory(self.entries))
        self._out.close()

    def add(self, name: str, size: int, blocks: Iterable[bytes]) -> None:
        """Write one file of `size` bytes. Raises ValueError for a name that is unsafe, repeats or is out of order."""
        if not is_safe(name) or (self.entries and name.encode() <= self.entries[-1].name.encode()):
            raise ValueError("A name in the package is none, is used twice or is out of order.")
        entry = Entry(name, size, 0, self._out.tell(), self._stamp)
        self._out.write(local_header(entry))
        crc = count = 0
        for block in blocks:
            self._out.write(block)
            crc = zlib.crc32(block, crc)
            count += len(block)
        if count != size:
            raise ValueError("A file changed its size while it was packed.")
        done = replace(entry, crc=crc)
        self._out.seek(entry.at)
        self._out.write(local_header(done))
        self._out.seek(0, 2)
        self.entries.append(done)


def is_safe(name: str) -> bool:
    """Whether a name stays inside the folder where the package is opened, on any system."""
    parts = name.split("/")
    is_plain = all(part not in ("", ".", "..") and part == part.strip() and part[-1] != "." for part in parts)
    has_signs = any(ord(letter) < 32 or letter in '\\:*?"<>|\x7f' for letter in name)
    return is_plain and not has_signs and len(name.encode("utf-8", "replace")) <= MOST_NAME_BYTES


def _flags(entry: Entry) -> int:
    return 0 if entry.name.isascii() else _UTF8


def local_header(entry: Entry) -> bytes:
    """The header before an entry's bytes."""
    large = entry.size >= _FULL
    name, size = entry.name.encode(), _FULL if large else entry.size
    extra = struct.pack("<2H2Q", 1, 16, entry.size, entry.size) if large else b""
    return (
        _LOCAL.pack(
            b"PK\x03\x04", _ZIP64 if large else _CLASSIC, _flags(entry), 0,
            entry.stamp & _FULL_COUNT, entry.stamp >> 16, entry.crc, size, size, len(name), len(extra),
        )
        + name
        + extra
    )  # fmt: skip


def _central_header(entry: Entry) -> bytes:
    large, far = entry.size >= _FULL, entry.at >= _FULL
    wide = ([entry.size, entry.size] if large else []) + ([entry.at] if far else [])
    extra = struct.pack(f"<2H{len(wide)}Q", 1, 8 * len(wide), *wide) if wide else b""
    name, size = entry.name.encode(), _FULL if large else entry.size
    version = _ZIP64 if wide else _CLASSIC
    return (
        _CENTRAL.pack(
            b"PK\x01\x02", _UNIX | version, version, _flags(entry), 0, entry.stamp & _FULL_COUNT, entry.stamp >> 16,
            entry.crc, size, size, len(name), len(extra), 0, 0, 0, _MODE, _FULL if far else entry.at,
        )
        + name
        + extra
    )  # fmt: skip


def directory(entries: Sequence[Entry]) -> bytes:
    """All that follows the last entry: the directory and its end."""
    at = entries[-1].end if entries else 0
    headers = b"".join(_central_header(entry) for entry in entries)
    return headers + _end(len(entries), len(headers), at)


def _end(count: int, size: int, at: int) -> bytes:
    out = b""
    if count >= _FULL_COUNT or size >= _FULL or at >= _FULL:
        version = _UNIX | _ZIP64
        out = _END64.pack(b"PK\x06\x06", 44, version, _ZIP64, 0, 0, count, count, size, at)
        out += _LOCATOR.pack(b"PK\x06\x07", 0, at + size, 1)
    short = min(count, _FULL_COUNT)
    return out + _END.pack(b"PK\x05\x06", 0, 0, short, short, min(size, _FULL), min(at, _FULL), 0)


def read_zip(file: BinaryIO) -> list[Entry]:
    """List the entries of a ZIP, every byte of whose headers and directory is as `write_zip` writes it.

    Names are safe, unique and in order; entries lie side by side from the first byte. Contents are not read. Raises
    ZipBroken.
    """
    try:
        entries = _listed(file)
        _check_layout(file, entries)
    except (struct.error, UnicodeError, OverflowError, MemoryError, IndexError) as error:
        raise ZipBroken(_("The directory of the package cannot be read.")) from error
    return entries


def _listed(file: BinaryIO) -> list[Entry]:
    size = file.seek(0, 2)
    count, length, at = _read_end(file, size)
    if not (at >= 0 and 0 <= length <= MOST_DIRECTORY_BYTES and at + length <= size and 0 < count <= MOST_ENTRIES):
        raise ZipBroken(_("The directory of the package cannot be read."))
    file.seek(at)
    data = file.read(length)
    entries, place = [], 0
    for _number in range(count):
        entry, place = _read_central(data, place)
        entries.append(entry)
    return entries


def _read_end(file: BinaryIO, size: int) -> tuple[int, int, int]:
    file.seek(max(0, size - _END.size))
    _magic, _disk, _start, _here, count, length, at, _comment = _END.unpack(file.read(_END.size))
    if count == _FULL_COUNT or _FULL in (length, at):
        file.seek(max(0, size - _END.size - _LOCATOR.size - _END64.size))
        count, length, at = _END64.unpack(file.read(_END64.size))[7:10]
    return count, length, at


def _read_central(data: bytes, place: int) -> tuple[Entry, int]:
    fields = _CENTRAL.unpack_from(data, place)
    time, date, crc, _packed, size, name_length, extra_length = fields[5:12]
    at = fields[16]
    begin = place + _CENTRAL.size
    end = begin + name_length + extra_length
    name = data[begin : begin + name_length].decode()
    wide = data[begin + name_length + 4 : end]
    if size == _FULL:
        size, wide = struct.unpack_from("<Q", wide)[0], wide[16:]
    if at == _FULL:
        at = struct.unpack_from("<Q", wide)[0]
    return Entry(name, size, crc, at, date << 16 | time), end


def _check_layout(file: BinaryIO, entries: Sequence[Entry]) -> None:
    names = [entry.name.encode() for entry in entries]
    if sorted(set(names)) != names or not all(is_safe(entry.name) for entry in entries):
        raise ZipBroken(_("The names in the package are not in order, repeat, or lead out of its folder."))
    at = 0
    for entry in entries:
        expected = local_header(entry)
        file.seek(at)
        if entry.at != at or entry.stamp != entries[0].stamp or file.read(len(expected)) != expected:
            raise ZipBroken(_("What the package says of %(file)s was changed.") % {"file": entry.name})
        at = entry.end
    expected = directory(entries)
    file.seek(at)
    if file.read(len(expected) + 1) != expected:
        raise ZipBroken(_("The directory of the package was changed."))


def read_entry(file: BinaryIO, entry: Entry) -> Iterator[bytes]:
    """The bytes of an entry, in pieces; what is missing at the end of the file is not made up."""
    file.seek(entry.data_at)
    left = entry.size
    while left > 0 and (chunk := file.read(min(_CHUNK, left))):
        left -= len(chunk)
        yield chunk
