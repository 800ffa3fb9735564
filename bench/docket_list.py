"""Measure the queue's pages against fetching fifty cases by key, on a database of many cases.

    python bench/docket_list.py [--cases 20000] [--runs 7]

Makes its own SQLite file in a temporary folder. Rows are written directly: it is reading that is measured. Prints
medians of interleaved runs and ratios.
"""

import argparse
import os
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
BATCH = 2000


def set_up(folder: str) -> None:
    """Django on an empty database in this folder."""
    sys.path.insert(0, str(ROOT))
    os.environ.update(
        RECOURSE_IGNORE_ENV_FILE="1",
        SECRET_KEY=secrets.token_hex(30),
        HTTPS="false",
        DATABASE_URL=f"sqlite:///{folder}/bench.sqlite3",
        DJANGO_SETTINGS_MODULE="tracker.settings",
    )
    import django  # noqa: PLC0415 - only once the environment is set
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0, skip_checks=True)


def fill(count: int) -> object:
    """A board, a manager and so many cases; the manager's id."""
    from tests.factories.staffed import make_staffed  # noqa: PLC0415
    from tracker.models import Case, Identity, Participant  # noqa: PLC0415

    office = make_staffed()
    for start in range(0, count, BATCH):
        numbers = range(start, min(start + BATCH, count))
        cases = [
            Case(
                board=office.board,
                docket=f"BHEC-2026-{n + 1:07d}",
                status_since=NOW - timedelta(days=n % 300),
                received_at=NOW - timedelta(days=n % 300),
                moved_at=NOW,
                next_due_on=date(2026, 6, 1) + timedelta(days=n % 400),
            )
            for n in numbers
        ]
        Case.objects.bulk_create(cases)
        people = [
            Participant(board=office.board, case=case, role="respondent", label="Respondent", since=NOW)
            for case in cases
        ]
        Participant.objects.bulk_create(people)
        Identity.objects.bulk_create(
            Identity(board=office.board, participant=person, name="Some Body", sort_name="body some")
            for person in people
        )
    return office.manager.pk


def rounds(jobs: dict[str, Callable[[], object]], runs: int) -> dict[str, float]:
    """Median milliseconds of each job over interleaved runs."""
    taken: dict[str, list[float]] = {name: [] for name in jobs}
    for _run in range(runs):
        for name, job in jobs.items():
            begun = time.perf_counter()
            job()
            taken[name].append((time.perf_counter() - begun) * 1000)
    return {name: statistics.median(values) for name, values in taken.items()}


def main() -> None:
    """Make the cases, measure, print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cases", type=int, default=20_000)
    options.add_argument("--runs", type=int, default=7)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        set_up(folder)
        manager = fill(given.cases)
        from tracker.cases.queries import queue, readers  # noqa: PLC0415
        from tracker.models import Case  # noqa: PLC0415

        reader = readers.reader(manager, at=NOW)
        keys = list(Case.objects.values_list("pk", flat=True)[:50])
        edges = list(Case.objects.order_by("next_due_on", "pk").values_list("next_due_on", "pk"))
        deep = edges[len(edges) * 4 // 5]
        jobs = {
            "fifty cases by key": lambda: list(Case.objects.filter(pk__in=keys)),
            "page 1, rows only": lambda: queue.rows_of(reader, reader.cases().order_by("next_due_on", "pk")[:50]),
            "page 1": lambda: queue.page(reader, queue.Wanted()),
            "page at 80 %": lambda: queue.page(reader, queue.Wanted(after=(deep[0].isoformat(), deep[1]))),
        }
        medians = rounds(jobs, given.runs)
        base = medians["fifty cases by key"]
        print(f"{given.cases} cases, SQLite")
        for name, value in medians.items():
            print(f"{name:<22}{value:9.2f} ms {value / base:8.1f} x")


if __name__ == "__main__":
    main()
