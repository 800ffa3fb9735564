"""Closing at probable cause review."""

import pytest

from tests.factories.cases import Story, set_rule
from tracker.cases.actions import closing, investigation, voting, withdrawals
from tracker.cases.actions.closing import Closure
from tracker.cases.states import REVIEW_CLOSURES
from tracker.errors import NotPermitted
from tracker.hearings.actions import emergency

REASON = "Nothing more can be done."


def approve(story: Story, code: str) -> None:
    """The director agrees, which is the policy by default."""
    story.do(voting.approve_closure, story.office.director, disposition=code)


@pytest.fixture
def review(story: Story) -> Story:
    """At probable cause review, its panel seated."""
    story.to("probable_cause_review").seat_panel()
    return story


@pytest.mark.parametrize("code", REVIEW_CLOSURES)
def test_every_closure_at_review(review: Story, code: str) -> None:
    other = Story(review.office)
    set_rule(review.office.board, "withdrawal_ends_case", True)
    review.do(withdrawals.record_withdrawal, review.office.intake, text="I withdraw it.")
    approve(review, code)
    closure = Closure(code, REASON, referred_to="The sheriff", other_docket=other.docket)
    review.do(closing.close_without_discipline, review.office.panel[0], closure=closure)
    case = review.case
    assert (case.stage, case.status, case.disposition, case.closed_at) == ("disposition", "closed", code, review.at)
    assert review.letters()[-2:] == [("closing", "complainant"), ("closing", "respondent")]
    assert review.clocks() == set()
    assert case.next_due_on is None
    assert case.charged_at is None
    entry = review.entry("case.closed_without_discipline")
    assert (entry["facts"]["disposition"], entry["facts"]["to"]) == (code, "closed")
    assert entry["private"]["reason"] == REASON
    assert entry["private"].get("referred_to") == ("The sheriff" if code == "REFERRED" else None)
    current = case.dispositions.get()
    assert (current.code, current.reason, current.starts_at, current.ends_at) == (code, REASON, review.at, None)
    assert current.other_docket == (other.docket if code == "DUPLICATE" else "")


@pytest.mark.parametrize(
    ("closure", "sentence"),
    [
        (Closure("NO_VIOLATION", " "), "Give the reason in words that both sides can read."),
        (Closure("INSUFFICIENT_INFO", REASON), "This disposition cannot end a case here: INSUFFICIENT_INFO."),
        (Closure("REVOCATION", REASON), "This disposition cannot end a case here: REVOCATION."),
        (Closure("INSUFFICIENT_EVIDENCE", REASON), "Approval is missing: Executive director."),
    ],
)
def test_a_closure_is_refused(review: Story, closure: Closure, sentence: str) -> None:
    approve(review, "NO_VIOLATION")
    words = review.refused(closing.close_without_discipline, review.office.panel[0], closure=closure)
    assert words == sentence


ONE_MEMBER = {"by": "approval", "roles": ["board_member"], "count": 1}
ANOTHER = "The approval must come from another person than the one who closes."


def test_who_closes_does_not_rest_on_their_own_approval(review: Story) -> None:
    set_rule(review.office.board, "closure_approvers", ONE_MEMBER)
    first, second, _third = review.office.panel
    review.do(voting.approve_closure, first, disposition="NO_VIOLATION")
    closure = Closure("NO_VIOLATION", REASON)
    assert review.refused(closing.close_without_discipline, first, closure=closure) == ANOTHER
    review.do(closing.close_without_discipline, second, closure=closure)
    assert review.case.is_closed


def test_several_approvals_carry_a_closure_by_one_of_them(review: Story) -> None:
    set_rule(review.office.board, "closure_approvers", {**ONE_MEMBER, "count": 2})
    for member in review.office.panel[:2]:
        review.do(voting.approve_closure, member, disposition="NO_VIOLATION")
    closure = Closure("NO_VIOLATION", REASON)
    review.do(closing.close_without_discipline, review.office.panel[0], closure=closure)
    assert review.case.is_closed


def test_only_the_panel_closes(review: Story) -> None:
    approve(review, "NO_VIOLATION")
    closure = Closure("NO_VIOLATION", REASON)
    review.refused(closing.close_without_discipline, review.office.manager, NotPermitted, closure=closure)


def test_a_licensee_who_never_heard_of_the_case_gets_no_letter(story: Story) -> None:
    story.before("response_requested")
    story.do(investigation.notify_licensee, story.office.investigator, withheld_reason="Records may vanish.")
    story.do(investigation.record_response, story.office.investigator, memo="Not asked.")
    story.to("probable_cause_review").seat_panel()
    approve(story, "NO_VIOLATION")
    story.do(closing.close_without_discipline, story.office.panel[0], closure=Closure("NO_VIOLATION", REASON))
    assert "respondent" not in {audience for _kind, audience in story.letters()}


def test_a_licensee_who_learned_by_the_charges_gets_the_closing_letter(story: Story) -> None:
    story.before("response_requested")
    story.do(investigation.notify_licensee, story.office.investigator, withheld_reason="Records may vanish.")
    story.do(investigation.record_response, story.office.investigator, memo="Not asked.")
    story.to("closed")
    assert story.letters()[-1] == ("closing", "respondent")


def test_a_licensee_who_learned_by_an_emergency_action_knows_of_the_case(story: Story) -> None:
    set_rule(story.office.board, "emergency_by", "executive_director")
    assert not closing.is_known(story.to("intake_review").case)
    row = {"code": "SUMMARY_SUSPENSION", "finding": "Immediate danger.", "effective_on": story.today}
    story.do(emergency.take_emergency_action, story.office.director, **row)
    assert closing.is_known(story.case)
