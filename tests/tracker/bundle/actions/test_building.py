"""The job: one claim at a time, a lost worker's export is taken over, nothing half-sealed."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult

from tests.tracker.bundle.actions.test_requesting import facts, request
from tests.tracker.bundle.conftest import AT, WORKER
from tracker.bundle import actions
from tracker.bundle.actions import building
from tracker.bundle.models import BundleExport
from tracker.bundle.seal import Sealed
from tracker.errors import ActionRefused
from tracker.files import storage

STALE = timedelta(seconds=120)


@pytest.fixture
def export(case, counsel, receive):
    receive(1)
    return request(case, counsel)


def claim(export, after=timedelta(0)):
    return actions.claim(export.pk, actor=WORKER, at=AT + after, stale_after=STALE)


def sealed_file(export, tmp_path, manifest=None):
    path = tmp_path / "sealed.pdf"
    path.write_bytes(b"%PDF-1.7 made up")
    stored = storage.store(path, key_prefix=storage.case_prefix(export.board_id, export.case_id))
    return Sealed(Path(path), stored.size, manifest or export.manifest_sha256, "ab" * 32, stored.digest), stored


def test_an_export_is_claimed_once(export):
    claimed = claim(export)

    assert (claimed.status, claimed.attempt, claimed.heartbeat_at) == ("building", 1, AT)
    assert claim(export) is None
    assert facts("bundle.build_begun")[0]["attempt"] == 1


def test_a_silent_worker_is_replaced_and_cannot_finish_any_more(export, tmp_path):
    lost = claim(export)
    assert claim(export, STALE - timedelta(seconds=1)) is None
    successor = claim(export, STALE)

    assert successor.attempt == 2
    with pytest.raises(ActionRefused, match="Another worker"):
        actions.beat(lost, at=AT + STALE, stage="merge")
    sealed, stored = sealed_file(export, tmp_path)
    with pytest.raises(ActionRefused, match="Another worker"):
        actions.finish(lost, actor=WORKER, at=AT + STALE, sealed=sealed, stored=stored, page_count=9)
    actions.fail(lost, actor=WORKER, at=AT + STALE, reason="too late")
    assert BundleExport.objects.get(pk=export.pk).status == "building"
    assert facts("bundle.sealed") == facts("bundle.failed") == []


def test_a_sign_of_life_keeps_the_claim(export):
    claimed = claim(export)
    actions.beat(claimed, at=AT + STALE, stage="merge")

    assert claim(export, STALE + timedelta(seconds=5)) is None
    assert BundleExport.objects.get(pk=export.pk).stage == "merge"


def test_an_export_that_takes_every_worker_with_it_fails_with_the_reason(export):
    for attempt in range(building.MOST_ATTEMPTS):
        assert claim(export, attempt * STALE).attempt == attempt + 1
    assert claim(export, building.MOST_ATTEMPTS * STALE) is None

    export.refresh_from_db()
    assert export.status == "failed"
    assert "Every worker" in export.reason
    assert facts("bundle.failed")[0]["attempt"] == building.MOST_ATTEMPTS


def test_finishing_records_the_file_and_three_digests(export, tmp_path):
    claimed = claim(export)
    sealed, stored = sealed_file(export, tmp_path)
    done = actions.finish(claimed, actor=WORKER, at=AT, sealed=sealed, stored=stored, page_count=9)

    assert (done.status, done.page_count, done.stored_file.digest) == ("sealed", 9, stored.digest)
    assert done.stored_file.scan_state == "not_scanned"
    entry = facts("bundle.sealed")[0]
    assert entry["seal_sha256"] == "ab" * 32
    assert entry["sha256"] == stored.digest
    assert entry["manifest_sha256"] == export.manifest_sha256
    with pytest.raises(ActionRefused):
        actions.finish(claimed, actor=WORKER, at=AT, sealed=sealed, stored=stored, page_count=9)


def test_a_file_with_another_manifest_is_refused(export, tmp_path):
    claimed = claim(export)
    sealed, stored = sealed_file(export, tmp_path, manifest="cd" * 32)

    with pytest.raises(ActionRefused, match="another manifest"):
        actions.finish(claimed, actor=WORKER, at=AT, sealed=sealed, stored=stored, page_count=9)
    assert facts("bundle.sealed") == []


def test_failing_keeps_the_reason_out_of_the_hashed_part(export):
    failed = actions.fail(claim(export), actor=WORKER, at=AT, reason="Exhibit E-1: gone")

    assert (failed.status, failed.reason, failed.ended_at) == ("failed", "Exhibit E-1: gone", AT)
    assert "reason" not in facts("bundle.failed")[0]
    assert claim(export, 10 * STALE) is None


def test_abandoned_exports_are_queued_again(export):
    before = DBTaskResult.objects.count()
    assert actions.resume_stale(at=AT + timedelta(seconds=5), stale_after=STALE) == 0
    claim(export)
    assert actions.resume_stale(at=AT + STALE, stale_after=STALE) == 1
    assert DBTaskResult.objects.count() == before + 1
    actions.fail(BundleExport.objects.get(pk=export.pk), actor=WORKER, at=AT, reason="x")
    assert actions.resume_stale(at=AT + 9 * STALE, stale_after=STALE) == 0


def test_an_export_is_named_in_every_entry(export):
    assert building.named(export)["bundle"] == str(export.pk)


def test_the_database_refuses_half_sealed_rows(export):
    for values in ({"status": "sealed"}, {"status": "failed"}, {"status": "building"}, {"seal_sha256": "ab" * 32}):
        with pytest.raises(IntegrityError), transaction.atomic():
            BundleExport.objects.filter(pk=export.pk).update(**values)
