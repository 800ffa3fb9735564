"""The look of generated pages: the grid in points, colors, and the styles of text."""

from dataclasses import dataclass

from reportlab.lib.colors import Color, HexColor

INK = HexColor("#16191D")
NAVY = HexColor("#1F3A5F")
GREY = HexColor("#56606C")
HAIRLINE = HexColor("#C4CAD2")
BAND = HexColor("#F1F4F7")
RED = HexColor("#8A1C1C")
PALE_RED = HexColor("#FBF3F2")

WIDTH, HEIGHT = 612, 792
LEFT, RIGHT, LOWEST = 54, 558, 66


@dataclass(frozen=True)
class Style:
    """Face, size and leading in points, color."""

    face: str
    size: float
    leading: float
    color: Color = INK

    @property
    def pair(self) -> tuple[str, float]:
        """Face and size."""
        return self.face, self.size


TEXT = Style("sans", 8.4, 11.2)
STRONG = Style("sans-bold", 8.4, 11.2)
MARK = Style("sans-bold", 8.8, 11.2, NAVY)
LIGHT_MARK = Style("sans", 8.4, 11.2, NAVY)
CITE = Style("sans", 8.4, 11.2, NAVY)
SMALL = Style("sans", 7, 9.2, GREY)
ITALIC_RED = Style("sans-italic", 8.4, 11.2, RED)
HEAD = Style("sans-bold", 7.2, 9, NAVY)
H1 = Style("serif", 20, 25)
H2 = Style("sans-bold", 8.5, 10, NAVY)
PROSE = Style("serif", 10.6, 15)
NOTE = Style("sans", 8.4, 12)
LEAD = Style("sans", 8.8, 12, GREY)
FACT_LABEL = Style("sans", 8.2, 11.2, GREY)
FACT = Style("sans", 8.8, 13)
HASH = Style("mono", 8.8, 13)
