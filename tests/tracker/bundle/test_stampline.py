"""How the stamp fits a page."""

from decimal import Decimal

import pytest

from tracker.bundle.stampline import fit, matrix
from tracker.files.pdf import PageFacts

NUMBER = "BHP-2026-0417-000008"


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
    assert fit(Decimal(width), Decimal(height), NUMBER).place == place


def test_a_letter_page_has_the_full_size():
    found = fit(Decimal(612), Decimal(792), NUMBER)

    assert (found.size, found.margin, found.baseline) == (Decimal("8.5"), 36, 22)


def test_a_small_page_has_a_smaller_number_inside_it():
    found = fit(Decimal(100), Decimal(60), NUMBER)

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
