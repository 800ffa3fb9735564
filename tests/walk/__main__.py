"""`make walk CASES=1000`: many walks over all hosted boards, on the database of DATABASE_URL or SQLite in memory.

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
from collections import Counter
from pathlib import Path

import django


def main() -> int:
    """Walk, or be one of the processes that walk."""
    parser = argparse.ArgumentParser(prog="python -m tests.walk", description=__doc__)
    parser.add_argument("--cases", type=int, default=100)
    parser.add_argument("--turns", type=int, default=110)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--part", type=int, default=-1, help=argparse.SUPPRESS)
    parser.add_argument("--into", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
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
    total = {name: Counter() for name in ("steps", "moves", "statuses", "endings", "refused")}
    for one in found:
        for name, counts in one.items():
            total[name].update(counts)
    missing = report(total, options.cases, time.monotonic() - started)
    return 1 if any(codes) or missing else 0


def walk_part(options: argparse.Namespace) -> int:
    """The walks of one process, in a database made for it and removed after."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    django.setup()
    from django.db import connection, transaction  # noqa: PLC0415 - after the set-up

    from tests.walk.walker import Tally, Walk  # noqa: PLC0415
    from tests.walk.world import build  # noqa: PLC0415

    name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False, keepdb=False)
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)
    tally, failures = Tally(), 0
    try:
        world = build()
        seeds = range(options.seed + options.part, options.seed + options.cases, options.jobs)
        for number, seed in enumerate(seeds):
            if number % 25 == 0:
                sys.stderr.write(f"process {options.part}: {number} of {len(seeds)} cases\n")
            with transaction.atomic():
                failures += _one(Walk, world, seed, tally, options.turns)
                transaction.set_rollback(True)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
    options.into.write_text(json.dumps(tally.plain()))
    return 1 if failures else 0


def _one(walk_class, world, seed: int, tally, turns: int) -> int:
    walk = None
    try:
        walk = walk_class(world, seed, tally)
        walk.go(turns)
    except Exception as fault:
        goal = f"goal {walk.first.step} {walk.first.ending}" if walk else "at its filing"
        sys.stderr.write(f"seed {seed}, {turns} turns, {goal}: {type(fault).__name__}: {fault}\n")
        if os.environ.get("WALK_TRACE"):
            raise
        return 1
    return 0


def report(total: dict[str, Counter], cases: int, seconds: float) -> list[str]:
    """Print what was reached; gives the steps, statuses and endings that never were.

    An emergency action is no ending: it is merged into an order or ends by itself.
    """
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    from tracker.cases.states import DISPOSITIONS, Status  # noqa: PLC0415 - after the set-up
    from tracker.cases.workflow import STEPS  # noqa: PLC0415

    wanted = [key for key, row in STEPS.items() if row.sources]
    missing = [key for key in wanted if not total["steps"][key]]
    lines = [f"{cases} cases, {sum(total['steps'].values())} steps done, {sum(total['refused'].values())} refused"]
    lines += [f"  {key:<28}{total['steps'][key]:>8}{total['refused'][key]:>8} refused" for key in wanted]
    lines += [f"moves: {len(total['moves'])} kinds"]
    lines += [f"  {name:<70}{count:>6}" for name, count in sorted(total["moves"].items())]
    lines += [f"statuses: {sum(1 for s in Status if total['statuses'][s])} of {len(Status)}"]
    endings = [code for code, row in DISPOSITIONS.items() if not row.emergency]
    lines += [f"endings: {sum(1 for code in endings if total['endings'][code])} of {len(endings)}"]
    lines += [f"  {code:<28}{total['endings'][code]:>8}" for code in endings]
    lines += [f"steps reached: {len(wanted) - len(missing)} of {len(wanted)}, {seconds:.0f} s"]
    missing += [status for status in Status if not total["statuses"][status]]
    missing += [code for code in endings if not total["endings"][code]]
    lines += [f"never reached: {', '.join(missing)}"] if missing else []
    sys.stdout.write("\n".join(lines) + "\n")
    return missing


if __name__ == "__main__":
    sys.exit(main())
