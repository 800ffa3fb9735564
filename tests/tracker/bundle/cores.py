"""Small sealed and signed files for the tests of checking."""

import io
import re
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pikepdf

from tests.data import pdfs
from tests.tracker.bundle import samples, signing
from tests.tracker.bundle.test_planning import plan_of
from tracker.bundle import stages
from tracker.bundle.plan import BundlePlan, Signing
from tracker.bundle.planning import Extras
from tracker.bundle.sealtag import find_tag
from tracker.bundle.sign import sign
from tracker.bundle.signer import Signer


def build(plan: BundlePlan, folder: Path) -> list[Path]:
    """Build a plan whose copies lie in `folder`; return its files in order."""
    plan = replace(plan, fonts=tuple(sorted(samples.fonts().pins.items())))
    return [sealed.path for sealed in stages.build(plan, samples.copies(plan, folder), folder, samples.fonts())]


def two_pages(folder: Path, key: Signer | None = None) -> Path:
    """A sealed file of two exhibit pages; with a key its manifest requires that key's signature."""
    facts = samples.rendition(pdfs.letter(folder / "a.pdf", 2), folder / "E-1.pdf")
    how = Signing(key.certificate_sha256, key.subject, required=True) if key else Signing()
    return build(plan_of(samples.shown("E-1", facts, 1), extras=Extras(signing=how)), folder)[0]


def two_signed_pages(folder: Path, key: Signer) -> Path:
    """The same, signed."""
    target = folder / "signed.pdf"
    sign(two_pages(folder, key), target, key, at=signing.AT)
    return target


def with_a_changed_page(data: bytes, label: str) -> bytes:
    """The bytes of a bundle with one changed in the picture of a page, or where it has none in its text."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        page = next(page for page in pdf.pages if page.label == label)
        pictures = list(page.get_images().values())
        raw = bytes((pictures or [page.obj.Contents[1]])[0].read_raw_bytes())
    at = data.index(raw) + len(raw) // 2
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def reseal(path: Path) -> None:
    """What a forger does: compute the seal anew."""
    with path.open("rb") as file:
        tag = find_tag(file)
    assert tag
    data = bytearray(path.read_bytes())
    data[tag.digits_at : tag.digits_at + 64] = b"0" * 64
    data = bytearray(re.sub(rb"RCS1 len=\d{12}", b"RCS1 len=%012d" % len(data), data))
    data[tag.digits_at : tag.digits_at + 64] = sha256(data).hexdigest().encode()
    path.write_bytes(data)
