"""What needs attention at a board: by its own days, and not twice."""

from datetime import timedelta

from tests.factories.cases import Story, set_rule
from tracker.cases.actions import overlays
from tracker.cases.models import Case
from tracker.cases.queries import attention
from tracker.hearings.actions import record


def found(story: Story) -> list[tuple[str, str]]:
    return [(row.matter, row.level) for row in attention.untold(story.office.board, at=story.at)]


def test_deadlines_come_by_the_boards_days(story: Story) -> None:
    assert found(story) == []
    story.wait(1)
    assert found(story) == [("danger_screen", "ahead_1")]
    set_rule(story.office.board, "reminder_days", [20, 2])
    assert ("intake", "ahead_20") in found(story)
    story.wait(30)
    assert ("danger_screen", "escalated") in found(story)


def test_a_hold_and_an_abeyance_come_to_be_reviewed(story: Story) -> None:
    story.to("assigned").wait(1)
    row = {"reason": "Subpoena.", "review_on": story.today + timedelta(days=2)}
    story.do(overlays.place_hold, story.office.manager, **row)
    assert ("hold", "review") not in found(story)
    story.wait(2)
    assert ("hold", "review") in found(story)
    rows = attention.reviews_due(Case.objects.all(), [story.office.board], at=story.at, most=5)
    assert rows == [(story.docket, story.today)]


def test_a_case_is_stuck_when_its_ledger_is_silent_for_the_boards_days(story: Story) -> None:
    story.to("assigned").wait(59)
    board, cases = story.office.board, Case.objects.all()
    assert not attention.stuck(cases, [board], at=story.at).exists()
    story.wait(2)
    assert attention.stuck(cases, [board], at=story.at).get() == story.case
    assert ("stuck", "stuck") in found(story)
    set_rule(board, "stuck_after_days", 90)
    assert not attention.stuck(cases, [board], at=story.at).exists()
    set_rule(board, "stuck_after_days", 30, valid_from=story.today)
    story.do(overlays.begin_abeyance, story.office.manager, reason="Criminal case.")
    assert not attention.stuck(cases, [board], at=story.at + timedelta(days=200)).exists()


def test_only_hosted_boards_are_looked_at(story: Story) -> None:
    assert attention.hosted_boards() == [story.office.board]


def test_a_record_that_nobody_closes_comes_once_a_proposal_would_have_been_due(story: Story) -> None:
    """The time for the proposal does not run before, so that no deadline tells of it."""
    opened_on = story.to("hearing_held").today
    story.wait(30)
    assert ("record", "review") not in found(story)
    story.wait(1)
    rows = [row for row in attention.untold(story.office.board, at=story.at) if row.matter == "record"]
    assert [(row.case, row.level, row.due_on) for row in rows] == [
        (story.case, "review", opened_on + timedelta(days=30)),
    ]  # fmt: skip
    story.do(overlays.begin_abeyance, story.office.manager, reason="Criminal case.")
    assert ("record", "review") not in found(story)
    story.do(overlays.end_abeyance, story.office.manager, reason="Over.")
    story.do(record.close_record, story.office.presiding)
    assert ("record", "review") not in found(story)
