"""Stored deadlines agree with ledger and rules after whole stories; a row that was tampered with is named."""

from datetime import timedelta

from tests.factories.cases import Story, set_rule
from tracker.cases.actions import investigation, overlays, tolling, withdrawals
from tracker.cases.models import Case, Deadline
from tracker.cases.queries import recomputed
from tracker.hearings.actions import emergency, reconsidering


def wrong(story: Story) -> list[str]:
    return [row.sentence for row in recomputed.differences(story.case)]


def test_a_whole_story_agrees_with_pauses_emergency_and_a_second_look(story: Story) -> None:
    office = story.office
    set_rule(office.board, "mail_days", 3)
    set_rule(office.board, "emergency_by", "executive_director")
    # These rules are of the year 2000, and the clocks of receipt ran before: they need no days for mail.
    story.to("response_requested").wait(8)
    story.do(withdrawals.record_withdrawal, office.intake, text="I am afraid.", asked_on=story.today)
    row = {"kind": "response", "reason": "Flood.", "from_on": story.today - timedelta(days=2)}
    story.do(tolling.toll_clock, office.manager, **row)
    story.do(overlays.begin_abeyance, office.manager, reason="Criminal case.")
    story.wait(20)
    story.do(tolling.resume_clock, office.manager, kind="response", on=story.today - timedelta(days=1))
    story.do(overlays.end_abeyance, office.manager, reason="It ended.")
    story.do(investigation.update_complainant, office.investigator, method="phone", text="It goes on.")
    assert wrong(story) == []
    row = {"code": "SUMMARY_SUSPENSION", "finding": "Danger.", "effective_on": story.today}
    story.do(emergency.take_emergency_action, office.director, **row)
    story.to("order_issued").wait(3)
    row = {"side": "respondent", "grounds": "A fact.", "filed_on": story.today - timedelta(days=1)}
    story.do(reconsidering.take_up_reconsideration, office.manager, **row)
    assert wrong(story) == []
    story.vote("order", "deny_reconsideration")
    story.do(reconsidering.deny_reconsideration, office.director, reasons="Nothing new.")
    story.to("compliance").do(investigation.update_complainant, office.director, method="phone", text="Decided.")
    assert wrong(story) == []


def test_a_row_that_was_tampered_with_is_named(story: Story) -> None:
    row = story.to("response_requested").clock("response")
    Deadline.objects.filter(pk=row.pk).update(due_on=row.due_on + timedelta(days=10))
    (line,) = wrong(story)
    assert line == (
        f"{story.docket}: response: stored 2026-03-02 > 2026-04-11 running [{str(row.anchor_entry)[-8:]}]; "
        f"by ledger and rules 2026-03-02 > 2026-04-01 running [{str(row.anchor_entry)[-8:]}]"
    )
    Deadline.objects.filter(pk=row.pk).update(due_on=row.due_on, state="met", ended_on=row.due_on)
    assert "met 2026-04-01" in wrong(story)[0]
    Deadline.objects.filter(pk=row.pk).delete()
    assert "stored nothing" in wrong(story)[0]


def test_the_copy_on_the_case_is_checked_too(story: Story) -> None:
    Case.objects.filter(pk=story.case_id).update(next_due_on=None)
    assert "next_due_on: stored nothing; by ledger and rules 2026-03-04" in wrong(story)[0]


def test_one_case_or_all_are_read(story: Story) -> None:
    other = Story(story.office)
    assert [case.docket for case in recomputed.cases_to_check(None)] == [story.docket, other.docket]
    assert recomputed.cases_to_check(story.case) == [story.case]
