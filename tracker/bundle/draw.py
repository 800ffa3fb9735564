"""The drawing kit of generated pages: grid, colours, headings, tables, and a record of what each page is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from tracker.bundle.typeset import Typesetter, balanced, wrap

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
    """Face, size and leading in points, colour."""

    face: str
    size: float
    leading: float
    color: HexColor = INK

    @property
    def pair(self) -> tuple[str, float]:
        """Face and size."""
        return self.face, self.size


TEXT = Style("sans", 8.4, 11.2)
STRONG = Style("sans-bold", 8.4, 11.2)
MARK = Style("sans-bold", 8.8, 11.2, NAVY)
SMALL = Style("sans", 7, 9.2, GREY)
ITALIC_RED = Style("sans-italic", 8.4, 11.2, RED)
HEAD = Style("sans-bold", 7.2, 9, NAVY)
H1 = Style("serif", 20, 25)
PROSE = Style("serif", 10.6, 15)
LEAD = Style("sans", 8.8, 12, GREY)
FACT_LABEL = Style("sans", 8.2, 11.2, GREY)
FACT = Style("sans", 8.8, 13)
HASH = Style("mono", 8.8, 13)


@dataclass(frozen=True)
class PageMark:
    """What a generated page is: role ("front", "divider", "sheet", "log"), exhibit key, section it begins."""

    role: str
    key: str = ""
    section: str = ""


@dataclass(frozen=True)
class Link:
    """A rectangle (points) on a generated page that leads to a target: "exhibit:E-7" or "section:list"."""

    page: int
    rect: tuple[float, float, float, float]
    target: str


@dataclass(frozen=True)
class Line:
    """One paragraph of a cell."""

    text: str
    style: Style = TEXT


Cell = Sequence[Line]


@dataclass(frozen=True)
class Row:
    """A table row; `target` makes the whole row a link."""

    cells: Sequence[Cell]
    target: str = ""


@dataclass(frozen=True)
class Band:
    """A label over the rows that follow it, with a hash line under it where there is one."""

    text: str
    under: str = ""


@dataclass(frozen=True)
class Column:
    """Heading, width and whether numbers stand at its right edge."""

    head: str
    width: float
    right: bool = False
    gap: float = 7


@dataclass
class Book:
    """All generated pages of one volume, on one canvas.

    `label_of` gives the label printed at the foot of a page by its index; "" while pages are counted.
    """

    canvas: Canvas
    setter: Typesetter
    matter: str
    docket: str
    edition_mark: str
    label_of: Callable[[int], str]
    back_words: str
    marks: list[PageMark] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    @property
    def page(self) -> int:
        """Index of the page being drawn."""
        return len(self.marks) - 1

    def open(self, mark: PageMark) -> None:
        """Begin a page."""
        self.marks.append(mark)

    def close(self) -> None:
        """End the page."""
        self.canvas.showPage()

    def link(self, rect: tuple[float, float, float, float], target: str) -> None:
        """Make a rectangle of this page lead to a target."""
        self.links.append(Link(self.page, rect, target))

    def text(self, x: float, y: float, words: str, style: Style) -> float:
        """Draw one line from x to the right; return its width."""
        self.canvas.setFillColor(style.color)
        return self.setter.draw(self.canvas, (x, y), words, style.pair)

    def text_right(self, x: float, y: float, words: str, style: Style) -> float:
        """Draw one line that ends at x; return its width."""
        width = self.setter.width(words, *style.pair)
        self.text(x - width, y, words, style)
        return width

    def text_center(self, x: float, y: float, words: str, style: Style) -> None:
        """Draw one line around x."""
        self.text(x - self.setter.width(words, *style.pair) / 2, y, words, style)

    def tracked(self, x: float, y: float, words: str, style: Style, *, space: float) -> None:
        """Draw one line of capitals with `space` points added after each letter."""
        runs = self.setter.runs(words, style.face)
        if len(runs) != 1 or runs[0].kind != "plain":
            self.text(x, y, words, style)
            return
        self.canvas.setFillColor(style.color)
        line = self.canvas.beginText(x, y)
        line.setFont(runs[0].font, style.size)
        line.setCharSpace(space)
        line.textOut(runs[0].text)
        line.setCharSpace(0)
        self.canvas.drawText(line)

    def tracked_width(self, words: str, style: Style, space: float) -> float:
        """Width of what `tracked` draws."""
        return self.setter.width(words, *style.pair) + space * (len(words) - 1)

    def rule(self, y: float, weight: float = 0.4, color: HexColor = HAIRLINE) -> None:
        """Draw a horizontal rule over the text width."""
        self.canvas.setStrokeColor(color)
        self.canvas.setLineWidth(weight)
        self.canvas.line(LEFT, y, RIGHT, y)

    def paragraph(self, x: float, y: float, words: str, style: Style, *, width: float) -> float:
        """Draw left-aligned text, first baseline y; return the last baseline."""
        for number, line in enumerate(wrap(self.setter, words, style.pair, width)):
            y -= style.leading if number else 0
            self.text(x, y, line, style)
        return y

    def title(self, x: float, y: float, words: str, style: Style, *, width: float) -> float:
        """Draw a title with balanced lines; return the last baseline."""
        for number, line in enumerate(balanced(self.setter, words, style.pair, width)):
            y -= style.leading if number else 0
            self.text(x, y, line, style)
        return y

    def head(self) -> None:
        """Draw the running head."""
        grey = Style("serif-italic", 8.5, 11, GREY)
        self.text(LEFT, 756, shorten(self.setter, self.matter, grey, 380), grey)
        self.text_right(RIGHT, 756, self.docket, Style("sans", 8, 10, GREY))
        self.rule(748)

    def foot(self, mark: str = "", *, label: str = "", back: bool = True) -> None:
        """Draw the foot: edition mark, the way back to the exhibit list, page label."""
        self.rule(46)
        self.tracked(LEFT, 34, (mark or self.edition_mark).upper(), Style("sans-bold", 6.6, 8, RED), space=0.35)
        width = self.text_right(RIGHT, 34, label or self.label_of(self.page), Style("sans-bold", 8.5, 10))
        if not back:
            return
        style = Style("sans", 7.5, 9, NAVY)
        end = RIGHT - width - 18
        start = end - self.setter.width(self.back_words, *style.pair)
        self.text(start, 34, self.back_words, style)
        self.triangle(start - 7, 34)
        self.link((start - 9, 30, end + 2, 44), "section:list")

    def triangle(self, x: float, y: float) -> None:
        """Draw the small arrow that points back."""
        path = self.canvas.beginPath()
        path.moveTo(x, y + 2.3)
        path.lineTo(x + 4.4, y + 4.9)
        path.lineTo(x + 4.4, y - 0.3)
        path.close()
        self.canvas.setFillColor(NAVY)
        self.canvas.drawPath(path, stroke=0, fill=1)

    def facts(self, y: float, rows: Sequence[tuple[str, str, Style]], *, x: float, step: float = 20) -> float:
        """Draw label-and-value rows between hairlines from y down; return the lowest hairline."""
        self.rule(y)
        for label, value, style in rows:
            self.text(LEFT, y - 13, label, FACT_LABEL)
            last = y - 13
            for number, part in enumerate(value.split("\n")):
                for inner, line in enumerate(wrap(self.setter, part, style.pair, RIGHT - x)):
                    last -= style.leading if number or inner else 0
                    self.text(x, last, line, style)
            y = last + 13 - step
            self.rule(y)
        return y


def shorten(setter: Typesetter, words: str, style: Style, width: float) -> str:
    """Cut a line with an ellipsis so that it is at most `width` points wide."""
    words = setter.shown(words, style.face)
    if setter.width(words, *style.pair) <= width:
        return words
    while words and setter.width(words + "…", *style.pair) > width:
        words = words[:-1]
    return words.rstrip() + "…"
