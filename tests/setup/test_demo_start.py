"""`make demo` in a clone of its own: first start with every story, second start, a lost worker, Ctrl-C."""

import contextlib
import http.client
import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

from tests.conftest import ROOT, free_port, wait_until
from tests.setup import demo_paths
from tests.tracker.web.seeding.test_runner import expected
from tracker.cases.states import DISPOSITIONS, EMERGENCY_ACTIONS, Status
from tracker.web.seeding import runner, stories

LEFT_OUT = {".git", ".venv", "node_modules", "var", ".env", ".mypy_cache", ".ruff_cache", ".hypothesis"}
FIRST_START_SECONDS = 480
SECOND_START_SECONDS = 10


@pytest.fixture(scope="module")
def clone(tmp_path_factory, setup_module):
    """A copy of this clone that shares only what is installed."""
    # Else the set-up of the copy would install into what it shares with this clone.
    assert setup_module.assets_ready(), "first bring this clone up to date: make setup"
    stamp = setup_module.stamp_of("requirements.txt")
    assert stamp.exists(), "first bring this clone up to date: make setup"
    assert stamp.read_text() == setup_module.digest(ROOT / "requirements.txt")
    place = tmp_path_factory.mktemp("demo") / "clone"
    shutil.copytree(ROOT, place, ignore=lambda folder, names: LEFT_OUT & set(names))
    for name in (".venv", "node_modules"):
        (place / name).symlink_to(ROOT / name)
    return place


def bare_environment() -> dict[str, str]:
    """Nothing of this test run's settings."""
    return {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}


class Demo:
    """A running `make demo` and what it printed."""

    def __init__(self, clone: Path, log: Path, *arguments: str) -> None:
        self.port = free_port()
        self.log = log
        self.started = time.monotonic()
        with log.open("w") as out:
            command = ["make", "--no-print-directory", f"PYTHON={sys.executable}", "demo", f"PORT={self.port}"]
            command += arguments
            self.process = subprocess.Popen(
                command, cwd=clone, env=bare_environment(), stdout=out, stderr=out, start_new_session=True
            )

    def text(self) -> str:
        return self.log.read_text()

    def status(self) -> int:
        asking = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        with contextlib.closing(asking), contextlib.suppress(OSError):
            asking.request("GET", "/healthz")
            return asking.getresponse().status
        return 0

    def wait_for_health(self, seconds: float) -> float:
        """Seconds from the start to the first 200 of /healthz."""

        def ready() -> bool:
            assert self.process.poll() is None, self.text()
            return self.status() == 200

        wait_until(ready, seconds=seconds, what="/healthz answers")
        return time.monotonic() - self.started

    def interrupt(self) -> int:
        """Press Ctrl-C. Returns: the exit code of make."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(timeout=30)


@pytest.fixture
def start(clone, tmp_path):
    """Start the demo of the clone; ended after the test whatever happens."""
    running = []

    def go(*arguments):
        demo = Demo(clone, tmp_path / f"log-{len(running)}", *arguments)
        running.append(demo)
        return demo

    yield go
    for demo in running:
        if demo.process.poll() is None:
            # What was started in the background is deaf to Ctrl-C until its server runs.
            os.killpg(demo.process.pid, signal.SIGTERM)
            demo.process.wait(timeout=60)


def processes_of(clone):
    """Process id by command, of every process that runs in the clone."""
    found = {}
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            words = place.read_bytes().replace(b"\0", b" ").decode(errors="replace")
            if str(clone) in words:
                found[int(place.parent.name)] = words
    return found


def standing(database: Path) -> dict[str, tuple[str, str | None]]:
    """Status and disposition of every case, by the draft that its complaint came from."""
    asked = (
        "SELECT draft_id, status, disposition FROM tracker_complaint AS complaint "
        "JOIN tracker_casecomplaint AS link ON link.complaint_id = complaint.id "
        "JOIN tracker_case AS of_it ON of_it.id = link.case_id "
        # Of several respondents to one complaint, the docket opened first tells the story.
        "ORDER BY of_it.id DESC"
    )
    with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as reading:
        return {draft: (status, disposition) for draft, status, disposition in reading.execute(asked)}


def verify_ledger(clone: Path) -> str:
    """What `manage.py verify_ledger` says of the clone's ledger."""
    command = [clone / ".venv" / "bin" / "python", "manage.py", "verify_ledger"]
    answer = subprocess.run(
        command, cwd=clone, env=bare_environment(), capture_output=True, text=True, timeout=120, check=True
    )
    return answer.stdout


needs_sqlite = pytest.mark.skipif(
    settings.DATABASES["default"]["ENGINE"] != "django.db.backends.sqlite3",
    reason="the demo keeps its data in SQLite; it is started once, in the run on SQLite",
)


@needs_sqlite
@pytest.mark.timeout(900)
def test_a_new_clone_starts_keeps_its_data_and_ends(clone, start):
    demo = start()
    demo.wait_for_health(FIRST_START_SECONDS)
    wait_until(lambda: "Executive director" in demo.text(), seconds=20, what="announcement")
    text = demo.text()
    password = next(line for line in (clone / ".env").read_text().splitlines() if line.startswith("DEMO_PASSWORD="))
    assert f"http://127.0.0.1:{demo.port}/desk/" in text
    assert password.partition("=")[2] in text
    assert "Sign-ins" in text
    assert stat.S_IMODE((clone / ".env").stat().st_mode) == 0o600

    worker = next(pid for pid, words in processes_of(clone).items() if "manage.py work" in words)
    os.kill(worker, signal.SIGKILL)
    wait_until(lambda: "is started again" in demo.text(), seconds=20, what="a new worker")
    assert demo.status() == 200

    refused = start("RESET=1")
    assert refused.process.wait(timeout=60) != 0
    assert "A demo of this clone is running" in refused.text()

    demo.interrupt()
    assert processes_of(clone) == {}
    database = clone / "var" / "recourse.sqlite3"
    size = database.stat().st_size
    assert standing(database) == {runner.draft_id(story).hex: expected(story) for story in stories.STORIES}
    assert "The ledger is whole." in verify_ledger(clone)
    assert demo_paths.missing(database) == []
    statuses, endings = demo_paths.reached(database)
    assert statuses == set(Status.values)
    assert set(DISPOSITIONS) - endings == {"WITHDRAWN", *EMERGENCY_ACTIONS}  # no board's rule ends a case by the first

    again = start()
    assert again.wait_for_health(60) < SECOND_START_SECONDS
    assert database.stat().st_size >= size
    again.interrupt()
    assert processes_of(clone) == {}
