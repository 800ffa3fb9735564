"""Where every page stands and what it is called."""

import pytest

from tests.tracker.bundle import samples
from tests.tracker.bundle.test_plan import plan_of
from tracker.bundle.places import Label, Places, full_range, roman
from tracker.bundle.render import Layout

TITLES = {name: name.title() for name in ("cover", "certificate", "list", "exhibits", "withheld", "custody", "hashes")}


def places_of(plan, **lengths):
    given = {"cover": 1, "certificate": 1, "list": 2, "custody": 1, "hashes": 1} | lengths
    return Places(plan, given, TITLES, "Ex. ")


def test_the_order_of_the_whole_plan(built):
    places = places_of(built.plan, withheld=1)

    assert places.front == 4
    assert places.divider_indexes() == {"E-1": 4, "E-2": 8, "E-3": 17, "E-4": 19, "E-5": 21}
    assert places.divider_index("E-5") == 21
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
        places_of(built.plan).section_index("witnesses")
    with pytest.raises(KeyError):
        places_of(built.plan).divider_index("E-99")


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
    assert Layout.read(built.folder).places(built.plan).front_label(2) == "iii"
