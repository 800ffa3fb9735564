"""The clock of an order's terms: on the last day of those that are left."""

from datetime import timedelta
from uuid import uuid4

from tests.factories.cases import Story
from tracker.hearings.actions import monitoring
from tracker.hearings.models import Order, Sanction


def test_the_clock_follows_the_terms_that_are_left(story: Story) -> None:
    story.to("order_issued")
    order = Order.objects.get(case=story.case_id)
    term = order.sanctions.get()
    assert monitoring.last_due_on(story.case, order) == term.due_on
    monitoring.follow_terms(story.case, order, story.today, anchor=uuid4())
    assert (story.clock("terms").due_on, story.case.next_due_on is not None) == (term.due_on, True)
    # What runs until that day already is not started again.
    assert monitoring.last_due_on(story.case, order) is None
    Sanction.objects.filter(pk=term.pk).update(due_on=term.due_on + timedelta(days=9))
    assert monitoring.last_due_on(story.case, order) == term.due_on + timedelta(days=9)
    Sanction.objects.filter(pk=term.pk).update(ended_by=order)
    assert monitoring.last_due_on(story.case, order) is None
    assert monitoring.last_due_on(story.case, None) is None


def test_a_vacated_order_has_no_terms_to_follow(story: Story) -> None:
    story.to("order_issued")
    Order.objects.filter(case=story.case_id).update(vacated_on=story.today)
    monitoring.follow_terms(story.case, Order.objects.get(case=story.case_id), story.today, anchor=uuid4())
    assert "terms" not in story.clocks()
