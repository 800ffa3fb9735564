"""Every step of the table has its form and its action, and what a form gives is what the action takes."""

import inspect

import pytest

from tests.factories.cases import Story
from tests.factories.staffed import make_staffed
from tracker.audit.actors import Actor, Origin
from tracker.cases import workflow
from tracker.cases.steptable import ACTS, TRANSITIONS
from tracker.web import stepdata
from tracker.web.steps import STEPS


def test_every_offered_step_of_a_case_can_be_done_through_a_door() -> None:
    offered = {row.key for row in TRANSITIONS if row.offered and row.sources} | {act.key for act in ACTS}
    assert set(STEPS) == offered


@pytest.mark.parametrize("key", sorted(STEPS))
def test_labels_are_those_of_the_table(key: str) -> None:
    assert STEPS[key].label == workflow.STEPS[key].label
    assert STEPS[key].key == key


@pytest.mark.parametrize("key", sorted(STEPS))
def test_an_action_names_its_actor_and_time_and_what_was_seen(key: str) -> None:
    names = inspect.signature(STEPS[key].action).parameters
    assert "actor" in names
    assert {"at", "seen"} <= set(names) or any(one.kind is one.VAR_KEYWORD for one in names.values())


def test_a_step_is_done_with_the_values_of_its_form(db: None) -> None:
    story = Story(make_staffed())
    actor = Actor.staff(story.office.intake.pk, Origin.DEMO)
    step = STEPS["begin_review"]
    form = stepdata.bound_form(step, story.case, {"priority": "high", "reasons": "x"}, actor)
    step.perform(story.case, form, actor=actor, at=story.at, seen=1)
    assert story.case.status == "intake_review"
