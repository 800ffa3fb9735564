"""Attachments as exhibits: numbered under their e-mail, bounded, in custody from their first moment."""

from functools import partial

import pytest
from django.db import transaction

from tests.tracker.evidence.conftest import AT, WORKER
from tracker.evidence.actions import attaching, framing
from tracker.evidence.models import CustodyEvent
from tracker.files import storage
from tracker.files.rendering.rendered import Attachment

pytestmark = pytest.mark.django_db


@pytest.fixture
def arrived(exhibit, tmp_path):
    (tmp_path / "x").write_bytes(b"words")
    prefix = storage.case_prefix(exhibit.board_id, exhibit.case_id)
    (one,) = attaching.store([Attachment("../no te.txt", tmp_path / "x", "")], prefix)
    return one


def test_an_attachment_is_the_next_part(exhibit, arrived):
    first = attaching.receive_attachment(exhibit, arrived, actor=WORKER, at=AT)
    second = attaching.receive_attachment(first, arrived, actor=WORKER, at=AT)

    assert (first.key, second.key) == ("E-1.1", "E-1.2")
    assert second.parent == exhibit
    assert second.source == "Attachment of E-1.1"
    assert "/" not in first.original_name
    assert [event.act for event in CustodyEvent.objects.of_exhibits([first.pk])] == ["received"]


def test_an_email_within_another_has_the_room_of_the_outer_one(exhibit, arrived):
    assert attaching.room(exhibit) == attaching.MAX_ATTACHMENTS == 200
    first = attaching.receive_attachment(exhibit, arrived, actor=WORKER, at=AT)
    assert attaching.room(exhibit) == attaching.room(first) == 199


def test_what_stays_behind_is_counted_in_words(exhibit):
    assert attaching.left_note(exhibit, 1).startswith("One attachment is in the original only: exhibit E-1 ")
    assert attaching.left_note(exhibit, 12).startswith("12 attachments are in the original only")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_emails_taken_apart_at_once_share_the_room_of_the_outer_one(exhibit, arrived, together, monkeypatch):
    monkeypatch.setattr(attaching, "MAX_ATTACHMENTS", 7)
    inner = [_received(exhibit, arrived) for _number in range(4)]

    def take_apart(exhibit_id):
        with transaction.atomic():
            email = framing.locked(exhibit_id)
            taken = min(2, attaching.room(email))
            for _number in range(taken):
                attaching.receive_attachment(email, arrived, actor=WORKER, at=AT)
            return taken

    results = together(*(partial(take_apart, one.pk) for one in inner))
    assert sorted(results) == [0, 0, 1, 2]
    assert list(exhibit.attachments.values_list("part", flat=True).order_by("part")) == list(range(1, 8))


@transaction.atomic
def _received(email, arrived):
    return attaching.receive_attachment(email, arrived, actor=WORKER, at=AT)
