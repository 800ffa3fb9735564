"""Where every page stands and what it is called."""

import pytest

from tests.tracker.bundle import samples
from tests.tracker.bundle.test_planning import plan_of
from tracker.bundle.places import FRONT, LOGS, Label, Places, full_range, roman
from tracker.bundle.plan import Hidden, Limits
from tracker.bundle.planning import Extras
from tracker.bundle.volumes import volumes_of

TITLES = {name: name.title() for name in (*FRONT, "exhibits", *LOGS)}


def places_of(plan, volume=1, **lengths):
    given = {"cover": 1, "certificate": 1, "list": 2, "custody": 1, "hashes": 1} | lengths
    return Places(plan, volumes_of(plan)[volume - 1], given, TITLES, "Ex. ")


def test_the_order_of_the_whole_plan(built):
    places = places_of(built.plan, withheld=1)

    assert places.front == 4
    assert places.dividers == {"E-1": 4, "E-2": 8, "E-3": 17, "E-4": 19, "E-5": 21}
    assert [places.sheet_index("E-2", page) for page in (1, 8)] == [9, 16]
    assert [places.sheet_index("E-4", page) for page in (1, 6)] == [20, 20]  # one withheld sheet for all of them
    assert places.sheet_index("E-1", 4) is None
    assert places.total == 28
    assert [places.section_index(name) for name in ("cover", "list", "exhibits", "withheld", "hashes")] == [
        0,
        2,
        4,
        25,
        27,
    ]
    assert [places.label_of_section(name) for name in ("certificate", "list", "exhibits", "custody", "hashes")] == [
        "ii",
        "iii",
        "000001",
        "A-2",
        "A-3",
    ]


def test_a_section_without_pages_is_not_in_the_contents(built):
    names = [name for name, _title in places_of(built.plan).contents]

    assert names == ["certificate", "list", "exhibits", "custody", "hashes"]


def test_unknown_sections_and_exhibits_raise(built):
    with pytest.raises(KeyError):
        places_of(built.plan).section_index("appendix")
    assert places_of(built.plan).sheet_index("E-99", 1) is None


def test_a_new_label_where_a_number_gains_a_digit():
    exhibit = samples.slip("E-1", 8, kind="pages", bates_last=12, pages=(samples.SAMPLE_PAGE,) * 5)
    labels = places_of(plan_of(exhibit)).labels()

    assert labels == [
        Label(0, "", "r", 1),
        Label(4, "Ex. E-1", "", 1),
        Label(5, "BHP-2026-0417-00000", "D", 8),
        Label(7, "BHP-2026-0417-0000", "D", 10),
        Label(10, "A-", "D", 1),
    ]


def test_a_withheld_sheet_is_labeled_with_its_range():
    labels = places_of(plan_of(samples.withheld("E-1", 1, 6))).labels()

    assert Label(5, "BHP-2026-0417-000001–000006", "", 1) in labels


def test_a_range_names_its_prefix_once():
    plan = plan_of(samples.slip("E-1", 7))

    assert full_range(plan, 7, 7) == "BHP-2026-0417-000007"
    assert full_range(plan, 7, 9) == "BHP-2026-0417-000007–000009"


@pytest.mark.parametrize(
    ("number", "text"), [(1, "i"), (4, "iv"), (9, "ix"), (14, "xiv"), (40, "xl"), (1994, "mcmxciv")]
)
def test_roman_numbers(number, text):
    assert roman(number) == text


def test_front_pages_have_roman_labels(built):
    assert built.places.front_label(2) == "iii"


def test_a_later_volume_has_its_own_front_and_continues_the_numbers():
    exhibit = samples.slip("E-1", 8, kind="pages", bates_last=12, pages=(samples.SAMPLE_PAGE,) * 5)
    plan = plan_of(exhibit, extras=Extras(limits=Limits(sheets=3)))
    places = places_of(plan, 2, certificate=0, custody=0, hashes=0)

    assert places.labels() == [
        Label(0, "V2-", "r", 1),
        Label(3, "Ex. E-1", "", 1),
        Label(4, "BHP-2026-0417-0000", "D", 11),
    ]
    assert places.front_label(1) == "V2-ii"
    assert (places.sheet_index("E-1", 3), places.sheet_index("E-1", 5)) == (None, 5)


def test_hidden_pages_share_one_sheet_with_their_range():
    hidden = (Hidden(2, 4, "W-1"),)
    exhibit = samples.slip("E-1", 1, kind="pages", bates_last=5, pages=(samples.SAMPLE_PAGE,) * 5, hidden=hidden)
    places = places_of(plan_of(exhibit))

    assert [places.sheet_index("E-1", page) for page in (1, 2, 4, 5)] == [5, 6, 6, 7]
    assert Label(6, "BHP-2026-0417-000002–000004", "", 1) in places.labels()
