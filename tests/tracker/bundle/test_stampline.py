"""How the stamp fits a page."""

from decimal import Decimal

import pytest

from tracker.bundle.plan import Stamping
from tracker.bundle.stampline import clear_baseline, fit, matrix
from tracker.files.pdf import STAMP_PLACES, PageFacts

NUMBER = "BHP-2026-0417-000008"
STAMPING = Stamping("BHP-2026-0417-")


def page(width, height, strip=-1):
    return PageFacts(("0", "0", str(width), str(height)), 0, "1", 0, 0, False, "", strip=strip)


def strip_of(*places):
    """The bits of the named places."""
    return sum(1 << STAMP_PLACES.index(place) for place in places)


@pytest.mark.parametrize(
    ("width", "height", "place"),
    [
        (612, 792, "whole"),
        (260, 400, "whole"),
        (259, 400, "no_link"),
        (149, 400, "number"),
        (40, 400, "log"),
        (300, 7, "log"),
    ],
)
def test_parts_are_left_out_as_the_page_gets_smaller(width, height, place):
    assert fit(page(width, height), NUMBER, STAMPING).place == place


def test_a_letter_page_has_the_full_size():
    found = fit(page(612, 792), NUMBER, STAMPING)

    assert (found.size, found.margin, found.baseline) == (Decimal("8.5"), 36, 22)


def test_a_small_page_has_a_smaller_number_inside_it():
    found = fit(page(100, 60), NUMBER, STAMPING)

    assert Decimal(4) <= found.size < Decimal("8.5")
    assert found.margin < 36
    assert found.baseline < 22


@pytest.mark.parametrize(
    ("rotate", "corner"),
    [(0, (10, 20)), (90, (210, 20)), (180, (210, 420)), (270, (10, 420))],
)
def test_the_displayed_corner_is_found_in_user_space(rotate, corner):
    facts = PageFacts(("10", "20", "210", "420"), rotate, "2", 0, 0, False, "")
    a, b, c, d, e, f = matrix(facts)

    assert (e, f) == corner
    assert abs(a * d - b * c) == Decimal("0.25")


def test_the_board_chooses_size_and_corner():
    found = fit(page(612, 792), NUMBER, Stamping("X-", position="top_left", size="10"))

    assert (found.size, found.corner) == (Decimal(10), "top_left")
    assert found.baseline == 792 - 22 - Decimal("7.2")


def test_a_stamp_moves_along_its_own_edge_to_where_it_covers_nothing():
    strip = strip_of(("bottom_right", 30), ("bottom_left", 22), ("top_right", 22))

    assert clear_baseline(strip, "bottom_right") == 30
    assert (
        fit(page(612, 792, strip), NUMBER, STAMPING).baseline,
        fit(page(612, 792, strip), NUMBER, STAMPING).moved,
    ) == (
        30,
        True,
    )


def test_the_corner_is_never_changed_and_a_covered_one_is_flagged():
    found = fit(page(612, 792, strip_of(("bottom_left", 22))), NUMBER, STAMPING)

    assert (found.corner, found.baseline, found.over_content) == ("bottom_right", 22, True)
