"""Opening copies: pictures for the screen, and where a point of a page is seen."""

import io
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image

from tests.data import pdfs, statements
from tracker.files.redaction import opening


def test_a_page_as_a_picture(tmp_path):
    path = statements.statement(tmp_path / "a.pdf", others=("x",))
    with Image.open(io.BytesIO(opening.page_picture(path, 2))) as image:
        assert (image.format, image.size) == ("PNG", (850, 1100))


def test_a_very_large_page_is_drawn_coarser(tmp_path):
    path = pdfs.shaped(tmp_path / "a.pdf", media=(0, 0, 14400, 7200))
    with Image.open(io.BytesIO(opening.page_picture(path, 1))) as image:
        assert image.width * image.height <= opening.MAX_SCREEN_PIXELS * 1.01
        assert image.width == pytest.approx(2 * image.height, abs=2)


@pytest.mark.parametrize("number", [0, 3, -1])
def test_there_is_no_such_page(tmp_path, number):
    path = statements.statement(tmp_path / "a.pdf", others=("x",))
    with pytest.raises(opening.CannotOpen):
        opening.page_picture(path, number)


def test_the_text_of_a_page(tmp_path):
    path = statements.statement(tmp_path / "a.pdf", others=("Second",))
    assert opening.page_text(path, 2) == "Second"
    with pytest.raises(opening.CannotOpen):
        opening.page_text(path, 3)


def test_what_is_no_pdf_cannot_be_opened(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(b"nothing")
    with pytest.raises(opening.CannotOpen), opening.opened(path):
        pass


@pytest.mark.parametrize(("rotate", "seen"), [(0, (50, 180)), (90, (80, 50)), (180, (250, 80)), (270, (180, 250))])
def test_where_a_point_is_seen_on_a_turned_and_cropped_page(tmp_path, rotate, seen):
    path = pdfs.shaped(tmp_path / "a.pdf", rotate=rotate, crop=(50, 20, 350, 280))
    with opening.opened(path) as document:
        display = opening.Display(document[0], 2)
        assert display.point(100, 100) == pytest.approx([2 * one for one in seen], abs=0.01)
        assert display.size == ((600, 520) if rotate in (0, 180) else (520, 600))
        left, top, right, bottom = display.box(100, 100, 110, 105)
        assert (right - left) * (bottom - top) == pytest.approx(200, abs=0.2)


def test_several_threads_take_turns(tmp_path):
    path = statements.statement(tmp_path / "a.pdf", others=("x",) * 3)
    with ThreadPoolExecutor(4) as pool:
        pictures = list(pool.map(lambda number: opening.page_picture(path, number), [2, 3, 4] * 4))
    assert len(set(pictures)) == 1
