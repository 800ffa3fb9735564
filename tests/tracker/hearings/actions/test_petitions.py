"""Petitions on a decided docket: each opens its own, and the order on it works on the first."""

from datetime import timedelta

import pytest

from tests.factories.cases import Story
from tests.walk.replay import replay
from tracker.cases import facts as case_facts
from tracker.cases.clocks import MONITORED
from tracker.cases.models import CaseLink
from tracker.cases.queries import recomputed
from tracker.errors import NotPermitted
from tracker.hearings.actions import (
    compliance,
    deciding,
    drafting,
    petitions,
    reconsidering,
    remanding,
    reporting,
    reviewing,
)
from tracker.hearings.models import Order
from tracker.notices.models import Notice

ASKS = {"text": "I kept every term for two years."}
CLOSE = {"note": "Decided."}


def decided(story: Story, *sanctions: dict) -> Story:
    """An order with these sanctions, long enough ago that a petition may be filed, and its report made."""
    story.to("board_review")
    for row in sanctions:
        story.do(drafting.draft_sanction, story.office.director, **row)
    story.vote("order", "adopt")
    story.do(deciding.issue_order, story.office.director, decision="adopt", text="Findings.")
    report = {"reported_on": story.today, "reference": "5500000123"}
    story.do(reporting.record_npdb_report, story.office.manager, **report)
    return story


@pytest.fixture
def revoked(story: Story) -> Story:
    """The license was revoked, and the case closed; the waiting period is over."""
    decided(story, {"code": "REVOCATION"}).wait(60)
    story.do(compliance.close_case, story.office.manager, **CLOSE)
    return story.wait(400)


@pytest.fixture
def on_probation(story: Story) -> Story:
    """On probation for long enough."""
    probation = {"code": "PROBATION", "days": 365, "terms": "Reports.", "due_on": story.today + timedelta(days=900)}
    return decided(story, probation, {"code": "REPRIMAND"}).to("compliance").wait(430)


def ask(story: Story, kind: str, **data: object) -> Story:
    """A petition: the story of its docket."""
    row = {"kind": kind, "filed_on": story.today, **ASKS, **data}
    opened = story.do(petitions.file_petition, story.office.manager, **row)
    return story.on(opened)


def judge(there: Story, decision: str, outcome: str = "", *sanctions: dict) -> Order:
    """The board decides on it without a hearing."""
    director = there.office.director
    if there.case.status == "prehearing":
        there.do(petitions.submit_petition, there.office.manager)
        # A petition has no complainant who could be told.
        assert there.letters()[-2:] == [("petition_received", "respondent"), ("board_agenda", "respondent")]
    for row in sanctions:
        there.do(drafting.draft_sanction, director, **row)
    there.vote("order", decision)
    row = {"decision": decision, "text": "We looked at it.", "reasons": "He is fit.", "outcome": outcome}
    return there.do(deciding.issue_order, director, **row)


def known(story: Story) -> case_facts.CaseFacts:
    """The facts now."""
    return case_facts.gather(story.case, at=story.at)


def test_a_petition_has_a_docket_of_its_own(revoked: Story) -> None:
    there = ask(revoked, "reinstatement")
    case = there.case
    assert (case.kind, case.stage, case.status, case.received_at) == (
        "reinstatement",
        "hearing",
        "prehearing",
        revoked.at,
    )
    assert revoked.case.status == "closed"
    assert CaseLink.objects.get(case=case).other == revoked.case
    person = case.participants.get()
    assert (person.role, person.identity.name, person.identity.license_number) == (
        "respondent",
        "Leland Prewitt",
        "88214",
    )
    assert case.documents.get().kind == "petition"
    assert there.letters() == [("petition_received", "respondent")]
    told = revoked.entry("hearing.petition_filed")
    assert (told["facts"]["other"], told["facts"]["kind"]) == (case.docket, "reinstatement")
    assert told["private"] == ASKS
    first = there.entry("hearing.petition_opened")
    assert (first["facts"]["to"], first["facts"]["other"], first["private"]) == ("prehearing", revoked.docket, ASKS)
    assert replay(case.pk).status == "prehearing"
    assert known(revoked).pending_petitions == (case.docket,)


def test_a_petition_is_refused(on_probation: Story) -> None:
    act, who = petitions.file_petition, on_probation.office.manager
    late = on_probation.today + timedelta(days=1)
    good = {"kind": "early_termination", "filed_on": on_probation.today, **ASKS}
    assert on_probation.refused(act, who, **{**good, "kind": "violation"}) == "Choose what the petition asks for."
    words = on_probation.refused(act, who, kind="reinstatement", filed_on=late, text=" ")
    assert words == (
        "The order did not take the license away, so there is nothing to reinstate. "
        "Write what the petition says. The petition cannot come in the future."
    )
    early = {**good, "filed_on": on_probation.today - timedelta(days=200)}
    assert on_probation.refused(act, who, **early).startswith("A petition may be filed from ")
    on_probation.refused(act, on_probation.office.director, NotPermitted, **good)
    there = ask(on_probation, "early_termination")
    words = on_probation.refused(act, who, **good)
    assert words == "A petition on this order is not decided yet."
    on_probation.refused(petitions.submit_petition, who)
    there.refused(petitions.submit_petition, there.office.director, NotPermitted)


def test_too_early_and_without_discipline_there_is_no_petition(story: Story) -> None:
    act, who = petitions.file_petition, story.office.manager
    decided(story, {"code": "CITATION_FINE", "amount_cents": 100}, {"code": "CE_ORDER", "terms": "12 hours."})
    story.to("compliance")
    row = {"kind": "modification", "filed_on": story.today, **ASKS}
    assert story.refused(act, who, **row).startswith("A petition may be filed from ")


def test_a_reinstatement_ends_the_discipline_and_closes_with_its_outcome(revoked: Story) -> None:
    there = ask(revoked, "reinstatement")
    probation = {"code": "PROBATION", "days": 365, "terms": "Supervision."}
    order = judge(there, "grant", "REINSTATED_CONDITIONAL", probation)
    assert (order.outcome, order.npdb_due) == ("REINSTATED_CONDITIONAL", True)
    old = revoked.case.orders.get()
    assert old.ended_by == order
    assert known(revoked).discipline_in_force is False
    told = revoked.entry("hearing.petition_decided")
    assert (told["facts"]["other"], told["facts"]["outcome"]) == (there.docket, "REINSTATED_CONDITIONAL")
    words = revoked.refused(
        petitions.file_petition, revoked.office.manager, kind="modification", filed_on=revoked.today, **ASKS
    )
    assert words == "No discipline of this docket is in force."
    there.to("closed")
    assert (there.case.disposition, replay(there.case_id).disposition) == (("REINSTATED_CONDITIONAL",) * 2)
    assert revoked.case.disposition == "REVOCATION"


def test_a_denied_petition_changes_nothing(revoked: Story) -> None:
    there = ask(revoked, "reinstatement")
    order = judge(there, "deny")
    assert order.outcome == "REINSTATEMENT_DENIED"
    assert revoked.case.orders.get().ended_by is None
    assert known(revoked).discipline_in_force
    assert known(revoked).pending_petitions == ()
    assert revoked.entry("hearing.petition_decided")["facts"]["outcome"] == "REINSTATEMENT_DENIED"
    report = {"reported_on": there.today, "reference": "5500000124"}
    there.do(reporting.record_npdb_report, there.office.manager, **report)
    there.wait(60).do(compliance.close_case, there.office.manager, **CLOSE)
    assert there.case.disposition == "REINSTATEMENT_DENIED"
    assert there.letters()[-1] == ("closing", "respondent")


def test_a_petition_can_be_heard_first(revoked: Story) -> None:
    there = ask(revoked, "reinstatement").to("board_review")
    assert known(there).before_board == "petition"
    assert [row.kind for row in there.case.documents.filter(kind="proposed_decision")] == ["proposed_decision"]
    letter = Notice.objects.get(case_id=there.case_id, kind="board_agenda").body
    assert f"The proposed decision on your petition, docket number {there.docket}, is now before the board." in letter
    judge(there, "grant", "REINSTATED")
    assert revoked.case.orders.get().ended_by is not None


def test_early_termination_ends_the_terms_that_are_left(on_probation: Story) -> None:
    office = on_probation.office
    there = ask(on_probation, "early_termination")
    words = on_probation.refused(compliance.close_case, office.monitor, **CLOSE)
    assert "A petition on this order is not decided yet." in words
    judge(there, "grant", "REDUCED")
    term = on_probation.case.orders.get().sanctions.get(is_term=True)
    assert (term.met_on, term.ended_by) == (None, there.case.orders.get())
    assert [on_probation.clock(kind).state for kind in MONITORED] == ["superseded", "superseded"]
    assert recomputed.differences(on_probation.case) == []
    words = on_probation.refused(compliance.satisfy_term, office.monitor, number=1, proof="x")
    assert words == "An order on a petition ended this term."
    on_probation.do(compliance.close_case, office.monitor, **CLOSE)
    assert on_probation.case.disposition == "PROBATION"


def test_a_modification_leaves_the_order_in_force(on_probation: Story) -> None:
    judge(ask(on_probation, "modification"), "grant", "MODIFIED")
    order = on_probation.case.orders.get()
    assert (order.ended_by, order.sanctions.filter(ended_by__isnull=False).count()) == (None, 0)
    assert known(on_probation).discipline_in_force


def test_what_an_order_did_is_taken_back_when_it_falls(on_probation: Story) -> None:
    there = ask(on_probation, "early_termination")
    judge(there, "grant", "MODIFIED")
    row = {"court": "District Court", "filed_on": there.today}
    there.do(reviewing.record_judicial_review, there.office.manager, **row)
    ruling = {"outcome": "reversed", "decided_on": there.today, "text": "No."}
    there.do(reviewing.decide_judicial_review, there.office.manager, **ruling)
    order = on_probation.case.orders.get()
    assert (order.ended_by, order.sanctions.filter(ended_by__isnull=False).count()) == (None, 0)
    assert on_probation.clock("terms").state == "running"
    assert on_probation.entry("hearing.petition_decided")["facts"]["outcome"] == "set_aside"


def test_a_petition_that_is_reconsidered_gets_another_outcome(on_probation: Story) -> None:
    there = ask(on_probation, "early_termination")
    judge(there, "grant", "MODIFIED")
    office = there.office
    row = {"side": "board", "grounds": "A fact.", "filed_on": there.today}
    there.do(reconsidering.take_up_reconsideration, office.manager, **row)
    there.vote("order", "reconsider")
    there.do(reconsidering.grant_reconsideration, office.director, reasons="A fact.")
    assert known(on_probation).terms[0].is_met
    there.vote("order", "amend")
    issue = {"decision": "amend", "text": "No.", "reasons": "A fact."}
    assert there.refused(deciding.issue_order, office.director, **issue) == "Choose the outcome of the petition."
    there.do(drafting.draft_sanction, office.director, code="REPRIMAND")
    there.vote("order", "amend")
    denied = {**issue, "outcome": "PETITION_DENIED"}
    words = there.refused(deciding.issue_order, office.director, **denied)
    assert words == "A denied petition brings no sanctions. Remove the drafted ones."
    there.do(drafting.remove_sanction, office.director, number=1, reason="x")
    there.vote("order", "amend")
    order = there.do(deciding.issue_order, office.director, **denied)
    assert order.outcome == "PETITION_DENIED"
    assert not known(on_probation).terms[0].is_met


def test_an_affirmed_petition_keeps_its_outcome(on_probation: Story) -> None:
    there = ask(on_probation, "early_termination")
    judge(there, "grant", "REDUCED")
    row = {"side": "board", "grounds": "A fact.", "filed_on": there.today}
    there.do(reconsidering.take_up_reconsideration, there.office.manager, **row)
    there.vote("order", "reconsider")
    there.do(reconsidering.grant_reconsideration, there.office.director, reasons="A fact.")
    there.vote("order", "affirm")
    order = there.do(deciding.issue_order, there.office.director, decision="affirm", text="We keep it.")
    assert order.outcome == "REDUCED"
    assert on_probation.case.orders.get().ended_by == order


def test_a_petition_sent_back_waits_again(on_probation: Story) -> None:
    there = ask(on_probation, "early_termination")
    there.do(petitions.submit_petition, there.office.manager)
    there.vote("order", "remand")
    there.do(remanding.remand, there.office.director, reasons="Hear him.")
    assert there.case.status == "prehearing"
    assert known(on_probation).pending_petitions == (there.docket,)
