"""`verify_bundle` when something breaks. What it says of files is in `test_export_bundle.py`."""

from pathlib import Path

import pytest

from tracker.management.commands.verify_bundle import Command


def test_an_unexpected_error_ends_in_two(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def broken(*args: object, **options: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(Command, "handle", broken)
    with pytest.raises(SystemExit) as end:
        Command().run_from_argv(["manage.py", "verify_bundle", str(tmp_path)])
    assert end.value.code == 2
