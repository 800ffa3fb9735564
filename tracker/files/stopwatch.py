"""Time for acts that take long: the told moment, running on. No clock is read, only what has passed."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

Clock = Callable[[], datetime]


def running_from(at: datetime) -> Clock:
    """A clock that shows `at` now and runs on in whole seconds.

    An entry of the ledger must not be told more than two minutes away from the true time, and a scan, a large PDF or a
    mail server that does not answer can take longer than that.
    """
    begun = time.monotonic()
    return lambda: at + timedelta(seconds=int(time.monotonic() - begun))


class Budget:
    """A stretch of time that may be spent, in seconds from now on."""

    def __init__(self, seconds: float) -> None:
        self._until = time.monotonic() + seconds

    @property
    def is_spent(self) -> bool:
        """Whether nothing is left of it."""
        return time.monotonic() >= self._until
