"""Attachments as exhibits: numbered under their e-mail, bounded, in custody from their first moment."""

import pytest

from tests.tracker.evidence.conftest import AT, WORKER
from tracker.evidence.actions import attaching
from tracker.evidence.models import CustodyEvent, Exhibit
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


def test_past_the_bound_nothing_more_is_taken(exhibit, arrived, monkeypatch):
    monkeypatch.setattr(attaching, "MAX_ATTACHMENTS", 1)

    assert attaching.receive_attachment(exhibit, arrived, actor=WORKER, at=AT) is not None
    assert attaching.receive_attachment(exhibit, arrived, actor=WORKER, at=AT) is None
    assert Exhibit.objects.filter(parent=exhibit).count() == 1
