"""Making an order: what the others rest on that issue one."""

from tests.factories.cases import Story, set_rule
from tracker.cases.decisions import Decision
from tracker.hearings.actions import deciding, drafting, emergency, ordering
from tracker.hearings.models import EmergencyAction, Order


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
