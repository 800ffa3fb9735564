"""Running the stages for an export: sealed and checked, or failed with a reason that names the exhibit."""

import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings

from tests.tracker.bundle.actions.test_requesting import facts, request
from tests.tracker.bundle.conftest import AT, WORKER
from tracker.bundle import actions, queries
from tracker.bundle.actions import build
from tracker.bundle.models import BundleExport
from tracker.bundle.verify import Outcome, verify
from tracker.files import storage

ROOT = Path(__file__).resolve().parents[4]


def run(export, after=timedelta(0)):
    return build.run(export.pk, actor=WORKER, clock=lambda: AT + after)


def leftovers():
    return list(Path(django_settings.FILE_UPLOAD_TEMP_DIR).glob("bundle-*"))


@pytest.fixture
def export(case, counsel, receive):
    receive(3, title="Complaint")
    receive(content=b"plain words", name="note.txt")
    secret = receive(2, title="SECRETTITLE", name="SECRETNAME.pdf")
    return request(case, counsel, withheld={secret.pk: "W-1"})


def test_a_bundle_is_built_sealed_and_found_in_the_ledger(export, tmp_path):
    done = run(export)

    assert (done.status, done.reason) == ("sealed", "")
    path = storage.copy_verified(done.stored_file, tmp_path / "bundle.pdf")
    result = verify(path, queries.recorded_seal)
    assert result.outcome is Outcome.INTACT
    assert result.ledger is not None
    assert done.page_count == 14
    assert facts("bundle.sealed")[0]["bytes"] == path.stat().st_size
    assert leftovers() == []


def test_what_was_frozen_is_built_not_what_is_there_now(export, receive, counsel, case, tmp_path):
    receive(5, title="Later exhibit")
    done = run(export)

    assert done.exhibit_count == 3
    assert done.manifest_sha256 == export.manifest_sha256


def test_a_second_run_finds_nothing_to_do(export):
    run(export)

    assert run(export) is None
    assert len(facts("bundle.build_begun")) == 1


def test_the_same_freeze_gives_the_same_bytes(export):
    first = run(export).stored_file.digest
    BundleExport.objects.filter(pk=export.pk).update(
        status="requested", stored_file=None, seal_sha256="", page_count=None, ended_at=None
    )

    assert run(export).stored_file.digest == first


@pytest.mark.parametrize("which", ["original", "rendition"])
def test_changed_bytes_fail_the_build_and_name_the_exhibit(export, case, which):
    exhibit = case.exhibits.get(number=1)
    stored = exhibit.stored_file if which == "original" else exhibit.rendition.stored_file
    Path(storage.vault().path(stored.key)).write_bytes(b"other bytes")
    done = run(export)

    assert done.status == "failed"
    assert "Exhibit E-1" in done.reason
    assert done.stored_file is None
    assert facts("bundle.sealed") == []
    assert leftovers() == []


def test_other_typefaces_fail_the_build(export, settings, tmp_path):
    settings.FONTS_DIR = tmp_path
    done = run(export)

    assert done.status == "failed"
    assert "npm ci" in done.reason


def test_an_error_of_our_own_is_recorded_and_shown(export, monkeypatch):
    def broken(*_args, **_options):
        raise AssertionError

    monkeypatch.setattr(build.stages, "build", broken)
    with pytest.raises(AssertionError):
        run(export)

    export.refresh_from_db()
    assert (export.status, "AssertionError" in export.reason) == ("failed", True)


def test_a_worker_that_lost_its_claim_changes_nothing(export, monkeypatch):
    real = build.stages.build

    def slow(*args, **options):
        actions.claim(export.pk, actor=WORKER, at=AT + timedelta(hours=1), stale_after=timedelta(seconds=1))
        return real(*args, **options)

    monkeypatch.setattr(build.stages, "build", slow)
    done = run(export)

    assert (done.status, done.attempt) == ("building", 2)
    assert facts("bundle.sealed") == []


KILLED = """
import os, signal, sys
import django
django.setup()
from django.conf import settings
settings.FILE_UPLOAD_TEMP_DIR = sys.argv[2]
from datetime import datetime, UTC
from tracker.audit.actors import Actor, Origin
from tracker.bundle.actions import build
real = build.stages.seal
def die(*args, **options):
    os.kill(os.getpid(), signal.SIGKILL)
build.stages.seal = die
build.run(sys.argv[1], actor=Actor.system("worker", Origin.DEMO), clock=lambda: datetime(2026, 7, 2, 15, tzinfo=UTC))
"""


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_is_succeeded_by_the_next(export, child_environment):
    command = [sys.executable, "-c", KILLED, str(export.pk), str(django_settings.FILE_UPLOAD_TEMP_DIR)]
    killed = subprocess.run(command, env=child_environment, cwd=ROOT, capture_output=True, check=False)
    assert killed.returncode == -signal.SIGKILL, killed.stderr

    export.refresh_from_db()
    assert (export.status, export.stage) == ("building", "seal")
    assert len(leftovers()) == 1
    assert run(export) is None  # it may still be alive
    done = run(export, timedelta(seconds=django_settings.WORKER_STALE_SECONDS))
    assert (done.status, done.attempt) == ("sealed", 2)
    assert leftovers() == []
