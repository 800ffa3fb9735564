"""Opening and ending deadlines inside an act."""

import json
from datetime import UTC, date, datetime
from uuid import uuid4

from boards.models import ClosedDay
from tests.factories.cases import Story, set_rule
from tracker.cases.actions import clocking
from tracker.cases.clocks import WINDOWS, DeadlineKind
from tracker.cases.models import Deadline, Toll

ENTRY = uuid4()
DAY = date(2026, 3, 2)


def test_a_clock_explains_itself_and_keeps_what_was_computed(story: Story) -> None:
    board = story.office.board
    rule = set_rule(board, "response_days", 20)
    set_rule(board, "response_day_kind", "business")
    set_rule(board, "mail_days", 3)
    ClosedDay.objects.create(board=board, date=date(2026, 3, 17), name="St. Patrick")
    row = clocking.open_clock(story.case, DeadlineKind.RESPONSE, DAY, anchor=ENTRY)
    assert (row.starts_on, row.due_on, row.rule_id, row.anchor_entry) == (DAY, date(2026, 4, 3), rule.pk, ENTRY)
    assert row.explanation == (
        "20 business days and 3 days for mail from the notice (Mar 2, 2026) end on Fri Apr 3; "
        "closed days skipped: Tue Mar 17 (St. Patrick); rule: Response of the licensee."
    )
    details = json.loads(row.details)
    assert (details["days"], details["day_kind"], details["mail_days"]) == (20, "business", 3)
    assert details["skipped"] == [{"date": "2026-03-17", "name": "St. Patrick"}]
    assert clocking.due_on(story.case, DeadlineKind.RESPONSE, DAY) == row.due_on


def test_the_rule_of_the_day_the_clock_starts_binds(story: Story) -> None:
    set_rule(story.office.board, "answer_days", 15, valid_from=date(2026, 3, 3))
    before = clocking.due_on(story.case, DeadlineKind.ANSWER, DAY)
    after = clocking.due_on(story.case, DeadlineKind.ANSWER, date(2026, 3, 3))
    assert (before, after) == (date(2026, 3, 23), date(2026, 3, 18))


def test_a_second_clock_of_a_kind_replaces_the_first_which_stays(story: Story) -> None:
    first = clocking.open_clock(story.case, DeadlineKind.ANSWER, DAY, anchor=ENTRY)
    second = clocking.open_clock(story.case, DeadlineKind.ANSWER, date(2026, 3, 9), anchor=ENTRY)
    first.refresh_from_db()
    assert (first.state, first.ended_on, first.superseded_by) == ("superseded", date(2026, 3, 9), second)
    assert clocking.running(story.case, DeadlineKind.ANSWER) == second


def test_a_dated_clock_has_the_words_of_its_step(story: Story) -> None:
    why = clocking.set_by_step("Set by the notice", date(2026, 4, 1))
    row = clocking.open_dated(story.case, DeadlineKind.HEARING, date(2026, 4, 1), starts_on=DAY, anchor=ENTRY, why=why)
    assert row.explanation == "Set by the notice: Apr 1, 2026."
    assert json.loads(row.details) == {"due_on": "2026-04-01", "starts_on": "2026-03-02"}
    past = clocking.open_dated(story.case, DeadlineKind.TERMS, date(2026, 1, 1), starts_on=DAY, anchor=ENTRY, why="x")
    assert past.due_on == DAY


def test_closing_ends_everything_and_a_window_that_is_over_counts_as_over(story: Story) -> None:
    clocking.open_clock(story.case, DeadlineKind.APPEAL, DAY, anchor=ENTRY)
    clocking.end_all(story.case, date(2026, 4, 2))
    states = dict(Deadline.objects.filter(case=story.case).values_list("kind", "state"))
    assert (states["appeal"], states["intake"], states["acknowledgement"]) == ("met", "superseded", "met")
    clocking.open_clock(story.case, DeadlineKind.APPEAL, DAY, anchor=ENTRY)
    clocking.end_all(story.case, date(2026, 3, 20))
    assert story.clock("appeal").state == "superseded"
    clocking.refresh_next_due(story.case)
    assert story.case.next_due_on is None


def test_a_window_in_which_somebody_else_may_act_is_no_work_due(story: Story) -> None:
    clocking.end_all(story.case, DAY)
    clocking.open_clock(story.case, DeadlineKind.APPEAL, DAY, anchor=ENTRY)
    clocking.refresh_next_due(story.case)
    assert story.case.next_due_on is None


def test_the_case_knows_its_nearest_date(story: Story) -> None:
    clocking.end_clocks(story.case, [DeadlineKind.DANGER_SCREEN], DAY)
    clocking.refresh_next_due(story.case)
    assert story.case.next_due_on == story.clock("intake").due_on == date(2026, 3, 23)


def test_dates_are_the_boards(story: Story) -> None:
    assert clocking.local_date(story.case, datetime(2026, 3, 3, 5, 59, tzinfo=UTC)) == DAY
    assert clocking.local_date(story.case, datetime(2026, 3, 3, 6, 0, tzinfo=UTC)) == date(2026, 3, 3)


def test_after_every_act_the_case_shows_its_nearest_date(office: object) -> None:
    """From filing to closing, whatever an act opens, closes or renews."""
    story = Story(office)
    seen = []
    plain = story.do

    def watched(act: object, who: object, **data: object) -> object:
        result = plain(act, who, **data)
        running = Deadline.objects.filter(case=story.case_id, state="running").exclude(kind__in=WINDOWS)
        running = running.order_by("due_on").first()
        seen.append((act.__name__, story.case.next_due_on == (running.due_on if running else None)))
        return result

    story.do = watched
    story.to("closed")
    assert len(seen) > 30
    assert [name for name, right in seen if not right] == []


def test_a_clock_that_stood_still_runs_on_with_its_own_start_and_words(story: Story) -> None:
    words = "the reopening"
    old = clocking.open_clock(story.case, DeadlineKind.STATUS_UPDATE, DAY, anchor=ENTRY, start_label=words)
    assert json.loads(old.details)["start_label"] == words
    row = {"board": story.office.board, "case": story.case, "kind": "status_update", "reason": "Flood."}
    toll = Toll(**row, starts_on=date(2026, 3, 5))
    clocking.stop(old, toll)
    assert story.clock("status_update").state == "tolled"
    assert clocking.running(story.case, DeadlineKind.STATUS_UPDATE) is None
    new = clocking.run_on(story.case, toll, date(2026, 3, 6))
    assert (new.starts_on, new.anchor_entry, new.due_on) == (DAY, ENTRY, date(2026, 6, 2))
    assert new.explanation.startswith("90 calendar days from the reopening (Mar 2, 2026)")
    old.refresh_from_db()
    assert (old.state, old.ended_on, old.superseded_by) == ("superseded", date(2026, 3, 6), new)
