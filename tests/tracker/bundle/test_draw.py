"""The drawing kit."""

from pathlib import Path

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.tracker.bundle import samples
from tracker.bundle.draw import Book, PageMark
from tracker.bundle.styles import LEFT, NAVY, TEXT
from tracker.bundle.tags import Linked, Marked
from tracker.files.fonts import find_fonts
from tracker.files.typeset import Typesetter


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


def test_a_triangle_and_rules_are_paths(book):
    book.open(PageMark("front"))
    book.rule(100)
    book.triangle(100, 100)
    with book.linked("section:list", (0, 0, 1, 1)):
        pass

    assert text_of(book) == ""
    assert book.links[0].page == book.page == 0


def kinds(book):
    return [(one.kind, one.parent) for one in book.tree.elements()]


def test_text_belongs_to_the_open_element_or_is_a_paragraph(book):
    book.open(PageMark("front"))
    with book.tagged("H1"):
        book.text(LEFT, 700, "Title", TEXT)
    book.paragraph(LEFT, 600, "word " * 60, TEXT, width=200)
    book.heading(500, "Heading")
    book.text(LEFT, 400, "", TEXT)

    assert kinds(book) == [("H1", -1), ("P", -1), ("H2", -1)]
    # One stretch a paragraph, however many lines it has.
    assert [one.contents for one in book.tree.elements()] == [(Marked(0, 0),), (Marked(0, 1),), (Marked(0, 2),)]


def test_heads_feet_and_rules_are_not_read(book):
    book.open(PageMark("front"))
    book.head()
    book.rule(100)
    book.box((10, 10, 20, 20), NAVY)
    book.dots(10, 100, 50)
    book.foot()
    (link,) = book.tree.elements()

    assert (link.kind, link.contents) == ("Link", (Marked(0, 0), Linked(0)))
    text_of(book)
    with pikepdf.open(book.canvas._filename) as pdf:
        operators = [str(one.operator) for one in pikepdf.parse_content_stream(pdf.pages[0])]
    assert operators.count("BMC") + operators.count("BDC") == operators.count("EMC")
    assert operators.count("BDC") == 1


def test_the_way_back_stands_beside_what_is_open(book):
    book.open(PageMark("front"))
    with book.tagged("Table"), book.tagged("TR"):
        book.foot()

    assert kinds(book) == [("Table", -1), ("TR", 0), ("Link", -1)]


def test_lines_keep_the_space_at_which_they_were_broken(book):
    book.open(PageMark("front"))
    book.lines(LEFT, 700, ["one", "two"], TEXT)
    book.lines(LEFT, 600, ["אחת", "שתיים"], TEXT)
    text = text_of(book)

    assert "one \r\ntwo" in text or "one\r\ntwo" in text
    assert "אחת" in text


def test_counting_draws_nothing_but_knows_the_pages(book):
    book.is_counting = True
    book.open(PageMark("front", section="cover"))
    book.head()
    with book.tagged("H1"), book.linked("section:list", (0, 0, 1, 1)):
        width = book.text(LEFT, 700, "Title", TEXT)
    book.tracked(LEFT, 600, "CAPITALS", TEXT, space=2)
    book.box((0, 0, 9, 9), NAVY)
    book.dots(0, 9, 5)
    book.foot()
    book.close()

    assert width == book.setter.width("Title", *TEXT.pair)
    assert book.marks == [PageMark("front", section="cover")]
    assert (book.links, book.tree.elements()) == ([], ())
    assert not book.canvas._code
