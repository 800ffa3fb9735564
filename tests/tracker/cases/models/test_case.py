"""What can never be false of a case: the database refuses the row, whoever writes it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.factories.cases import START, Story
from tracker.cases.models import Case, CaseComplaint, Disposition, Triage
from tracker.cases.states import DISPOSITIONS, STATUSES_OF, Stage, Status


def refuses(story: Story, **fields: Any) -> None:
    """The database refuses these columns."""
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=story.case_id).update(**fields)


@pytest.fixture
def charged(story: Story) -> Story:
    """A case that may stand anywhere, since charges were issued."""
    Case.objects.filter(pk=story.case_id).update(charged_at=START)
    return story


def test_stage_and_status_are_tied(charged: Story) -> None:
    for stage in Stage:
        for status in Status:
            ending = {"disposition": "NO_VIOLATION", "closed_at": START} if status == Status.CLOSED else {}
            if status in STATUSES_OF[stage]:
                with transaction.atomic():
                    Case.objects.filter(pk=charged.case_id).update(stage=stage, status=status, **ending)
                    transaction.set_rollback(True)
            else:
                refuses(charged, stage=stage, status=status, **ending)


def test_unknown_words_are_refused(charged: Story) -> None:
    refuses(charged, status="lost")
    refuses(charged, stage="limbo")
    refuses(charged, priority="purple")
    closed = {"stage": "disposition", "status": "closed", "closed_at": START}
    refuses(charged, **closed, disposition="GUILTY")


def test_a_disposition_stands_exactly_when_a_case_is_closed(charged: Story) -> None:
    closed = {"stage": "disposition", "status": "closed"}
    refuses(charged, **closed, disposition="NO_VIOLATION", closed_at=None)
    refuses(charged, **closed, disposition=None, closed_at=START)
    refuses(charged, disposition="NO_VIOLATION", closed_at=START)
    refuses(charged, disposition="NO_VIOLATION")
    refuses(charged, closed_at=START)
    refuses(charged, stage="disposition", status="order_issued", disposition="PROBATION", closed_at=START)


@pytest.mark.parametrize("code", [code for code, row in DISPOSITIONS.items() if row.discipline])
def test_no_discipline_without_charges(story: Story, code: str) -> None:
    refuses(story, stage="disposition", status="closed", disposition=code, closed_at=START)


@pytest.mark.parametrize("status", STATUSES_OF[Stage.HEARING])
def test_no_hearing_without_charges(story: Story, status: str) -> None:
    refuses(story, stage="hearing", status=status)


def test_a_case_does_not_move_before_it_came(story: Story) -> None:
    refuses(story, moved_at=START - timedelta(seconds=1))


def test_a_docket_is_given_once(story: Story) -> None:
    other = Story(story.office)
    refuses(other, docket=story.docket)


def test_a_complaint_belongs_to_a_case_once(story: Story) -> None:
    row = CaseComplaint.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseComplaint.objects.create(board=row.board, case=row.case, complaint=row.complaint)


def triage(story: Story, **fields: Any) -> Triage:
    """A triage row."""
    row = {"danger_found": False, "priority": "high", "reasons": "x", "set_by": story.office.intake, "set_at": START}
    return Triage.objects.create(board=story.office.board, case=story.case, **{**row, **fields})


def test_nobody_verifies_a_priority_of_their_own(story: Story) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        triage(story, verified_by=story.office.intake, verified_at=START)
    assert triage(story, verified_by=story.office.second, verified_at=START).pk


def test_danger_is_an_emergency(story: Story) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        triage(story, danger_found=True)
    assert triage(story, danger_found=True, priority="emergency").pk


def dispose(story: Story, code: str = "NO_VIOLATION", **fields: Any) -> Disposition:
    """A disposition row."""
    return Disposition.objects.create(board=story.office.board, case=story.case, code=code, starts_at=START, **fields)


def test_one_disposition_is_current(story: Story) -> None:
    dispose(story, ends_at=START)
    dispose(story)
    with pytest.raises(IntegrityError), transaction.atomic():
        dispose(story)


def test_a_duplicate_names_the_other_docket(story: Story) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        dispose(story, "DUPLICATE")
    assert dispose(story, "DUPLICATE", other_docket="BHEC-2026-00002").pk


def test_age_counts_from_receipt_to_closing(story: Story) -> None:
    case = story.case
    assert case.age_days((START + timedelta(days=40)).date()) == 40
    case.closed_at = START + timedelta(days=7)
    assert case.age_days((START + timedelta(days=40)).date()) == 7


def test_a_case_names_itself_and_its_state(story: Story) -> None:
    assert str(story.case) == story.docket
    assert not story.case.is_closed
    story.to("intake_review").close_at_intake()
    assert story.case.is_closed
    assert not story.case.is_emergency
