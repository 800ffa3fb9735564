"""What a page looks like from outside: its visible box, its rotation, its unit. Odd values count as not given."""

from decimal import Decimal
from typing import Any

import pikepdf

from tracker.files import pagedigest, pdfclean


def visible_box(page: pikepdf.Object) -> tuple[str, str, str, str]:
    """Return CropBox ∩ MediaBox of a page, or its MediaBox where they do not meet, as decimal text."""
    media = _normal(pagedigest.inherited(page, "/MediaBox")) or tuple(map(Decimal, (0, 0, 612, 792)))
    crop = _normal(pagedigest.inherited(page, "/CropBox")) or media
    both = (
        max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3]),
    )  # fmt: skip
    box = both if both[0] < both[2] and both[1] < both[3] else media
    left, bottom, right, top = (pagedigest.decimal_text(item) for item in box)
    return left, bottom, right, top


def rotation(page: pikepdf.Object) -> int:
    """Return by how many degrees a page is turned clockwise: 0, 90, 180 or 270."""
    value = pagedigest.inherited(page, "/Rotate")
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or value % 90:
        return 0
    return int(value) % 360


def unit(page: pikepdf.Object) -> str:
    """Return the size of a page's user unit in points, as decimal text."""
    value = page.get("/UserUnit")
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or value <= 0:
        return "1"
    return pagedigest.decimal_text(value)


def _normal(box: Any) -> tuple[Decimal, Decimal, Decimal, Decimal] | None:
    if not pdfclean.is_box(box):
        return None
    x0, y0, x1, y1 = (Decimal(item) for item in box)
    if x0 == x1 or y0 == y1:
        return None
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
