"""Setting an order aside: terms, defaults, drafts and stipulations that fall with it."""

from django.utils import timezone

from tests.factories.cases import Story
from tracker.audit.actors import Actor
from tracker.cases import facts
from tracker.cases.actions.moving import Begun
from tracker.cases.models import Case, ChargingDocument
from tracker.hearings.actions import vacating
from tracker.hearings.models import Order, Sanction


def begun(story: Story) -> Begun:
    """An act that has begun, by nobody in particular."""
    actor = Actor.staff(story.office.manager.pk)
    return Begun("remand", story.case, facts.gather(story.case, at=story.at), actor, story.at, story.today)


def test_an_order_falls_once_and_keeps_its_first_day(story: Story) -> None:
    story.to("compliance")
    order = Order.objects.get(case=story.case_id)
    vacating.vacate(begun(story), order, story.today)
    order.refresh_from_db()
    assert (order.vacated_on, order.reversed_on) == (story.today, None)
    assert story.clock("terms").state == "superseded"
    first = story.today
    vacating.reverse(begun(story.wait(3)), order, story.today)
    order.refresh_from_db()
    assert (order.vacated_on, order.reversed_on) == (first, story.today)


def test_a_hearing_begins_with_a_clear_table(story: Story) -> None:
    story.to("board_review").before("order_issued")
    ChargingDocument.objects.filter(case=story.case_id).update(defaulted_at=timezone.now())
    assert Sanction.objects.filter(order__case=story.case_id).exists()
    # A stipulation is talk again where there are charges; without them it is what the case rests on.
    assert vacating.clear_for_hearing(begun(story)) == {"decided_at": None, "stipulated_at": None}
    assert not Sanction.objects.filter(order__case=story.case_id).exists()
    assert ChargingDocument.objects.get(case=story.case_id).defaulted_at is None
    Case.objects.filter(pk=story.case_id).update(charged_at=None, stipulated_at=story.at)
    assert vacating.clear_for_hearing(begun(story)) == {"decided_at": None}
