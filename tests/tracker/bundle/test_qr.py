"""The QR code."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.bundle.qr import address, modules, rectangles


def test_the_address_is_in_capitals_with_sixteen_digits():
    assert address("https://bundles.example/verify/", "ab" * 32) == "HTTPS://BUNDLES.EXAMPLE/VERIFY/ABABABABABABABAB"
    assert address("https://bundles.example/verify", "ab" * 32) == "HTTPS://BUNDLES.EXAMPLE/VERIFY/ABABABABABABABAB"


def test_a_code_has_its_finder_patterns():
    rows = modules("HTTPS://BUNDLES.EXAMPLE/VERIFY/ABABABABABABABAB")
    size = len(rows)

    assert size == 29
    assert all(len(row) == size for row in rows)
    for top, left in ((0, 0), (0, size - 7), (size - 7, 0)):
        assert rows[top][left : left + 7] == [True] * 7
        assert rows[top + 1][left : left + 7] == [True, False, False, False, False, False, True]


def test_letters_that_would_need_another_mode_are_refused():
    with pytest.raises(ValueError, match="^$"):
        modules("https://bundles.example")


def test_the_same_address_gives_the_same_code():
    assert modules("ABC") == modules("ABC")


@given(st.lists(st.lists(st.booleans(), min_size=5, max_size=5), min_size=1, max_size=8))
def test_rectangles_cover_every_dark_module_once(rows):
    covered = [
        (row, column)
        for left, top, width, height in rectangles(rows)
        for row in range(top, top + height)
        for column in range(left, left + width)
    ]

    assert len(covered) == len(set(covered))
    assert set(covered) == {(y, x) for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark}
