"""Drafting an order: its sanctions, and changes to a proposal."""

from datetime import date

import pytest

from tests.factories.cases import Story, everything
from tests.factories.office import make_person
from tracker.access.policy import Role
from tracker.cases import facts
from tracker.cases.models import ChargingDocument
from tracker.errors import NotPermitted
from tracker.hearings import queries
from tracker.hearings.actions import drafting
from tracker.hearings.models import DecisionChange, Sanction


@pytest.fixture
def review(story: Story) -> Story:
    """Before the board."""
    return story.to("board_review")


def sanction(story: Story, code: str = "REPRIMAND", **fields: object) -> Sanction:
    """Draft one."""
    return story.do(drafting.draft_sanction, story.office.director, code=code, **fields)


def test_sanctions_are_drafted_and_taken_out_again(review: Story) -> None:
    fine = sanction(review, "CITATION_FINE", amount_cents=50_000, due_on=review.today)
    probation = sanction(review, "PROBATION", days=365, terms="Supervision.")
    assert [(row.number, row.is_term) for row in (fine, probation)] == [(1, True), (2, True)]
    entry = review.entry("hearing.sanction_drafted")
    assert entry["facts"] == {"sanction": "PROBATION", "number": 2, "days": 365, "amount_cents": None}
    assert entry["private"] == {"terms": "Supervision."}
    unsaid = review.refused(drafting.remove_sanction, review.office.director, number=1, reason="")
    assert unsaid == "Say why it is removed."
    review.do(drafting.remove_sanction, review.office.director, number=1, reason="Too harsh.")
    assert review.entry("hearing.sanction_removed")["private"] == {"reason": "Too harsh."}
    assert [row.number for row in Sanction.objects.all()] == [2]
    assert sanction(review).number == 3
    gone = review.refused(drafting.remove_sanction, review.office.director, number=1, reason="x")
    assert gone == "The draft order has no sanction 1."


def test_nobody_touches_what_was_proposed_before_the_board_has_it(story: Story) -> None:
    story.to("hearing_held")
    story.do(drafting.draft_sanction, story.office.presiding, code="REPRIMAND")
    story.to("proposed_decision")
    words = "The case is at: Proposed decision. This starts from: Hearing held, Board review."
    for who in (story.office.presiding, story.office.director):
        assert story.refused(drafting.draft_sanction, who, code="REVOCATION") == words
        assert story.refused(drafting.remove_sanction, who, number=1, reason="x") == words
    assert [row.code for row in Sanction.objects.all()] == ["REPRIMAND"]


def test_a_stayed_sanction_is_stayed(review: Story) -> None:
    assert sanction(review, "STAYED_SUSPENSION", days=90, terms="No new client.").is_stayed
    assert sanction(review, "SUSPENSION", days=30, is_stayed=True).is_stayed
    assert not sanction(review).is_stayed


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"code": "NO_VIOLATION"}, "Choose the sanction."),
        ({"code": "CITATION_FINE"}, "A fine needs an amount."),
        ({"code": "PROBATION", "terms": "x"}, "Probation needs a length in days."),
        ({"code": "REPRIMAND", "due_on": date(2026, 1, 1)}, "A term cannot be due in the past."),
    ],
)
def test_a_sanction_is_refused(review: Story, fields: dict, sentence: str) -> None:
    assert review.refused(drafting.draft_sanction, review.office.director, **fields) == sentence


CHANGE = {"part": "sanction", "text": "Two years, not one.", "reasons": "The harm was grave."}


def test_changes_to_a_proposal_are_numbered_with_their_reasons(review: Story) -> None:
    review.do(drafting.record_change, review.office.director, **CHANGE)
    row = review.do(drafting.record_change, review.office.director, **{**CHANGE, "part": "finding"})
    assert (row.number, row.part, row.text, row.reasons) == (2, "finding", CHANGE["text"], CHANGE["reasons"])
    entry = review.entry("hearing.change_recorded")
    assert entry["facts"] == {"number": 2, "part": "finding"}
    assert entry["private"] == {"text": CHANGE["text"], "reasons": CHANGE["reasons"]}


def test_a_change_is_refused(review: Story) -> None:
    act, who = drafting.record_change, review.office.director
    words = review.refused(act, who, part="all", text=" ", reasons="")
    assert words == "Say what is changed. Write the change. Give the reasons for this change."
    review.refused(act, review.office.presiding, NotPermitted, **CHANGE)
    ChargingDocument.objects.update(defaulted_at=review.at)
    assert review.refused(act, who, **CHANGE) == "No proposed decision is before the board."
    assert not DecisionChange.objects.exists()


def test_a_change_is_taken_back_and_prints_nowhere(review: Story) -> None:
    act, director = drafting.withdraw_change, review.office.director
    assert review.refused(act, director, number=1, reason="x") == "No change to the proposal is recorded."
    for part in ("wording", "sanction"):
        review.do(drafting.record_change, director, **{**CHANGE, "part": part})
    before = everything()
    words = review.refused(act, director, number=3, reason=" ")
    assert words == "No change 3 is before the board. Say why it is taken back."
    review.refused(act, review.office.presiding, NotPermitted, number=2, reason="A slip.")
    assert everything() == before
    row = review.do(act, director, number=2, reason="A slip.")
    assert (row.number, row.withdrawn_at, row.withdrawn_why) == (2, review.at, "A slip.")
    entry = review.entry("hearing.change_withdrawn")
    assert (entry["facts"], entry["private"]) == ({"number": 2, "part": "sanction"}, {"reason": "A slip."})
    assert facts.gather(review.case, at=review.at).decision_changes == {"wording"}
    assert [change.number for change in queries.pending_changes(review.case)] == [1]
    assert review.refused(act, director, number=2, reason="x") == "No change 2 is before the board."
    # The next one gets a number of its own: what was said stays on record.
    assert review.do(drafting.record_change, director, **CHANGE).number == 3


def test_with_the_last_change_of_a_sanction_the_proposed_ones_come_back(story: Story) -> None:
    story.to("hearing_held")
    story.do(drafting.draft_sanction, story.office.presiding, code="REPRIMAND")
    director = story.to("board_review").office.director
    for part in ("sanction", "wording"):
        story.do(drafting.record_change, director, **{**CHANGE, "part": part})
    story.do(drafting.remove_sanction, director, number=1, reason="Too mild.")
    sanction(story, "REVOCATION")
    story.do(drafting.withdraw_change, director, number=2, reason="Not needed.")
    assert [row.code for row in Sanction.objects.all()] == ["REVOCATION"]
    story.do(drafting.withdraw_change, director, number=1, reason="A slip.")
    assert [row.code for row in Sanction.objects.all()] == ["REPRIMAND"]
    assert not facts.gather(story.case, at=story.at).sanctions_differ


def test_only_the_officer_of_the_case_drafts_and_only_until_the_board_decides(story: Story) -> None:
    other, mine = make_person(story.office.board, Role.PRESIDING_OFFICER), story.office.presiding
    story.to("hearing_held")
    story.do(drafting.draft_sanction, mine, code="REPRIMAND")
    takes_out = {"number": 1, "reason": "x"}
    theirs = ["Only the presiding officer assigned to this case may do this."]
    refuses = {"error": NotPermitted}
    assert [story.refused(drafting.draft_sanction, other, code="CENSURE", **refuses)] == theirs
    assert [story.refused(drafting.remove_sanction, other, **takes_out, **refuses)] == theirs
    assert [story.refused(drafting.draft_sanction, story.office.director, code="CENSURE", **refuses)] == theirs
    story.to("board_review")
    story.do(drafting.record_change, story.office.director, **CHANGE)
    decides = "The board decides this case now. Who issues its order drafts the sanctions."
    assert story.refused(drafting.draft_sanction, mine, code="CENSURE") == decides
    assert story.refused(drafting.remove_sanction, mine, **takes_out) == decides
    assert story.refused(drafting.remove_sanction, other, **takes_out) == decides
    assert [row.code for row in Sanction.objects.all()] == ["REPRIMAND"]
