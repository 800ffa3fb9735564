"""`export_bundle` and `verify_bundle`: a file that verifies, exit codes that mean one thing each."""

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from PIL import Image

from tests.factories.docketed import Docketed
from tests.factories.staffed import Staffed, make_staffed
from tests.tracker.bundle.cores import with_a_changed_page
from tests.tracker.management.test_advance import Desk, complaint
from tracker.audit.models import LedgerEntry
from tracker.bundle.models import BundleExport, Edition

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
    label = f"{desk.docket}-000001"
    target.write_bytes(with_a_changed_page(target.read_bytes(), label))
    code, said = verify(target)
    assert (code, said.splitlines()[0]) == (1, "altered")
    assert f"Exhibit E-1, page 1 ({label}) is not the page that was sealed." in said


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


def test_an_edition_that_holds_nothing_is_refused_with_the_reason(desk: Desk, office: Staffed, tmp_path: Path) -> None:
    target = tmp_path / "b.pdf"
    with pytest.raises(CommandError, match="belongs into this edition"):
        desk.run(
            "export_bundle", desk.docket, "--actor", office.counsel.email, "--output", str(target),
            "--edition", "hearing",
        )  # fmt: skip
    assert not BundleExport.objects.exists()
    assert not target.exists()


@pytest.mark.parametrize(("edition", "status"), [("hearing", "scheduled"), ("court", "heard")])
def test_an_edition_is_exported_by_its_name(office: Staffed, tmp_path: Path, edition: str, status: str) -> None:
    """Of three exhibits one was offered."""
    desk, target = Desk(tmp_path), tmp_path / "bundle.pdf"
    docket = getattr(Docketed(office), status)().case.docket
    words = desk.run(
        "export_bundle", docket, "--actor", office.counsel.email, "--output", str(target), "--edition", edition
    )
    code, said = verify(target)
    with pikepdf.open(target) as pdf:
        manifest = json.loads(pdf.attachments["manifest.json"].get_file().read_bytes())

    assert "exhibits: 1" in words
    assert code == 0
    assert f"{edition} edition" in said
    assert (manifest["edition"], [item["key"] for item in manifest["exhibits"]]) == (edition, ["E-1"])
    assert bool(manifest.get("papers")) == (edition == "court")


def test_the_handbook_names_every_edition() -> None:
    commands = (settings.BASE_DIR / "docs" / "commands.md").read_text(encoding="utf-8")
    (line,) = [line for line in commands.splitlines() if line.startswith("| `export_bundle ")]
    assert [value for value in Edition.values if f"`{value}`" not in line] == []


@pytest.fixture
def signing_keys(settings: Any, tmp_path: Path) -> None:
    """An installation that signs: a signature weighs, too."""
    settings.DEMO, settings.SIGNING_KEYS_DIR = True, tmp_path / "keys"


@pytest.mark.usefixtures("signing_keys")
def test_a_split_bundle_is_written_volume_by_volume_and_none_weighs_more_than_asked(
    desk: Desk, office: Staffed, tmp_path: Path
) -> None:
    for name in ("one.pdf", "two.pdf"):
        noise = Image.frombytes("L", (1500, 1500), os.urandom(1500 * 1500))
        noise.save(tmp_path / name)
        desk.run("receive_exhibit", desk.docket, str(tmp_path / name), "--actor", office.intake.email)
    words = desk.run(
        "export_bundle", desk.docket, "--actor", office.counsel.email, "--output", str(tmp_path / "b.pdf"),
        "--volume-mb", "2",
    )  # fmt: skip

    assert "written b-v1.pdf" in words
    assert "written b-v2.pdf" in words
    assert not (tmp_path / "b.pdf").exists()
    volumes = sorted(tmp_path.glob("b-v*.pdf"))
    found = [verify(path) for path in volumes]
    assert [code for code, _said in found] == [0] * len(volumes)
    assert all("emonstration" in said for _code, said in found)
    assert max(path.stat().st_size for path in volumes) <= 2_000_000
    assert LedgerEntry.objects.filter(event="bundle.handed_out").count() == BundleExport.objects.get().files.count()


def test_a_zip_is_one_file_that_is_intact_and_in_the_ledger(desk: Desk, office: Staffed, tmp_path: Path) -> None:
    target = tmp_path / "b.zip"
    desk.run("export_bundle", desk.docket, "--actor", office.counsel.email, "--output", str(target), "--format", "zip")

    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None
        assert any(name.endswith("bagit.txt") for name in archive.namelist())
    code, said = verify(target)
    assert (code, said.splitlines()[0]) == (0, "intact")
    assert "The package is recorded in the ledger" in said


@pytest.mark.parametrize(
    "odd", [("--edition", "secret"), ("--format", "exe"), ("--volume-mb", "0"), ("--volume-mb", "many")]
)
def test_odd_options_are_refused_before_anything_is_frozen(
    desk: Desk, office: Staffed, tmp_path: Path, odd: tuple[str, str]
) -> None:
    with pytest.raises(CommandError, match=odd[0]):
        desk.run(
            "export_bundle", desk.docket, "--actor", office.counsel.email, "--output", str(tmp_path / "b.pdf"), *odd
        )
    assert not BundleExport.objects.exists()


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
