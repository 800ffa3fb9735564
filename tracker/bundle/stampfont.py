"""The two typefaces of the stamp: one small subset each, shared by all pages, text readable in the stream."""

from dataclasses import dataclass
from decimal import Decimal

import pikepdf
from pikepdf import Array, Dictionary, Name
from reportlab.pdfbase.ttfonts import makeToUnicodeCMap

from tracker.bundle.fonts import FontFiles

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
    """A font object of the document and its widths in thousandths of an em, by character code."""

    obj: pikepdf.Object
    widths: tuple[int, ...]

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


def embed(pdf: pikepdf.Pdf, fonts: FontFiles, face: str) -> StampFont:
    """Embed the subset of a face into a document."""
    font = fonts.load(face)
    if font is None:
        raise ValueError(f"The typeface {face} is not installed.")
    metrics = font.face
    name = f"RCSTMP+{metrics.name.decode()}"
    widths = tuple(round(metrics.getCharWidth(code)) for code in _CODES)
    program = metrics.makeSubset(_CODES)
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name("/" + name),
        Flags=4,
        FontBBox=Array([round(item) for item in metrics.bbox]),
        ItalicAngle=0,
        Ascent=round(metrics.ascent),
        Descent=round(metrics.descent),
        CapHeight=round(metrics.capHeight),
        StemV=80,
        FontFile2=pdf.make_stream(program, Length1=len(program)),
    )
    unicode_map = makeToUnicodeCMap(name, _CODES).encode()
    obj = Dictionary(
        Type=Name.Font,
        Subtype=Name.TrueType,
        BaseFont=Name("/" + name),
        FirstChar=0,
        LastChar=_LAST,
        Widths=Array(list(widths)),
        FontDescriptor=pdf.make_indirect(descriptor),
        ToUnicode=pdf.make_stream(unicode_map),
    )
    return StampFont(pdf.make_indirect(obj), widths)
