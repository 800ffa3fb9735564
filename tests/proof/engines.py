"""Two engines that read PDFs and are not ours: PDFium and poppler. Pages as pictures, texts, links and labels."""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import Destination, IndirectObject

POINTS = 72

Box = tuple[int, int, int, int]


@dataclass(frozen=True)
class Line:
    """Where letters stand at the height of a page's number, in pixels of its picture; `scale` is pixels a point."""

    boxes: tuple[Box, ...]
    scale: float


@dataclass(frozen=True)
class Link:
    """A link on a page: the words within it, and where it leads: file name ("" for this file), page from 0."""

    words: str
    file: str
    target: int


@dataclass(frozen=True)
class Bookmark:
    """A bookmark: depth from 0, title, page from 0."""

    level: int
    title: str
    target: int


def has_poppler() -> bool:
    """Whether poppler's programs are installed."""
    return shutil.which("pdftoppm") is not None


def pdfium_pictures(path: Path, pages: Sequence[int], scale: float = 1.0) -> Iterator[Image.Image]:
    """Pages (from 0) as PDFium draws them, with annotations; `scale` pixels a point, at most some 800 a side."""
    pdf = pypdfium2.PdfDocument(path)
    pdf.init_forms()
    try:
        for index in pages:
            page = pdf[index]
            fitted = min(scale, 800 / max(*page.get_size(), 1))
            yield page.render(scale=fitted).to_pil().convert("RGB")
            page.close()
    finally:
        pdf.close()


def pdfium_stamped(path: Path, pages: Sequence[tuple[int, str]]) -> Iterator[tuple[Image.Image, Line]]:
    """The same of pages with their printed numbers, each with the line in which its number stands."""
    pdf = pypdfium2.PdfDocument(path)
    pdf.init_forms()
    try:
        for index, number in pages:
            page = pdf[index]
            scale = min(1.0, 800 / max(*page.get_size(), 1))
            bitmap = page.render(scale=scale)
            yield bitmap.to_pil().convert("RGB"), Line(tuple(_line_of(page, bitmap, number)), scale)
            page.close()
    finally:
        pdf.close()


def _line_of(page: pypdfium2.PdfPage, bitmap: pypdfium2.PdfBitmap, number: str) -> Iterator[Box]:
    text = page.get_textpage()
    place = bitmap.get_posconv(page)
    found = text.search(number).get_next()
    if found:
        boxes = [_box(place, text.get_charbox(at)) for at in range(text.count_chars())]
        own = boxes[found[0] : found[0] + found[1]]
        upper, lower = min(box[1] for box in own), max(box[3] for box in own)
        high = lower - upper
        yield from (box for box in boxes if box[1] >= upper - high // 2 - 1 and box[3] <= lower + high // 2 + 1)
    text.close()


def _box(place: pypdfium2.PdfPosConv, corners: tuple[float, float, float, float]) -> Box:
    """A box of a page in pixels of its picture, however the page is turned."""
    one, two = place.to_bitmap(*corners[:2]), place.to_bitmap(*corners[2:])
    return min(one[0], two[0]), min(one[1], two[1]), max(one[0], two[0]), max(one[1], two[1])


def poppler_pictures(path: Path, dpi: int = 36) -> list[Image.Image]:
    """All pages as poppler draws them, at most 800 pixels a side."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["pdftoppm", "-cropbox", "-r", str(dpi), path, f"{folder}/p"]
        subprocess.run(command, check=True, capture_output=True)
        files = sorted(Path(folder).iterdir(), key=lambda file: int(re.findall(r"\d+", file.stem)[-1]))
        return [Image.open(file).convert("RGB") for file in files]


def pdfium_texts(path: Path) -> list[str]:
    """The text of every page as PDFium extracts it."""
    pdf = pypdfium2.PdfDocument(path)
    try:
        out = []
        for page in pdf:
            text = page.get_textpage()
            out.append(text.get_text_range())
            text.close()
            page.close()
        return out
    finally:
        pdf.close()


def poppler_texts(path: Path) -> list[str]:
    """The text of every page as poppler extracts it."""
    done = subprocess.run(["pdftotext", "-enc", "UTF-8", path, "-"], capture_output=True, check=True)
    return done.stdout.decode().split("\f")[:-1]


def labels(path: Path) -> list[str]:
    """The label of every page."""
    return list(PdfReader(path).page_labels)


def bookmarks(path: Path) -> list[Bookmark]:
    """The bookmarks in order."""
    reader = PdfReader(path)
    numbers = _page_numbers(reader)
    out: list[Bookmark] = []

    def walk(items: list[Destination | list[object]], level: int) -> None:
        for item in items:
            if isinstance(item, list):
                walk(item, level + 1)
            else:
                out.append(Bookmark(level, str(item.title), numbers[item.page.idnum]))

    walk(reader.outline, 0)
    return out


def links(path: Path, pages: Sequence[int]) -> list[Link]:
    """The links on some pages (from 0) with the words that stand in their boxes. None may lead to nothing."""
    reader = PdfReader(path)
    numbers = _page_numbers(reader)
    pdf = pypdfium2.PdfDocument(path)
    out = []
    try:
        for index in pages:
            text = pdf[index].get_textpage()
            for annotation in reader.pages[index].get("/Annots", []):
                item = annotation.get_object()
                if item.get("/Subtype") != "/Link":
                    continue
                left, bottom, right, top = (float(value) for value in item["/Rect"])
                words = text.get_text_bounded(left, bottom, right, top)
                file, target = _target(item, numbers)
                out.append(Link(words, file, target))
    finally:
        pdf.close()
    return out


def _target(item: dict[str, object], numbers: dict[int, int]) -> tuple[str, int]:
    action = item.get("/A")
    where = item["/Dest"] if action is None else action["/D"]
    if action is not None and action["/S"] == "/GoToR":
        file = action["/F"]
        return str(file if isinstance(file, str) else file.get("/UF", file.get("/F"))), int(where[0])
    first = where.raw_get(0) if hasattr(where, "raw_get") else list.__getitem__(where, 0)
    assert isinstance(first, IndirectObject), where
    return "", numbers[first.idnum]


def _page_numbers(reader: PdfReader) -> dict[int, int]:
    return {page.indirect_reference.idnum: index for index, page in enumerate(reader.pages)}


def faults(path: Path) -> str:
    """What `qpdf --check` finds wrong; "" for nothing."""
    done = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
    clean = done.returncode == 0 and "No syntax or stream encoding errors found" in done.stdout
    return "" if clean else done.stdout + done.stderr
