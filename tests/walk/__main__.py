"""`make walk CASES=1000`: many walks over all hosted boards, on the database of DATABASE_URL or SQLite in a file.

Prints which steps, moves, statuses and endings were reached; ends with 1 where a check failed or one of them was never
reached, as happens below some hundred cases. Several processes share the walks; each has a database of its own.
"""

import argparse
import gc
import json
import os
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import Any

import django


def main() -> int:
    """Walk, or be one of the processes that walk."""
    parser = argparse.ArgumentParser(prog="python -m tests.walk", description=__doc__)
    parser.add_argument("--cases", type=int, default=100)
    parser.add_argument("--turns", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--part", type=int, default=-1, help=argparse.SUPPRESS)
    parser.add_argument("--into", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    return walk_part(options) if options.part >= 0 else walk_all(options)


def walk_all(options: argparse.Namespace) -> int:
    """Start the processes, add up what they reached, and print it."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        parts = []
        for part in range(options.jobs):
            into = Path(folder) / f"{part}.json"
            words = [sys.executable, "-m", "tests.walk", "--part", str(part), "--into", str(into)]
            for name in ("cases", "turns", "seed", "jobs"):
                words += [f"--{name}", str(getattr(options, name))]
            parts.append((subprocess.Popen(words), into))  # noqa: S603 - this very program
        codes = [process.wait() for process, _into in parts]
        found = [json.loads(into.read_text()) for _process, into in parts if into.exists()]
    return told(found, options.cases, time.monotonic() - started, failed=any(codes) or not found)


def told(found: list[dict[str, Any]], cases: int, seconds: float, *, failed: bool) -> int:
    """Print what the processes reached together; gives the exit code, 1 where a check failed or anything is missing."""
    django.setup()
    from tests.walk.tally import Tally, missing, report  # noqa: PLC0415 - after the set-up

    total = Tally()
    for one in found:
        total.take(one["reached"])
    wanted = sorted({tuple(move) for one in found for move in one["wanted"]})
    sys.stdout.write("\n".join(report(total, wanted, cases=cases, seconds=seconds)) + "\n")
    return 1 if failed or missing(total, wanted) else 0


def walk_part(options: argparse.Namespace) -> int:
    """The walks of one process, in a database made for it and removed after."""
    django.setup()
    from django.db import connection, transaction  # noqa: PLC0415 - after the set-up

    from tests import schema  # noqa: PLC0415
    from tests.walk.roads import wanted_moves  # noqa: PLC0415
    from tests.walk.tally import Tally  # noqa: PLC0415
    from tests.walk.world import build  # noqa: PLC0415

    schema.place(connection)
    connection.creation.create_test_db(verbosity=0, serialize=False, keepdb=True)
    tally, failures = Tally(), 0
    try:
        world = build()
        gc.freeze()
        gc.set_threshold(100_000, 50, 50)
        seeds = range(options.seed + options.part, options.seed + options.cases, options.jobs)
        for number, seed in enumerate(seeds):
            if number % 25 == 0:
                sys.stderr.write(f"process {options.part}: {number} of {len(seeds)} cases\n")
            with transaction.atomic():
                failures += _one(world, seed, tally, options.turns)
                transaction.set_rollback(True)
        wanted = wanted_moves(world.rules.values())
    finally:
        schema.remove(connection)
    options.into.write_text(json.dumps({"reached": tally.plain(), "wanted": wanted}))
    return 1 if failures else 0


def _one(world: Any, seed: int, tally: Any, turns: int) -> int:
    from tests.walk.walker import Walk  # noqa: PLC0415 - after the set-up

    walk = None
    try:
        walk = Walk(world, seed, tally)
        walk.go(turns)
    except Exception as fault:
        goal = f"at {walk.office.board.slug}, {walk.first!r}" if walk else "at its filing"
        place = traceback.extract_tb(fault.__traceback__)[-1]
        where = f"{Path(place.filename).name}:{place.lineno} {place.line}"
        sys.stderr.write(f"seed {seed}, {turns} turns, {goal}: {type(fault).__name__}: {fault} ({where})\n")
        if os.environ.get("WALK_TRACE"):
            raise
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
