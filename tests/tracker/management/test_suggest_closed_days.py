"""The command that prints suggested closed days."""

import pytest
from django.core.management import CommandError, call_command


def test_it_prints_rows_in_the_shape_of_the_file(capsys):
    call_command("suggest_closed_days", "TX", "--years", "2026")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "jurisdiction,date,name,source,reviewed"
    assert lines[1].startswith("TX,2026-01-01,New Year's Day,")
    assert not any("Good Friday" in line for line in lines)


def test_an_unknown_place_is_told():
    with pytest.raises(CommandError, match="No calendar is known"):
        call_command("suggest_closed_days", "ZZ", "--years", "2026")
