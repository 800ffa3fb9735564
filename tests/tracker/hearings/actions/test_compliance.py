"""After the order: monitoring its terms, and closing the case."""

from datetime import timedelta

import pytest

from tests.factories.cases import Story, set_rule
from tracker.cases.guards import short
from tracker.cases.queries import recomputed
from tracker.errors import NotPermitted, OutOfScope
from tracker.hearings.actions import compliance, deciding, drafting, reconsidering, reporting, reviewing

CLOSE = {"note": "All terms are met."}


def decide(story: Story, *sanctions: dict) -> Story:
    """Up to an order that imposes these."""
    story.to("board_review")
    for row in sanctions:
        story.do(drafting.draft_sanction, story.office.director, **row)
    story.vote("order", "adopt")
    story.do(deciding.issue_order, story.office.director, decision="adopt", text="Findings.")
    return story


def test_monitoring_begins_with_a_plan_and_the_last_due_date(story: Story) -> None:
    due = story.today + timedelta(days=200)
    terms = {"code": "PROBATION", "days": 365, "terms": "Supervision.", "due_on": due}
    decide(story, {**terms, "due_on": due - timedelta(days=9)}, terms)
    words = story.refused(compliance.begin_compliance, story.office.monitor, OutOfScope, plan="x")
    assert words == ""
    story.assign(story.office.monitor, "monitor")
    assert story.refused(compliance.begin_compliance, story.office.monitor, plan=" ") == "Write the monitoring plan."
    story.do(compliance.begin_compliance, story.office.monitor, plan="Quarterly reports.")
    assert story.case.status == "compliance"
    clock = story.clock("terms")
    assert (clock.due_on, clock.state) == (due, "running")
    assert clock.explanation.startswith("Last due date of the order's terms: ")
    entry = story.entry("hearing.compliance_begun")
    assert entry["facts"]["terms"] == 2
    assert entry["private"] == {"plan": "Quarterly reports."}


def test_the_licensee_is_reached_in_time(story: Story) -> None:
    set_rule(story.office.board, "first_contact_days", 7)
    story.before("compliance")
    began = story.to("compliance").today
    clock = story.clock("first_contact")
    assert (clock.starts_on, clock.due_on, clock.state) == (began, began + timedelta(days=7), "running")
    assert clock.explanation.startswith("7 calendar days from the beginning of monitoring (")
    act, who = compliance.record_first_contact, story.office.monitor
    story.wait(5)
    row = {"contacted_on": story.today - timedelta(days=2), "text": "By phone: the terms were gone through."}
    for wrong, sentence in (
        ({"text": " "}, "Write how the licensee was reached, and what was said."),
        ({"contacted_on": story.today + timedelta(days=1)}, "The contact cannot lie in the future."),
        ({"contacted_on": began - timedelta(days=1)}, f"The monitoring began on {short(began)}."),
    ):
        assert story.refused(act, who, **{**row, **wrong}) == sentence
    assert story.refused(act, story.office.manager, NotPermitted, **row)
    story.do(act, who, **row)
    clock.refresh_from_db()
    assert (clock.state, clock.ended_on) == ("met", row["contacted_on"])
    entry = story.entry("hearing.first_contact")
    assert entry["facts"] == {"contacted_on": row["contacted_on"].isoformat()}
    assert entry["private"] == {"text": row["text"]}
    assert recomputed.differences(story.case) == []
    assert story.refused(act, who, **row) == "No first contact is due."


def test_the_licensee_can_be_reached_while_the_board_looks_at_its_order_again(story: Story) -> None:
    office = story.to("compliance").office
    row = {"side": "board", "grounds": "A fact.", "filed_on": story.today}
    story.do(reconsidering.take_up_reconsideration, office.manager, **row)
    story.vote("order", "reconsider")
    story.do(reconsidering.grant_reconsideration, office.director, reasons="A fact.")
    assert (story.case.status, story.clock("first_contact").state) == ("board_review", "running")
    row = {"contacted_on": story.today, "text": "By phone."}
    story.do(compliance.record_first_contact, office.monitor, **row)
    assert story.clock("first_contact").state == "met"
    assert recomputed.differences(story.case) == []


def test_the_first_contact_falls_with_the_order(story: Story) -> None:
    manager = story.to("compliance").office.manager
    row = {"court": "Travis County District Court", "filed_on": story.today}
    story.do(reviewing.record_judicial_review, manager, **row)
    row = {"outcome": "reversed", "decided_on": story.today, "text": "Reversed."}
    story.do(reviewing.decide_judicial_review, manager, **row)
    assert story.clock("first_contact").state == "superseded"
    assert recomputed.differences(story.case) == []


def test_terms_without_a_date_start_no_clock(story: Story) -> None:
    decide(story, {"code": "PROBATION", "days": 365, "terms": "Supervision."})
    story.before("compliance").to("compliance")
    assert "terms" not in story.clocks()


def test_without_terms_there_is_nothing_to_monitor(story: Story) -> None:
    decide(story, {"code": "REPRIMAND"}).assign(story.office.monitor, "monitor")
    words = story.refused(compliance.begin_compliance, story.office.monitor, plan="x")
    assert words == "The order has no terms to monitor."


def test_each_term_is_met_with_its_proof(story: Story) -> None:
    due = {"due_on": story.today + timedelta(days=200)}
    fine = {"code": "CITATION_FINE", "amount_cents": 50_000}
    decide(story, {"code": "REPRIMAND"}, {**fine, **due}, {**fine, "amount_cents": 100, **due}).to("compliance")
    act, who = compliance.satisfy_term, story.office.monitor
    assert story.refused(act, who, number=1, proof="x") == "The order has no term 1."
    assert story.refused(act, who, number=9, proof="") == "The order has no term 9. Describe the proof."
    row = story.do(act, who, number=2, proof="Receipt.")
    assert (row.met_on, row.proof.text) == (story.today, "Receipt.")
    entry = story.entry("hearing.term_satisfied")
    assert (entry["facts"]["sanction"], entry["facts"]["number"]) == ("CITATION_FINE", 2)
    assert entry["private"] == {"proof": "Receipt."}
    assert story.refused(act, who, number=2, proof="x") == "This term is met already."
    assert "terms" in story.clocks()
    story.do(act, who, number=3, proof="Receipt.")
    assert story.clock("terms").state == "met"
    assert story.refused(compliance.close_case, who, **CLOSE).startswith("The time for reconsideration runs until")


def test_a_case_closes_when_terms_time_and_report_are_done(story: Story) -> None:
    story.to("compliance")
    act, who = compliance.close_case, story.office.monitor
    words = story.refused(act, who, **CLOSE)
    assert words.startswith("Term S1 has no proof: Probation. The time for reconsideration runs until ")
    assert "The time for judicial review runs until " in words
    assert words.endswith("The report to the National Practitioner Data Bank is not recorded.")
    story.before("closed")
    unsaid = story.refused(act, who, note=" ")
    assert unsaid == "Write the closing memo, in words that both sides can read."
    story.do(act, who, **CLOSE)
    case = story.case
    assert (case.status, case.disposition, case.closed_at) == ("closed", "PROBATION", story.at)
    assert story.letters()[-2:] == [("closing", "complainant"), ("closing", "respondent")]
    assert story.entry("case.closed")["facts"]["disposition"] == "PROBATION"
    assert story.entry("case.closed")["private"] == {"note": "All terms are met."}
    assert {story.clock(kind).state for kind in ("reconsideration", "appeal")} == {"met"}
    assert story.clocks() == set()


@pytest.mark.parametrize("days", [29, 40])
def test_time_to_challenge_passes_by_itself(story: Story, days: int) -> None:
    decide(story, {"code": "CITATION_FINE", "amount_cents": 50_000}).to("compliance")
    story.do(compliance.satisfy_term, story.office.monitor, number=1, proof="Receipt.")
    story.wait(days)
    if days < 30:
        assert "runs until" in story.refused(compliance.close_case, story.office.monitor, **CLOSE)
    else:
        story.do(compliance.close_case, story.office.monitor, **CLOSE)
        assert story.case.disposition == "CITATION_FINE"


def test_filed_waivers_do_instead(story: Story) -> None:
    decide(story, {"code": "REPRIMAND"})
    report = {"reported_on": story.today, "reference": "5500000123"}
    story.do(reporting.record_npdb_report, story.office.manager, **report)
    for period in ("reconsideration", "appeal"):
        story.waive(period)
    story.do(compliance.close_case, story.office.manager, **CLOSE)
    assert (story.case.status, story.case.disposition) == ("closed", "REPRIMAND")
    assert story.clock("appeal").state == "waived"


def test_the_heaviest_sanction_names_the_ending(story: Story) -> None:
    probation = {"code": "PROBATION", "days": 30, "terms": "Supervision."}
    decide(story, {"code": "CITATION_FINE", "amount_cents": 100}, {"code": "REVOCATION"}, probation).to("compliance")
    for number in (1, 3):
        story.do(compliance.satisfy_term, story.office.monitor, number=number, proof="Done.")
    report = {"reported_on": story.today, "reference": "5500000123"}
    story.do(reporting.record_npdb_report, story.office.manager, **report)
    story.wait(60).do(compliance.close_case, story.office.monitor, **CLOSE)
    assert story.case.disposition == "REVOCATION"


def test_who_may_close(story: Story) -> None:
    story.before("closed")
    story.refused(compliance.close_case, story.office.counsel, NotPermitted, **CLOSE)
    story.do(compliance.close_case, story.office.manager, **CLOSE)
