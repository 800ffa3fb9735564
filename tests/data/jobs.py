"""Rendering jobs for the tests, and the words on the pages that came out, read by two engines."""

import subprocess
import unicodedata
from pathlib import Path

import pypdfium2

from tests.tracker.bundle import samples
from tracker.files.rendering.rendered import Job


def job(folder: Path, data: bytes, name: str, kind: str) -> Job:
    """A job for the bytes `data`, with an empty folder of its own below `folder`."""
    place = folder / f"job-{len(list(folder.iterdir()))}"
    place.mkdir()
    source = folder / f"{place.name}-source"
    source.write_bytes(data)
    return Job(source, place, kind, name, samples.FONTS_ROOT)


def words(path: Path) -> str:
    """The words of all pages as PDFium reads them, normalized, one space between two."""
    with pypdfium2.PdfDocument(path) as pdf:
        return _plain(" ".join(page.get_textpage().get_text_bounded() for page in pdf))


def poppler_words(path: Path) -> str:
    """The same, as poppler reads them."""
    done = subprocess.run(["pdftotext", str(path), "-"], check=True, capture_output=True)
    return _plain(done.stdout.decode())


def page_count(path: Path) -> int:
    """How many pages a PDF has."""
    with pypdfium2.PdfDocument(path) as pdf:
        return len(pdf)


def lowest_ink(path: Path) -> float:
    """How many points above the foot of any page the lowest sign stands."""
    lowest = 792.0
    with pypdfium2.PdfDocument(path) as pdf:
        for page in pdf:
            text = page.get_textpage()
            boxes = [text.get_charbox(place) for place in range(text.count_chars())]
            lowest = min([lowest, *(box[1] for box in boxes if box[3] > box[1])])
    return lowest


def places(path: Path, word: str) -> float:
    """How far from the left edge of the first page a word begins, in points."""
    with pypdfium2.PdfDocument(path) as pdf:
        text = pdf[0].get_textpage()
        found = text.search(word).get_next()
        assert found is not None
        return min(text.get_charbox(place)[0] for place in range(found[0], found[0] + found[1]))


def _plain(text: str) -> str:
    # Engines add marks of direction of their own.
    kept = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    return " ".join(unicodedata.normalize("NFKC", kept).split())
