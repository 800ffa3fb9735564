"""Where on each page a stamp covers nothing, and what the page says: both read from the finished copy, once.

A page is drawn small and grey; a place is clear where it is light and even.
"""

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from PIL import Image

from tracker.files.pdf import STAMP_PLACES
from tracker.files.stopwatch import Budget

DPI = 36
# The stamp's line in points: link, mark and number; a little above and below its baseline.
LINE_WIDTH, ABOVE, BELOW = 250, 9, 3
MARGIN = 36
LEAST_LIGHT = 150
MOST_DIFFERENCE = 18
MOST_ODD = 0.004
MAX_TEXT_BYTES = 50 * 1024 * 1024
SECONDS_TO_DRAW = 240


def pages(path: Path, text: Path, first: int = 0) -> Iterator[tuple[int, int]]:
    """Look at one page after the other, from `first` on (counted from 0); its words are added to the file `text`.

    Form feeds part the pages. Answers for each page a number with a bit for each of STAMP_PLACES that is clear, and
    the bytes of text so far. A page that cannot be drawn, or for which there is no time left, has no clear place.
    """
    budget = Budget(SECONDS_TO_DRAW)
    with pypdfium2.PdfDocument(path) as pdf, text.open("ab") as out:
        for number in range(first, len(pdf)):
            page = pdf[number]
            try:
                bits = 0 if budget.is_spent else _clear_places(page)
                said = _text(page) if out.tell() < MAX_TEXT_BYTES else ""
            finally:
                page.close()
            out.write((("\f" if number else "") + said).encode("utf-8", "replace"))
            out.flush()
            yield bits, out.tell()


def _text(page: pypdfium2.PdfPage) -> str:
    try:
        found = page.get_textpage()
    except pypdfium2.PdfiumError:
        return ""
    try:
        return str(found.get_text_bounded()).replace("\f", " ").replace("\r\n", "\n")
    finally:
        found.close()


def _clear_places(page: pypdfium2.PdfPage) -> int:
    width, height = page.get_size()
    if not (0 < width <= 40_000 and 0 < height <= 40_000):
        return 0
    scale = min(DPI / 72, 2000 / max(width, height))
    try:
        image = page.render(scale=scale, grayscale=True).to_pil().convert("L")
    except (pypdfium2.PdfiumError, ValueError, MemoryError):
        return 0
    bits = 0
    for bit, (corner, baseline) in enumerate(STAMP_PLACES):
        if _is_clear(image, corner, baseline, image.width / width):
            bits |= 1 << bit
    return bits


def _is_clear(image: Image.Image, corner: str, baseline: int, scale: float) -> bool:
    width, height = image.width / scale, image.height / scale
    line = min(LINE_WIDTH, width * 0.92)
    margin = min(MARGIN, width * 0.08)
    left = {"right": width - margin - line, "left": margin, "center": (width - line) / 2}[corner.rpartition("_")[2]]
    low = height - baseline - ABOVE if corner.startswith("top") else min(baseline, height * 0.2) - BELOW
    top = low + ABOVE + BELOW
    box = (left * scale, (height - top) * scale, (left + line) * scale, (height - low) * scale)
    pixels = tuple(max(0, round(side)) for side in box)
    if pixels[2] <= pixels[0] or pixels[3] <= pixels[1]:
        return False
    counts = image.crop((pixels[0], pixels[1], pixels[2], pixels[3])).histogram()
    total, seen, median = sum(counts), 0, 0
    for median, count in enumerate(counts):  # noqa: B007 - the level at which half of the pixels is reached
        seen += count
        if seen * 2 >= total:
            break
    odd = total - sum(counts[max(0, median - MOST_DIFFERENCE) : median + MOST_DIFFERENCE + 1])
    return median > LEAST_LIGHT and odd < total * MOST_ODD
