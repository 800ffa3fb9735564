"""Looking at the pages of a copy in a process of its own: a page that breaks or stalls its reader costs that page only.

The copy is whole by then. What is lost is where a stamp would cover nothing, and the words of that page.
"""

import os
import select
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from tracker.files.rendering import limits, strip

SECONDS_FOR_A_PAGE = 30.0
# More pages than these that break their reader, and the rest is left.
MOST_BROKEN = 5
_CHUNK = 1 << 16


@dataclass(frozen=True)
class Looked:
    """For each page the places where a stamp covers nothing (`PageFacts.strip`), and the pages, counted from 1, at
    which nothing was seen: they have no such place, and no text.
    """

    strips: tuple[int, ...]
    unread: tuple[int, ...] = ()


def look(copy: Path, text: Path, count: int, seconds: float) -> Looked:
    """Look at the `count` pages of a copy for at most `seconds`; the words of all pages go to `text`."""
    until = time.monotonic() + seconds
    strips: list[int] = []
    unread: list[int] = []
    text.write_bytes(b"")
    while len(strips) < count:
        whole = text.stat().st_size
        for bits, end in _reports(copy, text, len(strips), until):
            strips.append(bits)
            whole = end
        os.truncate(text, whole)
        left = count - len(strips)
        if left <= 0:
            break
        goes_on = len(unread) + 1 < MOST_BROKEN and time.monotonic() < until
        lost = range(len(strips) + 1, len(strips) + 1 + (1 if goes_on else left))
        unread += lost
        strips += [0] * len(lost)
        with text.open("ab") as out:
            out.write(b"\f" * (len(lost) - (lost[0] == 1)))
    return Looked(tuple(strips[:count]), tuple(unread))


def _reports(copy: Path, text: Path, first: int, until: float) -> Iterator[tuple[int, int]]:
    """What a process of its own says of each page from `first` on, as long as it does."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _look_on(copy, text, first, writing)
    os.close(writing)
    try:
        for line in _lines(reading, until):
            bits, end = line.split()
            yield int(bits), int(end)
    finally:
        os.close(reading)
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _lines(reading: int, until: float) -> Iterator[bytes]:
    waiting = b""
    while True:
        patience = min(SECONDS_FOR_A_PAGE, until - time.monotonic())
        if patience <= 0 or not select.select([reading], [], [], patience)[0]:
            return
        found = os.read(reading, _CHUNK)
        if not found:
            return
        *whole, waiting = (waiting + found).split(b"\n")
        yield from whole


def _look_on(copy: Path, text: Path, first: int, writing: int) -> NoReturn:
    code = 1
    try:
        limits.end_with_parent()
        for bits, end in strip.pages(copy, text, first):
            os.write(writing, b"%d %d\n" % (bits, end))
        code = 0
    finally:
        os._exit(code)
