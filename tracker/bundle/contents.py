"""What stands in a bundle file, compared with its manifest: pages, labels, numbers, printed digest."""

import json
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2

from tracker.bundle.manifest import NAME
from tracker.bundle.plan import FORMAT
from tracker.bundle.stampline import fit
from tracker.files.pagedigest import PageDigester, PageTooComplex, check_unpacked_size, content_streams
from tracker.files.pdf import geometry_of

MAX_FAULTS = 20
_SHOWN = re.compile(rb"\(((?:[^()\\]|\\.)*)\) Tj")

# What the PDF library raises on broken structure; a damaged bundle must end in an answer, never in a traceback.
_BROKEN = (
    pikepdf.PdfError, pikepdf.DeletedObjectError, PageTooComplex, ValueError, TypeError, LookupError,
    AttributeError, ArithmeticError, RuntimeError, NotImplementedError, RecursionError, OSError, zlib.error,
)  # fmt: skip


@dataclass
class Opened:
    """A file opened for checking: the document and its manifest, each None where it cannot be read."""

    pdf: pikepdf.Pdf | None = None
    manifest: dict[str, Any] | None = None
    manifest_sha256: str = ""


@contextmanager
def open_contents(path: Path) -> Iterator[Opened]:
    """Open a file of any kind; nothing is raised for a bad one."""
    opened = Opened()
    try:
        opened.pdf = pikepdf.open(path, suppress_warnings=True)
        text = _manifest_bytes(opened.pdf)
        if text is not None:
            manifest = json.loads(text.decode())
            if isinstance(manifest, dict) and manifest.get("format") == FORMAT:
                opened.manifest = manifest
                opened.manifest_sha256 = sha256(text).hexdigest()
    except _BROKEN:
        opened.manifest = None
    try:
        yield opened
    finally:
        if opened.pdf is not None:
            opened.pdf.close()


def _manifest_bytes(pdf: pikepdf.Pdf) -> bytes | None:
    spec = pdf.attachments.get(NAME)
    if spec is None:
        return None
    stream = spec.get_file().obj
    check_unpacked_size(stream)
    return bytes(stream.read_bytes())


def check_printed(path: Path, manifest_sha256: str) -> list[str]:
    """Whether the cover prints the manifest's digest; one sentence where it does not."""
    try:
        pdf = pypdfium2.PdfDocument(path)
        try:
            cover = "".join(pdf[0].get_textpage().get_text_bounded().split())
        finally:
            pdf.close()
    except (pypdfium2.PdfiumError, OSError, ValueError):
        cover = ""
    return [] if manifest_sha256 in cover else ["The cover does not print the digest of the manifest."]


def check_contents(opened: Opened) -> list[str]:
    """Compare a document with its manifest; return one sentence for each difference (at most MAX_FAULTS)."""
    if opened.pdf is None:
        return ["The file cannot be read as a PDF."]
    if opened.manifest is None:
        return ["The manifest is missing or cannot be read."]
    faults: list[str] = []
    try:
        identifier = bytes(opened.pdf.trailer["/ID"][0])
        if identifier.hex() != opened.manifest_sha256[:32]:
            faults.append("The manifest is not the one that the file was made with.")
        _check_exhibits(opened.pdf, opened.manifest, faults)
    except _BROKEN:
        faults.append("The pages can no longer be compared with the manifest.")
    return faults[:MAX_FAULTS]


def _check_exhibits(pdf: pikepdf.Pdf, manifest: dict[str, Any], faults: list[str]) -> None:
    pages = [page.obj for page in pdf.pages]
    labels = read_labels(pdf, len(pages))
    where: dict[str, int] = {}
    for number, label in enumerate(labels):
        if label in where and label.startswith(manifest["bates"]["prefix"]):
            faults.append(f"The number {label} labels two pages.")
        where.setdefault(label, number)
    digester = PageDigester()
    for exhibit in manifest["exhibits"]:
        if "page_sha256" not in exhibit:
            label = _label(manifest, exhibit["bates_first"], exhibit["bates_last"])
            if label not in where:
                faults.append(f"The sheet {label} of exhibit {exhibit['mark']} is missing.")
            elif not _carries(pages[where[label]], label):
                faults.append(f"The sheet {label} does not carry its number.")
            continue
        for offset, digest in enumerate(exhibit["page_sha256"]):
            label = _label(manifest, exhibit["bates_first"] + offset)
            name = f"Exhibit {exhibit['mark']}, page {offset + 1} ({label})"
            if label not in where:
                faults.append(f"{name} is missing.")
                continue
            page = pages[where[label]]
            if digester.digest(page, stamped=True) != digest:
                faults.append(f"{name} is not the page that was sealed.")
            elif not _carries(page, label):
                faults.append(f"{name} does not carry its number.")


def _label(manifest: dict[str, Any], first: int, last: int | None = None) -> str:
    prefix, digits = manifest["bates"]["prefix"], int(manifest["bates"]["digits"])
    text = f"{prefix}{first:0{digits}d}"
    return text if last is None or last == first else f"{text}–{last:0{digits}d}"


def _carries(page: pikepdf.Object, label: str) -> bool:
    """Whether our stream at the end of a page prints exactly this number (or has no room for it)."""
    streams = content_streams(page)
    if len(streams) < 2:
        return False
    shown = _SHOWN.findall(streams[-1].read_bytes())
    expected = label.encode("cp1252")
    if shown.count(expected) == 1:
        return True
    width, height = geometry_of(page).displayed_size
    return not shown and fit(width, height, label).place == "log"


def read_labels(pdf: pikepdf.Pdf, count: int) -> list[str]:
    """Expand the page labels of a document (a flat /Nums, as bundles have it) to one text a page."""
    entries = list(pdf.Root.PageLabels.Nums)
    starts = [(int(entries[at]), entries[at + 1]) for at in range(0, len(entries) - 1, 2)]
    out: list[str] = []
    for number, (index, entry) in enumerate(starts):
        end = starts[number + 1][0] if number + 1 < len(starts) else count
        if not 0 <= index <= end <= count:
            raise ValueError("page labels out of order")
        prefix = str(entry.get("/P", ""))
        style, start = str(entry.get("/S", "")), int(entry.get("/St", 1))
        for offset in range(end - index):
            out.append(prefix + (str(start + offset) if style == "/D" else "" if not style else "·" * offset))
    return out
