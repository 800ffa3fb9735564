"""Stage 5: attach the manifest, write the file, and put the digest of every byte into its trailer."""

import hashlib
import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tracker.bundle.index import pdf_date
from tracker.bundle.manifest import NAME, manifest_text
from tracker.bundle.plan import BundlePlan
from tracker.files.pagedigest import content_streams

_BLANK = b"RCS1 len=" + b"0" * 12 + b" sha256=" + b"0" * 64
TAG = re.compile(rb"/RCSSeal ?\(RCS1 len=(\d{12}) sha256=([0-9a-f]{64})\)")
END = b"%%EOF\n"
# What the PDF library writes for the second half of a fixed identifier.
_WINDOW = 64 * 1024
_CHUNK = 1 << 20
_FIXED_ID = b"31415926535897932384626433832795"


class SealFailed(ValueError):
    """The file could not be sealed; the text says why."""


@dataclass(frozen=True)
class Sealed:
    """A sealed file: where it is, its size in bytes and three SHA-256 digests in hex."""

    path: Path
    size: int
    manifest_sha256: str
    seal_sha256: str
    file_sha256: str


def seal(pdf: pikepdf.Pdf, plan: BundlePlan, path: Path) -> Sealed:
    """Write the finished document to `path` and seal it. Raises SealFailed when the seal cannot be placed."""
    manifest = manifest_text(plan).encode()
    digest = sha256(manifest)
    _attach(pdf, manifest, plan.heading.frozen_at)
    for stream in content_streams(pdf.pages[0].obj):
        # In clear text near the file's beginning, so that a bundle without its end is still known as one.
        stream["/RCSBundle"] = String(plan.format)
    identifier = pikepdf.String(digest.digest()[:16])
    pdf.trailer["/ID"] = Array([identifier, identifier])
    pdf.trailer["/RCSSeal"] = String(_BLANK.decode())
    pdf.save(
        path,
        static_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        recompress_flate=False,
        min_version="1.7",
        linearize=False,
        encryption=False,
        fix_metadata_version=False,
    )
    seal_digest, size, file_digest = _patch(path, digest.hexdigest()[:32].encode())
    return Sealed(path, size, digest.hexdigest(), seal_digest, file_digest)


def _attach(pdf: pikepdf.Pdf, manifest: bytes, frozen_at: str) -> None:
    when = String(pdf_date(frozen_at))
    stream = pdf.make_stream(
        manifest,
        Type=Name.EmbeddedFile,
        Subtype=Name("/application/json"),
        Params=Dictionary(Size=len(manifest), CreationDate=when, ModDate=when),
    )
    spec = pdf.make_indirect(
        Dictionary(
            Type=Name.Filespec,
            F=String(NAME),
            UF=String(NAME),
            AFRelationship=Name.Data,
            EF=Dictionary(F=stream, UF=stream),
        )
    )
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([String(NAME), spec])))
    pdf.Root.AF = Array([spec])


def _patch(path: Path, identifier: bytes) -> tuple[str, int, str]:
    with path.open("r+b") as file:
        size, window_at, window = tail(file)
        tags = list(re.finditer(re.escape(_BLANK), window))
        ids = list(re.finditer(_FIXED_ID, window))
        if not window.endswith(END):
            raise SealFailed("The file does not end where a PDF ends.")
        if len(tags) != 1 or len(ids) != 1:
            raise SealFailed("The place of the seal was not found exactly once.")
        file.seek(window_at + ids[0].start())
        file.write(identifier)
        file.seek(window_at + tags[0].start() + len(b"RCS1 len="))
        file.write(b"%012d" % size)
        digits_at = window_at + tags[0].end() - 64
        digest, whole = _seal_digits(file, digits_at)
    return digest, size, whole


def _seal_digits(file: BinaryIO, digits_at: int) -> tuple[str, str]:
    """Write the digest of the file, whose digits are zeros, into their place; return it and the file's own."""
    file.seek(0)
    before = sha256()
    _feed(file, digits_at, before)
    rest = file.read()
    core = before.copy()
    core.update(rest)
    digits = core.hexdigest()
    before.update(digits.encode() + rest[64:])
    file.seek(digits_at)
    file.write(digits.encode())
    return digits, before.hexdigest()


def tail(file: BinaryIO) -> tuple[int, int, bytes]:
    """Size of a file, and offset and bytes of its end, where a seal stands."""
    size = file.seek(0, 2)
    at = max(0, size - _WINDOW)
    file.seek(at)
    return size, at, file.read()


def digests(file: BinaryIO, digits_at: int, length: int) -> tuple[str, str]:
    """Two SHA-256 of a file in one reading: the seal's and that of all bytes.

    The seal's covers the first `length` bytes with the 64 digits at `digits_at` read as zeros.
    """
    file.seek(0)
    whole = sha256()
    _feed(file, digits_at, whole)
    core = whole.copy()
    whole.update(file.read(64))
    core.update(b"0" * 64)
    _feed(file, length - digits_at - 64, whole, core)
    while chunk := file.read(_CHUNK):
        whole.update(chunk)
    return core.hexdigest(), whole.hexdigest()


def _feed(file: BinaryIO, count: int, *totals: "hashlib._Hash") -> None:
    while count > 0 and (chunk := file.read(min(_CHUNK, count))):
        count -= len(chunk)
        for total in totals:
            total.update(chunk)
