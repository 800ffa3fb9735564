import pytest
from django.db import IntegrityError, transaction

from tests.tracker.audit.conftest import unguarded
from tracker.audit import actions
from tracker.audit.actors import Actor
from tracker.audit.models import AnchorLeaf, Chain, LedgerEntry, LedgerPrivate

pytestmark = pytest.mark.django_db


def test_rows_name_themselves(writer, at):
    entry = writer("a")
    anchor = actions.make_anchor(actor=Actor.system("anchor"), at=at)

    assert str(entry) == "#1 case.note_added"
    assert str(Chain.objects.get(pk=writer.chain)) == f"{writer.chain} at 1"
    assert str(LedgerPrivate.objects.get()) == f"private part of {entry.id}"
    assert str(anchor) == "anchor 1"
    assert str(anchor.leaves.get()) == f"{writer.chain} at 1"


def test_entries_come_in_order(writer):
    for _ in range(3):
        writer()

    assert [entry.seq for entry in LedgerEntry.objects.all()] == [1, 2, 3]


def test_a_number_is_given_once_even_without_guards(writer):
    entry = writer()
    twin = LedgerEntry(
        chain=entry.chain, seq=1, body="{}", hash="x", prev_hash="x", at=entry.at, recorded_at=entry.recorded_at
    )

    with unguarded(), pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)


def test_an_anchor_holds_a_chain_once(writer, at):
    writer()
    leaf = actions.make_anchor(actor=Actor.system("anchor"), at=at).leaves.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        AnchorLeaf.objects.create(anchor=leaf.anchor, chain=leaf.chain, seq=9, hash=leaf.hash)
