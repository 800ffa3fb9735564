"""The invisible text of a redrawn page, for searching and reading aloud, and the reason in each box."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tracker.files.fonts import FALLBACKS, FontFiles
from tracker.files.redaction.areas import Area
from tracker.files.redaction.raster import Picture
from tracker.files.redaction.words import Word

CODE_SIZE = 6.5
SMALLEST_CODE = 4.0
_WIDEST, _NARROWEST = 1000.0, 1.0
_INVISIBLE = 3
_FIRST_BEYOND = 0x10000
_PAD = 1.0


@dataclass(frozen=True)
class Sheet:
    """A redrawn page: its displayed size in points, its picture, the words that stay, and its boxes."""

    number: int
    width: float
    height: float
    picture: Picture
    words: tuple[Word, ...]
    areas: tuple[Area, ...]


def write_layers(sheets: Iterable[Sheet], path: Path, fonts: FontFiles) -> int:
    """Write a document that holds, for each sheet, a page with its words and codes only.

    Answers how many words could not be written, for want of a typeface that has all their letters.
    """
    faces = [font for face in FALLBACKS if (font := fonts.load(face)) is not None]
    bold = fonts.load("sans-bold")
    canvas = Canvas(str(path), invariant=1, pageCompression=0)
    lost = 0
    for sheet in sheets:
        canvas.setPageSize((sheet.width, sheet.height))
        # The way of rendering outlives a text object, so it is put back with the rest of the state.
        canvas.saveState()
        for word in sheet.words:
            font = next((one for one in faces if _has(one, word.text)), None)
            if font is None:
                lost += 1
            else:
                _write(canvas, word, sheet.height, font)
        canvas.restoreState()
        canvas.saveState()
        canvas.setFillGray(1)
        for area in sheet.areas:
            _write_code(canvas, area, sheet.height, bold)
        canvas.restoreState()
        canvas.showPage()
    canvas.save()
    return lost


def _has(font: TTFont, text: str) -> bool:
    # The drawing library writes nothing beyond the first 65,536 characters.
    return all(ord(sign) in font.face.charToGlyph and ord(sign) < _FIRST_BEYOND for sign in text)


def put_sheet(pdf: pikepdf.Pdf, page: pikepdf.Object, sheet: Sheet, layer: pikepdf.Page) -> None:
    """Make a page of a document show a sheet and nothing else. The page stays itself, so links to it still lead here.

    Everything it held is let go; what nothing else refers to is not written any more.
    """
    form = pdf.copy_foreign(layer.as_form_xobject())
    for key in list(page.keys()):
        if key not in ("/Type", "/Parent"):
            del page[key]
    box = [0, 0, _number(sheet.width), _number(sheet.height)]
    page["/MediaBox"], page["/CropBox"] = Array(box), Array(box)
    # Written out, for a page tree may turn all its pages.
    page["/Rotate"] = 0
    names = Dictionary(Picture=sheet.picture.stream(pdf), Words=form)
    page["/Resources"] = Dictionary(XObject=names)
    commands = f"q {box[2]} 0 0 {box[3]} 0 0 cm /Picture Do Q q /Words Do Q"
    page["/Contents"] = pdf.make_stream(commands.encode())


def _write(canvas: Canvas, word: Word, page_height: float, font: TTFont) -> None:
    left, top, right, bottom = word.box
    across, along = bottom - top, right - left
    if word.turn in (90, 270):
        across, along = along, across
    ascent, descent = font.face.ascent / 1000, font.face.descent / 1000
    size = max(0.5, across / (ascent - descent))
    below = -descent * size
    natural = font.stringWidth(word.text, size)
    # Where the line of writing begins, and the direction it takes.
    start, direction = {
        0: ((left, page_height - bottom + below), (1, 0)),
        90: ((left + below, page_height - top), (0, -1)),
        180: ((right, page_height - top - below), (-1, 0)),
        270: ((right - below, page_height - bottom), (0, 1)),
    }[word.turn]
    text = canvas.beginText()
    text.setTextRenderMode(_INVISIBLE)
    text.setFont(font.fontName, size)
    text.setHorizScale(min(_WIDEST, max(_NARROWEST, 100 * along / natural)) if natural else 100)
    cosine, sine = direction
    text.setTextTransform(cosine, sine, -sine, cosine, *start)
    text.textOut(word.text)
    canvas.drawText(text)


def _write_code(canvas: Canvas, area: Area, page_height: float, font: TTFont | None) -> None:
    """The reason in white, centred; left out where the box is too small to hold it legibly."""
    if font is None:
        return
    width, height = float(area.width) - 2 * _PAD, float(area.height)
    natural = font.stringWidth(area.code, 1)
    size = min(CODE_SIZE, width / natural, height / 0.8)
    if size < SMALLEST_CODE:
        return
    canvas.setFont(font.fontName, size)
    middle = float(area.x) + float(area.width) / 2
    baseline = page_height - float(area.y) - height / 2 - 0.36 * size
    canvas.drawCentredString(middle, baseline, area.code)


def _number(value: float) -> object:
    """A length as a whole number where it is one, else rounded to hundredths."""
    rounded = round(value, 2)
    return int(rounded) if math.isclose(rounded, int(rounded)) else rounded
