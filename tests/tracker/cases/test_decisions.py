"""What a board may decide and vote on: by what it has before it, and nowhere else."""

import pytest

from tracker.cases.decisions import DECISIONS, LABELS, Decision, Question, questions
from tracker.cases.kinds import VoteKind
from tracker.cases.pathkinds import BeforeBoard
from tracker.cases.states import EMERGENCY_ACTIONS, REVIEW_CLOSURES, Status

ON_ORDERS = (Status.BOARD_REVIEW, Status.RECONSIDERATION)


def test_each_thing_before_the_board_has_its_decisions_and_only_time_decides_without_it() -> None:
    assert set(DECISIONS) == set(BeforeBoard)
    assert {word for words in DECISIONS.values() for word in words} == set(Decision) - {Decision.DEEMED}


@pytest.mark.parametrize(
    ("kind", "status", "expected"),
    [
        (VoteKind.PROBABLE_CAUSE, Status.PROBABLE_CAUSE_REVIEW, ("",)),
        (VoteKind.PROBABLE_CAUSE, Status.BOARD_REVIEW, ()),
        (VoteKind.CLOSURE, Status.PROBABLE_CAUSE_REVIEW, REVIEW_CLOSURES),
        (VoteKind.CLOSURE, Status.INTAKE_REVIEW, ()),
        (VoteKind.EMERGENCY, Status.RECEIVED, EMERGENCY_ACTIONS),
        (VoteKind.EMERGENCY, Status.COMPLIANCE, EMERGENCY_ACTIONS),
        (VoteKind.EMERGENCY, Status.CLOSED, ()),
        (VoteKind.ORDER, Status.RECONSIDERATION, ("reconsider", "deny_reconsideration")),
    ],
)
def test_a_vote_has_its_place(kind: str, status: str, expected: tuple[str, ...]) -> None:
    assert questions(kind, status, "") == expected


def test_what_is_in_force_may_be_taken_back_by_vote() -> None:
    asked = questions(VoteKind.EMERGENCY, Status.RECEIVED, "", emergency=True)
    assert asked == (*EMERGENCY_ACTIONS, "end_emergency")
    assert questions(VoteKind.EMERGENCY, Status.CLOSED, "", emergency=True) == ()


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("proposal", ("adopt", "modify", "reject", "remand")),
        ("settlement", ("accept_settlement", "reject_settlement")),
        ("default", ("default", "remand")),
        ("undisputed", ("decide", "remand")),
        ("reconsideration", ("affirm", "amend", "remand")),
        ("remanded", ("affirm", "amend", "remand")),
        ("petition", ("grant", "deny", "remand")),
    ],
)
def test_the_board_votes_on_what_is_before_it(before: str, expected: tuple[str, ...]) -> None:
    assert questions(VoteKind.ORDER, Status.BOARD_REVIEW, before) == expected


@pytest.mark.parametrize("status", [status for status in Status if status not in ON_ORDERS])
def test_elsewhere_no_order_is_voted_on(status: Status) -> None:
    assert questions(VoteKind.ORDER, status, "") == ()


def test_every_word_of_a_vote_on_an_order_is_said_in_words() -> None:
    assert set(LABELS) == {*Decision.values, *Question.values}
    assert len({str(label) for label in LABELS.values()}) == len(LABELS)
