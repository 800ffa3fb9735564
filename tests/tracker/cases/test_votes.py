"""Quorum, majority, and who may not be counted."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from boards import rules
from boards.rules import RuleValue
from tracker.cases.kinds import Choice
from tracker.cases.votes import (
    Approval,
    BallotFacts,
    Body,
    ClosurePolicy,
    approval_reasons,
    closure_policy,
    faults,
    quorum_needed,
    tally,
)

LABELS = {"investigator": "Investigator", "board_counsel": "Board counsel", "executive_director": "Executive director"}
TEXAS = {"roles": ["investigator", "board_counsel", "executive_director"], "count": 3, "labels": LABELS}
choices = st.sampled_from([*Choice])


def body(serving: int, barred: tuple[str, ...] = ()) -> Body:
    return Body(frozenset(f"m{n}" for n in range(serving)), dict.fromkeys(barred, "declared a conflict"))


def cast(*said: str) -> list[BallotFacts]:
    return [BallotFacts(f"m{n}", f"Member {n}", choice) for n, choice in enumerate(said)]


def count(ballots: list[BallotFacts], of: Body, quorum: object = "majority_serving", rule: str = "majority_of_quorum"):
    return tally(ballots, of, quorum=quorum, vote_rule=rule)


def test_a_majority_of_those_present_carries_with_quorum() -> None:
    result = count(cast("yes", "yes", "yes", "no"), body(7))
    assert (result.passed, result.yes, result.no, result.present, result.quorum) == (True, 3, 1, 4, 4)
    assert result.reasons == ()
    assert result.sentence == "3 yes, 1 no; 4 present, quorum 4."


def test_without_quorum_nothing_carries_however_many_agree() -> None:
    result = count(cast("yes", "yes", "yes"), body(7))
    assert not result.passed
    assert result.reasons == ("No quorum: 3 present, 4 needed.",)


def test_a_tie_is_no_majority() -> None:
    assert count(cast("yes", "yes", "no", "no"), body(7)).reasons == ("No majority: 2 yes of 4.",)


def test_abstaining_makes_present_and_does_not_agree() -> None:
    assert not count(cast("yes", "yes", "abstain", "abstain"), body(7)).passed
    assert count(cast("yes", "yes", "yes", "abstain"), body(7)).passed


def test_a_recused_member_is_neither_present_nor_counted() -> None:
    result = count(cast("yes", "yes", "yes", "recused"), body(7))
    assert (result.present, result.passed) == (3, False)


def test_a_barred_member_does_not_lower_the_quorum() -> None:
    assert count(cast("recused", "yes", "yes", "yes"), body(7, ("m0",))).reasons == ("No quorum: 3 present, 4 needed.",)


def test_the_majority_may_be_of_all_members_serving() -> None:
    said = cast("yes", "yes", "yes", "no")
    assert count(said, body(7)).passed
    assert count(said, body(7), rule="majority_of_members_serving").reasons == ("No majority: 3 yes of 7.",)


def test_a_quorum_may_be_a_fixed_number() -> None:
    assert quorum_needed(3, 7) == 3
    assert [quorum_needed("majority_serving", n) for n in (1, 2, 3, 7, 8)] == [1, 2, 2, 4, 5]
    assert count(cast("yes", "yes", "no"), body(7), quorum=3).passed


@given(st.integers(1, 15), st.lists(choices, max_size=15), st.sets(st.integers(0, 14), max_size=5))
def test_what_carries_has_quorum_and_majority_of_unbarred_members(
    serving: int, said: list[Choice], barred: set[int]
) -> None:
    of = body(serving, tuple(f"m{n}" for n in barred))
    ballots = cast(*said[:serving])
    counted = [b.choice for b in ballots if b.voter not in of.barred and b.choice != Choice.RECUSED]
    result = count(ballots, of)
    expected = len(counted) >= serving // 2 + 1 and counted.count(Choice.YES) * 2 > len(counted)
    assert result.passed is expected
    assert bool(result.reasons) is not expected
    strict = count(ballots, of, rule="majority_of_members_serving")
    assert strict.passed is (expected and counted.count(Choice.YES) * 2 > serving)


@given(st.integers(1, 15), st.lists(choices, min_size=1, max_size=15), st.integers(0, 14))
def test_one_more_yes_never_undoes_a_vote(serving: int, said: list[Choice], place: int) -> None:
    said = said[:serving]
    better = [*said]
    better[place % len(said)] = Choice.YES
    before, after = count(cast(*said), body(serving)), count(cast(*better), body(serving))
    assert after.passed or not before.passed


def test_strangers_doubles_and_barred_members_are_named() -> None:
    stranger = BallotFacts("x", "Mallory", "yes")
    twice = [BallotFacts("m1", "Member 1", "yes"), BallotFacts("m1", "Member 1", "no")]
    barred = body(3, ("m0",))
    assert faults([stranger, *twice, *cast("yes")], barred) == [
        "Mallory is not a member of the deciding body.",
        "Member 1 is named twice.",
        "Member 0 may not be counted: declared a conflict.",
    ]
    assert faults([], barred) == ["Name at least one member and a ballot."]
    assert faults(cast("recused", "yes"), barred) == []


def test_all_named_roles_must_approve_where_as_many_are_asked_for() -> None:
    given_two = [Approval("a", "investigator", "yes"), Approval("b", "board_counsel", "yes")]
    assert approval_reasons(given_two, **TEXAS) == ["Approval is missing: Executive director."]
    assert approval_reasons([*given_two, Approval("c", "executive_director", "yes")], **TEXAS) == []


def test_the_same_person_counts_once() -> None:
    both = [Approval("a", "investigator", "yes"), Approval("a", "board_counsel", "yes")]
    lacking = approval_reasons([*both, Approval("c", "executive_director", "yes")], **TEXAS)
    assert lacking == ["Approval is missing: Investigator."]


def test_somebody_who_disagrees_stops_it_and_is_named_by_role() -> None:
    said = [
        Approval("a", "investigator", "yes"),
        Approval("b", "board_counsel", "no"),
        Approval("c", "executive_director", "yes"),
    ]
    assert approval_reasons(said, **TEXAS) == ["Board counsel did not agree.", "Approval is missing: Board counsel."]


def test_some_of_the_roles_suffice_where_fewer_are_asked_for() -> None:
    policy = {**TEXAS, "count": 2}
    one = [Approval("a", "investigator", "yes")]
    assert approval_reasons(one, **policy) == [
        "1 of 2 approvals given (Investigator, Board counsel, Executive director)."
    ]
    assert approval_reasons([*one, Approval("c", "executive_director", "yes")], **policy) == []


def ruled(**values: object) -> dict[str, RuleValue]:
    """The defaults, with some rules told otherwise."""
    keys = ("intake_second_approver", "closure_approvers")
    known = {key: rules.default_value(key) for key in keys}
    return known | {key: replace(known[key], value=value) for key, value in values.items()}


def test_at_intake_a_closure_needs_the_second_approver_where_the_board_has_one() -> None:
    director = ("executive_director",)
    for asked in (True, False):
        policy = closure_policy("intake_review", ruled(intake_second_approver=asked, closure_approvers={"by": "vote"}))
        assert policy == ClosurePolicy("approval", director, int(asked))


def test_later_the_board_s_rule_says_who_agrees() -> None:
    rule = {"by": "approval", "roles": ["investigator", "board_counsel"], "count": 2}
    policy = closure_policy("probable_cause_review", ruled(closure_approvers=rule))
    assert policy == ClosurePolicy("approval", ("investigator", "board_counsel"), 2)
    by_vote = {"by": "vote", "roles": ["board_member"], "count": 1}
    assert closure_policy("probable_cause_review", ruled(closure_approvers=by_vote)).by == "vote"
