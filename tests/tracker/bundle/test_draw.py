"""The drawing kit."""

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.tracker.bundle import samples
from tracker.bundle.draw import FACT, LEFT, TEXT, Book, PageMark, shorten
from tracker.bundle.fonts import find_fonts
from tracker.bundle.typeset import Typesetter


def make_book(path):
    setter = Typesetter(find_fonts(samples.FONTS_ROOT, Path("/nonexistent")))
    canvas = Canvas(str(path), pagesize=(612, 792), invariant=1, initialFontName=setter.font("sans").fontName)
    return Book(
        canvas,
        setter,
        "In the Matter of " + "A" * 200,
        "Docket D-1",
        "Board edition",
        lambda _page: "iv",
        "Exhibit list",
    )


@pytest.fixture
def book(tmp_path):
    return make_book(tmp_path / "a.pdf")


def text_of(book):
    book.close()
    book.canvas.save()
    return samples.page_texts(Path(book.canvas._filename))[0]


def test_a_page_has_head_and_foot_and_a_way_back(book):
    book.open(PageMark("log", section="hashes"))
    book.head()
    book.foot()
    text = text_of(book)

    assert "Docket D-1" in text
    assert "BOARD EDITION" in text
    assert "iv" in text
    assert "…" in text
    assert [link.target for link in book.links] == ["section:list"]


def test_facts_return_their_lowest_line(book):
    book.open(PageMark("front"))
    low = book.facts(500, [("One", "a", FACT), ("Two", "b\nc", FACT)], x=174)

    assert low == 500 - 20 - 33


def test_long_facts_wrap_inside_the_page(book):
    book.open(PageMark("front"))
    low = book.facts(500, [("File", "name " * 60, FACT)], x=174)

    assert low < 440


def test_text_is_placed_at_its_edges(book):
    book.open(PageMark("front"))
    width = book.text_right(558, 100, "right", TEXT)
    book.text_center(306, 120, "center", TEXT)
    low = book.paragraph(LEFT, 400, "word " * 40, TEXT, width=100)
    title = book.title(LEFT, 300, "word " * 10, TEXT, width=100)
    book.tracked(LEFT, 200, "CAPITALS", TEXT, space=2)

    assert 10 < width < 30
    assert low < 400
    assert title < 300
    assert book.tracked_width("CAP", TEXT, 2) == book.setter.width("CAP", "sans", 8.4) + 4
    assert "CAPITALS" in text_of(book)


def test_a_long_line_is_cut_with_an_ellipsis(book):
    cut = shorten(book.setter, "word " * 100, TEXT, 90)

    assert cut.endswith("…")
    assert book.setter.width(cut, *TEXT.pair) <= 90
    assert shorten(book.setter, "short", TEXT, 90) == "short"


def test_a_triangle_and_rules_are_paths(book):
    book.open(PageMark("front"))
    book.rule(100)
    book.triangle(100, 100)
    book.link((0, 0, 1, 1), "section:list")

    assert text_of(book) == ""
    assert book.links[0].page == book.page == 0
