"""A chain to write on, and a way to tamper with the ledger as somebody with the database in hand would."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone

from tracker.audit import guards, ledger
from tracker.audit.actors import Actor
from tracker.audit.models import LedgerEntry

BOARD = UUID("00000000-0000-5000-8000-00000000b0a2")
CLERK = Actor.staff(UUID("00000000-0000-7000-8000-00000000c1e2"))


@dataclass
class Writer:
    """Writes notes on one chain: `writer("private words")`."""

    chain: UUID = field(default_factory=uuid4)

    def __call__(self, text: str = "", **changes: Any) -> LedgerEntry:
        """One entry, with a private part when there are words."""
        named = {
            "board_id": BOARD,
            "chain": self.chain,
            "actor": CLERK,
            "at": timezone.now(),
            "facts": {},
            "private": {"text": text},
            **changes,
        }
        with transaction.atomic():
            return ledger.record(named.pop("event", "case.note_added"), **named)


@pytest.fixture
def writer() -> Writer:
    return Writer()


@pytest.fixture
def at() -> datetime:
    return timezone.now().astimezone(UTC)


@contextmanager
def unguarded() -> Iterator[None]:
    guards.drop(connection)
    try:
        yield
    finally:
        guards.install(connection)


@pytest.fixture
def tamper() -> Callable[..., int]:
    """Run SQL on a table without its guards: `tamper("UPDATE …", value)`. Returns how many rows it met."""

    def run(sql: str, *values: Any) -> int:
        with unguarded(), connection.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.rowcount

    return run


@pytest.fixture
def key() -> Callable[[UUID], Any]:
    """An id as this database stores it."""
    return lambda value: value.hex if connection.vendor == "sqlite" else value
