"""The forms of what the board does: each offers what fits what is before it."""

from typing import Any

import pytest

from tests.factories.cases import Story, set_rule
from tests.factories.staffed import make_staffed
from tracker.cases.models import ChargingDocument
from tracker.cases.states import EMERGENCY_ACTIONS, REVIEW_CLOSURES
from tracker.hearings.actions.emergency import end_emergency_action, take_emergency_action
from tracker.web.forms import boardroom as b
from tracker.web.forms.case import StepForm


@pytest.fixture
def story(db: None) -> Story:
    """A complaint just filed."""
    return Story(make_staffed())


def form(kind: type[StepForm], story: Story, data: dict[str, Any] | None = None) -> StepForm:
    """A form of this kind on the case."""
    return kind(data=data, case=story.case)


def offered(bound: StepForm, name: str) -> set[str]:
    """What a list offers, without the empty choice."""
    return {value for value, _label in bound.fields[name].choices} - {""}


def test_a_vote_asks_only_what_can_be_voted_on_there(story: Story) -> None:
    emergency = set(EMERGENCY_ACTIONS)
    assert offered(form(b.RecordVoteForm, story), "kind") == {"emergency"}
    set_rule(story.office.board, "emergency_by", "executive_director")
    row = {"code": "SUMMARY_SUSPENSION", "finding": "Danger.", "effective_on": story.today}
    story.do(take_emergency_action, story.office.director, **row)
    assert offered(form(b.RecordVoteForm, story), "decision") == {*emergency, "end_emergency"}
    story.do(end_emergency_action, story.office.director, end="vacated", reason="No danger.")
    assert offered(form(b.RecordVoteForm, story), "decision") == emergency
    story.to("probable_cause_review")
    bound = form(b.RecordVoteForm, story)
    assert offered(bound, "kind") == {"probable_cause", "closure", "emergency"}
    assert not bound.fields["decision"].required
    assert offered(bound, "decision") == set(REVIEW_CLOSURES) | emergency
    story.to("board_review")
    bound = form(b.RecordVoteForm, story)
    assert offered(bound, "kind") == {"order", "emergency"}
    assert bound.fields["decision"].required
    assert offered(bound, "decision") == {"adopt", "modify", "reject", "remand"} | emergency


def test_an_order_offers_what_fits_what_is_before_the_board(story: Story) -> None:
    story.to("board_review")
    bound = form(b.IssueOrderForm, story)
    assert offered(bound, "decision") == {"adopt", "modify", "reject"}
    assert "outcome" not in bound.fields
    ChargingDocument.objects.update(defaulted_at=story.at)
    assert offered(form(b.IssueOrderForm, story), "decision") == {"default"}
    story.case.__class__.objects.update(kind="reinstatement")
    bound = form(b.IssueOrderForm, story)
    assert offered(bound, "decision") == {"grant", "deny"}
    codes = {"REINSTATED", "REINSTATED_CONDITIONAL", "REINSTATED_PARTIAL", "REINSTATEMENT_DENIED"}
    assert offered(bound, "outcome") == codes


def test_every_decision_has_words() -> None:
    assert [str(label) for _code, label in b.labelled(["adopt", "remand", "REPRIMAND"])] == [
        "Adopt the proposal",
        "Send it back for hearing",
        "Reprimand",
    ]
