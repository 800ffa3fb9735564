"""Whether redrawn pages of a finished copy are one picture each, and that picture black under every box."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Stream
from PIL import Image

from tracker.files.redaction.areas import Area, on_page, pages_of
from tracker.files.redaction.raster import pixel_box

# A JPEG blurs over squares of 8 pixels, and of 16 where it keeps colors coarsely.
_SQUARE = 16
_DARK_AT_THE_EDGE = 140
_DARK = 16
_UNREADABLE = (pikepdf.PdfError, pikepdf.UnsupportedImageTypeError, ValueError, TypeError, OSError, AttributeError)


def faults(path: Path, areas: Sequence[Area]) -> list[int]:
    """The pages with areas that are not redrawn, hold more than their picture and words, or are not black there."""
    with pikepdf.open(path, suppress_warnings=True) as pdf:
        pages = pdf.pages
        return [
            number
            for number in pages_of(areas)
            if number > len(pages) or not _is_black(pages[number - 1].obj, on_page(areas, number))
        ]


def _is_black(page: pikepdf.Object, areas: Sequence[Area]) -> bool:
    drawn = _picture_of(page)
    if drawn is None:
        return False
    try:
        image = pikepdf.PdfImage(drawn).as_pil_image().convert("RGB")
    except _UNREADABLE:
        return False
    width = float(page["/MediaBox"][2])
    dpi = round(image.width * 72 / width)
    is_lossy = drawn.get("/Filter") == Name.DCTDecode
    return all(_is_dark(image, pixel_box(area, dpi, image.size), is_lossy=is_lossy) for area in areas)


def _picture_of(page: pikepdf.Object) -> Stream | None:
    """The one picture of a redrawn page; None where the page holds anything else."""
    if page.get("/Rotate", 0) != 0 or page.get("/CropBox", page["/MediaBox"]) != page["/MediaBox"]:
        return None
    if any(_shows_something(item) for item in page.get("/Annots", [])):
        return None
    listed = page["/Resources"].get("/XObject") if "/Resources" in page else None
    if not isinstance(listed, Dictionary):
        return None
    objects = [listed[name] for name in listed.keys()]  # noqa: SIM118 - a PDF dictionary cannot be iterated
    images = [one for one in objects if one.get("/Subtype") == Name.Image]
    forms = [one for one in objects if one.get("/Subtype") == Name.Form]
    if len(images) != 1 or len(forms) > 1 or any(_draws(form) for form in forms):
        return None
    return images[0] if isinstance(images[0], Stream) else None


def _shows_something(item: Any) -> bool:
    """Any annotation but the place that every page has for a link back."""
    return not isinstance(item, Dictionary) or [int(one) for one in item.get("/Rect", [1])] != [0, 0, 0, 0]


def _draws(form: pikepdf.Object) -> bool:
    resources = form.get("/Resources")
    return isinstance(resources, Dictionary) and bool(len(resources.get("/XObject", Dictionary()).keys()))


def _is_dark(image: Image.Image, box: tuple[int, int, int, int], *, is_lossy: bool) -> bool:
    left, top, right, bottom = box
    if right <= left or bottom <= top:
        return True
    if not is_lossy:
        return _brightest(image, box) == 0
    inner = left + _SQUARE, top + _SQUARE, right - _SQUARE, bottom - _SQUARE
    is_inside_dark = inner[0] >= inner[2] or inner[1] >= inner[3] or _brightest(image, inner) <= _DARK
    return is_inside_dark and _brightest(image, box) <= _DARK_AT_THE_EDGE


def _brightest(image: Image.Image, box: tuple[int, int, int, int]) -> int:
    return max(int(most) for _least, most in image.crop(box).getextrema())  # type: ignore[misc]
