"""Other roads to the board's order, each step in the browser of whoever does it: settlement, default, modification."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.factories.docketed import Docketed, start
from tests.factories.staffed import Staffed, make_staffed
from tests.journeys.seats import Seat, today
from tracker.access.models import User
from tracker.access.policy import Capacity

Sit = Callable[[str, User], Seat]
TERM = {"terms-0-code": "PROBATION", "terms-0-days": 180, "terms-0-terms": "Monthly supervision"}

CHANGES = (
    ("conclusion", "It was gross negligence.", "Three warnings came before."),
    ("sanction", "Probation for two years.", "A reprimand protects nobody."),
)


@pytest.fixture
def office(transactional_db: None) -> Staffed:
    """A hosted board with everybody who works there."""
    return make_staffed()


def names(office: Staffed) -> list[str]:
    """The members who vote on an order."""
    return [member.full_name for member in office.voters]


def test_a_settlement_is_countered_and_rejected_and_the_next_one_is_accepted(office: Staffed, seat_of: Sit) -> None:
    story = Docketed(office, at=start(40)).charged().assign(office.presiding, Capacity.PRESIDING)
    people = (office.counsel, office.director, office.voters[0], office.presiding)
    counsel, director, voter, judge = (seat_of(story.case.docket, who) for who in people)
    signed = {"respondent_signed_on": today().isoformat(), "text": "STIPULATED-WORDS"}

    counsel.do("offer_settlement", side="board", text="SECRET-OFFER", **TERM)
    counsel.do("offer_settlement", side="respondent", text="SECRET-COUNTER", **TERM)
    offers = counsel.page.locator("#settlement > ul > li")
    expect(offers).to_have_count(2)
    expect(offers.first).to_contain_text("Offer 2 by the respondent")
    expect(offers.last).to_contain_text("Answered by another offer")
    expect(counsel.page.locator("#timeline")).to_contain_text("Settlement offer 2 by the respondent")
    counsel.inspect_page(counsel.page)
    for reader in (judge, voter):
        words = reader.reads()
        assert "SECRET" not in words
        assert "ettle" not in words

    counsel.do("sign_settlement", **signed)
    assert "STIPULATED-WORDS" in voter.reads(voter.paper("stipulation"))
    assert "Monthly supervision" in voter.reads(voter.paper("stipulation"))
    assert "tipulat" not in judge.reads()
    director.vote(names(office), kind="order", decision="reject_settlement")
    director.do("reject_settlement", reasons="Too short for the harm done.")
    expect(director.page.locator(".facts")).to_contain_text("Prehearing")
    expect(director.page.locator("#settlement")).to_contain_text("Rejected by the board")
    told = director.letter("settlement_rejected")
    assert "To the respondent" in told
    assert "does not bind you" in told
    assert "Too short for the harm done." in told
    assert "The case goes on towards a hearing. You will get a notice with its day and place." in told
    assert "ettle" not in judge.reads() + voter.reads()

    counsel.do("offer_settlement", side="board", text="SECRET-LAST", **TERM | {"terms-0-days": 365})
    counsel.do("sign_settlement", **signed)
    director.vote(names(office), kind="order", decision="accept_settlement")
    director.do("issue_order", decision="accept_settlement", text="The settlement is approved.")
    expect(director.page.locator("#settlement")).to_contain_text("Accepted by the board")
    expect(director.page.locator("#hearing")).to_contain_text("Probation, 365 days: Monthly supervision")
    for kind in ("Petition for reconsideration", "Petition for judicial review"):
        expect(director.page.locator("#deadlines")).to_contain_text(kind)
    for line in ("Settlement signed by both sides", "Settlement rejected by the board", "Order issued"):
        expect(director.page.locator("#timeline")).to_contain_text(line)
    told = director.letter("order")
    assert "The board accepted the settlement that both sides signed." in told
    assert "Probation, 365 days: Monthly supervision" in told
    assert "You can ask a court to review the order. The last day to do so is" in told
    assert "The board has decided your complaint" in director.letter("order", "complainant")
    assert "SECRET" not in judge.reads() + voter.reads()


def test_charges_that_were_served_and_never_answered_end_in_a_default(office: Staffed, seat_of: Sit) -> None:
    story = Docketed(office, at=start(60)).accused()
    people = (office.manager, office.counsel, office.director)
    manager, counsel, director = (seat_of(story.case.docket, who) for who in people)

    served_on = today() - timedelta(days=25)
    manager.do("record_service", method="certified_mail", served_on=served_on.isoformat(), proof="9407 1118")
    expect(manager.page.locator("#deadlines > ul")).to_contain_text("Answer to the charges")
    packet = {"packet": "Served on the licensee, no answer.", "military_affidavit": "Not in service, DMDC report."}
    counsel.do("enter_default", **packet)
    expect(counsel.page.locator("#timeline")).to_contain_text("Default entered")
    expect(counsel.page.locator("#documents")).to_contain_text("Default packet")
    expect(counsel.page.locator("#deadlines > details")).to_contain_text("Answer to the charges")
    told = counsel.letter("default")
    assert "To the respondent" in told
    assert "The board may now decide the charges without a hearing." in told
    assert "Ask the board to set the default aside." in told
    voter = seat_of(story.case.docket, office.voters[0])
    assert "DMDC report" in voter.reads(voter.paper("default_packet"))

    director.do("draft_sanction", code="REVOCATION")
    director.vote(names(office), kind="order", decision="default")
    director.do("issue_order", decision="default", text="The charges stand admitted.")
    expect(director.page.locator("#charges")).to_contain_text("Violation found")
    expect(director.page.locator("#hearing")).to_contain_text("so the board decided by default.")
    expect(director.page.locator("#deadlines")).to_contain_text("Report to the National Practitioner Data Bank")
    director.inspect_page(director.page)
    told = director.letter("order")
    assert "No answer to the charges came in time, so the board decided by default." in told
    assert "Your petition must arrive by" in told


def test_the_board_modifies_a_proposal_change_by_change(office: Staffed, seat_of: Sit) -> None:
    story = Docketed(office, at=start(100)).heard()
    people = (office.presiding, office.manager, office.director, office.voters[0])
    judge, manager, director, voter = (seat_of(story.case.docket, who) for who in people)

    judge.do("propose_finding", count="1", value="proven", reasons="On E-1")
    judge.do("file_proposed_decision", text="A reprimand is proposed.")
    expect(judge.page.locator("#deadlines")).to_contain_text("Exceptions to the proposed decision")
    expect(judge.page.locator("#deadlines > ul")).to_contain_text("Action by the board")
    assert "A reprimand is proposed." in manager.letter("proposed_decision")
    manager.do("file_waiver", period="exceptions", given_by="respondent", text="The respondent waives exceptions.")
    manager.open_step("submit_to_board")
    expect(manager.page.locator("main")).to_contain_text("The respondent has waived it, the board's counsel has not.")
    manager.do("file_waiver", period="exceptions", given_by="prosecution", text="So do we.")
    manager.do("submit_to_board")
    expect(manager.page.locator("#deadlines > ul")).to_contain_text("Action by the board")
    for part, text, reasons in CHANGES:
        director.do("record_change", part=part, text=text, reasons=reasons)
    assert "gross negligence" not in voter.reads() + judge.reads()
    director.do("draft_sanction", code="PROBATION", days="730", terms="Supervision")
    director.vote(names(office), kind="order", decision="modify")
    director.do("issue_order", decision="modify", text="Findings and conclusions.")

    changes = director.page.locator("#hearing")
    for words in ("A conclusion of law", "Three warnings came before.", "A reprimand protects nobody."):
        expect(changes).to_contain_text(words)
    expect(changes.get_by_text("Three warnings came before.")).to_have_count(1)
    expect(director.page.locator("#timeline")).to_contain_text("Change 2 to the proposal: A sanction")
    expect(director.page.locator("#deadlines > details")).to_contain_text("Action by the board")
    director.inspect_page(director.page)
    order = voter.reads(voter.paper("order"))
    assert "Change 1 (A conclusion of law): It was gross negligence. Reasons: Three warnings came before." in order
    assert "Change 2 (A sanction): Probation for two years. Reasons: A reprimand protects nobody." in order
    told = director.letter("order")
    assert "The board changed the proposed decision. The order gives its reasons." in told
    assert "Probation, 730 days: Supervision" in told
    assert "The last day to do so is" in told
