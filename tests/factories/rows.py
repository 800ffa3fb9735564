"""The rows of our tables as the database holds them: read them all, tell two states apart, go from one to the other."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection

from tracker.audit import guards

Row = tuple[Any, ...]
State = dict[str, dict[Any, Row]]
# What the migrations fill, and what no test compares.
KEPT = frozenset({"django_migrations", "django_content_type", "auth_permission"})


@dataclass(frozen=True)
class Table:
    """A table of ours; the key is its first column."""

    name: str
    columns: tuple[str, ...]
    is_chained: bool

    @property
    def quoted(self) -> str:
        """Its name in SQL."""
        return connection.ops.quote_name(self.name)

    @property
    def named(self) -> str:
        """Its columns in SQL."""
        return ", ".join(map(connection.ops.quote_name, self.columns))

    @property
    def reading(self) -> str:
        """The statement that reads all of it, in the order in which the rows may be written again."""
        # To SQLite's driver a sum has no type, and it hands out what is stored.
        plus = "+" if connection.vendor == "sqlite" else ""
        names = ", ".join(plus + connection.ops.quote_name(one) for one in self.columns)
        order = " ORDER BY seq" if self.is_chained else ""
        return f"SELECT {names} FROM {self.quoted}{order}"  # noqa: S608 - our own table names


@dataclass(frozen=True)
class Change:
    """What happened to one table: keys of rows that are gone, rows that are different, rows that are new."""

    table: Table
    gone: list[Any]
    different: list[Row]
    new: list[Row]


@cache
def tables() -> dict[str, Table]:
    """Every table that tests may fill, by its name."""
    chained = {guard.table for guard in guards.GUARDS if guard.chained}
    found = {}
    for model in apps.get_models(include_auto_created=True):
        meta = model._meta
        if meta.managed and not meta.proxy and meta.db_table not in KEPT:
            rest = (field.column for field in meta.local_concrete_fields if field is not meta.pk)
            found[meta.db_table] = Table(meta.db_table, (meta.pk.column, *rest), meta.db_table in chained)
    return found


@cache
def _asking() -> str:
    named = [(name, table.quoted) for name, table in sorted(tables().items())]
    return " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {quoted})" for name, quoted in named)  # noqa: S608


def filled() -> list[str]:
    """The names of the tables that hold a row."""
    with connection.cursor() as cursor:
        cursor.execute(_asking())
        return [row[0] for row in cursor.fetchall()]


def read(names: Iterable[str] | None = None) -> State:
    """The rows of these tables, or of every table that holds one, by table and key, as the driver gives them."""
    wanted = filled() if names is None else names
    cursor = connection.connection.cursor()
    try:
        state: State = {}
        for name in wanted:
            cursor.execute(tables()[name].reading)
            state[name] = {row[0]: row for row in cursor.fetchall()}
        return state
    finally:
        cursor.close()


def difference(before: State, after: State) -> list[Change]:
    """What leads from one state to the other."""
    changes = []
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name, {}), after.get(name, {})
        gone = [key for key in old if key not in new]
        different = [row for key, row in new.items() if key in old and old[key] != row]
        added = [row for key, row in new.items() if key not in old]
        if gone or different or added:
            changes.append(Change(tables()[name], gone, different, added))
    return changes


def _statements(change: Change) -> Iterable[tuple[str, list[Row]]]:
    table = change.table
    key = connection.ops.quote_name(table.columns[0])
    mark = "?" if connection.vendor == "sqlite" else "%s"
    if change.gone:
        yield f"DELETE FROM {table.quoted} WHERE {key} = {mark}", [(one,) for one in change.gone]  # noqa: S608
    if change.different:
        pairs = ", ".join(f"{connection.ops.quote_name(one)} = {mark}" for one in table.columns[1:])
        sql = f"UPDATE {table.quoted} SET {pairs} WHERE {key} = {mark}"  # noqa: S608
        yield sql, [(*row[1:], row[0]) for row in change.different]


def _inserting(change: Change) -> Iterable[tuple[str, list[Row]]]:
    if change.new:
        mark = "?" if connection.vendor == "sqlite" else "%s"
        marks = ", ".join([mark] * len(change.table.columns))
        yield f"INSERT INTO {change.table.quoted} ({change.table.named}) VALUES ({marks})", change.new  # noqa: S608


def script(changes: list[Change]) -> list[tuple[str, list[Row]]]:
    """The statements that carry out the changes, with their parameters; on PostgreSQL one with all of them in it.

    Foreign keys are checked at the end of the transaction; what makes room comes before what takes it.
    """
    made = [pair for change in changes for pair in _statements(change)]
    made += [pair for change in changes for pair in _inserting(change)]
    if connection.vendor == "sqlite":
        return made
    with connection.connection.cursor() as cursor:
        lines = [cursor.mogrify(sql, row) for sql, rows in made for row in rows]
    return [(";\n".join(lines), [])] if lines else []


def carry_out(statements: list[tuple[str, list[Row]]]) -> None:
    """Carry out a script within the transaction that is open."""
    cursor = connection.connection.cursor()
    try:
        for sql, rows in statements:
            if rows:
                cursor.executemany(sql, rows)
            else:
                cursor.execute(sql)
    finally:
        cursor.close()
