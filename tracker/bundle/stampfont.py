"""The two typefaces of the stamp: one small subset each, shared by all pages, text readable in the stream."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import uharfbuzz
from reportlab.pdfbase.ttfonts import TTFont, makeToUnicodeCMap

from tracker.bundle.pdfwriter import Name, PdfWriter, Ref, number
from tracker.files.fonts import FontFiles

# Character codes are WinAnsi's, so the number stands in the stream as plain ASCII.
_EXTRA = {"·": 0xB7, "–": 0x96}
_TABLE = [32] * 256
_TABLE[33:127] = range(33, 127)
for _letter, _code in _EXTRA.items():
    _TABLE[_code] = ord(_letter)
_LAST = max(_EXTRA.values())
_CODES = _TABLE[: _LAST + 1]


@dataclass(frozen=True)
class StampFont:
    """A font object of the document, its widths in thousandths of an em by character code, and its outlines."""

    ref: Ref
    widths: tuple[int, ...]
    outline: Callable[[bytes], bytes]

    def width(self, text: bytes, size: Decimal) -> Decimal:
        """Width of a text in points."""
        return Decimal(sum(self.widths[code] for code in text)) * size / 1000


def encode(text: str) -> bytes:
    """Write a stamp's text in the font's codes. Raises ValueError for a character it has not."""
    out = bytearray()
    for letter in text:
        code = _EXTRA.get(letter, ord(letter))
        if letter not in _EXTRA and not " " <= letter <= "~":
            raise ValueError(f"The stamp has no character {letter!r}.")
        out.append(code)
    return bytes(out)


def embed(writer: PdfWriter, fonts: FontFiles, face: str) -> StampFont:
    """Embed the subset of a face into a document."""
    font = fonts.load(face)
    if font is None:
        raise ValueError(f"The typeface {face} is not installed.")
    metrics = font.face
    name = f"RCSTMP+{metrics.name.decode()}"
    widths = tuple(round(metrics.getCharWidth(code)) for code in _CODES)
    program = metrics.makeSubset(_CODES)
    descriptor = writer.add(
        {
            "Type": Name("FontDescriptor"),
            "FontName": Name(name),
            "Flags": 4,
            "FontBBox": [round(item) for item in metrics.bbox],
            "ItalicAngle": 0,
            "Ascent": round(metrics.ascent),
            "Descent": round(metrics.descent),
            "CapHeight": round(metrics.capHeight),
            "StemV": 80,
            "FontFile2": writer.add_stream(program, {"Length1": len(program)}),
        }
    )
    ref = writer.add(
        {
            "Type": Name("Font"),
            "Subtype": Name("TrueType"),
            "BaseFont": Name(name),
            "FirstChar": 0,
            "LastChar": _LAST,
            "Widths": list(widths),
            "FontDescriptor": descriptor,
            "ToUnicode": writer.add_stream(makeToUnicodeCMap(name, _CODES).encode()),
        }
    )
    return StampFont(ref, widths, _Outlines(font, widths).path)


class _Outlines:
    """The outlines of a text as a path in thousandths of an em: what a halo is drawn with, since it is no text."""

    def __init__(self, font: TTFont, widths: tuple[int, ...]) -> None:
        self._file = font.face.filename
        self._widths = widths
        self._glyphs: dict[int, list[tuple[bytes, tuple[float, ...]]]] = {}
        self._font: Any = None

    def path(self, text: bytes) -> bytes:
        out, x = [], 0
        for code in text:
            for operator, points in self._glyph(code):
                moved = [point + (x if place % 2 == 0 else 0) for place, point in enumerate(points)]
                out.append(b" ".join([*(number(Decimal(f"{point:.1f}")) for point in moved), operator]))
            x += self._widths[code]
        return b"\n".join(out)

    def _glyph(self, code: int) -> list[tuple[bytes, tuple[float, ...]]]:
        known = self._glyphs.get(code)
        if known is None:
            if self._font is None:
                face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(self._file))
                self._font = uharfbuzz.Font(face)
                self._font.scale = (1000, 1000)
            pen = _Pen()
            glyph = self._font.get_nominal_glyph(_CODES[code])
            self._font.draw_glyph_with_pen(glyph or 0, pen)
            known = self._glyphs[code] = pen.drawn
        return known


class _Pen:
    """Turns a glyph's contours into path operators; quadratic curves become cubic ones."""

    def __init__(self) -> None:
        self.drawn: list[tuple[bytes, tuple[float, ...]]] = []
        self._at = (0.0, 0.0)

    def moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802 - the library's names
        self._add(b"m", point)

    def lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        self._add(b"l", point)

    def qCurveTo(self, control: tuple[float, float], end: tuple[float, float]) -> None:  # noqa: N802
        first = tuple(a + (c - a) * 2 / 3 for a, c in zip(self._at, control, strict=True))
        second = tuple(e + (c - e) * 2 / 3 for e, c in zip(end, control, strict=True))
        self._add(b"c", *((first[0], first[1]), (second[0], second[1]), end))

    def curveTo(self, *points: tuple[float, float]) -> None:  # noqa: N802
        self._add(b"c", *points)

    def closePath(self) -> None:  # noqa: N802
        self.drawn.append((b"h", ()))

    def _add(self, operator: bytes, *points: tuple[float, float]) -> None:
        self.drawn.append((operator, tuple(value for point in points for value in point)))
        self._at = points[-1]
