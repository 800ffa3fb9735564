"""Prose with words in bold."""

import pytest

from tests.tracker.bundle import samples
from tests.tracker.bundle.test_draw import make_book
from tracker.bundle.draw import PageMark
from tracker.bundle.emphasis import bold, draw_prose, wrap_prose
from tracker.bundle.styles import PROSE


def plain(lines):
    return ["".join(part.text for part in line) for line in lines]


def strong(lines):
    return [part.text for line in lines for part in line if part.style.face == "serif-bold"]


@pytest.fixture
def book(tmp_path):
    return make_book(tmp_path / "a.pdf")


def test_only_what_is_marked_is_bold(book):
    lines = wrap_prose(book, f"Frozen on {bold('May 3, 2026')} (freeze 1), at entry {bold(12)}.", PROSE, 470)

    assert plain(lines) == ["Frozen on May 3, 2026 (freeze 1), at entry 12."]
    assert [text.strip() for text in strong(lines)] == ["May 3, 2026", "12"]


def test_lines_stay_within_their_width_and_lose_no_word(book):
    text = f"{'one two three ' * 12}{bold('from 000001 to 000999')} {'four five ' * 9}end."
    lines = wrap_prose(book, text, PROSE, 200)

    assert len(lines) > 4
    for line in lines:
        assert sum(book.setter.width(part.text, *part.style.pair) for part in line) <= 200
    assert " ".join(" ".join(plain(lines)).split()) == " ".join(text.replace("\x02", "").replace("\x03", "").split())


def test_without_a_mark_it_is_wrapped_as_any_text(book):
    text = "one two three " * 30

    assert plain(wrap_prose(book, text, PROSE, 200)) == book.wrap(text, PROSE, 200)


def test_it_is_drawn_as_one_stretch_that_reads_as_a_sentence(book, tmp_path):
    book.open(PageMark("front"))
    lines = wrap_prose(book, f"Numbers run {bold('from 1 to 2')}, and no further than that.", PROSE, 120)
    low = draw_prose(book, 54, 700, lines, leading=PROSE.leading)
    book.close()
    book.canvas.save()

    assert low == 700 - (len(lines) - 1) * PROSE.leading
    assert [element.kind for element in book.tree.elements()] == ["P"]
    (text,) = samples.page_texts(tmp_path / "a.pdf")
    assert "Numbers run from 1 to 2, and no further than that." in " ".join(text.split())
