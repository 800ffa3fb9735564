"""The ZIP edition: a BagIt bag (RFC 8493) of the volumes, originals, copies, texts and load files.

The same plan and files give the same bytes: entries are sorted, nothing is compressed (compression libraries differ
between machines) and every time is the freeze's. Digests are computed while bytes are copied.
"""

import email.policy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime
from hashlib import sha256
from pathlib import Path

from tracker.bundle.bag_sheets import Sheets
from tracker.bundle.loadfile import Files, concordance, exhibit_list, opticon
from tracker.bundle.manifest import manifest_text
from tracker.bundle.natives import may_carry_native, shows_all_pages
from tracker.bundle.plan import PAGES, BundlePlan, PlannedExhibit
from tracker.bundle.seal import Sealed
from tracker.bundle.sealtag import digests
from tracker.bundle.volumes import file_stem
from tracker.bundle.zipstore import ZipWriter

BLOCK_BYTES = 1 << 20
MANIFEST, TAG_MANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"


class BagBroken(ValueError):
    """A file is not what was frozen; the text names it."""


@dataclass(frozen=True)
class Goods:
    """What goes into a bag beside the plan: sealed volumes, and by exhibit key the files of originals, copies, texts.

    `folder` takes what is made on the way.
    """

    volumes: Sequence[Sealed]
    natives: Mapping[str, Path]
    copies: Mapping[str, Path]
    texts: Mapping[str, Path]
    folder: Path


@dataclass(frozen=True)
class _Entry:
    """A file of the bag: its path in it, and its bytes or where they lie; `sha256` is what they must be, if known."""

    name: str
    data: bytes = b""
    path: Path | None = None
    sha256: str = ""


@dataclass
class _Contents:
    entries: list[_Entry] = field(default_factory=list)
    files: dict[str, Files] = field(default_factory=dict)


def bag_name(plan: BundlePlan) -> str:
    """Name of the bag's folder, and of its file without the ending."""
    heading = plan.heading
    return file_stem(heading.docket, heading.edition, heading.freeze)


def write_bag(plan: BundlePlan, goods: Goods, target: Path) -> str:
    """Write the bag of an edition to `target`; return the file's SHA-256 in hex.

    Raises BagBroken when a file is not what was frozen.
    """
    root = bag_name(plan)
    moment = datetime.fromisoformat(plan.heading.frozen_at)
    contents = _contents(plan, goods)
    payload: list[tuple[str, str, int]] = []
    tags: list[tuple[str, str]] = []
    with ZipWriter(target, at=moment) as archive:
        pack = _Packer(archive, root)
        size = sum(len(entry.data) if entry.path is None else entry.path.stat().st_size for entry in contents.entries)
        for entry in (_verify_text(plan), _bag_info(plan, size, len(contents.entries)), _bagit()):
            tags.append((pack.add(entry)[0], entry.name))
        for entry in sorted(contents.entries, key=lambda one: one.name):
            digest, length = pack.add(entry)
            payload.append((digest, entry.name, length))
        lines = "".join(f"{digest}  {name}\n" for digest, name, _length in payload)
        tags.append((pack.add(_Entry(MANIFEST, lines.encode()))[0], MANIFEST))
        pack.add(_Entry(TAG_MANIFEST, "".join(f"{digest}  {name}\n" for digest, name in tags).encode()))
    return digests(target).whole


class _Packer:
    def __init__(self, archive: ZipWriter, root: str) -> None:
        self._archive = archive
        self._root = root

    def add(self, entry: _Entry) -> tuple[str, int]:
        """Put a file in; return its digest and size in bytes."""
        total = sha256()
        size = len(entry.data) if entry.path is None else entry.path.stat().st_size

        def hashed() -> Iterator[bytes]:
            for block in _blocks(entry):
                total.update(block)
                yield block

        self._archive.add(f"{self._root}/{entry.name}", size, hashed())
        if entry.sha256 and total.hexdigest() != entry.sha256:
            raise BagBroken(f"{entry.name}: its bytes are not what was frozen.")
        return total.hexdigest(), size


def _blocks(entry: _Entry) -> Iterator[bytes]:
    if entry.path is None:
        yield entry.data
        return
    with entry.path.open("rb") as file:
        while block := file.read(BLOCK_BYTES):
            yield block


def _contents(plan: BundlePlan, goods: Goods) -> _Contents:
    out = _Contents()
    out.entries.append(_Entry("data/manifest.json", manifest_text(plan).encode()))
    for volume in goods.volumes:
        out.entries.append(_Entry(f"data/{volume.name}", path=volume.path, sha256=volume.file_sha256))
    with Sheets(plan, [volume.path for volume in goods.volumes], goods.folder) as sheets:
        for item in plan.exhibits:
            out.files[item.key] = _add_exhibit(out, plan, item, goods=goods, sheets=sheets)
    stem = plan.prefix.rstrip("-_. ") or "load"
    out.entries += [
        _Entry(f"data/load/{stem}.dat", concordance(plan, out.files)),
        _Entry(f"data/load/{stem}.opt", opticon(plan, out.files)),
        _Entry("data/exhibit-list.csv", exhibit_list(plan)),
    ]
    return out


def _add_exhibit(out: _Contents, plan: BundlePlan, item: PlannedExhibit, *, goods: Goods, sheets: Sheets) -> Files:
    number = plan.bates(item.bates_first)
    native = text = ""
    mail: Mapping[str, str] = {}
    if item.native and item.key in goods.natives and may_carry_native(plan, item):
        ending = "".join(letter for letter in item.native.name.rpartition(".")[2].lower() if letter.isalnum())[:8]
        native = f"natives/{number}.{ending or 'bin'}"
        out.entries.append(_Entry(f"data/{native}", path=goods.natives[item.key], sha256=item.native.sha256))
        mail = _mail(goods.natives[item.key]) if item.native.name.lower().endswith(".eml") else {}
    if item.key in goods.texts and shows_all_pages(item):
        text = f"text/{number}.txt"
        out.entries.append(_Entry(f"data/{text}", path=goods.texts[item.key], sha256=item.text_sha256))
    pdf = f"renditions/{number}.pdf"
    if item.kind == PAGES and not item.hidden and item.rendition:
        out.entries.append(_Entry(f"data/{pdf}", path=goods.copies[item.key], sha256=item.rendition.sha256))
    else:
        out.entries.append(_Entry(f"data/{pdf}", path=sheets.of(item)))
    return Files(native, text, pdf, mail)


def _mail(path: Path) -> dict[str, str]:
    """The header fields of an e-mail for the load file, as far as they can be read."""
    with path.open("rb") as file:
        headers = BytesHeaderParser(policy=email.policy.compat32).parse(file)
    out = {
        name: " ".join(str(headers.get(header, "")).split())[:2000]
        for name, header in (
            ("FROM", "From"), ("TO", "To"), ("CC", "Cc"), ("BCC", "Bcc"), ("SUBJECT", "Subject"),
            ("MESSAGEID", "Message-ID"),
        )
    }  # fmt: skip
    try:
        sent = parsedate_to_datetime(str(headers.get("Date", "")))
    except (ValueError, TypeError):
        return out
    if sent.tzinfo is not None:
        sent = sent.astimezone(UTC)
    return out | {"DATESENT": f"{sent:%Y%m%d}", "TIMESENT": f"{sent:%H:%M:%S}"}


def _bagit() -> _Entry:
    return _Entry("bagit.txt", b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")


def _bag_info(plan: BundlePlan, size: int, count: int) -> _Entry:
    heading = plan.heading
    lines = (
        f"Source-Organization: {heading.board}",
        f"External-Identifier: {bag_name(plan)}",
        f"External-Description: Evidence bundle, {heading.edition} edition",
        f"Bagging-Date: {heading.frozen_at[:10]}",
        f"Payload-Oxum: {size}.{count}",
    )
    return _Entry("bag-info.txt", "".join(f"{' '.join(line.split())}\n" for line in lines).encode())


def _verify_text(plan: BundlePlan) -> _Entry:
    heading = plan.heading
    return _Entry(
        "VERIFY.txt",
        f"""How to check this bag with nothing but standard tools

1. Every file:             sha256sum -c {MANIFEST}
   The lists themselves:   sha256sum -c {TAG_MANIFEST}
2. The manifest inside a PDF is the file data/manifest.json:
                           pdfdetach -save 1 -o m.json data/FILE.pdf
                           sha256sum m.json data/manifest.json
   Its SHA-256 is printed on the cover and in the hash list, and is recorded in the
   ledger of docket {heading.docket} at the board, entry {heading.ledger_entry}.
3. The signature of a PDF, where it is signed:
                           pdfsig data/FILE.pdf

What this proves: that the files are the ones that were sealed. It does not prove that
what an exhibit says is true. A digest alone finds damage, not a forger; compare the
manifest's SHA-256 with the board's ledger ({heading.board}).
""".encode(),
    )
