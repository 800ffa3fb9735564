"""Making the pages of one received file in a child process with limits: whatever it does, this process goes on.

Children come from a program of our own (`nursery`) and not from `multiprocessing`: that would hand them the secrets in
our environment, and run again whatever program this process was started with.
"""

import atexit
import json
import logging
import os
import shutil
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import asdict, fields
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.files.redaction.errands import Errand
from tracker.files.rendering.limits import Limits
from tracker.files.rendering.rendered import ANSWER, READY_WITH_NETWORK, CannotRender, Job, Rendered

ROOT = Path(__file__).resolve().parents[3]
MOST_ANSWER_BYTES = 256 * 1024 * 1024
TRIES = 2
SECONDS_TO_END = 2
# Where the file is not at fault: it waits, and is tried again when the installation is mended.
_NOT_INSTALLED = {
    "typefaces": gettext_lazy("The typefaces that its pages are set in are not installed. It is tried again."),
    "office": gettext_lazy("The office program that is set up here cannot be started. It is tried again."),
}
_STOPPED = {
    "time": gettext_lazy("The file needs more time than a bundle allows."),
    "memory": gettext_lazy("The file needs more memory than a bundle allows."),
    "broken": gettext_lazy("The file could not be opened: the program that reads it stopped."),
}

logger = logging.getLogger("tracker.rendering")


class Stopped(Exception):
    """A child that gave no answer; `how` is "time", "memory" or "broken"."""

    def __init__(self, how: str) -> None:
        self.how = how
        super().__init__(how)


class RendererUnavailable(Exception):
    """The program that makes pages cannot be started, or lacks what belongs to it.

    That says nothing of the file: it is to be tried again.
    """


def render_safely(job: Job, limits: Limits | None = None, *, locale: str = "") -> Rendered:
    """Make the copy of a file in a child process; `locale` is the folder of translations.

    Raises CannotRender with a plain sentence when the child takes too long or too much, or breaks; RendererUnavailable
    when there can be no child, or typefaces or the office program are not there.
    """
    try:
        return _checked(Rendered.from_json(ask("render", job, limits or Limits(), locale=locale)), job.folder)
    except Stopped as stopped:
        raise CannotRender(str(_STOPPED[stopped.how])) from stopped
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise CannotRender(str(_STOPPED["broken"])) from error


def ask(work: str, job: Job | Errand, limits: Limits, *, locale: str = "") -> str:
    """Let a child do a piece of work (a name in `nursery.WORKS`), and answer the text that it wrote.

    Raises Stopped when it takes too long or too much, or breaks; RendererUnavailable when there can be no child.
    """
    end = _nursery.run(work, job, limits, locale)
    if end in _NOT_INSTALLED:
        raise RendererUnavailable(str(_NOT_INSTALLED[end]))
    if end != "done":
        raise Stopped(end if end in _STOPPED else "broken")
    answer = job.folder / ANSWER
    try:
        # Anything but a plain file, such as a pipe, would keep us waiting or show us what is not the child's.
        if not is_plain(answer, job.folder) or answer.stat().st_size > MOST_ANSWER_BYTES:
            raise Stopped("broken")
        return answer.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise Stopped("broken") from error


def keeps_network() -> bool:
    """Whether the programs that open received files can reach the network, since this system cannot cut them off."""
    return _nursery.keeps_network()


def _checked(rendered: Rendered, folder: Path) -> Rendered:
    """The answer, when all files it names are plain ones in the folder.

    A file that got hold of the child must not make us keep, and show, other files of this machine.
    """
    named = [rendered.rendition, rendered.text, *(item.path for item in rendered.attachments)]
    if not all(is_plain(path, folder) for path in named if path):
        raise ValueError("The answer names a file that is not its own.")
    return rendered


def is_plain(path: Path, folder: Path) -> bool:
    """Whether a path is a plain file in a folder, and not a link to another."""
    return not path.is_symlink() and path.is_file() and folder.resolve() in path.resolve().parents


class _Nursery:
    """The program that children come from, started when it is first needed; one job at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._program: subprocess.Popen[str] | None = None
        self._owner = 0
        self._keeps_network = False

    def run(self, work: str, job: Job | Errand, limits: Limits, locale: str) -> str:
        """Let a child do a piece of work; answer how it ended. Raises RendererUnavailable."""
        plain = {field.name: str(getattr(job, field.name)) for field in fields(job)}
        line = json.dumps({"work": work, "job": plain, "limits": asdict(limits), "locale": locale})
        with self._lock:
            for _time in range(TRIES):
                said = self._ask(line)
                if said:
                    return str(json.loads(said))
                # The program itself was ended, by the system or by whoever stops all programs; another is started.
                self.close()
                _empty(job.folder)
        raise RendererUnavailable(_("The program that makes pages does not run."))

    def _ask(self, line: str) -> str:
        """One line to the program and its answer, "" when it is gone."""
        try:
            program = self._ready()
            assert program.stdin is not None and program.stdout is not None  # noqa: S101, PT018 - opened as pipes
            program.stdin.write(line + "\n")
            program.stdin.flush()
            return program.stdout.readline()
        except OSError:
            return ""

    def keeps_network(self) -> bool:
        """Whether its children keep the network; it is started to know that. False where it cannot be started."""
        with self._lock, suppress(OSError):
            self._ready()
        return self._keeps_network

    def close(self) -> None:
        """End the program."""
        program, self._program = self._program, None
        if program is None or self._owner != os.getpid():
            return
        with suppress(OSError), program:
            # Asked to, it ends first what it started.
            program.terminate()
            try:
                program.wait(SECONDS_TO_END)
            except subprocess.TimeoutExpired:
                program.kill()

    def _ready(self) -> "subprocess.Popen[str]":
        # A process that was forked from one with a nursery must not talk into its parent's pipe.
        if self._program is None or self._owner != os.getpid() or self._program.poll() is not None:
            self.close()
            self._program, self._owner = self._started(), os.getpid()
        return self._program

    def _started(self) -> "subprocess.Popen[str]":
        environment = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR", "TZ") if name in os.environ}
        program = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "tracker.files.rendering.nursery"],
            cwd=ROOT,
            env=environment | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            # Keys pressed to stop our own program are not meant for it: it ends when the pipe does.
            start_new_session=True,
        )
        assert program.stdout is not None  # noqa: S101 - opened as a pipe
        self._hear(program.stdout.readline().strip())
        return program

    def _hear(self, said: str) -> None:
        before, self._keeps_network = self._keeps_network, said == READY_WITH_NETWORK
        if self._keeps_network and not before:
            logger.warning("Programs that open received files can reach the network: the system cannot cut them off.")


def _empty(folder: Path) -> None:
    """Nothing of a first try is left for the second."""
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


_nursery = _Nursery()
atexit.register(_nursery.close)
