"""A party asks the board to look at its order again: denied by vote or by silence, or granted."""

from datetime import timedelta
from typing import Any

import pytest

from tests.factories.cases import Story, refused, set_rule
from tracker.audit.actors import Actor, Origin
from tracker.cases.queries import recomputed
from tracker.errors import ActionRefused, NotPermitted
from tracker.hearings.actions import compliance, deciding, drafting, reconsidering, reporting

DAILY = Actor.system("daily", Origin.DEMO)
WHY = {"reasons": "A fact was overlooked."}


@pytest.fixture
def ordered(story: Story) -> Story:
    """An order with probation is issued."""
    return story.to("order_issued")


def ask(story: Story, **data: object) -> object:
    """The respondent's petition."""
    return story.do(reconsidering.take_up_reconsideration, story.office.manager, **asked(story, **data))


def asked(story: Story, **data: object) -> dict[str, Any]:
    """What a petition by the respondent says."""
    return {"side": "respondent", "grounds": "A fact was overlooked.", "filed_on": story.today, **data}


def grant(story: Story) -> Story:
    """The petition, and the board's vote to reconsider."""
    ask(story)
    story.vote("order", "reconsider")
    story.do(reconsidering.grant_reconsideration, story.office.director, **WHY)
    return story


def test_a_petition_is_taken_up(ordered: Story) -> None:
    ordered.wait(5)
    row = ask(ordered, filed_on=ordered.today - timedelta(days=2))
    assert (row.side, row.from_status, row.order, row.decided_on) == (
        "respondent",
        "order_issued",
        ordered.case.orders.get(),
        None,
    )
    assert (ordered.case.stage, ordered.case.status) == ("disposition", "reconsideration")
    assert "reconsideration" not in ordered.clocks()
    assert ordered.clock("reconsideration_decision").starts_on == row.filed_on
    entry = ordered.entry("hearing.reconsideration_asked")
    assert (entry["facts"]["side"], entry["private"]) == ("respondent", {"grounds": "A fact was overlooked."})
    assert ordered.case.documents.get(kind="reconsideration_petition").dated_on == row.filed_on


def test_a_petition_is_refused(ordered: Story) -> None:
    act, who = reconsidering.take_up_reconsideration, ordered.office.manager
    early, late = ordered.today - timedelta(days=1), ordered.today + timedelta(days=1)
    words = ordered.refused(act, who, side="court", grounds=" ", filed_on=late)
    assert words == "Say who asks. Write the grounds of the petition. The petition cannot come in the future."
    good = {"side": "board", "grounds": "x"}
    assert ordered.refused(act, who, filed_on=early, **good) == "The petition cannot come before the order."
    ordered.refused(act, ordered.office.director, NotPermitted, filed_on=ordered.today, **good)
    ordered.wait(60)
    words = ordered.refused(act, who, filed_on=ordered.today, **good)
    assert words.startswith("The time for reconsideration ended on ")


def test_a_petition_is_in_time_by_the_day_on_which_it_was_filed(ordered: Story) -> None:
    due = ordered.clock("reconsideration").due_on
    ordered.wait(60)
    act, row = reconsidering.take_up_reconsideration, {"side": "board", "grounds": "x"}
    words = ordered.refused(act, ordered.office.manager, **row, filed_on=due + timedelta(days=1))
    assert words == f"The time for reconsideration ended on {due:%b} {due.day}, {due.year}."
    ask(ordered, filed_on=due)
    clock = ordered.clock("reconsideration")
    assert (clock.state, clock.ended_on, ordered.case.status) == ("met", due, "reconsideration")
    assert recomputed.differences(ordered.case) == []


def test_reconsideration_is_denied_by_vote_and_a_court_can_be_asked_anew(story: Story) -> None:
    story.to("compliance").wait(10)
    ask(story)
    act, who = reconsidering.deny_reconsideration, story.office.director
    assert story.refused(act, who, **WHY) == "The board has not voted to deny the petition."
    vote = story.vote("order", "deny_reconsideration")
    assert story.refused(act, who, reasons=" ") == "Give the board's reasons."
    story.refused(act, story.office.manager, NotPermitted, **WHY)
    row = story.do(act, who, **WHY)
    assert (row.granted, row.by_time, row.decided_on) == (False, False, story.today)
    assert story.case.status == "compliance"
    assert story.clock("appeal").starts_on == story.today
    assert "npdb_report" in story.clocks()
    assert story.letters()[-1] == ("reconsideration_denied", "respondent")
    entry = story.entry("hearing.reconsideration_denied")
    assert (entry["facts"]["why"], entry["facts"]["vote"], entry["private"]) == ("by_vote", str(vote.pk), WHY)
    assert story.case.documents.get(kind="reconsideration_ruling").text == WHY["reasons"]
    again = {"side": "respondent", "grounds": "x", "filed_on": story.today}
    words = story.refused(reconsidering.take_up_reconsideration, story.office.manager, **again)
    assert words == "The time for reconsideration is not running."


def test_silence_denies_where_the_boards_rule_says_so(ordered: Story) -> None:
    set_rule(ordered.office.board, "reconsideration_silence_denies", True)
    ask(ordered)
    due = ordered.clock("reconsideration_decision").due_on
    late = {"actor": DAILY, "at": ordered.at}
    reasons = refused(lambda: reconsidering.deny_reconsideration(ordered.case_id, **late), ActionRefused)
    assert reasons == [f"The board has not voted to deny it, and may act until {due:%b} {due.day}, {due.year}."]
    ordered.wait((due - ordered.today).days + 1)
    ordered.vote("order", "reconsider")
    words = ordered.refused(reconsidering.grant_reconsideration, ordered.office.director, **WHY)
    assert words == "The time to act is over: the petition is denied by law."
    ordered.wait(4)
    row = reconsidering.deny_reconsideration(ordered.case_id, actor=DAILY, at=ordered.at)
    assert (row.granted, row.by_time, row.decided_on) == (False, True, due)
    # The law denied it on the last day for a decision, whenever the job came to record that.
    appeal = ordered.clock("appeal")
    assert (appeal.starts_on, ordered.today) == (due, due + timedelta(days=5))
    assert appeal.explanation.startswith("30 calendar days from the denial of reconsideration")
    assert recomputed.differences(ordered.case) == []
    assert ordered.case.status == "order_issued"
    entry = ordered.entry("hearing.reconsideration_denied")
    assert (entry["facts"]["why"], entry["facts"]["vote"]) == ("by_time", None)
    assert "The board did not decide by" in ordered.case.documents.get(kind="reconsideration_ruling").text


def test_a_vote_in_time_counts_whenever_it_is_recorded(ordered: Story) -> None:
    set_rule(ordered.office.board, "reconsideration_silence_denies", True)
    ask(ordered)
    due = ordered.clock("reconsideration_decision").due_on
    ordered.wait((due - ordered.today).days + 1)
    ordered.vote("order", "reconsider", held_on=due)
    late = {"actor": DAILY, "at": ordered.at}
    reasons = refused(lambda: reconsidering.deny_reconsideration(ordered.case_id, **late), ActionRefused)
    assert reasons == ["The board voted in time. Record what it decided."]
    ordered.do(reconsidering.grant_reconsideration, ordered.office.director, **WHY)
    assert ordered.case.status == "board_review"


def test_a_meeting_after_the_time_denies_what_the_law_denied_already(ordered: Story) -> None:
    set_rule(ordered.office.board, "reconsideration_silence_denies", True)
    ask(ordered)
    due = ordered.clock("reconsideration_decision").due_on
    ordered.wait((due - ordered.today).days + 2)
    ordered.vote("order", "deny_reconsideration")
    row = ordered.do(reconsidering.deny_reconsideration, ordered.office.director, **WHY)
    assert (row.by_time, row.decided_on) == (True, due)
    assert ordered.entry("hearing.reconsideration_denied")["facts"]["vote"] is None


def test_a_granted_petition_puts_the_order_before_the_board(ordered: Story) -> None:
    act = reconsidering.grant_reconsideration
    ask(ordered)
    assert ordered.refused(act, ordered.office.director, **WHY) == "The board has not voted to reconsider."
    ordered.vote("order", "reconsider")
    assert ordered.refused(act, ordered.office.director, reasons="") == "Give the board's reasons."
    ordered.do(act, ordered.office.director, **WHY)
    assert (ordered.case.stage, ordered.case.status) == ("hearing", "board_review")
    assert ordered.case.orders.get().reconsidered_at == ordered.at
    assert ordered.case.reconsiderations.get().granted is True
    assert "appeal" not in ordered.clocks()
    assert "npdb_report" in ordered.clocks()
    sent = [("reconsideration_granted", "respondent"), ("reconsideration_granted", "complainant")]
    assert ordered.letters()[-2:] == sent


def test_an_amended_order_replaces_the_earlier_one(ordered: Story) -> None:
    office = ordered.office
    report = {"reported_on": ordered.today, "reference": "5500000123"}
    ordered.do(reporting.record_npdb_report, office.manager, **report)
    ordered.waive("reconsideration", "prosecution")
    ordered.waive("appeal", "respondent")
    assert ordered.clock("appeal").state == "waived"
    words = ordered.refused(reconsidering.take_up_reconsideration, office.manager, **asked(ordered, side="board"))
    assert words == "This side waived the time for reconsideration."
    grant(ordered)
    ordered.vote("order", "amend")
    issue = {"decision": "amend", "text": "Milder.", "reasons": "The harm was small."}
    words = ordered.refused(deciding.issue_order, office.director, **issue)
    assert words == "A violation was found, so the order needs at least one sanction."
    ordered.do(drafting.draft_sanction, office.director, code="CITATION_FINE", amount_cents=10_000)
    ordered.vote("order", "amend")
    words = ordered.refused(deciding.issue_order, office.director, **{**issue, "reasons": ""})
    assert words == "This decision needs written reasons."
    order = ordered.do(deciding.issue_order, office.director, **issue)
    earlier = ordered.case.orders.exclude(pk=order.pk).get()
    assert (earlier.reconsidered_at, earlier.decision) == (None, "adopt")
    assert ordered.case.status == "order_issued"
    # A fine alone is not reportable, but the report that was made must be put right.
    assert (order.npdb_due, order.npdb_reported_on) == (True, None)
    # What was waived about the earlier order is not waived about this one.
    assert {"npdb_report", "appeal", "reconsideration"} <= ordered.clocks()
    assert recomputed.differences(ordered.case) == []


def test_an_affirmed_order_goes_on_as_it_was(story: Story) -> None:
    office = story.to("compliance").office
    story.do(compliance.satisfy_term, office.monitor, number=1, proof="Done.")
    old = story.case.orders.get()
    npdb = story.clock("npdb_report")
    grant(story.wait(3))
    story.do(drafting.draft_sanction, office.director, code="REPRIMAND")
    story.vote("order", "affirm")
    issue = {"decision": "affirm", "text": "We keep it."}
    words = story.refused(deciding.issue_order, office.director, **issue)
    assert words == "An affirmed order keeps its own sanctions. Remove the drafted ones."
    story.do(drafting.remove_sanction, office.director, number=1, reason="Not needed.")
    order = story.do(deciding.issue_order, office.director, **issue)
    kept = [(row.code, row.terms, row.days, row.due_on, row.met_on, row.proof) for row in order.sanctions.all()]
    assert kept == [(r.code, r.terms, r.days, r.due_on, r.met_on, r.proof) for r in old.sanctions.all()]
    assert kept[0][4] is not None
    assert (order.effective_on, story.case.decided_at) == (old.effective_on, old.issued_at)
    assert (order.npdb_due, order.npdb_reported_on) == (True, None)
    assert story.clock("npdb_report") == npdb
    assert "appeal" in story.clocks()
    assert "reconsideration" not in story.clocks()
