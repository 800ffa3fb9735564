"""A case in plain values, judged by the case and not by a role."""

import json
from datetime import timedelta

import pytest

from tests.factories.cases import Story
from tests.factories.staffed import make_staffed
from tracker.cases import workflow
from tracker.web import casestatus

KEYS = [
    "docket", "board", "stage", "status", "priority", "disposition", "open_steps", "closed_steps", "deadlines",
    "exhibits",
]  # fmt: skip


@pytest.fixture
def story(db: None) -> Story:
    """A complaint just filed."""
    return Story(make_staffed())


def test_a_fresh_case(story: Story) -> None:
    status = casestatus.describe(story.case, at=story.at)
    assert list(status) == KEYS
    assert [status[key] for key in KEYS[:6]] == [story.docket, "tx-bhec", "filed", "received", None, None]
    assert json.loads(json.dumps(status)) == status
    steps = {step["step"]: step["label"] for step in status["open_steps"]}
    assert steps["begin_review"] == "Begin review"
    closed = {step["step"]: step["reasons"] for step in status["closed_steps"]}
    assert closed["verify_priority"] == ["No priority is set."]
    assert closed["issue_order"] == ["The case is at: Received. This starts from: Board review."]
    assert not set(steps) & set(closed)


def test_every_step_is_open_or_closed_with_reasons(story: Story) -> None:
    offered = sorted(key for key, row in workflow.STEPS.items() if row.sources)
    for step in ("intake_review", "probable_cause_review", "board_review", "closed"):
        status = casestatus.describe(story.to(step).case, at=story.at)
        assert all(row["reasons"] for row in status["closed_steps"])
        assert sorted(row["step"] for row in status["open_steps"] + status["closed_steps"]) == offered


def test_deadlines_tell_their_state_on_the_day(story: Story) -> None:
    late = casestatus.describe(story.case, at=story.at + timedelta(days=40))["deadlines"]
    states = {row["kind"]: (row["due_on"], row["state"]) for row in late}
    assert states["danger_screen"] == ("2026-03-04", "late")
    assert states["acknowledgement"][1] == "met"
    assert states["investigation_target"] == ("2026-08-31", "running")
    assert all(row["explanation"].endswith(".") for row in late)


def test_a_decided_case(story: Story) -> None:
    status = casestatus.describe(story.to("closed").case, at=story.at)
    assert (status["stage"], status["status"], status["disposition"]) == ("disposition", "closed", "PROBATION")
    # Overlays and links are possible at any stage, all else has ended but the way back.
    assert [step["step"] for step in status["open_steps"]] == ["reopen", "place_hold", "seal_case", "link_dockets"]
    assert not [row for row in status["deadlines"] if row["state"] in ("running", "late")]


def test_the_same_for_people(story: Story) -> None:
    lines = casestatus.as_text(casestatus.describe(story.case, at=story.at))
    assert lines[:2] == [f"{story.docket}  tx-bhec", "stage filed, status received, priority -, disposition -"]
    assert "open    begin_review: Begin review" in lines
    assert "closed  verify_priority: No priority is set." in lines
    assert any(line.startswith("running 2026-03-04  danger_screen: 2 business days from receipt") for line in lines)
