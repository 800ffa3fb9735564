"""The pulse of a build: what the stages report becomes signs of life, at most one a second."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from tracker.bundle.plan import PAGES, BundlePlan
from tracker.bundle.volumes import divide

EVERY = timedelta(seconds=1)


class Beat(Protocol):
    """Writes a sign of life; raises what ends the build."""

    def __call__(self, *, stage: str, detail: str, done: int, steps: int) -> None: ...


class Pulse:
    """Called by the stages with a stage and what it is at; counts the steps and passes a sign of life on.

    A stage that begins is told at once. Volumes are put together and verified by turns, but told as if all were
    verified at the end, so that no stage seems to begin twice.
    """

    def __init__(self, plan: BundlePlan, beat: Beat, clock: Callable[[], datetime]) -> None:
        volumes = len(divide(plan.exhibits, plan.limits))
        shown = sum(item.kind == PAGES for item in plan.exhibits)
        self._steps = {
            "check": shown,
            "assemble": len(plan.exhibits),
            "verify": volumes,
            "sign": volumes,
            "pack": volumes,
        }
        self._volumes = volumes
        self._beat = beat
        self._clock = clock
        self._watched: Callable[[], None] = lambda: None
        self._seen: dict[str, set[str]] = {}
        self._told = ""
        self._last: datetime | None = None

    def watch(self, check: Callable[[], None]) -> None:
        """Call `check` at every report too; what it raises ends the build."""
        self._watched = check

    def __call__(self, stage: str, detail: str) -> None:
        """Report what is done next."""
        self._watched()
        seen = self._seen.setdefault(stage, set())
        if detail:
            seen.add(detail)
        if stage == "verify" and len(seen) < self._volumes:
            stage, seen = "assemble", self._seen.setdefault("assemble", set())
        now = self._clock()
        if stage == self._told and self._last is not None and now - self._last < EVERY:
            return
        self._told, self._last = stage, now
        steps = self._steps.get(stage, 0)
        self._beat(stage=stage, detail=detail, done=min(max(len(seen) - 1, 0), steps), steps=steps)
