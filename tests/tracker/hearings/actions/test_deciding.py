"""The order: issued on the board's vote, whatever the board has before it, or adopted by time alone."""

from datetime import timedelta

import pytest

from tests.factories.cases import Story, refused, set_rule
from tracker.audit.actors import Actor, Origin
from tracker.cases import facts
from tracker.cases.actions import charging, voting
from tracker.errors import ActionRefused, NotPermitted
from tracker.hearings.actions import deciding, defaulting, drafting, holding
from tracker.hearings.models import Order, Sanction
from tracker.notices.models import Notice

ADOPT = {"decision": "adopt", "text": "Findings and conclusions."}
CHANGE = {"part": "sanction", "text": "Two years, not one.", "reasons": "The harm was grave."}
OUTDATED = "The order was changed after the board voted on it. Record the board's vote on it as it is now."
DAILY = Actor.system("daily", Origin.DEMO)


@pytest.fixture
def review(story: Story) -> Story:
    """Before the board."""
    return story.to("board_review")


@pytest.fixture
def recommended(story: Story) -> Story:
    """Before the board, with a proposal that recommends probation."""
    story.to("hearing_held")
    row = {"code": "PROBATION", "days": 365, "terms": "Supervision."}
    story.do(drafting.draft_sanction, story.office.presiding, **row)
    return story.to("board_review")


def sanction(story: Story, code: str = "REPRIMAND", **fields: object) -> Sanction:
    """Draft one."""
    return story.do(drafting.draft_sanction, story.office.director, code=code, **fields)


def known(story: Story) -> facts.CaseFacts:
    """What is known now."""
    return facts.gather(story.case, at=story.at)


def find(story: Story, value: str = "not_proven") -> None:
    """The board finds on count 1 itself."""
    row = {"count": 1, "value": value, "reasons": "Not credible."}
    story.do(holding.record_board_finding, story.office.director, **row)


def test_an_order_on_the_boards_vote(review: Story) -> None:
    sanction(review, "PROBATION", days=365, terms="Supervision.")
    sanction(review, "CITATION_FINE", amount_cents=50_000)
    vote = review.vote("order", "adopt")
    order = review.do(deciding.issue_order, review.office.director, **ADOPT)
    assert (order.decision, order.issued_at, order.vote, order.npdb_due) == ("adopt", review.at, vote, True)
    assert order.effective_on == review.today + timedelta(days=30)
    case = review.case
    assert (case.stage, case.status, case.decided_at) == ("disposition", "order_issued", review.at)
    assert case.disposition is None
    assert {"reconsideration", "appeal", "npdb_report"} <= review.clocks()
    assert review.clock("board_action").state == "met"
    assert "status_update" not in review.clocks()
    assert review.letters()[-2:] == [("order", "respondent"), ("order", "complainant")]
    facts = review.entry("hearing.order_issued")["facts"]
    assert facts["sanctions"] == ["PROBATION", "CITATION_FINE"]
    assert (facts["principal"], facts["npdb_due"]) == ("PROBATION", True)
    paper = case.documents.get(kind="order")
    assert paper.text.startswith("The board adopted the proposed decision.\n\nFindings and conclusions.")
    assert "Probation, 365 days: Supervision." in paper.text
    assert "Fine, $500.00" in paper.text
    assert facts["digest"] == paper.digest
    vote.refresh_from_db()
    assert vote.used_at == review.at
    letter = Notice.objects.filter(kind="order")[0].body
    assert "Probation, 365 days" in letter
    assert "The board adopted the proposed decision." in letter
    adopted = case.findings.get(by="board")
    assert (adopted.value, adopted.reasons, adopted.author) == ("proven", "E-1.", None)
    review.refused(drafting.draft_sanction, review.office.director, code="REPRIMAND")
    review.refused(drafting.remove_sanction, review.office.director, number=1, reason="x")
    assert Order.objects.count() == 1


def test_a_modified_order_prints_each_change_with_its_reasons(review: Story) -> None:
    find(review)
    review.vote("order", "modify")
    issue = {"decision": "modify", "text": "Dismissed."}
    words = review.refused(deciding.issue_order, review.office.director, **issue)
    assert words == "The board voted to modify: record each change with its reasons."
    review.do(drafting.record_change, review.office.director, **CHANGE)
    review.vote("order", "modify")
    words = review.refused(deciding.issue_order, review.office.director, **issue)
    assert words.startswith("On count 1 the board found otherwise than the proposal: record this change")
    second = {"part": "finding", "text": "Count 1 is not proven.", "reasons": "She was not there."}
    review.do(drafting.record_change, review.office.director, **second)
    review.vote("order", "modify")
    order = review.do(deciding.issue_order, review.office.director, **issue)
    changes = (
        "Change 1 (A sanction): Two years, not one.\nReasons: The harm was grave.\n\n"
        "Change 2 (A finding of fact): Count 1 is not proven.\nReasons: She was not there."
    )
    assert (order.decision, order.reasons, order.npdb_due) == ("modify", changes, False)
    assert changes in review.case.documents.get(kind="order").text
    assert [row.value for row in review.case.findings.filter(by="board")] == ["not_proven"]
    assert "npdb_report" not in review.clocks()
    assert review.entry("hearing.order_issued")["private"] == {"reasons": changes}


def test_recommended_sanctions_are_adopted_as_they_are_or_changed_with_reasons(recommended: Story) -> None:
    director = recommended.office.director
    recommended.vote("order", "adopt")
    kept = "The sanctions are those of the proposal. Record the board's change to them, with its reasons, first."
    assert recommended.refused(drafting.draft_sanction, director, code="REVOCATION") == kept
    assert recommended.refused(drafting.remove_sanction, director, number=1, reason="Too mild.") == kept
    recommended.do(drafting.record_change, director, **{**CHANGE, "part": "wording"})
    assert recommended.refused(drafting.draft_sanction, director, code="REVOCATION") == kept
    recommended.do(drafting.record_change, director, **CHANGE)
    recommended.do(drafting.remove_sanction, director, number=1, reason="Too mild.")
    sanction(recommended, "REVOCATION")
    recommended.vote("order", "adopt")
    words = recommended.refused(deciding.issue_order, director, **ADOPT)
    assert words == "The sanctions were changed since they were proposed, so this is a modification."
    recommended.vote("order", "modify")
    order = recommended.do(deciding.issue_order, director, decision="modify", text="Revoked.")
    assert [row.code for row in order.sanctions.all()] == ["REVOCATION"]
    assert "Two years, not one." in order.reasons


def test_sanctions_changed_for_a_rejection_are_not_adopted_in_its_place(recommended: Story) -> None:
    director = recommended.office.director
    recommended.vote("order", "reject")
    sanction(recommended, "REVOCATION")
    recommended.vote("order", "adopt")
    words = recommended.refused(deciding.issue_order, director, **ADOPT)
    assert words == "The sanctions were changed since they were proposed, so this is a modification."
    recommended.do(drafting.record_change, director, **{**CHANGE, "part": "wording"})
    recommended.vote("order", "modify")
    words = recommended.refused(deciding.issue_order, director, decision="modify", text="x")
    assert words == "The sanctions are not those of the proposal: record this change, with its reasons."


@pytest.mark.parametrize("decision", ["adopt", "modify"])
def test_an_order_is_issued_as_it_was_when_the_board_voted_on_it(review: Story, decision: str) -> None:
    sanction(review)
    review.do(drafting.record_change, review.office.director, **CHANGE)
    review.vote("order", decision)
    issue = {"decision": decision, "text": "As voted."}
    changes = [
        lambda: sanction(review, "REVOCATION"),
        lambda: review.do(drafting.remove_sanction, review.office.director, number=1, reason="x"),
        lambda: review.do(drafting.withdraw_change, review.office.director, number=1, reason="x"),
        lambda: find(review),
    ]
    for change in changes:
        review.wait(1)
        change()
        assert review.refused(deciding.issue_order, review.office.director, **issue).startswith(OUTDATED)
        review.vote("order", decision)
        assert known(review).votes == {f"order:{decision}"}
    assert not Order.objects.filter(issued_at__isnull=False).exists()


def test_what_is_written_after_a_rejection_is_voted_on_too(recommended: Story) -> None:
    director = recommended.office.director
    recommended.vote("order", "reject")
    recommended.do(drafting.remove_sanction, director, number=1, reason="Too mild.")
    sanction(recommended, "REVOCATION")
    find(recommended, "proven")
    issue = {"decision": "reject", "text": "On the record.", "reasons": "It ignores E-1."}
    assert recommended.refused(deciding.issue_order, director, **issue) == OUTDATED
    recommended.vote("order", "reject")
    order = recommended.do(deciding.issue_order, director, **issue)
    assert [row.code for row in order.sanctions.all()] == ["REVOCATION"]


def test_once_the_law_adopted_a_proposal_no_later_meeting_decides(recommended: Story) -> None:
    set_rule(recommended.office.board, "deemed_adopted", True)
    due = recommended.clock("board_action").due_on
    recommended.wait((due - recommended.today).days + 1)
    body = {one.email: "yes" for one in recommended.office.voters}
    row = {"kind": "order", "decision": "reject", "held_on": recommended.today, "ballots": body}
    words = recommended.refused(voting.record_vote, recommended.office.director, **row)
    assert words == "The board's time was over on that day: by law the proposal is adopted. Record that."
    # A meeting in time may be recorded late.
    recommended.do(voting.record_vote, recommended.office.director, **{**row, "held_on": due})
    assert known(recommended).votes == {"order:reject"}


def test_a_recommended_sanction_is_adopted(recommended: Story) -> None:
    recommended.vote("order", "adopt")
    order = recommended.do(deciding.issue_order, recommended.office.director, **ADOPT)
    assert [row.code for row in order.sanctions.all()] == ["PROBATION"]


def test_a_rejected_proposal_is_decided_on_the_boards_own_findings(review: Story) -> None:
    sanction(review)
    review.vote("order", "reject")
    issue = {"decision": "reject", "text": "On the record.", "reasons": "It ignores E-1."}
    words = review.refused(deciding.issue_order, review.office.director, **issue)
    assert words == "Count 1 has no finding by the board."
    find(review)
    review.vote("order", "reject")
    words = review.refused(deciding.issue_order, review.office.director, **issue)
    assert words == "No count was proven, so the order cannot impose a sanction."
    find(review, "proven")
    review.vote("order", "reject")
    words = review.refused(deciding.issue_order, review.office.director, **{**issue, "reasons": ""})
    assert words == "This decision needs written reasons."
    order = review.do(deciding.issue_order, review.office.director, **issue)
    assert (order.decision, order.reasons) == ("reject", "It ignores E-1.")
    assert review.case.findings.filter(by="board").count() == 2


def test_an_order_is_refused(review: Story) -> None:
    no_vote = "No vote of the board decided on this with quorum and majority."
    words = review.refused(deciding.issue_order, review.office.director, **ADOPT)
    assert words == f"{no_vote} A violation was found, so the order needs at least one sanction."
    sanction(review)
    review.vote("order", "adopt", choices="yyny")
    review.vote("order", "adopt", choices="ynnn")
    assert review.refused(deciding.issue_order, review.office.director, **ADOPT) == no_vote
    review.vote("order", "adopt")
    issue = {"decision": "reject", "text": "x", "reasons": "y"}
    words = review.refused(deciding.issue_order, review.office.director, **issue)
    assert words == "The vote was not for this decision."
    words = review.refused(deciding.issue_order, review.office.director, decision="adopt", text=" ")
    assert words == "Write the order: findings of fact and conclusions of law."
    review.refused(deciding.issue_order, review.office.manager, NotPermitted, **ADOPT)
    find(review)
    review.vote("order", "adopt")
    words = review.refused(deciding.issue_order, review.office.director, **ADOPT)
    assert words == "No count was proven, so the order cannot impose a sanction."


def test_no_sanction_where_nothing_was_proven(story: Story) -> None:
    story.to("hearing_held")
    row = {"count": 1, "value": "not_proven", "reasons": "x"}
    story.do(holding.propose_finding, story.office.presiding, **row)
    story.do(holding.file_proposed_decision, story.office.presiding, text="Dismiss.")
    story.to("board_review")
    story.vote("order", "adopt")
    order = story.do(deciding.issue_order, story.office.director, **ADOPT)
    assert list(order.sanctions.all()) == []
    assert story.entry("hearing.order_issued")["facts"]["principal"] == "NO_VIOLATION"


def test_windows_count_from_service_with_days_for_mail(review: Story) -> None:
    set_rule(review.office.board, "mail_days", 3)
    set_rule(review.office.board, "appeal_days", 35)
    review.to("order_issued")
    words = "35 calendar days and 3 days for mail from service of the order"
    assert review.clock("appeal").explanation.startswith(words)


def test_several_counts_are_each_decided(story: Story) -> None:
    story.to("probable_cause_review").seat_panel()
    for keys in (["A1"], ["A2"]):
        story.charge(allegations=keys)
    story.vote("probable_cause")
    story.do(charging.issue_charges, story.office.panel[0], memo="Cause.")
    story.to("order_issued")
    assert story.case.findings.filter(by="board").count() == 2


def test_by_default_what_the_board_did_not_find_counts_as_admitted(story: Story) -> None:
    story.to("answer_due").wait(40)
    story.do(defaulting.enter_default, story.office.counsel, packet="Served.", military_affidavit="Not in service.")
    sanction(story, "REVOCATION")
    story.vote("order", "default")
    order = story.do(deciding.issue_order, story.office.director, decision="default", text="By default.")
    found = story.case.findings.get(by="board")
    assert (found.value, found.reasons, found.burden) == ("proven", "Admitted by default.", "preponderance")
    assert (order.decision, order.npdb_due) == ("default", True)


def test_undisputed_charges_are_decided_on_the_boards_findings(story: Story) -> None:
    story.to("answer_due")
    row = {"answers": {"1": "admitted"}, "received_on": story.today, "text": "It is true."}
    story.do(charging.record_answer, story.office.manager, **row)
    story.do(defaulting.submit_undisputed, story.office.manager)
    sanction(story)
    story.vote("order", "decide")
    issue = {"decision": "decide", "text": "Admitted."}
    words = story.refused(deciding.issue_order, story.office.director, **issue)
    assert words == "Count 1 has no finding by the board."
    find(story, "proven")
    story.vote("order", "decide")
    assert story.do(deciding.issue_order, story.office.director, **issue).decision == "decide"


def test_a_proposal_is_adopted_by_time_alone(recommended: Story) -> None:
    review = recommended
    set_rule(review.office.board, "deemed_adopted", True)
    find(review)
    due = review.clock("board_action").due_on
    words = review.refused(deciding.deem_adopted, review.office.director)
    assert words == f"The board may act until {due:%b} {due.day}, {due.year}."
    review.wait((due - review.today).days + 1)
    review.refused(deciding.deem_adopted, review.office.manager, NotPermitted)
    order = deciding.deem_adopted(review.case_id, actor=DAILY, at=review.at)
    assert (order.decision, order.vote, order.npdb_due) == ("deemed", None, True)
    assert (review.case.status, review.case.decided_at) == ("order_issued", review.at)
    assert [row.code for row in order.sanctions.all()] == ["PROBATION"]
    # Words of the board that no vote carried change nothing: the proposal is adopted as it is.
    assert review.case.findings.filter(by="board").last().value == "proven"
    assert "Probation is proposed." in review.case.documents.get(kind="order").text
    entry = review.entry("hearing.deemed_adopted")
    assert (entry["facts"]["effective_on"], entry["private"]) == (order.effective_on.isoformat(), {})
    assert "the time that the law gives" in Notice.objects.filter(kind="order")[0].body


def test_nothing_is_adopted_by_time_that_does_not_fit_or_where_no_rule_says_so(review: Story) -> None:
    review.wait(101)
    words = review.refused(deciding.deem_adopted, review.office.director)
    assert words.startswith("At this board a proposal is not adopted by time alone.")
    set_rule(review.office.board, "deemed_adopted", True)
    late = {"actor": DAILY, "at": review.at}
    reasons = refused(lambda: deciding.deem_adopted(review.case_id, **late), ActionRefused)
    assert reasons == ["A violation was found, so the order needs at least one sanction."]
    # What the board drafts without a vote is not what was proposed.
    sanction(review)
    assert refused(lambda: deciding.deem_adopted(review.case_id, **late), ActionRefused) == reasons


def test_what_was_changed_without_a_vote_falls_away_when_the_law_adopts(recommended: Story) -> None:
    director = recommended.office.director
    set_rule(recommended.office.board, "deemed_adopted", True)
    recommended.do(drafting.record_change, director, **CHANGE)
    recommended.do(drafting.remove_sanction, director, number=1, reason="Too mild.")
    sanction(recommended, "REVOCATION")
    proposed = ["PROBATION"], 365, "Supervision."
    recommended.wait(101)
    order = deciding.deem_adopted(recommended.case_id, actor=DAILY, at=recommended.at)
    rows = list(order.sanctions.all())
    assert ([row.code for row in rows], rows[0].days, rows[0].terms) == proposed
    assert rows[0].is_term
    assert "Two years, not one." not in recommended.case.documents.get(kind="order").text
    assert order.reasons == ""


@pytest.mark.parametrize("decision", ["reject", "remand", "modify"])
def test_a_vote_in_time_stops_the_law_whenever_it_is_recorded(recommended: Story, decision: str) -> None:
    set_rule(recommended.office.board, "deemed_adopted", True)
    due = recommended.clock("board_action").due_on
    recommended.wait((due - recommended.today).days + 1)
    recommended.vote("order", decision, held_on=due)
    late = {"actor": DAILY, "at": recommended.at}
    reasons = refused(lambda: deciding.deem_adopted(recommended.case_id, **late), ActionRefused)
    assert reasons == ["The board voted in time. Issue what it decided."]
    other = "adopt" if decision != "adopt" else "reject"
    body = {one.email: "yes" for one in recommended.office.voters}
    row = {"kind": "order", "decision": other, "held_on": recommended.today, "ballots": body}
    words = recommended.refused(voting.record_vote, recommended.office.director, **row)
    assert words == "The board's time was over on that day: it can vote again only on what it decided in time."
    # An order that is drafted otherwise after that needs a new vote, and its meeting may be later.
    recommended.vote("order", decision)
    reasons = refused(lambda: deciding.deem_adopted(recommended.case_id, **late), ActionRefused)
    assert reasons == ["The board voted in time. Issue what it decided."]
