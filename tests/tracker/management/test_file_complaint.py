"""`manage.py file_complaint`: file a complaint that reached the board on another way."""

import hashlib
import io
import json
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.factories.cases import everything
from tests.factories.staffed import make_staffed
from tests.tracker.management.test_advance import complaint
from tracker.audit.models import LedgerEntry
from tracker.cases import numbering
from tracker.cases.models import Case, Complaint

pytestmark = pytest.mark.django_db(transaction=True)


def run(folder: Path, **data: object) -> str:
    """What the command prints."""
    path = folder / "complaint.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    out = io.StringIO()
    call_command("file_complaint", str(path), stdout=out)
    return out.getvalue()


def test_docket_code_and_documents_are_printed(tmp_path: Path) -> None:
    make_staffed()
    (tmp_path / "letter.txt").write_text("Dear client.", encoding="utf-8")
    lines = run(tmp_path, **complaint("tx-bhec", ("letter.txt",))).splitlines()
    complaint_row, case = Complaint.objects.get(), Case.objects.get()
    assert lines[0] == f"docket {case.docket}"
    assert numbering.hash_code(lines[1].removeprefix("tracking code ")) == complaint_row.code_hash
    assert lines[2] == f"exhibit E-1 {hashlib.sha256(b'Dear client.').hexdigest()} letter.txt"
    body = json.loads(LedgerEntry.objects.get(event="case.filed").body)
    assert (body["actor"], body["origin"]) == ("system:command", "live")
    assert body["at"] > body["facts"]["received_at"]
    assert case.exhibits.get().state == "cleared"


def test_a_refusal_is_a_sentence_and_writes_nothing(tmp_path: Path) -> None:
    make_staffed()
    before = everything()
    tomorrow = (timezone.now() + timedelta(days=1)).isoformat()
    for changed, words in (
        ({"received_at": tomorrow}, "The day of receipt cannot be in the future."),
        ({"documents": ["gone.pdf"]}, "documents: gone.pdf is not a file."),
        ({"respondent": {"name": "x" * 201}}, "is too long: at most 200 characters."),
        ({"board": "xx-none"}, "no board has the slug"),
        ({"allegations": []}, "Choose at least one ground."),
    ):
        with pytest.raises(CommandError) as refusal:
            run(tmp_path, **{**complaint("tx-bhec"), **changed})
        assert words in str(refusal.value)
        assert "Nothing was changed." in str(refusal.value)
    assert everything() == before


@pytest.mark.once
def test_as_its_own_process(tmp_path: Path, manage: Callable[..., subprocess.CompletedProcess]) -> None:
    make_staffed()
    path = tmp_path / "complaint.json"
    path.write_text(json.dumps(complaint("tx-bhec")), encoding="utf-8")
    done = manage("file_complaint", path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("docket BHEC-")
    path.write_text("{", encoding="utf-8")
    refused = manage("file_complaint", path)
    assert refused.returncode == 1
    assert refused.stdout == ""
    assert "is not JSON in UTF-8." in refused.stderr
    assert "Traceback" not in refused.stderr
