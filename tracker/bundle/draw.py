"""The drawing kit of generated pages: grid, colors, headings, and a record of what each page is and how it is read.

Whatever is drawn as text belongs to a structure element (`tags.Tree`): the one that is open, else a paragraph of its
own. Rules, running heads and page labels are artifacts.
"""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from tracker.bundle.fitting import shorten, whole_numbers
from tracker.bundle.styles import GREY, H2, HAIRLINE, LEFT, NAVY, RED, RIGHT, Style
from tracker.bundle.tags import Tree
from tracker.files.typeset import Typesetter, balanced, wrap

Rect = tuple[float, float, float, float]


@dataclass(frozen=True)
class PageMark:
    """What a generated page is: role ("front", "divider", "sheet", "log"), exhibit key, section it begins."""

    role: str
    key: str = ""
    section: str = ""


@dataclass(frozen=True)
class Link:
    """A rectangle (points) on a generated page that leads to a target.

    Targets are "section:list", "exhibit:E-7" (where the exhibit begins) and "page:E-7:2" (a page of it, from 1).
    """

    page: int
    rect: Rect
    target: str


@dataclass
class Book:
    """All generated pages of one volume, on one canvas.

    `label_of` gives the label printed at the foot of a page by its index; `back_target` is where the way back to the
    exhibit list leads. A book that `is_counting` only finds out which pages there will be: it draws nothing and
    records neither links nor structure. `wrapped` keeps how texts were broken from one drawing to the next.
    """

    canvas: Canvas
    setter: Typesetter
    matter: str
    docket: str
    edition_mark: str
    label_of: Callable[[int], str]
    back_words: str
    back_target: str = "section:list"
    marks: list[PageMark] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    tree: Tree = field(default_factory=Tree)
    is_counting: bool = False
    wrapped: dict[tuple[str, str, float, float], list[str]] = field(default_factory=dict)
    _is_marked: bool = False
    _color: Color | None = None

    @property
    def page(self) -> int:
        """Index of the page being drawn."""
        return len(self.marks) - 1

    def open(self, mark: PageMark) -> None:
        """Begin a page."""
        self.marks.append(mark)
        self._color = None

    def close(self) -> None:
        """End the page."""
        if not self.is_counting:
            self.canvas.showPage()

    @contextmanager
    def tagged(
        self, kind: str, *, scope: str = "", spans: tuple[int, int] = (1, 1), alt: str = "", top: bool = False
    ) -> Iterator[None]:
        """What is drawn inside belongs to an element of this kind (arguments as in `tags.Tree.begin`)."""
        if self.is_counting:
            yield
            return
        self.tree.begin(kind, scope=scope, spans=spans, alt=alt, top=top)
        yield
        self.tree.end()

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """What is drawn inside is decoration, passed over in reading."""
        with self._enclosed(lambda: "/Artifact BMC"):
            yield

    @contextmanager
    def content(self) -> Iterator[None]:
        """What is drawn inside is one stretch of the open element; on one page."""
        if self._is_marked or self.is_counting:
            yield
            return
        alone = not self.tree.kind
        if alone:
            self.tree.begin("P")
        with self._enclosed(lambda: f"/{self.tree.kind} <</MCID {self.tree.mark(self.page)}>> BDC"):
            yield
        if alone:
            self.tree.end()

    @contextmanager
    def _enclosed(self, opening: Callable[[], str]) -> Iterator[None]:
        if self._is_marked or self.is_counting:
            yield
            return
        self._is_marked = True
        self.canvas.addLiteral(opening())
        yield
        self.canvas.addLiteral("EMC")
        self._is_marked = False

    @contextmanager
    def linked(self, target: str, rect: Rect, *, top: bool = False) -> Iterator[None]:
        """What is drawn inside is a link: a rectangle of this page that leads to a target."""
        with self.tagged("Link", top=top):
            yield
            if self.is_counting:
                return
            self.tree.link(len(self.links))
            self.links.append(Link(self.page, rect, target))

    def text(self, x: float, y: float, words: str, style: Style) -> float:
        """Draw one line from x to the right; return its width."""
        if self.is_counting or not words:
            return self.setter.width(words, *style.pair)
        with self.content():
            self.fill(style.color)
            return self.setter.draw(self.canvas, (x, y), words, style.pair)

    def fill(self, color: Color) -> None:
        """Take a color for what is filled next."""
        if color is not self._color:
            self.canvas.setFillColor(color)
            self._color = color

    def wrap(self, words: str, style: Style, width: float) -> list[str]:
        """Break a text into lines at most `width` points wide."""
        key = (words, style.face, style.size, width)
        found = self.wrapped.get(key)
        if found is None:
            found = self.wrapped[key] = wrap(
                self.setter, whole_numbers(self.setter, words, style, width), style.pair, width
            )
        return found

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
        if self.is_counting or len(runs) != 1 or runs[0].kind != "plain":
            self.text(x, y, words, style)
            return
        with self.content():
            self.fill(style.color)
            line = self.canvas.beginText(x, y)
            line.setFont(runs[0].font, style.size)
            line.setCharSpace(space)
            line.textOut(runs[0].text)
            line.setCharSpace(0)
            self.canvas.drawText(line)

    def tracked_width(self, words: str, style: Style, space: float) -> float:
        """Width of what `tracked` draws."""
        return self.setter.width(words, *style.pair) + space * (len(words) - 1)

    def rule(
        self, y: float, weight: float = 0.4, color: Color = HAIRLINE, *, x: float = LEFT, end: float = RIGHT
    ) -> None:
        """Draw a horizontal rule, over the text width unless told otherwise."""
        if self.is_counting:
            return
        with self.artifact():
            self.canvas.setStrokeColor(color)
            self.canvas.setLineWidth(weight)
            self.canvas.line(x, y, end, y)

    def box(self, rect: Rect, color: Color) -> None:
        """Fill a rectangle (left, bottom, right, top)."""
        if self.is_counting:
            return
        left, bottom, right, top = rect
        with self.artifact():
            self.fill(color)
            self.canvas.rect(left, bottom, right - left, top - bottom, stroke=0, fill=1)

    def dots(self, start: float, end: float, y: float) -> None:
        """Draw a dot leader."""
        if self.is_counting:
            return
        with self.artifact():
            self.canvas.setStrokeColor(GREY)
            self.canvas.setLineWidth(0.5)
            self.canvas.setLineCap(1)
            self.canvas.setDash([0, 3])
            self.canvas.line(end, y + 0.4, start, y + 0.4)
            self.canvas.setDash([])
            self.canvas.setLineCap(0)

    def lines(self, x: float, y: float, lines: Sequence[str], style: Style) -> float:
        """Draw lines that were wrapped before as one stretch; return the last baseline."""
        with self.content():
            for number, line in enumerate(lines):
                y -= style.leading if number else 0
                self.text(x, y, line if number == len(lines) - 1 else _with_space(line), style)
        return y

    def paragraph(self, x: float, y: float, words: str, style: Style, *, width: float) -> float:
        """Draw left-aligned text, first baseline y; return the last baseline."""
        return self.lines(x, y, self.wrap(words, style, width), style)

    def title(self, x: float, y: float, words: str, style: Style, *, width: float) -> float:
        """Draw a title with balanced lines; return the last baseline."""
        return self.lines(x, y, balanced(self.setter, words, style.pair, width), style)

    def heading(self, y: float, words: str, style: Style = H2) -> None:
        """Draw a heading of the second level at the left edge."""
        with self.tagged("H2"):
            self.text(LEFT, y, words, style)

    def head(self) -> None:
        """Draw the running head."""
        grey = Style("serif-italic", 8.5, 11, GREY)
        with self.artifact():
            self.text(LEFT, 756, shorten(self.setter, self.matter, grey, 380), grey)
            self.text_right(RIGHT, 756, self.docket, Style("sans", 8, 10, GREY))
            self.rule(748)

    def foot(self, mark: str = "", *, label: str = "", back: bool = True) -> None:
        """Draw the foot: edition mark, the way back to the exhibit list, page label."""
        with self.artifact():
            self.rule(46)
            self.tracked(LEFT, 34, (mark or self.edition_mark).upper(), Style("sans-bold", 6.6, 8, RED), space=0.35)
            width = self.text_right(RIGHT, 34, label or self.label_of(self.page), Style("sans-bold", 8.5, 10))
        if not back:
            return
        style = Style("sans", 7.5, 9, NAVY)
        end = RIGHT - width - 18
        start = end - self.setter.width(self.back_words, *style.pair)
        with self.linked(self.back_target, (start - 9, 30, end + 2, 44), top=True):
            self.text(start, 34, self.back_words, style)
        self.triangle(start - 7, 34)

    def triangle(self, x: float, y: float) -> None:
        """Draw the small arrow that points back."""
        if self.is_counting:
            return
        with self.artifact():
            path = self.canvas.beginPath()
            path.moveTo(x, y + 2.3)
            path.lineTo(x + 4.4, y + 4.9)
            path.lineTo(x + 4.4, y - 0.3)
            path.close()
            self.fill(NAVY)
            self.canvas.drawPath(path, stroke=0, fill=1)


def _with_space(line: str) -> str:
    """Keep the space at which a line was broken, for readers that join the lines of a paragraph.

    It stays away where it would stand at the left, before a line from right to left.
    """
    turned = not line.isascii() and any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in line)
    return line if turned else f"{line} "
