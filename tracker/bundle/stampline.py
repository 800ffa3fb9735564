"""How the stamp fits a page: pure arithmetic on displayed points, known at the freeze, without fonts."""

from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from tracker.files.pdf import PageFacts

NUMBER_SIZE = Decimal("8.5")
SMALLEST_SIZE = Decimal(4)
TEXT_SIZE = Decimal(7)
MARGIN = Decimal(36)
BASELINE = Decimal(22)
NUMBER_GAP = Decimal(10)
LINK_GAP = Decimal(14)

# An upper bound of a character's width in the bold face, in ems: digits, capitals and hyphens stay below it.
_EM = Decimal("0.68")


@dataclass(frozen=True)
class Fit:
    """Where and how large: `size` of the number, distance of its right end from the right edge, its baseline.

    `place` is "whole", "no_link" (under 260 points wide), "number" (under 150) or "log" (no room: nothing is
    printed and the number stands in the hash list only).
    """

    place: str
    size: Decimal
    margin: Decimal
    baseline: Decimal


def fit(width: Decimal, height: Decimal, number: str) -> Fit:
    """Fit the stamp into a page displayed `width` × `height` points; `number` is the text printed in full."""
    margin = min(MARGIN, _tenth(width * Decimal("0.08")))
    baseline = min(BASELINE, _tenth(height * Decimal("0.2")))
    room = width - 2 * margin
    size = min(NUMBER_SIZE, _tenth(room / (_EM * len(number))))
    if size < SMALLEST_SIZE or height < 2 * SMALLEST_SIZE:
        return Fit("log", SMALLEST_SIZE, margin, baseline)
    place = "whole" if width >= 260 else "no_link" if width >= 150 else "number"
    return Fit(place, size, margin, baseline)


def matrix(page: PageFacts) -> tuple[Decimal, Decimal, Decimal, Decimal, Decimal, Decimal]:
    """The six numbers that turn displayed points (from the displayed lower left corner) into user space."""
    x0, y0, x1, y1 = (Decimal(item) for item in page.box)
    scale = 1 / Decimal(page.unit)
    none = Decimal(0)
    return {
        0: (scale, none, none, scale, x0, y0),
        90: (none, scale, -scale, none, x1, y0),
        180: (-scale, none, none, -scale, x1, y1),
        270: (none, -scale, scale, none, x0, y1),
    }[page.rotate]


def _tenth(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"), rounding=ROUND_DOWN)
