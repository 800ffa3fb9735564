"""Stage: what is printed on a numbered page: number, mark and a link to the list, upright in its displayed corner.

Page size, boxes and content stay as they are: a copy's own content is enclosed, and the stamp fills the place that was
left free for it at receipt (`files.pdfframe`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from tracker.bundle.pdfwriter import Name, PdfWriter, Ref, Value, number
from tracker.bundle.places import Placed, Places, full_range, segment_numbers
from tracker.bundle.plan import PAGES, WITHHELD
from tracker.bundle.render import Layout
from tracker.bundle.stampfont import StampFont, embed, encode
from tracker.bundle.stampline import LINK_GAP, LOG, MARGIN, NUMBER_GAP, TEXT_SIZE, WHOLE, Fit, fit, matrix
from tracker.files.fonts import FontFiles
from tracker.files.pdf import PageFacts
from tracker.files.pdfframe import BOLD, PLAIN, naming

_NAVY = b"0.122 0.227 0.373 rg"
_INK = b"0.086 0.098 0.114 rg"
_RED = b"0.541 0.11 0.11 rg"
_HALO_WIDTH = Decimal("1.6")
SHEET = PageFacts(
    box=("0", "0", "612", "792"),
    rotate=0,
    unit="1",
    open_saves=0,
    extra_restores=0,
    open_text=False,
    sha256="",
)


@dataclass(frozen=True)
class Numbered:
    """A sheet to stamp: its geometry, the text of its mark, its number in full, and its Bates number."""

    facts: PageFacts
    mark: str
    number: str


@dataclass(frozen=True)
class Stamp:
    """What goes into the two places of a page: the content stream, and the link annotation (None: none fits)."""

    content: bytes
    link: Value


def numbered_sheets(one: Placed, places: Places, layout: Layout) -> Iterator[Numbered]:
    """The sheets of a piece in order, as they are stamped."""
    plan, item, segment = places.plan, one.item, one.piece.segment
    name = f"{layout.divider_prefix}{item.mark}"
    first, last = segment_numbers(item, one.piece)
    if segment.kind != PAGES:
        yield Numbered(SHEET, name, full_range(plan, first, last) if segment.kind == WITHHELD else plan.bates(first))
        return
    for offset in range(segment.sheets):
        page = segment.first + offset
        place = layout.page_words % {"page": page, "pages": len(item.pages)}
        yield Numbered(item.pages[page - 1], f"{name} · {place}", plan.bates(first + offset))


class Stamper:
    """Makes the stamps of one volume; its typefaces are embedded once."""

    def __init__(self, writer: PdfWriter, places: Places, layout: Layout, fonts: FontFiles) -> None:
        self._stamping = places.plan.stamping
        self._words = encode(layout.back_words)
        self._tip = layout.back_words
        self.bold = embed(writer, fonts, "sans-bold")
        self.plain = embed(writer, fonts, "sans")

    def stamp(self, numbered: Numbered, suffix: str, target: Ref) -> Stamp:
        """The stamp of one sheet; `suffix` belongs to its names of the typefaces, `target` is the page of the list."""
        facts = numbered.facts
        place = fit(facts, numbered.number, self._stamping)
        start = facts.balance.closing() + naming(suffix)
        if place.place == LOG:
            return Stamp(start, None)
        line = _Line(self, place, facts, suffix)
        line.confidential(self._stamping.confidential)
        rect = line.number_and_mark(numbered, self._words)
        matrix_line = b" ".join(number(item) for item in matrix(facts))
        # What is stamped is no part of the page's own text, for whoever has the pages read aloud.
        marked = b"/Artifact <</Type /Pagination>> BDC\n%sEMC\n" % b"".join(line.parts)
        content = b"%sq %s cm\n%sQ\n" % (start, matrix_line, marked)
        return Stamp(content, self._link(facts, rect, target) if rect else None)

    def _link(self, facts: PageFacts, box: "Box", target: Ref) -> Value:
        a, b, c, d, e, f = matrix(facts)
        corners = [(a * x + c * y + e, b * x + d * y + f) for x, y in (box[:2], box[2:])]
        xs, ys = sorted(corner[0] for corner in corners), sorted(corner[1] for corner in corners)
        return {
            "Type": Name("Annot"),
            "Subtype": Name("Link"),
            "Rect": [xs[0], ys[0], xs[1], ys[1]],
            "Border": [0, 0, 0],
            "F": 4,
            "Contents": self._tip,
            "Dest": [target, Name("Fit")],
        }


Box = tuple[Decimal, Decimal, Decimal, Decimal]
Text = tuple[bytes, StampFont, Decimal, bytes, Decimal]


def _total(texts: list[Text]) -> Decimal:
    return sum((font.width(text, size) + gap for text, font, size, _color, gap in texts), Decimal(0))


class _Line:
    """One stamp being drawn, in displayed points."""

    def __init__(self, stamper: Stamper, place: Fit, facts: PageFacts, suffix: str) -> None:
        self._stamper = stamper
        self._place = place
        self._width = facts.displayed_size[0]
        self._suffix = suffix.encode()
        self.parts: list[bytes] = []

    def number_and_mark(self, numbered: Numbered, words: bytes) -> Box | None:
        """Draw from the board's corner: number, mark, link; return the rectangle of the link."""
        place, bold, plain = self._place, self._stamper.bold, self._stamper.plain
        texts = [(encode(numbered.number), bold, place.size, _INK, Decimal(0))]
        if place.place != "number":
            texts.append((encode(numbered.mark), plain, TEXT_SIZE, _INK, NUMBER_GAP))
        if place.place == WHOLE:
            texts.append((words, plain, TEXT_SIZE, _NAVY, LINK_GAP))
        # A long prefix may leave no room for the rest: the number comes first.
        while (total := _total(texts)) > self._width - 2 * place.margin and len(texts) > 1:
            texts.pop()
        end = self._end(total)
        start = end
        for text, font, size, color, gap in texts:
            end = start - gap
            start = end - font.width(text, size)
            self._show(text, font, (start, place.baseline), size, color=color)
        if texts[-1][0] is not words:
            return None
        return (start - 3, place.baseline - 4, end + 3, place.baseline + 10)

    def confidential(self, mark: str) -> None:
        """Draw the confidentiality mark at the other end of the line, where there is room for it."""
        if not mark or self._place.place != WHOLE or self._place.corner.endswith("center"):
            return
        text = encode(mark)
        width = self._stamper.bold.width(text, TEXT_SIZE)
        if width > self._width - 2 * MARGIN - 260:
            return
        left = self._place.corner.endswith("right")
        x = self._place.margin if left else self._width - self._place.margin - width
        self._show(text, self._stamper.bold, (x, self._place.baseline), TEXT_SIZE, color=_RED)

    def _end(self, total: Decimal) -> Decimal:
        """Where the line ends at the right."""
        if self._place.corner.endswith("left"):
            return self._place.margin + total
        if self._place.corner.endswith("center"):
            return (self._width + total) / 2
        return self._width - self._place.margin

    def _show(self, text: bytes, font: StampFont, at: tuple[Decimal, Decimal], size: Decimal, *, color: bytes) -> None:
        face = BOLD if font is self._stamper.bold else PLAIN
        if self._place.over_content:
            self._halo(text, font, at, size)
        escaped = text.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        self.parts.append(
            b"%s BT /%s%s %s Tf %s %s Td (%s) Tj ET\n"
            % (color, face.encode(), self._suffix, number(size), number(at[0]), number(at[1]), escaped)
        )

    def _halo(self, text: bytes, font: StampFont, at: tuple[Decimal, Decimal], size: Decimal) -> None:
        """White outlines behind the text. They are paths, so the number stands on the page once as text."""
        scale = size / 1000
        move = b"q %s 0 0 %s %s %s cm" % tuple(number(item, 6) for item in (scale, scale, *at))
        width = number(_HALO_WIDTH / scale)
        self.parts.append(b"%s 1 1 1 RG 1 j 1 J %s w\n%s\nS Q\n" % (move, width, font.outline(text)))
