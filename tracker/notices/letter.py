"""A letter as PDF: letterhead, address, words, page numbers. Takes plain values, gives bytes.

The file has a title and a language; it is not tagged, and does not claim to be.
"""

import re
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from django.utils import formats, translation
from django.utils.translation import gettext as _
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import letter as US_LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, NextPageTemplate, PageTemplate, Paragraph, Spacer

from boards.models import Board
from tracker.notices import typeface, words

# Points. The left margin and head leave the address where a window envelope shows it.
LEFT, RIGHT, FOOT, HEAD = 72, 540, 66, 726
FIRST_HEAD, NEXT_HEAD = 652, 716
_DATE = re.compile(r"\b\w+ \d{1,2}, \d{4}\b")
INK, NAVY, GREY, HAIRLINE = HexColor("#16191D"), HexColor("#1F3A5F"), HexColor("#56606C"), HexColor("#C4CAD2")

_BODY = ParagraphStyle(
    "body", fontName=typeface.SERIF, fontSize=10.6, leading=15, textColor=INK, alignment=TA_LEFT, spaceAfter=8
)
_ADDRESS = ParagraphStyle("address", parent=_BODY, spaceAfter=0)
_SUBJECT = ParagraphStyle(
    "subject",
    parent=_BODY,
    fontName=typeface.SERIF_BOLD,
    fontSize=13,
    leading=18,
    spaceBefore=18,
    spaceAfter=12,
)
_HEADING = ParagraphStyle(
    "heading",
    parent=_BODY,
    fontName=typeface.SANS_BOLD,
    fontSize=9.5,
    leading=13,
    textColor=NAVY,
    spaceBefore=6,
    spaceAfter=4,
    keepWithNext=1,
)
_ITEM = ParagraphStyle("item", parent=_BODY, bulletFontName=typeface.SERIF, leftIndent=16, bulletIndent=2, spaceAfter=4)
_COPIES = ParagraphStyle("copies", parent=_BODY, fontName=typeface.SANS, fontSize=8.5, leading=12, textColor=GREY)


@dataclass(frozen=True)
class Letter:
    """All that is drawn. `addressee` is name and postal lines; `copies` are the names of those who get a
    copy.
    """

    board_name: str
    jurisdiction: str
    board_lines: tuple[str, ...]
    docket: str
    letter_date: date
    addressee: tuple[str, ...]
    copies: tuple[str, ...]
    subject: str
    body: str
    language: str


def board_lines(board: Board) -> tuple[str, ...]:
    """The board's address, phone, e-mail and site as the letterhead prints them."""
    place = " ".join(part for part in (board.state, board.postal_code) if part)
    town = ", ".join(part for part in (board.city, place) if part)
    street = ", ".join(part for part in (board.mailing_address, town) if part)
    contact = " · ".join(part for part in (board.phone, board.email, board.website) if part)
    return tuple(line for line in (street, contact) if line)


def draw(content: Letter) -> bytes:
    """The letter as the bytes of a PDF (US Letter)."""
    typeface.faces()
    with translation.override(content.language):
        out = BytesIO()
        document = BaseDocTemplate(
            out,
            pagesize=US_LETTER,
            title=f"{content.subject}, {content.docket}",
            author=content.board_name,
            lang=content.language,
            invariant=1,
            initialFontName=typeface.SERIF,
        )
        document.addPageTemplates(
            [
                PageTemplate("first", [_frame(_first_top(content))], onPage=lambda canvas, _d: _head(canvas, content)),
                PageTemplate("next", [_frame(NEXT_HEAD)], onPage=lambda canvas, _d: _running_head(canvas, content)),
            ]
        )
        numbered = _numbered(content)
        document.build([NextPageTemplate("next"), *_story(content)], canvasmaker=numbered)
        return out.getvalue()


def _first_top(content: Letter) -> float:
    return FIRST_HEAD - 11 * max(0, len(content.board_lines) - 1) - 19 * (len(_name_lines(content)) - 1)


def _frame(top: float) -> Frame:
    return Frame(LEFT, FOOT, RIGHT - LEFT, top - FOOT, 0, 0, 0, 0)


def _story(content: Letter) -> list[object]:
    story: list[object] = [_text(line, _ADDRESS) for line in content.addressee]
    story.append(_text(content.subject, _SUBJECT))
    for block in words.blocks(content.body):
        if block.form == "item":
            story.append(_text(block.text, _ITEM, "•"))
        else:
            story.append(_text(block.text, _HEADING if block.form == "heading" else _BODY))
    if content.copies:
        copies = ", ".join(content.copies)
        story += [Spacer(1, 10), _text(_("Copy to: %(names)s") % {"names": copies}, _COPIES)]
    return story


def _text(text: str, style: ParagraphStyle, bullet: str | None = None) -> Paragraph:
    text = _DATE.sub(lambda found: found.group().replace(" ", "\N{NO-BREAK SPACE}"), text)
    if typeface.needs_shaping(text):
        style = ParagraphStyle(f"{style.name}-shaped", parent=style, shaping=1)
    return Paragraph(typeface.markup(text, style.fontName), style, bulletText=bullet)


def _draw_runs(
    canvas: Canvas, at: tuple[float, float], text: str, style: tuple[str, float], *, right: bool = False
) -> None:
    """Draw a line in (face, size) from the point `at`, or up to it."""
    (x, y), (face, size) = at, style
    runs = typeface.runs(text, face)
    if right:
        x -= sum(canvas.stringWidth(run.text, run.face, size) for run in runs)
    for run in runs:
        canvas.setFont(run.face, size)
        canvas.drawString(x, y, run.text)
        x += canvas.stringWidth(run.text, run.face, size)


def _name_lines(content: Letter) -> list[str]:
    """The board's name in lines that fit beside the date; the longest real one has 168 signs."""
    lines = [""]
    for word in content.board_name.split():
        longer = f"{lines[-1]} {word}".strip()
        width = sum(
            typeface.faces()[run.face].stringWidth(run.text, 15) for run in typeface.runs(longer, typeface.SERIF)
        )
        if width <= RIGHT - LEFT or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _head(canvas: Canvas, content: Letter) -> None:
    canvas.setFillColor(GREY)
    _draw_runs(canvas, (LEFT, HEAD), content.jurisdiction.upper(), (typeface.SANS, 8.5))
    canvas.setFillColor(INK)
    y = HEAD - 2.0
    for line in _name_lines(content):
        y -= 19
        _draw_runs(canvas, (LEFT, y), line, (typeface.SERIF, 15))
    canvas.setFillColor(GREY)
    y -= 4
    for line in content.board_lines:
        y -= 11
        _draw_runs(canvas, (LEFT, y), line, (typeface.SANS, 7.5))
    y -= 8
    canvas.setStrokeColor(NAVY)
    canvas.setLineWidth(1)
    canvas.line(LEFT, y, RIGHT, y)
    canvas.setFillColor(INK)
    _draw_runs(canvas, (LEFT, y - 17), formats.date_format(content.letter_date, "F j, Y"), (typeface.SANS, 9))
    docket = _("Docket %(docket)s") % {"docket": content.docket}
    _draw_runs(canvas, (RIGHT, y - 17), docket, (typeface.SANS_BOLD, 9), right=True)


def _running_head(canvas: Canvas, content: Letter) -> None:
    canvas.setFillColor(GREY)
    _draw_runs(canvas, (LEFT, 740), content.subject, (typeface.SANS, 8))
    _draw_runs(canvas, (RIGHT, 740), content.docket, (typeface.SANS, 8), right=True)
    canvas.setStrokeColor(HAIRLINE)
    canvas.line(LEFT, 732, RIGHT, 732)


def _numbered(content: Letter) -> type[Canvas]:
    class NumberedCanvas(Canvas):
        """Draws the foot of every page once the number of pages is known."""

        def __init__(self, *args: object, **kwargs: object) -> None:
            super().__init__(*args, **kwargs)
            self.kept: list[dict[str, object]] = []

        def showPage(self) -> None:
            """Keep the page instead of writing it."""
            self.kept.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            """Write all pages with their feet."""
            for number, state in enumerate(self.kept, start=1):
                self.__dict__.update(state)
                _foot(self, content, number, len(self.kept))
                super().showPage()
            super().save()

    return NumberedCanvas


def _foot(canvas: Canvas, content: Letter, number: int, count: int) -> None:
    canvas.setStrokeColor(HAIRLINE)
    canvas.setLineWidth(0.4)
    canvas.line(LEFT, 46, RIGHT, 46)
    canvas.setFillColor(GREY)
    _draw_runs(canvas, (LEFT, 34), content.docket, (typeface.SANS, 8))
    page = _("Page %(number)d of %(count)d") % {"number": number, "count": count}
    _draw_runs(canvas, (RIGHT, 34), page, (typeface.SANS, 8), right=True)
