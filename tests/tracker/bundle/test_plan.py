"""The frozen plan: its spelling, what it refuses, what it strips."""

from dataclasses import replace

import pytest

from tests.tracker.bundle import samples
from tracker.bundle.plan import BundlePlan, make_plan, numbers_needed, printed_mark, with_ledger_entry


def plan_of(*exhibits, unchosen=None, **heading):
    return make_plan(
        replace(samples.HEADING, **heading),
        exhibits,
        unchosen=unchosen or {},
        chains=samples.CHAINS,
        tools={"a": "1"},
        fonts={"f.ttf": "00"},
    )


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


def test_a_withheld_exhibit_is_stripped(built):
    item = built.plan.exhibits[3]

    assert (item.key, item.kind, item.withheld_line, item.numbers, item.sheets) == ("E-4", "withheld", 1, 6, 1)
    assert (item.title, item.source, item.date, item.native, item.custody) == ("", "", "", None, ())
    assert "SEALEDTITLE" not in built.plan.to_json()


def test_lines_of_the_log_are_counted_over_withheld_and_unchosen(built):
    assert [(gap.key, gap.first, gap.last, gap.code, gap.line) for gap in built.plan.gaps] == [
        ("E-6", 19, 20, "G-3", 2)
    ]


@pytest.mark.parametrize(
    ("exhibits", "unchosen", "heading", "words"),
    [
        ([], {}, {}, "at least one"),
        ([samples.slip("E-1", 1, mark="A"), samples.slip("E-2", 2, mark="A")], {}, {}, "same mark"),
        ([samples.slip("E-1", 1), samples.slip("E-2", 1)], {}, {}, "overlap"),
        ([samples.slip("E-1", 3)], {"E-2": (2, 3)}, {}, "overlap"),
        ([samples.slip("E-1", 0)], {}, {}, "empty"),
        ([samples.slip("E-1", 1, bates_last=2)], {}, {}, "one slip sheet"),
        ([samples.slip("E-1", 1, kind="pages")], {}, {}, "0 pages"),
        ([samples.slip("E-1", 1)], {}, {"docket": "BHP 2026"}, "cannot be stamped"),
        ([samples.slip("E-1", 1)], {}, {"docket": "BHP-२०२६"}, "cannot be stamped"),
    ],
)
def test_what_does_not_fit_is_refused(exhibits, unchosen, heading, words):
    with pytest.raises(ValueError, match=words):
        plan_of(*exhibits, unchosen=unchosen, **heading)


@pytest.mark.parametrize(
    ("mark", "printed"),
    [("4", "4"), (" B ", "B"), ("", "E-7"), ("Ä", "E-7"), ("x" * 13, "E-7"), ("4(a)", "4(a)")],
)
def test_the_partys_mark_is_printed_where_it_can_be(mark, printed):
    assert printed_mark(mark, "E-7") == printed


def test_numbers_needed():
    assert [numbers_needed(page_count=count) for count in (3, None, 0)] == [3, 1, 1]


def test_the_ledger_entry_is_cited_later():
    plan = plan_of(samples.slip("E-1", 1))

    assert with_ledger_entry(plan, 77).heading.ledger_entry == 77
    assert with_ledger_entry(plan, 77).exhibits == plan.exhibits
