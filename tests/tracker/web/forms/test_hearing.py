"""The forms of steps from charges to compliance."""

from typing import Any

import pytest

from tests.factories.cases import Story, set_rule
from tests.factories.staffed import make_staffed
from tracker.access.models import User
from tracker.audit.actors import Actor
from tracker.cases.states import SANCTIONS
from tracker.hearings.actions import drafting
from tracker.web.forms import hearing as h
from tracker.web.forms.case import StepForm

pytestmark = pytest.mark.once


@pytest.fixture
def story(db: None) -> Story:
    """A complaint just filed."""
    return Story(make_staffed())


def form(kind: type[StepForm], story: Story, data: dict[str, Any] | None = None) -> Any:
    """A form of this kind on the case."""
    return kind(data=data, case=story.case)


def offered(bound: Any, name: str) -> list[str]:
    """What a list offers, without the empty choice."""
    return [str(value) for value, _label in bound.fields[name].choices if value != ""]


def test_a_count_rests_on_the_cases_own_allegations(story: Story) -> None:
    assert offered(form(h.DraftCountForm, story), "allegations") == ["A1", "A2"]
    row = {"allegations": ["A1", "A9"], "citation": "x", "text": "x"}
    assert "allegations" in form(h.DraftCountForm, story, row).errors


def test_each_count_in_force_is_answered(story: Story) -> None:
    assert h.issued_counts(story.case) == []
    story.to("answer_due")
    assert [count.number for count in h.issued_counts(story.case)] == [1]
    html = str(form(h.RecordAnswerForm, story)["answers"])
    assert "Count 1, 22 TAC 681.41" in html
    row = {"received_on": "2026-03-02", "text": "x"}
    assert "answers" in form(h.RecordAnswerForm, story, row).errors
    bound = form(h.RecordAnswerForm, story, {**row, "answers-0": "denied"})
    assert bound.is_valid()
    assert bound.values()["answers"] == {"1": "denied"}


def test_closing_the_record_asks_for_nothing_and_reopening_for_the_reason(story: Story) -> None:
    bound = form(h.CloseRecordForm, story, {})
    assert bound.is_valid()
    assert bound.values() == {"note": ""}
    assert set(form(h.ReopenRecordForm, story, {"reason": " "}).errors) == {"reason"}


def test_an_election_is_asked_where_the_board_asks_for_it(story: Story) -> None:
    assert "election" not in form(h.RecordAnswerForm, story).fields
    set_rule(story.office.board, "election_of_rights", value=True)
    assert offered(form(h.RecordAnswerForm, story), "election") == ["formal", "informal", "waived"]
    assert "election" in form(h.RecordAnswerForm, story, {}).errors


@pytest.mark.parametrize(("day", "offset"), [("2026-07-01", "-05:00"), ("2026-12-01", "-06:00")])
def test_a_hearing_is_set_in_the_boards_time(story: Story, day: str, offset: str) -> None:
    row = {"held_on": day, "time": "09:30", "place": "Room 1", "prehearing_order": "x"}
    bound = form(h.ScheduleHearingForm, story, row)
    assert bound.is_valid()
    assert bound.values()["starts_at"].isoformat() == f"{day}T09:30:00{offset}"


def test_findings_are_on_counts_in_force(story: Story) -> None:
    story.to("hearing_held")
    assert offered(form(h.CountFindingForm, story), "count") == ["1"]
    bound = form(h.CountFindingForm, story, {"count": "1", "value": "proven", "reasons": "x"})
    assert bound.is_valid()
    assert bound.values()["count"] == 1
    assert "count" in form(h.CountFindingForm, story, {"count": "2", "value": "proven", "reasons": "x"}).errors


@pytest.mark.parametrize(("typed", "cents"), [("500", 50_000), ("0.07", 7), ("1234.05", 123_405), ("", None)])
def test_dollars_become_cents_without_rounding(story: Story, typed: str, cents: int | None) -> None:
    bound = form(h.DraftSanctionForm, story, {"code": "CITATION_FINE", "amount": typed})
    assert bound.is_valid()
    assert bound.values()["amount_cents"] == cents
    assert "amount" not in bound.values()


@pytest.mark.parametrize("typed", ["-1", "1.005", "much"])
def test_what_is_no_amount_is_told(story: Story, typed: str) -> None:
    assert "amount" in form(h.DraftSanctionForm, story, {"code": "CITATION_FINE", "amount": typed}).errors


def test_every_sanction_is_offered(story: Story) -> None:
    assert offered(form(h.DraftSanctionForm, story), "code") == list(SANCTIONS)


def test_only_drafted_sanctions_are_removed_and_only_open_terms_met(story: Story) -> None:
    def drafted(who: User) -> list[str]:
        return offered(h.RemoveSanctionForm(case=story.case, actor=Actor.staff(who.pk)), "number")

    director, presiding = story.office.director, story.office.presiding
    assert drafted(director) == []
    story.to("board_review")
    story.do(drafting.draft_sanction, story.office.director, code="REPRIMAND")
    # What the board thinks of imposing is not for who heard the case.
    assert (drafted(director), drafted(presiding)) == (["1"], [])
    assert offered(form(h.SatisfyTermForm, story), "number") == []
    story.to("compliance")
    assert drafted(director) == []
    assert offered(form(h.SatisfyTermForm, story), "number") == ["2"]
    assert form(h.SatisfyTermForm, story, {"number": "2", "proof": "x"}).is_valid()
