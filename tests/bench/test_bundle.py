"""The bundle bench: its figures, and one run of all its steps on a small case."""

import json
import subprocess
import sys
from pathlib import Path

from bench.bundle import Row, Taken, rows_of, table

ROOT = Path(__file__).resolve().parents[2]


def test_medians_and_ratios():
    taken = {
        "merge": [Taken(1.0, 0.5, 40), Taken(2.0, 0.7, 42), Taken(9.0, 0.6, 41)],
        "bundle": [Taken(3.0, 1.0, 90)],
        "overlay": [],
    }

    assert rows_of(1_000, taken) == [
        Row(1_000, "merge", 2.0, 1.0, 0.6, 41),
        Row(1_000, "bundle", 3.0, 1.5, 1.0, 90),
    ]


def test_a_size_without_its_floor_has_no_ratio():
    assert [row.ratio for row in rows_of(50, {"merge": [], "bundle": [Taken(3.0, 1.0, 90)]})] == [0.0]


def test_figures_stand_under_their_heads():
    lines = table([Row(20_000, "overlay", 212.5, 11.1, 200, 8_123)]).splitlines()

    assert [len(line) for line in lines] == [len(lines[0])] * 2


def bench(environment, *arguments):
    """Run a bench as its users do; return what it printed."""
    command = [sys.executable, "-m", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=280, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_small_case_runs_through_every_step(tmp_path, bench_environment):
    report = tmp_path / "out" / "bundle.json"
    told = bench(
        bench_environment,
        *("bench.bundle", "--pages", 12, "--runs", 1, "--folder", tmp_path / "cases", "--json", report),
    )

    rows = json.loads((tmp_path / "out" / "bundle.json").read_text())
    assert [(row["pages"], row["method"]) for row in rows] == [(12, "merge"), (12, "bundle"), (12, "overlay")]
    assert all(row["wall_s"] > 0 and row["peak_rss_mb"] > 10 for row in rows)
    assert rows[0]["ratio"] == 1.0
    originals = json.loads((tmp_path / "cases" / "12" / "files.json").read_text())["originals"]
    assert len(originals) == 12
    # The second time the case is there.
    again = bench(bench_environment, "bench.bundlework", "prepare", tmp_path / "cases" / "12", 12)
    assert again.strip() in told
