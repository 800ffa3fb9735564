"""Making an order: what the others rest on that issue one."""

import pytest

from tests.factories.cases import Story, set_rule
from tests.tracker.hearings.actions.test_settling import signed
from tracker.cases.decisions import Decision
from tracker.hearings.actions import deciding, drafting, emergency, ordering
from tracker.hearings.models import EmergencyAction, Order
from tracker.notices.models import Notice


def test_an_affirmed_making_says_the_same_as_before() -> None:
    assert ordering.Making(Decision.AFFIRM, "x").is_affirmed
    assert not ordering.Making(Decision.AMEND, "x").is_affirmed


def test_an_emergency_action_in_force_ends_in_the_order(story: Story) -> None:
    set_rule(story.office.board, "emergency_by", "executive_director")
    office = story.to("board_review").office
    row = {"code": "SUMMARY_SUSPENSION", "finding": "Immediate danger.", "effective_on": story.today}
    story.do(emergency.take_emergency_action, office.director, **row)
    npdb = story.clock("npdb_report")
    story.do(drafting.draft_sanction, office.director, code="REVOCATION")
    story.vote("order", "adopt")
    order = story.do(deciding.issue_order, office.director, decision="adopt", text="Findings.")
    action = EmergencyAction.objects.get()
    assert (action.end, action.merged_into) == ("merged", order)
    assert story.entry("hearing.order_issued")["facts"]["merged_emergency"] == str(action.pk)
    # The report that is due for the emergency action is not put off by the order.
    assert story.clock("npdb_report") == npdb
    assert Order.objects.count() == 1


@pytest.mark.parametrize(("given_by", "is_told"), [("respondent", False), ("prosecution", True)])
def test_who_waived_reconsideration_with_a_settlement_is_not_told_to_ask_for_it(
    story: Story, given_by: str, is_told: bool
) -> None:
    signed(story, "prehearing").waive("reconsideration", given_by)
    story.vote("order", "accept_settlement")
    row = {"decision": "accept_settlement", "text": "Accepted."}
    story.do(deciding.issue_order, story.office.director, **row)
    letter = Notice.objects.get(case_id=story.case_id, kind="order", audience="respondent").body
    assert ("You can ask the board to look at its decision again." in letter) is is_told
    assert "You can ask a court to review the order." in letter
    # The side that waived nothing may still ask, so the time runs.
    assert "reconsideration" in story.clocks()
