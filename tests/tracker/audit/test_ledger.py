import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from tests.tracker.audit.conftest import BOARD, CLERK, Writer
from tracker.audit import canonical, ledger, queries
from tracker.audit.actors import Actor, ActorKind, Origin
from tracker.audit.models import Chain, LedgerEntry, LedgerPrivate
from tracker.errors import IntegrityBroken

pytestmark = pytest.mark.django_db


def test_first_entry_starts_a_chain(writer):
    entry = writer(facts={"note": "n-1"})

    assert (entry.seq, entry.prev_hash, entry.event) == (1, canonical.GENESIS, "case.note_added")
    assert (entry.board_id, entry.chain) == (BOARD, writer.chain)
    head = Chain.objects.get(pk=writer.chain)
    assert (head.head_seq, head.head_hash, head.board_id) == (1, entry.hash, BOARD)


def test_entries_follow_each_other(writer):
    first, second, third = writer(), writer(), writer()

    assert [entry.seq for entry in (first, second, third)] == [1, 2, 3]
    assert second.prev_hash == first.hash
    assert third.prev_hash == second.hash
    assert queries.head_of(writer.chain) == (3, third.hash)


def test_chains_do_not_mix(writer):
    writer()
    other = Writer()()

    assert (other.seq, other.prev_hash) == (1, canonical.GENESIS)


def test_body_holds_every_part_and_gives_the_hash(writer):
    at = timezone.now()
    facts = {"docket": "BHEC-2026-00001", "count": 2}
    entry = writer(at=at, facts=facts, on_behalf_of="filer:1", text="")

    stored = LedgerEntry.objects.get(pk=entry.pk)
    assert json.loads(stored.body) == {
        "v": 1,
        "board": str(BOARD),
        "chain": str(writer.chain),
        "seq": 1,
        "event": "case.note_added",
        "event_v": 1,
        "at": canonical.rfc3339(at),
        "recorded_at": canonical.rfc3339(entry.recorded_at),
        "origin": "live",
        "actor": CLERK.code,
        "on_behalf_of": "filer:1",
        "facts": facts,
        "private_digest": "",
        "prev": canonical.GENESIS,
    }
    assert stored.body == canonical.dumps(json.loads(stored.body))
    assert stored.hash == canonical.entry_hash(stored.body)


def test_private_words_are_bound_and_stay_out_of_the_body(writer):
    first, second = writer("He would not let me stop. é"), writer("He would not let me stop. é")

    part = LedgerPrivate.objects.get(pk=first.id)
    assert json.loads(part.body) == {"text": "He would not let me stop. é"}
    assert len(part.salt) == 64
    assert first.private_digest == canonical.private_digest(part.salt, part.body)
    assert "stop" not in first.body
    assert first.private_digest != second.private_digest


@pytest.mark.parametrize("private", [None, {}, {"text": ""}, {"text": None}])
def test_empty_private_parts_are_not_kept(writer, private):
    entry = writer(private=private)

    assert entry.private_digest == ""
    assert not LedgerPrivate.objects.exists()


def test_no_and_nothing_are_words_too(writer):
    writer(private={"text": False})

    assert json.loads(LedgerPrivate.objects.get().body) == {"text": False}


def refused(writer, **changes):
    with pytest.raises(IntegrityBroken) as refusal:
        writer(**changes)
    assert not LedgerEntry.objects.exists()
    assert not LedgerPrivate.objects.exists()
    return str(refusal.value)


def test_unknown_event_is_refused(writer):
    assert "case.forgotten" in refused(writer, event="case.forgotten")


def test_free_text_in_facts_is_refused(writer):
    said = refused(writer, facts={"name": "Maya Ortiz", "share": 0.5})

    assert "facts.name holds free text" in said
    assert "facts.share holds a float" in said
    assert "Maya" not in said


def test_undeclared_private_key_is_refused(writer):
    assert "reason is not a private part of case.note_added" in refused(writer, private={"reason": "x"})


@pytest.mark.parametrize(
    "changes",
    [{"on_behalf_of": "Maya Ortiz"}, {"actor": Actor(ActorKind.SYSTEM, "a job with a long name")}],
)
def test_free_text_beside_the_facts_is_refused(writer, changes):
    assert "free text" in refused(writer, **changes)


def test_a_time_without_zone_is_refused(writer):
    naive = datetime(2026, 3, 2, 9, 0)

    assert "zone" in refused(writer, at=naive, actor=Actor.system("seed_demo", Origin.DEMO))


@pytest.mark.parametrize("minutes", [-3, 3])
def test_a_live_act_is_told_at_its_time(writer, minutes):
    assert "clock" in refused(writer, at=timezone.now() + timedelta(minutes=minutes))


@pytest.mark.parametrize("minutes", [-1.5, 0, 1.5])
def test_clocks_may_differ_a_little(writer, minutes):
    assert writer(at=timezone.now() + timedelta(minutes=minutes)).seq == 1


@pytest.mark.parametrize("origin", [Origin.DEMO, Origin.IMPORT])
def test_told_past_says_where_it_comes_from(writer, origin):
    at = datetime(2024, 5, 6, 7, 8, 9, 10, tzinfo=UTC)

    entry = writer(at=at, actor=Actor.system("seed_demo", origin))

    body = json.loads(entry.body)
    assert body["origin"] == origin
    assert body["at"] == "2024-05-06T07:08:09.000010Z"
    assert abs(entry.recorded_at - timezone.now()) < timedelta(seconds=30)


def test_rolled_back_act_leaves_nothing(writer):
    writer("first")

    with transaction.atomic():
        writer("second")
        transaction.set_rollback(True)

    assert queries.head_of(writer.chain)[0] == 1
    assert LedgerEntry.objects.count() == LedgerPrivate.objects.count() == 1
    assert writer("again").seq == 2


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_is_refused():
    with pytest.raises(IntegrityBroken, match="transaction"):
        ledger.record("case.note_added", board_id=BOARD, chain=uuid4(), actor=CLERK, at=timezone.now(), facts={})

    assert not LedgerEntry.objects.exists()
    assert not Chain.objects.exists()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_many_writers_leave_one_whole_chain(together):
    writer = Writer()

    def write(number):
        def run():
            for turn in range(5):
                with transaction.atomic():
                    writer(f"note {number} {turn}")
                    if (number + turn) % 3 == 0:
                        transaction.set_rollback(True)

        return run

    assert together(*(write(number) for number in range(8))) == [None] * 8

    kept = sum(1 for number in range(8) for turn in range(5) if (number + turn) % 3)
    report = queries.chain_report(writer.chain)
    assert [verdict.seq for verdict in report.verdicts] == list(range(1, kept + 1))
    assert report.is_whole
    assert LedgerPrivate.objects.count() == kept
