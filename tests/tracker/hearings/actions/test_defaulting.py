"""Charges that nobody disputes: default, and answers that leave nothing to hear."""

import pytest

from tests.factories.cases import Story, set_rule
from tracker.cases import facts
from tracker.cases.actions import charging
from tracker.cases.models import ChargingDocument
from tracker.errors import NotPermitted
from tracker.hearings.actions import defaulting

PACKET = {"packet": "Served on March 2, no answer.", "military_affidavit": "Not in service, DMDC of today."}
ANSWER = {"text": "I do not contest it.", "answers": {"1": "not_contested"}}


def test_a_default_after_the_time_to_answer(story: Story) -> None:
    story.to("answer_due").wait(22).do(defaulting.enter_default, story.office.counsel, **PACKET)
    charges = ChargingDocument.objects.get()
    assert (story.case.status, charges.defaulted_at) == ("board_review", story.at)
    assert facts.gather(story.case, at=story.at).before_board == "default"
    paper = story.case.documents.get(kind="default_packet")
    assert paper.text == f"{PACKET['packet']}\n\nMilitary service: {PACKET['military_affidavit']}"
    entry = story.entry("hearing.default_entered")
    assert (entry["facts"]["digest"], entry["facts"]["affidavit"]) == (paper.digest, True)
    assert entry["private"] == {"packet": paper.text}
    assert ("default", "respondent") in story.letters()


def test_a_default_is_refused(story: Story) -> None:
    act, counsel = defaulting.enter_default, story.to("answer_due").office.counsel
    assert story.refused(act, counsel, **PACKET).startswith("The time to answer runs until Mar 23, 2026.")
    story.wait(22)
    assert story.refused(act, counsel, packet=" ", military_affidavit="") == (
        "Write the default packet: service, the time to answer, what is asked. "
        "This board needs a statement on whether the respondent is in military service."
    )
    assert story.refused(act, story.office.manager, NotPermitted, **PACKET).startswith("This needs another role: ")


def test_a_board_may_do_without_the_statement_on_military_service(story: Story) -> None:
    set_rule(story.office.board, "military_affidavit_required", value=False)
    story.to("answer_due").wait(22).do(defaulting.enter_default, story.office.counsel, packet="No answer.")
    assert story.case.documents.get(kind="default_packet").text == "No answer."
    assert story.entry("hearing.default_entered")["facts"]["affidavit"] is False


def test_undisputed_charges_go_to_the_board_without_a_hearing(story: Story) -> None:
    story.to("answer_due")
    story.do(charging.record_answer, story.office.manager, **ANSWER, received_on=story.today)
    story.do(defaulting.submit_undisputed, story.office.manager, note="Nothing to hear.")
    assert story.case.status == "board_review"
    assert facts.gather(story.case, at=story.at).before_board == "undisputed"
    assert story.entry("hearing.sent_undisputed")["private"] == {"note": "Nothing to hear."}


@pytest.mark.parametrize(("election", "answer"), [("informal", "not_contested"), ("waived", "admitted")])
def test_who_gives_up_the_formal_hearing_goes_to_the_board(story: Story, election: str, answer: str) -> None:
    set_rule(story.office.board, "election_of_rights", value=True)
    row = {"text": "x", "answers": {"1": answer}, "received_on": story.to("answer_due").today, "election": election}
    story.do(charging.record_answer, story.office.manager, **row)
    story.do(defaulting.submit_undisputed, story.office.manager)
    assert story.case.status == "board_review"


def test_disputed_charges_need_a_hearing(story: Story) -> None:
    words = story.to("prehearing").refused(defaulting.submit_undisputed, story.office.manager)
    assert words == "Count 1 is disputed, so it needs a hearing."
