"""`export_bundle` and `verify_bundle`: a file that verifies, exit codes that mean one thing each."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from tests.factories.staffed import Staffed, make_staffed
from tests.tracker.management.test_advance import Desk, complaint
from tracker.audit.models import LedgerEntry
from tracker.bundle.models import BundleExport

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def office() -> Staffed:
    """A hosted board with everybody who works there."""
    return make_staffed()


@pytest.fixture
def desk(tmp_path: Path, office: Staffed) -> Desk:
    """A case with one text exhibit."""
    (tmp_path / "letter.txt").write_text("Dear client", encoding="utf-8")
    made = Desk(tmp_path)
    made.file(**complaint(office.board.slug, ("letter.txt",)))
    return made


def verify(path: Path) -> tuple[int, str]:
    """Exit code and words of `verify_bundle`."""
    out = io.StringIO()
    try:
        call_command("verify_bundle", str(path), stdout=out)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    return 0, out.getvalue()


def test_the_exported_file_is_intact_and_in_the_ledger(desk: Desk, office: Staffed, tmp_path: Path) -> None:
    target = tmp_path / "bundle.pdf"
    words = desk.run("export_bundle", desk.docket, "--actor", office.counsel.email, "--output", str(target))
    assert "freeze 1, exhibits: 1" in words
    code, said = verify(target)
    assert (code, said.splitlines()[0]) == (0, "intact")
    assert "Its seal is recorded in the ledger" in said
    events = set(LedgerEntry.objects.values_list("event", flat=True))
    assert {"bundle.requested", "bundle.sealed", "bundle.handed_out"} <= events


def test_one_changed_byte_is_altered_and_names_the_place(desk: Desk, office: Staffed, tmp_path: Path) -> None:
    target = tmp_path / "bundle.pdf"
    desk.run("export_bundle", desk.docket, "--actor", office.counsel.email, "--output", str(target))
    data = bytearray(target.read_bytes())
    data[len(data) // 3] ^= 4
    target.write_bytes(bytes(data))
    code, said = verify(target)
    assert (code, said.splitlines()[0]) == (1, "altered")


@pytest.mark.parametrize("content", [None, b"", b"hello", b"%PDF-1.7 nothing else"])
def test_what_is_not_ours_is_told_apart(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "other.pdf"
    if content is not None:
        path.write_bytes(content)
    assert verify(path)[0] == 2


def test_a_role_without_the_right_is_refused_and_nothing_is_written(
    desk: Desk, office: Staffed, tmp_path: Path
) -> None:
    with pytest.raises(CommandError, match="This needs another role"):
        desk.run("export_bundle", desk.docket, "--actor", office.auditor.email, "--output", str(tmp_path / "b.pdf"))
    assert not BundleExport.objects.exists()
    assert not (tmp_path / "b.pdf").exists()


def test_a_missing_folder_is_said_before_anything_is_frozen(desk: Desk, office: Staffed, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="does not exist"):
        desk.run(
            "export_bundle", desk.docket, "--actor", office.counsel.email, "--output", str(tmp_path / "no" / "b.pdf")
        )
    assert not BundleExport.objects.exists()


@pytest.mark.parametrize("arguments", [[], ["a", "b"], ["--nonsense"], ["/proc/self/mem"]])
def test_a_wrong_call_never_ends_in_one(arguments: list[str]) -> None:
    """As a real process: 1 means altered and nothing else."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "verify_bundle", *arguments]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert ended.returncode == 2, json.dumps([ended.stdout, ended.stderr])
