"""Hashing beside other work: the digest of everything, however the blocks fall."""

from hashlib import sha256

import pytest

from tracker.bundle.hashing import MOST_WAITING, Hasher


@pytest.mark.parametrize("blocks", [[], [b""], [b"one", b"", b"two"], [b"%d" % n for n in range(5 * MOST_WAITING)]])
def test_the_digest_is_that_of_all_blocks_in_their_order(blocks):
    hasher = Hasher()
    for block in blocks:
        hasher.feed(block)

    assert hasher.finish().digest() == hasher.finish().digest() == sha256(b"".join(blocks)).digest()
