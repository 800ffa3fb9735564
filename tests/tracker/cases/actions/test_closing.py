"""Closing at probable cause review, and reopening."""

import pytest

from tests.factories.cases import Story, set_rule
from tracker.cases.actions import closing, investigation, papers, voting
from tracker.cases.actions.closing import REOPENS_TO, Closure
from tracker.cases.states import REVIEW_CLOSURES, STAGE_OF
from tracker.errors import NotPermitted
from tracker.hearings.actions import deciding, holding
from tracker.hearings.models import Order

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
    row = {"kind": "withdrawal", "title": "Letter", "text": "I withdraw it."}
    review.do(papers.file_document, review.office.intake, **row)
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


def test_reopening_ends_the_disposition_and_keeps_it(review: Story) -> None:
    approve(review, "NO_VIOLATION")
    review.do(closing.close_without_discipline, review.office.panel[0], closure=Closure("NO_VIOLATION", REASON))
    review.wait(90).do(closing.reopen, review.office.director, to="investigating", reason="A second witness.")
    case = review.case
    assert (case.stage, case.status, case.disposition, case.closed_at) == (
        "investigation",
        "investigating",
        None,
        None,
    )
    assert case.dispositions.get().ends_at == review.at
    entry = review.entry("case.reopened")
    assert (entry["facts"]["to"], entry["facts"]["ended"]) == ("investigating", "NO_VIOLATION")
    assert entry["private"] == {"reason": "A second witness."}
    assert case.documents.get(kind="reopening_memo").text == "A second witness."
    clock = review.clock("status_update")
    assert clock.explanation.startswith("90 calendar days from the reopening (May 31, 2026) end on")
    assert case.next_due_on == clock.due_on


def test_what_is_closed_again_has_two_dated_dispositions(review: Story) -> None:
    close = closing.close_without_discipline
    approve(review, "NO_VIOLATION")
    review.do(close, review.office.panel[0], closure=Closure("NO_VIOLATION", REASON))
    review.do(closing.reopen, review.office.director, to="probable_cause_review", reason="A second look.")
    words = review.refused(close, review.office.panel[0], closure=Closure("NO_VIOLATION", REASON))
    assert words == "Approval is missing: Executive director. At this board a withdrawal does not end the case." or (
        words == "Approval is missing: Executive director."
    )
    approve(review, "LETTER_OF_CONCERN")
    review.do(close, review.office.panel[0], closure=Closure("LETTER_OF_CONCERN", REASON))
    rows = review.case.dispositions.order_by("starts_at")
    assert [(row.code, row.ends_at is None) for row in rows] == [("NO_VIOLATION", False), ("LETTER_OF_CONCERN", True)]
    assert review.case.disposition == "LETTER_OF_CONCERN"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"to": "board_review"}, "Choose the status at which the case goes on."),
        ({"to": "closed"}, "Choose the status at which the case goes on."),
        ({"to": "nowhere"}, "Choose the status at which the case goes on."),
        ({"reason": " "}, "Give the reason for reopening."),
        ({"to": "prehearing"}, "No charges were issued in this case, so it cannot go on at the hearing stage."),
        (
            {"to": "investigating"},
            "This case was never accepted for investigation, so it can only go on at intake review.",
        ),
    ],
)
def test_reopening_is_refused(story: Story, data: dict, sentence: str) -> None:
    story.to("intake_review").close_at_intake()
    row = {"to": "intake_review", "reason": "New evidence.", **data}
    assert story.refused(closing.reopen, story.office.director, **row) == sentence


def test_only_the_director_reopens(story: Story) -> None:
    story.to("intake_review").close_at_intake()
    row = {"to": "intake_review", "reason": "New evidence."}
    words = story.refused(closing.reopen, story.office.manager, NotPermitted, **row)
    assert words == "This needs another role: Executive director."


@pytest.mark.parametrize("to", REOPENS_TO)
def test_a_decided_case_reopens_anywhere_and_goes_to_its_end_again(story: Story, to: str) -> None:
    """Old counts, findings, votes, hearings and orders stay and carry nothing."""
    story.to("closed")
    story.do(closing.reopen, story.office.director, to=to, reason="Overturned on appeal.")
    case = story.case
    assert (case.status, case.stage, case.disposition, case.decided_at) == (to, STAGE_OF[to], None, None)
    story.to("closed")
    assert [row.code for row in story.case.dispositions.all()] == ["PROBATION", "PROBATION"]
    assert Order.objects.filter(case=story.case, issued_at__isnull=False).count() == 2
    assert story.case.charging_documents.count() == (1 if to == "prehearing" else 2)


def test_findings_of_the_first_hearing_do_not_decide_the_second(story: Story) -> None:
    story.to("closed")
    story.do(closing.reopen, story.office.director, to="prehearing", reason="Remanded.")
    story.to("hearing_held")
    words = story.refused(holding.file_proposed_decision, story.office.presiding, text="x")
    assert words == "Count 1 has no finding by the presiding officer."
    row = {"count": 1, "value": "not_proven", "reasons": "The witness withdrew."}
    story.do(holding.propose_finding, story.office.presiding, **row)
    story.do(holding.file_proposed_decision, story.office.presiding, text="Dismiss.")
    story.to("board_review")
    story.vote("order", "adopt")
    story.do(deciding.issue_order, story.office.director, decision="adopt", text="Dismissed.")
    last = story.case.findings.filter(by="board").order_by("found_at").last()
    assert last.value == "not_proven"
    assert story.case.status == "order_issued"
