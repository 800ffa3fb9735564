"""Intake: screening, asking for information, closing, accepting, and deciding on emergency action."""

from datetime import date

import pytest

from tests.factories.cases import Story, set_rule
from tests.factories.staffed import make_staffed
from tracker.access.models import Delegation
from tracker.cases.actions import intake, papers, voting, withdrawals
from tracker.cases.actions.closing import Closure
from tracker.cases.filingdata import ComplainantData
from tracker.cases.models import Triage
from tracker.errors import NotPermitted, OutOfScope

REVIEW = {"danger_found": False, "priority": "high", "reasons": "Contact goes on."}
ACCEPT = {"has_jurisdiction": True, "states_violation": True, "reasons": "In scope.", "schedule": "180 days."}


def test_review_begins_with_a_danger_screen_and_a_priority(story: Story) -> None:
    story.do(intake.begin_review, story.office.intake, **REVIEW)
    case = story.case
    assert (case.stage, case.status, case.priority, case.version) == ("filed", "intake_review", "high", 2)
    assert story.clock("danger_screen").state == "met"
    assert "emergency_action" not in story.clocks()
    assert not case.is_emergency
    entry = story.entry("case.review_begun")
    facts = {"step": "begin_review", "from": "received", "to": "intake_review", "danger": "none", "priority": "high"}
    facts["clocks"] = {"emergency_action": "skipped"}
    facts["papers"] = [story.case.documents.get(kind="triage_record").digest]
    assert entry["facts"] == facts
    assert entry["private"] == {"reasons": "Contact goes on."}
    assert entry["actor"] == f"staff:{story.office.intake.pk}"
    assert [paper.kind for paper in case.documents.all()] == ["complaint_form", "triage_record"]


def test_danger_makes_an_emergency_with_its_own_deadline(story: Story) -> None:
    story.do(intake.begin_review, story.office.intake, **{**REVIEW, "danger_found": True, "priority": ""})
    assert story.case.is_emergency
    clock = story.clock("emergency_action")
    assert (clock.starts_on, clock.due_on) == (date(2026, 3, 2), date(2026, 3, 4))
    assert clock.explanation == (
        "2 business days from the danger screen (Mar 2, 2026) end on Wed Mar 4; rule: Emergency decision, default."
    )
    assert story.case.next_due_on == date(2026, 3, 4)
    assert story.entry("case.review_begun")["facts"]["danger"] == "found"


def test_the_priority_emergency_and_danger_are_one(story: Story) -> None:
    story.do(intake.begin_review, story.office.intake, **{**REVIEW, "priority": "emergency"})
    assert Triage.objects.get().danger_found
    assert "emergency_action" in story.clocks()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"reasons": " "}, "Give the reasons for the priority."),
        ({"priority": "purple"}, "Choose a priority."),
        ({"priority": ""}, "Choose a priority."),
    ],
)
def test_review_is_refused_without_reasons_or_priority(story: Story, data: dict, sentence: str) -> None:
    assert story.refused(intake.begin_review, story.office.intake, **{**REVIEW, **data}) == sentence


def test_only_intake_screens_and_only_at_its_own_board(story: Story) -> None:
    words = story.refused(intake.begin_review, story.office.counsel, NotPermitted, **REVIEW)
    assert words == "This needs another role: Intake analyst."
    stranger = make_staffed("ca-bbs", "BBS").intake
    story.refused(intake.begin_review, stranger, OutOfScope, **REVIEW)
    story.refused(intake.begin_review, story.office.investigator, OutOfScope, **REVIEW)


def test_a_second_person_verifies_the_priority(story: Story) -> None:
    story.to("intake_review")
    own = story.refused(intake.verify_priority, story.office.intake)
    assert own == "The priority must be verified by a person other than the one who set it."
    story.do(intake.verify_priority, story.office.second)
    assert story.case.priority_verified_by == story.office.second
    triage = Triage.objects.get()
    assert (triage.verified_by, triage.verified_at) == (story.office.second, story.at)
    assert story.entry("case.priority_verified")["facts"] == {"priority": "high", "outcome": "confirmed"}


def test_another_priority_needs_yet_another_person(story: Story) -> None:
    story.to("intake_review")
    unsaid = story.refused(intake.verify_priority, story.office.manager, priority="urgent")
    assert unsaid == "Give the reasons for another priority."
    unknown = story.refused(intake.verify_priority, story.office.manager, priority="purple", reasons="x")
    assert unknown == "Choose a priority."
    story.do(intake.verify_priority, story.office.manager, priority="urgent", reasons="A minor is at risk.")
    assert (story.case.priority, story.case.priority_verified_by) == ("urgent", None)
    assert story.entry("case.priority_changed")["private"] == {"reasons": "A minor is at risk."}
    assert "other than the one who set it" in story.refused(intake.verify_priority, story.office.manager)
    story.do(intake.verify_priority, story.office.intake)
    assert story.case.priority_verified_by == story.office.intake


def test_raising_to_emergency_starts_its_deadline_at_once(story: Story) -> None:
    story.to("intake_review")
    story.do(intake.verify_priority, story.office.manager, priority="emergency", reasons="Threats.")
    assert story.case.next_due_on == story.clock("emergency_action").due_on == date(2026, 3, 4)


def test_a_priority_can_only_be_verified_once_it_is_set(story: Story) -> None:
    assert story.refused(intake.verify_priority, story.office.manager) == "No priority is set."


def test_information_is_asked_for_item_by_item_with_a_date(story: Story) -> None:
    story.to("intake_review")
    missing = ["The dates of the sessions.", " ", "A copy of the contract."]
    story.do(intake.request_information, story.office.intake, missing=missing)
    assert story.case.status == "awaiting_information"
    assert story.clock("information").due_on == date(2026, 4, 1)
    assert story.letters()[-1] == ("request_for_information", "complainant")
    entry = story.entry("case.information_requested")
    assert entry["facts"]["items"] == 2
    assert entry["facts"]["due_on"] == "2026-04-01"
    assert entry["private"] == {"missing": "The dates of the sessions.\nA copy of the contract."}
    paper = story.case.documents.get(kind="information_request")
    assert paper.text == entry["private"]["missing"]


def test_asking_for_nothing_is_refused(story: Story) -> None:
    story.to("intake_review")
    words = story.refused(intake.request_information, story.office.intake, missing=[" ", ""])
    assert words == "List what is missing, one item a line."


@pytest.mark.parametrize(
    "nobody", [ComplainantData(is_anonymous=True), ComplainantData(name="M", safe_contact="none please")]
)
def test_who_cannot_be_written_to_cannot_be_asked(office: object, nobody: ComplainantData) -> None:
    story = Story(office, complainant=nobody).to("intake_review")
    assert story.letters() == []
    words = story.refused(intake.request_information, story.office.intake, missing=["Dates."])
    assert words == "The complainant cannot be written to, so nothing can be asked for."


def test_review_resumes_when_the_information_came(story: Story) -> None:
    story.to("intake_review")
    story.do(intake.request_information, story.office.intake, missing=["Dates."])
    early = story.refused(intake.resume_review, story.office.intake)
    assert early == "The information has not come, and its due date (Apr 1, 2026) is not over."
    row = {"kind": "information_received", "title": "Dates", "text": "Every Monday."}
    story.do(papers.file_document, story.office.intake, **row)
    story.do(intake.resume_review, story.office.intake, note="Complete now.")
    assert story.case.status == "intake_review"
    assert story.clock("information").state == "met"
    assert story.entry("case.information_received")["facts"]["why"] == "received"
    assert story.entry("case.information_received")["private"] == {"note": "Complete now."}


def test_review_resumes_when_the_time_is_over_and_what_came_earlier_counts_no_more(story: Story) -> None:
    story.to("intake_review")
    row = {"kind": "information_received", "title": "Dates", "text": "Every Monday."}
    story.do(papers.file_document, story.office.intake, **row)
    story.do(intake.request_information, story.office.intake, missing=["More."])
    assert "has not come" in story.refused(intake.resume_review, story.office.intake)
    story.wait(31)
    story.do(intake.resume_review, story.office.intake)
    assert story.entry("case.information_received")["facts"]["why"] == "time_over"


def test_accepting_opens_the_investigation(story: Story) -> None:
    story.before("assigned")
    story.do(intake.accept_case, story.office.manager, **ACCEPT)
    case = story.case
    assert (case.stage, case.status, case.opened_at) == ("investigation", "assigned", story.at)
    assert story.letters()[-1] == ("opening", "complainant")
    assert {story.clock(kind).state for kind in ("intake", "schedule")} == {"met"}
    assert case.documents.get(kind="opening_record").text == "In scope.\n\n180 days."
    assert story.entry("case.accepted")["private"] == {"reasons": "In scope."}
    renewed = story.case.deadlines.filter(kind="status_update").order_by("id")
    assert [row.state for row in renewed] == ["met", "running"]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"has_jurisdiction": False}, "Without jurisdiction the case is closed or referred, not accepted."),
        ({"states_violation": False}, "A complaint that would be no violation if true is not accepted."),
        ({"reasons": ""}, "Give the reasons for accepting."),
        ({"schedule": " "}, "Write the schedule of the phases."),
    ],
)
def test_accepting_is_refused(story: Story, data: dict, sentence: str) -> None:
    story.before("assigned")
    assert story.refused(intake.accept_case, story.office.manager, **{**ACCEPT, **data}) == sentence


def test_work_does_not_begin_before_somebody_verified_the_priority(story: Story) -> None:
    story.to("intake_review")
    words = story.refused(intake.accept_case, story.office.manager, **ACCEPT)
    assert words == "A second person has not verified the priority. No investigator is assigned."


@pytest.mark.parametrize("code", ["NO_JURISDICTION", "INSUFFICIENT_INFO", "TIME_BARRED", "REFERRED", "DUPLICATE"])
def test_every_closure_at_intake(story: Story, code: str) -> None:
    other = Story(story.office)
    story.to("intake_review")
    closure = Closure(code, "Not ours.", "The medical board", other.docket.lower(), avenues=("The medical board",))
    story.do(intake.close_at_intake, story.office.intake, closure=closure)
    case = story.case
    assert (case.stage, case.status, case.disposition, case.closed_at) == ("disposition", "closed", code, story.at)
    assert story.letters()[-1] == ("closing", "complainant")
    assert not [audience for _kind, audience in story.letters() if audience == "respondent"]
    assert story.clocks() == set()
    assert case.next_due_on is None
    row = case.dispositions.get()
    assert row.referred_to == ("The medical board" if code == "REFERRED" else "")
    assert row.other_docket == (other.docket if code == "DUPLICATE" else "")
    entry = story.entry("case.closed_at_intake")
    assert entry["facts"]["disposition"] == code
    assert entry["facts"].get("other_docket") == (other.docket if code == "DUPLICATE" else None)
    assert entry["private"]["reason"] == "Not ours."
    assert case.documents.get(kind="closing_memo").text == "Not ours."


@pytest.mark.parametrize(
    ("closure", "sentence"),
    [
        (Closure("NO_VIOLATION", "x"), "This disposition cannot end a case here: NO_VIOLATION."),
        (Closure("PROBATION", "x"), "This disposition cannot end a case here: PROBATION."),
        (Closure("", "x"), "This disposition cannot end a case here: ."),
        (Closure("NO_JURISDICTION", " "), "Give the reason in words that both sides can read."),
        (Closure("REFERRED", "x"), "Say where the matter was referred."),
        (Closure("DUPLICATE", "x"), "Name the docket that this case repeats."),
        (Closure("DUPLICATE", "x", other_docket="bhec-2026-00001 "), "A case cannot be a duplicate of itself."),
        (Closure("DUPLICATE", "x", other_docket="BHEC-1999-00001"), "This board has no docket BHEC-1999-00001."),
        (Closure("WITHDRAWN", "x"), "At this board a withdrawal does not end the case."),
    ],
)
def test_a_closure_at_intake_is_refused(story: Story, closure: Closure, sentence: str) -> None:
    story.to("intake_review")
    assert story.refused(intake.close_at_intake, story.office.intake, closure=closure) == sentence


def test_a_docket_of_another_board_is_no_duplicate(story: Story) -> None:
    theirs = Story(make_staffed("ca-bbs", "BBS"))
    story.to("intake_review")
    closure = Closure("DUPLICATE", "x", other_docket=theirs.docket)
    words = story.refused(intake.close_at_intake, story.office.intake, closure=closure)
    assert words == f"This board has no docket {theirs.docket}."


def test_a_withdrawal_ends_a_case_where_the_board_says_so_and_the_paper_is_there(story: Story) -> None:
    set_rule(story.office.board, "withdrawal_ends_case", True)
    story.to("intake_review")
    closure = Closure("WITHDRAWN", "Withdrawn by the complainant.")
    words = story.refused(intake.close_at_intake, story.office.intake, closure=closure)
    assert words == "No withdrawal by the complainant is on file."
    story.do(withdrawals.record_withdrawal, story.office.intake, text="I withdraw it.")
    story.do(intake.close_at_intake, story.office.intake, closure=closure)
    assert story.case.disposition == "WITHDRAWN"


def test_a_second_approver_must_agree_where_the_board_asks_for_one(story: Story) -> None:
    set_rule(story.office.board, "intake_second_approver", True)
    story.to("intake_review")
    closure = Closure("NO_JURISDICTION", "Not ours.")
    words = story.refused(intake.close_at_intake, story.office.intake, closure=closure)
    assert words == "Approval is missing: Executive director."
    story.do(voting.approve_closure, story.office.director, disposition="TIME_BARRED")
    assert story.refused(intake.close_at_intake, story.office.intake, closure=closure) == words
    story.do(voting.approve_closure, story.office.director, disposition="NO_JURISDICTION")
    alone = story.refused(intake.close_at_intake, story.office.director, closure=closure)
    assert alone == "The approval must come from another person than the one who closes."
    story.do(intake.close_at_intake, story.office.intake, closure=closure)
    vote = story.case.votes.get(decision="NO_JURISDICTION")
    assert (vote.passed, vote.used_at) == (True, story.at)
    assert story.entry("case.closed_at_intake")["facts"]["vote"] == str(vote.pk)


def test_a_deputys_approval_is_that_of_whom_they_stand_in_for(story: Story) -> None:
    set_rule(story.office.board, "intake_second_approver", True)
    absent, deputy = story.office.director, story.office.manager
    row = {"role": "executive_director", "recorded_at": story.at, "reason": "Ill."}
    days = {"valid_from": story.today, "valid_until": story.today}
    Delegation.objects.create(board=story.office.board, absent=absent, deputy=deputy, **row, **days)
    story.to("intake_review")
    story.do(voting.approve_closure, deputy, disposition="NO_JURISDICTION")
    closure = Closure("NO_JURISDICTION", "Not ours.")
    for who in (absent, deputy):
        words = story.refused(intake.close_at_intake, who, closure=closure)
        assert words == "The approval must come from another person than the one who closes."
    story.do(intake.close_at_intake, story.office.intake, closure=closure)
    assert story.case.is_closed


def test_an_approval_given_before_more_information_was_asked_for_is_spent(story: Story) -> None:
    set_rule(story.office.board, "intake_second_approver", True)
    story.to("intake_review")
    story.do(voting.approve_closure, story.office.director, disposition="NO_JURISDICTION")
    story.do(intake.request_information, story.office.intake, missing=["Dates."])
    story.wait(31).do(intake.resume_review, story.office.intake)
    closure = Closure("NO_JURISDICTION", "Not ours.")
    assert "Approval is missing" in story.refused(intake.close_at_intake, story.office.intake, closure=closure)
    story.do(voting.approve_closure, story.office.director, disposition="NO_JURISDICTION")
    story.do(intake.close_at_intake, story.office.intake, closure=closure)
    assert story.case.is_closed


@pytest.mark.parametrize("outcome", ["not_needed", "referred", "law_enforcement"])
def test_a_decision_on_emergency_action_ends_its_clock(story: Story, outcome: str) -> None:
    story.do(intake.begin_review, story.office.intake, **{**REVIEW, "danger_found": True})
    story.do(intake.decide_emergency, story.office.manager, outcome=outcome, reasons="He is abroad.")
    assert story.clock("emergency_action").state == "met"
    nearest = min(row.due_on for row in story.case.deadlines.filter(state="running"))
    assert story.case.next_due_on == nearest
    entry = story.entry("case.emergency_decided")
    assert entry["facts"]["outcome"] == outcome
    assert entry["private"] == {"reasons": "He is abroad."}
    again = story.refused(intake.decide_emergency, story.office.manager, outcome=outcome, reasons="x")
    assert again == "No decision on emergency action is due."


def test_a_decision_on_emergency_action_is_refused(story: Story) -> None:
    row = {"outcome": "shrug", "reasons": ""}
    assert "No decision" in story.refused(intake.decide_emergency, story.office.manager, **row)
    story.do(intake.begin_review, story.office.intake, **{**REVIEW, "danger_found": True})
    words = story.refused(intake.decide_emergency, story.office.manager, **row)
    assert words == "Choose what was decided. Give the reasons of the decision."
