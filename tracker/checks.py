"""System checks: what an installation must not start with, each told in one clear sentence and a hint.

They run with every command, and `refuse_unsafe_start` runs them when a web server or a job worker starts.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Warning
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connections

from tracker.access.models import User
from tracker.audit import guards
from tracker.bundle import keys
from tracker.files.rendering import child

TAG = "recourse"
LOOPBACK = {"127.0.0.1", "localhost", "[::1]", "::1"}
TYPEFACES = (
    "@expo-google-fonts/noto-serif",
    "@expo-google-fonts/noto-sans",
    "@expo-google-fonts/noto-sans-mono",
    "@expo-google-fonts/noto-sans-hebrew",
    "@expo-google-fonts/noto-sans-arabic",
    "@expo-google-fonts/noto-sans-devanagari",
    "dejavu-fonts-ttf",
)


def refuse_unsafe_start() -> None:
    """Run the checks of this file, those on the database too.

    Raises: ImproperlyConfigured with the text and hint of every error found.
    """
    found = [check for check in checks.run_checks(tags=[TAG], databases=["default"]) if check.is_serious()]
    if found:
        lines = sorted(f"{check.id}: {check.msg} {check.hint or ''}".strip() for check in found)
        raise ImproperlyConfigured("Recourse does not start:\n" + "\n".join(lines))


@checks.register(TAG)
def secret_key(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """recourse.E001: sessions and links are signed with SECRET_KEY."""
    try:
        present = bool(settings.SECRET_KEY)
    except ImproperlyConfigured:
        present = False
    if present:
        return []
    return [
        Error(
            "SECRET_KEY is not set.",
            hint="Set it to 50 random characters (.env.example).",
            id="recourse.E001",
        )
    ]


@checks.register(TAG)
def field_keys(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """recourse.E002: contacts and birth dates are encrypted with FIELD_KEYS."""
    hint = "Set it to one or more Fernet keys, the newest first; .env.example shows how to make one."
    if not settings.FIELD_KEYS:
        return [Error("FIELD_KEYS is not set.", hint=hint, id="recourse.E002")]
    for position, key in enumerate(settings.FIELD_KEYS, start=1):
        try:
            Fernet(key)
        except ValueError:
            return [Error(f"Key {position} of FIELD_KEYS is not a Fernet key.", hint=hint, id="recourse.E002")]
    return []


@checks.register(TAG)
def debug_on_public_host(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """recourse.E003: debug pages show settings and data to anybody who can reach them."""
    public = sorted(set(settings.ALLOWED_HOSTS) - LOOPBACK)
    if not settings.DEBUG or not public:
        return []
    return [
        Error(
            f"DEBUG is on while ALLOWED_HOSTS names a public host ({', '.join(public)}).",
            hint="Set DEBUG=false, or keep ALLOWED_HOSTS to 127.0.0.1 and localhost.",
            id="recourse.E003",
        )
    ]


@checks.register(TAG)
def scanner(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """recourse.E006: outside the demo, files from strangers are scanned."""
    if settings.DEMO or settings.SCANNER:
        return []
    return [
        Error(
            "SCANNER is not set, so files from the public would not be scanned.",
            hint="Set SCANNER=clamd with CLAMD_HOST and CLAMD_PORT.",
            id="recourse.E006",
        )
    ]


@checks.register(TAG)
def front_end(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """recourse.E007 and E008: pages need the U.S. Web Design System, PDF files need the typefaces."""
    found: list[CheckMessage] = []
    hint = "Run npm ci in the project's folder, or make demo, which does so."
    if not (Path(settings.USWDS_DIST) / "css" / "uswds.min.css").is_file():
        found.append(Error("The U.S. Web Design System is not installed.", hint=hint, id="recourse.E007"))
    absent = [name for name in TYPEFACES if not (Path(settings.FONTS_DIR) / name / "package.json").is_file()]
    if absent:
        found.append(Error(f"Typefaces are not installed: {', '.join(absent)}.", hint=hint, id="recourse.E008"))
    return found


@checks.register(TAG)
def signing_keys(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """recourse.E009: a signing key that cannot be used, or that others can read, is no board's signature."""
    hint = "See “Keys that sign bundles” in docs/operating.md."
    return [Error(words, hint=hint, id="recourse.E009") for words in keys.faults()]


@checks.register(TAG, deploy=True)
def renderer_network(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """recourse.W001: a received file that got hold of the program that opens it should reach nobody."""
    if not child.keeps_network():
        return []
    return [
        Warning(
            "The programs that open received files can reach the network: this system cannot cut them off.",
            hint="Allow user namespaces to the job worker's account, or keep that account off the network.",
            id="recourse.W001",
        )
    ]


@checks.register(TAG, checks.Tags.database)
def demo_sign_ins(app_configs: Any = None, databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """recourse.E004: the demo's sign-ins are printed on a screen, so nowhere else may they open a door."""
    if settings.DEMO:
        return []

    def look(alias: str) -> list[CheckMessage]:
        count = User.objects.using(alias).filter(is_demo=True, is_active=True).count()
        if not count:
            return []
        return [
            Error(
                f"The database holds {count} demo sign-ins although this is not the demo.",
                hint="Deactivate them, or start with an empty database; only the demo may have them.",
                id="recourse.E004",
            )
        ]

    return _each_database(databases, User._meta.db_table, look)


@checks.register(TAG, checks.Tags.database)
def ledger_guards(app_configs: Any = None, databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """recourse.E005: the database itself must refuse changes to history."""

    def look(alias: str) -> list[CheckMessage]:
        missing = guards.missing(connections[alias])
        if not missing:
            return []
        return [
            Error(
                f"The database lost guards of the ledger: {', '.join(missing)}.",
                hint="Run manage.py migrate --skip-checks, which puts them back, then verify_ledger.",
                id="recourse.E005",
            )
        ]

    return _each_database(databases, "tracker_ledgerentry", look)


def _each_database(
    databases: Sequence[str] | None, table: str, look: Callable[[str], list[CheckMessage]]
) -> list[CheckMessage]:
    # A database that does not answer, or was never migrated, is told by /healthz and migrate themselves.
    found: list[CheckMessage] = []
    for alias in databases or ():
        try:
            if table in connections[alias].introspection.table_names():
                found += look(alias)
        except DatabaseError:
            continue
    return found
