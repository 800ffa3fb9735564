"""Deadlines: what can never be false, and how a reader sees them on a day."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.factories.cases import Story
from tracker.cases.models import Deadline

DAY = date(2026, 3, 2)


def make(story: Story, **fields: object) -> Deadline:
    """A running deadline."""
    row = {"kind": "answer", "starts_on": DAY, "due_on": DAY, "explanation": "x", "details": "{}"}
    return Deadline.objects.create(board=story.office.board, case=story.case, **{**row, **fields})


def test_two_of_a_kind_never_run_together(story: Story) -> None:
    make(story)
    with pytest.raises(IntegrityError), transaction.atomic():
        make(story)
    assert make(story, state="met", ended_on=DAY).pk
    assert make(story, kind="appeal").pk


@pytest.mark.parametrize("fields", [{"due_on": DAY - timedelta(days=1)}, {"state": "late"}, {"state": "lost"}])
def test_what_cannot_be_is_refused(story: Story, fields: dict) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make(story, **fields)


def test_late_is_told_from_the_date(story: Story) -> None:
    row = make(story)
    assert row.state_on(DAY) == "running"
    assert row.state_on(DAY + timedelta(days=1)) == "late"
    assert str(row) == "answer 2026-03-02"


def test_a_window_that_passed_is_over_and_nobodys_fault(story: Story) -> None:
    row = make(story, kind="appeal")
    assert (row.state_on(DAY), row.state_on(DAY + timedelta(days=1))) == ("running", "met")


@pytest.mark.parametrize("state", ["met", "waived", "superseded", "tolled"])
def test_what_ended_stays_as_it_ended(story: Story, state: str) -> None:
    assert make(story, state=state, ended_on=DAY).state_on(DAY + timedelta(days=9)) == state
