"""Parts of a file (RFC 9110, section 14): what a request asks for, so that a download that broke off can go on."""

import re
from dataclasses import dataclass

_ONE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True)
class Part:
    """Bytes `first` to `last` of a file, counted from 0."""

    first: int
    last: int

    @property
    def size(self) -> int:
        """How many bytes."""
        return self.last - self.first + 1


@dataclass(frozen=True)
class Asked:
    """What to send: the whole file (no part), a part, or nothing because the part lies outside the file."""

    part: Part | None = None
    is_outside: bool = False

    @property
    def resumes(self) -> bool:
        """Whether the beginning of the file is not asked for."""
        return self.part is not None and self.part.first > 0


def asked(range_header: str, if_range: str, *, size: int, etag: str) -> Asked:
    """Read `Range` and `If-Range` ("" where they are missing) for a file of `size` bytes with a strong `etag`.

    Whatever is not one plain range of bytes is ignored, as is a range of another version of the file: then the whole
    file is sent, which every client must be ready for.
    """
    found = _ONE.fullmatch(range_header.strip())
    if found is None or found[1] == found[2] == "" or (if_range and if_range.strip() != etag):
        return Asked()
    if not found[1]:
        first, last = max(size - int(found[2]), 0), size - 1
    else:
        first, last = int(found[1]), int(found[2]) if found[2] else size - 1
        if last < first and found[2]:
            return Asked()
        last = min(last, size - 1)
    return Asked(is_outside=True) if first >= size else Asked(Part(first, last))
