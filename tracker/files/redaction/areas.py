"""The boxes of a redaction: where they lie, why, their canonical text, and what may be wrong with them."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

MAX_AREAS = 5_000
MAX_PAGES = 500
MAX_REASONS = 20
# A line of the smallest print is taller than this; thinner boxes are slips of the hand.
SMALLEST = Decimal(2)
_STEP = Decimal("0.01")
_FAR = Decimal(100_000)
# Half a pixel on a screen.
_ROUNDING = Decimal("0.5")


@dataclass(frozen=True)
class Area:
    """A box on a page, counted from 1, in displayed points from its upper left corner; `code` says why."""

    page: int
    x: Decimal
    y: Decimal
    width: Decimal
    height: Decimal
    code: str

    @property
    def right(self) -> Decimal:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> Decimal:
        """Its lower edge."""
        return self.y + self.height


def make(page: int, box: Sequence[object], code: str) -> Area:
    """An area from numbers or decimal text (x, y, width, height), rounded to hundredths of a point.

    Raises ValueError for what is no number.
    """
    try:
        x, y, width, height = (Decimal(str(one)) for one in box)
        if not all(one.is_finite() and abs(one) < _FAR for one in (x, y, width, height)):
            raise ValueError("A box reaches too far.")
        x, y, width, height = (one.quantize(_STEP) for one in (x, y, width, height))
        return Area(int(page), x, y, width, height, code)
    except (InvalidOperation, TypeError) as error:
        raise ValueError("A box is not made of numbers.") from error


def to_text(areas: Sequence[Area]) -> str:
    """The canonical JSON text of areas: in reading order, decimals as text."""
    ordered = sorted(areas, key=lambda one: (one.page, one.y, one.x, one.height, one.width, one.code))
    plain = [
        {
            "page": one.page,
            "x": _decimal(one.x),
            "y": _decimal(one.y),
            "width": _decimal(one.width),
            "height": _decimal(one.height),
            "code": one.code,
        }
        for one in ordered
    ]
    return json.dumps(plain, sort_keys=True, separators=(",", ":"))


def from_text(text: str) -> tuple[Area, ...]:
    """Read what `to_text` wrote. Raises ValueError for anything else."""
    plain: Any = json.loads(text)
    try:
        return tuple(
            make(one["page"], (one["x"], one["y"], one["width"], one["height"]), str(one["code"])) for one in plain
        )
    except (KeyError, TypeError) as error:
        raise ValueError("These are no areas.") from error


def pages_of(areas: Sequence[Area]) -> list[int]:
    """The pages that have boxes, in order."""
    return sorted({one.page for one in areas})


def on_page(areas: Sequence[Area], page: int) -> tuple[Area, ...]:
    """The boxes of one page, in their order."""
    return tuple(one for one in areas if one.page == page)


def faults(areas: Sequence[Area], sizes: Sequence[tuple[Decimal, Decimal]], codes: Collection[str]) -> list[str]:
    """Why areas cannot be used on pages of these displayed sizes (width, height in points); empty when they can."""
    if not areas:
        return [_("Draw at least one box.")]
    if len(areas) > MAX_AREAS:
        return [_("There are more than %(most)d boxes. Withhold the pages instead.") % {"most": MAX_AREAS}]
    if len(pages_of(areas)) > MAX_PAGES:
        return [_("More than %(most)d pages have boxes. Withhold the pages instead.") % {"most": MAX_PAGES}]
    found = [fault for number, one in enumerate(areas, start=1) for fault in _faults_of(one, number, sizes, codes)]
    if len(found) > MAX_REASONS:
        return [*found[:MAX_REASONS], _("And %(count)d more.") % {"count": len(found) - MAX_REASONS}]
    return found


def _faults_of(one: Area, number: int, sizes: Sequence[tuple[Decimal, Decimal]], codes: Collection[str]) -> list[str]:
    named = {"number": number, "page": one.page}
    if not 1 <= one.page <= len(sizes):
        return [_("Box %(number)d: there is no page %(page)d.") % named]
    found = []
    width, height = sizes[one.page - 1]
    if one.width < SMALLEST or one.height < SMALLEST:
        smallest = {"least": SMALLEST}
        found.append(_("Box %(number)d on page %(page)d is smaller than %(least)s points.") % (named | smallest))
    inside = one.x >= -_ROUNDING and one.y >= -_ROUNDING
    if not inside or one.right > width + _ROUNDING or one.bottom > height + _ROUNDING:
        size = {"width": _decimal(width), "height": _decimal(height)}
        words = _("Box %(number)d reaches beyond page %(page)d, which measures %(width)s by %(height)s points.")
        found.append(words % (named | size))
    if one.code not in codes:
        found.append(_("Box %(number)d on page %(page)d has no reason. Choose one.") % named)
    return found


def _decimal(value: Decimal) -> str:
    text = format(value.quantize(_STEP), "f").rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text
