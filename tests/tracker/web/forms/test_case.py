"""The forms of steps: each knows its case, offers what can be chosen, and gives clean values."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.factories.cases import Story
from tests.factories.staffed import make_staffed
from tracker.cases.states import INTAKE_CLOSURES, REVIEW_CLOSURES
from tracker.web.forms import case as f
from tracker.web.forms.boardroom import RecordVoteForm
from tracker.web.steps import STEPS

pytestmark = pytest.mark.once


@pytest.fixture
def story(db: None) -> Story:
    """A complaint just filed."""
    return Story(make_staffed())


def form(kind: type[f.StepForm], story: Story, data: dict[str, Any] | None = None) -> f.StepForm:
    """A form of this kind on the case."""
    return kind(data=data, case=story.case)


def offered(bound: f.StepForm, name: str) -> set[str]:
    """What a list offers, without the empty choice."""
    return {value for value, _label in bound.fields[name].choices} - {""}


@pytest.mark.parametrize("key", sorted(STEPS))
def test_every_form_shows_without_data_and_labels_each_field(story: Story, key: str) -> None:
    bound = form(STEPS[key].form_class, story)
    assert not bound.is_bound
    assert all(str(field.label).strip() for field in bound.fields.values())
    assert "style=" not in bound.as_p()


@pytest.mark.parametrize("key", sorted(STEPS))
def test_nothing_filled_in_is_an_error_at_a_field_or_enough(story: Story, key: str) -> None:
    bound = form(STEPS[key].form_class, story, {})
    required = {name for name, field in bound.fields.items() if field.required}
    assert bound.is_valid() is not bool(required | set(bound.errors))
    assert required <= set(bound.errors)


def test_a_priority_is_needed_unless_danger_was_found(story: Story) -> None:
    assert form(f.BeginReviewForm, story, {"reasons": "x"}).errors == {"priority": ["Choose a priority."]}
    assert form(f.BeginReviewForm, story, {"reasons": "x", "danger_found": "on"}).is_valid()


def test_missing_items_are_lines(story: Story) -> None:
    bound = form(f.RequestInformationForm, story, {"missing": " Dates.\r\n\r\nContract. "})
    assert bound.is_valid()
    assert bound.values() == {"missing": ["Dates.", "Contract."]}
    assert f.lines("a\n\n b ") == ["a", "b"]


def test_closures_offer_what_can_end_a_case_there(story: Story) -> None:
    assert offered(form(f.CloseAtIntakeForm, story), "disposition") == set(INTAKE_CLOSURES)
    assert offered(form(f.CloseWithoutDisciplineForm, story), "disposition") == set(REVIEW_CLOSURES)
    story.to("intake_review")
    assert offered(form(f.ApproveClosureForm, story), "disposition") == set(INTAKE_CLOSURES)
    story.to("probable_cause_review")
    assert offered(form(f.ApproveClosureForm, story), "disposition") == set(REVIEW_CLOSURES)


def test_people_are_chosen_who_hold_a_role_at_the_board(story: Story) -> None:
    other = make_staffed("ca-bbs", "BBS")
    emails = offered(form(f.AssignForm, story), "email")
    assert {story.office.investigator.email, story.office.presiding.email, story.office.panel[0].email} <= emails
    assert story.office.auditor.email not in emails
    assert other.investigator.email not in emails


def test_an_assignment_ends_for_somebody_who_has_it(story: Story) -> None:
    assert offered(form(f.EndAssignmentForm, story), "email") == set()
    story.assign(story.office.investigator, "investigator")
    assert offered(form(f.EndAssignmentForm, story), "email") == {story.office.investigator.email}


def test_findings_are_on_the_cases_own_allegations(story: Story) -> None:
    assert offered(form(f.RecordFindingForm, story), "allegation") == {"A1", "A2"}
    assert "proven" not in offered(form(f.RecordFindingForm, story), "value")


def test_retired_grounds_are_not_offered(story: Story) -> None:
    before = offered(form(f.AddAllegationForm, story), "ground")
    ground = story.case.allegations.get(number=1).ground
    ground.retired_on = story.today
    ground.save()
    assert before - offered(form(f.AddAllegationForm, story), "ground") == {"refusal_to_terminate"}


def test_a_text_is_at_most_twenty_thousand_signs(story: Story) -> None:
    assert form(f.AddNoteForm, story, {"text": "é" * f.LONG}).is_valid()
    assert not form(f.AddNoteForm, story, {"text": "é" * (f.LONG + 1)}).is_valid()
    assert not form(f.AddNoteForm, story, {"text": " \n"}).is_valid()


def test_today_is_the_boards(story: Story) -> None:
    now = datetime.now(ZoneInfo("America/Chicago"))
    assert abs((form(f.AddNoteForm, story).today() - now.date()).days) <= 1
    held = form(RecordVoteForm, story).fields["held_on"]
    assert abs((held.initial - now.date()).days) <= 1


def test_yes_and_no_become_true_and_false(story: Story) -> None:
    for word, value in (("yes", True), ("no", False)):
        bound = form(f.DeclareConflictForm, story, {"has_conflict": word})
        assert bound.is_valid()
        assert bound.values()["has_conflict"] is value


def test_a_conflict_check_is_answered_by_a_person_and_not_beforehand(story: Story) -> None:
    assert not form(f.DeclareConflictForm, story, {}).is_valid()
    assert form(f.DeclareConflictForm, story).fields["has_conflict"].choices[0][0] == ""


def test_who_verifies_a_priority_reads_which_it_is(story: Story) -> None:
    story.to("intake_review")
    assert form(f.VerifyPriorityForm, story).fields["priority"].help_text == "Now: High. Leave empty to confirm it."
