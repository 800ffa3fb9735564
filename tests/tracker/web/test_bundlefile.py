"""Checking a bundle while the ledger is out of reach. The rest is tested through the commands."""

from pathlib import Path

import pytest
from django.db import DatabaseError

from tests.tracker.bundle import samples
from tracker.bundle import queries, stages
from tracker.web import bundlefile


def test_a_ledger_out_of_reach_is_said_and_counts_as_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def away(manifest: str, seal: str) -> None:
        raise DatabaseError("away")

    monkeypatch.setattr(queries, "recorded_seal", away)
    warnings: list[str] = []
    built = stages.build(samples.whole_plan(tmp_path), tmp_path, samples.fonts())
    result = bundlefile.check(built.path, warnings.append)
    assert result.exit_code == 0
    assert result.ledger is None
    assert warnings == ["The ledger could not be asked; only the file was checked."]
