"""Reporting an action to the National Practitioner Data Bank."""

from datetime import timedelta

import pytest

from tests.factories.cases import Story
from tracker.hearings.actions import deciding, drafting, reporting


@pytest.fixture
def ordered(story: Story) -> Story:
    """An order with probation is issued."""
    return story.to("order_issued")


def test_the_report_ends_its_clock(ordered: Story) -> None:
    ordered.wait(3)
    report = {"reported_on": ordered.today - timedelta(days=1), "reference": "5500000123"}
    order = ordered.do(reporting.record_npdb_report, ordered.office.manager, **report)
    assert order.npdb_reported_on == report["reported_on"]
    clock = ordered.clock("npdb_report")
    assert (clock.state, clock.ended_on) == ("met", report["reported_on"])
    assert ordered.entry("hearing.npdb_reported")["private"] == {"reference": "5500000123"}


def test_a_report_is_refused(ordered: Story) -> None:
    report = {"reported_on": ordered.today, "reference": "5500000123"}
    act, who = reporting.record_npdb_report, ordered.office.manager
    assert ordered.refused(act, who, **{**report, "reference": " "}) == "Give the number of the report."
    future = {**report, "reported_on": ordered.today + timedelta(days=1)}
    assert ordered.refused(act, who, **future) == "The report cannot be in the future."
    early = {**report, "reported_on": ordered.today - timedelta(days=1)}
    assert ordered.refused(act, who, **early) == "The action cannot be reported before it was taken."


def test_what_is_not_reportable_needs_no_report(story: Story) -> None:
    story.to("board_review")
    row = {"code": "CITATION_FINE", "amount_cents": 50_000}
    story.do(drafting.draft_sanction, story.office.director, **row)
    story.vote("order", "adopt")
    story.do(deciding.issue_order, story.office.director, decision="adopt", text="Findings.")
    report = {"reported_on": story.today, "reference": "5500000123"}
    words = story.refused(reporting.record_npdb_report, story.office.manager, **report)
    assert words == "No report to the National Practitioner Data Bank is due."
