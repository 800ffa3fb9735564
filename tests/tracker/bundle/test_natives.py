"""Which originals go along with an edition."""

from dataclasses import replace

import pytest

from tests.tracker.bundle import samples
from tests.tracker.bundle.test_planning import paged, plan_of
from tracker.bundle.natives import kept_back, may_carry_native, shows_all_pages
from tracker.bundle.plan import Hidden, RedactedPage


@pytest.fixture
def plan():
    """A letter, an e-mail with an attachment, a letter with a hidden page, a recording, one withheld."""
    mail = replace(paged("E-2", 1), bates_first=3, bates_last=3, attachments=1)
    attachment = replace(paged("E-2.1", 1), bates_first=4, bates_last=4, parent="E-2")
    partly = replace(paged("E-3", 3), bates_first=5, bates_last=7, hidden=(Hidden(2, 2, "W-1"),))
    return plan_of(paged("E-1", 2), mail, attachment, partly, samples.slip("E-4", 8), samples.withheld("E-5", 9, 9))


def carried(plan, **heading):
    plan = replace(plan, heading=replace(plan.heading, **heading))
    return [item.key for item in plan.exhibits if may_carry_native(plan, item)]


def test_what_an_edition_does_not_show_does_not_go_as_an_original_either(plan):
    mail, attachment = plan.exhibits[1], plan.exhibits[2]
    redacted = replace(attachment, redacted=(RedactedPage(1, 1, ("R-1",)),))
    without = replace(plan, exhibits=(mail, *plan.exhibits[3:]))
    with_redacted = replace(plan, exhibits=(mail, redacted))

    assert carried(plan, edition="board") == carried(plan, edition="hearing") == ["E-1", "E-2", "E-2.1", "E-4"]
    assert carried(without, edition="board") == ["E-4"]
    assert carried(with_redacted, edition="board") == []
    assert [shows_all_pages(item) for item in plan.exhibits] == [True, True, True, False, False, False]


def test_the_respondent_gets_recordings_only_where_nobody_is_masked(plan):
    assert carried(plan, edition="respondent", is_masked=False) == ["E-4"]
    assert carried(plan, edition="respondent", is_masked=True) == []
    assert carried(plan, edition="public", is_masked=False) == []


def test_a_plan_that_does_not_tell_counts_as_masked(plan):
    plain = plan.to_json().replace('"is_masked":true,', "")

    assert "is_masked" not in plain
    assert carried(type(plan).from_json(plain), edition="respondent") == []


def test_items_of_which_there_is_only_a_sheet_are_named(plan):
    masked = replace(plan, heading=replace(plan.heading, edition="respondent"))

    assert [item.key for item in kept_back(masked)] == ["E-4"]
    assert kept_back(plan) == ()
