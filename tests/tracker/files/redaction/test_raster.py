"""Pictures of pages: packed by their content, exact black in the boxes, never larger than memory."""

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from tests.data import pdfs, statements
from tests.data.statements import box
from tracker.files.redaction import opening, raster

BOX = box(1, 100, 100, 80, 20)


def draw(path, *areas, unit=1.0):
    with opening.opened(path) as document:
        return raster.draw(document[0], areas or [BOX], unit)


def image_of(picture):
    with pikepdf.new() as pdf:
        return pikepdf.PdfImage(picture.stream(pdf)).as_pil_image().convert("RGB")


def page_with(path, *, grey=0.0, color=None):
    canvas = Canvas(str(path), pagesize=(200, 203), invariant=1)
    canvas.setFillGray(grey)
    if color:
        canvas.setFillColorRGB(*color)
    canvas.drawString(20, 150, "Some words")
    canvas.save()
    return path


def assert_black_inside_only(image, left=417, top=417, right=750, bottom=500):
    assert image.crop((left, top, right, bottom)).getextrema() == ((0, 0),) * 3
    assert image.crop((left, 0, right, top - 2)).getextrema()[0][1] == 255


def test_black_on_white_is_packed_for_fax(tmp_path):
    picture = draw(page_with(tmp_path / "a.pdf"))
    assert (picture.how, picture.bits, picture.width, picture.height) == ("g4", 1, 833, 846)
    assert_black_inside_only(image_of(picture))
    assert len(picture.data) < 20_000


def test_greys_are_sixteen(tmp_path):
    picture = draw(page_with(tmp_path / "a.pdf", grey=0.4))
    image = image_of(picture)
    assert (picture.how, picture.bits, picture.channels) == ("flate", 4, 1)
    assert_black_inside_only(image)
    assert len(image.convert("L").getcolors()) <= 16
    assert image.getpixel((832, 845)) == (255, 255, 255)


def test_colors_stay_colors(tmp_path):
    picture = draw(page_with(tmp_path / "a.pdf", color=(0.1, 0.2, 0.7)))
    image = image_of(picture)
    assert (picture.how, picture.channels, len(picture.palette)) == ("flate", 1, 768)
    assert_black_inside_only(image)
    assert any(blue > red + 60 for _count, (red, _green, blue) in image.getcolors())
    assert image.getpixel((10, 10)) == (255, 255, 255)


def test_scans_are_photographs(tmp_path):
    picture = draw(statements.scan(tmp_path / "a.pdf"))
    assert (picture.how, picture.channels) == ("jpeg", 1)
    assert image_of(picture).crop((430, 430, 730, 480)).getextrema()[0][1] < 10


def test_what_lies_under_a_box_leaves_no_mark(tmp_path):
    """Two pages that differ only under the box give the same picture, whatever way it is packed."""
    for color in (None, (0.1, 0.2, 0.7)):
        paths = []
        for name in ("one", "other"):
            path = tmp_path / f"{name}.pdf"
            canvas = Canvas(str(path), pagesize=(200, 200), invariant=1)
            if color:
                canvas.setFillColorRGB(*color)
            canvas.drawString(20, 150, "The same")
            canvas.drawString(105, 84, name)
            canvas.save()
            paths.append(path)
        assert draw(paths[0]) == draw(paths[1])


@pytest.mark.parametrize(("side", "dpi"), [(600, 300), (2000, 216), (7000, 61)])
def test_large_pages_are_drawn_coarser(tmp_path, side, dpi):
    picture = draw(pdfs.shaped(tmp_path / "a.pdf", media=(0, 0, side, side)))
    assert picture.dpi == dpi
    assert picture.width * picture.height <= raster.MAX_PIXELS * 1.01


def test_too_large_a_page_is_refused(tmp_path):
    with pytest.raises(raster.TooLarge):
        draw(pdfs.shaped(tmp_path / "a.pdf", media=(0, 0, 9000, 9000)))


def test_a_unit_of_its_own_is_heeded(tmp_path):
    picture = draw(pdfs.shaped(tmp_path / "a.pdf", media=(0, 0, 100, 50), unit=3), unit=3.0)
    assert (picture.width, picture.height) == (1250, 625)


@given(st.tuples(*[st.decimals(0, 700, places=2)] * 4), st.integers(50, 300))
def test_pixels_of_a_box_cover_it_and_lie_in_the_picture(numbers, dpi):
    area = box(1, *numbers)
    left, top, right, bottom = raster.pixel_box(area, dpi, (2550, 3300))
    scale = dpi / 72
    assert left >= 0
    assert right <= 2550
    assert bottom <= 3300
    assert left <= float(area.x) * scale
    assert top <= float(area.y) * scale
    assert right >= min(2550, float(area.right) * scale - 1e-6)
    assert bottom >= min(3300, float(area.bottom) * scale - 1e-6)
