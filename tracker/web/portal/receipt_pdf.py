"""The receipt as a PDF: the two numbers on the first page, every fingerprint in full, why each date is that day."""

from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import letter
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import KeepTogether, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from tracker.cases.queries.public import Receipt
from tracker.notices import typeface
from tracker.templatetags.recourse import clock_time, grouped, weekday_date
from tracker.web.portal import words

INK, TEXT, MUTED, LINE = HexColor("#162e51"), HexColor("#1c1d1f"), HexColor("#565c65"), HexColor("#c6cace")
MONO, MARGIN, WIDTH = "ReceiptMono", 60, 492  # points on a US Letter page
MONO_FILE = "@expo-google-fonts/noto-sans-mono/400Regular/NotoSansMono_400Regular.ttf"
_BODY = ParagraphStyle("body", fontName=typeface.SANS, fontSize=10, leading=14, textColor=TEXT)
_SMALL = ParagraphStyle("small", parent=_BODY, fontSize=8.5, leading=12, textColor=MUTED)
_BOLD = ParagraphStyle("bold", parent=_BODY, fontName=typeface.SANS_BOLD)
_TITLE = ParagraphStyle(
    "title", parent=_BODY, fontName=typeface.SERIF_BOLD, fontSize=20, leading=26, textColor=INK, spaceAfter=6
)
_HEAD = ParagraphStyle("head", parent=_TITLE, fontSize=13, leading=18, spaceBefore=16, spaceAfter=4)


@lru_cache(maxsize=1)
def _fonts() -> None:
    typeface.faces()
    pdfmetrics.registerFont(TTFont(MONO, str(Path(settings.FONTS_DIR) / MONO_FILE)))


def draw(found: Receipt, files: Sequence, code: str) -> bytes:
    """The receipt as the bytes of a PDF.

    `files` are the exhibits that came with it; `code` is the tracking code, empty where it is no longer shown.
    """
    _fonts()
    _first, pages = _build(found, files, code, pages=0)
    return _build(found, files, code, pages=pages)[0]


def _build(found: Receipt, files: Sequence, code: str, *, pages: int) -> tuple[bytes, int]:
    """One run over the pages; the foot can name their number only once they were counted."""
    out = BytesIO()
    document = SimpleDocTemplate(
        out,
        pagesize=letter,
        leftMargin=MARGIN - 6,  # the frame's own padding
        rightMargin=MARGIN - 6,
        topMargin=MARGIN,
        bottomMargin=62,
        title=_("Receipt %(docket)s") % {"docket": found.docket},
        author=found.board.name,
        lang="en",
        initialFontName=typeface.SANS,
    )
    foot = _foot(found, pages)
    document.build([*_numbers(found, code), *_files(files), *_dates(found), *_close(found)], foot, foot)
    return out.getvalue(), document.page


def _text(text: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(typeface.markup(str(text), style.fontName), style)


def _numbers(found: Receipt, code: str) -> list:
    arrived = found.received_at.astimezone(found.board.zone)
    received = _("Received %(day)s, at %(time)s %(zone)s by the %(board)s.") % {
        "day": weekday_date(arrived),
        "time": clock_time(arrived),
        "zone": arrived.tzname(),
        "board": found.board.name,
    }
    big = ParagraphStyle("big", parent=_BODY, fontName=MONO, fontSize=13, leading=20, textColor=INK)
    keep = _("Write it down or keep this paper safe. There is no copy, so nobody can send it to you again.")
    gone = _("It was shown right after filing and is not kept.")
    boxes = Table(
        [
            [
                [
                    _text(_("Docket number"), _BOLD),
                    Paragraph(found.docket, big),
                    _text(_("It is on every letter."), _SMALL),
                ],
                [_text(_("Tracking code"), _BOLD), Paragraph(code or "–", big), _text(keep if code else gone, _SMALL)],
            ]
        ],
        colWidths=[WIDTH * 0.42, WIDTH * 0.58],
    )
    boxes.setStyle(
        TableStyle(
            [
                ("BOX", (0, 0), (0, 0), 0.8, LINE),
                ("BOX", (1, 0), (1, 0), 1.2, INK, None, (4, 3)),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 10),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 10),
            ]
        )
    )
    return [_text(_("Your complaint is filed"), _TITLE), _text(received, _BODY), Spacer(1, 10), boxes]


def _files(files: Sequence) -> list:
    story = [_text(_("Files you gave us"), _HEAD)]
    if not files:
        return [*story, _text(_("None. You can add some at any time with docket number and tracking code."), _BODY)]
    mono = ParagraphStyle("mono", parent=_BODY, fontName=MONO, fontSize=7.6, leading=11)
    rows = [[_text(_("File"), _SMALL), _text(_("Size"), _SMALL), _text(_("Fingerprint (SHA-256)"), _SMALL)]]
    rows += [
        [
            _text(file.original_name, _BODY),
            _text(filesizeformat(file.stored_file.size), _BODY),
            Paragraph(grouped(file.stored_file.digest), mono),
        ]
        for file in files
    ]
    table = Table(rows, colWidths=[WIDTH * 0.36, WIDTH * 0.14, WIDTH * 0.5], repeatRows=1)
    table.setStyle(
        TableStyle(
            [
                ("LINEBELOW", (0, 0), (-1, -1), 0.5, LINE),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (0, -1), 0),
            ]
        )
    )
    return [*story, _text(_("The fingerprint proves that a file has not changed since."), _SMALL), table]


def _dates(found: Receipt) -> list:
    story = [_text(_("What happens next"), _HEAD)]
    for row in words.next_dates(found.dates):
        day = _("About %(day)s") if row.is_goal else _("By %(day)s")
        story.append(
            KeepTogether(
                [
                    _text(day % {"day": date_format(row.due_on, "l, F j, Y")}, _BOLD),
                    _text(row.words, _BODY),
                    _text(row.explanation, _SMALL),
                    Spacer(1, 6),
                ]
            )
        )
    return story


def _close(found: Receipt) -> list:
    lines = [
        _("Keep messages, bills and letters. Do not edit the originals."),
        _("The person you named may get a copy or a summary."),
        _("You are a witness, not a party. The board decides."),
    ]
    record = [_("Fingerprint of your complaint as submitted: %(digest)s") % {"digest": grouped(found.digest)}]
    if found.anchor:
        record.append(_("Latest anchor of the record: %(anchor)s") % {"anchor": found.anchor})
    return [
        _text(_("What you do now"), _HEAD),
        *(_text(line, _BODY) for line in lines),
        Spacer(1, 10),
        *(_text(line, _SMALL) for line in record),
    ]


def _foot(found: Receipt, pages: int):
    def foot(canvas: Canvas, document: SimpleDocTemplate) -> None:
        canvas.setFont(typeface.SANS, 8)
        canvas.setFillColor(MUTED)
        canvas.drawString(MARGIN, 36, found.docket)
        canvas.drawRightString(
            MARGIN + WIDTH, 36, _("Page %(number)s of %(count)s") % {"number": document.page, "count": pages}
        )

    return foot
