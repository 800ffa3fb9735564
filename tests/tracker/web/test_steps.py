"""Every step of the table has its form and its action, and what a form gives is what the action takes."""

import inspect
from collections import Counter
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django import forms
from django.db import transaction

from tests.factories.cases import Story
from tests.factories.staffed import Staffed, make_staffed
from tracker.access import gate
from tracker.access.models import User
from tracker.access.policy import Permission
from tracker.audit.actors import Actor, Origin
from tracker.cases import workflow
from tracker.cases.acttable import ACTS
from tracker.cases.steptable import TRANSITIONS
from tracker.errors import ActionRefused
from tracker.web import stepdata
from tracker.web.forms.groups import GroupsField
from tracker.web.forms.lists import PerRowField
from tracker.web.steps import STEPS, Step

ODD = (
    "", " ", "x" * 25_000, "é漢🦉", "a\x00b", "\u202e", "2026-02-30", "9999-12-31", "0001-01-01", "١٢", None,
    True, False, 0, -1, 10**30, [], ["a", 1, None], {"a": "b"}, {},
)  # fmt: skip


def test_every_step_of_a_case_can_be_done_through_a_door() -> None:
    assert set(STEPS) == {row.key for row in TRANSITIONS if row.sources} | {act.key for act in ACTS}


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


def typed(field: forms.Field, story: Story, random: Random) -> Any:
    """What somebody might give for a field: mostly what fits, at its longest, sometimes anything at all."""
    if random.random() < 0.1:
        return random.choice(ODD)
    if isinstance(field, PerRowField):
        answers = [code for code, _label in field.widget.answers if code]
        return {key: random.choice(answers) for key, _label in field.widget.rows}
    if isinstance(field, GroupsField):
        parts = field.widget.row_form.base_fields.items()
        return [{name: typed(one, story, random) for name, one in parts} for _ in range(random.choice((1, 2, 9)))]
    if isinstance(field, forms.MultipleChoiceField):
        return [code for code, _label in field.choices]
    if isinstance(field, forms.ChoiceField):
        return random.choice([code for code, _label in field.choices if code != ""] or ["x"])
    if isinstance(field, forms.BooleanField):
        return random.random() < 0.9
    if isinstance(field, forms.DateField):
        return (story.today + timedelta(days=random.choice((0, 0, 0, -1, 1, 30, 4000)))).isoformat()
    if isinstance(field, forms.TimeField):
        return "09:00"
    if isinstance(field, forms.IntegerField):
        return random.choice((1, 365, 36_500))
    if isinstance(field, forms.DecimalField):
        return random.choice(("500", "0.01", "9999999999.99"))
    if isinstance(field, forms.EmailField):
        return "a@b.example"
    most = field.max_length or 100
    return random.choice(("Words.", "w" * most, "é" * most, story.docket, "x\ny\n"))


def try_it(step: Step, story: Story, who: User, random: Random) -> bool:
    """Do a step with what was typed, and take it back. False where it was refused in words."""
    actor = Actor.staff(who.pk, Origin.DEMO)
    with transaction.atomic():
        try:
            blank = step.form_class(case=story.case, actor=actor)
            data = {name: typed(field, story, random) for name, field in blank.fields.items()}
            bound = stepdata.bound_form(step, story.case, data, actor)
            step.perform(story.case, bound, actor=actor, at=story.at)
        except ActionRefused as refusal:
            return not all(refusal.reasons)
        finally:
            transaction.set_rollback(True)
    return True


def proper(office: Staffed, story: Story) -> dict[Permission, User | None]:
    """For each permission that a step of this status needs, somebody who has it on the case."""
    people = [who for who in vars(office).values() if isinstance(who, User)]
    people += [*office.panel, *office.voters]
    case, at = story.case, story.at
    needed = {step.needs for step in workflow.STEPS.values() if case.status in step.sources}
    return {
        needs: next((who for who in people if gate.can(Actor.staff(who.pk), needs, case, at=at)), None)
        for needs in needed
    }


def test_whatever_is_typed_a_step_is_done_or_refused_in_words(db: None) -> None:
    """At every status, with everything ready for the next step: no fault of the database, no stack trace."""
    random, done = Random(20260302), Counter()
    story = Story(make_staffed())
    for coming in (*Story.PATH[1:], ""):
        if coming:
            story.before(coming)
        people, status = proper(story.office, story), story.case.status
        for key, step in STEPS.items():
            known = workflow.STEPS[key]
            who = people[known.needs] if status in known.sources else None
            # What is open nearly everywhere is tried often enough with once at each status.
            times = 1 if len(known.sources) > 12 else 2
            done[key] += sum(try_it(step, story, who, random) for _ in range(times)) if who else 0
        if coming:
            story.move(coming)
    moves = {row.key for row in TRANSITIONS if row.key in STEPS}
    assert len([key for key in moves if done[key]]) > 12, done
