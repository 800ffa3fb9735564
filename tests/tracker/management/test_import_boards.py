"""The command that loads a list of boards."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from boards.models import Board

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[3]
LIST = ROOT / "fixtures" / "boards.csv"


@pytest.fixture
def reference(tmp_path):
    call_command("load_reference", verbosity=0)


def test_a_second_run_changes_nothing_and_says_so(reference, capsys):
    capsys.readouterr()
    call_command("import_boards", str(LIST), "--as-of", "2026-11-01")
    assert capsys.readouterr().out == "Nothing to change: 256 boards are as listed, 0 kept.\n"


def test_a_changed_row_is_named(reference, tmp_path, capsys):
    changed = tmp_path / "boards.csv"
    changed.write_text(LIST.read_text().replace("907-465-2588", "907-465-0000"))
    capsys.readouterr()
    call_command("import_boards", str(changed), "--as-of", "2026-11-02")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "ak-alaska-board-of-marital-and-family-therapy: changed"
    assert lines[-2] == "0 boards added, 1 changed, 255 unchanged, 0 kept."


def test_a_bad_cell_is_named_and_nothing_is_loaded(reference, tmp_path):
    bad = tmp_path / "boards.csv"
    bad.write_text(LIST.read_text().replace("907-465-2588", "call us").replace("907-465-2551", "907-465-0000"))
    with pytest.raises(CommandError) as caught:
        call_command("import_boards", str(bad), "--as-of", "2026-11-02")
    assert str(caught.value) == "Row 2, column phone: not a phone number.\nNothing was loaded."
    assert not Board.objects.filter(phone="907-465-0000").exists()


def test_a_list_that_is_not_there(tmp_path):
    with pytest.raises(CommandError, match="The list cannot be read"):
        call_command("import_boards", str(tmp_path / "none.csv"), "--as-of", "2026-11-02")
