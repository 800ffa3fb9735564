"""Running the stages for an export: sealed and checked, or failed with a reason that names the exhibit."""

import signal
import subprocess
import sys
import zipfile
from datetime import timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings as django_settings

from tests.data import mails
from tests.tracker.bundle import samples
from tests.tracker.bundle.conftest import AT, WORKER
from tests.tracker.bundle.exporting import facts, request
from tracker.bundle import actions, queries
from tracker.bundle.actions import build
from tracker.bundle.models import BundleExport, BundleFile
from tracker.bundle.plan import BundlePlan
from tracker.bundle.verify import Outcome, verify
from tracker.evidence import actions as evidence_actions
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
    with pikepdf.open(path) as pdf:
        assert done.page_count == len(pdf.pages)
    file = done.files.get()
    assert (file.volume, file.stored_file, file.page_count) == (1, done.stored_file, done.page_count)
    assert facts("bundle.volume_sealed")[0]["sealed_bytes"] == path.stat().st_size
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
    BundleFile.objects.all().delete()
    BundleExport.objects.filter(pk=export.pk).update(
        status="requested", stored_file=None, page_count=None, ended_at=None
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
    assert facts("bundle.sealed") == facts("bundle.volume_sealed") == []
    assert not BundleFile.objects.exists()
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


def test_a_split_bundle_has_a_file_for_each_volume(case, counsel, receive, tmp_path):
    for _number in range(3):
        receive(4)
    done = run(request(case, counsel, volume_pages=5))
    files = list(done.files.select_related("stored_file"))

    assert [file.volume for file in files] == [1, 2, 3]
    assert done.stored_file == files[0].stored_file
    assert done.page_count == sum(file.page_count for file in files)
    assert [entry["volume"] for entry in facts("bundle.volume_sealed")] == [1, 2, 3]
    assert facts("bundle.sealed")[0]["volumes"] == 3
    for file in files:
        path = storage.copy_verified(file.stored_file, tmp_path / f"{file.volume}.pdf")
        result = verify(path, queries.recorded_seal)
        assert (result.outcome, result.ledger is None) == (Outcome.INTACT, False)


def test_every_edition_of_a_freeze_is_built(case, counsel, receive):
    marked = receive(2)
    receive(1)
    evidence_actions.mark_exhibit(marked.pk, actor=counsel, at=AT)
    evidence_actions.offer_exhibit(marked.pk, actor=counsel, at=AT)
    asked = actions.request_bundle(case.pk, actor=counsel, at=AT, editions=("board", "hearing"), queue=False)
    done = [run(export) for export in asked]

    assert [(one.edition, one.status, one.exhibit_count) for one in done] == [
        ("board", "sealed", 2),
        ("hearing", "sealed", 1),
    ]
    assert [entry["edition"] for entry in facts("bundle.sealed")] == ["board", "hearing"]


def test_a_zip_holds_every_volume_and_is_what_is_handed_out(case, counsel, receive, tmp_path):
    for _number in range(2):
        receive(4)
    done = run(request(case, counsel, volume_pages=5, format="zip"))

    assert (done.status, done.reason) == ("sealed", "")
    assert done.stored_file.kind == "zip"
    path = storage.copy_verified(done.stored_file, tmp_path / "bag.zip")
    with zipfile.ZipFile(path) as archive:
        inside = {sha256(archive.read(name)).hexdigest() for name in archive.namelist()}
    assert {file.stored_file.digest for file in done.files.all()} < inside
    assert {row.stored_file.digest for row in case.exhibits.all()} < inside


def test_a_withheld_attachment_is_in_no_original_and_on_no_page(case, counsel, receive, tmp_path):
    email = receive(content=mails.nested(1), name="m.eml")
    for _depth in range(2):
        for row in email.attachments.order_by("part"):
            evidence_actions.process_exhibit(row.pk, actor=WORKER, at=AT)
    withheld = email.attachments.get(part=2)
    done = run(request(case, counsel, withheld={withheld.pk: "W-1"}, format="zip"))

    assert (done.status, done.reason) == ("sealed", "")
    path = storage.copy_verified(done.stored_file, tmp_path / "bag.zip")
    with zipfile.ZipFile(path) as archive:
        natives = {sha256(archive.read(name)).hexdigest() for name in archive.namelist() if "/natives/" in name}
        texts = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".txt")]
        (volume,) = (name for name in archive.namelist() if name.endswith("-freeze-1.pdf"))
        archive.extract(volume, tmp_path)
    assert natives == {email.attachments.get(part=3).stored_file.digest}
    told = "".join("".join(text.split()) for text in (*texts, *samples.page_texts(tmp_path / volume)))
    assert withheld.stored_file.digest not in told
    assert email.attachments.get(part=3).stored_file.digest in told


def test_what_the_plan_says_is_signed(case, counsel, receive, settings, tmp_path):
    settings.DEMO, settings.SIGNING_KEYS_DIR = True, tmp_path / "keys"
    receive(1)
    export = request(case, counsel)
    fingerprint = BundlePlan.from_json(export.plan).signing.certificate_sha256
    done = run(export)

    assert (done.status, done.reason) == ("sealed", "")
    file = done.files.get()
    assert file.certificate_sha256 == fingerprint != ""
    assert facts("bundle.volume_sealed")[0]["certificate_sha256"] == fingerprint
    assert file.stored_file.size > file.core_bytes
    path = storage.copy_verified(file.stored_file, tmp_path / "signed.pdf")
    result = verify(path, queries.recorded_seal)
    assert result.outcome is Outcome.INTACT
    assert result.ledger is not None


def test_another_key_than_was_frozen_signs_nothing(case, counsel, receive, settings, tmp_path):
    settings.DEMO, settings.SIGNING_KEYS_DIR = True, tmp_path / "keys"
    receive(1)
    export = request(case, counsel)
    settings.SIGNING_KEYS_DIR = tmp_path / "others"
    done = run(export)

    assert done.status == "failed"
    assert "another one than when the bundle was frozen" in done.reason
    assert not BundleFile.objects.exists()


def test_two_exports_of_a_case_are_built_beside_each_other(case, counsel, receive, monkeypatch):
    receive(2)
    receive(3)
    first, second = request(case, counsel), request(case, counsel)
    real = build.stages.build
    inner = []

    def beside(*args, **options):
        if not inner:
            inner.append(None)
            inner[0] = run(second)
        return real(*args, **options)

    monkeypatch.setattr(build.stages, "build", beside)
    outer = run(first)

    assert (outer.status, inner[0].status) == ("sealed", "sealed")
    assert outer.stored_file != inner[0].stored_file
    assert leftovers() == []


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_builds_at_the_same_moment_do_not_disturb_each_other(case, counsel, receive, together):
    receive(3)
    receive(2)
    first, second = request(case, counsel), request(case, counsel)
    ended = together(*(partial(run, export) for export in (first, first, second, second)))

    assert sorted(one.status for one in ended if one is not None) == ["sealed", "sealed"]
    assert len(facts("bundle.build_begun")) == len(facts("bundle.sealed")) == 2
    assert BundleFile.objects.count() == 2
    assert leftovers() == []


KILLED = """
import os, signal, sys
import django
django.setup()
from django.conf import settings
settings.FILE_UPLOAD_TEMP_DIR = sys.argv[2]
from datetime import datetime, UTC
from tracker.audit.actors import Actor, Origin
from tracker.bundle.actions import build
def die(*args, **options):
    os.kill(os.getpid(), signal.SIGKILL)
build.stages.verify = die
build.run(sys.argv[1], actor=Actor.system("worker", Origin.DEMO), clock=lambda: datetime(2026, 7, 2, 15, tzinfo=UTC))
"""


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_is_succeeded_by_the_next(export, child_environment):
    command = [sys.executable, "-c", KILLED, str(export.pk), str(django_settings.FILE_UPLOAD_TEMP_DIR)]
    killed = subprocess.run(command, env=child_environment, cwd=ROOT, capture_output=True, check=False)
    assert killed.returncode == -signal.SIGKILL, killed.stderr

    export.refresh_from_db()
    assert (export.status, export.stage) == ("building", "verify")
    assert len(leftovers()) == 1
    assert run(export) is None  # it may still be alive
    done = run(export, timedelta(seconds=django_settings.WORKER_STALE_SECONDS))
    assert (done.status, done.attempt) == ("sealed", 2)
    assert leftovers() == []
