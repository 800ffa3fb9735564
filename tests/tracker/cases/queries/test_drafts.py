"""An open draft is found by its id; an expired, a filed and an unknown one are not."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from tracker.cases.models import FilingDraft
from tracker.cases.queries import drafts

AT = datetime(2026, 6, 3, 19, tzinfo=UTC)


@pytest.fixture
def draft(db):
    return FilingDraft.objects.create(
        code_hash="0" * 64, started_at=AT, saved_at=AT, expires_at=AT + timedelta(days=30)
    )


def test_an_open_draft_is_found(draft):
    assert drafts.open_draft(draft.pk, at=AT) == draft
    assert drafts.open_draft(uuid4(), at=AT) is None


def test_expired_and_filed_drafts_are_not_open(draft):
    assert drafts.open_draft(draft.pk, at=AT + timedelta(days=30)) is None
    FilingDraft.objects.update(filed_at=AT)
    assert drafts.open_draft(draft.pk, at=AT) is None
