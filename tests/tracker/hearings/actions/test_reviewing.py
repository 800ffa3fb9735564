"""A court reviews the order: petition, stay, certified record, and every way it can end."""

from datetime import date, timedelta

import pytest

from tests.factories.cases import Story
from tests.factories.roads import sealed_record
from tracker.bundle.models import BundleExport
from tracker.cases import facts as case_facts
from tracker.cases.actions import overlays, tolling
from tracker.cases.queries import recomputed
from tracker.errors import NotPermitted
from tracker.hearings.actions import compliance, deciding, drafting, holding, monitoring, reporting, reviewing
from tracker.hearings.models import JudicialReview, Order

COURT = {"court": "Travis County District Court", "number": "D-1-GN-26-1"}
RULING = {"text": "The order is affirmed."}
REPORT = {"reference": "5500000123"}


@pytest.fixture
def ordered(story: Story) -> Story:
    """An order with probation is issued."""
    return story.to("order_issued")


def appeal(story: Story, **data: object) -> JudicialReview:
    """The petition to the court."""
    row = {**COURT, "filed_on": story.today, **data}
    return story.do(reviewing.record_judicial_review, story.office.manager, **row)


def decide(story: Story, outcome: str, **data: object) -> JudicialReview:
    """The court's ruling."""
    row = {"outcome": outcome, "decided_on": story.today, **RULING, **data}
    return story.do(reviewing.decide_judicial_review, story.office.manager, **row)


def known(story: Story) -> case_facts.CaseFacts:
    """The facts now."""
    return case_facts.gather(story.case, at=story.at)


def test_a_petition_to_the_court_is_recorded(ordered: Story) -> None:
    ordered.wait(5)
    row = appeal(ordered, filed_on=ordered.today - timedelta(days=2), text="It is wrong.")
    assert (row.order, row.from_status, row.outcome) == (ordered.case.orders.get(), "order_issued", "")
    assert (ordered.case.stage, ordered.case.status) == ("disposition", "judicial_review")
    assert not {"appeal", "reconsideration"} & ordered.clocks()
    assert ordered.clock("certified_record").starts_on == row.filed_on
    entry = ordered.entry("hearing.review_filed")
    assert (entry["facts"]["filed_on"], entry["private"]) == (row.filed_on.isoformat(), COURT)
    paper = ordered.case.documents.get(kind="court_petition")
    assert paper.text == "Travis County District Court D-1-GN-26-1\n\nIt is wrong."


def test_a_petition_to_the_court_is_refused(ordered: Story) -> None:
    act, who = reviewing.record_judicial_review, ordered.office.manager
    late = ordered.today + timedelta(days=1)
    words = ordered.refused(act, who, court=" ", filed_on=late)
    assert words == "Name the court. The petition cannot come in the future."
    early = {**COURT, "filed_on": ordered.today - timedelta(days=1)}
    assert ordered.refused(act, who, **early) == "The petition cannot come before the order."
    good = {**COURT, "filed_on": ordered.today}
    ordered.refused(act, ordered.office.director, NotPermitted, **good)
    ordered.wait(60)
    words = ordered.refused(act, who, **{**good, "filed_on": ordered.today})
    assert words.startswith("The time for judicial review ended on ")


def test_a_stay_is_recorded_lifted_and_ends_with_the_review(ordered: Story) -> None:
    appeal(ordered)
    act, who = reviewing.record_stay, ordered.office.manager
    today = ordered.today
    stay = {"stay": "granted", "decided_on": today, "text": "Stayed until we decide."}
    lift = {**stay, "stay": "lifted", "text": "No longer."}
    assert ordered.refused(act, who, **lift) == "The order is not stayed."
    bad = {"stay": "x", "text": " ", "decided_on": today + timedelta(days=1)}
    words = ordered.refused(act, who, **bad)
    assert words == (
        "Say whether the court stayed the order or lifted a stay. Write what the court ruled. "
        "The court cannot have decided in the future."
    )
    early = {**stay, "decided_on": today - timedelta(days=9)}
    assert ordered.refused(act, who, **early) == "The court cannot have decided before that."
    order = ordered.do(act, who, **stay)
    assert (order.stayed_on, order.stay_lifted_on, known(ordered).stay_in_force) == (today, None, True)
    assert ordered.refused(act, who, **stay) == "The order is stayed already."
    entry = ordered.entry("hearing.stay_recorded")
    assert (entry["facts"]["stay"], entry["private"]) == ("granted", {"note": stay["text"]})
    order = ordered.do(act, who, **lift)
    assert (order.stay_lifted_on, known(ordered).stay_in_force) == (today, False)
    ordered.do(act, who, **stay)
    ordered.wait(30)
    decide(ordered, "affirmed")
    order.refresh_from_db()
    assert (order.stayed_on, order.stay_lifted_on) == (today, ordered.today)
    assert ordered.case.documents.filter(kind="court_stay").count() == 3


def test_a_petition_is_in_time_by_the_day_on_which_it_was_filed(ordered: Story) -> None:
    due = ordered.clock("appeal").due_on
    ordered.wait(60)
    words = ordered.refused(
        reviewing.record_judicial_review, ordered.office.manager, **COURT, filed_on=due + timedelta(days=1)
    )
    assert words == f"The time for judicial review ended on {due:%b} {due.day}, {due.year}."
    appeal(ordered, filed_on=due)
    clock = ordered.clock("appeal")
    assert (clock.state, clock.ended_on, ordered.case.status) == ("met", due, "judicial_review")
    assert recomputed.differences(ordered.case) == []


def terms(story: Story) -> tuple[str, date]:
    """The clock of the terms: how it stands and when it ends."""
    row = story.clock("terms")
    assert recomputed.differences(story.case) == []
    return row.state, row.due_on


def test_the_terms_stand_still_while_a_court_stays_the_order(story: Story) -> None:
    story.to("compliance").wait(5)
    due, contact = terms(story)[1], story.clock("first_contact")
    manager, stay = story.office.manager, {"stay": "granted", "text": "Stayed."}
    appeal(story)
    assert terms(story) == ("running", due)
    story.do(reviewing.record_stay, manager, **stay, decided_on=story.today)
    assert (terms(story)[0], story.entry("hearing.stay_recorded")["facts"]["stops"]) == (
        "tolled", dict.fromkeys(("first_contact", "terms"), story.today.isoformat()),
    )  # fmt: skip
    assert story.clock("first_contact").state == "tolled"
    # Nobody lets them run on by hand: that is for the court.
    for kind in ("terms", "first_contact"):
        words = story.refused(tolling.resume_clock, manager, kind=kind, on=story.today)
        assert words == "No clock is paused by itself."
    story.wait(10).do(reviewing.record_stay, manager, stay="lifted", text="No.", decided_on=story.today)
    assert terms(story) == ("running", due + timedelta(days=11))
    assert "It stood still from" in story.clock("terms").explanation
    assert story.clock("first_contact").due_on > contact.due_on
    assert "(A court stayed the order)" in story.clock("first_contact").explanation
    pause = {"kind": "first_contact", "reason": "x", "from_on": story.today}
    words = story.refused(tolling.toll_clock, manager, **pause)
    assert words == "No such clock is running, or people cannot pause it."
    # An abeyance of the case stops it too, and a stay within it takes over when the abeyance ends first.
    story.do(overlays.begin_abeyance, manager, reason="A criminal case.")
    assert story.clock("first_contact").state == "tolled"
    story.wait(4).do(reviewing.record_stay, manager, **stay, decided_on=story.today)
    story.wait(3).do(overlays.end_abeyance, manager, reason="It ended.")
    assert terms(story)[0] == "tolled"
    decide(story.wait(2), "affirmed")
    assert story.case.status == "compliance"
    # Eleven days of the first stay, and nine more after its last day, which was also the first of the abeyance.
    assert terms(story) == ("running", due + timedelta(days=20))
    assert story.clock("first_contact").state == "running"
    assert monitoring.last_due_on(story.case, Order.objects.get()) is None


def test_an_order_that_falls_under_a_stay_leaves_no_terms(story: Story) -> None:
    story.to("compliance")
    appeal(story)
    story.do(overlays.begin_abeyance, story.office.manager, reason="A criminal case.")
    stay = {"stay": "granted", "text": "Stayed.", "decided_on": story.today}
    story.do(reviewing.record_stay, story.office.manager, **stay)
    decide(story.wait(3), "reversed")
    assert terms(story)[0] == "superseded"


@pytest.mark.parametrize(("outcome", "since"), [("affirmed", "compliance"), ("dismissed", "order_issued")])
def test_an_order_that_stands_goes_on_where_it_was(story: Story, outcome: str, since: str) -> None:
    story.to(since)
    appeal(story)
    row = decide(story.wait(100), outcome)
    assert (row.outcome, row.decided_on, row.order.vacated_on) == (outcome, story.today, None)
    assert story.case.status == since
    assert story.letters()[-2:] == [("court_ruling", "respondent"), ("court_ruling", "complainant")]
    entry = story.entry("hearing.review_decided")
    assert (entry["facts"]["outcome"], entry["private"]) == (outcome, {"summary": RULING["text"]})
    again = {**COURT, "filed_on": story.today}
    words = story.refused(reviewing.record_judicial_review, story.office.manager, **again)
    assert words == "The time for judicial review is not running."
    if since == "compliance":
        story.to("closed")
        assert story.case.disposition == "PROBATION"


def test_a_ruling_is_refused(ordered: Story) -> None:
    appeal(ordered.wait(1))
    act, who = reviewing.decide_judicial_review, ordered.office.manager
    late, early = ordered.today + timedelta(days=1), ordered.today - timedelta(days=1)
    words = ordered.refused(act, who, outcome="x", decided_on=late, text=" ")
    assert words == (
        "Choose what the court decided. Write what the court ruled. The court cannot have decided in the future."
    )
    words = ordered.refused(act, who, outcome="remanded", decided_on=early, back_to="closed", **RULING)
    assert words == (
        "Say whether the case goes back to the board or to a hearing. The court cannot have decided before that."
    )


def test_a_reversed_order_imposes_nothing_and_its_report_is_void(story: Story) -> None:
    office = story.to("compliance").office
    story.do(reporting.record_npdb_report, office.manager, reported_on=story.today, **REPORT)
    appeal(story)
    row = decide(story.wait(50), "reversed")
    row.order.refresh_from_db()
    assert (row.order.vacated_on, row.order.reversed_on) == (story.today, story.today)
    assert story.case.status == "order_issued"
    assert story.clock("terms").state == "superseded"
    facts = known(story)
    assert (facts.terms, facts.discipline_in_force, facts.npdb_report_missing) == ((), False, True)
    assert story.clock("npdb_report").starts_on == story.today
    note = {"note": "The court reversed the order."}
    words = story.refused(compliance.close_case, office.monitor, **note)
    assert words == "The report to the National Practitioner Data Bank is not recorded."
    before = {"reported_on": story.today - timedelta(days=1), **REPORT}
    words = story.refused(reporting.record_npdb_report, office.manager, **before)
    assert words == "The action cannot be reported before it was taken."
    story.do(reporting.record_npdb_report, office.manager, reported_on=story.today, **REPORT)
    row.order.refresh_from_db()
    assert row.order.npdb_voided_on == story.today
    assert story.entry("hearing.npdb_reported")["facts"]["voids"] is True
    story.do(compliance.close_case, office.monitor, **note)
    assert story.case.disposition == "NO_VIOLATION"


def test_of_an_unreported_order_that_was_reversed_nothing_is_to_be_reported(ordered: Story) -> None:
    appeal(ordered)
    decide(ordered, "reversed")
    assert ordered.clock("npdb_report").state == "superseded"
    ordered.do(compliance.close_case, ordered.office.manager, note="Reversed.")
    assert ordered.case.disposition == "NO_VIOLATION"


def test_what_comes_back_to_the_board_is_decided_again(ordered: Story) -> None:
    office = ordered.office
    appeal(ordered)
    decide(ordered, "remanded", back_to="board_review", text="Too harsh.")
    assert (ordered.case.status, known(ordered).before_board) == ("board_review", "remanded")
    row = {"code": "CITATION_FINE", "amount_cents": 10_000}
    ordered.do(drafting.draft_sanction, office.director, **row)
    ordered.vote("order", "amend")
    issue = {"decision": "amend", "text": "Milder.", "reasons": "As the court said."}
    order = ordered.do(deciding.issue_order, office.director, **issue)
    earlier = ordered.case.orders.exclude(pk=order.pk).get()
    assert (earlier.remanded_at, earlier.vacated_on) == (None, None)
    assert ordered.case.status == "order_issued"
    assert "appeal" in ordered.clocks()


def test_what_comes_back_for_hearing_is_heard_anew(ordered: Story) -> None:
    office = ordered.office
    appeal(ordered)
    decide(ordered, "remanded", back_to="prehearing", text="Hear the witness.")
    order = Order.objects.get(case=ordered.case_id)
    assert (order.vacated_on, order.reversed_on) == (ordered.today, None)
    assert (ordered.case.status, ordered.case.decided_at) == ("prehearing", None)
    assert ordered.case.documents.filter(kind__in=["court_ruling", "remand"]).count() == 2
    ordered.to("hearing_held")
    words = ordered.refused(holding.file_proposed_decision, office.presiding, text="x")
    assert words == "Count 1 has no finding by the presiding officer."
    ordered.to("order_issued")
    assert ordered.case.orders.filter(issued_at__isnull=False).count() == 2
    assert known(ordered).discipline_in_force


def test_the_custodian_certifies_what_was_sealed_since_the_petition(ordered: Story) -> None:
    act, who = reviewing.certify_record, ordered.office.custodian
    sealed_record(ordered)
    appeal(ordered)
    words = ordered.refused(act, who)
    assert words.startswith("No court record was built and sealed since the petition to the court came.")
    BundleExport.objects.update(requested_at=ordered.at)
    ordered.refused(act, ordered.office.manager, NotPermitted)
    row = ordered.do(act, who, note="Three volumes.")
    assert (row.certified_on, row.certified_pages) == (ordered.today, 212)
    assert ordered.clock("certified_record").state == "met"
    entry = ordered.entry("hearing.record_certified")
    assert (entry["facts"]["pages"], entry["facts"]["manifest_sha256"]) == (212, "b" * 64)
    assert entry["private"] == {"note": "Three volumes."}
    paper = ordered.case.documents.get(kind="record_certificate")
    assert "(bundle 1, 212 pages)" in paper.text
    assert paper.author == who
