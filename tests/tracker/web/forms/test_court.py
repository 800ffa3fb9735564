"""The forms of judicial review, violations, petitions and reopening."""

from typing import Any

import pytest

from tests.factories.cases import Story
from tests.factories.staffed import make_staffed
from tracker.audit.actors import Actor
from tracker.errors import ActionRefused
from tracker.hearings.actions.violations import CountData
from tracker.web import stepdata
from tracker.web.forms import court as c
from tracker.web.forms.settling import TermsField
from tracker.web.steps import STEPS

RULING = {"decided_on": "2026-06-03", "text": "x"}


@pytest.fixture
def story(db: None) -> Story:
    """A complaint just filed."""
    return Story(make_staffed())


def codes(form: Any, name: str) -> list[str]:
    """The codes that a field offers."""
    return [code for code, _label in form.fields[name].choices if code]


def test_counts_are_objects_on_the_command_line_and_groups_on_a_page(story: Story) -> None:
    actor = Actor.staff(story.office.counsel.pk)
    data = {"text": "Revoke.", "counts": [{"citation": "Term 1", "text": "No report."}]}
    form = stepdata.bound_form(STEPS["petition_violation"], story.case, data, actor)
    assert form.values()["counts"] == [CountData("Term 1", "No report.")]
    with pytest.raises(ActionRefused) as refusal:
        stepdata.bound_form(STEPS["petition_violation"], story.case, {**data, "counts": [{"citation": "x"}]}, actor)
    assert refusal.value.reasons == ["counts: Count 1, The charge in words: Fill this in."]
    page = {"text": "Revoke.", "counts-0-citation": "Term 1", "counts-0-text": "No report.", "counts-1-text": "Late."}
    form = c.PetitionViolationForm(page, case=story.case)
    assert list(form.errors["counts"]) == ["Count 2, Term, statute or rule: Fill this in."]
    assert "<summary>Count 2</summary>" in str(form["counts"])
    assert 'for="id_counts-0-citation"' in str(form["counts"])


def test_each_field_of_groups_speaks_of_its_own(story: Story) -> None:
    for field, words in ((c.CountsField(), "count"), (TermsField(), "term")):
        with pytest.raises(c.forms.ValidationError) as fault:
            field.clean([])
        assert fault.value.messages == [f"Fill in at least one {words}."]


def test_where_the_case_goes_is_asked_of_one_ruling_only(story: Story) -> None:
    form = c.DecideReviewForm({**RULING, "outcome": "remanded"}, case=story.case)
    assert list(form.errors) == ["back_to"]
    form = c.DecideReviewForm({**RULING, "outcome": "affirmed", "back_to": "prehearing"}, case=story.case)
    assert form.is_valid()
    assert form.values()["back_to"] == ""


def test_reopening_offers_where_the_case_has_been(story: Story) -> None:
    assert "prehearing" in codes(c.ReopenForm(case=story.case), "to")
    story.to("intake_review").close_at_intake()
    assert codes(c.ReopenForm(case=story.case), "to") == ["intake_review"]
