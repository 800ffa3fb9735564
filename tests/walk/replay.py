"""A case told from its ledger alone: status, stage and disposition, from nothing."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tracker.audit.models import LedgerEntry
from tracker.cases.states import STAGE_OF, Status

# Entries whose fact "to" is not a status.
NO_MOVE = {"evidence.custody_changed"}


@dataclass
class Told:
    """What the entries add up to."""

    status: str = ""
    disposition: str | None = None
    moves: int = 0

    @property
    def stage(self) -> str:
        """The public word of the status."""
        return str(STAGE_OF[Status(self.status)])


@dataclass(frozen=True)
class Entry:
    """A move as its entry tells it."""

    event: str
    at: datetime
    actor: str
    facts: Mapping[str, Any]


def replay(case_id: Any) -> Told:
    """Read a chain from its beginning. AssertionError where a move does not start where the last one ended."""
    told = Told()
    for entry in moves(case_id):
        facts = entry.facts
        if told.moves:
            assert facts.get("from") == told.status, f"{entry.event} starts from {facts.get('from')}, not {told.status}"
        told.status, told.moves = facts["to"], told.moves + 1
        told.disposition = facts.get("disposition") if told.status == Status.CLOSED else None
    return told


def moves(case_id: Any) -> list[Entry]:
    """The entries of a chain that move the case, oldest first. AssertionError where a number is missing."""
    found = []
    for seq, row in enumerate(LedgerEntry.objects.filter(chain=case_id).order_by("seq"), start=1):
        assert row.seq == seq, f"entry {row.seq} follows {seq - 1}"
        body = json.loads(row.body)
        if "to" in body["facts"] and row.event not in NO_MOVE:
            found.append(Entry(row.event, row.at, body["actor"], body["facts"]))
    return found
