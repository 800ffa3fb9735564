"""Originals read once more beside the build."""

import io
import threading
from pathlib import Path

import pytest

from tracker.bundle.actions.rereading import ExhibitBroken, Originals
from tracker.files import storage


@pytest.fixture
def kept():
    return {f"E-{n}": storage.store(io.BytesIO(b"item %d" % n), key_prefix="board/case") for n in range(1, 6)}


def spoil(one, content=b"other"):
    Path(storage.vault().path(one.key)).write_bytes(content)


def test_whole_originals_pass(kept):
    told = []
    with Originals(kept) as originals:
        originals.wait(told.append)
        originals.raise_broken()

    assert set(told) <= set(kept)


@pytest.mark.parametrize("how", ["changed", "missing"])
def test_a_broken_one_is_named(kept, how):
    if how == "changed":
        spoil(kept["E-3"])
    else:
        storage.discard(kept["E-3"].key)
    words = "Exhibit E-3: its stored bytes are not what was frozen"
    with pytest.raises(ExhibitBroken, match=words), Originals(kept) as originals:
        originals.wait(lambda _key: None)


def test_nothing_is_left_running_when_a_build_breaks_off(kept):
    with pytest.raises(KeyboardInterrupt), Originals(kept):
        raise KeyboardInterrupt

    assert not [thread for thread in threading.enumerate() if thread.name.startswith("originals")]
