"""What the law does by itself is recorded once, when the day is over, and never before."""

from tests.factories.cases import Story, everything, set_rule
from tracker.audit.actors import Actor, Origin
from tracker.cases.queries import recomputed
from tracker.hearings.actions import bylaw, drafting, emergency, reconsidering

DAILY = Actor.system("daily", Origin.DEMO)


def record(story: Story) -> list[bylaw.Done]:
    return bylaw.record_due(story.office.board, actor=DAILY, at=story.at)


def test_a_proposal_is_adopted_when_the_boards_time_is_over(story: Story) -> None:
    story.to("hearing_held")
    story.do(drafting.draft_sanction, story.office.presiding, code="REPRIMAND")
    story.to("board_review")
    due_on = story.clock("board_action").due_on
    story.wait((due_on - story.today).days)
    assert record(story) == []
    story.wait(1)
    assert record(story) == [], "not at a board whose rule does not say so"
    set_rule(story.office.board, "deemed_adopted", True)
    assert record(story) == [bylaw.Done(story.docket, "deem_adopted")]
    assert story.case.status == "order_issued"
    untouched = everything()
    assert record(story) == []
    assert everything() == untouched


def test_a_proposal_that_nobody_put_before_the_board_is_adopted_on_the_same_day(story: Story) -> None:
    set_rule(story.office.board, "deemed_adopted", True)
    story.to("hearing_held")
    story.do(drafting.draft_sanction, story.office.presiding, code="REPRIMAND")
    story.to("proposed_decision")
    story.wait((story.clock("board_action").due_on - story.today).days)
    assert record(story) == []
    story.wait(1)
    assert record(story) == [bylaw.Done(story.docket, "deem_adopted")]
    assert story.case.status == "order_issued"
    assert {"exceptions", "board_action"}.isdisjoint(story.clocks())
    assert recomputed.differences(story.case) == []


def test_a_vote_in_time_is_told_and_nothing_adopted(story: Story) -> None:
    set_rule(story.office.board, "deemed_adopted", True)
    story.to("hearing_held")
    story.do(drafting.draft_sanction, story.office.presiding, code="REPRIMAND")
    story.to("board_review")
    due = story.clock("board_action").due_on
    story.wait((due - story.today).days + 1)
    story.vote("order", "reject", held_on=due)
    untouched = everything()
    said = ("The board voted in time. Issue what it decided.",)
    assert record(story) == [bylaw.Done(story.docket, "deem_adopted", said)]
    assert everything() == untouched


def test_what_cannot_be_adopted_as_it_is_stays_with_the_board_and_that_is_told(story: Story) -> None:
    set_rule(story.office.board, "deemed_adopted", True)
    story.to("board_review").wait(101)
    (done,) = record(story)
    assert (done.docket, done.act, story.case.status) == (story.docket, "deem_adopted", "board_review")
    assert done.reasons == ("A violation was found, so the order needs at least one sanction.",)


def test_an_emergency_action_lapses_after_its_last_day(story: Story) -> None:
    set_rule(story.office.board, "emergency_by", "executive_director")
    set_rule(story.office.board, "summary_expires_days", 60)
    row = {"code": "SUMMARY_SUSPENSION", "finding": "Danger.", "effective_on": story.today}
    action = story.do(emergency.take_emergency_action, story.office.director, **row)
    story.wait(60)
    assert record(story) == []
    story.wait(1)
    assert record(story) == [bylaw.Done(story.docket, "end_emergency_action")]
    action.refresh_from_db()
    assert action.end == "expired"
    assert record(story) == []


def test_silence_denies_reconsideration_where_the_rule_says_so(story: Story) -> None:
    set_rule(story.office.board, "reconsideration_silence_denies", True)
    office = story.to("order_issued").office
    row = {"side": "respondent", "grounds": "A fact.", "filed_on": story.today}
    story.do(reconsidering.take_up_reconsideration, office.manager, **row)
    story.wait(30)
    assert record(story) == []
    story.wait(3)
    assert record(story) == [bylaw.Done(story.docket, "deny_reconsideration")]
    assert story.case.status == "order_issued"
    assert story.entry("hearing.reconsideration_denied")["facts"]["why"] == "by_time"
