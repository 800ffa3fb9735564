"""Lines break where they must, keep their spaces, and lose nothing."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tracker.bundle import samples
from tracker.files.fonts import find_fonts
from tracker.files.rendering.lines import broken, is_right_to_left
from tracker.files.typeset import Typesetter

FILES = find_fonts(samples.FONTS_ROOT, Path("/nonexistent"))
STYLE = ("sans", 10)


def parts(text, width=100):
    return list(broken(Typesetter(FILES), text, STYLE, width))


@pytest.mark.parametrize(
    ("text", "turned"),
    [("abc", False), ("אבג", True), ("(12) אבג", True), ("12", False), ("", False), ("a אבג", False), ("علاج a", True)],
)
def test_the_first_letter_tells_the_direction(text, turned):
    assert is_right_to_left(text) == turned


def test_spaces_at_the_beginning_and_between_words_stay():
    assert parts("   a  b", 200) == ["   a  b"]
    assert parts("") == [""]


def test_spaces_where_a_line_breaks_and_an_endless_indent_go():
    assert parts("fourteen words" + " " * 15 + "next") == ["fourteen words", "next"]
    assert parts(" " * 500 + "words") == ["words"]


def test_a_line_breaks_between_words_and_a_word_without_end_anywhere():
    assert parts("several words that wrap") == ["several words that", "wrap"]
    assert "".join(parts("x" * 2000)) == "x" * 2000


def test_a_sign_is_not_parted_from_what_stands_on_it():
    # Hebrew points have no composed letters, so they stay signs of their own.
    assert all(not part.startswith("\u05b8") for part in parts("\u05d0\u05b8" * 300))


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300), st.integers(min_value=30, max_value=300))
def test_every_line_fits_and_no_letter_is_lost(text, width):
    setter = Typesetter(FILES)
    lines = list(broken(setter, text, STYLE, width))

    assert "".join(lines).replace(" ", "") == setter.shown(text, "sans").replace(" ", "")
    # Two letters joined across the places where they were measured may differ by a hair.
    assert all(setter.width(line, *STYLE) <= width + 2 or len(line) == 1 for line in lines)
