"""Walk a chain and say, entry by entry, whether it is what was written. Pure."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from tracker.audit import canonical


class EntryState(StrEnum):
    """What can be said of one entry."""

    INTACT = "intact"
    DISPOSED = "disposed"
    MISSING = "missing"
    ALTERED = "altered"


@dataclass(frozen=True)
class Row:
    """One entry as stored: the body and the copies beside it."""

    id: UUID
    board_id: UUID | None
    chain: UUID
    seq: int
    event: str
    body: str
    hash: str
    prev_hash: str
    at: str
    recorded_at: str
    private_digest: str


@dataclass(frozen=True)
class Private:
    """The private part as stored."""

    salt: str
    body: str


@dataclass(frozen=True)
class Verdict:
    """What was found for one entry; `under` is the sequence number of the disposal entry."""

    seq: int
    event: str
    state: EntryState
    reason: str = ""
    under: int | None = None


@dataclass(frozen=True)
class ChainReport:
    """The verdicts of a chain and the first broken link, or None."""

    chain: UUID
    verdicts: tuple[Verdict, ...]
    head: str

    @property
    def broken(self) -> Verdict | None:
        """The first entry that is altered."""
        return next((v for v in self.verdicts if v.state is EntryState.ALTERED), None)

    @property
    def is_whole(self) -> bool:
        """True when nothing is altered and nothing is missing without authority."""
        return not any(v.state in (EntryState.ALTERED, EntryState.MISSING) for v in self.verdicts)

    def count(self, state: EntryState) -> int:
        """How many entries are in a state."""
        return sum(1 for v in self.verdicts if v.state is state)


def verify_chain(
    chain: UUID,
    rows: Iterable[Row],
    privates: Mapping[UUID, Private],
    *,
    anchored: Mapping[int, str] | None = None,
    head: tuple[int, str] | None = None,
) -> ChainReport:
    """Check a chain from its first entry.

    `rows` in order of `seq`; `privates` by entry id; `anchored` gives the hash an anchor holds for a sequence number;
    `head` is the stored head (seq, hash), which finds a cut tail that no anchor has seen yet.
    """
    kept = list(rows)
    disposed = _disposed(kept)
    verdicts: list[Verdict] = []
    prev = canonical.GENESIS
    for position, row in enumerate(kept, start=1):
        fault = _fault(row, chain, position, prev, anchored=anchored or {})
        verdicts.append(_verdict(row, fault, privates.get(row.id), disposed))
        prev = row.hash
    present = {row.seq for row in kept}
    for seq in sorted(seq for seq in anchored or {} if seq not in present):
        verdicts.append(Verdict(seq, "", EntryState.ALTERED, "an anchor holds this entry, the ledger does not"))
    if head and head != (len(kept), prev) and not any(v.state is EntryState.ALTERED for v in verdicts):
        seq = max(head[0], len(kept))
        verdicts.append(Verdict(seq, "", EntryState.ALTERED, "the stored head is not the last entry"))
    return ChainReport(chain, tuple(verdicts), prev)


def _disposed(rows: list[Row]) -> dict[str, int]:
    gone: dict[str, int] = {}
    for row in rows:
        if row.event == "ledger.private_disposed":
            entries = facts_in(row.body).get("entries")
            for entry in entries if isinstance(entries, list) else ():
                gone[str(entry)] = row.seq
    return gone


def _parsed(body: str) -> dict[str, Any]:
    try:
        parts = json.loads(body)
    except ValueError:
        return {}
    return parts if isinstance(parts, dict) else {}


def facts_in(body: str) -> dict[str, Any]:
    """The facts of an entry's text; empty where the text was damaged, so that checking never stops at a fault."""
    facts = _parsed(body).get("facts")
    return facts if isinstance(facts, dict) else {}


def _fault(row: Row, chain: UUID, position: int, prev: str, *, anchored: Mapping[int, str]) -> str:
    if row.hash != canonical.entry_hash(row.body):
        return "the text does not give the stored hash"
    if row.seq != position:
        return f"entry {position} is missing"
    if row.prev_hash != prev:
        return "it does not follow the entry before it"
    if row.seq in anchored and anchored[row.seq] != row.hash:
        return "an anchor holds another hash for it"
    copies = {
        "board": str(row.board_id) if row.board_id else None,
        "chain": str(chain),
        "seq": row.seq,
        "event": row.event,
        "at": row.at,
        "recorded_at": row.recorded_at,
        "private_digest": row.private_digest,
        "prev": row.prev_hash,
    }
    body = _parsed(row.body)
    wrong = [name for name, value in copies.items() if name not in body or body[name] != value]
    return f"the column {wrong[0]} differs from the text" if wrong else ""


def _verdict(row: Row, fault: str, private: Private | None, disposed: Mapping[str, int]) -> Verdict:
    if fault:
        return Verdict(row.seq, row.event, EntryState.ALTERED, fault)
    if not row.private_digest:
        if private is not None:
            return Verdict(row.seq, row.event, EntryState.ALTERED, "a private part was added to it")
        return Verdict(row.seq, row.event, EntryState.INTACT)
    if private is None:
        under = disposed.get(str(row.id))
        if under is not None:
            return Verdict(row.seq, row.event, EntryState.DISPOSED, f"under entry {under}", under)
        return Verdict(row.seq, row.event, EntryState.MISSING, "its private part is missing without authority")
    try:
        digest = canonical.private_digest(private.salt, private.body)
    except ValueError:
        digest = ""
    if digest != row.private_digest:
        return Verdict(row.seq, row.event, EntryState.ALTERED, "its private part is not the one recorded")
    return Verdict(row.seq, row.event, EntryState.INTACT)
