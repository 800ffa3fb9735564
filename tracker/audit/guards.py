"""Triggers by which the database itself refuses to change history, on SQLite and PostgreSQL.

SQLite drops triggers silently when a migration rebuilds a table, so they are put back after every migration and a
system check reports a missing one. A trigger body names only its own table, or SQLite refuses later rebuilds.
"""

from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True)
class Guard:
    """What one table refuses. `frozen_when` limits the refusal of UPDATE and DELETE to rows with that column set.

    `keys` are the sets of columns that are unique, the primary key first.
    """

    table: str
    update: bool = True
    delete: bool = True
    chained: bool = False
    frozen_when: str = ""
    keys: tuple[tuple[str, ...], ...] = (("id",),)


GUARDS = (
    Guard("tracker_ledgerentry", chained=True, keys=(("id",), ("chain", "seq"))),
    Guard("tracker_ledgerprivate", delete=False, keys=(("entry",),)),
    Guard("tracker_anchor", keys=(("number",),)),
    Guard("tracker_anchorleaf", keys=(("id",), ("anchor_id", "chain"))),
    Guard("tracker_complaint", keys=(("id",), ("draft_id",))),
    Guard("tracker_ballot", keys=(("id",), ("vote_id", "voter_id"))),
    Guard("tracker_custodyevent", keys=(("id",), ("exhibit_id", "seq"))),
    Guard("tracker_notice", frozen_when="served_at"),
)
PG_FUNCTION = "recourse_refuse_change"
PG_CHAIN_FUNCTION = "recourse_check_chain"
GENESIS = "0" * 64


def expected(connection: BaseDatabaseWrapper) -> set[str]:
    """The names of the triggers this database should hold, for the tables it has."""
    tables = set(connection.introspection.table_names())
    make = _sqlite if connection.vendor == "sqlite" else _postgres
    return {name for guard in GUARDS if guard.table in tables for name in make(guard)}


def present(connection: BaseDatabaseWrapper) -> set[str]:
    """The names of our triggers that the database holds now."""
    if connection.vendor == "sqlite":
        sql = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'guard_%'"
    else:
        sql = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgname LIKE 'guard_%' AND tgenabled = 'O'"
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return {row[0] for row in cursor.fetchall()}


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of triggers that should be there and are not, sorted."""
    return sorted(expected(connection) - present(connection))


def install(connection: BaseDatabaseWrapper) -> None:
    """Put every guard in place, whatever was there before. Only tables that exist are guarded."""
    tables = set(connection.introspection.table_names())
    sqlite = connection.vendor == "sqlite"
    statements = [] if sqlite else [PG_REFUSE, PG_CHAIN]
    for guard in GUARDS:
        if guard.table not in tables:
            continue
        for name, sql in (_sqlite if sqlite else _postgres)(guard).items():
            statements.append(_drop_sql(connection, guard.table, name))
            statements.append(sql)
    with connection.cursor() as cursor:
        for sql in statements:
            cursor.execute(sql)


def drop(connection: BaseDatabaseWrapper) -> None:
    """Lift every guard. Nothing but the test runner's flush may call this."""
    tables = set(connection.introspection.table_names())
    make = _sqlite if connection.vendor == "sqlite" else _postgres
    with connection.cursor() as cursor:
        for guard in GUARDS:
            if guard.table in tables:
                for name in make(guard):
                    cursor.execute(_drop_sql(connection, guard.table, name))


def _drop_sql(connection: BaseDatabaseWrapper, table: str, name: str) -> str:
    if connection.vendor == "sqlite":
        return f"DROP TRIGGER IF EXISTS {name}"
    return f"DROP TRIGGER IF EXISTS {name} ON {table}"


def _sqlite(guard: Guard) -> dict[str, str]:
    table, stop = guard.table, f"SELECT RAISE(ABORT, '{guard.table} is append-only')"
    when = f"WHEN OLD.{guard.frozen_when} IS NOT NULL " if guard.frozen_when else ""
    known = " OR ".join("(" + " AND ".join(f"{name} = NEW.{name}" for name in key) + ")" for key in guard.keys)
    triggers = {
        # INSERT OR REPLACE would walk past the delete trigger; a known key is therefore refused before the insert.
        f"guard_{table}_replace": f"CREATE TRIGGER guard_{table}_replace BEFORE INSERT ON {table} BEGIN {stop} "  # noqa: S608 - our own names
        f"WHERE EXISTS (SELECT 1 FROM {table} WHERE {known}); END",
    }
    for verb, wanted in (("update", guard.update), ("delete", guard.delete)):
        if wanted:
            name = f"guard_{table}_{verb}"
            triggers[name] = f"CREATE TRIGGER {name} BEFORE {verb.upper()} ON {table} {when}BEGIN {stop}; END"
    if guard.chained:
        name = f"guard_{table}_chain"
        head = f"FROM {table} WHERE chain = NEW.chain ORDER BY seq DESC LIMIT 1"  # noqa: S608 - our own table names
        triggers[name] = (
            f"CREATE TRIGGER {name} BEFORE INSERT ON {table} BEGIN "
            f"SELECT RAISE(ABORT, '{table} is out of order') "
            f"WHERE NEW.seq <> COALESCE((SELECT seq {head}), 0) + 1 "
            f"OR NEW.prev_hash <> COALESCE((SELECT hash {head}), '{GENESIS}'); END"
        )
    return triggers


def _postgres(guard: Guard) -> dict[str, str]:
    table = guard.table
    verbs = " OR ".join(verb for verb, on in (("UPDATE", guard.update), ("DELETE", guard.delete)) if on)
    when = f"WHEN (OLD.{guard.frozen_when} IS NOT NULL) " if guard.frozen_when else ""
    triggers = {
        f"guard_{table}_change": f"CREATE TRIGGER guard_{table}_change BEFORE {verbs} ON {table} "
        f"FOR EACH ROW {when}EXECUTE FUNCTION {PG_FUNCTION}()",
        f"guard_{table}_truncate": f"CREATE TRIGGER guard_{table}_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {PG_FUNCTION}()",
    }
    if guard.chained:
        name = f"guard_{table}_chain"
        triggers[name] = (
            f"CREATE TRIGGER {name} BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION {PG_CHAIN_FUNCTION}()"
        )
    return triggers


PG_REFUSE = f"""
CREATE OR REPLACE FUNCTION {PG_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""
PG_CHAIN = f"""
CREATE OR REPLACE FUNCTION {PG_CHAIN_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last record;
BEGIN
    SELECT seq, hash INTO last FROM tracker_ledgerentry WHERE chain = NEW.chain ORDER BY seq DESC LIMIT 1;
    IF NEW.seq <> COALESCE(last.seq, 0) + 1 OR NEW.prev_hash <> COALESCE(last.hash, '{GENESIS}') THEN
        RAISE EXCEPTION '% is out of order', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""  # noqa: S608 - our own names
