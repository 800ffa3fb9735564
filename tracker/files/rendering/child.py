"""Making the pages of one received file in a child process with limits: whatever it does, this process goes on.

Children come from a program of our own (`nursery`) and not from `multiprocessing`: that would hand them the secrets in
our environment, and run again whatever program this process was started with.
"""

import atexit
import json
import os
import shutil
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import asdict, fields
from pathlib import Path

from django.utils.translation import gettext as _

from tracker.files.rendering.limits import Limits
from tracker.files.rendering.rendered import ANSWER, CannotRender, Job, Rendered

ROOT = Path(__file__).resolve().parents[3]
MOST_ANSWER_BYTES = 256 * 1024 * 1024
TRIES = 2


class RendererUnavailable(Exception):
    """The program that makes pages cannot be started. That says nothing of the file: it is to be tried again."""


def render_safely(job: Job, limits: Limits | None = None, *, locale: str = "") -> Rendered:
    """Make the copy of a file in a child process; `locale` is the folder of translations.

    Raises CannotRender with a plain sentence when the child takes too long or too much, or breaks; RendererUnavailable
    when there can be no child.
    """
    end = _nursery.run(job, limits or Limits(), locale)
    if end == "time":
        raise CannotRender(_("The file needs more time than a bundle allows."))
    if end == "memory":
        raise CannotRender(_("The file needs more memory than a bundle allows."))
    answer = job.folder / ANSWER
    try:
        if end != "done" or answer.stat().st_size > MOST_ANSWER_BYTES:
            raise CannotRender(_("The file could not be opened: the program that reads it stopped."))
        return _checked(Rendered.from_json(answer.read_text(encoding="utf-8")), job.folder)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise CannotRender(_("The file could not be opened: the program that reads it stopped.")) from error


def _checked(rendered: Rendered, folder: Path) -> Rendered:
    """The answer, when all files it names are plain ones in the folder.

    A file that got hold of the child must not make us keep, and show, other files of this machine.
    """
    named = [rendered.rendition, rendered.text, *(item.path for item in rendered.attachments)]
    for path in named:
        if path and (path.is_symlink() or not path.is_file() or folder.resolve() not in path.resolve().parents):
            raise ValueError("The answer names a file that is not its own.")
    return rendered


class _Nursery:
    """The program that children come from, started when it is first needed; one job at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._program: subprocess.Popen[str] | None = None
        self._owner = 0

    def run(self, job: Job, limits: Limits, locale: str) -> str:
        """Let a child do a job; answer how it ended. Raises RendererUnavailable."""
        plain = {field.name: str(getattr(job, field.name)) for field in fields(job)}
        line = json.dumps({"job": plain, "limits": asdict(limits), "locale": locale})
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

    def close(self) -> None:
        """End the program."""
        program, self._program = self._program, None
        if program is None or self._owner != os.getpid():
            return
        with suppress(OSError), program:
            program.kill()

    def _ready(self) -> "subprocess.Popen[str]":
        # A process that was forked from one with a nursery must not talk into its parent's pipe.
        if self._program is None or self._owner != os.getpid() or self._program.poll() is not None:
            self.close()
            self._program, self._owner = self._started(), os.getpid()
        return self._program

    @staticmethod
    def _started() -> "subprocess.Popen[str]":
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
        program.stdout.readline()
        return program


def _empty(folder: Path) -> None:
    """Nothing of a first try is left for the second."""
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


_nursery = _Nursery()
atexit.register(_nursery.close)
