"""The pages on which text and mail are typeset: US Letter, a small head, and a foot kept free for the stamp.

The same words give the same bytes. Pure.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import reportlab
from django.utils.translation import gettext as _
from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from tracker.files.fonts import FontFiles
from tracker.files.rendering.lines import broken, is_right_to_left
from tracker.files.rendering.rendered import CannotRender
from tracker.files.typeset import Typesetter, wrap

INK = HexColor("#16191D")
NAVY = HexColor("#1F3A5F")
GREY = HexColor("#56606C")
HAIRLINE = HexColor("#C4CAD2")

# Points from the lower left corner.
WIDTH, HEIGHT = 612, 792
LEFT, RIGHT = 54, 558
HEAD, BELOW_HEAD, LOWEST = 738, 728, 66

MAX_PAGES = 2000
TOOL = f"reportlab {reportlab.__version__}"
_LINES_REMEMBERED = 2000


@dataclass(frozen=True)
class Style:
    """Face, size and leading in points, color."""

    face: str
    size: float
    leading: float
    color: HexColor = INK

    @property
    def pair(self) -> tuple[str, float]:
        """Face and size."""
        return self.face, self.size


SMALL = Style("sans", 7.9, 10, GREY)
NOTE = Style("sans-italic", 7.9, 10.6, GREY)
SECTION = Style("sans-bold", 8.5, 12)
COLUMN_HEAD = Style("sans-bold", 7.2, 9, NAVY)


@dataclass(frozen=True)
class Column:
    """Left edge and width of a table column in points; `right` sets it at its right edge."""

    x: float
    width: float
    right: bool = False


class Sheets:
    """Pages being written to a file. `y` is the last baseline used, in points from the foot."""

    def __init__(self, path: Path, fonts: FontFiles, *, title: str, note: str = "") -> None:
        """Begin at `path`; `title` stands in the head of each page, `note` in that of the first."""
        self.setter = Typesetter(fonts)
        self.canvas = Canvas(
            str(path),
            pagesize=(WIDTH, HEIGHT),
            invariant=1,
            pageCompression=0,
            initialFontName=self.setter.font("sans").fontName,
        )
        self.title = title
        self.pages = 0
        self.y = 0.0
        self._drawn = 0
        self.open_page(note)

    def open_page(self, note: str = "") -> None:
        """Go to a new page. Raises CannotRender when there are too many."""
        if self.pages:
            self.canvas.showPage()
        self.pages += 1
        if self.pages > MAX_PAGES:
            raise CannotRender(
                _("As pages, this file would be longer than %(most)s pages.") % {"most": f"{MAX_PAGES:,}"}
            )
        title = self.title if self.pages == 1 else _("%(title)s, continued") % {"title": self.title}
        used = self.draw(LEFT, HEAD, title, SMALL)
        if note:
            self.draw_right(RIGHT, HEAD, self.shortened(note, SMALL, RIGHT - LEFT - used - 24), SMALL)
        self.rule(BELOW_HEAD, 1, INK)
        self.y = BELOW_HEAD

    def save(self) -> None:
        """Finish the last page and the file."""
        self.canvas.showPage()
        self.canvas.save()

    def down(self, step: float) -> bool:
        """Move the baseline down by `step` points; on a full page move to the next and answer True."""
        if self.y - step >= LOWEST:
            self.y -= step
            return False
        self.open_page()
        self.y -= max(step, 16)
        return True

    def keep(self, height: float) -> None:
        """Begin a new page unless `height` points are left on this one."""
        if self.y - height < LOWEST:
            self.open_page()

    def draw(self, x: float, y: float, words: str, style: Style, *, turned: bool | None = None) -> float:
        """Draw one line from x to the right; return its width. `turned` as for `Typesetter.draw`."""
        self._drawn += 1
        if self._drawn % _LINES_REMEMBERED == 0:
            self.setter.forget()
        self.canvas.setFillColor(style.color)
        return self.setter.draw(self.canvas, (x, y), words, style.pair, turned=turned)

    def draw_right(self, x: float, y: float, words: str, style: Style, *, turned: bool | None = None) -> None:
        """Draw one line that ends at x."""
        self.draw(x - self.setter.width(words, *style.pair), y, words, style, turned=turned)

    def shortened(self, words: str, style: Style, width: float) -> str:
        """The words in one line at most `width` points wide, an ellipsis in place of the rest."""
        line = next(broken(self.setter, words, style.pair, width))
        shown = self.setter.shown(words, style.face)
        if line.strip() == shown.strip():
            return line
        return next(broken(self.setter, words, style.pair, width - style.size)).rstrip(" ·") + "…"

    def rule(self, y: float, weight: float = 0.4, color: HexColor = HAIRLINE) -> None:
        """Draw a horizontal rule over the text width."""
        self.canvas.setStrokeColor(color)
        self.canvas.setLineWidth(weight)
        self.canvas.line(LEFT, y, RIGHT, y)

    def text(self, line: str, style: Style, *, x: float = LEFT, width: float = RIGHT - LEFT) -> None:
        """Set one line of a text below the last, over as many lines and pages as it needs.

        What reads from right to left stands at the right edge.
        """
        turned = is_right_to_left(line)
        for words in broken(self.setter, line, style.pair, width):
            self.down(style.leading)
            if turned:
                self.draw_right(x + width, self.y, words, style, turned=True)
            else:
                self.draw(x, self.y, words, style, turned=False)

    def cells(self, columns: Sequence[Column], words: Sequence[str], style: Style) -> list[list[str]]:
        """Break the cells of a table row into lines, for `row`."""
        return [
            [line for part in cell.split("\n") for line in broken(self.setter, part, style.pair, column.width)]
            for column, cell in zip(columns, words, strict=True)
        ]

    def row(self, columns: Sequence[Column], cells: Sequence[Sequence[str]], style: Style) -> None:
        """Draw a table row from the baseline down, first baselines agreeing; leaves `y` at the last one."""
        for column, lines in zip(columns, cells, strict=True):
            for number, line in enumerate(lines):
                y = self.y - number * style.leading
                if column.right or is_right_to_left(line):
                    self.draw_right(column.x + column.width, y, line, style)
                else:
                    self.draw(column.x, y, line, style)
        self.y -= (max(map(len, cells), default=1) - 1) * style.leading

    def notes(self, sentences: Iterable[str]) -> None:
        """Print remarks on how this file was set, apart from its own words."""
        for sentence in sentences:
            for line in wrap(self.setter, sentence, NOTE.pair, RIGHT - LEFT):
                self.down(NOTE.leading)
                self.draw(LEFT, self.y, line, NOTE)
