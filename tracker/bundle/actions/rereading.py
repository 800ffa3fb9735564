"""Reading the originals of a bundle once more, in a second thread, while its pages are made."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from types import TracebackType
from typing import Self

from django.utils.translation import gettext as _

from tracker.errors import IntegrityBroken
from tracker.files import storage
from tracker.files.storage import Kept

_SECONDS = 1.0


class ExhibitBroken(Exception):
    """An exhibit's bytes are not what was frozen; the text names it."""

    def __init__(self, key: str, why: str) -> None:
        words = _("Exhibit %(key)s: its stored bytes are not what was frozen. %(error)s")
        super().__init__(words % {"key": key, "error": why})


class Originals:
    """Originals by exhibit, being compared with their digests one after another. The thread touches no rows.

    What has not begun when the block is left is given up.
    """

    def __init__(self, kept: Mapping[str, Kept]) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="originals")
        self._reading: dict[Future[None], str] = {self._pool.submit(_read, one): key for key, one in kept.items()}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(cancel_futures=True)

    def raise_broken(self) -> None:
        """Raise ExhibitBroken when one that was read already is not what was received."""
        for done in [one for one in self._reading if one.done()]:
            key = self._reading.pop(done)
            try:
                done.result()
            except (IntegrityBroken, OSError) as error:
                raise ExhibitBroken(key, str(error)) from error

    def wait(self, report: Callable[[str], None]) -> None:
        """Wait for all of them, reporting the one that is read every second. Raises ExhibitBroken."""
        self.raise_broken()
        while self._reading:
            report(next(iter(self._reading.values())))
            wait_for(list(self._reading)[:1], timeout=_SECONDS)
            self.raise_broken()


def _read(kept: Kept) -> None:
    storage.open_verified(kept).close()
