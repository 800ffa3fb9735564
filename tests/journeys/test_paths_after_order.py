"""What comes beside and after an order, each step in the browser of whoever does it: emergency, court, petitions."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.factories.docketed import Docketed, start
from tests.factories.staffed import Staffed, make_staffed
from tests.journeys.seats import Seat
from tracker.access.models import User
from tracker.access.policy import Capacity
from tracker.cases.models import Case
from tracker.web.worker import PatientWorker

Sit = Callable[[str, User], Seat]
EMERGENCY_CLOCKS = ("Notice of the emergency action", "Hearing on the emergency action")


@pytest.fixture
def office(transactional_db: None) -> Staffed:
    """A hosted board with everybody who works there."""
    return make_staffed()


def names(office: Staffed) -> list[str]:
    """The members who vote on an order."""
    return [member.full_name for member in office.voters]


def opened(story: Docketed) -> str:
    """The docket that a petition opened last."""
    return Case.objects.exclude(pk=story.case.pk).latest("received_at").docket


def test_a_summary_suspension_is_served_heard_and_merged_into_the_order(office: Staffed, seat_of: Sit) -> None:
    story = Docketed(office, at=start(100)).submitted(code="SUSPENSION", days=365)
    people = (office.director, office.manager, office.presiding)
    director, manager, judge = (seat_of(story.case.docket, who) for who in people)
    banner = director.page.get_by_role("region", name="Emergency action")
    deadlines = director.page.locator("#deadlines")

    director.vote(names(office), kind="emergency", decision="SUMMARY_SUSPENSION")
    director.do("take_emergency_action", code="SUMMARY_SUSPENSION", finding="A second client was hurt on Monday.")
    expect(banner).to_contain_text("Not served yet.")
    for kind in EMERGENCY_CLOCKS:
        expect(deadlines.locator("> ul")).to_contain_text(kind)
    director.inspect_page(director.page)
    told = director.letter("emergency_action")
    assert "To the respondent" in told
    assert "You must obey it from that day on" in told
    assert "A second client was hurt on Monday." in told
    assert "A hearing on this emergency action is due by" in told
    assert "A second client was hurt on Monday." in judge.reads(judge.paper("emergency_finding"))

    manager.do("serve_emergency_action", method="personal", proof="Handed over at the practice.")
    director.do("hear_emergency_action", outcome="continue", note="Both sides were heard.")
    expect(banner).to_contain_text(re.compile(r"Served .*\s+Heard "))
    assert "It goes on as it is." in director.letter("emergency_outcome")
    for kind in EMERGENCY_CLOCKS:
        expect(deadlines.locator("> details")).to_contain_text(kind)
    director.vote(names(office), kind="order", decision="adopt")
    director.do("issue_order", decision="adopt", text="Findings and conclusions.")
    expect(banner).to_have_count(0)
    for line in ("Emergency action served on", "Hearing on the emergency action: It goes on", "Order issued"):
        expect(director.page.locator("#timeline")).to_contain_text(line)
    expect(deadlines).to_contain_text("Report to the National Practitioner Data Bank")
    assert "Suspension, 365 days" in director.letter("order")


def test_an_order_is_stayed_by_a_court_sent_back_and_amended(office: Staffed, seat_of: Sit) -> None:
    story = Docketed(office, at=start(100)).ordered()
    people = (office.manager, office.custodian, office.director, office.voters[0])
    manager, custodian, director, voter = (seat_of(story.case.docket, who) for who in people)

    manager.do("record_judicial_review", court="Travis County District Court", number="D-1-GN-26", text="It is wrong.")
    expect(manager.page.locator("#deadlines > ul")).to_contain_text("Certified record for the court")
    manager.do("record_stay", stay="granted", text="Stayed until the ruling.")
    expect(manager.page.locator("#hearing")).to_contain_text("Stayed by the court")
    expect(manager.page.locator("#aftermath")).to_contain_text("The record is not certified yet.")
    custodian.page.goto(f"{custodian.case}bundle/")
    for edition in custodian.page.locator("input[name=editions]").all():
        edition.set_checked(edition.get_attribute("value") == "court")
    custodian.page.get_by_role("button", name="Freeze and build").click()
    expect(custodian.page.get_by_text("Waiting", exact=True)).to_be_visible()
    PatientWorker(once=True).run()
    custodian.do("certify_record", note="With all exhibits.")
    expect(custodian.page.locator("#aftermath")).to_contain_text(re.compile(r"Record certified .*, \d+ pages\."))
    expect(custodian.page.locator("#deadlines > details")).to_contain_text("Certified record for the court")
    custodian.inspect_page(custodian.page)

    manager.do("decide_judicial_review", outcome="remanded", back_to="board_review", text="The sanction is too heavy.")
    expect(manager.page.locator("#hearing")).to_contain_text("Sent back by the court")
    expect(manager.page.locator(".cells li").last).to_contain_text("until ")
    told = manager.letter("court_ruling")
    assert "Travis County District Court decided on" in told
    assert "The court sent the matter back to the board." in told
    assert "The board will keep it, change it, or set a new hearing." in told
    assert "You do not need to do anything." in manager.letter("court_ruling", "complainant")

    director.do("draft_sanction", code="REPRIMAND")
    director.vote(names(office), kind="order", decision="amend")
    director.do("issue_order", decision="amend", text="A reprimand fits.", reasons="As the court ruled.")
    expect(director.page.locator("#hearing")).to_contain_text("Replaced by a later order")
    timeline = director.page.locator("#timeline")
    for line in ("Judicial review asked on", "Stay by the court", "Record certified for the court", "Court: "):
        expect(timeline).to_contain_text(line)
    assert "changed it. This order replaces it." in director.letter("order")
    assert "Travis County District Court" in voter.reads()


def test_a_broken_probation_is_charged_on_its_own_docket_and_ends_by_its_order(office: Staffed, seat_of: Sit) -> None:
    story = Docketed(office, at=start(160)).ordered().assign(office.monitor, Capacity.MONITOR)
    story.do("begin_compliance", office.monitor, {"plan": "Monthly reports."})
    docket = story.case.docket
    monitor, counsel = seat_of(docket, office.monitor), seat_of(docket, office.counsel)

    story.wait(40)
    monitor.do("report_violation", occurred_on=story.today(), text="No report came in two months.")
    expect(monitor.page.locator("#aftermath")).to_contain_text("Not charged yet.")
    expect(monitor.page.locator("#deadlines > ul")).to_contain_text("Action on a reported violation")
    petition = {"counts-0-citation": "Term 1", "counts-0-text": "No monthly report.", "text": "Revoke the license."}
    counsel.do("petition_violation", **petition)
    other = opened(story)
    expect(counsel.page.locator("#aftermath")).to_contain_text("Charged in a linked docket.")
    expect(counsel.page.locator("#links")).to_contain_text(other)
    expect(counsel.page.locator("#deadlines > details")).to_contain_text("Action on a reported violation")
    counsel.inspect_page(counsel.page)

    manager, director = seat_of(other, office.manager), seat_of(other, office.director)
    told = manager.letter("charges")
    assert f"you did not keep its order in docket number {docket}" in told
    assert "Count 1. Term 1. No monthly report." in told
    assert "Send a written answer by" in told
    manager.do("record_service", method="personal", proof="Handed over.")
    manager.do("record_answer", **{"answers-0": "not_contested"}, text="I do not contest it.")
    manager.do("submit_undisputed")
    director.do("record_board_finding", count="1", value="proven", reasons="Not contested.")
    director.do("draft_sanction", code="REVOCATION")
    director.vote(names(office), kind="order", decision="decide")
    director.do("issue_order", decision="decide", text="The license is revoked.")
    expect(director.page.locator("#timeline")).to_contain_text(f"Docket opened on a petition on {docket}")
    assert "The charges were not disputed, so the board decided without a hearing." in director.letter("order")
    director.docket = docket
    first = director.reads()
    assert "Ended by an order on a petition" in first
    assert f"Petition {other} decided: Revocation" in first


def test_a_revoked_license_is_given_back_on_a_petition(office: Staffed, seat_of: Sit) -> None:
    story = Docketed(office, at=start(700)).ordered(code="REVOCATION")
    for period in ("reconsideration", "appeal"):
        story.waive(period)
    story.do("record_npdb_report", office.manager, {"reported_on": story.today(), "reference": "5500000123"})
    story.do("close_case", office.manager, {"note": "The license is revoked."})
    docket = story.case.docket
    seat_of(docket, office.manager).do("file_petition", kind="reinstatement", text="I completed two years of training.")
    other = opened(story)
    manager, director = seat_of(other, office.manager), seat_of(other, office.director)
    told = manager.letter("petition_received")
    assert f"It is about the order in docket number {docket}" in told
    assert "Until the board decides, the order stays in force as it is." in told

    manager.do("submit_petition", note="Nothing to hear.")
    voter = seat_of(other, office.voters[0])
    assert "I completed two years of training." in voter.reads(voter.paper("petition"))
    director.vote(names(office), kind="order", decision="grant")
    director.do("issue_order", decision="grant", outcome="REINSTATED", text="The license is given back.")
    expect(director.page.locator("#timeline")).to_contain_text("Petition sent to the board")
    expect(director.page.locator("#hearing")).to_contain_text("License reinstated. The board granted the petition.")
    expect(director.page.locator(".cells li").first).to_contain_text("not needed")
    expect(director.page.locator("#allegations")).to_have_count(0)
    expect(director.page.locator("#deadlines")).to_contain_text("Report to the National Practitioner Data Bank")
    director.inspect_page(director.page)
    told = director.letter("order")
    assert "The board granted the petition." in told
    assert "License reinstated" in told
    director.docket = docket
    first = director.reads()
    assert "Ended by an order on a petition" in first
    assert f"Petition {other} decided: " in first
