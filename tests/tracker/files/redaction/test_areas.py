"""Boxes: their one text, and every fault told at once."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.data.statements import box
from tracker.files.redaction import areas

CODES = {"R-1", "M-1"}
SIZES = [(Decimal(612), Decimal(792)), (Decimal(300), Decimal("200.5"))]


def test_the_text_is_canonical_and_in_reading_order():
    lower, upper = box(1, 10, 50, 20, 10), box(1, "10.50", 20, 20, 10)

    assert areas.to_text([lower, upper]) == areas.to_text([upper, lower])
    assert areas.to_text([upper]) == '[{"code":"R-1","height":"10","page":1,"width":"20","x":"10.5","y":"20"}]'


numbers = st.decimals(0, 9999, places=2)


@given(
    st.lists(
        st.builds(areas.Area, st.integers(1, 999), numbers, numbers, numbers, numbers, st.sampled_from(["R-1", "M-1"]))
    )
)
def test_text_and_back(found):
    assert sorted(areas.from_text(areas.to_text(found)), key=repr) == sorted(
        (areas.make(one.page, (one.x, one.y, one.width, one.height), one.code) for one in found), key=repr
    )


@pytest.mark.parametrize("numbers", [("a", 1, 1, 1), ("NaN", 1, 1, 1), ("1e99", 1, 1, 1), ("Infinity", 0, 0, 0)])
def test_what_is_no_number_is_no_box(numbers):
    with pytest.raises(ValueError, match="box"):
        areas.make(1, numbers, "R-1")


@pytest.mark.parametrize("text", ["{}x", "[1]", '[{"page":1}]', '{"a":1}', '[{"page":"x"}]'])
def test_what_is_no_text_of_areas_is_refused(text):
    with pytest.raises(ValueError, match=r".*"):
        areas.from_text(text)


def test_good_boxes_have_no_faults():
    assert areas.faults([box(1, 0, 0, 612, 792), box(2, 0.2, 0, 300, 200.5, "M-1")], SIZES, CODES) == []


@pytest.mark.parametrize(
    ("area", "words"),
    [
        (box(3, 0, 0, 10, 10), "there is no page 3"),
        (box(0, 0, 0, 10, 10), "there is no page 0"),
        (box(1, 0, 0, 1, 10), "smaller than 2 points"),
        (box(1, 5, 5, -9, 10), "smaller than 2 points"),
        (box(2, 200, 0, 101, 10), "reaches beyond page 2, which measures 300 by 200.5 points"),
        (box(1, -3, 0, 10, 10), "reaches beyond page 1"),
        (box(1, 0, 0, 10, 10, "R-9"), "has no reason"),
    ],
)
def test_each_fault_is_told(area, words):
    [fault] = areas.faults([area], SIZES, CODES)
    assert words in fault


def test_all_faults_are_told_at_once_within_reason():
    found = areas.faults([box(1, -9, 0, 1, 10, "")] * 30, SIZES, CODES)
    assert len(found) == areas.MAX_REASONS + 1
    assert found[-1] == "And 70 more."


def test_none_and_too_many():
    assert areas.faults([], SIZES, CODES) == ["Draw at least one box."]
    many = [box(1, 0, 0, 10, 10)] * (areas.MAX_AREAS + 1)
    assert "more than 5000 boxes" in areas.faults(many, SIZES, CODES)[0]
    pages = [box(page, 0, 0, 10, 10) for page in range(1, areas.MAX_PAGES + 2)]
    assert "More than 500 pages" in areas.faults(pages, SIZES, CODES)[0]


def test_by_page():
    found = [box(2, 1, 1, 5, 5), box(1, 1, 1, 5, 5), box(2, 9, 9, 5, 5)]
    assert areas.pages_of(found) == [1, 2]
    assert areas.on_page(found, 2) == (found[0], found[2])
    assert (found[0].right, found[0].bottom) == (6, 6)
