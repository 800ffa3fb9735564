"""Opening a copy to draw or read its pages. The drawing library is not safe in several threads, so one at a time."""

import ctypes
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

VERSION = f"PDFium {pypdfium2.PDFIUM_INFO.build}"
SCREEN_DPI = 100
MAX_SCREEN_PIXELS = 6_000_000
_FINE = 1000
_one_at_a_time = RLock()


class CannotOpen(Exception):
    """A copy that the drawing library does not open, or a page that it has not."""


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """The open document; no other thread uses the library meanwhile. Raises CannotOpen."""
    with _one_at_a_time:
        try:
            document = pypdfium2.PdfDocument(path)
        except (pypdfium2.PdfiumError, OSError) as error:
            raise CannotOpen("The pages cannot be opened.") from error
        try:
            if document.get_formtype():
                document.init_forms()
            yield document
        except pypdfium2.PdfiumError as error:
            raise CannotOpen("A page cannot be read.") from error
        finally:
            document.close()


def page_picture(path: Path, number: int, *, dpi: int = SCREEN_DPI) -> bytes:
    """A page, counted from 1, as a PNG for the screen, with annotations and forms; coarser where it is very large.

    Raises CannotOpen.
    """
    with opened(path) as document:
        if not 1 <= number <= len(document):
            raise CannotOpen(f"There is no page {number}.")
        page = document[number - 1]
        width, height = page.get_size()
        scale = dpi / 72
        if width * height * scale * scale > MAX_SCREEN_PIXELS:
            scale = (MAX_SCREEN_PIXELS / (width * height)) ** 0.5
        image = page.render(scale=scale).to_pil().convert("RGB")
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=3)
    return out.getvalue()


def page_text(path: Path, number: int) -> str:
    """The text of a page, counted from 1, in the library's reading order. Raises CannotOpen."""
    with opened(path) as document:
        if not 1 <= number <= len(document):
            raise CannotOpen(f"There is no page {number}.")
        text: str = document[number - 1].get_textpage().get_text_range()
    return text


class Display:
    """Where a point of a page's own space is seen, in displayed points from the upper left corner.

    The library itself is asked, so rotation and cropping are those of the picture. `unit` is the page's user unit in
    points, which the library does not know.
    """

    def __init__(self, page: Any, unit: float = 1.0) -> None:
        self._page = page
        self._wide, self._high = page.get_size()
        self.unit = unit
        zero = self._at(0, 0)
        along, up = self._at(_FINE, 0), self._at(0, _FINE)
        self._zero = zero
        self._along = ((along[0] - zero[0]) / _FINE, (along[1] - zero[1]) / _FINE)
        self._up = ((up[0] - zero[0]) / _FINE, (up[1] - zero[1]) / _FINE)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the page as displayed, in points."""
        return self._wide * self.unit, self._high * self.unit

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point is seen."""
        return (
            (self._zero[0] + x * self._along[0] + y * self._up[0]) * self.unit,
            (self._zero[1] + x * self._along[1] + y * self._up[1]) * self.unit,
        )

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """Where a box is seen: left, top, right, bottom."""
        (x0, y0), (x1, y1) = self.point(left, bottom), self.point(right, top)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    def _at(self, x: float, y: float) -> tuple[float, float]:
        across, down = ctypes.c_int(), ctypes.c_int()
        wide, high = round(self._wide * _FINE), round(self._high * _FINE)
        pdfium.FPDF_PageToDevice(self._page, 0, 0, wide, high, 0, x, y, across, down)
        return across.value / _FINE, down.value / _FINE
