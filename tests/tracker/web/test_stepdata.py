"""JSON data for a step, turned into what its form reads."""

from pathlib import Path
from typing import Any

import pytest

from tests.factories.cases import Story
from tests.factories.staffed import make_staffed
from tracker.audit.actors import Actor
from tracker.errors import ActionRefused, NotPermitted
from tracker.web import stepdata


@pytest.fixture
def story(db: None) -> Story:
    """A complaint just filed."""
    return Story(make_staffed())


def values(story: Story, key: str, **data: Any) -> dict[str, Any]:
    """What the step's action would get."""
    actor = Actor.staff(story.office.intake.pk)
    return stepdata.bound_form(stepdata.find_step(key), story.case, data, actor).values()


def reasons(story: Story, key: str, **data: Any) -> list[str]:
    """Why the data is refused."""
    with pytest.raises(ActionRefused) as refusal:
        values(story, key, **data)
    return refusal.value.reasons


def test_an_unknown_step_is_told_with_all_known_ones() -> None:
    with pytest.raises(ActionRefused) as refusal:
        stepdata.find_step("T5")
    assert refusal.value.reasons[0].startswith("There is no step T5. The steps are: begin_review, ")


def test_a_step_that_is_not_open_says_so_before_its_data_is_read(story: Story) -> None:
    step = stepdata.find_step("satisfy_term")
    with pytest.raises(NotPermitted):
        stepdata.must_be_open(step, story.case, Actor.staff(story.office.intake.pk), at=story.at)
    story.to("order_issued").assign(story.office.monitor, "monitor")
    actor = Actor.staff(story.office.monitor.pk)
    with pytest.raises(ActionRefused) as refusal:
        stepdata.must_be_open(step, story.case, actor, at=story.at)
    assert refusal.value.reasons == ["The case is at: Order issued. This starts from: Compliance."]
    story.to("compliance")
    stepdata.must_be_open(step, story.case, actor, at=story.at)


def test_yes_and_no_are_understood_in_each_field(story: Story) -> None:
    assert values(story, "begin_review", danger_found=True, reasons="x")["danger_found"] is True
    assert values(story, "begin_review", danger_found=False, priority="high", reasons="x")["danger_found"] is False
    assert values(story, "declare_conflict", has_conflict=True, reason="x")["has_conflict"] is True
    assert values(story, "declare_conflict", has_conflict=False)["has_conflict"] is False
    assert values(story, "declare_conflict", has_conflict="no")["has_conflict"] is False


def test_lists_and_mappings_are_read(story: Story) -> None:
    assert values(story, "request_information", missing=["Dates.", " ", "Contract."]) == {
        "missing": ["Dates.", "Contract."]
    }
    story.to("report_submitted")
    row = {"citation": "x", "text": "x"}
    assert values(story, "draft_count", allegations=["A1", "A2"], **row)["allegations"] == ["A1", "A2"]
    assert values(story, "draft_count", allegations="A1", **row)["allegations"] == ["A1"]
    story.to("probable_cause_review").seat_panel()
    ballots = {member.email: "yes" for member in story.office.panel}
    row = {"kind": "probable_cause", "held_on": "2026-03-02"}
    assert values(story, "record_vote", ballots=ballots, **row)["ballots"] == ballots
    listed = [{"email": email, "choice": choice} for email, choice in ballots.items()]
    assert values(story, "record_vote", ballots=listed, **row)["ballots"] == ballots


def test_answers_are_per_count(story: Story) -> None:
    story.to("answer_due")
    row = {"received_on": "2026-03-02", "text": "x"}
    for answers in ({"1": "not_contested"}, ["1: not contested"]):
        assert values(story, "record_answer", answers=answers, **row)["answers"] == {"1": "not_contested"}


def test_money_dates_and_times(story: Story) -> None:
    row = {"code": "CITATION_FINE", "amount": "1234.05", "due_on": "2026-06-01"}
    found = values(story, "draft_sanction", **row)
    assert (found["amount_cents"], found["due_on"].isoformat()) == (123_405, "2026-06-01")
    assert values(story, "draft_sanction", **{**row, "amount": 500})["amount_cents"] == 50_000
    row = {"held_on": "2026-07-01", "time": "09:00", "place": "Room 1", "prehearing_order": "x"}
    assert values(story, "schedule_hearing", **row)["starts_at"].isoformat() == "2026-07-01T09:00:00-05:00"


def test_closures_are_one_value(story: Story) -> None:
    row = {"disposition": "REFERRED", "reason": "x", "referred_to": "The sheriff", "avenues": ["A", "B"]}
    closure = values(story, "close_at_intake", **row)["closure"]
    assert (closure.disposition, closure.referred_to, closure.avenues) == ("REFERRED", "The sheriff", ("A", "B"))


def test_unknown_keys_are_named_with_the_known_ones(story: Story) -> None:
    assert reasons(story, "begin_review", colour="red") == [
        "colour is not asked for. The keys are: danger_found, priority, reasons."
    ]


def test_each_wrong_field_is_one_sentence(story: Story) -> None:
    found = reasons(story, "begin_review", priority="purple")
    assert len(found) in (2, 3)
    assert found[0].startswith("priority: ")
    assert found[-1].startswith("reasons: ")
    assert reasons(story, "record_service", method="owl", served_on="soon", proof="x")[0].startswith("method: ")


def test_too_long_and_impossible_text_is_told(story: Story) -> None:
    assert reasons(story, "add_note", text="x" * 20_001)[0].startswith("text: ")
    assert reasons(story, "add_note", text="a\x00b")[0].startswith("text: ")


def test_null_and_nothing_are_the_same(story: Story) -> None:
    assert values(story, "resume_review", note=None) == values(story, "resume_review") == {"note": ""}


def test_data_is_one_json_object_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "data.json"
    assert stepdata.load(None) == {}
    path.write_text('{"note": "Ñandú"}', encoding="utf-8")
    assert stepdata.load(path) == {"note": "Ñandú"}
    bad = {
        "[]": "The data must be one JSON object.",
        "{": "The file data.json is not readable JSON in UTF-8.",
        "[" * 200_000: "The file data.json is not readable JSON in UTF-8.",
        '{"note": "\\ud800"}': "The data holds signs that are no text: a null character or half a character.",
    }
    for content, sentence in bad.items():
        path.write_text(content, encoding="utf-8")
        with pytest.raises(ActionRefused) as refusal:
            stepdata.load(path)
        assert refusal.value.reasons == [sentence]
    with pytest.raises(ActionRefused):
        stepdata.load(tmp_path / "gone.json")
