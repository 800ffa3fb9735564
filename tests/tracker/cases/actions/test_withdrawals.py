"""A complainant who withdraws: recorded by staff or by the complainant, answered, told what it changes."""

from datetime import date

import pytest

from tests.factories.cases import START, Story, complaint_id, refused, set_rule
from tracker.audit.actors import Actor, Origin
from tracker.cases.actions import papers, withdrawals
from tracker.cases.models import CaseDocument
from tracker.errors import NotPermitted, OutOfScope
from tracker.notices.models import Notice


def test_a_withdrawal_is_kept_and_its_answer_is_due(story: Story) -> None:
    story.wait(5)
    asked = date(2026, 3, 4)
    paper = story.do(withdrawals.record_withdrawal, story.office.intake, text="I want to stop.", asked_on=asked)
    assert (paper.kind, paper.text, paper.dated_on) == ("withdrawal", "I want to stop.", asked)
    clock = story.clock("withdrawal_answer")
    assert (clock.starts_on, clock.due_on, clock.state) == (asked, date(2026, 3, 16), "running")
    assert story.case.next_due_on <= clock.due_on
    entry = story.entry("case.withdrawal_recorded")
    assert entry["facts"]["asked_on"] == "2026-03-04"
    assert entry["private"] == {"text": "I want to stop."}
    words = story.refused(withdrawals.record_withdrawal, story.office.intake, text="Again.")
    assert words == "A withdrawal waits for its answer already."


def test_the_complainant_withdraws_by_the_tracking_page_and_nobody_elses_complaint(story: Story) -> None:
    filer = Actor.filer(complaint_id(story.case_id), Origin.DEMO)
    other = Story(story.office)
    refused(lambda: withdrawals.record_withdrawal(other.case_id, actor=filer, at=START, text="x"), OutOfScope)
    refused(
        lambda: papers.file_document(story.case_id, actor=filer, at=START, kind="other", title="x", text="x"),
        OutOfScope,
    )
    paper = withdrawals.record_withdrawal(story.case_id, actor=filer, at=story.at, text="I want to stop.")
    assert (paper.author, paper.dated_on) == (None, story.today)
    assert story.entry("case.withdrawal_recorded")["actor"] == filer.code


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"text": " "}, "Write what the complainant said."),
        ({"asked_on": date(2026, 3, 3)}, "The withdrawal cannot be in the future."),
        ({"asked_on": date(2026, 3, 1)}, "The withdrawal cannot be before the complaint."),
    ],
)
def test_a_withdrawal_is_refused(story: Story, data: dict, sentence: str) -> None:
    row = {"text": "I want to stop.", **data}
    assert story.refused(withdrawals.record_withdrawal, story.office.intake, **row) == sentence


@pytest.mark.parametrize(
    ("rule", "status", "ends"),
    [(False, "received", False), (True, "received", True), (True, "charges_filed", False)],
)
def test_the_answer_says_whether_it_can_end_the_case(story: Story, rule: bool, status: str, ends: bool) -> None:
    set_rule(story.office.board, "withdrawal_ends_case", rule)
    story.to(status)
    story.do(withdrawals.record_withdrawal, story.office.intake, text="I want to stop.")
    paper = story.do(withdrawals.answer_withdrawal, story.office.intake, text="Thank you for telling us.")
    assert (paper.kind, story.clock("withdrawal_answer").state) == ("withdrawal_answer", "met")
    assert story.entry("case.withdrawal_answered")["facts"]["ends_case"] is ends
    assert story.case.status == status
    letter = Notice.objects.get(kind="withdrawal_answer")
    assert "Thank you for telling us." in letter.body
    assert ("your case can be closed because you withdrew" in letter.body) is ends
    assert ("Your withdrawal does not end the case." in letter.body) is not ends
    words = story.refused(withdrawals.answer_withdrawal, story.office.intake, text="Again.")
    assert words == "No withdrawal waits for an answer."
    story.do(withdrawals.record_withdrawal, story.office.intake, text="I mean it.")
    assert CaseDocument.objects.filter(case=story.case, kind="withdrawal").count() == 2


def test_an_answer_is_refused(story: Story) -> None:
    story.do(withdrawals.record_withdrawal, story.office.intake, text="I want to stop.")
    words = story.refused(withdrawals.answer_withdrawal, story.office.intake, text=" ")
    assert words == "Write the answer in words the complainant understands."
    story.refused(withdrawals.answer_withdrawal, story.office.manager, NotPermitted, text="x")
