"""Stories up to the end of the investigation."""

from datetime import datetime
from pathlib import Path

import pytest

from tracker.audit.models import LedgerEntry
from tracker.cases.models import Case, Triage
from tracker.notices.models import Notice
from tracker.web.seeding import people, runner
from tracker.web.seeding.stories import Story

pytestmark = pytest.mark.django_db(transaction=True)
TX = people.HOSTED[0]


def play(story: Story, offices: dict[str, people.Office], now: datetime, folder: Path) -> Case:
    """One story; its case."""
    runner.play(story, offices[story.board], now, folder)
    return Case.objects.get()


def test_a_received_complaint_has_its_evidence_and_letter(
    offices: dict[str, people.Office], now: datetime, tmp_path: Path
) -> None:
    story = Story(TX, "received", "records", "Ann Example", "Bea Example", 3, "letter+photo+email")
    case = play(story, offices, now, tmp_path)
    assert case.status == "received"
    assert [exhibit.is_renderable for exhibit in case.exhibits.order_by("number")] == [True, True, True]
    assert Notice.objects.get().kind == "acknowledgement"


def test_times_are_told_and_the_ledger_shows_both(
    offices: dict[str, people.Office], now: datetime, tmp_path: Path
) -> None:
    story = Story(TX, "intake_review", "records", "Ann Example", "Bea Example", 30)
    case = play(story, offices, now, tmp_path)
    entries = LedgerEntry.objects.filter(chain=case.pk)
    assert all(entry.at < now <= entry.recorded_at for entry in entries)
    assert all('"origin":"demo"' in entry.body for entry in entries)


def test_danger_makes_an_emergency(offices: dict[str, people.Office], now: datetime, tmp_path: Path) -> None:
    story = Story(TX, "intake_review", "sexual_misconduct", "Ann Example", "Bea Example", 3, danger=True)
    case = play(story, offices, now, tmp_path)
    assert case.priority == "emergency"
    assert Triage.objects.get().danger_found


def test_an_anonymous_complaint_has_nobody_to_write_to(
    offices: dict[str, people.Office], now: datetime, tmp_path: Path
) -> None:
    story = Story(TX, "closed:INSUFFICIENT_INFO", "other", "Ann Example", "", 5)
    case = play(story, offices, now, tmp_path)
    assert case.disposition == "INSUFFICIENT_INFO"
    assert not Notice.objects.exists()
