"""A test database is a copy: the migrations run once for each state they are in, whatever the number of workers.

On SQLite the migrated database is a file below var/test, on PostgreSQL a database of the same server.
"""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from tests.factories import rows
from tracker.audit import guards

ROOT = Path(__file__).resolve().parent.parent
LOCK = 7_031_984


def digest() -> str:
    """What the migrated database depends on: every migration, the guards, and who carries them out."""
    found = sha256(f"{django.get_version()} {sqlite3.sqlite_version}".encode())
    files = [ROOT / "tracker" / "audit" / "guards.py"]
    for app in apps.get_app_configs():
        files += sorted((Path(app.path) / "migrations").glob("*.py"))
    for path in files:
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


def place(connection: BaseDatabaseWrapper) -> None:
    """Put a migrated, empty database where the tests of this process expect theirs."""
    target = connection.creation._get_test_db_name()
    if connection.vendor == "sqlite":
        place_file(Path(target))
    else:
        _place_database(connection, target)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the copy away again."""
    target = connection.creation._get_test_db_name()
    connection.close()
    if connection.vendor == "sqlite":
        Path(target).unlink(missing_ok=True)
        return
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')


def empty(connection: BaseDatabaseWrapper) -> None:
    """Take out every row a test has committed. The guards yield for this moment, and only if they have to.

    Django's own flush truncates every table and makes the permissions again, which takes longer than most tests.
    """
    name = connection.ops.quote_name
    # Foreign keys are checked at the end of the transaction, when all rows are gone: any order will do.
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        filled = rows.filled()
        guarded = any(guard.table in filled for guard in guards.GUARDS)
        if guarded:
            guards.drop(connection)
        for table in filled:
            cursor.execute(f"DELETE FROM {name(table)}")  # noqa: S608 - our own table names
        if guarded:
            if connection.vendor == "postgresql":
                # A table with checks still to come takes no new trigger.
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            guards.install(connection)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One process at a time."""
    with (folder / "schema.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def place_file(target: Path) -> None:
    """Put a migrated, empty SQLite database there, whatever database the tests run on."""
    folder = Path(settings.VAR_DIR) / "test"
    template = folder / f"schema-{digest()}.sqlite3"
    with _alone(folder):
        if not template.exists():
            for old in folder.glob("schema-*.sqlite3*"):
                old.unlink()
            making = template.with_suffix(".sqlite3-making")
            _migrate(f"sqlite:///{making}")
            making.rename(template)
        shutil.copyfile(template, target)


def _place_database(connection: BaseDatabaseWrapper, target: str) -> None:
    template = f"recourse_schema_{digest()}"
    with connection._nodb_cursor() as cursor:
        # Held until this connection closes: a template cannot be copied while somebody is connected to it.
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template])
        if not cursor.fetchone():
            making = f"{template}_making"
            cursor.execute(f'DROP DATABASE IF EXISTS "{making}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{making}"')
            account = connection.settings_dict
            secret = f":{account['PASSWORD']}" if account["PASSWORD"] else ""
            _migrate(f"postgres://{account['USER']}{secret}@{account['HOST']}:{account['PORT']}/{making}")
            cursor.execute(f'ALTER DATABASE "{making}" RENAME TO "{template}"')
        cursor.execute(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{template}"')


def _migrate(url: str) -> None:
    command = [sys.executable, str(ROOT / "manage.py"), "migrate", "--skip-checks", "--verbosity", "0"]
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
