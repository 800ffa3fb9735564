"""Votes of a meeting, and delegated approvals under the approver's own sign-in."""

from datetime import date, timedelta

import pytest

from tests.factories.cases import Story, set_rule
from tests.factories.office import make_person
from tracker.access.models import Delegation, Membership, User
from tracker.access.policy import Role
from tracker.cases.actions import charging, closing, investigation, people, voting
from tracker.cases.actions.closing import Closure
from tracker.cases.models import Ballot, Vote
from tracker.errors import NotPermitted, OutOfScope
from tracker.hearings.actions import deciding, drafting, holding

NO_CAUSE = "No vote found probable cause with quorum and majority."


@pytest.fixture
def review(story: Story) -> Story:
    """At probable cause review, its panel of three seated."""
    story.to("probable_cause_review").seat_panel()
    return story


def test_the_panel_finds_probable_cause(review: Story) -> None:
    vote = review.vote("probable_cause", choices="yyn")
    assert (vote.passed, vote.decision, vote.used_at) == (True, "", None)
    assert vote.explanation == "2 yes, 1 no; 3 present, quorum 2."
    assert Ballot.objects.filter(vote=vote, role="board_member").count() == 3
    facts = review.entry("case.vote_recorded")["facts"]
    assert (facts["yes"], facts["no"], facts["present"], facts["quorum"], facts["passed"]) == (2, 1, 3, 2, True)
    assert facts["voters"] == {
        str(member.pk): choice for member, choice in zip(review.office.panel, ("yes", "yes", "no"), strict=True)
    }
    assert review.letters()[-1][0] == "notice_to_licensee"


def test_a_vote_that_fails_is_kept_and_carries_nothing(review: Story) -> None:
    review.charge()
    vote = review.vote("probable_cause", choices="ynn")
    assert vote.passed is False
    assert "No majority: 1 yes of 3." in vote.explanation
    assert review.refused(charging.issue_charges, review.office.panel[0], memo="x") == NO_CAUSE


def test_the_latest_vote_on_a_question_counts(review: Story) -> None:
    review.charge()
    review.vote("probable_cause")
    review.vote("probable_cause", choices="ynn")
    assert review.refused(charging.issue_charges, review.office.panel[0], memo="x") == NO_CAUSE
    review.vote("probable_cause")
    review.to("charges_filed")


def test_a_vote_on_probable_cause_names_no_decision_and_is_spent_by_the_charges(review: Story) -> None:
    review.charge()
    row = {"kind": "probable_cause", "decision": "adopt", "held_on": review.today}
    ballots = {member.email: "yes" for member in review.office.panel}
    words = review.refused(voting.record_vote, review.office.director, **row, ballots=ballots)
    assert words.startswith("A vote on probable cause says yes or no.")
    vote = review.vote("probable_cause")
    review.do(charging.issue_charges, review.office.panel[0], memo="x")
    vote.refresh_from_db()
    assert vote.used_at == review.at


def test_a_vote_before_the_case_went_back_carries_nothing(review: Story) -> None:
    review.charge()
    review.vote("probable_cause")
    review.do(investigation.ask_more_information, review.office.panel[0], questions="Who knew?")
    review.to("probable_cause_review")
    assert review.refused(charging.issue_charges, review.office.panel[0], memo="x") == NO_CAUSE


def test_a_panel_member_with_a_conflict_may_only_be_recused(review: Story) -> None:
    member = review.office.panel[0]
    review.do(people.declare_conflict, member, has_conflict=True, reason="My client once.")
    row = {"kind": "probable_cause", "held_on": review.today}
    ballots = {m.email: "yes" for m in review.office.panel}
    words = review.refused(voting.record_vote, review.office.director, **row, ballots=ballots)
    assert words == f"{member.full_name} may not be counted: declared a conflict."
    vote = review.vote("probable_cause", choices="ryy")
    assert vote.passed
    assert vote.explanation == "2 yes, 0 no; 2 present, quorum 2."


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"held_on": date(2026, 3, 3)}, "The meeting cannot be in the future."),
        ({"held_on": date(2026, 3, 1)}, "The meeting cannot be before the case came up for this decision."),
        ({"kind": "order", "decision": "adopt"}, "This vote does not belong to where the case stands."),
        ({"kind": "closure", "decision": "PROBATION"}, "Choose a decision that the board can vote on here."),
        ({"kind": "lunch"}, "Choose what was voted on."),
        ({"ballots": {}}, "Name at least one member and a ballot."),
        ({"ballots": {"x@y.example": "yes"}}, "Nobody has the e-mail address x@y.example."),
    ],
)
def test_a_vote_is_refused(review: Story, data: dict, sentence: str) -> None:
    ballots = {m.email: "yes" for m in review.office.panel}
    row = {"kind": "probable_cause", "held_on": review.today, "ballots": ballots, **data}
    assert sentence in review.refused(voting.record_vote, review.office.director, **row)


def test_a_ballot_is_one_of_four_words(review: Story) -> None:
    row = {"kind": "probable_cause", "held_on": review.today, "ballots": {review.office.panel[0].email: "maybe"}}
    words = review.refused(voting.record_vote, review.office.director, **row)
    assert words == "A ballot is yes, no, abstain or recused."


def test_members_off_the_panel_do_not_vote_on_probable_cause(review: Story) -> None:
    voter = review.office.voters[0]
    row = {"kind": "probable_cause", "held_on": review.today, "ballots": {voter.email.upper(): "yes"}}
    words = review.refused(voting.record_vote, review.office.director, **row)
    assert words == f"{voter.full_name} is not a member of the deciding body."


def test_only_the_director_records_a_meeting(review: Story) -> None:
    row = {"kind": "probable_cause", "held_on": review.today, "ballots": {review.office.panel[0].email: "yes"}}
    review.refused(voting.record_vote, review.office.panel[0], NotPermitted, **row)
    review.refused(voting.record_vote, review.office.voters[0], OutOfScope, **row)


def test_a_liaison_decides_alone(story: Story) -> None:
    set_rule(story.office.board, "pc_body", "liaison")
    story.to("probable_cause_review").assign(story.office.panel[0], "panel")
    assert story.vote("probable_cause", ballots={story.office.panel[0].email: "yes"}).passed


def test_where_the_board_finds_probable_cause_all_members_are_the_body(story: Story) -> None:
    set_rule(story.office.board, "pc_body", "board")
    set_rule(story.office.board, "quorum", 5)
    story.to("probable_cause_review")
    four = {member.email: "yes" for member in story.office.voters}
    vote = story.vote("probable_cause", ballots=four)
    assert "No quorum: 4 present, 5 needed." in vote.explanation
    five = {**four, story.office.panel[0].email: "yes"}
    assert story.vote("probable_cause", ballots=five).passed


def test_the_board_votes_on_the_order_without_panel_investigator_and_counsel(story: Story) -> None:
    story.to("board_review")
    row = {"kind": "order", "decision": "adopt", "held_on": story.today}
    ballots = {member.email: "yes" for member in (*story.office.voters, story.office.panel[0])}
    words = story.refused(voting.record_vote, story.office.director, **row, ballots=ballots)
    assert words == f"{story.office.panel[0].full_name} may not be counted: took part as Panel member."
    vote = story.vote("order", "adopt", choices="yyyn")
    assert vote.explanation == "3 yes, 1 no; 4 present, quorum 4."
    short = story.vote("order", "adopt", choices="yyy")
    assert not short.passed


def test_of_a_case_that_the_board_heard_only_those_who_heard_it_vote_on_the_proposal(story: Story) -> None:
    set_rule(story.office.board, "quorum", 4)
    late = make_person(story.office.board, Role.BOARD_MEMBER)
    story.before("hearing_held")
    heard = [member.email for member in story.office.voters]
    story.do(holding.open_hearing, story.office.presiding, appearances="Both sides.", heard_by=heard)
    story.to("board_review")
    row = {"kind": "order", "decision": "adopt", "held_on": story.today}
    ballots = dict.fromkeys([*heard, late.email], "yes")
    words = story.refused(voting.record_vote, story.office.director, **row, ballots=ballots)
    assert words == f"{late.full_name} may not be counted: did not hear the evidence."
    assert story.vote("order", "adopt").passed
    # On anything but the proposal every member votes.
    assert not voting.deciding_body(story.case, "order", "panel", story.today).barred.get(str(late.pk))


def test_a_member_who_presided_or_acted_for_one_side_is_not_counted(story: Story) -> None:
    office = story.office
    for person in (office.presiding, office.counsel):
        Membership.objects.create(user=person, board=office.board, role=Role.BOARD_MEMBER, valid_from="2020-01-01")
    story.to("board_review")

    def told(kind: str, pc_body: str) -> list[str]:
        barred = voting.deciding_body(story.case, kind, pc_body, story.today).barred
        return [barred.get(str(person.pk), "") for person in (office.presiding, office.counsel, office.voters[0])]

    both = ["took part as Presiding officer", "took part as Prosecuting counsel", ""]
    assert told("order", "panel") == told("order", "board") == told("probable_cause", "board") == both
    assert told("emergency", "panel") == ["", "", ""]
    row = {"kind": "order", "decision": "adopt", "held_on": story.today}
    for person, why in ((office.presiding, both[0]), (office.counsel, both[1])):
        ballots = {member.email: "yes" for member in (*office.voters, person)}
        words = story.refused(voting.record_vote, office.director, **row, ballots=ballots)
        assert words == f"{person.full_name} may not be counted: {why}."


def test_who_left_the_panel_still_may_not_vote_at_the_end(story: Story) -> None:
    story.to("probable_cause_review").seat_panel()
    member = story.office.panel[2]
    row = {"email": member.email, "capacity": "panel", "reason": "Ill."}
    story.do(people.end_assignment, story.office.manager, **row)
    story.charge()
    story.vote("probable_cause", choices="yy")
    story.do(charging.issue_charges, story.office.panel[0], memo="Cause.")
    story.to("board_review")
    body = voting.deciding_body(story.case, "order", "panel", story.today)
    assert str(member.pk) in body.barred


def test_the_body_is_who_served_on_the_day_of_the_meeting(story: Story) -> None:
    story.to("board_review")
    late = make_person()
    Membership.objects.create(
        user=late, board=story.office.board, role=Role.BOARD_MEMBER, valid_from=story.today + timedelta(days=1)
    )
    gone = Membership.objects.get(user=story.office.voters[0])
    gone.valid_until = story.today - timedelta(days=1)
    gone.save()
    body = voting.deciding_body(story.case, "order", "panel", story.today)
    assert body.serving == 6
    assert {str(late.pk), str(gone.user_id)}.isdisjoint(body.members)


def test_of_the_boards_votes_the_last_that_passed_carries(story: Story) -> None:
    story.to("board_review")
    story.do(drafting.draft_sanction, story.office.director, code="REPRIMAND")
    story.vote("order", "adopt")
    story.vote("order", "modify")
    row = {"decision": "adopt", "text": "Findings."}
    words = story.refused(deciding.issue_order, story.office.director, **row)
    assert words == "The board voted to modify: record each change with its reasons."
    story.vote("order", "adopt")
    story.vote("order", "modify", choices="ynnn")
    story.do(deciding.issue_order, story.office.director, **row)


def test_three_must_approve_as_in_texas(review: Story) -> None:
    roles = ["investigator", "board_counsel", "executive_director"]
    set_rule(review.office.board, "closure_approvers", {"by": "approval", "roles": roles, "count": 3})
    closure = Closure("NO_VIOLATION", "No violation was found.")
    close = {"closure": closure}
    words = review.refused(closing.close_without_discipline, review.office.panel[0], **close)
    assert words == "Approval is missing: Investigator, Board counsel, Executive director."
    office = review.office
    for person in (office.investigator, office.counsel):
        review.do(voting.approve_closure, person, disposition="NO_VIOLATION", reasons="I agree.")
    words = review.refused(closing.close_without_discipline, review.office.panel[0], **close)
    assert words == "No disposition has the approval or the vote that the board's policy asks for."
    ballot = review.do(voting.approve_closure, office.director, disposition="NO_VIOLATION")
    assert (ballot.role, ballot.choice, ballot.recorded_by) == ("executive_director", "yes", office.director)
    entry = review.entry("case.closure_approved")
    assert (entry["facts"]["disposition"], entry["facts"]["choice"]) == ("NO_VIOLATION", "yes")
    assert Vote.objects.get().ballots.count() == 3
    review.do(closing.close_without_discipline, review.office.panel[0], **close)
    assert review.case.disposition == "NO_VIOLATION"


def test_an_approver_answers_once_and_a_no_stops_it(review: Story) -> None:
    office = review.office
    review.do(voting.approve_closure, office.director, disposition="NO_VIOLATION", agrees=False, reasons="Not yet.")
    assert review.entry("case.closure_approved")["private"] == {"reasons": "Not yet."}
    again = review.refused(voting.approve_closure, office.director, disposition="NO_VIOLATION")
    assert again == "You answered this question already."
    review.do(voting.approve_closure, office.director, disposition="LETTER_OF_CONCERN")
    close = {"closure": Closure("NO_VIOLATION", "Nothing.")}
    words = review.refused(closing.close_without_discipline, office.panel[0], **close)
    assert words == "Executive director did not agree. Approval is missing: Executive director."


def lend(story: Story, absent: User, deputy: User, role: str) -> Delegation:
    """A delegation from now to the end of the next day."""
    days = {"valid_from": story.today, "valid_until": story.today + timedelta(days=1)}
    row = {"absent": absent, "deputy": deputy, "role": role, "reason": "x", "recorded_at": story.at}
    return Delegation.objects.create(board=story.office.board, **row, **days)


def test_a_deputys_approval_stays_that_of_the_absent_person(review: Story) -> None:
    office, data = review.office, {"disposition": "NO_VIOLATION"}
    roles = ["board_counsel", "executive_director"]
    set_rule(office.board, "closure_approvers", {"by": "approval", "roles": roles, "count": 2})
    row = lend(review, office.director, office.manager, "executive_director")
    assert review.do(voting.approve_closure, office.manager, **data).role == "executive_director"
    Delegation.objects.filter(pk=row.pk).update(ended_at=review.at + timedelta(seconds=1))
    answered = "You answered this question already."
    review.at += timedelta(minutes=1)
    assert review.refused(voting.approve_closure, office.director, **data) == answered
    later = make_person(office.board, Role.INTAKE_ANALYST)
    Membership.objects.create(board=office.board, user=later, role="enforcement_manager", valid_from=review.today)
    lend(review, office.director, later, "executive_director")
    assert review.refused(voting.approve_closure, later, **data) == answered
    assert Ballot.objects.count() == 1
    # In a role of one's own somebody else is a second person, also while standing in.
    lend(review, office.director, office.counsel, "executive_director")
    assert review.do(voting.approve_closure, office.counsel, **data).role == "board_counsel"


def test_a_role_of_ones_own_goes_before_one_that_is_lent(review: Story) -> None:
    office = review.office
    roles = ["executive_director", "board_counsel"]
    set_rule(office.board, "closure_approvers", {"by": "approval", "roles": roles, "count": 2})
    lend(review, office.director, office.counsel, "executive_director")
    assert review.do(voting.approve_closure, office.counsel, disposition="NO_VIOLATION").role == "board_counsel"
    assert review.do(voting.approve_closure, office.director, disposition="NO_VIOLATION").role == "executive_director"


def test_a_role_is_not_lent_on_a_case_where_it_clashes_with_a_place_of_ones_own(review: Story) -> None:
    office = review.office
    set_rule(office.board, "closure_approvers", {"by": "approval", "roles": ["board_counsel"], "count": 1})
    Membership.objects.create(board=office.board, user=office.manager, role="investigator", valid_from=review.today)
    review.assign(office.manager, "investigator")
    lend(review, office.counsel, office.manager, "board_counsel")
    words = review.refused(voting.approve_closure, office.manager, disposition="NO_VIOLATION")
    assert words == "The board's policy does not name your role for this approval."


def test_an_approval_is_refused(review: Story) -> None:
    office = review.office
    words = review.refused(voting.approve_closure, office.counsel, disposition="NO_VIOLATION")
    assert words == "The board's policy does not name your role for this approval."
    words = review.refused(voting.approve_closure, office.director, disposition="PROBATION")
    assert words == "Choose a disposition that can end the case here."
    review.refused(voting.approve_closure, office.auditor, NotPermitted, disposition="NO_VIOLATION")


def test_an_approver_with_a_conflict_is_not_counted(review: Story) -> None:
    roles = ["board_counsel", "executive_director"]
    set_rule(review.office.board, "closure_approvers", {"by": "approval", "roles": roles, "count": 2})
    review.do(people.declare_conflict, review.office.counsel, has_conflict=True, reason="A friend.")
    review.refused(voting.approve_closure, review.office.counsel, OutOfScope, disposition="NO_VIOLATION")


def test_a_board_that_votes_takes_no_approvals(review: Story) -> None:
    policy = {"by": "vote", "roles": ["board_member"], "count": 1}
    set_rule(review.office.board, "closure_approvers", policy)
    words = review.refused(voting.approve_closure, review.office.panel[0], disposition="NO_VIOLATION")
    assert words == "This board decides closures by vote: record the vote."


def test_a_board_that_votes_closes_by_vote_and_spends_it(review: Story) -> None:
    policy = {"by": "vote", "roles": ["board_member"], "count": 1}
    set_rule(review.office.board, "closure_approvers", policy)
    close = {"closure": Closure("LETTER_OF_CONCERN", "Be careful.")}
    review.refused(closing.close_without_discipline, review.office.panel[0], **close)
    review.vote("closure", "NO_VIOLATION")
    words = review.refused(closing.close_without_discipline, review.office.panel[0], **close)
    assert words == "No vote decided to close: Letter of concern."
    vote = review.vote("closure", "LETTER_OF_CONCERN")
    review.do(closing.close_without_discipline, review.office.panel[0], **close)
    vote.refresh_from_db()
    assert vote.used_at == review.at
    assert review.entry("case.closed_without_discipline")["facts"]["vote"] == str(vote.pk)
