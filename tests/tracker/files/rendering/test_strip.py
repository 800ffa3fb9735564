"""Where a stamp covers nothing, and the text of the pages."""

import pytest

from tests.data import pdfs
from tracker.files.pdf import STAMP_PLACES
from tracker.files.rendering import strip

EVERY = (1 << len(STAMP_PLACES)) - 1


def clear_at(bits):
    return {place for bit, place in enumerate(STAMP_PLACES) if bits >> bit & 1}


def read(tmp_path, **shape):
    pdfs.shaped(tmp_path / "a.pdf", **({"media": (0, 0, 612, 792)} | shape))
    return [bits for bits, _end in strip.pages(tmp_path / "a.pdf", tmp_path / "a.txt")]


def test_an_empty_page_is_clear_everywhere(tmp_path):
    assert read(tmp_path, content=b"") == [EVERY]


def test_a_dark_or_busy_page_is_clear_nowhere(tmp_path):
    assert read(tmp_path, content=b"0 0 0.4 rg 0 0 612 792 re f") == [0]
    stripes = b" ".join(b"%d 0 4 792 re" % (x * 10) for x in range(62))
    assert read(tmp_path, content=b"0.2 g " + stripes + b" f") == [0]


def test_a_light_even_page_is_clear(tmp_path):
    assert read(tmp_path, content=b"0.85 g 0 0 612 792 re f") == [EVERY]


@pytest.mark.parametrize(
    ("rotate", "rect"),
    [(0, b"400 10 200 24"), (90, b"580 560 22 220"), (180, b"10 760 200 24"), (270, b"10 10 22 220")],
)
def test_content_in_the_displayed_corner_is_found_whatever_the_rotation(tmp_path, rotate, rect):
    (bits,) = read(tmp_path, rotate=rotate, content=b"0 g " + rect + b" re f")

    assert ("bottom_right", 22) not in clear_at(bits)
    assert {("top_left", 22), ("top_right", 22)} <= clear_at(bits)


def test_another_baseline_may_be_clear(tmp_path):
    (bits,) = read(tmp_path, content=b"0 g 300 14 290 6 re f")

    assert ("bottom_right", 30) in clear_at(bits)
    assert ("bottom_right", 16) not in clear_at(bits)


@pytest.mark.parametrize("media", [(0, 0, 1, 1), (0, 0, 14400, 14400), (0, 0, 30, 2000)])
def test_odd_sizes_are_survived(tmp_path, media):
    assert len(read(tmp_path, media=media, content=b"")) == 1


def test_the_text_of_pages_is_parted_by_form_feeds(tmp_path):
    pdfs.letter(tmp_path / "a.pdf", 3)
    ends = [end for _bits, end in strip.pages(tmp_path / "a.pdf", tmp_path / "a.txt")]
    pages = (tmp_path / "a.txt").read_text(encoding="utf-8").split("\f")

    assert [f"page {number} of 3" in text for number, text in enumerate(pages, start=1)] == [True] * 3
    assert ends == [len("\f".join(pages[: number + 1]).encode()) for number in range(3)]


def test_it_can_begin_at_any_page(tmp_path):
    pdfs.letter(tmp_path / "a.pdf", 3)
    (tmp_path / "a.txt").write_text("before", encoding="utf-8")

    assert len(list(strip.pages(tmp_path / "a.pdf", tmp_path / "a.txt", 2))) == 1
    assert (tmp_path / "a.txt").read_text(encoding="utf-8").startswith("before\f")
