"""The seal: the digest of every byte of a file, in its trailer, in clear text and of fixed width."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tracker.bundle.pdfwriter import PdfWriter, Value, serialize
from tracker.bundle.sealtag import END

_BLANK = b"RCS1 len=" + b"0" * 12 + b" sha256=" + b"0" * 64


@dataclass(frozen=True)
class Sealed:
    """A sealed file: its volume, where it is, its name, bytes that the seal covers, pages, SHA-256 digests in hex.

    `file_sha256` is that of the whole file as it lies at `path`; `certificate_sha256` is set once it is signed.
    """

    volume: int
    path: Path
    name: str
    core_bytes: int
    pages: int
    manifest_sha256: str
    seal_sha256: str
    file_sha256: str
    certificate_sha256: str = ""


def write_end(writer: PdfWriter, trailer: Mapping[str, Value]) -> tuple[int, str, str]:
    """Write the table of objects and the trailer with the seal, and close the file.

    Returns the size in bytes, the seal's digest and the file's digest (SHA-256 in hex).
    """
    at, count = writer.end_objects()
    begin = b"trailer\n" + serialize({"Size": count, **trailer})[: -len(b" >>")] + b" /RCSSeal ("
    after = b") >>\nstartxref\n%d\n%s" % (at, END)
    size = writer.file.size + len(begin) + len(_BLANK) + len(after)
    blank = _BLANK.replace(b"0" * 12, b"%012d" % size, 1)
    before = writer.file.digest_so_far()
    core = before.copy()
    core.update(begin + blank + after)
    digits = core.hexdigest()
    tail_bytes = begin + blank[:-64] + digits.encode() + after
    before.update(tail_bytes)
    writer.file.end(tail_bytes)
    return size, digits, before.hexdigest()
