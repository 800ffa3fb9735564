"""Reading the ledger."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tracker.audit import canonical, events, ledger, verify
from tracker.audit.models import Anchor, AnchorLeaf, Chain, LedgerEntry, LedgerPrivate


@dataclass(frozen=True)
class TimelineEntry:
    """One line of a timeline. `private` is empty when it was disposed of or when the reader may not see it.

    `on_behalf_of` is for whom a deputy or a clerk acted, as the ledger names people; empty where for nobody.
    """

    id: UUID
    seq: int
    event: str
    group: str
    sentence: str
    at: datetime
    recorded_at: datetime
    origin: str
    actor: str
    hash: str
    facts: dict[str, Any]
    private: dict[str, Any]
    on_behalf_of: str = ""


def timeline(chain: UUID, *, with_private: bool, limit: int | None = None) -> list[TimelineEntry]:
    """The entries of a chain, newest first, in two queries."""
    entries = list(LedgerEntry.objects.filter(chain=chain).order_by("-seq")[:limit])
    privates = _private_parts(entries) if with_private else {}
    return _lines(entries, privates)


def timeline_and_report(chain: UUID, *, with_private: bool) -> tuple[list[TimelineEntry], verify.ChainReport]:
    """The timeline of a chain and its verification, for which the ledger is read once."""
    entries = list(LedgerEntry.objects.filter(chain=chain).order_by("seq"))
    privates = _private_parts(entries)
    return _lines(entries[::-1], privates if with_private else {}), _report(chain, entries, privates)


def _private_parts(entries: list[LedgerEntry]) -> dict[UUID, LedgerPrivate]:
    found = LedgerPrivate.objects.filter(entry__in=[entry.id for entry in entries])
    return {part.entry: part for part in found}


def _lines(entries: list[LedgerEntry], privates: Mapping[UUID, LedgerPrivate]) -> list[TimelineEntry]:
    return [_line(entry, privates[entry.id].body if entry.id in privates else None) for entry in entries]


def facts_of(chain: UUID, *event_codes: str) -> Iterator[tuple[LedgerEntry, dict[str, Any]]]:
    """Entries of some events in a chain, oldest first, each with its facts."""
    for entry in LedgerEntry.objects.filter(chain=chain, event__in=event_codes).order_by("seq"):
        yield entry, json.loads(entry.body)["facts"]


def _line(entry: LedgerEntry, private: str | None) -> TimelineEntry:
    body = json.loads(entry.body)
    known = events.EVENTS.get(entry.event)
    return TimelineEntry(
        id=entry.id,
        seq=entry.seq,
        event=entry.event,
        group=known.group if known else "act",
        sentence=events.sentence(entry.event, body["facts"]),
        at=entry.at,
        recorded_at=entry.recorded_at,
        origin=body["origin"],
        actor=body["actor"],
        hash=entry.hash,
        facts=body["facts"],
        private=json.loads(private) if private else {},
        on_behalf_of=body.get("on_behalf_of") or "",
    )


def chain_ids() -> list[UUID]:
    """Every chain the installation knows, from heads, entries and anchors (so a vanished one is still named)."""
    known = set(Chain.objects.values_list("id", flat=True))
    known |= set(LedgerEntry.objects.values_list("chain", flat=True).distinct())
    known |= set(AnchorLeaf.objects.values_list("chain", flat=True).distinct())
    return sorted(known)


def chain_report(chain: UUID) -> verify.ChainReport:
    """Verify one chain against itself, its stored head and the anchors."""
    entries = list(LedgerEntry.objects.filter(chain=chain).order_by("seq"))
    return _report(chain, entries, _private_parts(entries))


def _report(chain: UUID, entries: list[LedgerEntry], parts: Mapping[UUID, LedgerPrivate]) -> verify.ChainReport:
    rows = [_row(entry) for entry in entries]
    privates = {entry: verify.Private(part.salt, part.body) for entry, part in parts.items()}
    anchored = dict(AnchorLeaf.objects.filter(chain=chain).values_list("seq", "hash"))
    return verify.verify_chain(chain, rows, privates, anchored=anchored, head=head_of(chain))


def _row(entry: LedgerEntry) -> verify.Row:
    return verify.Row(
        id=entry.id,
        board_id=entry.board_id,
        chain=entry.chain,
        seq=entry.seq,
        event=entry.event,
        body=entry.body,
        hash=entry.hash,
        prev_hash=entry.prev_hash,
        at=canonical.rfc3339(entry.at),
        recorded_at=canonical.rfc3339(entry.recorded_at),
        private_digest=entry.private_digest,
    )


def head_of(chain: UUID) -> tuple[int, str]:
    """The sequence number and hash of a chain's last entry; (0, zeros) where it has none."""
    head = Chain.objects.filter(pk=chain).values_list("head_seq", "head_hash").first()
    return head or (0, canonical.GENESIS)


def latest_anchor() -> Anchor | None:
    """The last anchor made, or None."""
    return Anchor.objects.order_by("-number").first()


def anchors() -> list[Anchor]:
    """Every anchor, in order."""
    return list(Anchor.objects.order_by("number"))


def merkle_root(leaves: Iterable[str]) -> str:
    """The Merkle root over leaf texts, in their order; an odd node is carried up as it is."""
    level = [canonical.leaf_hash(leaf) for leaf in leaves]
    if not level:
        return canonical.GENESIS
    while len(level) > 1:
        pairs = [canonical.node_hash(a, b) for a, b in zip(level[::2], level[1::2], strict=False)]
        level = pairs + ([level[-1]] if len(level) % 2 else [])
    return level[0]


def anchor_faults() -> list[str]:
    """What is wrong with the anchors themselves: their order, their links, their roots. Empty when they are whole.

    An anchor that the ledger tells of and that is gone, or is another one, counts too.
    """
    faults, prev = [], canonical.GENESIS
    for number, anchor in enumerate(Anchor.objects.order_by("number").prefetch_related("leaves"), start=1):
        leaves = sorted((leaf.chain, leaf.seq, leaf.hash) for leaf in anchor.leaves.all())
        root = merkle_root(f"{chain} {seq} {head}" for chain, seq, head in leaves)
        expected = canonical.anchor_hash(anchor.number, anchor.at, root, prev)
        if anchor.number != number or anchor.prev_hash != prev:
            faults.append(f"anchor {anchor.number} does not follow the anchor before it")
        elif root != anchor.root or len(leaves) != anchor.leaf_count:
            faults.append(f"anchor {anchor.number} does not bind the heads it says")
        elif expected != anchor.hash:
            faults.append(f"anchor {anchor.number} is altered")
        prev = anchor.hash
    return faults + _anchors_told_otherwise()


def _anchors_told_otherwise() -> list[str]:
    made = dict(Anchor.objects.values_list("number", "hash"))
    told = LedgerEntry.objects.filter(chain=ledger.INSTALLATION_CHAIN, event="anchor.made").order_by("seq")
    facts = [verify.facts_in(body) for body in told.values_list("body", flat=True)]
    return [
        f"anchor {fact['number']} is not the one the ledger tells of"
        for fact in facts
        if "number" in fact and made.get(fact["number"]) != fact.get("hash")
    ]
