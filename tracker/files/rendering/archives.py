"""What lies in an archive, as far as its own list tells: names and sizes. Nothing is unpacked to disk. Pure."""

import bz2
import gzip
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.files import names

MOST_LISTED = 500
# A list of more entries is not read to its end; the bytes of a packed list neither.
MOST_READ = 100_000
MOST_UNPACKED = 256 * 1024 * 1024
# Ordinary files shrink to a tenth; beyond this the archive is made to burst.
BOMB_RATIO = 200

_BROKEN = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, struct.error, OSError, EOFError, ValueError,
    LookupError, RuntimeError, ArithmeticError, TypeError, NotImplementedError,
)  # fmt: skip
_PACKERS = ((b"\x1f\x8b", "gzip"), (b"BZh", "bzip2"), (b"\xfd7zXZ\0", "xz"))


@dataclass(frozen=True)
class Entry:
    """A file in an archive: its clean path, its size in bytes as declared, whether a password locks it."""

    path: str
    size: int
    is_locked: bool = False


@dataclass(frozen=True)
class Contents:
    """What an archive lists. `is_whole` is false where the list was damaged or too long to read to its end."""

    entries: tuple[Entry, ...]
    is_whole: bool


def zip_contents(path: Path) -> Contents:
    """The list of a ZIP archive, in its own order. Never raises for odd content."""
    found: list[Entry] = []
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
            for info in infos[:MOST_READ]:
                if not info.is_dir():
                    found.append(Entry(shown_path(info.filename), info.file_size, bool(info.flag_bits & 1)))
            return Contents(tuple(found), len(infos) <= MOST_READ)
    except _BROKEN:
        return Contents(tuple(found), False)


def tar_contents(path: Path) -> Contents | None:
    """The list of a TAR archive, packed by gzip or bzip2 or not; None when the file is none.

    An xz file may ask for gigabytes to be unpacked, so it stays closed.
    """
    found: list[Entry] = []
    seen = False
    try:
        with _unpacked(path) as plain, tarfile.open(fileobj=plain, mode="r|", errorlevel=0) as archive:
            for member in archive:
                seen = True
                if len(found) == MOST_READ:
                    return Contents(tuple(found), False)
                if not member.isdir():
                    found.append(Entry(shown_path(member.name), max(0, member.size)))
    except _BROKEN:
        return Contents(tuple(found), False) if seen else None
    return Contents(tuple(found), True) if seen else None


def packer(path: Path) -> str:
    """Which program packed the file, by its first bytes: "gzip", "bzip2", "xz" or ""."""
    with path.open("rb") as opened:
        head = opened.read(8)
    return next((name for mark, name in _PACKERS if head.startswith(mark)), "")


def facts(contents: Contents, packed_bytes: int) -> list[tuple[str, str]]:
    """(label, value) lines on an archive of `packed_bytes`, for a slip sheet."""
    total = sum(entry.size for entry in contents.entries)
    locked = sum(entry.is_locked for entry in contents.entries)
    lines = [
        (_("Files inside"), f"{len(contents.entries):,}"),
        (_("Size unpacked"), _("%(count)s bytes, as the archive says") % {"count": f"{total:,}"}),
    ]
    if packed_bytes and total > BOMB_RATIO * packed_bytes:
        ratio = {"ratio": f"{total // packed_bytes:,}"}
        lines.append((_("Caution"), _("It unpacks to %(ratio)s times its size: do not unpack it.") % ratio))
    if locked:
        told = ngettext("%(count)s file needs a password", "%(count)s files need a password", locked)
        lines.append((_("Locked"), told % {"count": f"{locked:,}"}))
    if not contents.is_whole:
        lines.append((_("List"), _("Damaged or too long: it could not be read to its end.")))
    return lines


def listing(contents: Contents) -> tuple[str, ...]:
    """One line for each file inside, at most 500, and how many more there are."""
    lines = []
    for entry in contents.entries[:MOST_LISTED]:
        size = ngettext("%(count)s byte", "%(count)s bytes", entry.size) % {"count": f"{entry.size:,}"}
        lines.append(f"{entry.path} · {size}" + (" · " + _("locked") if entry.is_locked else ""))
    more = len(contents.entries) - MOST_LISTED
    if more > 0:
        left = ngettext("and %(count)s more file", "and %(count)s more files", more)
        lines.append(left % {"count": f"{more:,}"})
    return tuple(lines)


def shown_path(raw: str) -> str:
    """A path inside an archive in one line, each of its names clean; the last 200 characters of a longer one."""
    parts = [part for part in raw.replace("\\", "/").split("/") if part][-20:]
    clean = "/".join(part if part in (".", "..") else names.display_name(part) for part in parts)
    return (clean if len(clean) <= 200 else "\u2026" + clean[-199:]) or names.FALLBACK


class _Bounded:
    """A packed file read to a limit, so that one made to burst ends like one cut off."""

    def __init__(self, opened: Any) -> None:
        self._opened = opened
        self._left = MOST_UNPACKED

    def read(self, size: int = -1) -> bytes:
        wanted = self._left if size < 0 else min(size, self._left)
        data = self._opened.read(wanted)
        self._left -= len(data)
        return data


@contextmanager
def _unpacked(path: Path) -> Iterator[Any]:
    with path.open("rb") as raw:
        match packer(path):
            case "gzip":
                plain: Any = gzip.GzipFile(fileobj=raw)
            case "bzip2":
                plain = bz2.BZ2File(raw)
            case _:
                plain = raw
        # The reader of a stream needs nothing but `read`.
        yield _Bounded(plain)
