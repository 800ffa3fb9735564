"""Checking a bundle while ledger or keys are out of reach. The rest is tested through the commands."""

from pathlib import Path

import pytest
from django.db import DatabaseError

from tests.tracker.bundle import samples
from tracker.bundle import queries, stages
from tracker.web import bundlefile


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    plan = samples.whole_plan(tmp_path)
    (sealed,) = stages.build(plan, samples.copies(plan, tmp_path), tmp_path, samples.fonts())
    return sealed.path


def test_a_ledger_out_of_reach_is_said_and_counts_as_none(monkeypatch: pytest.MonkeyPatch, bundle: Path) -> None:
    def away(manifest: str, seal: str) -> None:
        raise DatabaseError("away")

    monkeypatch.setattr(queries, "recorded_seal", away)
    warnings: list[str] = []
    result = bundlefile.check(bundle, warnings.append)
    assert result.exit_code == 0
    assert result.ledger is None
    assert warnings == ["The ledger could not be asked; only the file was checked."]


def test_without_the_ledger_only_the_file_speaks(bundle: Path) -> None:
    warnings: list[str] = []
    result = bundlefile.check(bundle, warnings.append, ask_ledger=False)

    assert (result.exit_code, warnings) == (0, [])
    assert not any("ledger" in sentence for sentence in result.sentences)
