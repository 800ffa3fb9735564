"""Making the case of the bundle bench: scans and texts, received and rendered by the product's own acts."""

import io
import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Name
from PIL import Image

from tests.data import pdfs
from tests.factories.docketed import Docketed
from tests.factories.staffed import make_staffed
from tracker.audit.actors import Actor
from tracker.evidence import actions as evidence
from tracker.files import storage

EXHIBITS = 40
TEXT_EVERY = 10
LOOKS = 25
DPI, QUALITY = 150, 56
LETTER = (8.5, 11)


def prepare(folder: Path, pages: int) -> str:
    """Receive and render a case of so many pages, unless it is there; return a sentence on it."""
    listed = folder / "files.json"
    if not listed.exists():
        _receive(folder, pages)
    found = json.loads(listed.read_text())
    size = sum(Path(name).stat().st_size for name in found["copies"]) / 1e6
    return f"{len(found['copies'])} exhibits, {size:,.0f} MB, {(folder / 'receipt.txt').read_text()}"


def _receive(folder: Path, pages: int) -> None:
    story = Docketed(make_staffed()).file()
    looks = [_scanned_page(number) for number in range(LOOKS)]
    begun, copies, originals = time.perf_counter(), [], []
    for number, count in enumerate(_shares(pages), start=1):
        source = folder / "source.pdf"
        if number % TEXT_EVERY:
            _scan(source, looks, number, count)
        else:
            pdfs.letter(source, count, words=f"Exhibit {number}")
        exhibit = evidence.receive_exhibit(
            story.case.pk,
            actor=Actor.staff(story.office.intake.pk),
            at=_now(),
            path=source,
            original_name=f"exhibit-{number}.pdf",
        )
        exhibit = evidence.process_exhibit(exhibit.pk, actor=Actor.system("worker"), at=_now())
        originals.append(str(storage.local_path(exhibit.stored_file)))
        copies.append(str(storage.local_path(exhibit.rendition.stored_file)))
        source.unlink()
    took = round((time.perf_counter() - begun) * 1000 / pages, 1)
    (folder / "receipt.txt").write_text(f"{took} ms a page to receive")
    (folder / "files.json").write_text(json.dumps({"originals": originals, "copies": copies}))


def _shares(pages: int) -> Iterator[int]:
    """The pages of each exhibit: as even as they come, none without."""
    count = min(EXHIBITS, pages)
    for number in range(count):
        yield pages * (number + 1) // count - pages * number // count


def _scanned_page(number: int) -> bytes:
    """A grey scan with margins, as JPEG."""
    width, height = (round(side * DPI) for side in LETTER)
    page = Image.new("L", (width, height), 247)
    noise = Image.effect_noise((width // 6, height // 6), 40 + number).resize((width - DPI, height - DPI))
    page.paste(noise, (DPI // 2, DPI // 2))
    out = io.BytesIO()
    page.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def _scan(path: Path, looks: list[bytes], exhibit: int, count: int) -> None:
    """A scanned document in which every picture is another stream of bytes."""
    with pikepdf.new() as pdf:
        for page_number in range(count):
            data = looks[(exhibit * 7 + page_number) % len(looks)]
            words = f"exhibit {exhibit} page {page_number}".encode()
            comment = b"\xff\xfe" + (len(words) + 2).to_bytes(2) + words
            image = pdf.make_stream(
                data[:2] + comment + data[2:],
                Type=Name.XObject,
                Subtype=Name.Image,
                Width=round(LETTER[0] * DPI),
                Height=round(LETTER[1] * DPI),
                ColorSpace=Name.DeviceGray,
                BitsPerComponent=8,
                Filter=Name.DCTDecode,
            )
            page = pdf.add_blank_page(page_size=pdfs.LETTER).obj
            page.Resources = Dictionary(XObject=Dictionary(Im0=image))
            page.Contents = pdf.make_stream(b"q 612 0 0 792 0 0 cm /Im0 Do Q")
        pdf.save(path, static_id=True)


def _now() -> datetime:
    return datetime.now(UTC)
