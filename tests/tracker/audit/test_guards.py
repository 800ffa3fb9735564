import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.utils import timezone
from uuid_utils.compat import uuid7

from tests.tracker.audit.conftest import unguarded
from tracker.audit import actions, guards
from tracker.audit.actors import Actor
from tracker.audit.models import Anchor, AnchorLeaf, LedgerEntry, LedgerPrivate

pytestmark = pytest.mark.django_db

MODELS = {model._meta.db_table: model for model in apps.get_app_config("tracker").get_models()}
SYSTEM = Actor.system("anchor")
REFUSED = "append-only|out of order"


def refused(sql, *values, says="append-only"):
    with pytest.raises(DatabaseError, match=says), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.fixture
def history(writer, at):
    """Three entries with private parts, and an anchor over them."""
    entries = [writer("one"), writer("two"), writer("three")]
    with transaction.atomic():
        actions.make_anchor(actor=SYSTEM, at=at)
    return entries


def rows(model):
    return sorted(map(repr, model.objects.values_list()))


@pytest.mark.parametrize("guard", guards.GUARDS, ids=lambda guard: guard.table)
def test_guards_know_every_unique_column(guard):
    # A key the guard does not know lets INSERT OR REPLACE throw an old row away.
    fields = MODELS[guard.table]._meta
    unique = {(field.column,) for field in fields.local_fields if field.unique}
    for constraint in fields.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            unique.add(tuple(fields.get_field(name).column for name in constraint.fields))

    assert set(guard.keys) == unique
    assert guard.keys[0] == (fields.pk.column,)


def test_every_guard_stands_after_the_migrations():
    expected = guards.expected(connection)

    assert len(expected) >= 2 * len(guards.GUARDS)
    assert guards.missing(connection) == []
    for guard in guards.GUARDS:
        assert any(name.startswith(f"guard_{guard.table}_") for name in expected)


def test_guards_come_back_with_a_migration():
    guards.drop(connection)
    assert guards.missing(connection) == sorted(guards.expected(connection))

    call_command("migrate", verbosity=0, skip_checks=True)

    assert guards.missing(connection) == []


def test_a_dropped_guard_is_named():
    name = f"guard_tracker_anchor_{'update' if connection.vendor == 'sqlite' else 'change'}"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}" + ("" if connection.vendor == "sqlite" else " ON tracker_anchor"))

    assert guards.missing(connection) == [name]

    guards.install(connection)
    assert guards.missing(connection) == []


def test_a_disabled_guard_is_missing():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite cannot disable a trigger")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE tracker_anchor DISABLE TRIGGER guard_tracker_anchor_change")

    assert guards.missing(connection) == ["guard_tracker_anchor_change"]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE tracker_ledgerentry SET event = 'case.closed'",
        "UPDATE tracker_ledgerentry SET body = body",
        "DELETE FROM tracker_ledgerentry",
        "DELETE FROM tracker_ledgerentry WHERE seq = 3",
        "UPDATE tracker_ledgerprivate SET body = '{}'",
        "UPDATE tracker_anchor SET root = hash",
        "DELETE FROM tracker_anchor",
        "UPDATE tracker_anchorleaf SET seq = 1",
        "DELETE FROM tracker_anchorleaf",
    ],
)
def test_history_is_neither_changed_nor_removed(history, change):
    before = [rows(model) for model in (LedgerEntry, LedgerPrivate, Anchor, AnchorLeaf)]

    refused(change)

    assert [rows(model) for model in (LedgerEntry, LedgerPrivate, Anchor, AnchorLeaf)] == before


@pytest.mark.parametrize("table", [guard.table for guard in guards.GUARDS])
def test_no_table_is_emptied(history, table):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE; DELETE is refused")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    refused(f"TRUNCATE {table} CASCADE")


def test_django_cannot_walk_past_either(history):
    for act in (
        lambda: LedgerEntry.objects.update(event="x"),
        lambda: LedgerEntry.objects.all().delete(),
        lambda: history[0].save(),
        lambda: LedgerEntry.objects.bulk_update([history[0]], ["event"]),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            act()


def test_private_parts_may_go_but_not_change(history):
    assert LedgerPrivate.objects.filter(entry=history[0].id).delete()[0] == 1


def entry_like(last, **changes):
    row = {
        "id": uuid7(),
        "board_id": last.board_id,
        "chain": last.chain,
        "seq": last.seq + 1,
        "event": last.event,
        "body": "{}",
        "hash": "f" * 64,
        "prev_hash": last.hash,
        "at": timezone.now(),
        "recorded_at": timezone.now(),
        "private_digest": "",
        **changes,
    }
    return LedgerEntry(**row)


@pytest.mark.parametrize(
    "fault",
    [
        {"seq": 5},
        {"seq": 3},
        {"seq": 1, "prev_hash": "0" * 64},
        {"seq": 0},
        {"prev_hash": "0" * 64},
        {"prev_hash": "e" * 64},
    ],
)
def test_entries_out_of_order_are_refused(history, fault):
    with pytest.raises(IntegrityError), transaction.atomic():
        entry_like(history[-1], **fault).save(force_insert=True)

    assert LedgerEntry.objects.filter(chain=history[0].chain).count() == 3


def test_a_new_chain_begins_at_one(history):
    chain = uuid7()
    for fault in ({"seq": 2, "prev_hash": "0" * 64}, {"seq": 1, "prev_hash": history[-1].hash}):
        with pytest.raises(IntegrityError, match="out of order"), transaction.atomic():
            entry_like(history[-1], chain=chain, **fault).save(force_insert=True)

    entry_like(history[-1], chain=chain, seq=1, prev_hash="0" * 64).save(force_insert=True)


def columns(model):
    return ", ".join(field.column for field in model._meta.local_fields)


def replace(model, pick, **columns_with):
    """INSERT OR REPLACE of a stored row under other values: what a plain delete trigger does not see."""
    names = [field.column for field in model._meta.local_fields]
    chosen = ", ".join(columns_with.get(name, name) for name in names)
    table = model._meta.db_table
    sql = f"INSERT OR REPLACE INTO {table} ({columns(model)}) SELECT {chosen} FROM {table} WHERE {pick}"  # noqa: S608
    refused(sql, says=REFUSED)


@pytest.mark.parametrize(
    ("model", "pick", "changed"),
    [
        (LedgerEntry, "seq = 3", {"body": "'{}'"}),
        (LedgerEntry, "seq = 3", {"id": "hex(randomblob(16))"}),
        (LedgerPrivate, "1 = 1", {"body": "'{}'"}),
        (Anchor, "number = 1", {"root": "hash"}),
        (AnchorLeaf, "1 = 1", {"hash": "'x'"}),
        (AnchorLeaf, "1 = 1", {"id": "hex(randomblob(16))", "hash": "'x'"}),
    ],
)
def test_replace_is_no_way_around(history, model, pick, changed):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no REPLACE")
    before = rows(model)

    replace(model, pick, **changed)

    assert rows(model) == before


def test_upsert_is_no_way_around(history):
    if connection.vendor != "postgresql":
        pytest.skip("on SQLite REPLACE stands for it")
    names = columns(LedgerPrivate)
    table = "tracker_ledgerprivate"
    upsert = f"INSERT INTO {table} ({names}) SELECT {names} FROM {table} ON CONFLICT (entry) DO UPDATE SET body = ''"  # noqa: S608
    refused(upsert)


def test_without_guards_the_same_sql_would_pass(history):
    # The refusals above are the guards' own, not some other fault of the statements.
    with unguarded(), connection.cursor() as cursor:
        cursor.execute("UPDATE tracker_ledgerentry SET event = 'case.closed' WHERE seq = 1")
        assert cursor.rowcount >= 1
