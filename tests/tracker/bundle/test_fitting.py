"""Words made to fit."""

from tests.tracker.bundle import samples
from tracker.bundle.fitting import shorten, whole_numbers
from tracker.bundle.styles import TEXT
from tracker.files.typeset import Typesetter


def test_a_long_line_is_cut_with_an_ellipsis():
    setter = Typesetter(samples.fonts())
    cut = shorten(setter, "word " * 100, TEXT, 90)

    assert cut.endswith("…")
    assert setter.width(cut, *TEXT.pair) <= 90
    assert shorten(setter, "short", TEXT, 90) == "short"


def test_only_a_range_too_wide_may_be_broken_and_only_at_its_dash():
    setter = Typesetter(samples.fonts())

    assert whole_numbers(setter, "see 00000001–00000012 now", TEXT, 60) == "see 00000001– 00000012 now"
    assert whole_numbers(setter, "see 00000001–00000012 now", TEXT, 90) == "see 00000001–00000012 now"
    assert whole_numbers(setter, "a dash – between–words", TEXT, 10) == "a dash – between–words"
