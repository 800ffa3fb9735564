"""Small sealed and signed files for the tests of checking."""

import re
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

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
