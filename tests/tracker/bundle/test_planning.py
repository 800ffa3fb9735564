"""Freezing: what a plan refuses, what it strips, how its log is numbered."""

from dataclasses import replace

import pytest

from tests.tracker.bundle import samples
from tracker.bundle.plan import PAGES, WITHDRAWN_PAGES, Gap, Hidden, RedactedPage, Stamping
from tracker.bundle.planning import (
    hidden_stretches,
    make_plan,
    numbers_needed,
    printed_mark,
    unshown,
    with_ledger_entry,
)
from tracker.files.pdfclean import OutlineItem


def plan_of(*exhibits, gaps=(), stamping=samples.STAMPING, extras=None, **heading):
    return make_plan(
        replace(samples.HEADING, **heading),
        exhibits,
        gaps=gaps,
        chains=samples.CHAINS,
        stamping=stamping,
        tools={"a": "1"},
        fonts={"f.ttf": "00"},
        extras=extras,
    )


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
    ("exhibits", "gaps", "prefix", "words"),
    [
        ([], [], "X-", "at least one"),
        ([samples.slip("E-1", 1, mark="A"), samples.slip("E-2", 2, mark="A")], [], "X-", "same mark"),
        ([samples.slip("E-1", 1), samples.slip("E-2", 1)], [], "X-", "overlap"),
        ([samples.slip("E-1", 3)], [Gap(2, 3, "E-2", "G-3", 0)], "X-", "overlap"),
        ([samples.slip("E-1", 0)], [], "X-", "empty"),
        ([samples.slip("E-1", 1, bates_last=2)], [], "X-", "one slip sheet"),
        ([samples.slip("E-1", 1, kind="pages")], [], "X-", "0 pages"),
        ([samples.slip("E-1", 1)], [], "BHP 2026", "cannot be stamped"),
        ([samples.slip("E-1", 1)], [], "BHP-२०२६-", "cannot be stamped"),
    ],
)
def test_what_does_not_fit_is_refused(exhibits, gaps, prefix, words):
    with pytest.raises(ValueError, match=words):
        plan_of(*exhibits, gaps=gaps, stamping=Stamping(prefix))


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


def paged(key, count, **more):
    pages = tuple(replace(samples.SAMPLE_PAGE, sha256=f"{number:064x}") for number in range(1, count + 1))
    return samples.slip(key, 1, kind=PAGES, bates_last=count, pages=pages, **more)


def test_hidden_pages_lose_their_digest_and_their_bookmarks():
    outline = (OutlineItem(0, "Kept", 0), OutlineItem(0, "Hidden title", 2))
    plan = plan_of(paged("E-1", 4, hidden=(Hidden(2, 3, "W-1", "advice"),), outline=outline))
    (item,) = plan.exhibits

    assert [bool(page.sha256) for page in item.pages] == [True, False, False, True]
    assert [entry.title for entry in item.outline] == ["Kept"]
    assert "Hidden title" not in plan.to_json()


def test_what_was_removed_from_hidden_pages_is_not_told():
    removed = (
        "catalog /AcroForm", "p1 /Link /URI https://example.org/a", "p3 /Link /URI mailto:x", "p12 /Link", "and 3 more",
    )  # fmt: skip
    (item,) = plan_of(paged("E-1", 12, hidden=(Hidden(1, 1, "G-1"), Hidden(3, 4, "W-1")), removed=removed)).exhibits

    assert item.removed == ("catalog /AcroForm", "p12 /Link", "and 3 more")


def test_every_number_that_is_not_shown_has_a_line():
    first = paged(
        "E-1",
        5,
        hidden=(Hidden(1, 1, "W-1"), Hidden(3, 3, WITHDRAWN_PAGES)),
        redacted=(RedactedPage(3, 1, ("R-1",)), RedactedPage(4, 2, ("R-2",))),
    )
    plan = plan_of(
        first, samples.withheld("E-2", 6, 8), gaps=[Gap(12, 12, "E-4", "G-5", 0), Gap(9, 11, "E-3", "G-3", 0)]
    )

    assert [stretch.line for stretch in plan.exhibits[0].hidden] == [2, 3]
    assert [(page.page, page.line) for page in plan.exhibits[0].redacted] == [(4, 4)]  # page 3 is gone anyway
    assert plan.exhibits[1].withheld_line == 1
    assert [(gap.first, gap.line) for gap in plan.gaps] == [(9, 5), (12, 6)]
    assert unshown(plan.exhibits) == {"shown": 3, "withheld": 4, "withdrawn": 1}


@pytest.mark.parametrize(
    ("hidden", "words"),
    [
        ((Hidden(2, 3, "W-1"), Hidden(3, 4, "W-1")), "overlap"),
        ((Hidden(4, 3, "W-1"),), "overlap"),
        ((Hidden(4, 9, "W-1"),), "does not have the pages"),
        ((Hidden(1, 5, "W-1"),), "shows no page"),
    ],
)
def test_hidden_pages_that_cannot_be_are_refused(hidden, words):
    with pytest.raises(ValueError, match=words):
        plan_of(paged("E-1", 5, hidden=hidden))


def test_single_pages_become_stretches():
    found = hidden_stretches({3: ("W-1", "a"), 1: ("W-1", "a"), 2: ("W-1", "a"), 4: ("W-2", "a"), 6: ("W-2", "a")})

    assert [(item.first, item.last, item.code) for item in found] == [(1, 3, "W-1"), (4, 4, "W-2"), (6, 6, "W-2")]
