import pytest
from django.core.management import CommandError, call_command


def test_pages_are_written_and_then_left_alone(tmp_path, capsys):
    call_command("make_docs", folder=tmp_path)
    assert capsys.readouterr().out == "permissions.md: written\nworkflow.md: written\n"

    call_command("make_docs", folder=tmp_path)
    assert capsys.readouterr().out == "Every page is up to date.\n"


def test_check_names_stale_pages_and_changes_nothing(tmp_path):
    call_command("make_docs", folder=tmp_path)
    call_command("make_docs", folder=tmp_path, check=True)
    (tmp_path / "workflow.md").write_text("old")

    with pytest.raises(CommandError, match=r"Stale: workflow\.md\. Run manage\.py make_docs\."):
        call_command("make_docs", folder=tmp_path, check=True)

    assert (tmp_path / "workflow.md").read_text() == "old"
