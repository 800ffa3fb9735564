"""A case told from its ledger alone: status, stage and disposition, from nothing."""

import json
from dataclasses import dataclass
from typing import Any

from tracker.audit.models import LedgerEntry
from tracker.cases.states import STAGE_OF, Status


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


def replay(case_id: Any) -> Told:
    """Read a chain from its beginning. AssertionError where a move does not start where the last one ended."""
    told = Told()
    for seq, entry in enumerate(LedgerEntry.objects.filter(chain=case_id).order_by("seq"), start=1):
        assert entry.seq == seq, f"entry {entry.seq} follows {seq - 1}"
        facts = json.loads(entry.body)["facts"]
        if "to" not in facts or entry.event in NO_MOVE:
            continue
        if told.moves:
            assert facts.get("from") == told.status, f"{entry.event} starts from {facts.get('from')}, not {told.status}"
        told.status, told.moves = facts["to"], told.moves + 1
        told.disposition = facts.get("disposition") if told.status == Status.CLOSED else None
    return told


# Entries whose fact "to" is not a status.
NO_MOVE = {"evidence.custody_changed"}
