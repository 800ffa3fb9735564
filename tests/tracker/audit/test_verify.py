"""The walk over a chain, on rows made here: no database."""

import json
from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from tracker.audit import canonical, verify
from tracker.audit.verify import EntryState, Private, Row

CHAIN = UUID("01900000-0000-7000-8000-00000000c8a1")
BOARD = UUID("01900000-0000-7000-8000-00000000b0a2")
AT = "2026-03-02T15:00:00.000000Z"
SALT = "ab" * 32


def make(seq, prev, *, event="case.note_added", words="", facts=None):
    """One true row, and its private part."""
    private = Private(SALT, canonical.dumps({"text": words})) if words else None
    digest = canonical.private_digest(private.salt, private.body) if private else ""
    body = canonical.dumps(
        {
            "board": str(BOARD),
            "chain": str(CHAIN),
            "seq": seq,
            "event": event,
            "at": AT,
            "recorded_at": AT,
            "facts": facts or {},
            "private_digest": digest,
            "prev": prev,
        }
    )
    row = Row(uuid4(), BOARD, CHAIN, seq, event, body, canonical.entry_hash(body), prev, AT, AT, digest)
    return row, private


def chain_of(*words):
    rows, privates, prev = [], {}, canonical.GENESIS
    for seq, text in enumerate(words, start=1):
        row, private = make(seq, prev, words=text)
        rows.append(row)
        if private:
            privates[row.id] = private
        prev = row.hash
    return rows, privates


def states(report):
    return [(verdict.seq, verdict.state.value) for verdict in report.verdicts]


def rehashed(row, **body_changes):
    """A forged row whose own hash fits again."""
    body = canonical.dumps({**json.loads(row.body), **body_changes})
    return replace(row, body=body, hash=canonical.entry_hash(body))


def test_true_chain_is_intact():
    rows, privates = chain_of("a", "", "c")

    report = verify.verify_chain(CHAIN, rows, privates, anchored={2: rows[1].hash}, head=(3, rows[2].hash))

    assert states(report) == [(1, "intact"), (2, "intact"), (3, "intact")]
    assert report.is_whole
    assert report.broken is None
    assert report.head == rows[2].hash
    assert report.count(EntryState.INTACT) == 3


def test_empty_chain_is_intact():
    report = verify.verify_chain(CHAIN, [], {}, head=(0, canonical.GENESIS))

    assert report.is_whole
    assert report.head == canonical.GENESIS


def test_lost_private_part_is_missing_and_breaks_no_link():
    rows, privates = chain_of("a", "b")
    del privates[rows[0].id]

    report = verify.verify_chain(CHAIN, rows, privates)

    assert states(report) == [(1, "missing"), (2, "intact")]
    assert not report.is_whole
    assert report.broken is None
    assert "without authority" in report.verdicts[0].reason


def test_disposed_part_names_the_entry_of_its_disposal():
    rows, privates = chain_of("a", "b")
    disposal, _ = make(
        3,
        rows[-1].hash,
        event="ledger.private_disposed",
        facts={"entries": [str(rows[0].id)], "authority": "TX-3.2"},
    )
    del privates[rows[0].id]

    report = verify.verify_chain(CHAIN, [*rows, disposal], privates)

    assert states(report) == [(1, "disposed"), (2, "intact"), (3, "intact")]
    assert (report.verdicts[0].under, report.verdicts[0].reason) == (3, "under entry 3")
    assert report.is_whole


def test_a_disposal_covers_only_what_it_names():
    rows, privates = chain_of("a", "b")
    disposal, _ = make(3, rows[-1].hash, event="ledger.private_disposed", facts={"entries": [str(rows[0].id)]})

    report = verify.verify_chain(CHAIN, [*rows, disposal], {})

    assert states(report) == [(1, "disposed"), (2, "missing"), (3, "intact")]
    assert not report.is_whole


@pytest.mark.parametrize("entries", [None, 7, "all", {"a": 1}])
def test_a_disposal_that_names_nothing_covers_nothing(entries):
    rows, _ = chain_of("a")
    disposal, _ = make(2, rows[-1].hash, event="ledger.private_disposed", facts={"entries": entries})

    assert states(verify.verify_chain(CHAIN, [*rows, disposal], {})) == [(1, "missing"), (2, "intact")]


def tampered(position, **changes):
    rows, privates = chain_of("a", "b", "c", "d")
    rows[position] = replace(rows[position], **changes)
    return verify.verify_chain(CHAIN, rows, privates)


def test_changed_text_is_found():
    rows, _ = chain_of("a", "b", "c", "d")
    text = rows[1].body.replace("case.note_added", "case.closed")

    report = tampered(1, body=text)

    assert report.broken.seq == 2
    assert report.broken.reason == "the text does not give the stored hash"
    assert states(report) == [(1, "intact"), (2, "altered"), (3, "intact"), (4, "intact")]


@pytest.mark.parametrize(
    ("column", "value", "named"),
    [
        ("event", "case.closed", "event"),
        ("board_id", None, "board"),
        ("board_id", UUID(int=1), "board"),
        ("at", "2020-01-01T00:00:00.000000Z", "at"),
        ("recorded_at", "2020-01-01T00:00:00.000000Z", "recorded_at"),
        ("private_digest", "f" * 64, "private_digest"),
        ("private_digest", "", "private_digest"),
    ],
)
def test_changed_copy_is_found(column, value, named):
    report = tampered(2, **{column: value})

    assert (report.broken.seq, report.broken.reason) == (3, f"the column {named} differs from the text")


def test_entry_moved_from_another_chain_is_found():
    rows, privates = chain_of("a", "b")

    report = verify.verify_chain(uuid4(), rows, privates)

    assert (report.broken.seq, report.broken.reason) == (1, "the column chain differs from the text")


def test_rehashed_entry_breaks_the_link_of_the_next():
    rows, privates = chain_of("a", "b", "c")
    rows[1] = rehashed(rows[1], facts={"forged": 1})

    report = verify.verify_chain(CHAIN, rows, privates)

    assert (report.broken.seq, report.broken.reason) == (3, "it does not follow the entry before it")


def test_wholly_rewritten_chain_is_found_by_an_anchor():
    true, _ = chain_of("a", "b", "c")
    forged, privates = chain_of("a", "x", "c")

    report = verify.verify_chain(CHAIN, forged, privates, anchored={2: true[1].hash}, head=(3, forged[2].hash))

    assert (report.broken.seq, report.broken.reason) == (2, "an anchor holds another hash for it")


@pytest.mark.parametrize("gone", [0, 1, 2])
def test_removed_entry_is_named(gone):
    rows, privates = chain_of("a", "b", "c", "d")
    del rows[gone]

    report = verify.verify_chain(CHAIN, rows, privates)

    assert report.broken.reason == f"entry {gone + 1} is missing"


def test_removed_entry_is_found_once_beside_an_anchor_that_holds_the_last():
    rows, privates = chain_of("a", "b", "c")
    anchored = {2: rows[1].hash, 3: rows[2].hash}
    del rows[1]

    report = verify.verify_chain(CHAIN, rows, privates, anchored=anchored)

    assert states(report) == [(1, "intact"), (3, "altered"), (2, "altered")]
    assert report.broken.reason == "entry 2 is missing"


def test_swapped_entries_are_found():
    rows, privates = chain_of("a", "b", "c")

    report = verify.verify_chain(CHAIN, [rows[0], rows[2], rows[1]], privates)

    assert report.broken.seq == 3


def test_cut_tail_is_found_by_the_head_and_by_an_anchor():
    rows, privates = chain_of("a", "b", "c")

    by_head = verify.verify_chain(CHAIN, rows[:2], privates, head=(3, rows[2].hash))
    by_anchor = verify.verify_chain(CHAIN, rows[:2], privates, anchored={3: rows[2].hash}, head=(2, rows[1].hash))

    assert (by_head.broken.seq, by_head.broken.reason) == (3, "the stored head is not the last entry")
    assert (by_anchor.broken.seq, by_anchor.broken.reason) == (3, "an anchor holds this entry, the ledger does not")


def test_lost_head_is_found():
    rows, privates = chain_of("a", "b")

    report = verify.verify_chain(CHAIN, rows, privates, head=(0, canonical.GENESIS))

    assert (report.broken.seq, report.broken.reason) == (2, "the stored head is not the last entry")


def test_vanished_chain_is_found_by_an_anchor():
    rows, _ = chain_of("a", "b")

    report = verify.verify_chain(CHAIN, [], {}, anchored={2: rows[1].hash})

    assert not report.is_whole
    assert report.broken.seq == 2


@pytest.mark.parametrize(
    "forged",
    [
        Private(SALT, '{"text":"other"}'),
        Private("cd" * 32, '{"text":"b"}'),
        Private("no salt", '{"text":"b"}'),
    ],
)
def test_changed_private_part_is_found(forged):
    rows, privates = chain_of("a", "b")
    privates[rows[1].id] = forged

    report = verify.verify_chain(CHAIN, rows, privates)

    assert (report.broken.seq, report.broken.reason) == (2, "its private part is not the one recorded")


def test_private_part_added_later_is_found():
    rows, privates = chain_of("a", "")
    privates[rows[1].id] = Private(SALT, '{"text":"never said"}')

    report = verify.verify_chain(CHAIN, rows, privates)

    assert (report.broken.seq, report.broken.reason) == (2, "a private part was added to it")


@pytest.mark.parametrize("body", ["", "not json", "[]", "null", "{}"])
def test_text_that_cannot_be_read_is_altered(body):
    rows, privates = chain_of("a")
    rows[0] = replace(rows[0], body=body, hash=canonical.entry_hash(body))

    report = verify.verify_chain(CHAIN, rows, privates)

    assert (report.broken.seq, report.broken.reason) == (1, "the column board differs from the text")


def test_first_of_two_faults_is_the_broken_link():
    rows, privates = chain_of("a", "b", "c", "d")
    rows[1], rows[3] = replace(rows[1], body="x"), replace(rows[3], event="y")

    report = verify.verify_chain(CHAIN, rows, privates)

    assert report.broken.seq == 2
    assert report.count(EntryState.ALTERED) == 2
