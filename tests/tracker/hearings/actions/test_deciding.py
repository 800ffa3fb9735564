"""The order: drafting its sanctions, issuing it on the board's vote, reporting it."""

from datetime import date, timedelta

import pytest

from tests.factories.cases import Story, set_rule
from tracker.cases.actions import charging
from tracker.errors import NotPermitted
from tracker.hearings.actions import deciding, holding
from tracker.hearings.models import Order, Sanction
from tracker.notices.models import Notice

ADOPT = {"decision": "adopt", "text": "Findings and conclusions."}


@pytest.fixture
def review(story: Story) -> Story:
    """Before the board."""
    return story.to("board_review")


def sanction(story: Story, code: str = "REPRIMAND", **fields: object) -> Sanction:
    """Draft one."""
    return story.do(deciding.draft_sanction, story.office.director, code=code, **fields)


def test_sanctions_are_drafted_and_taken_out_again(review: Story) -> None:
    fine = sanction(review, "CITATION_FINE", amount_cents=50_000, due_on=review.today)
    probation = sanction(review, "PROBATION", days=365, terms="Supervision.")
    assert [(row.number, row.is_term) for row in (fine, probation)] == [(1, True), (2, True)]
    entry = review.entry("hearing.sanction_drafted")
    assert entry["facts"] == {"sanction": "PROBATION", "number": 2, "days": 365, "amount_cents": None}
    assert entry["private"] == {"terms": "Supervision."}
    unsaid = review.refused(deciding.remove_sanction, review.office.director, number=1, reason="")
    assert unsaid == "Say why it is removed."
    review.do(deciding.remove_sanction, review.office.director, number=1, reason="Too harsh.")
    assert review.entry("hearing.sanction_removed")["private"] == {"reason": "Too harsh."}
    assert [row.number for row in Sanction.objects.all()] == [2]
    assert sanction(review).number == 3
    gone = review.refused(deciding.remove_sanction, review.office.director, number=1, reason="x")
    assert gone == "The draft order has no sanction 1."


def test_a_stayed_sanction_is_stayed(review: Story) -> None:
    assert sanction(review, "STAYED_SUSPENSION", days=90, terms="No new client.").is_stayed
    assert sanction(review, "SUSPENSION", days=30, is_stayed=True).is_stayed
    assert not sanction(review).is_stayed


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"code": "NO_VIOLATION"}, "Choose the sanction."),
        ({"code": "CITATION_FINE"}, "A fine needs an amount."),
        ({"code": "PROBATION", "terms": "x"}, "Probation needs a length in days."),
        ({"code": "REPRIMAND", "due_on": date(2026, 1, 1)}, "A term cannot be due in the past."),
    ],
)
def test_a_sanction_is_refused(review: Story, fields: dict, sentence: str) -> None:
    assert review.refused(deciding.draft_sanction, review.office.director, **fields) == sentence


def test_an_order_on_the_boards_vote(review: Story) -> None:
    sanction(review, "PROBATION", days=365, terms="Supervision.")
    sanction(review, "CITATION_FINE", amount_cents=50_000)
    vote = review.vote("order", "adopt")
    order = review.do(deciding.issue_order, review.office.director, **ADOPT)
    assert (order.decision, order.issued_at, order.vote, order.npdb_due) == ("adopt", review.at, vote, True)
    assert order.effective_on == review.today + timedelta(days=30)
    case = review.case
    assert (case.stage, case.status, case.decided_at, case.disposition) == (
        "disposition",
        "order_issued",
        review.at,
        None,
    )
    assert {"reconsideration", "appeal", "npdb_report"} <= review.clocks()
    assert review.clock("board_action").state == "met"
    assert "status_update" not in review.clocks()
    assert review.letters()[-2:] == [("order", "respondent"), ("order", "complainant")]
    facts = review.entry("hearing.order_issued")["facts"]
    assert facts["sanctions"] == ["PROBATION", "CITATION_FINE"]
    assert (facts["principal"], facts["npdb_due"]) == ("PROBATION", True)
    paper = case.documents.get(kind="order")
    assert "Probation, 365 days: Supervision." in paper.text
    assert "Fine, $500.00" in paper.text
    assert facts["digest"] == paper.digest
    vote.refresh_from_db()
    assert vote.used_at == review.at
    assert "Probation, 365 days" in Notice.objects.filter(kind="order")[0].body


def test_the_board_adopts_what_it_did_not_find_itself(review: Story) -> None:
    sanction(review)
    review.vote("order", "adopt")
    review.do(deciding.issue_order, review.office.director, **ADOPT)
    adopted = review.case.findings.get(by="board")
    assert (adopted.value, adopted.reasons, adopted.author) == ("proven", "E-1.", None)


def test_the_boards_own_finding_decides(story: Story) -> None:
    story.to("board_review")
    row = {"count": 1, "value": "not_proven", "reasons": "Not credible."}
    story.do(holding.record_board_finding, story.office.director, **row)
    story.vote("order", "modify")
    issue = {"decision": "modify", "text": "Dismissed."}
    words = story.refused(deciding.issue_order, story.office.director, **issue)
    assert words == "A modified decision needs written reasons."
    order = story.do(deciding.issue_order, story.office.director, **issue, reasons="The witness was not credible.")
    assert (order.decision, order.reasons, order.npdb_due) == ("modify", "The witness was not credible.", False)
    assert [row.value for row in story.case.findings.filter(by="board")] == ["not_proven"]
    assert "npdb_report" not in story.clocks()
    assert story.entry("hearing.order_issued")["private"] == {"reasons": "The witness was not credible."}


def test_an_order_is_refused(review: Story) -> None:
    no_vote = "No vote of the board adopted or modified the proposed decision with quorum and majority."
    words = review.refused(deciding.issue_order, review.office.director, **ADOPT)
    assert words == f"{no_vote} A violation was found, so the order needs at least one sanction."
    sanction(review)
    review.vote("order", "adopt", choices="yyny")
    review.vote("order", "adopt", choices="ynnn")
    assert review.refused(deciding.issue_order, review.office.director, **ADOPT) == no_vote
    review.vote("order", "adopt")
    issue = {"decision": "modify", "text": "x", "reasons": "y"}
    assert (
        review.refused(deciding.issue_order, review.office.director, **issue) == "The vote was not for this decision."
    )
    words = review.refused(deciding.issue_order, review.office.director, decision="shrug", text="x")
    assert words == "Say whether the board adopts or modifies the proposed decision."
    words = review.refused(deciding.issue_order, review.office.director, decision="adopt", text=" ")
    assert words == "Write the order: findings of fact and conclusions of law."
    review.refused(deciding.issue_order, review.office.manager, NotPermitted, **ADOPT)


def test_no_sanction_where_nothing_was_proven(story: Story) -> None:
    story.to("hearing_held")
    row = {"count": 1, "value": "not_proven", "reasons": "x"}
    story.do(holding.propose_finding, story.office.presiding, **row)
    story.do(holding.file_proposed_decision, story.office.presiding, text="Dismiss.")
    story.to("board_review")
    sanction(story)
    story.vote("order", "adopt")
    words = story.refused(deciding.issue_order, story.office.director, **ADOPT)
    assert words == "No count was proven, so the order cannot impose a sanction."
    story.do(deciding.remove_sanction, story.office.director, number=1, reason="Nothing proven.")
    order = story.do(deciding.issue_order, story.office.director, **ADOPT)
    assert list(order.sanctions.all()) == []
    assert story.entry("hearing.order_issued")["facts"]["principal"] == "NO_VIOLATION"


def test_an_issued_order_is_not_drafted_on(review: Story) -> None:
    sanction(review)
    review.vote("order", "adopt")
    review.do(deciding.issue_order, review.office.director, **ADOPT)
    review.refused(deciding.draft_sanction, review.office.director, code="REPRIMAND")
    review.refused(deciding.remove_sanction, review.office.director, number=1, reason="x")
    assert Order.objects.count() == 1


def test_windows_count_from_service_with_days_for_mail(review: Story) -> None:
    set_rule(review.office.board, "mail_days", 3)
    set_rule(review.office.board, "appeal_days", 35)
    review.to("order_issued")
    assert review.clock("appeal").explanation.startswith(
        "35 calendar days and 3 days for mail from service of the order"
    )


def test_the_report_to_the_data_bank_ends_its_clock(review: Story) -> None:
    review.to("order_issued").wait(3)
    report = {"reported_on": review.today - timedelta(days=1), "reference": "5500000123"}
    order = review.do(deciding.record_npdb_report, review.office.manager, **report)
    assert order.npdb_reported_on == report["reported_on"]
    assert (review.clock("npdb_report").state, review.clock("npdb_report").ended_on) == ("met", report["reported_on"])
    assert review.entry("hearing.npdb_reported")["private"] == {"reference": "5500000123"}


def test_a_report_is_refused(review: Story) -> None:
    review.to("order_issued")
    report = {"reported_on": review.today, "reference": "5500000123"}
    act, who = deciding.record_npdb_report, review.office.manager
    assert review.refused(act, who, **{**report, "reference": " "}) == "Give the number of the report."
    future = {**report, "reported_on": review.today + timedelta(days=1)}
    assert review.refused(act, who, **future) == "The report cannot be in the future."
    early = {**report, "reported_on": review.today - timedelta(days=1)}
    assert review.refused(act, who, **early) == "The action cannot be reported before it was taken."


def test_what_is_not_reportable_needs_no_report(story: Story) -> None:
    story.to("board_review")
    sanction(story, "CITATION_FINE", amount_cents=50_000)
    story.vote("order", "adopt")
    story.do(deciding.issue_order, story.office.director, **ADOPT)
    report = {"reported_on": story.today, "reference": "5500000123"}
    words = story.refused(deciding.record_npdb_report, story.office.manager, **report)
    assert words == "This order is not reportable to the NPDB."


def test_several_counts_are_each_decided(story: Story) -> None:
    story.to("probable_cause_review").seat_panel()
    for keys in (["A1"], ["A2"]):
        story.charge(allegations=keys)
    story.vote("probable_cause")
    story.do(charging.issue_charges, story.office.panel[0], memo="Cause.")
    story.to("order_issued")
    assert story.case.findings.filter(by="board").count() == 2
