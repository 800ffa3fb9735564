import os
import signal
import subprocess
import sys
import textwrap
import time

import pytest

from tests.conftest import ROOT, wait_until
from tracker.web.supervisor import Child, Supervisor

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


def program(code):
    return [sys.executable, "-c", textwrap.dedent(code)]


@pytest.fixture
def run_supervisor(tmp_path):
    """A supervisor in a process of its own, watching the named programs; its lines go to a file."""
    started = []

    def run(*children):
        rows = ", ".join(f"Child({name!r}, {command!r}, essential={vital})" for name, command, vital in children)
        code = f"""
        import os, sys
        from tracker.web.supervisor import Child, Supervisor
        say = lambda text: print(text, flush=True)
        watch = Supervisor([{rows}], dict(os.environ), say)
        def announce():
            say("pids " + " ".join(str(child.process.pid) for child in watch.children))
        sys.exit(watch.run(answers=lambda: True, announce=announce))
        """
        log = (tmp_path / "log").open("w+")
        process = subprocess.Popen(program(code), cwd=ROOT, stdout=log, stderr=log, start_new_session=True)
        process.log = tmp_path / "log"
        started.append((process, log))
        return process

    yield run
    for process, log in started:
        process.kill()
        process.wait()
        log.close()


def pids(process):
    wait_until(lambda: "pids " in process.log.read_text(), seconds=20, what="announcement")
    line = next(line for line in process.log.read_text().splitlines() if line.startswith("pids "))
    return [int(word) for word in line.split()[1:]]


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    with open(f"/proc/{pid}/stat") as stat:
        return stat.read().rsplit(")", 1)[1].split()[0] != "Z"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_either_signal_ends_all_with_success(run_supervisor, number):
    process = run_supervisor(("server", SLEEP, True), ("worker", SLEEP, False))
    children = pids(process)

    process.send_signal(number)

    assert process.wait(timeout=15) == 0
    assert not any(is_alive(pid) for pid in children)


def test_a_dead_worker_is_started_again(run_supervisor):
    process = run_supervisor(("server", SLEEP, True), ("worker", SLEEP, False))
    server, worker = pids(process)

    os.kill(worker, signal.SIGKILL)

    again = "The worker ended (exit code -9) and is started again."
    wait_until(lambda: again in process.log.read_text(), seconds=10, what="restart")
    assert process.poll() is None
    assert is_alive(server)


def test_the_end_of_the_server_ends_all_with_failure(run_supervisor):
    process = run_supervisor(("server", SLEEP, True), ("worker", SLEEP, False))
    server, worker = pids(process)

    os.kill(server, signal.SIGKILL)

    assert process.wait(timeout=15) == 1
    assert "The server ended by itself (exit code -9)." in process.log.read_text()
    assert not is_alive(worker)


def test_a_worker_that_cannot_live_is_given_up(run_supervisor):
    process = run_supervisor(("server", SLEEP, True), ("worker", program("raise SystemExit(7)"), False))

    assert process.wait(timeout=30) == 1
    assert "The worker ended 6 times within a minute (exit code 7)." in process.log.read_text()


def test_a_killed_supervisor_leaves_nobody_behind(run_supervisor):
    process = run_supervisor(("server", SLEEP, True), ("worker", SLEEP, False))
    children = pids(process)

    process.kill()

    wait_until(lambda: not any(is_alive(pid) for pid in children), seconds=10, what="end of the children")


def test_a_server_that_never_answers_is_told_once(monkeypatch):
    monkeypatch.setattr("tracker.web.supervisor.PATIENCE_SECONDS", 0.3)
    said, asked = [], []
    watch = Supervisor([Child("server", SLEEP, essential=True)], dict(os.environ), said.append)

    def answers():
        asked.append(1)
        watch.stopping = len(asked) > 6
        return False

    before = [signal.getsignal(number) for number in SIGNALS]
    try:
        assert watch.run(answers=answers, announce=lambda: said.append("announced")) == 0
    finally:
        for number, handler in zip(SIGNALS, before, strict=True):
            signal.signal(number, handler)

    assert said == ["The web server runs but does not answer as it should; the reason is above."]


def test_a_child_that_ignores_the_request_is_killed(monkeypatch):
    monkeypatch.setattr("tracker.web.supervisor.GRACE_SECONDS", 0.5)
    ignoring = "signal.signal(signal.SIGTERM, signal.SIG_IGN)"
    stubborn = f"import signal, time; {ignoring}; time.sleep(60)"
    child = Child("worker", program(stubborn))
    child.start(dict(os.environ))
    time.sleep(0.5)

    Supervisor([child], dict(os.environ), print).end_children()

    assert child.exit_code == -signal.SIGKILL
