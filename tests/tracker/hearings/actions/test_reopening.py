"""Reopening a closed case: where it has been, with what became of its order."""

from datetime import timedelta

import pytest

from tests.factories.cases import START, Story
from tracker.cases.actions import closing, voting
from tracker.cases.actions.closing import Closure
from tracker.cases.states import STAGE_OF
from tracker.errors import NotPermitted
from tracker.hearings.actions import compliance, deciding, holding, reopening, reporting
from tracker.hearings.actions.reopening import REOPENS_TO
from tracker.hearings.models import Order
from tracker.notices.models import Notice


def approve(story: Story, code: str) -> None:
    """The director agrees, which is the policy by default."""
    story.do(voting.approve_closure, story.office.director, disposition=code)


def letter(story: Story, audience: str) -> str:
    """What the last letter about a reopening says to one side."""
    return Notice.objects.filter(case_id=story.case_id, kind="reopened", audience=audience).order_by("id")[::-1][0].body


@pytest.fixture
def review(story: Story) -> Story:
    """At probable cause review, its panel seated."""
    story.to("probable_cause_review").seat_panel()
    return story


def test_reopening_ends_the_disposition_and_keeps_it(review: Story) -> None:
    approve(review, "NO_VIOLATION")
    review.do(
        closing.close_without_discipline, review.office.panel[0], closure=Closure("NO_VIOLATION", "Nothing more.")
    )
    told = {"reason": "A second witness.", "letter": "New facts came to light."}
    review.wait(90).do(reopening.reopen, review.office.director, to="investigating", **told)
    case = review.case
    assert (case.stage, case.status, case.disposition, case.closed_at) == (
        "investigation",
        "investigating",
        None,
        None,
    )
    assert case.dispositions.get().ends_at == review.at
    entry = review.entry("case.reopened")
    assert (entry["facts"]["to"], entry["facts"]["ended"]) == ("investigating", "NO_VIOLATION")
    assert entry["private"] == told
    assert case.documents.get(kind="reopening_memo").text == "A second witness."
    clock = review.clock("status_update")
    assert clock.explanation.startswith("90 calendar days from the reopening (May 31, 2026) end on")
    assert case.next_due_on == clock.due_on
    assert review.letters()[-2:] == [("reopened", "respondent"), ("reopened", "complainant")]
    assert "New facts came to light." in letter(review, "respondent")
    assert "goes on with its investigation" in letter(review, "respondent")
    for said in (letter(review, "respondent"), letter(review, "complainant")):
        assert "May 31, 2026" in said
        assert "second witness" not in said
    assert "New facts" not in letter(review, "complainant")
    assert "The board's order" not in letter(review, "respondent")


def test_who_was_never_told_of_the_case_is_not_told_that_it_is_open_again(story: Story) -> None:
    story.to("intake_review").close_at_intake()
    story.do(reopening.reopen, story.office.director, to="intake_review", reason="New evidence.", letter="New facts.")
    assert [row for row in story.letters() if row[0] in ("closing", "reopened")] == [
        ("closing", "complainant"),
        ("reopened", "complainant"),
    ]


def test_what_is_closed_again_has_two_dated_dispositions(review: Story) -> None:
    close = closing.close_without_discipline
    approve(review, "NO_VIOLATION")
    review.do(close, review.office.panel[0], closure=Closure("NO_VIOLATION", "Nothing more."))
    review.do(reopening.reopen, review.office.director, to="probable_cause_review", reason="A second look.")
    words = review.refused(close, review.office.panel[0], closure=Closure("NO_VIOLATION", "Nothing more."))
    assert words == "Approval is missing: Executive director."
    approve(review, "LETTER_OF_CONCERN")
    review.do(close, review.office.panel[0], closure=Closure("LETTER_OF_CONCERN", "Nothing more."))
    rows = review.case.dispositions.order_by("starts_at")
    assert [(row.code, row.ends_at is None) for row in rows] == [("NO_VIOLATION", False), ("LETTER_OF_CONCERN", True)]
    assert review.case.disposition == "LETTER_OF_CONCERN"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"to": "hearing_held"}, "Choose the status at which the case goes on."),
        ({"to": "closed"}, "Choose the status at which the case goes on."),
        ({"to": "nowhere"}, "Choose the status at which the case goes on."),
        ({"reason": " "}, "Give the reason for reopening."),
        ({"to": "prehearing"}, "The case was never at: Prehearing."),
        ({"to": "investigating"}, "The case was never at: Investigating."),
        ({"to": "order_issued"}, "The case was never at: Order issued."),
        ({"overturned_on": START.date()}, "No order of this case is in force that a court could have overturned."),
    ],
)
def test_reopening_is_refused(story: Story, data: dict, sentence: str) -> None:
    story.to("intake_review").close_at_intake()
    row = {"to": "intake_review", "reason": "New evidence.", **data}
    assert story.refused(reopening.reopen, story.office.director, **row) == sentence


def test_only_the_director_reopens(story: Story) -> None:
    story.to("intake_review").close_at_intake()
    row = {"to": "intake_review", "reason": "New evidence."}
    words = story.refused(reopening.reopen, story.office.manager, NotPermitted, **row)
    assert words == "This needs another role: Executive director."


@pytest.mark.parametrize("to", REOPENS_TO, ids=str)
def test_a_decided_case_reopens_anywhere_and_goes_to_its_end_again(story: Story, to: str) -> None:
    """Old counts, findings, votes, hearings and orders stay and carry nothing, until another order replaces the old."""
    story.to("closed")
    assert reopening.reachable(story.case) == REOPENS_TO
    story.do(reopening.reopen, story.office.director, to=to, reason="New evidence.")
    case = story.case
    rests_on_order = to in ("board_review", "order_issued", "compliance")
    assert (case.status, case.stage, case.disposition) == (to, STAGE_OF[to], None)
    assert (case.decided_at is not None) == rests_on_order
    assert Order.objects.get(case=case).vacated_on is None
    assert "in force until" in letter(story, "respondent")
    if to == "board_review":
        story.vote("order", "affirm")
        story.do(deciding.issue_order, story.office.director, decision="affirm", text="We keep it.")
        story.wait(60)
    if rests_on_order:
        story.do(compliance.close_case, story.office.manager, note="As before.")
    else:
        story.to("closed")
    assert [row.code for row in story.case.dispositions.all()] == ["PROBATION", "PROBATION"]
    orders = Order.objects.filter(case=story.case, issued_at__isnull=False).count()
    assert orders == (1 if to in ("order_issued", "compliance") else 2)
    old_charges = rests_on_order or to in ("prehearing", "charges_filed")
    assert story.case.charging_documents.count() == (1 if old_charges else 2)


def test_an_order_overturned_after_closing_imposes_nothing(story: Story) -> None:
    story.to("closed")
    act, director = reopening.reopen, story.office.director
    row = {"reason": "The court reversed.", "overturned_on": story.today}
    late, early = story.today + timedelta(days=1), START.date()
    words = story.refused(act, director, to="order_issued", reason="x", overturned_on=late)
    assert words == "The court cannot have decided in the future."
    words = story.refused(act, director, to="compliance", reason="x", overturned_on=early)
    assert words == (
        "An order that was overturned has no terms to monitor. The court cannot have decided before the order."
    )
    story.do(act, director, to="order_issued", **row)
    order = Order.objects.get(case=story.case_id)
    assert (order.vacated_on, order.reversed_on) == (story.today, story.today)
    assert story.entry("case.reopened")["facts"]["overturned_on"] == story.today.isoformat()
    assert "Nothing of it is in force any more." in letter(story, "respondent")
    assert "set aside" not in letter(story, "complainant")
    report = {"reported_on": story.today, "reference": "5500000124"}
    story.do(reporting.record_npdb_report, story.office.manager, **report)
    story.do(compliance.close_case, story.office.manager, note="Reversed.")
    rows = [(row.code, row.ends_at is None) for row in story.case.dispositions.order_by("starts_at")]
    assert rows == [("PROBATION", False), ("NO_VIOLATION", True)]
    words = story.refused(act, director, to="board_review", reason="x")
    assert words == "The order was set aside, so the case can only go on before the board decides."


@pytest.mark.parametrize(("to", "vacated"), [("board_review", False), ("prehearing", True)])
def test_an_overturned_order_is_decided_anew(story: Story, to: str, vacated: bool) -> None:
    story.to("closed")
    story.do(reopening.reopen, story.office.director, to=to, reason="Sent back.", overturned_on=story.today)
    order = Order.objects.get(case=story.case_id)
    assert (order.vacated_on is not None, order.reversed_on) == (vacated, None)
    assert (order.remanded_at is not None) == (not vacated)
    assert ("The order is set aside." in letter(story, "respondent")) == vacated
    assert "A court overturned the order on " in letter(story, "respondent")
    assert ("The court's ruling says whether anything of it is in force" in letter(story, "respondent")) != vacated
    assert "It stays in force" not in letter(story, "respondent")


def test_findings_of_the_first_hearing_do_not_decide_the_second(story: Story) -> None:
    story.to("closed")
    story.do(reopening.reopen, story.office.director, to="prehearing", reason="Remanded.")
    story.to("hearing_held")
    words = story.refused(holding.file_proposed_decision, story.office.presiding, text="x")
    assert words == "Count 1 has no finding by the presiding officer."
    row = {"count": 1, "value": "not_proven", "reasons": "The witness withdrew."}
    story.do(holding.propose_finding, story.office.presiding, **row)
    story.do(holding.file_proposed_decision, story.office.presiding, text="Dismiss.")
    story.to("board_review")
    story.vote("order", "adopt")
    story.do(deciding.issue_order, story.office.director, decision="adopt", text="Dismissed.")
    last = story.case.findings.filter(by="board").order_by("found_at").last()
    assert last.value == "not_proven"
    assert story.case.status == "order_issued"
