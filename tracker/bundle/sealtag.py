"""Reading the seal of a file: where its tag stands, and the digests of the bytes around it."""

import hashlib
import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

END = b"%%EOF\n"
_TAG = re.compile(rb"/RCSSeal ?\(RCS1 len=(\d{12}) sha256=([0-9a-f]{64})\)")
# The trailer ends the core; a signature, where there is one, adds less than this after it.
_WINDOW = 128 * 1024
# As in `files.storage`: hashing runs beside the checking of pages.
_CHUNK = 1 << 21
_DIGITS = 64


@dataclass(frozen=True)
class SealTag:
    """The seal as a file states it: bytes it covers, digest in hex, offset of the digest's digits."""

    length: int
    digest: str
    digits_at: int

    @property
    def is_possible(self) -> bool:
        """Whether the bytes it covers hold the seal itself."""
        return self.length >= self.digits_at + _DIGITS + len(END)


@dataclass(frozen=True)
class Digests:
    """SHA-256 in hex: of all bytes, of the sealed ones (digits read as zeros), of all but a signature's hole."""

    whole: str
    core: str = ""
    signed: str = ""


def find_tag(file: BinaryIO) -> SealTag | None:
    """The last seal in the end of a file: the trailer follows every object, so none of them can stand in for it."""
    size = file.seek(0, 2)
    at = max(0, size - _WINDOW)
    file.seek(at)
    found = list(_TAG.finditer(file.read()))
    if not found:
        return None
    last = found[-1]
    return SealTag(int(last[1]), last[2].decode(), at + last.start(2))


def digests(path: Path, tag: SealTag | None = None, hole: tuple[int, int] | None = None) -> Digests:
    """Read a file once and compute its digests; `hole` is the range of bytes that a signature leaves out."""
    whole = sha256()
    with path.open("rb") as file:
        if tag is None:
            _feed(file, None, whole)
            return Digests(whole.hexdigest())
        # Up to here all three are the same, and nearly every byte of a file stands here.
        _feed(file, tag.digits_at, whole)
        core, signed = whole.copy(), whole.copy()
        _feed(file, _DIGITS, whole, signed)
        core.update(b"0" * _DIGITS)
        _feed(file, tag.length - tag.digits_at - _DIGITS, whole, core, signed)
        if hole:
            _feed(file, hole[0] - tag.length, whole, signed)
            _feed(file, hole[1] - hole[0], whole)
        _feed(file, None, whole, signed)
    return Digests(whole.hexdigest(), core.hexdigest(), signed.hexdigest())


def _feed(file: BinaryIO, count: int | None, *totals: "hashlib._Hash") -> None:
    buffer = memoryview(bytearray(_CHUNK if count is None else min(_CHUNK, count)))
    left = count
    while left is None or left > 0:
        read = file.readinto(buffer if left is None else buffer[:left])  # type: ignore[attr-defined]
        if not read:
            return
        left = None if left is None else left - read
        for total in totals:
            total.update(buffer[:read])
