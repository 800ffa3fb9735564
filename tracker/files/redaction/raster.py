"""The picture of a page without what is covered: drawn at 300 dpi, the boxes black, packed as its content asks."""

import io
import math
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import img2pdf
import pikepdf
import pypdfium2.raw as pdfium
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageChops, ImageDraw

from tracker.files.redaction.areas import Area
from tracker.files.redaction.opening import Display

DPI = 300
# An A2 sheet at 300 dpi. What is larger is drawn coarser, never smaller than it is.
MAX_PIXELS = 36_000_000
LEAST_DPI = 50
JPEG_QUALITY = 75
GREYS = 16
_COLORS = 254
# A page counts as a photograph or scan when pictures cover this share of it.
_PICTURE_SHARE = 0.25
# Rounding in a color space may part the three channels of a grey by a little.
_GREY_TOLERANCE = 8
_PURE = {(0, 0, 0), (255, 255, 255)}


class TooLarge(Exception):
    """A page too large to be drawn as a picture."""


@dataclass(frozen=True)
class Picture:
    """An encoded picture: pixels, `dpi`, `how` (g4, flate or jpeg), packed data, bits per part, its PDF filter.

    `palette` holds RGB triples where the pixels are numbers of colors; `channels` is 1 or 3.
    """

    width: int
    height: int
    dpi: int
    how: str
    data: bytes
    bits: int = 8
    channels: int = 1
    palette: bytes = b""

    def stream(self, pdf: pikepdf.Pdf) -> pikepdf.Object:
        """The picture as an image object of a document."""
        space: Any = Name.DeviceGray if self.channels == 1 else Name.DeviceRGB
        if self.palette:
            entries = len(self.palette) // 3 - 1
            space = Array([Name.Indexed, Name.DeviceRGB, entries, pikepdf.String(self.palette)])
        parts: dict[str, Any] = {"ColorSpace": space, "BitsPerComponent": self.bits}
        if self.how == "g4":
            parts["Filter"] = Name.CCITTFaxDecode
            parts["DecodeParms"] = Dictionary(K=-1, BlackIs1=True, Columns=self.width, Rows=self.height)
        else:
            parts["Filter"] = Name.DCTDecode if self.how == "jpeg" else Name.FlateDecode
        return pdf.make_stream(
            self.data, Type=Name.XObject, Subtype=Name.Image, Width=self.width, Height=self.height, **parts
        )


def draw(page: Any, areas: Sequence[Area], unit: float = 1.0) -> Picture:
    """Draw an open page with annotations and form values, and paint its areas black before anything is encoded.

    `unit` is the page's user unit in points. Raises TooLarge.
    """
    width, height = Display(page, unit).size
    dpi = DPI
    if width * height * (dpi / 72) ** 2 > MAX_PIXELS:
        dpi = math.floor(72 * math.sqrt(MAX_PIXELS / (width * height)))
    if dpi < LEAST_DPI:
        raise TooLarge
    pixels = max(1, round(width * dpi / 72)), max(1, round(height * dpi / 72))
    boxes = [pixel_box(area, dpi, pixels) for area in areas]
    hard = _render(page, dpi * unit / 72, pixels, boxes, is_smooth=False)
    colors = hard.getcolors(2)
    if colors is not None and {color for _count, color in colors} <= _PURE:
        packed = img2pdf.transcode_monochrome(hard.convert("1", dither=Image.Dither.NONE))
        return Picture(*pixels, dpi, "g4", packed, bits=1)
    image = _render(page, dpi * unit / 72, pixels, boxes, is_smooth=True)
    if _is_grey(image):
        image = image.convert("L")
    if _share_of_pictures(page) >= _PICTURE_SHARE:
        out = io.BytesIO()
        image.save(out, "JPEG", quality=JPEG_QUALITY)
        return Picture(*pixels, dpi, "jpeg", out.getvalue(), channels=len(image.getbands()))
    return _greys(image, dpi) if image.mode == "L" else _few_colors(image, dpi, boxes)


def pixel_box(area: Area, dpi: int, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """The pixels of an area: left, top, right, bottom, the last two not included; what it cuts belongs to it."""
    scale = dpi / 72
    left, top = math.floor(float(area.x) * scale), math.floor(float(area.y) * scale)
    right, bottom = math.ceil(float(area.right) * scale), math.ceil(float(area.bottom) * scale)
    return max(0, left), max(0, top), min(size[0], right), min(size[1], bottom)


def _render(
    page: Any, scale: float, pixels: tuple[int, int], boxes: Sequence[tuple[int, int, int, int]], *, is_smooth: bool
) -> Image.Image:
    rough = not is_smooth
    bitmap = page.render(scale=scale, no_smoothtext=rough, no_smoothimage=rough, no_smoothpath=rough)
    image: Image.Image = bitmap.to_pil().convert("RGB")
    bitmap.close()
    # The library rounds up: the last row and column may stand for no part of the page.
    image = image.crop((0, 0, *pixels))
    brush = ImageDraw.Draw(image)
    for left, top, right, bottom in boxes:
        brush.rectangle((left, top, right - 1, bottom - 1), fill=(0, 0, 0))
    return image


def _is_grey(image: Image.Image) -> bool:
    red, green, blue = image.split()
    pairs = ((red, green), (green, blue), (red, blue))
    extremes = (ImageChops.difference(one, other).getextrema() for one, other in pairs)
    return all(int(most) <= _GREY_TOLERANCE for _least, most in extremes)  # type: ignore[arg-type]


def _share_of_pictures(page: Any) -> float:
    width, height = page.get_size()
    covered = 0.0
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]):
        left, bottom, right, top = item.get_bounds()
        covered += max(0.0, right - left) * max(0.0, top - bottom)
    return float(covered / (width * height))


def _greys(image: Image.Image, dpi: int) -> Picture:
    """Sixteen greys, two pixels in a byte."""
    width, height = image.size
    data = image.tobytes()
    step = 255 // (GREYS - 1)
    level = [round(value / step) for value in range(256)]
    upper, lower = bytes(one << 4 for one in level), bytes(level)
    rows = []
    for start in range(0, width * height, width):
        row = data[start : start + width]
        left, right = row[0::2].translate(upper), row[1::2].translate(lower)
        right = right.ljust(len(left), b"\0")
        both = int.from_bytes(left, "big") | int.from_bytes(right, "big")
        rows.append(both.to_bytes(len(left), "big"))
    return Picture(width, height, dpi, "flate", zlib.compress(b"".join(rows)), bits=4)


def _few_colors(image: Image.Image, dpi: int, boxes: Sequence[tuple[int, int, int, int]]) -> Picture:
    """At most 254 colors, and a white and a black of their own for the paper and the boxes."""
    packed = image.quantize(_COLORS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    palette = bytes((packed.getpalette("RGB") or [])[: 3 * _COLORS]).ljust(3 * _COLORS, b"\0")
    red, green, blue = image.split()
    darkest = ImageChops.darker(ImageChops.darker(red, green), blue)
    packed.paste(_COLORS, mask=darkest.point([0] * 255 + [255]))
    brush = ImageDraw.Draw(packed)
    for left, top, right, bottom in boxes:
        brush.rectangle((left, top, right - 1, bottom - 1), fill=_COLORS + 1)
    ends = b"\xff\xff\xff\0\0\0"
    return Picture(*packed.size, dpi, "flate", zlib.compress(packed.tobytes()), palette=palette + ends)
