"""Checking a package: a ZIP that holds a bag (RFC 8493) with every volume, the originals and lists of a bundle.

Every byte of the ZIP has one spelling (`zipstore`), every file in it its SHA-256 in the bag, every original and copy
its SHA-256 in the manifest, and every PDF is checked as if it came alone.
"""

import re
import tempfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from tracker.bundle.contents import BROKEN, MAX_FAULTS, read_manifest
from tracker.bundle.sealtag import digests
from tracker.bundle.verify import Outcome, VerifyResult, examine, has_traces, not_ours
from tracker.bundle.zipstore import Entry, ZipBroken, read_entry, read_zip

MANIFEST = "data/manifest.json"
NATIVES = "data/natives/"
RENDITIONS = "data/renditions/"
NOT_SAID = "-"
BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
MOST_LIST_BYTES = 64 * 1024 * 1024
_LINE = re.compile(r"([0-9a-f]{64})  (\S.*)")
_PDF = re.compile(r"data/[^/]+\.pdf")


def examine_any(path: Path, trusted: Sequence[bytes] = ()) -> VerifyResult:
    """Check a PDF or a package without any ledger; what `trusted` is and what never happens is said at `verify`."""
    return examine_zip(path, trusted) if is_zip(path) else _alone(examine(path, trusted))


def _alone(result: VerifyResult) -> VerifyResult:
    """A volume that came without the others says so: of them nothing is known."""
    if result.outcome is not Outcome.INTACT or result.volumes < 2:
        return result
    words = _("This is volume %(number)d of %(of)d. The others were not checked here: check each of them too.")
    told = words % {"number": result.volume, "of": result.volumes}
    return replace(result, sentences=(*result.sentences, told))


def is_zip(path: Path) -> bool:
    """Whether a file begins or ends as a ZIP does, so that one damaged end does not hide what it is."""
    try:
        with path.open("rb") as file:
            begin = file.read(4)
            size = file.seek(0, 2)
            file.seek(max(0, size - 22))
            return begin == b"PK\x03\x04" or (begin[:4] != b"%PDF" and file.read(4) == b"PK\x05\x06")
    except OSError:
        return False


def examine_zip(path: Path, trusted: Sequence[bytes] = ()) -> VerifyResult:
    """Check a package without any ledger; see `examine_any`."""
    try:
        with path.open("rb") as file, ThreadPoolExecutor(max_workers=1) as pool:
            hashed = pool.submit(digests, path)
            package = _Package(file, trusted)
            try:
                package.check()
            except ZipBroken as error:
                package.faults.append(str(error))
            if package.manifest is None and not has_traces(path):
                return not_ours(
                    _("This is no package of Recourse. If one was packed again, check the PDFs in it one by one."),
                    hashed.result().whole,
                )
            return package.result(hashed.result().whole)
    except OSError as error:
        return not_ours(_("The file could not be read: %(error)s.") % {"error": error.strerror})


@dataclass
class _Package:
    """A package while it is checked: what was found in it, and what is wrong with it."""

    file: BinaryIO
    trusted: Sequence[bytes]
    faults: list[str] = field(default_factory=list)
    manifest: Mapping[str, Any] | None = None
    manifest_sha256: str = ""
    members: list[tuple[str, VerifyResult]] = field(default_factory=list)

    def check(self) -> None:
        """Go through the package. Raises ZipBroken where its structure ends the check."""
        entries = read_zip(self.file)
        folders = {entry.name.partition("/")[0] for entry in entries}
        if len(folders) != 1 or any("/" not in entry.name for entry in entries):
            raise ZipBroken(_("The package does not hold exactly one folder."))
        self._folder = folders.pop() + "/"
        self._entries = {entry.name.removeprefix(self._folder): entry for entry in entries}
        self._digests: dict[str, str] = {}
        for name, entry in self._entries.items():
            if not self._hash(name, entry):
                self._say(_("%(file)s is damaged."), name)
        self._read_manifest()
        self._check_bag()
        self._check_listed()
        self._check_volumes()

    def _say(self, words: str, name: str) -> None:
        if len(self.faults) < MAX_FAULTS:
            self.faults.append(words % {"file": name})

    def _hash(self, name: str, entry: Entry) -> bool:
        total, crc, size = sha256(), 0, 0
        for chunk in read_entry(self.file, entry):
            total.update(chunk)
            crc = zlib.crc32(chunk, crc)
            size += len(chunk)
        self._digests[name] = total.hexdigest()
        return crc == entry.crc and size == entry.size

    def _content(self, name: str) -> bytes:
        entry = self._entries.get(name)
        if entry is None or entry.size > MOST_LIST_BYTES:
            return b""
        return b"".join(read_entry(self.file, entry))

    def _read_manifest(self) -> None:
        try:
            self.manifest = read_manifest(self._content(MANIFEST))
            self.manifest_sha256 = self._digests[MANIFEST]
        except BROKEN:
            self._say(_("%(file)s is missing or cannot be read."), MANIFEST)

    def _check_bag(self) -> None:
        if self._content("bagit.txt") != BAGIT:
            self._say(_("%(file)s is not as a bag has it."), "bagit.txt")
        payload = {name for name in self._entries if name.startswith("data/")}
        tags = set(self._entries) - payload - {"tagmanifest-sha256.txt"}
        self._check_list("manifest-sha256.txt", payload)
        self._check_list("tagmanifest-sha256.txt", tags)

    def _check_list(self, name: str, present: set[str]) -> None:
        listed = dict(self._lines(name))
        for path in sorted(present - set(listed)):
            self._say(_("%(file)s is not listed in the package."), path)
        for path, digest in listed.items():
            if path not in present:
                self._say(_("%(file)s is listed but missing."), path)
            elif self._digests[path] != digest:
                self._say(_("%(file)s is not the file that was packed."), path)

    def _lines(self, name: str) -> Iterator[tuple[str, str]]:
        try:
            text = self._content(name).decode()
        except UnicodeDecodeError:
            text = ""
        lines = text.removesuffix("\n").split("\n")
        found = [_LINE.fullmatch(line) for line in lines]
        paths = [line[2] for line in found if line]
        if len(set(paths)) != len(lines):
            self._say(_("%(file)s is missing or cannot be read."), name)
        for line in found:
            if line:
                yield line[2], line[1]

    def _check_listed(self) -> None:
        """Originals and copies against the manifest, which names them by their first number.

        The copy of an exhibit that is not shown whole is made of its sheets; of that the manifest says nothing.
        """
        try:
            exhibits = self._by_number()
            natives = {number: item["native"]["sha256"] for number, item in exhibits.items() if "native" in item}
            copies = {number: _copy_digest(item) for number, item in exhibits.items()}
        except BROKEN:
            self._say(_("%(file)s is missing or cannot be read."), MANIFEST)
            return
        for folder, pinned in ((NATIVES, natives), (RENDITIONS, copies)):
            for name, digest in self._digests.items():
                number = name.removeprefix(folder).partition(".")[0]
                if name.startswith(folder) and pinned.get(number) not in (digest, NOT_SAID):
                    self._say(_("%(file)s is not the file that the manifest names."), name)

    def _by_number(self) -> dict[str, Mapping[str, Any]]:
        manifest = self.manifest or {"exhibits": (), "bates": {"prefix": "", "digits": 0}}
        prefix, digits = manifest["bates"]["prefix"], int(manifest["bates"]["digits"])
        return {f"{prefix}{item['bates_first']:0{digits}d}": item for item in manifest["exhibits"]}

    def _check_volumes(self) -> None:
        with tempfile.TemporaryDirectory(prefix="recourse-") as folder:
            for name, entry in self._entries.items():
                if _PDF.fullmatch(name):
                    self._check_volume(name, entry, Path(folder) / "volume.pdf")
        numbers = sorted(member.volume for _name, member in self.members)
        try:
            expected = sorted(int(volume["number"]) for volume in (self.manifest or {"volumes": ()})["volumes"])
        except BROKEN:
            expected = []
        if numbers != expected:
            self.faults.append(_("The package does not hold every volume exactly once."))

    def _check_volume(self, name: str, entry: Entry, target: Path) -> None:
        with target.open("wb") as out:
            for chunk in read_entry(self.file, entry):
                out.write(chunk)
        found = examine(target, self.trusted)
        target.unlink()
        short = name.removeprefix("data/")
        self.members.append((short, found))
        if found.outcome is not Outcome.INTACT:
            self._say(_("%(file)s is not as it was sealed:"), short)
            self.faults.extend(found.sentences[: max(0, MAX_FAULTS - len(self.faults))])
        elif found.manifest_sha256 != self.manifest_sha256:
            self._say(_("%(file)s carries another manifest than the package."), short)

    def result(self, file_sha256: str) -> VerifyResult:
        """What was found."""
        first = self.members[0][1] if self.members else None
        facts = VerifyResult(
            Outcome.ALTERED,
            tuple(self.faults),
            manifest_sha256=self.manifest_sha256,
            file_sha256=file_sha256,
            kind="zip",
            members=tuple(self.members),
        )
        if first is None:
            return facts if self.faults else replace(facts, sentences=(_("The package holds no bundle."),))
        facts = replace(
            facts,
            docket=first.docket,
            edition=first.edition,
            freeze=first.freeze,
            is_signature_required=first.is_signature_required,
        )
        return facts if self.faults else replace(facts, outcome=Outcome.INTACT, sentences=tuple(self._proof(facts)))

    def _proof(self, facts: VerifyResult) -> Iterator[str]:
        words = _(
            "The package is intact: every file in it is as it was packed "
            "(%(docket)s, %(edition)s edition, freeze %(freeze)s)."
        )
        yield words % {"docket": facts.docket, "edition": facts.edition, "freeze": facts.freeze}
        for name, member in facts.members:
            yield f"{name}: {' '.join(member.sentences)}"


def _copy_digest(exhibit: Mapping[str, Any]) -> str:
    pages = exhibit.get("page_sha256", ())
    return str(exhibit["rendition"]["sha256"]) if pages and all(pages) else NOT_SAID
