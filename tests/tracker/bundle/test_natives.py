"""Which originals go along with an edition."""

from dataclasses import replace

import pytest

from tests.tracker.bundle import samples
from tests.tracker.bundle.test_planning import paged, plan_of
from tracker.bundle.natives import kept_back, may_carry_native, shows_all_pages
from tracker.bundle.plan import UNKNOWN, Hidden, RedactedPage


@pytest.fixture
def plan():
    """A letter, an e-mail with an attachment, a letter with a hidden page, a recording, one withheld."""
    mail = replace(paged("E-2", 1), bates_first=3, bates_last=3, attachments=1)
    attachment = replace(paged("E-2.1", 1), bates_first=4, bates_last=4, parent="E-2", origin="E-2")
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


def test_what_the_scan_refused_goes_along_nowhere(plan):
    for edition in ("board", "hearing", "court"):
        recording = with_item(plan, "E-4", is_refused=True)
        assert carried(recording, edition=edition) == ["E-1", "E-2", "E-2.1"]
        within = replace(samples.slip("E-2.1", 4, parent="E-2", origin="E-2"), is_refused=True)
        mail = replace(plan, exhibits=(plan.exhibits[1], within))
        assert carried(mail, edition=edition) == []
    assert [item.key for item in kept_back(recording)] == ["E-4"]


@pytest.fixture
def family():
    """E-1 holds the letter E-1.1 and the e-mail E-1.2; the letter E-1.4 and the e-mail E-1.3 came out of that, and
    the recording E-1.5 out of E-1.3."""
    held = {"E-1.1": ("E-1", 0), "E-1.2": ("E-1", 3), "E-1.3": ("E-1.2", 1), "E-1.4": ("E-1.2", 0)}
    items = [replace(paged("E-1", 1), attachments=5)]
    items += [
        replace(paged(key, 1, parent="E-1", origin=origin, attachments=count), bates_first=number, bates_last=number)
        for number, (key, (origin, count)) in enumerate(held.items(), start=2)
    ]
    return plan_of(*items, samples.slip("E-1.5", 6, parent="E-1", origin="E-1.3"))


def with_item(plan, key, **changes):
    items = (replace(item, **changes) if item.key == key else item for item in plan.exhibits)
    return replace(plan, exhibits=tuple(items))


def test_what_is_not_whole_within_an_email_within_an_email_keeps_back_both(family):
    by_key = family.by_key()
    free = ["E-1", "E-1.1", "E-1.2", "E-1.3", "E-1.4", "E-1.5"]
    redacted = with_item(family, "E-1.4", redacted=(RedactedPage(1, 1, ("R-1",)),))
    withheld = plan_of(*(one for one in family.exhibits if one.key != "E-1.5"), samples.withheld("E-1.5", 6, 6))
    without = replace(family, exhibits=tuple(one for one in family.exhibits if one.key != "E-1.5"))
    turned = replace(family, exhibits=tuple(reversed(family.exhibits)))

    assert by_key["E-1.5"].kind == "slip"
    assert carried(family, edition="board") == sorted(carried(turned, edition="court")) == free
    assert carried(redacted, edition="board") == ["E-1.1", "E-1.3", "E-1.5"]
    for plan in (withheld, without):
        for edition in ("board", "hearing", "court"):
            assert carried(plan, edition=edition) == ["E-1.1", "E-1.4"]


def test_what_is_not_known_counts_as_closed(family):
    assert "E-1.3" not in carried(with_item(family, "E-1.3", attachments=UNKNOWN), edition="board")
    assert "E-1.3" not in carried(with_item(family, "E-1.3", origin=""), edition="board")
    # A plan of before told nothing of it.
    plain = family.to_json()
    for origin in ("E-1", "E-1.2", "E-1.3", ""):
        plain = plain.replace(f'"origin":"{origin}",', "")
    assert '"origin"' not in plain
    assert carried(type(family).from_json(plain), edition="board") == ["E-1"]


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
