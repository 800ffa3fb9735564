"""Finding the seal and hashing around it."""

import io
from hashlib import sha256

from tracker.bundle.sealtag import SealTag, digests, find_tag

TAG = b"/RCSSeal (RCS1 len=000000000200 sha256=" + b"ab" * 32 + b")"


def test_the_last_seal_in_the_end_counts():
    data = b"x" * 50 + TAG.replace(b"2", b"1") + b"y" * 50 + TAG + b"z" * 9
    tag = find_tag(io.BytesIO(data))

    assert (tag.length, tag.digest) == (200, "ab" * 32)
    assert data[tag.digits_at : tag.digits_at + 64] == b"ab" * 32


def test_no_seal_and_a_seal_far_from_the_end_are_none():
    assert find_tag(io.BytesIO(b"")) is None
    assert find_tag(io.BytesIO(b"/RCSSeal (RCS1 len=12 sha256=00)")) is None
    assert find_tag(io.BytesIO(TAG + b" " * 200_000)) is None


def test_a_length_that_does_not_hold_the_seal_is_impossible():
    assert not SealTag(100, "ab" * 32, 90).is_possible
    assert not SealTag(159, "ab" * 32, 90).is_possible
    assert SealTag(160, "ab" * 32, 90).is_possible


def test_three_digests_in_one_reading(tmp_path):
    path = tmp_path / "x"
    data = bytes(range(256)) * 10_000
    path.write_bytes(data)
    tag = SealTag(2_000_000, "", 1_900_000)
    found = digests(path, tag, (2_100_000, 2_200_000))

    assert found.whole == sha256(data).hexdigest() == digests(path).whole
    assert found.core == sha256(data[:1_900_000] + b"0" * 64 + data[1_900_064:2_000_000]).hexdigest()
    assert found.signed == sha256(data[:2_100_000] + data[2_200_000:]).hexdigest()
    assert digests(path, tag).signed == found.whole
