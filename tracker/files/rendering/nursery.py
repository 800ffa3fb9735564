"""The program that child processes come from: `python -m tracker.files.rendering.nursery`.

It has every renderer loaded and nothing else: no settings, no database, no secrets of the environment. For each line
it reads it forks a child, which binds itself and makes the pages of one file. A fork takes milliseconds where a new
program would take half a second. It ends when its parent does.
"""

import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any, NoReturn

import django
from django.conf import settings
from django.utils import translation

from tracker.files.rendering import choose, limits
from tracker.files.rendering.limits import Limits
from tracker.files.rendering.rendered import ANSWER, Job

DONE, NO_MEMORY, BROKEN = 0, 3, 4
STEP_SECONDS = 0.005


def main() -> None:
    """Read jobs line by line until the parent closes the pipe; write one line with the end of each child."""
    print("ready", flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        print(json.dumps(_one(asked)), flush=True)


def _one(asked: dict[str, Any]) -> str:
    child = os.fork()
    if child == 0:
        _work(asked)
    return _await(child, asked["limits"]["seconds"])


def _await(child: int, seconds: int) -> str:
    """Wait for a child and end its whole session when its time is over; answer "done", "time", "memory" or "broken"."""
    until = time.monotonic() + seconds
    while True:
        found, status = os.waitpid(child, os.WNOHANG)
        if found:
            break
        if time.monotonic() >= until:
            limits.end_session(child)
            os.waitpid(child, 0)
            return "time"
        time.sleep(STEP_SECONDS)
    limits.end_session(child)
    # Killed by somebody else: the system, when the machine ran out of memory.
    ends = {DONE: "done", NO_MEMORY: "memory", -signal.SIGXCPU: "time", -signal.SIGKILL: "memory"}
    return ends.get(os.waitstatus_to_exitcode(status), "broken")


def _work(asked: dict[str, Any]) -> NoReturn:
    """The child: bind itself, make the pages, write the answer, end without a word."""
    code = BROKEN
    try:
        os.setsid()
        os.dup2(os.open(os.devnull, os.O_RDWR), 0)
        os.dup2(0, 1)
        limits.apply(Limits(**asked["limits"]))
        limits.leave_network()
        job = _job(asked["job"])
        _prepare_words(asked["locale"])
        with translation.override(job.language):
            rendered = choose.render(job)
        (job.folder / ANSWER).write_text(rendered.to_json(), encoding="utf-8")
        code = DONE
    except MemoryError:
        code = NO_MEMORY
    finally:
        os._exit(code)


def _job(plain: dict[str, str]) -> Job:
    source, folder, fonts = (Path(plain[name]) for name in ("source", "folder", "fonts"))
    return Job(source, folder, plain["kind"], plain["name"], fonts, plain["office"], plain["language"])


def _prepare_words(locale: str) -> None:
    settings.configure(USE_I18N=True, INSTALLED_APPS=[], LOCALE_PATHS=[locale] if locale else [], LOGGING_CONFIG=None)
    django.setup()


if __name__ == "__main__":
    main()
