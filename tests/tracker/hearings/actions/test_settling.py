"""What both sides signed: before the board, accepted, rejected."""

import re
from datetime import date, timedelta
from typing import Any

import pytest

from boards.models import BoardRule
from tests.factories.cases import Story, set_rule
from tracker.cases import facts
from tracker.cases.actions import papers
from tracker.cases.models import Deadline
from tracker.cases.queries import recomputed
from tracker.errors import NotPermitted
from tracker.hearings.actions import deciding, drafting, negotiating, settling
from tracker.hearings.actions.negotiating import TermData
from tracker.hearings.models import Hearing, Settlement
from tracker.notices.models import Notice

WAIVER = {"period": "appeal", "given_by": "respondent", "text": "Waived."}
TERMS = [TermData("PROBATION", days=365, terms="Supervision"), TermData("CITATION_FINE", amount_cents=50_000)]


def offered(story: Story, status: str) -> Story:
    """A case at a status, with an offer that both sides can sign, at a board that settles before charges too."""
    if not BoardRule.objects.filter(board=story.office.board, key="informal_track").exists():
        set_rule(story.office.board, "informal_track", value=True)
    row = {"side": "board", "text": "An offer", "terms": TERMS, "offered_on": story.to(status).today}
    story.do(negotiating.offer_settlement, story.office.counsel, **row)
    return story


def signing(story: Story, **data: Any) -> dict[str, Any]:
    """Both signatures today, unless `data` say otherwise."""
    row = {"respondent_signed_on": story.today, "counsel_signed_on": story.today, "text": "We agree."}
    return {**row, **data}


def signed(story: Story, status: str, **data: Any) -> Story:
    """A settlement before the board, signed while the case stood at a status."""
    offered(story, status)
    story.do(settling.sign_settlement, story.office.counsel, **signing(story, **data))
    return story


def reject(story: Story) -> Settlement:
    """On the board's vote."""
    story.vote("order", "reject_settlement")
    return story.do(settling.reject_settlement, story.office.director, reasons="Too lenient.")


def test_a_signed_settlement_goes_to_the_board_before_any_charges(story: Story) -> None:
    signed(story, "probable_cause_review", deviation="First offence.")
    case, row = story.case, Settlement.objects.get()
    assert (case.stage, case.status, case.stipulated_at, case.charged_at) == ("hearing", "board_review", story.at, None)
    assert (row.state, row.from_status, row.deviation) == ("signed", "probable_cause_review", "First offence.")
    assert (row.respondent_signed_on, row.counsel_signed_on) == (story.today, story.today)
    assert row.paper == case.documents.get(kind="stipulation")
    assert row.paper.title == "Stipulation before charges"
    assert row.paper.text == (
        "Allegations:\n\nA1: refusal to terminate\n\nA2: exploitation business\n\n"
        "We agree.\n\nTerms:\n\nProbation, 365 days: Supervision\n\nFine, $500.00\n\n"
        "Why the terms depart from the board's guideline: First offence.\n\n"
        "Signed by the respondent on 2026-03-02 and by the board's counsel on 2026-03-02."
    )
    entry = story.entry("hearing.settlement_signed")
    assert (entry["facts"]["number"], entry["facts"]["digest"]) == (1, row.paper.digest)
    assert entry["private"] == {"terms": row.paper.text, "deviation": "First offence."}


def test_the_paper_before_charges_has_the_name_that_the_board_gives_it(story: Story) -> None:
    set_rule(story.office.board, "informal_paper", "statement_of_allegations")
    paper = Settlement.objects.get(case=signed(story, "probable_cause_review").case_id).paper
    assert paper.title == "Statement of allegations and stipulation to informal disposition"


def test_before_charges_a_case_is_settled_only_where_the_board_does_so(story: Story) -> None:
    counsel = story.to("probable_cause_review").office.counsel
    offer = {"side": "board", "text": "An offer", "terms": TERMS, "offered_on": story.today}
    here = "At this board a case is settled only after charges are issued."
    assert story.refused(negotiating.offer_settlement, counsel, **offer) == here
    # An offer made while the board's rule was another one cannot be signed either, but it can be ended.
    rule = set_rule(story.office.board, "informal_track", value=True)
    story.do(negotiating.offer_settlement, counsel, **offer)
    BoardRule.objects.filter(pk=rule.pk).update(value=False)
    assert story.refused(settling.sign_settlement, counsel, **signing(story)) == here
    story.do(negotiating.end_settlement_talks, counsel, reason="The board settles after charges.")
    story.to("charges_filed").do(negotiating.offer_settlement, counsel, **offer)
    paper = story.do(settling.sign_settlement, counsel, **signing(story)).paper
    assert (paper.title, paper.text[:9]) == ("Stipulation signed by both sides", "We agree.")


def test_signing_takes_the_hearing_off_the_calendar(story: Story) -> None:
    signed(story, "hearing_scheduled")
    slot = Hearing.objects.get()
    assert (slot.vacated_at, slot.vacated_why) == (story.at, "The matter went to the board without a hearing.")
    # It was neither held nor missed.
    assert {row.state for row in Deadline.objects.filter(kind__in=["hearing", "exhibit_exchange"])} == {"superseded"}


def test_a_complainant_who_was_told_of_the_hearing_learns_that_it_is_off_and_nothing_of_the_talks(
    story: Story,
) -> None:
    signed(story, "hearing_scheduled")
    notice = Notice.objects.get(kind="hearing_vacated")
    assert (notice.audience, notice.subject) == ("complainant", "The hearing does not take place")
    assert "was set for April 1, 2026" in notice.body
    assert "You do not need to come on that day." in notice.body
    assert not re.search("settle|stipulat|agree|sign", notice.body, re.IGNORECASE)


@pytest.mark.parametrize("status", ["prehearing", "hearing_held"])
def test_where_no_hearing_waits_the_complainant_gets_no_letter(story: Story, status: str) -> None:
    signed(story, status)
    assert not Notice.objects.filter(kind="hearing_vacated").exists()


def test_signing_after_the_proposal_ends_the_boards_time_to_act_on_it(story: Story) -> None:
    signed(story, "proposed_decision")
    assert (story.clock("board_action").state, story.clock("exceptions").state) == ("superseded", "superseded")
    assert recomputed.differences(story.case) == []


def test_a_signature_is_refused(story: Story) -> None:
    set_rule(story.office.board, "informal_track", value=True)
    act, counsel = settling.sign_settlement, story.to("probable_cause_review").office.counsel
    assert story.refused(act, counsel, **signing(story)) == "No offer of settlement is open."
    offered(story, "probable_cause_review")
    wrong = signing(story, text=" ", counsel_signed_on=story.today + timedelta(days=1))
    assert story.refused(act, counsel, **wrong) == "Write the stipulation. A signature cannot be in the future."
    early = signing(story, respondent_signed_on=story.today - timedelta(days=1))
    assert story.refused(act, counsel, **early) == "It cannot have been signed before it was offered."
    words = story.refused(act, story.office.director, NotPermitted, **signing(story))
    assert words.startswith("This needs another role: ")


@pytest.mark.parametrize("status", ["probable_cause_review", "hearing_held"])
def test_acceptance_makes_the_terms_the_sanctions_of_the_order(story: Story, status: str) -> None:
    if status == "hearing_held":
        # What was drafted before is dropped: the board takes what both sides signed, or rejects it.
        story.to(status).do(drafting.draft_sanction, story.office.presiding, code="REVOCATION")
    signed(story, status)
    words = story.refused(drafting.draft_sanction, story.office.director, code="REVOCATION")
    assert words == "On what is before the board no sanctions are drafted."
    if status == "hearing_held":
        # Who presides is turned away as from any case that the board decides.
        words = story.refused(drafting.draft_sanction, story.office.presiding, code="REVOCATION")
        assert words == "The board decides this case now. Who issues its order drafts the sanctions."
    story.vote("order", "accept_settlement")
    data = {"decision": "accept_settlement", "text": "The stipulation is the order."}
    order = story.do(deciding.issue_order, story.office.director, **data)
    # A hearing whose record was open is over with the settlement: a later one can be set.
    assert not Hearing.objects.filter(closed_at=None, vacated_at=None).exists()
    assert (story.case.status, order.decision, Settlement.objects.get().state) == (
        "order_issued",
        "accept_settlement",
        "accepted",
    )
    assert story.case.stipulated_at is not None
    assert list(order.sanctions.values_list("number", "code", "days", "amount_cents", "is_term")) == [
        (1, "PROBATION", 365, None, True),
        (2, "CITATION_FINE", None, 50_000, True),
    ]
    assert ("order", "respondent") in story.letters()


@pytest.mark.parametrize("status", ["probable_cause_review", "charges_filed", "prehearing"])
def test_a_rejected_settlement_puts_the_case_back(story: Story, status: str) -> None:
    signed(story, status)
    row = reject(story)
    case = story.case
    assert (row.state, case.status, case.stipulated_at) == ("rejected", status, None)
    vote = case.votes.get(decision="reject_settlement")
    assert vote.used_at == story.at
    entry = story.entry("hearing.settlement_rejected")
    assert (entry["facts"]["number"], entry["facts"]["vote"]) == (1, str(vote.pk))
    assert entry["private"] == {"reasons": "Too lenient."}
    assert story.letters()[-1] == ("settlement_rejected", "respondent")
    assert "answer" not in story.clocks()


def test_a_rejected_settlement_gives_the_whole_time_to_answer_anew(story: Story) -> None:
    signed(story, "answer_due").wait(19)
    reject(story)
    clock = story.clock("answer")
    assert (story.case.status, clock.state, clock.starts_on) == ("answer_due", "running", story.today)
    assert clock.due_on > date(2026, 3, 22)
    assert "the day on which the case went on" in clock.explanation
    assert story.case.next_due_on == min(row.due_on for row in story.case.deadlines.filter(state="running"))


def test_a_hearing_that_was_held_goes_on_after_a_rejection(story: Story) -> None:
    story.to("hearing_held")
    held = story.case.hearings.get()
    signed(story, "hearing_held")
    assert story.case.hearings.get() == held, "what was opened is not vacated"
    reject(story)
    assert story.case.status == "hearing_held"
    assert "proposed_decision" not in story.clocks(), "its record is open"
    story.to("order_issued")
    assert recomputed.differences(story.case) == []


def test_a_proposal_stands_after_a_rejection_with_its_whole_time_anew(story: Story) -> None:
    story.to("proposed_decision")
    story.wait(20)
    signed(story, "proposed_decision")
    assert {"exceptions", "board_action"}.isdisjoint(story.clocks())
    story.wait(2)
    reject(story)
    assert story.case.status == "proposed_decision"
    for kind in ("exceptions", "board_action"):
        clock = story.clock(kind)
        assert (clock.starts_on, clock.state) == (story.today, "running")
        # The officer and the members read the clock, and may not know of the talks.
        assert "settlement" not in clock.explanation
    body = Notice.objects.filter(kind="settlement_rejected").latest("queued_at").body
    assert "The proposed decision that you have stands." in body
    assert recomputed.differences(story.case) == []
    story.to("order_issued")


@pytest.mark.parametrize("end", ["rejected", "lapsed"])
def test_what_is_waived_with_a_settlement_ends_with_it(story: Story, end: str) -> None:
    offered(story, "prehearing")
    if end == "rejected":
        story.do(settling.sign_settlement, story.office.counsel, **signing(story))
    for period in ("reconsideration", "appeal"):
        story.waive(period)
    assert facts.gather(story.case, at=story.at).waivers == {"reconsideration", "appeal"}
    if end == "rejected":
        reject(story)
        assert facts.gather(story.case, at=story.at).waivers == frozenset()
        words = story.refused(papers.file_waiver, story.office.manager, **WAIVER, signed_on=story.today)
        assert words.startswith("This can be waived once an order is issued, or with an offer of settlement")
    story.to("order_issued")
    assert {"reconsideration", "appeal"} <= story.clocks()
    assert facts.gather(story.case, at=story.at).waivers == frozenset()
    assert recomputed.differences(story.case) == []


def test_what_is_waived_with_a_settlement_is_waived_for_the_order_that_accepts_it(story: Story) -> None:
    signed(story, "prehearing")
    story.waive("reconsideration")
    story.waive("appeal", "respondent")
    story.vote("order", "accept_settlement")
    data = {"decision": "accept_settlement", "text": "The stipulation is the order."}
    story.do(deciding.issue_order, story.office.director, **data)
    assert {story.clock(kind).state for kind in ("reconsideration", "appeal")} == {"waived"}
    assert facts.gather(story.case, at=story.at).waivers == {"reconsideration", "appeal"}
    assert recomputed.differences(story.case) == []


def test_a_waived_time_to_answer_does_not_run_again(story: Story) -> None:
    story.to("answer_due").waive("answer")
    signed(story, "answer_due")
    reject(story)
    assert (story.case.status, "answer" in story.clocks()) == ("answer_due", False)


def test_a_rejection_is_refused(story: Story) -> None:
    act, director = settling.reject_settlement, signed(story, "probable_cause_review").office.director
    assert story.refused(act, director, reasons="x") == "The board has not voted to reject the settlement."
    story.vote("order", "reject_settlement")
    assert story.refused(act, director, reasons=" ") == "Give the board's reasons."
