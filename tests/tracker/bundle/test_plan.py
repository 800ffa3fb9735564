"""The frozen plan: its spelling, and how an exhibit is divided into stretches."""

import pytest

from tests.tracker.bundle import samples
from tracker.bundle.plan import PAGES, SLIP, WITHDRAWN_PAGES, WITHHELD, BundlePlan, Hidden, Segment


def test_a_plan_reads_back_what_it_wrote(built):
    text = built.plan.to_json()

    assert BundlePlan.from_json(text) == built.plan
    assert BundlePlan.from_json(text).to_json() == text


def test_another_format_is_refused(built):
    with pytest.raises(ValueError, match="recourse-bundle/1"):
        BundlePlan.from_json(built.plan.to_json().replace("recourse-bundle/1", "recourse-bundle/2"))


def test_the_range_covers_shown_withheld_and_unchosen(built):
    assert (built.plan.first_number, built.plan.last_number) == (1, 23)
    assert built.plan.bates(8) == "BHP-2026-0417-000008"


def test_an_exhibit_is_divided_where_pages_are_hidden():
    pages = (samples.SAMPLE_PAGE,) * 10
    hidden = (Hidden(1, 2, "W-1"), Hidden(5, 5, WITHDRAWN_PAGES), Hidden(9, 10, "W-3"))
    item = samples.slip("E-1", 1, kind=PAGES, bates_last=10, pages=pages, hidden=hidden)

    assert item.segments == (
        Segment(WITHHELD, 1, 2),
        Segment(PAGES, 3, 4),
        Segment(PAGES, 6, 8),
        Segment(WITHHELD, 9, 10),
    )
    assert item.sheets == 7


def test_a_slip_sheet_and_a_withheld_exhibit_are_one_sheet():
    assert samples.slip("E-1", 1).segments == (Segment(SLIP, 1, 1),)
    assert samples.withheld("E-1", 1, 6).segments == (Segment(WITHHELD, 1, 6),)
    assert samples.withheld("E-1", 1, 6).sheets == 1


def test_a_number_is_written_with_the_boards_digits(built):
    assert built.plan.digits(8) == "000008"
    assert built.plan.by_key()["E-3"].title == "Recording E-3"
