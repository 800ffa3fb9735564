"""The program that child processes come from: `python -m tracker.files.rendering.nursery`.

It has every renderer and the engine of redactions loaded and nothing else: no settings, no database, no secrets of the
environment. For each line it reads it forks a child, which binds itself and does the work on one file. A fork takes
milliseconds where a new program would take half a second. It ends when its parent does, and everything that was started
for a file with it.
"""

import json
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NoReturn

import django

# What `django.setup` loads: once, before any child, and not in each of them.
import django.urls
import django.utils.log
import django.utils.translation.trans_real
from django.conf import settings
from django.utils import translation

from tracker.files.fonts import FontsMissing
from tracker.files.redaction import errands
from tracker.files.rendering import choose, limits
from tracker.files.rendering.limits import Limits
from tracker.files.rendering.office import ProgramMissing
from tracker.files.rendering.rendered import ANSWER, READY, READY_WITH_NETWORK, Job

DONE, NO_MEMORY, BROKEN, NO_TYPEFACES, NO_OFFICE = 0, 3, 4, 5, 6
STEP_SECONDS = 0.005


def main() -> None:
    """Read jobs line by line until the parent closes the pipe; write one line with the end of each child.

    The first line says that it is ready, and whether children keep the network.
    """
    limits.keep_orphans()
    signal.signal(signal.SIGTERM, _stop)
    print(READY if limits.can_leave_network() else READY_WITH_NETWORK, flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        print(json.dumps(_one(asked)), flush=True)


def _one(asked: dict[str, Any]) -> str:
    child = os.fork()
    if child == 0:
        _work(asked)
    return _await(child, asked["limits"]["seconds"])


def _stop(_signal: int = 0, _frame: object = None) -> NoReturn:
    limits.end_all_started()
    os._exit(0)


def _await(child: int, seconds: int) -> str:
    """Wait for a child and end all that it started; answer how it ended, "time" when its time was over."""
    parent = os.getppid()
    until = time.monotonic() + seconds
    while True:
        found, status = os.waitpid(child, os.WNOHANG)
        if found:
            _end_rest(child)
            return _end(status)
        if os.getppid() != parent:
            _stop()
        if time.monotonic() >= until:
            _end_rest(child)
            return "time"
        time.sleep(STEP_SECONDS)


def _end_rest(child: int) -> None:
    limits.end_session(child)
    limits.end_all_started()


def _end(status: int) -> str:
    ends = {
        DONE: "done",
        NO_MEMORY: "memory",
        NO_TYPEFACES: "typefaces",
        NO_OFFICE: "office",
        -signal.SIGXCPU: "time",
        # Killed by somebody else: the system, when the machine ran out of memory.
        -signal.SIGKILL: "memory",
    }
    return ends.get(os.waitstatus_to_exitcode(status), "broken")


def _work(asked: dict[str, Any]) -> NoReturn:
    """The child: bind itself, make the pages, write the answer, end without a word."""
    code = BROKEN
    try:
        os.setsid()
        os.dup2(os.open(os.devnull, os.O_RDWR), 0)
        os.dup2(0, 1)
        bound = Limits(**asked["limits"])
        limits.apply(bound)
        limits.leave_network()
        # Said after the network is left, which would take it back; the answer is that of `_stop`.
        limits.end_with_parent(signal.SIGTERM)
        plain, work = asked["job"], WORKS[asked["work"]]
        _prepare_words(asked["locale"])
        with translation.override(plain["language"]):
            answer = work(plain, bound.seconds)
        (Path(plain["folder"]) / ANSWER).write_text(answer, encoding="utf-8")
        code = DONE
    except MemoryError:
        code = NO_MEMORY
    except FontsMissing:
        code = NO_TYPEFACES
    except ProgramMissing:
        code = NO_OFFICE
    finally:
        os._exit(code)


def _render(plain: Mapping[str, str], seconds: float) -> str:
    source, folder, fonts = (Path(plain[name]) for name in ("source", "folder", "fonts"))
    job = Job(source, folder, plain["kind"], plain["name"], fonts, plain["office"], plain["language"])
    return choose.render(job, seconds).to_json()


WORKS: Mapping[str, Callable[[Mapping[str, str], float], str]] = {"render": _render, **errands.WORKS}


def _prepare_words(locale: str) -> None:
    settings.configure(USE_I18N=True, INSTALLED_APPS=[], LOCALE_PATHS=[locale] if locale else [], LOGGING_CONFIG=None)
    django.setup()


if __name__ == "__main__":
    main()
