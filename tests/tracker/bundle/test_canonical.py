"""One spelling for the same values."""

import pytest

from tracker.bundle.canonical import canonical


def test_keys_are_sorted_and_texts_are_nfc():
    assert canonical({"b": ("e\u0301",), "a": {"z": 1, "y": None}}) == '{"a":{"y":null,"z":1},"b":["é"]}'


def test_a_float_is_refused_wherever_it_hides():
    with pytest.raises(TypeError):
        canonical({"a": [{"b": 1.5}]})


def test_broken_names_still_have_a_spelling():
    assert canonical("a\udcffb") == '"a?b"'
