"""`manage.py verify_ledger`: whole, or exit code 1 with the first broken link."""

import io
import subprocess
from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.factories.cases import Story
from tests.factories.staffed import make_staffed
from tracker.audit import guards
from tracker.audit.models import LedgerEntry

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_whole_ledger_is_told_line_by_line() -> None:
    story = Story(make_staffed())
    out = io.StringIO()
    call_command("verify_ledger", stdout=out)
    *lines, verdict = out.getvalue().splitlines()
    assert verdict == "The ledger is whole."
    assert f"{story.docket}: 2 intact, 0 disposed, 0 missing, 0 altered" in lines


def test_one_docket_can_be_asked_for() -> None:
    story = Story(make_staffed())
    Story(story.office)
    out = io.StringIO()
    call_command("verify_ledger", "--docket", story.docket, stdout=out)
    assert len(out.getvalue().splitlines()) == 2
    with pytest.raises(CommandError, match="There is no case x-1"):
        call_command("verify_ledger", "--docket", "x-1")


def test_an_altered_entry_is_exit_code_1(manage: Callable[..., subprocess.CompletedProcess]) -> None:
    story = Story(make_staffed())
    guards.drop(connection)
    entry = LedgerEntry.objects.get(chain=story.case_id, event="case.filed")
    LedgerEntry.objects.filter(pk=entry.pk).update(body=entry.body.replace("public", "duty"))
    guards.install(connection)
    done = manage("verify_ledger")
    assert done.returncode == 1
    assert f"first broken link: entry {entry.seq}, " in done.stdout
    assert "The ledger is not whole: see the lines above." in done.stderr
