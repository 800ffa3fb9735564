"""An order that is not kept: the report, and the petition that goes its own way to another order."""

from datetime import timedelta

import pytest

from tests.factories.cases import Story, set_rule
from tests.walk.replay import replay
from tracker.cases import facts as case_facts
from tracker.cases.actions import overlays, people
from tracker.cases.queries import lookups
from tracker.errors import NotPermitted, OutOfScope
from tracker.hearings.actions import compliance, deciding, holding, remanding, reporting, reviewing, violations
from tracker.hearings.actions.violations import CountData

COUNTS = [CountData("Term 1", "No report for May."), CountData("Occ. Code 503.401", "Practised alone.")]
ASKS = {"text": "Revoke the probation."}


@pytest.fixture
def watched(story: Story) -> Story:
    """On probation, the order in effect."""
    return story.to("compliance").wait(60)


def report(story: Story) -> object:
    """The monitor's report."""
    row = {"occurred_on": story.today - timedelta(days=3), "text": "No report came."}
    return story.do(violations.report_violation, story.office.monitor, **row)


def petition(story: Story) -> Story:
    """Report and petition: the story of the new docket."""
    report(story)
    opened = story.do(violations.petition_violation, story.office.counsel, counts=COUNTS, **ASKS)
    return story.on(opened)


def test_a_violation_is_reported(watched: Story) -> None:
    row = report(watched)
    assert (row.order, row.reported_on, row.petition) == (watched.case.orders.get(), watched.today, None)
    assert watched.clock("violation_response").starts_on == watched.today
    assert watched.case.status == "compliance"
    assert watched.case.documents.get(kind="violation_report").dated_on == row.occurred_on
    entry = watched.entry("hearing.violation_reported")
    assert entry["private"] == {"report": "No report came."}


def test_a_seal_and_a_recusal_follow_to_the_docket_of_a_petition(watched: Story) -> None:
    office = watched.office
    report(watched)
    watched.do(people.declare_conflict, office.voters[0], has_conflict=True, reason="A cousin.")
    watched.do(overlays.seal_case, office.counsel, reason="A minor.")
    there = watched.on(watched.do(violations.petition_violation, office.counsel, counts=COUNTS, **ASKS))
    told = there.entry("hearing.petition_opened")["facts"]
    assert (told["overlay"], told["recused"]) == (str(there.case.overlays.get().pk), [str(office.voters[0].pk)])
    assert there.case.sealed_at == there.at


def test_a_report_is_refused(watched: Story) -> None:
    act, who = violations.report_violation, watched.office.monitor
    words = watched.refused(act, who, occurred_on=watched.today + timedelta(days=1), text=" ")
    assert words == "Write what was not kept, and how it is known. The violation cannot lie in the future."
    before = watched.case.orders.get().effective_on - timedelta(days=1)
    words = watched.refused(act, who, occurred_on=before, text="x")
    assert words.startswith("The order is in effect from ")
    watched.refused(act, watched.office.counsel, NotPermitted, occurred_on=watched.today, text="x")


def test_a_petition_charges_the_violation_on_its_own_docket(watched: Story) -> None:
    there = petition(watched)
    case = there.case
    assert (case.kind, case.status, watched.case.status) == ("violation", "charges_filed", "compliance")
    assert [(row.number, row.citation) for row in there.counts()] == [(1, "Term 1"), (2, "Occ. Code 503.401")]
    charges = case.documents.get(kind="charges")
    assert charges.text.startswith(f"Petition for violation of the order in docket {watched.docket}, issued on ")
    assert "Count 2. Occ. Code 503.401. Practised alone." in charges.text
    assert there.letters() == [("charges", "respondent")]
    assert watched.case.violation_reports.get().petition == case
    assert watched.clock("violation_response").state == "met"
    told = watched.entry("hearing.violation_petitioned")
    assert (told["facts"]["other"], told["facts"]["counts"], told["private"]) == (case.docket, 2, ASKS)
    first = there.entry("hearing.petition_opened")["facts"]
    assert (first["step"], first["to"], first["other"]) == ("petition_violation", "charges_filed", watched.docket)
    assert replay(case.pk).status == "charges_filed"
    assert (lookups.told_status(case.pk), lookups.told_status(watched.case_id)) == ("charges_filed", "compliance")


def test_a_petition_is_refused(watched: Story) -> None:
    act, who = violations.petition_violation, watched.office.counsel
    assert watched.refused(act, who, counts=COUNTS, **ASKS) == "No violation is reported."
    report(watched)
    assert watched.refused(act, who, counts=[], text=" ") == (
        "Write what the board is asked for. A petition needs at least one count."
    )
    words = watched.refused(act, who, counts=[CountData(" ", "")], **ASKS)
    assert words == "Count 1 cites no term, statute or rule. Count 1 has no words."
    watched.refused(act, watched.office.manager, NotPermitted, counts=COUNTS, **ASKS)
    watched.refused(act, watched.office.investigator, (NotPermitted, OutOfScope), counts=COUNTS, **ASKS)
    watched.on(watched.do(act, who, counts=COUNTS, **ASKS))
    words = watched.refused(compliance.close_case, watched.office.monitor, note="x")
    assert "A petition on this order is not decided yet." in words


def test_the_order_on_a_violation_takes_the_place_of_the_one_that_was_broken(watched: Story) -> None:
    office = watched.office
    there = petition(watched).to("order_issued")
    order = there.case.orders.get()
    old = watched.case.orders.get()
    assert (old.ended_by, old.sanctions.get().ended_by) == (order, order)
    told = watched.entry("hearing.petition_decided")["facts"]
    assert (told["other"], told["outcome"], told["order"]) == (there.docket, "PROBATION", str(order.pk))
    known = case_facts.gather(watched.case, at=there.at)
    assert (known.pending_petitions, known.discipline_in_force) == ((), False)
    watched.at = there.at
    row = {"reported_on": watched.today, "reference": "5500000123"}
    watched.do(reporting.record_npdb_report, office.manager, **row)
    watched.do(compliance.close_case, office.monitor, note="The new order takes its place.")
    assert watched.case.disposition == "PROBATION"
    there.to("closed")
    assert there.case.disposition == "PROBATION"


def test_an_order_that_was_set_aside_meanwhile_is_not_ended_by_the_petition_on_it(story: Story) -> None:
    set_rule(story.office.board, "order_effective_days", 1)
    story.to("compliance").wait(5)
    row = {"court": "District Court", "filed_on": story.today}
    there = petition(story)
    story.do(reviewing.record_judicial_review, story.office.manager, **row)
    ruling = {"outcome": "remanded", "back_to": "board_review", "decided_on": story.today, "text": "Again."}
    story.do(reviewing.decide_judicial_review, story.office.manager, **ruling)
    story.vote("order", "remand")
    story.do(remanding.remand, story.office.director, reasons="As the court said.")
    assert story.case.orders.get().vacated_on == story.today
    story.to("order_issued")
    there.at = story.at
    there.to("order_issued")
    assert [row.ended_by for row in story.case.orders.all()] == [None, None]


def test_where_no_violation_is_found_the_order_goes_on(watched: Story) -> None:
    there = petition(watched).to("hearing_held")
    for number in (1, 2):
        row = {"count": number, "value": "not_proven", "reasons": "He did."}
        there.do(holding.propose_finding, there.office.presiding, **row)
    there.do(holding.file_proposed_decision, there.office.presiding, text="Dismiss.")
    there.to("board_review").vote("order", "adopt")
    there.do(deciding.issue_order, there.office.director, decision="adopt", text="Dismissed.")
    assert watched.case.orders.get().ended_by is None
    assert watched.entry("hearing.petition_decided")["facts"]["outcome"] == "NO_VIOLATION"
    there.wait(60).do(compliance.close_case, there.office.manager, note="Nothing found.")
    assert there.case.disposition == "NO_VIOLATION"
