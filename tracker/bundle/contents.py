"""What stands in a bundle file, compared with its manifest: pages, labels, numbers, printed digest."""

import json
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
from django.utils.translation import gettext as _

from tracker.bundle.contents_pages import Pages, open_pdf
from tracker.bundle.manifest import NAME
from tracker.bundle.plan import FORMAT, PAGES, WITHHELD
from tracker.files.pagedigest import PageTooComplex, check_unpacked_size, pages_digest

MAX_FAULTS = 20
VOLUME_KEY = "/RCSVolume"
# A page that is too small for a number has it in the hash list only; the manifest says so.
NO_ROOM = "log"
_SHOWN = re.compile(rb"\(((?:[^()\\]|\\.)*)\) Tj")

# What the PDF library raises on broken structure; a damaged bundle must end in an answer, never in a traceback.
BROKEN = (
    pikepdf.PdfError, pikepdf.DeletedObjectError, pikepdf.DataDecodingError, PageTooComplex, ValueError, TypeError,
    LookupError, AttributeError, ArithmeticError, RuntimeError, NotImplementedError, RecursionError, OSError,
    zlib.error,
)  # fmt: skip


@dataclass
class Opened:
    """A file opened for checking: the document and its manifest, each None where it cannot be read."""

    path: Path
    pdf: pikepdf.Pdf | None = None
    manifest: dict[str, Any] | None = None
    manifest_sha256: str = ""

    @property
    def volume(self) -> int:
        """The number of the volume, as the file says; 1 where it says nothing."""
        try:
            return int(self.pdf.Root.get(VOLUME_KEY, 1)) if self.pdf else 1
        except BROKEN:
            return 1

    def signing(self) -> Mapping[str, Any]:
        """What the manifest says of the signature that the file must carry."""
        found = (self.manifest or {}).get("signing")
        return found if isinstance(found, dict) else {}


@contextmanager
def open_contents(path: Path) -> Iterator[Opened]:
    """Open a file of any kind; nothing is raised for a bad one."""
    opened = Opened(path)
    try:
        opened.pdf = open_pdf(path)
        text = _manifest_bytes(opened.pdf)
        if text is not None:
            opened.manifest = read_manifest(text)
            opened.manifest_sha256 = sha256(text).hexdigest() if opened.manifest else ""
    except BROKEN:
        opened.manifest = None
    try:
        yield opened
    finally:
        if opened.pdf is not None:
            opened.pdf.close()


def read_manifest(text: bytes) -> dict[str, Any] | None:
    """Read a manifest; None where it is none of ours. Raises ValueError where it is no JSON."""
    manifest = json.loads(text.decode())
    return manifest if isinstance(manifest, dict) and manifest.get("format") == FORMAT else None


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
    return [] if manifest_sha256 in cover else [_("The cover does not print the digest of the manifest.")]


def check_contents(opened: Opened) -> list[str]:
    """Compare a document with its manifest; return one sentence for each difference (at most MAX_FAULTS)."""
    if opened.pdf is None:
        return [_("The file cannot be read as a PDF.")]
    if opened.manifest is None:
        return [_("The manifest is missing or cannot be read.")]
    faults: list[str] = []
    try:
        identifier = bytes(opened.pdf.trailer["/ID"][0])
        if identifier.hex() != opened.manifest_sha256[:32]:
            faults.append(_("The manifest is not the one that the file was made with."))
        with Pages(opened.path) as pages:
            _Comparison(pages, opened.manifest, opened.volume, faults).run(read_labels(opened.pdf, len(pages)))
    except BROKEN:
        faults.append(_("The pages can no longer be compared with the manifest."))
    return faults[:MAX_FAULTS]


@dataclass
class _Comparison:
    """One volume against the manifest of its bundle: only what must stand in this volume is looked for."""

    pages: Pages
    manifest: Mapping[str, Any]
    volume: int
    faults: list[str]
    where: dict[str, int] = field(default_factory=dict)
    expected: set[str] = field(default_factory=set)

    def run(self, labels: Sequence[str]) -> None:
        bates = self.manifest["bates"]
        self._prefix, self._digits = bates["prefix"], int(bates["digits"])
        self._read_labels(labels)
        for exhibit in self.manifest["exhibits"]:
            self._check_exhibit(exhibit)
        for label in self.where:
            if self._is_number(label) and label not in self.expected:
                self.faults.append(
                    _("The number %(label)s stands on a page that the manifest does not know.") % {"label": label}
                )

    def _read_labels(self, labels: Sequence[str]) -> None:
        for number, label in enumerate(labels):
            if label in self.where and self._is_number(label):
                self.faults.append(_("The number %(label)s labels two pages.") % {"label": label})
            self.where.setdefault(label, number)

    def _is_number(self, label: str) -> bool:
        return bool(self._prefix) and label.startswith(self._prefix)

    def _label(self, first: int, last: int) -> str:
        text = f"{self._prefix}{first:0{self._digits}d}"
        return text if last == first else f"{text}–{last:0{self._digits}d}"

    def _check_exhibit(self, exhibit: Mapping[str, Any]) -> None:
        shown = [digest for digest in exhibit.get("page_sha256", ()) if digest]
        if shown and pages_digest(shown) != exhibit["pages_sha256"]:
            self.faults.append(_("The manifest contradicts itself about exhibit %(mark)s.") % {"mark": exhibit["mark"]})
        for kind, first, last, volume in _segments(exhibit):
            if volume == self.volume and len(self.faults) < MAX_FAULTS:
                if kind == PAGES:
                    self._check_pages(exhibit, range(first, last + 1))
                else:
                    self._check_sheet(exhibit, first, last if kind == WITHHELD else first)

    def _check_sheet(self, exhibit: Mapping[str, Any], first: int, last: int) -> None:
        at = exhibit["bates_first"] - 1
        label = self._label(at + first, at + last)
        self.expected.add(label)
        facts = {"label": label, "mark": exhibit["mark"]}
        if label not in self.where:
            self.faults.append(_("The sheet %(label)s of exhibit %(mark)s is missing.") % facts)
        elif not self._carries(label, may_lack_it=False):
            self.faults.append(_("The sheet %(label)s does not carry its number.") % facts)

    def _check_pages(self, exhibit: Mapping[str, Any], numbers: range) -> None:
        without = {item["page"] for item in exhibit.get("stamp", ()) if item["place"] == NO_ROOM}
        for number in numbers:
            if len(self.faults) >= MAX_FAULTS:
                return
            label = self._label(exhibit["bates_first"] + number - 1, exhibit["bates_first"] + number - 1)
            self.expected.add(label)
            facts = {"mark": exhibit["mark"], "page": number, "label": label}
            if label not in self.where:
                self.faults.append(_("Exhibit %(mark)s, page %(page)s (%(label)s) is missing.") % facts)
            elif self._digest(label) != exhibit["page_sha256"][number - 1]:
                words = _("Exhibit %(mark)s, page %(page)s (%(label)s) is not the page that was sealed.")
                self.faults.append(words % facts)
            elif not self._carries(label, may_lack_it=number in without):
                words = _("Exhibit %(mark)s, page %(page)s (%(label)s) does not carry its number.")
                self.faults.append(words % facts)

    def _digest(self, label: str) -> str:
        try:
            return self.pages.digest(self.where[label])
        except BROKEN:
            # Damaged so badly that it cannot be read is one way of not being the page that was sealed.
            return ""

    def _carries(self, label: str, *, may_lack_it: bool) -> bool:
        """Whether our stream at the end of a page prints exactly this number, once."""
        stream = self.pages.last_stream(self.where[label])
        if stream is None:
            return False
        shown = _SHOWN.findall(stream)
        expected = re.sub(rb"([\\()])", rb"\\\1", label.encode("cp1252"))
        return shown.count(expected) == 1 or (may_lack_it and not shown)


def _segments(exhibit: Mapping[str, Any]) -> Iterator[tuple[str, int, int, int]]:
    """Kind, first and last page (from 1) and volume of each stretch of an exhibit."""
    if "segments" in exhibit:
        for item in exhibit["segments"]:
            yield item["kind"], int(item["first"]), int(item["last"]), int(item["volume"])
        return
    # The first manifests had one volume, and every exhibit in one piece.
    kind = PAGES if "page_sha256" in exhibit else WITHHELD
    yield kind, 1, exhibit["bates_last"] - exhibit["bates_first"] + 1, 1


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
