"""Pages made of pictures. Bytes are passed through where PDF knows their kind; nothing is enlarged past 150 dpi."""

import io
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import img2pdf
import PIL
import pillow_heif
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from tracker.files.rendering.rendered import CannotRender, Job, Made

MAX_PIXELS = 100_000_000
MAX_FRAMES = 500
PORTRAIT, LANDSCAPE = (612.0, 792.0), (792.0, 612.0)
# What a picture may take of the page, in points: above the place of the stamp.
PORTRAIT_ROOM, LANDSCAPE_ROOM = (504.0, 666.0), (666.0, 486.0)
LEAST_DPI = 150
# A scan says how large its paper was; anything else is not believed.
PAPER_POINTS = (144.0, 3456.0)
PHOTOS = ("heic", "webp")
# In a JPEG: the entries that list further pictures, and the marks of two kinds of segments.
_LISTED, _APP2, _SCAN = 0xB002, b"\xe2", b"\xda"
TOOL = f"img2pdf {img2pdf.__version__}, Pillow {PIL.__version__}"

pillow_heif.register_heif_opener()
Image.MAX_IMAGE_PIXELS = MAX_PIXELS

# What the picture libraries raise on broken or odd files.
_BROKEN = (
    UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning, OSError, ValueError,
    SyntaxError, TypeError, LookupError, ArithmeticError, AttributeError, EOFError, RuntimeError,
    NotImplementedError, img2pdf.ImageOpenError, img2pdf.AlphaChannelError, img2pdf.JpegColorspaceError,
    img2pdf.PdfTooLargeError, img2pdf.ExifOrientationError,
)  # fmt: skip


def make(job: Job) -> Made:
    """Make one page of a picture, or one for each page of a TIFF; of moving pictures the first. Raises CannotRender."""
    target = job.folder / "image.pdf"
    with warnings.catch_warnings():
        # The libraries warn of many things in files that they show all the same.
        warnings.simplefilter("ignore")
        try:
            notes = _check(job)
            with target.open("wb") as out:
                how = _convert(job, out)
        except Image.DecompressionBombError as error:
            raise CannotRender(_("The picture unpacks to more than can be opened safely.")) from error
        except _BROKEN as error:
            raise CannotRender(_("The picture is damaged or of a kind that cannot be shown.")) from error
    return Made(target, "image", f"{TOOL}; {how}", warnings=tuple(notes))


def _check(job: Job) -> list[str]:
    """Look at headers only: how many pixels and pages there would be, and what is not shown."""
    with Image.open(job.source) as image:
        if image.width * image.height > MAX_PIXELS:
            raise CannotRender(_("The picture unpacks to more than can be opened safely."))
        if job.kind == "tiff":
            _check_pages(image)
            return []
        return _left_out(image)


def _check_pages(image: Image.Image) -> None:
    """Each page of a TIFF must be within bounds: it is shown whole or not at all."""
    count = getattr(image, "n_frames", 1)
    if count > MAX_FRAMES:
        told = {"count": f"{count:,}", "most": MAX_FRAMES}
        raise CannotRender(_("The file holds %(count)s pages; %(most)s can be shown.") % told)
    for number in range(1, count):
        image.seek(number)
        if image.width * image.height > MAX_PIXELS:
            told = {"number": number + 1, "count": count}
            text = _("Page %(number)s of %(count)s unpacks to more than can be opened safely.")
            raise CannotRender(text % told)


def _left_out(image: Image.Image) -> list[str]:
    """A sentence on further pictures in the file: the frames of an animation, or a phone's second image."""
    try:
        count = getattr(image, "n_frames", 1)
    except _BROKEN:
        # Damage further on is no reason not to show the first.
        return [_("The file holds more than one picture; the first is shown.")]
    if count < 2:
        return []
    return [_("The file holds %(count)s pictures; the first is shown.") % {"count": f"{count:,}"}]


def _convert(job: Job, out: BinaryIO) -> str:
    if job.kind in ("jpeg", "png", "tiff") and not _is_mirrored(job.source):
        try:
            _join([_first_alone(job) if job.kind == "jpeg" else job.source], out)
            return "bytes kept where possible"
        except _BROKEN:
            out.seek(0)
            out.truncate()
    _join(list(_drawn(job)), out)
    return "drawn anew"


def _first_alone(job: Job) -> Path:
    """A photo without the pictures that phones hang behind it, such as a map of depths: its own bytes are kept.

    They are told by a segment that lists them (CIPA DC-007).
    """
    with Image.open(job.source) as image:
        listed: Sequence[dict[str, Any]] = (
            getattr(image, "mpinfo", {}).get(_LISTED, ()) if image.format == "MPO" else ()
        )
    if len(listed) < 2:
        return job.source
    data = job.source.read_bytes()[: listed[0]["Size"]]
    kept, at = [data[:2]], 2
    while data[at : at + 1] == b"\xff" and data[at + 1 : at + 2] != _SCAN:
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if not (data[at + 1 : at + 2] == _APP2 and data[at + 4 : at + 8] == b"MPF\0"):
            kept.append(data[at:end])
        at = end
    alone = job.folder / "first.jpg"
    alone.write_bytes(b"".join([*kept, data[at:]]))
    return alone


def _join(sources: "list[Path] | list[bytes]", out: BinaryIO) -> None:
    try:
        img2pdf.convert(
            *[str(source) if isinstance(source, Path) else source for source in sources],
            outputstream=out,
            layout_fun=_layout,
            rotation=img2pdf.Rotation.ifvalid,
            nodate=True,
            producer="",
        )
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - the library raises nothing finer for some damage
        raise ValueError(str(error)) from error


def _layout(width: int, height: int, dpi: tuple[float, float]) -> tuple[float, float, float, float]:
    """Page and picture size in points: the paper's own where a scan names it, else fitted into a Letter page."""
    paper = tuple(pixels * 72 / per_inch for pixels, per_inch in zip((width, height), dpi, strict=True))
    is_scan = dpi[0] >= LEAST_DPI and all(PAPER_POINTS[0] <= side <= PAPER_POINTS[1] for side in paper)
    if is_scan and min(paper) > LANDSCAPE_ROOM[1] and max(paper) > LANDSCAPE_ROOM[0]:
        return paper[0], paper[1], paper[0], paper[1]
    page, room = (PORTRAIT, PORTRAIT_ROOM) if height >= width else (LANDSCAPE, LANDSCAPE_ROOM)
    points = 72 / LEAST_DPI
    scale = min(points, room[0] / width, room[1] / height)
    return page[0], page[1], width * scale, height * scale


def _is_mirrored(path: Path) -> bool:
    """Whether the camera says that the picture must be mirrored, which a page's rotation cannot do."""
    try:
        with Image.open(path) as image:
            return image.getexif().get(0x0112, 1) in (2, 4, 5, 7)
    except _BROKEN:
        return False


def _drawn(job: Job) -> Iterator[bytes]:
    """Each picture decoded, upright, on white, and encoded again."""
    with Image.open(job.source) as image:
        frames = ImageSequence.Iterator(image) if job.kind == "tiff" else [image]
        for frame in frames:
            upright = _on_white(ImageOps.exif_transpose(frame))
            data = io.BytesIO()
            if job.kind in PHOTOS:
                upright.convert("RGB").save(data, "JPEG", quality=90)
            else:
                upright.save(data, "PNG")
            yield data.getvalue()


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode in ("1", "L", "RGB"):
        return image.copy()
    if image.mode.startswith("I") or image.mode == "F":
        # More than 256 levels, such as an X-ray has: the darkest and the lightest of them become black and white.
        wide = image.convert("F")
        low, high = (float(str(level)) for level in wide.getextrema())
        scale = 255 / ((high - low) or 1.0)
        return wide.point(lambda level: level * scale - low * scale).convert("L")
    layer = image.convert("RGBA")
    white = Image.new("RGBA", layer.size, (255, 255, 255, 255))
    return Image.alpha_composite(white, layer).convert("RGB")
