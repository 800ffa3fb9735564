import hashlib
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.audit import canonical

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(alphabet=st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc"), inner, max_size=3),
    max_leaves=8,
)


def test_one_text_for_one_value():
    value = {"b": 1, "a": {"y": None, "x": "é"}}

    assert canonical.dumps(value) == '{"a":{"x":"é","y":null},"b":1}'


@given(st.dictionaries(st.text("abcde", max_size=3), PLAIN, max_size=4))
def test_order_of_writing_does_not_matter(value):
    turned = dict(reversed(list(value.items())))

    assert canonical.dumps(value) == canonical.dumps(turned)
    assert json.loads(canonical.dumps(value)) == value


def test_not_a_number_is_refused():
    with pytest.raises(ValueError, match="JSON"):
        canonical.dumps({"a": float("nan")})


def test_times_are_utc_with_microseconds():
    chicago = timezone(timedelta(hours=-6))

    assert canonical.rfc3339(datetime(2026, 3, 2, 9, 0, tzinfo=chicago)) == "2026-03-02T15:00:00.000000Z"
    assert canonical.rfc3339(datetime(2026, 3, 2, 9, 0, 0, 7, tzinfo=UTC)) == "2026-03-02T09:00:00.000007Z"


def test_digests_are_the_documented_ones():
    salt = "ab" * 32

    assert canonical.entry_hash("{}") == hashlib.sha256(b"recourse.ledger.v1\x00{}").hexdigest()
    wanted = hashlib.sha256(b"recourse.private.v1\x00" + b"\xab" * 32 + b"{}").hexdigest()
    assert canonical.private_digest(salt, "{}") == wanted
    assert canonical.private_digest("cd" * 32, "{}") != wanted


def test_leaves_are_no_nodes():
    left, right = canonical.leaf_hash("a"), canonical.leaf_hash("b")

    assert canonical.node_hash(left, right) != canonical.node_hash(right, left)
    assert canonical.node_hash(left, right) == hashlib.sha256(b"\x01" + bytes.fromhex(left + right)).hexdigest()


def test_every_part_of_an_anchor_is_in_its_hash():
    at = datetime(2026, 3, 2, tzinfo=UTC)
    given_parts = (1, at, "aa", "bb")
    others = [(2, at, "aa", "bb"), (1, at + timedelta(microseconds=1), "aa", "bb"), (1, at, "ab", "bb")]
    others.append((1, at, "aa", "bc"))

    assert len({canonical.anchor_hash(*parts) for parts in [given_parts, *others]}) == 5


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"id": "0190c2f0-0000-7000-8000-000000000001", "count": 3, "met": True, "none": None},
        {"due_on": "2026-03-02", "at": "2026-03-02T15:00:00.000000Z", "digest": "a" * 64},
        {"list": ["a", 1, {"deep": "x"}], "tuple": ("a",), "code": "22_TAC-681.41:B+C/D,E"},
    ],
)
def test_ids_codes_dates_and_numbers_may_be_hashed(facts):
    assert canonical.faults_in_facts(facts) == []


@pytest.mark.parametrize(
    ("facts", "fault"),
    [
        ({"name": "Maya Ortiz"}, "facts.name holds free text"),
        ({"mail": "maya@example.org"}, "facts.mail holds free text"),
        ({"name": "José"}, "facts.name holds free text"),
        ({"text": "line\n"}, "facts.text holds free text"),
        ({"long": "a" * 201}, "facts.long holds free text"),
        ({"share": 0.5}, "facts.share holds a float"),
        ({"at": datetime(2026, 3, 2, tzinfo=UTC)}, "facts.at holds a datetime"),
        ({"raw": b"x"}, "facts.raw holds a bytes"),
        ({"deep": [{"a": "two words"}]}, "facts.deep[0].a holds free text"),
        ({"Maya Ortiz": 1}, "facts has a key that is free text"),
    ],
)
def test_anything_else_is_named(facts, fault):
    assert canonical.faults_in_facts(facts) == [fault]
