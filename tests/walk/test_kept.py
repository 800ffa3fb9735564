"""Ways that once led a walk to a fault, told step by step: the dice of that day threw them, and they stay walked."""

from datetime import timedelta

import pytest

from tests.factories.cases import Story
from tests.factories.roads import PROBATION, step
from tests.factories.staffed import Staffed, make_staffed
from tests.walk import checks
from tracker.cases.models import ChargingDocument
from tracker.hearings.actions.negotiating import TermData
from tracker.hearings.models import Order, Settlement

PETITION = {"court": "Travis County District Court", "number": "D-1", "text": "It is wrong."}


@pytest.fixture
def office(db: None) -> Staffed:
    return make_staffed()


@pytest.fixture
def story(office: Staffed) -> Story:
    return Story(office)


def holds(story: Story) -> None:
    """Everything that a walk checks."""
    checks.quick(story.case)
    checks.thorough(story.case, story.at)


def test_an_order_by_default_that_a_court_sets_aside_had_its_ground(story: Story) -> None:
    """The charges lose their mark with the order; the papers of the default are the ground, and stay."""
    office = story.to("answer_due").wait(22).office
    step(story, "enter_default", office.counsel, packet="Served, no answer.", military_affidavit="Not in service.")
    step(story, "draft_sanction", office.director, **PROBATION)
    story.vote("order", "default")
    step(story, "issue_order", office.director, decision="default", text="Probation.")
    holds(story)
    step(story, "record_judicial_review", office.manager, **PETITION, filed_on=story.today)
    row = {"outcome": "remanded", "back_to": "prehearing", "decided_on": story.today, "text": "Heard anew."}
    step(story, "decide_judicial_review", office.manager, **row)

    assert ChargingDocument.objects.get(case=story.case).defaulted_at is None
    assert Order.objects.get(case=story.case).vacated_on == story.today
    holds(story)


def test_a_petition_that_came_in_time_is_taken_up_though_it_is_written_down_late(story: Story) -> None:
    """The clocks count from the day it came."""
    came_on = story.to("order_issued").today + timedelta(days=5)
    row = {"side": "respondent", "grounds": "A fact was overlooked.", "filed_on": came_on}
    step(story.wait(45), "take_up_reconsideration", story.office.manager, **row)

    assert (story.case.status, story.clock("reconsideration_decision").starts_on) == ("reconsideration", came_on)
    holds(story)


def test_an_offer_that_is_open_ends_with_the_case(story: Story) -> None:
    """The members who vote on the case, and who presides, hear of it neither before nor after."""
    story.to("hearing_held")
    offer = {"side": "board", "text": "An offer.", "terms": [TermData(**PROBATION)], "offered_on": story.today}
    step(story, "offer_settlement", story.office.counsel, **offer)
    holds(story)
    story.to("order_issued")

    assert Settlement.objects.get(case=story.case).state == "ended"
    holds(story)
