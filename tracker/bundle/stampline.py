"""How the stamp fits a page: pure arithmetic on displayed points, known at the freeze, without fonts."""

from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from tracker.bundle.plan import Stamping
from tracker.files.pdf import STAMP_PLACES, PageFacts

SMALLEST_SIZE = Decimal(4)
TEXT_SIZE = Decimal(7)
MARGIN = Decimal(36)
BASELINE = Decimal(22)
NUMBER_GAP = Decimal(10)
LINK_GAP = Decimal(14)

# An upper bound of a character's width in the bold face, in ems: digits, capitals and hyphens stay below it.
_EM = Decimal("0.68")
# Height of capitals in ems: what a stamp at the top hangs below its baseline's mirror.
_CAPITAL = Decimal("0.72")

WHOLE, NO_LINK, NUMBER, LOG = "whole", "no_link", "number", "log"


@dataclass(frozen=True)
class Fit:
    """Where and how large: `size` of the number, its corner, distance from the side edge and from the lower edge.

    `place` is WHOLE, NO_LINK (under 260 points wide), NUMBER (under 150) or LOG (no room: nothing is printed and the
    number stands in the hash list only). `over_content` says that no clear strip was found in the board's corner, so
    the stamp is printed with a white halo over what is there; `moved` that it stands at another baseline than usual.
    """

    place: str
    size: Decimal
    corner: str
    margin: Decimal
    baseline: Decimal
    over_content: bool = False
    moved: bool = False


def fit(page: PageFacts, number: str, stamping: Stamping) -> Fit:
    """Fit the stamp into a page; `number` is the text printed in full. The corner is always the board's."""
    width, height = page.displayed_size
    margin = min(MARGIN, _tenth(width * Decimal("0.08")))
    size = min(Decimal(stamping.size), _tenth((width - 2 * margin) / (_EM * len(number))))
    if size < SMALLEST_SIZE or height < 2 * SMALLEST_SIZE:
        return Fit(LOG, SMALLEST_SIZE, stamping.position, margin, BASELINE)
    place = WHOLE if width >= 260 else NO_LINK if width >= 150 else NUMBER
    clear = clear_baseline(page.strip, stamping.position)
    baseline = min(BASELINE if clear is None else Decimal(clear), _tenth(height * Decimal("0.2")))
    if stamping.position.startswith("top"):
        baseline = height - baseline - _tenth(size * _CAPITAL)
    return Fit(
        place,
        size,
        stamping.position,
        margin,
        baseline,
        over_content=clear is None,
        moved=clear is not None and clear != BASELINE,
    )


def clear_baseline(strip: int, corner: str) -> int | None:
    """The first baseline (points from the edge) at which a stamp in this corner covers nothing; None where it does."""
    for bit, (place, baseline) in enumerate(STAMP_PLACES):
        if place == corner and strip >> bit & 1:
            return baseline
    return None


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
