"""The boards that are hosted differ by their rows alone: what the rows say of each, and how a case goes by them."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from boards import queries
from boards.models import Board
from tests.conftest import ROOT
from tests.factories.cases import Story
from tests.factories.staffed import staff
from tracker.audit.actors import Actor, Origin
from tracker.cases.actions import closing, voting
from tracker.cases.actions.closing import Closure
from tracker.cases.queries import publicity
from tracker.directory import actions as directory
from tracker.notices.models import Notice

DAY = date(2026, 3, 2)
DEFAULT: Mapping[str, Any] = {
    "pc_body": "panel",
    "closure_approvers": {"by": "approval", "roles": ["executive_director"], "count": 1},
    "quorum": "majority_serving",
    "vote_rule": "majority_of_quorum",
    "burden_of_proof": "preponderance",
    "election_of_rights": False,
    "informal_track": False,
    "deemed_adopted": False,
    "emergency_by": "vote",
    "reconsideration_silence_denies": False,
    "withdrawal_ends_case": False,
    "charging_paper": "charges",
    "public_from": {"event": "charges", "plus_days": 0},
    "docket_format": "{BOARD}-{YYYY}-{seq:05d}",
    "exhibit_scheme": {"board": "numbers", "respondent": "letters", "joint": "J-", "presiding_officer": "HO-"},
    "answer_days": 20,
    "response_days": 30,
    "appeal_days": 30,
}
BY_VOTE = {"by": "vote", "roles": ["board_member"], "count": 1}
# What the rows of each board say otherwise.
OTHERWISE: Mapping[str, Mapping[str, Any]] = {
    "tx-bhec": {
        "pc_body": "staff",
        "closure_approvers": {
            "by": "approval",
            "roles": ["investigator", "board_counsel", "executive_director"],
            "count": 3,
        },
        "informal_track": True,
    },
    "ca-bbs": {
        "burden_of_proof": "clear_and_convincing",
        "deemed_adopted": True,
        "reconsideration_silence_denies": True,
        "charging_paper": "accusation",
        "answer_days": 15,
    },
    "oh-cswmft": {
        "pc_body": "liaison",
        "closure_approvers": BY_VOTE,
        "informal_track": True,
        "charging_paper": "notice_of_opportunity",
        "answer_days": 30,
        "appeal_days": 15,
    },
    "fl-csw-mft-mhc": {
        "closure_approvers": BY_VOTE,
        "burden_of_proof": "clear_and_convincing",
        "election_of_rights": True,
        "emergency_by": "executive_director",
        "charging_paper": "administrative_complaint",
        "public_from": {"event": "probable_cause", "plus_days": 10},
        "docket_format": "{BOARD}-{YYYY}-{seq:06d}",
        "exhibit_scheme": {"board": "P-", "respondent": "R-", "joint": "J-", "presiding_officer": "ALJ-"},
        "answer_days": 21,
        "response_days": 20,
    },
    "wa-doh-counselors": {
        "closure_approvers": {"by": "approval", "roles": ["enforcement_manager", "board_counsel"], "count": 2},
        "burden_of_proof": "clear_and_convincing",
        "informal_track": True,
        "reconsideration_silence_denies": True,
        "charging_paper": "statement_of_charges",
        "docket_format": "{BOARD}-M{YYYY}-{seq:05d}",
        "exhibit_scheme": {"board": "D-", "respondent": "R-", "joint": "J-", "presiding_officer": "PO-"},
        "response_days": 20,
    },
}
NOTHING = {"closure": Closure("NO_VIOLATION", "No violation was found.")}


@pytest.fixture
def hosted(db: None) -> dict[str, Board]:
    """The hosted boards with the rows of the reference data."""
    loader = Actor.system("load_reference", Origin.DEMO)
    directory.load_reference(ROOT / "fixtures", actor=loader, at=datetime(2026, 1, 5, tzinfo=UTC))
    return {board.slug: board for board in Board.objects.filter(hosted=True).select_related("jurisdiction")}


def story_at(board: Board) -> Story:
    """A case at the board, whose people are there."""
    return Story(staff(board, members=7))


def test_the_rows_say_what_each_board_does_otherwise(hosted: dict[str, Board]) -> None:
    assert set(hosted) == set(OTHERWISE)
    for slug, board in hosted.items():
        in_force = queries.rules_in_force(board, DAY)
        assert {key: in_force[key].value for key in DEFAULT} == {**DEFAULT, **OTHERWISE[slug]}, slug
        for key in OTHERWISE[slug]:
            assert in_force[key].is_board_row, (slug, key)
            assert in_force[key].citation, (slug, key)


@pytest.mark.once
def test_cases_close_as_each_board_has_it(hosted: dict[str, Board]) -> None:
    closes_by_three_approvals(story_at(hosted["tx-bhec"]))
    closes_by_vote(story_at(hosted["oh-cswmft"]), liaison=True)
    florida = story_at(hosted["fl-csw-mft-mhc"])
    closes_by_vote(florida)
    is_public_ten_days_after_probable_cause(Story(florida.office))


def closes_by_three_approvals(story: Story) -> None:
    """Texas: two of three are not enough, and any order of the three does."""
    office, close = story.to("probable_cause_review").office, closing.close_without_discipline
    assert story.docket == "BHEC-2026-00001"
    for approver in (office.director, office.investigator):
        story.do(voting.approve_closure, approver, disposition="NO_VIOLATION", reasons="I agree.")
    words = story.refused(close, office.counsel, **NOTHING)
    assert words == "No disposition has the approval or the vote that the board's policy asks for."
    story.do(voting.approve_closure, office.counsel, disposition="NO_VIOLATION", reasons="I agree.")
    story.do(close, office.counsel, **NOTHING)
    assert story.case.disposition == "NO_VIOLATION"


def closes_by_vote(story: Story, *, liaison: bool = False) -> None:
    """Ohio and Florida: nobody approves alone, the members seated for it vote; in Ohio the liaison closes by that."""
    office, close = story.to("probable_cause_review").office, closing.close_without_discipline
    story.seat_panel()
    closer = office.voters[0] if liaison else office.panel[0]
    story.assign(closer, "liaison" if liaison else "panel")
    words = story.refused(voting.approve_closure, office.director, disposition="NO_VIOLATION")
    assert words == "This board decides closures by vote: record the vote."
    words = story.refused(close, closer, **NOTHING)
    assert words == "No disposition has the approval or the vote that the board's policy asks for."
    vote = story.vote("closure", "NO_VIOLATION", choices="yyn")
    assert (vote.passed, vote.ballots.count()) == (True, 3)
    story.do(close, closer, **NOTHING)
    assert story.entry("case.closed_without_discipline")["facts"]["vote"] == str(vote.pk)


def is_public_ten_days_after_probable_cause(story: Story) -> None:
    """Florida: ten days after the panel's vote, not after the charges; the letter of the charges says the day."""
    assert story.docket == "FL491-2026-000002"
    story.before("charges_filed")
    found_on = story.case.votes.get(kind="probable_cause").held_on
    story.wait(4).move("charges_filed")
    rule = queries.rule_in_force(story.office.board, "public_from", story.today)
    since = publicity.public_since(story.case, rule.value)
    assert since == found_on + timedelta(days=10)
    assert since < story.today + timedelta(days=10)
    letter = Notice.objects.get(case_id=story.case_id, kind="charges")
    assert f"{since:%B} {since.day}, {since.year}" in letter.body
