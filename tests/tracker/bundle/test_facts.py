"""Rows of a label and a value."""

from tests.tracker.bundle import samples
from tests.tracker.bundle.test_draw import make_book
from tracker.bundle.draw import PageMark
from tracker.bundle.facts import draw_facts, fact_lines
from tracker.bundle.styles import FACT


def test_facts_return_their_lowest_line(tmp_path):
    book = make_book(tmp_path / "a.pdf")
    book.open(PageMark("front"))

    assert draw_facts(book, 500, [("One", "a", FACT), ("Two", "b\nc", FACT)], x=174) == 500 - 20 - 33
    assert draw_facts(book, 300, [], x=174) == 300
    book.close()
    book.canvas.save()
    assert "Two b" in " ".join(samples.page_texts(tmp_path / "a.pdf")[0].split())


def test_long_facts_wrap_inside_the_page(tmp_path):
    book = make_book(tmp_path / "a.pdf")
    book.open(PageMark("front"))

    assert draw_facts(book, 500, [("File", "name " * 60, FACT)], x=174) < 440
    assert all(book.setter.width(line, *FACT.pair) <= 384 for line in fact_lines(book, "name " * 60, FACT, 174))


def test_facts_are_a_table_with_heads(tmp_path):
    book = make_book(tmp_path / "a.pdf")
    book.open(PageMark("front"))
    draw_facts(book, 500, [("One", "a", FACT)], x=174)

    assert [(one.kind, one.scope) for one in book.tree.elements()] == [
        ("Table", ""),
        ("TR", ""),
        ("TH", "Row"),
        ("TD", ""),
    ]
