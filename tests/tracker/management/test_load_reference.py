"""The command that loads the reference data."""

import pytest
from django.core.management import CommandError, call_command

from boards.models import Board

pytestmark = pytest.mark.django_db


def test_it_says_what_it_wrote_and_the_second_time_that_there_was_nothing(capsys):
    call_command("load_reference")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "jurisdictions: 54 written"
    assert "256 boards added, 0 changed, 0 unchanged, 0 kept." in lines
    call_command("load_reference")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "jurisdictions: 0 written"
    assert lines[-1] == "Nothing to change: 256 boards are as listed, 0 kept."


def test_a_folder_without_files_is_told(tmp_path):
    with pytest.raises(CommandError, match="The files cannot be read"):
        call_command("load_reference", folder=tmp_path)
    assert not Board.objects.exists()
