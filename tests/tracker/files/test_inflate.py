"""Unpacking: whole data is whole, damaged data gives what comes before the damage, nothing runs past its limit."""

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.files.inflate import expand_runs, inflate, is_whole

WORDS = b"".join(b"line %d of a page of many words\n" % number for number in range(9_000))


@pytest.mark.parametrize("data", [b"", b"a", WORDS])
def test_whole_data_comes_back(data):
    packed = zlib.compress(data)

    assert inflate(packed, len(data)) == (data, True)
    assert is_whole(packed, len(data))
    assert inflate(packed + b"\r\n", len(data)) == (data, True)  # what follows the end does not count


@given(at=st.integers(0, 20_000), byte=st.integers(1, 255))
def test_damaged_data_gives_a_true_beginning(at, byte):
    packed = bytearray(zlib.compress(WORDS, 1))
    at %= len(packed)
    packed[at] ^= byte
    found, whole = inflate(bytes(packed), len(WORDS) * 2)

    assert whole == is_whole(bytes(packed), len(WORDS) * 2)
    if not whole and at > 1_000:
        assert found[:1_000] == WORDS[:1_000]


@pytest.mark.parametrize("keep", [0, 1, 2, 200, -5, -1])
def test_what_is_cut_off_is_not_whole(keep):
    packed = zlib.compress(WORDS, 1)[:keep]
    found, whole = inflate(packed, len(WORDS))

    assert (whole, is_whole(packed, len(WORDS))) == (False, False)
    assert WORDS.startswith(found)
    assert keep >= 0 or len(found) == len(WORDS)  # only the check sum is missing


def test_damage_deep_in_the_data_loses_little():
    packed = bytearray(zlib.compress(WORDS * 40, 1))
    at = len(packed) * 9 // 10
    packed[at : at + 40] = b"\xff" * 40

    assert len(inflate(bytes(packed), 1 << 30)[0]) > len(WORDS) * 30


def test_a_limit_is_kept():
    packed = zlib.compress(b" " * 50_000_000, 9)

    assert len(inflate(packed, 1_000)[0]) == 1_001
    assert is_whole(packed, 1_000)  # no damage up to there


@pytest.mark.parametrize(
    ("packed", "data"),
    [
        (b"\x02abc\xfed\x80rest", b"abcddd"),
        (b"\x02abc", b"abc"),
        (b"\x7fab", b"ab"),  # cut off within a stretch
        (b"\x81", b""),
        (b"", b""),
    ],
)
def test_runs_are_expanded_as_far_as_they_go(packed, data):
    assert expand_runs(packed, 100) == data


def test_runs_stop_at_their_limit():
    assert 1_000 < len(expand_runs(b"\x81x" * 1_000_000, 1_000)) < 1_200
