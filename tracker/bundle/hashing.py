"""SHA-256 computed by a second thread, while the caller reads, writes and renumbers."""

import hashlib
import queue
import threading
from hashlib import sha256

# Blocks that may wait: what lies in memory is never more than these.
MOST_WAITING = 8


class Hasher:
    """The SHA-256 of the blocks that it is fed, in their order. Blocks must not change afterwards."""

    def __init__(self) -> None:
        self._total = sha256()
        self._blocks: queue.Queue[bytes | None] = queue.Queue(maxsize=MOST_WAITING)
        self._thread = threading.Thread(target=self._hash, daemon=True)
        self._thread.start()

    def feed(self, block: bytes) -> None:
        """Take the next block."""
        self._blocks.put(block)

    def finish(self) -> "hashlib._Hash":
        """Wait until everything is hashed; return the hash object. May be called again, nothing may be fed then."""
        if self._thread.is_alive():
            self._blocks.put(None)
            self._thread.join()
        return self._total

    def _hash(self) -> None:
        while (block := self._blocks.get()) is not None:
            self._total.update(block)
