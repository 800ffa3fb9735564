"""The files waiting with a draft, in the order they came; removed and taken ones are not among them."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from tracker.files import queries
from tracker.files.models import StagedUpload

AT = datetime(2026, 6, 3, 19, tzinfo=UTC)


def staged(draft_id, name, minutes=0, state=StagedUpload.State.STAGED):
    return StagedUpload.objects.create(
        draft_id=draft_id,
        original_name=name,
        key=f"drafts/{name}",
        digest="0" * 64,
        size=1,
        kind="text",
        received_at=AT + timedelta(minutes=minutes),
        state=state,
    )


@pytest.mark.django_db
def test_only_waiting_files_of_the_draft_in_order():
    draft_id = uuid4()
    staged(draft_id, "second", 2)
    staged(draft_id, "first", 1)
    staged(draft_id, "removed", state=StagedUpload.State.REMOVED)
    staged(draft_id, "taken", state=StagedUpload.State.TAKEN)
    staged(uuid4(), "other")
    assert [row.original_name for row in queries.staged_of(draft_id)] == ["first", "second"]
