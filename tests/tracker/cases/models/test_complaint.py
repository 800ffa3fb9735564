"""What was submitted is never changed."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from tests.factories.cases import START, Story
from tracker.cases.models import Ballot, Complaint, Vote


def test_the_database_refuses_to_change_or_remove_a_complaint(story: Story) -> None:
    for act in (lambda rows: rows.update(verbatim="{}"), lambda rows: rows._raw_delete("default")):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            act(Complaint.objects.all())


@pytest.mark.parametrize(
    "fields", [{"source": "rumor"}, {"channel": "owl"}, {"received_at": START + timedelta(days=1)}]
)
def test_what_cannot_be_is_refused(story: Story, fields: dict) -> None:
    row = Complaint.objects.values().get()
    row.update(id=story.case_id, draft_id=story.case_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        Complaint.objects.create(**{**row, **fields})
    assert Complaint.objects.create(**row).pk


def test_a_draft_becomes_one_complaint(story: Story) -> None:
    row = Complaint.objects.values().get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Complaint.objects.create(**{**row, "id": story.case_id})


def test_a_ballot_is_cast_once_and_never_changed(story: Story) -> None:
    story.to("probable_cause_review").seat_panel()
    story.vote("probable_cause")
    for act in (lambda rows: rows.update(choice="no"), lambda rows: rows._raw_delete("default")):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            act(Ballot.objects.all())
    row = Ballot.objects.values()[0]
    for fields in ({}, {"choice": "maybe", "voter_id": story.office.director.pk}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Ballot.objects.create(**{**row, "id": story.case_id, **fields})
    with pytest.raises(IntegrityError), transaction.atomic():
        Vote.objects.update(kind="lunch")
