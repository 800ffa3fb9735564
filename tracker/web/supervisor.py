"""One process that keeps the demo's web server and job worker running, and ends both when it ends."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

GRACE_SECONDS = 10.0
PATIENCE_SECONDS = 60.0
TICK_SECONDS = 0.2
MOST_RESTARTS_A_MINUTE = 5


@dataclass
class Child:
    """A program to keep running. The end of an essential one ends everything; any other is started again."""

    name: str
    command: list[str]
    essential: bool = False
    process: subprocess.Popen | None = None

    def start(self, environment: dict[str, str]) -> None:
        """Start it in a session of its own: Ctrl-C then reaches only the supervisor, which ends it."""
        self.process = subprocess.Popen(  # noqa: S603
            self.command,
            env=environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_die_with_parent,  # noqa: PLW1509
        )

    @property
    def exit_code(self) -> int | None:
        """Its exit code (negative: the signal that ended it), or None while it runs."""
        return self.process.poll() if self.process else None


class Supervisor:
    """Starts children, watches them and stops them."""

    def __init__(self, children: list[Child], environment: dict[str, str], say: Callable[[str], None]) -> None:
        self.children = children
        self.environment = environment
        self.say = say
        self.stopping = False
        self._restarts: list[float] = []

    def run(self, *, answers: Callable[[], bool], announce: Callable[[], None]) -> int:
        """Start all, call `announce` once `answers` is true, and watch.

        Returns: 0 after a signal, 1 when an essential child ended by itself or another cannot be kept alive.
        """
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)
        announced, worried_at = False, time.monotonic() + PATIENCE_SECONDS
        try:
            for child in self.children:
                child.start(self.environment)
            while not self.stopping:
                if not self._all_well():
                    return 1
                if not announced and answers():
                    announced = True
                    announce()
                if not announced and time.monotonic() > worried_at:
                    worried_at = float("inf")
                    self.say("The web server runs but does not answer as it should; the reason is above.")
                time.sleep(TICK_SECONDS)
            return 0
        finally:
            self.end_children()

    def _stop(self, number: int, frame: object) -> None:
        self.stopping = True

    def _all_well(self) -> bool:
        for child in self.children:
            code = child.exit_code
            if code is None:
                continue
            if child.essential:
                self.say(f"The {child.name} ended by itself (exit code {code}).")
                return False
            now = time.monotonic()
            self._restarts = [moment for moment in self._restarts if now - moment < 60] + [now]
            if len(self._restarts) > MOST_RESTARTS_A_MINUTE:
                self.say(f"The {child.name} ended {len(self._restarts)} times within a minute (exit code {code}).")
                return False
            self.say(f"The {child.name} ended (exit code {code}) and is started again.")
            child.start(self.environment)
        return True

    def end_children(self) -> None:
        """Ask every child to end, wait, and kill what is left after the grace period."""
        running = [child.process for child in self.children if child.process and child.exit_code is None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + GRACE_SECONDS
        for process in running:
            try:
                process.wait(timeout=max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                _kill_session(process)


def _kill_session(process: subprocess.Popen) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _die_with_parent() -> None:
    # Else a supervisor that is killed outright leaves a server behind that holds the port (Linux only).
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)
