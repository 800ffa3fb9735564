import io
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from tracker.files import kinds, storage
from tracker.files.models import ScanState, StoredFile

AT = datetime(2026, 6, 3, 15, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored_file():
    board_id, case_id = uuid4(), uuid4()
    stored = storage.store(io.BytesIO(b"x"), key_prefix=storage.case_prefix(board_id, case_id))
    return StoredFile.objects.record(stored, board_id=board_id, case_id=case_id, kind=kinds.KINDS["text"], at=AT)


def test_a_file_waits_for_its_scan(stored_file):
    assert (stored_file.scan_state, stored_file.scanned_at, stored_file.kind) == (
        ScanState.PENDING,
        None,
        "text",
    )


@pytest.mark.parametrize("values", [{"scan_state": "clean"}, {"scanned_at": AT}])
def test_a_result_and_its_time_come_together(stored_file, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        StoredFile.objects.filter(pk=stored_file.pk).update(**values)


def test_one_row_for_the_same_bytes_of_a_case(stored_file):
    twin = {field: getattr(stored_file, field) for field in ("board_id", "case_id", "digest", "size", "kind")}
    with pytest.raises(IntegrityError), transaction.atomic():
        StoredFile.objects.create(**twin, key="elsewhere", media_type="text/plain", received_at=AT)
