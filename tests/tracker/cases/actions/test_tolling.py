"""Pauses of one clock: first and last day, what is refused, and that a paused clock is never over."""

import json
from datetime import date, timedelta

import pytest

from tests.factories.cases import Story
from tracker.cases import facts
from tracker.cases.actions import clocking, investigation, overlays, tolling
from tracker.cases.clocks import PAUSED
from tracker.cases.models import Toll

FIRST = date(2026, 3, 10)


@pytest.fixture
def waiting(story: Story) -> Story:
    """A response is due on April 1, 30 days after March 2; it is March 12."""
    return story.to("response_requested").wait(10)


def test_a_paused_clock_runs_on_moved_by_the_days_it_stood_still(waiting: Story) -> None:
    office = waiting.office
    old = waiting.clock("response")
    toll = waiting.do(tolling.toll_clock, office.manager, kind="response", reason="Flood.", from_on=FIRST)
    assert (toll.starts_on, toll.ends_on, toll.overlay) == (FIRST, None, None)
    assert waiting.clock("response").state == "tolled"
    entry = waiting.entry("case.clock_tolled")
    assert (entry["facts"]["kind"], entry["facts"]["from_on"]) == ("response", "2026-03-10")
    assert entry["private"] == {"reason": "Flood."}

    waiting.wait(60)
    assert facts.gather(waiting.case, at=waiting.at).response_due_on == PAUSED
    words = waiting.refused(investigation.record_response, office.investigator, memo="Nothing came.")
    assert words == (
        "No response is recorded, and the licensee has until a day that is not known while the clock is paused."
    )
    row = waiting.do(tolling.resume_clock, office.manager, kind="response", on=date(2026, 3, 19))
    assert (row.due_on, row.state, row.starts_on, row.anchor_entry) == (
        date(2026, 4, 13), "running", old.starts_on, old.anchor_entry,
    )  # fmt: skip
    assert row.explanation == (
        "30 calendar days from the notice (Mar 2, 2026) end on Sat Apr 11, so it moves to Mon Apr 13; "
        "paused from Tue Mar 10 to Thu Mar 19 (Flood); rule: Response of the licensee, default."
    )
    kept = {"starts_on": "2026-03-10", "ends_on": "2026-03-19", "reason": "Flood."}
    assert json.loads(row.details)["pauses"] == [kept]
    assert waiting.entry("case.clock_resumed")["facts"]["due_on"] == "2026-04-13"
    old.refresh_from_db()
    assert (old.state, old.superseded_by) == ("superseded", row)
    assert Toll.objects.get().ends_on == date(2026, 3, 19)


def test_two_pauses_add_up(waiting: Story) -> None:
    office, second = waiting.office, date(2026, 3, 16)
    waiting.do(tolling.toll_clock, office.manager, kind="response", reason="Flood.", from_on=FIRST)
    waiting.do(tolling.resume_clock, office.manager, kind="response", on=FIRST)
    waiting.wait(5)
    waiting.do(tolling.toll_clock, office.manager, kind="response", reason="Illness.", from_on=second)
    row = waiting.do(tolling.resume_clock, office.manager, kind="response", on=second)
    assert row.due_on == date(2026, 4, 3)
    assert len(json.loads(row.details)["pauses"]) == 2


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"kind": "answer"}, "No such clock is running, or people cannot pause it."),
        ({"kind": "tea"}, "No such clock is running, or people cannot pause it."),
        ({"reason": " "}, "Say why the clock stands still."),
        ({"from_on": date(2026, 3, 13)}, "A pause cannot begin in the future."),
        ({"from_on": date(2026, 3, 2)}, "The clock started on Mar 2, 2026; a pause begins later."),
    ],
)
def test_a_pause_is_refused(waiting: Story, data: dict, sentence: str) -> None:
    row = {"kind": "response", "reason": "Flood.", "from_on": FIRST, **data}
    assert waiting.refused(tolling.toll_clock, waiting.office.manager, **row) == sentence


def test_a_clock_that_ran_out_is_not_paused_afterwards(waiting: Story) -> None:
    waiting.wait(40)
    row = {"kind": "response", "reason": "Flood.", "from_on": date(2026, 4, 2)}
    words = waiting.refused(tolling.toll_clock, waiting.office.manager, **row)
    assert words == "This clock ran out on Apr 1, 2026."
    waiting.do(tolling.toll_clock, waiting.office.manager, **{**row, "from_on": date(2026, 4, 1)})


def test_running_on_is_refused(waiting: Story) -> None:
    office = waiting.office
    row = {"kind": "response", "on": FIRST}
    assert waiting.refused(tolling.resume_clock, office.manager, **row) == "No clock is paused by itself."
    waiting.do(tolling.toll_clock, office.manager, kind="response", reason="Flood.", from_on=FIRST)
    cases = (
        ({"on": FIRST - timedelta(days=1)}, "The pause began on Mar 10, 2026."),
        ({"on": waiting.today + timedelta(days=1)}, "A pause cannot end in the future."),
        ({"kind": "answer"}, "This clock is not paused."),
    )
    for data, sentence in cases:
        assert waiting.refused(tolling.resume_clock, office.manager, **{**row, **data}) == sentence
    waiting.do(overlays.begin_abeyance, office.manager, reason="A trial.")
    words = waiting.refused(tolling.resume_clock, office.manager, kind="investigation_target", on=waiting.today)
    assert words == "The abeyance holds this clock. End the abeyance."


def test_what_ends_or_renews_a_clock_ends_its_pause(waiting: Story) -> None:
    office = waiting.office
    for kind in ("response", "status_update"):
        waiting.do(tolling.toll_clock, office.manager, kind=kind, reason="Flood.", from_on=FIRST)
    waiting.do(investigation.record_response, office.investigator, text="I deny it.")
    assert waiting.clock("response").state == "met"
    waiting.do(investigation.update_complainant, office.manager, method="phone", text="It goes on.")
    assert waiting.clock("status_update").state == "running"
    assert not Toll.objects.filter(ends_on=None).exists()
    waiting.wait(2)
    waiting.do(tolling.toll_clock, office.manager, kind="status_update", reason="Flood.", from_on=waiting.today)
    clocking.end_all(waiting.case, waiting.today)
    assert waiting.clock("status_update").state == "superseded"
    assert not Toll.objects.filter(ends_on=None).exists()
