"""The board sends a matter back for hearing: what was found before is spent."""

import pytest

from tests.factories.cases import Story
from tracker.cases import facts
from tracker.errors import NotPermitted
from tracker.hearings.actions import deciding, defaulting, drafting, holding, reconsidering, remanding

REASONS = {"reasons": "The record lacks the client's notes."}
REPRIMAND = {"code": "REPRIMAND"}


@pytest.fixture
def review(story: Story) -> Story:
    """Before the board."""
    return story.to("board_review")


def test_after_a_remand_a_second_hearing_finds_anew(review: Story) -> None:
    office = review.office
    review.do(drafting.draft_sanction, office.director, **REPRIMAND)
    review.waive("exceptions")
    vote = review.vote("order", "remand")
    words = review.refused(deciding.issue_order, office.director, decision="adopt", text="x")
    assert words == "No vote of the board decided on this with quorum and majority."
    review.do(remanding.remand, office.director, **REASONS)
    assert (review.case.stage, review.case.status) == ("hearing", "prehearing")
    assert "board_action" not in review.clocks()
    assert review.letters()[-2:] == [("remand", "respondent"), ("remand", "complainant")]
    entry = review.entry("hearing.remanded")
    assert (entry["facts"]["before"], entry["facts"]["order_set_aside"]) == ("proposal", False)
    assert (entry["facts"]["vote"], entry["private"]) == (str(vote.pk), REASONS)
    assert review.case.documents.get(kind="remand").digest == entry["facts"]["digest"]
    known = facts.gather(review.case, at=review.at)
    assert (known.counts[0].proposed, known.drafted_sanctions, known.waivers) == ("", (), frozenset())

    review.to("hearing_held")
    words = review.refused(holding.file_proposed_decision, office.presiding, text="x")
    assert words == "Count 1 has no finding by the presiding officer."
    review.to("order_issued")
    assert review.case.hearings.filter(closed_at__isnull=False).count() == 2
    assert [row.code for row in review.case.orders.get().sanctions.all()] == ["PROBATION"]


def test_a_remand_sets_a_default_aside(story: Story) -> None:
    story.to("answer_due").wait(40)
    story.do(defaulting.enter_default, story.office.counsel, packet="Served.", military_affidavit="Not in service.")
    story.vote("order", "remand")
    story.do(remanding.remand, story.office.director, **REASONS)
    assert story.case.charging_documents.get().defaulted_at is None
    story.to("board_review")
    assert facts.before_board(story.case) == "proposal"


def test_a_remand_of_a_reconsidered_order_sets_the_order_aside(story: Story) -> None:
    office = story.to("compliance").office
    row = {"side": "respondent", "grounds": "New evidence.", "filed_on": story.today}
    story.do(reconsidering.take_up_reconsideration, office.manager, **row)
    story.vote("order", "reconsider")
    story.do(reconsidering.grant_reconsideration, office.director, reasons="It must be heard.")
    story.vote("order", "remand")
    story.do(remanding.remand, office.director, **REASONS)
    order = story.case.orders.get()
    assert (order.vacated_on, order.reconsidered_at) == (story.today, None)
    assert (story.case.decided_at, story.entry("hearing.remanded")["facts"]["order_set_aside"]) == (None, True)
    assert story.clock("terms").state == "superseded"
    story.to("board_review")
    assert facts.before_board(story.case) == "proposal"
    story.to("order_issued")
    assert [row.vacated_on for row in story.case.orders.order_by("issued_at")] == [order.vacated_on, None]


def test_a_remand_is_refused(review: Story) -> None:
    act = remanding.remand
    assert review.refused(act, review.office.director, **REASONS) == "The board has not voted to remand."
    review.vote("order", "remand")
    assert review.refused(act, review.office.director, reasons=" ") == "Give the board's reasons."
    review.refused(act, review.office.manager, NotPermitted, **REASONS)
