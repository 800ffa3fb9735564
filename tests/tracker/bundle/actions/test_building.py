"""The job: one claim at a time, a lost worker's export is taken over, nothing half-sealed."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult

from tests.tracker.bundle.conftest import AT, WORKER
from tests.tracker.bundle.exporting import facts, request
from tracker.bundle import actions
from tracker.bundle.actions import building
from tracker.bundle.actions.building import Cancelled, Kept
from tracker.bundle.models import BundleExport, BundleFile
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


def finish(export, volumes, **options):
    return actions.finish(export, actor=WORKER, at=AT, volumes=volumes, **options)


def volume(export, tmp_path, number=1, **values):
    path = tmp_path / f"sealed-{number}.pdf"
    path.write_bytes(b"%%PDF-1.7 made up %d" % number)
    stored = storage.store(path, key_prefix=storage.case_prefix(export.board_id, export.case_id))
    told = {
        "volume": number,
        "path": Path(path),
        "name": path.name,
        "core_bytes": stored.size,
        "pages": 9,
        "manifest_sha256": export.manifest_sha256,
        "seal_sha256": f"{number:02d}" * 32,
        "file_sha256": stored.digest,
    }
    return Kept(Sealed(**{**told, **values}), stored)


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
        actions.beat(lost, at=AT + STALE, stage="assemble")
    with pytest.raises(ActionRefused, match="Another worker"):
        finish(lost, [volume(export, tmp_path)])
    actions.fail(lost, actor=WORKER, at=AT + STALE, reason="too late")
    actions.stop(lost, actor=WORKER, at=AT + STALE)
    assert BundleExport.objects.get(pk=export.pk).status == "building"
    assert not BundleFile.objects.exists()
    for event in ("bundle.sealed", "bundle.volume_sealed", "bundle.failed", "bundle.cancelled"):
        assert facts(event) == []


def test_a_sign_of_life_keeps_the_claim_and_says_how_far_it_is(export):
    claimed = claim(export)
    actions.beat(claimed, at=AT + STALE, stage="assemble", detail="E-7 " + "x" * 200, done=6, steps=40)

    assert claim(export, STALE + timedelta(seconds=5)) is None
    row = BundleExport.objects.get(pk=export.pk)
    assert (row.stage, row.detail[:4], row.done, row.steps) == ("assemble", "E-7 ", 6, 40)


def test_the_next_worker_begins_at_the_beginning(export):
    actions.beat(claim(export), at=AT, stage="assemble", detail="E-7", done=6, steps=40)
    claim(export, STALE)

    row = BundleExport.objects.get(pk=export.pk)
    assert (row.stage, row.detail, row.done, row.steps) == ("", "", 0, 0)


def test_an_export_that_takes_every_worker_with_it_fails_with_the_reason(export):
    for attempt in range(building.MOST_ATTEMPTS):
        assert claim(export, attempt * STALE).attempt == attempt + 1
    assert claim(export, building.MOST_ATTEMPTS * STALE) is None

    export.refresh_from_db()
    assert export.status == "failed"
    assert "Every worker" in export.reason
    assert facts("bundle.failed")[0]["attempt"] == building.MOST_ATTEMPTS


def test_finishing_records_every_volume_with_its_digests(export, tmp_path):
    claimed = claim(export)
    made = [volume(export, tmp_path, 1), volume(export, tmp_path, 2, certificate_sha256="cd" * 32)]
    done = finish(claimed, made)

    assert (done.status, done.page_count, done.stored_file.digest) == ("sealed", 18, made[0].stored.digest)
    assert done.stored_file.scan_state == "not_scanned"
    files = list(done.files.all())
    assert [(file.volume, file.seal_sha256, file.certificate_sha256) for file in files] == [
        (1, "01" * 32, ""),
        (2, "02" * 32, "cd" * 32),
    ]
    first, second = facts("bundle.volume_sealed")
    assert (first["volume"], first["seal_sha256"], first["certificate_sha256"]) == (1, "01" * 32, "")
    assert (second["sealed_sha256"], second["sealed_bytes"]) == (made[1].stored.digest, made[1].stored.size)
    assert (second["core_bytes"], second["edition"]) == (made[1].sealed.core_bytes, "board")
    assert first["manifest_sha256"] == export.manifest_sha256
    whole = facts("bundle.sealed")[0]
    assert (whole["volumes"], whole["pages"], whole["sha256"]) == (2, 18, made[0].stored.digest)
    with pytest.raises(ActionRefused):
        finish(claimed, made)


def test_a_zip_is_what_is_handed_out(export, tmp_path):
    path = tmp_path / "bag.zip"
    path.write_bytes(b"PK made up")
    bag = storage.store(path, key_prefix=storage.case_prefix(export.board_id, export.case_id))
    done = finish(claim(export), [volume(export, tmp_path)], package=bag)

    assert (done.stored_file.digest, done.stored_file.kind) == (bag.digest, "zip")
    assert done.files.get().stored_file.kind == "pdf"
    assert facts("bundle.sealed")[0]["sha256"] == bag.digest


def test_a_file_with_another_manifest_is_refused(export, tmp_path):
    claimed = claim(export)
    with pytest.raises(ActionRefused, match="another manifest"):
        finish(claimed, [volume(export, tmp_path), volume(export, tmp_path, 2, manifest_sha256="cd" * 32)])

    assert facts("bundle.sealed") == facts("bundle.volume_sealed") == []
    assert not BundleFile.objects.exists()


def test_what_was_told_to_stop_stops_at_its_next_sign_of_life_and_never_finishes(export, counsel, tmp_path):
    claimed = claim(export)
    actions.cancel_bundle(export.pk, actor=counsel, at=AT)
    with pytest.raises(Cancelled):
        actions.beat(claimed, at=AT, stage="assemble")
    with pytest.raises(Cancelled):
        finish(claimed, [volume(export, tmp_path)])
    assert not BundleFile.objects.exists()

    ended = actions.stop(claimed, actor=WORKER, at=AT)
    assert (ended.status, ended.ended_at, ended.cancel_asked_by) == ("cancelled", AT, counsel.code)
    assert len(facts("bundle.cancelled")) == 1
    actions.stop(claimed, actor=WORKER, at=AT)
    assert len(facts("bundle.cancelled")) == 1


def test_what_was_told_to_stop_while_its_worker_was_lost_is_not_built_again(export, counsel):
    claim(export)
    actions.cancel_bundle(export.pk, actor=counsel, at=AT)
    assert claim(export, STALE) is None

    export.refresh_from_db()
    assert (export.status, export.attempt) == ("cancelled", 1)
    assert len(facts("bundle.build_begun")) == len(facts("bundle.cancelled")) == 1


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
    for values in ({"status": "sealed"}, {"status": "failed"}, {"status": "building"}, {"status": "cancelled"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            BundleExport.objects.filter(pk=export.pk).update(**values)
