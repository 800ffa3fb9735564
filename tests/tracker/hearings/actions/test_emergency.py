"""Emergency action: by vote or delegation, its clocks, its service and hearing, and its three endings."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.factories.cases import Story, refused, set_rule
from tracker.audit.actors import Actor, Origin
from tracker.cases.actions import intake, moving, voting
from tracker.cases.actions.closing import Closure
from tracker.errors import NotPermitted
from tracker.hearings.actions import emergency, reporting
from tracker.hearings.models import EmergencyAction, Order
from tracker.notices.models import Notice

DAILY = Actor.system("daily", Origin.DEMO)


def take(story: Story, code: str = "SUMMARY_SUSPENSION", **data: Any) -> EmergencyAction:
    """Take emergency action, voted for where the board's rule asks for it."""
    row = {"code": code, "finding": "Clients are in danger.", "effective_on": story.today, **data}
    return story.do(emergency.take_emergency_action, story.office.director, **row)


def vote(story: Story, code: str = "SUMMARY_SUSPENSION", **data: Any) -> Any:
    """The board votes on it."""
    body = [*story.office.panel, *story.office.voters]
    return story.vote("emergency", code, ballots={member.email: "yes" for member in body}, **data)


@pytest.fixture
def suspended(story: Story) -> Story:
    """A case under a summary suspension taken by vote; it would lapse after 60 days."""
    set_rule(story.office.board, "summary_expires_days", 60)
    vote(story)
    take(story)
    return story


def test_the_board_votes_and_the_director_takes_it(story: Story) -> None:
    set_rule(story.office.board, "summary_expires_days", 60)
    row = {"code": "SUMMARY_SUSPENSION", "finding": "Danger.", "effective_on": story.today}
    words = story.refused(emergency.take_emergency_action, story.office.director, **row)
    assert words == "The board has not voted for this emergency action."
    voted = vote(story)
    words = story.refused(
        emergency.take_emergency_action, story.office.director, **{**row, "code": "EMERGENCY_RESTRICTION"}
    )
    assert words == "The board has not voted for this emergency action."
    action = take(story)
    voted.refresh_from_db()
    assert (action.vote, voted.used_at, action.taken_by) == (voted, story.at, story.office.director)
    assert (action.effective_on, action.expires_on) == (story.today, story.today + timedelta(days=60))
    assert {"emergency_notice", "emergency_hearing", "emergency_expiry", "npdb_report"} <= story.clocks()
    assert story.clock("emergency_expiry").due_on == action.expires_on
    assert story.clock("emergency_hearing").due_on == date(2026, 3, 23)
    entry = story.entry("hearing.emergency_taken")
    assert (entry["facts"]["action"], entry["facts"]["vote"]) == ("SUMMARY_SUSPENSION", str(voted.pk))
    assert entry["private"] == {"findings": "Clients are in danger."}
    assert action.finding.kind == "emergency_finding"
    letter = Notice.objects.get(kind="emergency_action")
    for words in ("Summary suspension", "Clients are in danger.", "March 23, 2026", "May 1, 2026"):
        assert words in letter.body
    assert story.case.status == "received"
    again = story.refused(emergency.take_emergency_action, story.office.director, **row)
    assert again == "An emergency action is in force already."


def test_by_delegation_no_vote_is_asked_for(story: Story) -> None:
    set_rule(story.office.board, "emergency_by", "executive_director")
    action = take(story, "EMERGENCY_RESTRICTION")
    assert (action.vote, action.expires_on) == (None, None)
    assert "emergency_expiry" not in story.clocks()
    story.refused(
        emergency.take_emergency_action, story.office.manager, NotPermitted,
        code="SUMMARY_SUSPENSION", finding="x", effective_on=story.today,
    )  # fmt: skip


def test_an_agreement_needs_neither_vote_nor_hearing(story: Story) -> None:
    take(story, "INTERIM_AGREEMENT", finding="Signed March 1.")
    assert not {"emergency_notice", "emergency_hearing"} & story.clocks()
    body = Notice.objects.get(kind="emergency_action").body
    assert "your signed agreement" in body
    assert "Your hearing" not in body


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"code": "REVOCATION"}, "Choose the emergency action."),
        ({"finding": " "}, "Write the finding of immediate danger."),
        ({"effective_on": date(2026, 3, 1)}, "An emergency action cannot take effect in the past."),
    ],
)
def test_taking_is_refused(story: Story, data: dict, sentence: str) -> None:
    row = {"code": "INTERIM_AGREEMENT", "finding": "Danger.", "effective_on": story.today, **data}
    assert story.refused(emergency.take_emergency_action, story.office.director, **row) == sentence


def test_the_decision_on_emergency_action_is_made_by_taking_it(story: Story) -> None:
    story.do(intake.begin_review, story.office.intake, danger_found=True, priority="emergency", reasons="Threats.")
    assert "emergency_action" in story.clocks()
    take(story, "INTERIM_AGREEMENT")
    assert story.clock("emergency_action").state == "met"


def test_service_ends_the_clock_of_the_notice(suspended: Story) -> None:
    manager = suspended.office.manager
    row = {"served_on": suspended.today, "method": "personal", "proof": "Handed over."}
    for data, sentence in (
        ({"method": "owl"}, "Choose how it was served."),
        ({"proof": " "}, "Write the proof of service."),
        ({"served_on": date(2026, 3, 3)}, "The day cannot be in the future."),
        ({"served_on": date(2026, 3, 1)}, "The day cannot be before the emergency action was taken."),
    ):
        assert suspended.refused(emergency.serve_emergency_action, manager, **{**row, **data}) == sentence
    action = suspended.do(emergency.serve_emergency_action, manager, **row)
    assert action.served_on == suspended.today
    assert suspended.clock("emergency_notice").state == "met"
    assert suspended.case.documents.get(kind="emergency_service").service_method == "personal"
    assert suspended.entry("hearing.emergency_served")["private"] == {"proof": "Handed over."}
    words = suspended.refused(emergency.serve_emergency_action, manager, **row)
    assert words == "Service of the emergency action is recorded already."


@pytest.mark.parametrize(("outcome", "end"), [("continue", ""), ("modify", ""), ("vacate", "vacated")])
def test_the_hearing_goes_on_with_it_changes_it_or_takes_it_back(suspended: Story, outcome: str, end: str) -> None:
    suspended.wait(10)
    row = {"heard_on": suspended.today, "outcome": outcome, "note": "Both sides were heard."}
    action = suspended.do(emergency.hear_emergency_action, suspended.office.director, **row)
    assert (action.heard_on, action.end, bool(action.ended_at)) == (suspended.today, end, bool(end))
    assert suspended.clock("emergency_hearing").state == "met"
    assert suspended.clock("emergency_expiry").state == ("superseded" if end else "running")
    assert suspended.entry("hearing.emergency_heard")["facts"]["outcome"] == outcome
    assert suspended.case.documents.get(kind="emergency_hearing").text == "Both sides were heard."
    body = Notice.objects.get(kind="emergency_outcome").body
    for words in ("Summary suspension", "was heard on March 12, 2026", "Both sides were heard."):
        assert words in body
    assert ("ends by itself after May 1, 2026" in body) == (not end)


def test_a_hearing_is_refused(suspended: Story) -> None:
    row = {"heard_on": suspended.today, "outcome": "continue", "note": "Heard."}
    for data, sentence in (
        ({"outcome": "adjourn"}, "Choose what the hearing led to."),
        ({"note": ""}, "Write what was decided, and why."),
        ({"heard_on": date(2026, 3, 9)}, "The day cannot be in the future."),
    ):
        words = suspended.refused(emergency.hear_emergency_action, suspended.office.director, **{**row, **data})
        assert words == sentence


def end(story: Story, kind: str, at: Any = None, reason: str = "Over.") -> EmergencyAction:
    """The daily job ends it."""
    return emergency.end_emergency_action(story.case_id, actor=DAILY, at=at or story.at, end=kind, reason=reason)


def test_its_time_is_over_only_after_the_last_day(suspended: Story) -> None:
    suspended.wait(60)
    assert refused(lambda: end(suspended, "expired")) == ["It is in force until May 1, 2026."]
    suspended.wait(1)
    action = end(suspended, "expired")
    assert (action.end, action.ended_at) == ("expired", suspended.at)
    assert suspended.clock("emergency_expiry").state == "met"
    assert suspended.clock("emergency_hearing").state == "superseded"
    assert "npdb_report" in suspended.clocks()
    assert suspended.entry("hearing.emergency_ended")["facts"]["end"] == "expired"
    body = Notice.objects.get(kind="emergency_outcome").body
    assert "Its last day was May 1, 2026." in body
    assert "Over." in body
    assert refused(lambda: end(suspended, "vacated")) == ["No emergency action is in force."]


def test_an_ending_is_refused(story: Story) -> None:
    take(story, "INTERIM_AGREEMENT")
    assert refused(lambda: end(story, "merged")) == ["Say whether it was taken back or its time is over."]
    assert refused(lambda: end(story, "vacated", reason=" ")) == ["Give the reason."]
    assert refused(lambda: end(story, "expired")) == ["By the rule of this board it stays in force until it is ended."]
    story.do(emergency.end_emergency_action, story.office.director, end="vacated", reason="No danger.")
    assert story.entry("hearing.emergency_ended")["private"] == {"reason": "No danger."}
    assert "took back the emergency action" in Notice.objects.get(kind="emergency_outcome").body


def test_what_the_board_voted_for_it_takes_back_by_vote(suspended: Story) -> None:
    director, row = suspended.office.director, {"end": "vacated", "reason": "No danger."}
    needed = "The board voted for this emergency action, and has not voted to take it back."
    assert suspended.refused(emergency.end_emergency_action, director, **row) == needed
    voted = vote(suspended, "end_emergency")
    hear = {"heard_on": suspended.today, "outcome": "vacate", "note": "Both sides were heard."}
    suspended.do(emergency.hear_emergency_action, director, **hear)
    # The vote was on what is over now; for a second suspension it carries nothing.
    vote(suspended)
    take(suspended)
    assert suspended.refused(emergency.end_emergency_action, director, **row) == needed
    voted = vote(suspended, "end_emergency")
    action = suspended.do(emergency.end_emergency_action, director, **row)
    voted.refresh_from_db()
    assert (action.end, voted.used_at) == ("vacated", suspended.at)
    assert suspended.entry("hearing.emergency_ended")["facts"]["vote"] == str(voted.pk)


def test_only_what_is_in_force_is_voted_back(story: Story) -> None:
    ballots = {member.email: "yes" for member in story.office.voters}
    row = {"kind": "emergency", "decision": "end_emergency", "held_on": story.today, "ballots": ballots}
    words = story.refused(voting.record_vote, story.office.director, **row)
    assert words == "Choose a decision that the board can vote on here."


def test_a_case_does_not_close_over_an_emergency_action(suspended: Story) -> None:
    suspended.to("intake_review")
    closure = Closure("NO_JURISDICTION", "Not ours.")
    words = suspended.refused(intake.close_at_intake, suspended.office.intake, closure=closure)
    assert words == "An emergency action is in force. End it first."


def test_it_merges_into_the_order(suspended: Story) -> None:
    actor = Actor.staff(suspended.office.director.pk, Origin.DEMO)
    begun = moving.begin(suspended.case_id, "add_note", actor=actor, at=suspended.at)
    order = Order.objects.create(board=suspended.office.board, case=suspended.case)
    action = EmergencyAction.objects.get()
    assert emergency.merge(begun, order) == {"merged_emergency": str(action.pk)}
    action.refresh_from_db()
    assert (action.end, action.merged_into) == ("merged", order)
    assert not {"emergency_notice", "emergency_hearing", "emergency_expiry"} & suspended.clocks()
    assert emergency.merge(begun, order) == {}


def test_it_is_reported_to_the_data_bank(suspended: Story) -> None:
    row = {"reported_on": suspended.today, "reference": "5500000124"}
    action = suspended.do(reporting.record_npdb_report, suspended.office.manager, **row)
    assert (action, action.npdb_reported_on) == (EmergencyAction.objects.get(), suspended.today)
    assert suspended.clock("npdb_report").state == "met"
    words = suspended.refused(reporting.record_npdb_report, suspended.office.manager, **row)
    assert words == "No report to the National Practitioner Data Bank is due."
