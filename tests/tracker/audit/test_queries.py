import json

import pytest
from django.db import transaction

from tests.tracker.audit.conftest import Writer
from tracker.audit import actions, canonical, ledger, queries
from tracker.audit.actors import Actor, Origin
from tracker.audit.models import Anchor, AnchorLeaf, Chain

pytestmark = pytest.mark.django_db
ANCHORER = Actor.system("anchor")


def anchor(at):
    with transaction.atomic():
        return actions.make_anchor(actor=ANCHORER, at=at)


def test_timeline_is_newest_first_with_words_for_those_who_may(writer):
    writer("first")
    entry = writer("second", facts={"note": "n-2"})

    lines = queries.timeline(writer.chain, with_private=True)

    assert [line.seq for line in lines] == [2, 1]
    top = lines[0]
    assert (top.id, top.hash, top.event, top.group) == (entry.id, entry.hash, "case.note_added", "note")
    assert (top.sentence, top.facts, top.private) == ("Note added", {"note": "n-2"}, {"text": "second"})
    assert (top.origin, top.actor) == (Origin.LIVE, json.loads(entry.body)["actor"])
    assert (top.at, top.recorded_at) == (entry.at, entry.recorded_at)


def test_timeline_without_private_words(writer):
    writer("secret")

    assert queries.timeline(writer.chain, with_private=False)[0].private == {}


def test_timeline_can_be_short_and_is_of_one_chain(writer):
    writer(), writer(), writer()
    Writer()()

    assert [line.seq for line in queries.timeline(writer.chain, with_private=True, limit=2)] == [3, 2]


@pytest.mark.parametrize("count", [1, 3])
def test_timeline_asks_twice(writer, count, django_assert_num_queries):
    for number in range(count):
        writer(f"note {number}")

    with django_assert_num_queries(2):
        queries.timeline(writer.chain, with_private=True)
    with django_assert_num_queries(1):
        queries.timeline(writer.chain, with_private=False)


@pytest.mark.parametrize("count", [1, 3])
def test_timeline_and_report_are_those_of_the_chain_read_once(writer, count, django_assert_num_queries):
    for number in range(count):
        writer(f"note {number}")

    with django_assert_num_queries(4):
        lines, report = queries.timeline_and_report(writer.chain, with_private=True)
    assert lines == queries.timeline(writer.chain, with_private=True)
    assert report == queries.chain_report(writer.chain)
    lines, report = queries.timeline_and_report(writer.chain, with_private=False)
    assert lines == queries.timeline(writer.chain, with_private=False)
    assert report.is_whole  # the private parts are checked for every reader


def test_facts_of_some_events_oldest_first(writer):
    writer(facts={"n": 1})
    writer(event="case.reopened", facts={"to": "investigating"}, private={})
    writer(facts={"n": 3})

    assert [facts for _, facts in queries.facts_of(writer.chain, "case.note_added")] == [{"n": 1}, {"n": 3}]
    both = queries.facts_of(writer.chain, "case.note_added", "case.reopened")
    assert [entry.seq for entry, _ in both] == [1, 2, 3]


def test_head_of_a_chain(writer):
    assert queries.head_of(writer.chain) == (0, canonical.GENESIS)
    entry = writer()
    assert queries.head_of(writer.chain) == (1, entry.hash)


def test_written_chain_is_whole(writer):
    for text in ("a", "", "c"):
        writer(text)

    report = queries.chain_report(writer.chain)

    assert [verdict.state for verdict in report.verdicts] == ["intact"] * 3
    assert report.is_whole


def test_past_entries_and_those_of_the_installation_verify_too(at):
    past = at.replace(year=2024, microsecond=7)
    installation = Writer(ledger.INSTALLATION_CHAIN)
    installation(board_id=None, at=past, actor=Actor.system("seed_demo", Origin.DEMO))

    assert queries.chain_report(ledger.INSTALLATION_CHAIN).is_whole


def broken(chain):
    report = queries.chain_report(chain)
    assert not report.is_whole
    return report.broken.seq, report.broken.reason


TEXT = "the text does not give the stored hash"
TAMPERINGS = [
    ("UPDATE tracker_ledgerentry SET body = '{}' WHERE seq = 2", TEXT),
    ("UPDATE tracker_ledgerentry SET hash = prev_hash WHERE seq = 2", TEXT),
    ("UPDATE tracker_ledgerentry SET event = 'case.closed' WHERE seq = 2", "the column event differs from the text"),
    ("UPDATE tracker_ledgerentry SET at = '2020-01-01T00:00:00Z' WHERE seq = 2", "the column at differs from the text"),
    ("UPDATE tracker_ledgerentry SET board_id = NULL WHERE seq = 2", "the column board differs from the text"),
    (
        "UPDATE tracker_ledgerentry SET prev_hash = hash WHERE seq = 2",
        "it does not follow the entry before it",
    ),
]


@pytest.mark.parametrize(("sql", "reason"), TAMPERINGS, ids=[sql.split("SET ")[1] for sql, _ in TAMPERINGS])
def test_first_broken_link_is_named(writer, tamper, sql, reason):
    writer("a"), writer("b"), writer("c")

    assert tamper(sql) == 1

    assert broken(writer.chain) == (2, reason)


def test_removed_entry_is_named(writer, tamper):
    writer(), writer(), writer()
    tamper("DELETE FROM tracker_ledgerentry WHERE seq = 2")

    assert broken(writer.chain) == (3, "entry 2 is missing")


def test_cut_tail_is_named(writer, tamper):
    writer(), writer(), writer()
    tamper("DELETE FROM tracker_ledgerentry WHERE seq = 3")

    assert broken(writer.chain) == (3, "the stored head is not the last entry")


def test_cut_tail_with_its_head_is_found_by_the_anchor(writer, tamper, key, at):
    first, second = writer(), writer()
    anchor(at)
    tamper("DELETE FROM tracker_ledgerentry WHERE id = %s", key(second.id))
    Chain.objects.filter(pk=writer.chain).update(head_seq=1, head_hash=first.hash)

    assert broken(writer.chain) == (2, "an anchor holds this entry, the ledger does not")


def test_lost_head_is_named(writer):
    writer(), writer()
    Chain.objects.filter(pk=writer.chain).delete()

    assert broken(writer.chain) == (2, "the stored head is not the last entry")


def test_vanished_chain_is_still_known_and_broken(writer, tamper, key, at):
    writer()
    anchor(at)
    tamper("DELETE FROM tracker_ledgerentry WHERE chain = %s", key(writer.chain))
    Chain.objects.filter(pk=writer.chain).delete()

    assert writer.chain in queries.chain_ids()
    assert broken(writer.chain) == (1, "an anchor holds this entry, the ledger does not")


def test_changed_private_words_are_found(writer, tamper):
    writer("a"), writer("b")
    tamper("UPDATE tracker_ledgerprivate SET body = '{}'")

    assert broken(writer.chain) == (1, "its private part is not the one recorded")


def test_lost_private_words_are_missing_and_break_nothing(writer, tamper, key):
    entry = writer("a")
    writer("b")
    tamper("DELETE FROM tracker_ledgerprivate WHERE entry = %s", key(entry.id))

    report = queries.chain_report(writer.chain)

    assert [verdict.state for verdict in report.verdicts] == ["missing", "intact"]
    assert not report.is_whole
    assert report.broken is None


def test_every_chain_is_known(writer):
    other = Writer()
    writer(), other()
    Chain.objects.filter(pk=other.chain).delete()

    assert queries.chain_ids() == sorted([writer.chain, other.chain])


def test_latest_anchor(writer, at):
    assert queries.latest_anchor() is None
    writer()
    anchor(at)
    writer()
    assert queries.latest_anchor() != anchor(at)
    assert queries.latest_anchor().number == 2


def test_merkle_root_of_few_leaves():
    a, b, c = (canonical.leaf_hash(name) for name in "abc")

    assert queries.merkle_root([]) == canonical.GENESIS
    assert queries.merkle_root(["a"]) == a
    assert queries.merkle_root("ab") == canonical.node_hash(a, b)
    assert queries.merkle_root("abc") == canonical.node_hash(canonical.node_hash(a, b), c)


def test_merkle_root_depends_on_every_leaf_and_their_order():
    leaves = [str(number) for number in range(9)]
    root = queries.merkle_root(leaves)

    assert queries.merkle_root(reversed(leaves)) != root
    assert queries.merkle_root(leaves[:-1]) != root
    for place in range(9):
        assert queries.merkle_root([*leaves[:place], "x", *leaves[place + 1 :]]) != root


def three_anchors(writer, at):
    for _ in range(3):
        writer()
        anchor(at)
    assert queries.anchor_faults() == []


@pytest.mark.parametrize(
    ("sql", "first"),
    [
        ("UPDATE tracker_anchor SET root = prev_hash WHERE number = 2", "anchor 2 does not bind the heads it says"),
        ("UPDATE tracker_anchor SET leaf_count = 9 WHERE number = 2", "anchor 2 does not bind the heads it says"),
        ("UPDATE tracker_anchorleaf SET seq = 77 WHERE anchor_id = 2", "anchor 2 does not bind the heads it says"),
        ("UPDATE tracker_anchor SET at = '2020-01-01T00:00:00Z' WHERE number = 2", "anchor 2 is altered"),
        ("UPDATE tracker_anchor SET hash = root WHERE number = 2", "anchor 2 is altered"),
        (
            "UPDATE tracker_anchor SET prev_hash = root WHERE number = 2",
            "anchor 2 does not follow the anchor before it",
        ),
    ],
)
def test_altered_anchor_is_named(writer, tamper, at, sql, first):
    three_anchors(writer, at)

    tamper(sql)

    assert queries.anchor_faults()[0] == first


@pytest.mark.parametrize(
    ("number", "fault"),
    [(2, "anchor 3 does not follow the anchor before it"), (3, "anchor 3 is not the one the ledger tells of")],
)
def test_removed_anchor_is_named(writer, tamper, at, number, fault):
    three_anchors(writer, at)

    tamper("DELETE FROM tracker_anchorleaf WHERE anchor_id = %s", number)
    tamper("DELETE FROM tracker_anchor WHERE number = %s", number)

    assert fault in queries.anchor_faults()


def test_a_damaged_line_about_an_anchor_stops_no_check(writer, tamper, at):
    three_anchors(writer, at)
    tamper("UPDATE tracker_ledgerentry SET body = 'x' WHERE event = 'anchor.made' AND seq = 1")

    assert queries.anchor_faults() == []
    assert queries.chain_report(ledger.INSTALLATION_CHAIN).broken.seq == 1


def test_forged_chain_of_anchors_is_found_by_the_ledger(writer, tamper, at):
    three_anchors(writer, at)
    last = Anchor.objects.get(number=3)
    tamper("UPDATE tracker_anchorleaf SET hash = %s WHERE anchor_id = 3", "f" * 64)
    leaves = sorted(AnchorLeaf.objects.filter(anchor=last).values_list("chain", "seq", "hash"))
    root = queries.merkle_root(f"{chain} {seq} {head}" for chain, seq, head in leaves)
    forged = canonical.anchor_hash(3, last.at, root, last.prev_hash)
    tamper("UPDATE tracker_anchor SET root = %s, hash = %s WHERE number = 3", root, forged)

    assert queries.anchor_faults() == ["anchor 3 is not the one the ledger tells of"]
