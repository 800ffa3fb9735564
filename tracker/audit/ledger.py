"""The only writer of the ledger, and the one place below the doors that reads the clock."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from tracker.audit import canonical, events
from tracker.audit.actors import Actor, Origin
from tracker.audit.models import Chain, LedgerEntry, LedgerPrivate
from tracker.errors import IntegrityBroken

FORMAT = 1
INSTALLATION_CHAIN = UUID("00000000-0000-7000-8000-000000000001")
CLOCK_TOLERANCE = timedelta(minutes=2)


def record(
    event: str,
    *,
    board_id: UUID | None,
    chain: UUID,
    actor: Actor,
    at: datetime,
    facts: Mapping[str, Any],
    private: Mapping[str, Any] | None = None,
    on_behalf_of: str | None = None,
) -> LedgerEntry:
    """Append one entry to a chain, in the caller's transaction.

    `at` is the told time of the act (aware). `facts` are ids, codes, dates (ISO), whole numbers and digests; names,
    reasons and other free text belong into `private`, under the keys that the event declares.

    Raises IntegrityBroken: outside a transaction, for an unknown event, for free text in `facts`, in the actor's code
    or in `on_behalf_of`, for an undeclared private key, for a time without a zone, and for a live entry told more than
    two minutes away from the clock.
    """
    spec = events.spec(event)
    _check(spec, private, facts, {"actor": actor.code, "on_behalf_of": on_behalf_of})
    recorded_at = _now(actor, at)
    salt, private_body, digest = _private(private)
    told = {
        "board": str(board_id) if board_id else None,
        "event": event,
        "event_v": spec.version,
        "at": canonical.rfc3339(at),
        "recorded_at": canonical.rfc3339(recorded_at),
        "origin": str(actor.origin),
        "actor": actor.code,
        "on_behalf_of": on_behalf_of,
        "facts": dict(facts),
        "private_digest": digest,
    }
    entry = _append(_lock_chain(chain, board_id), told, LedgerEntry(board_id=board_id, at=at, recorded_at=recorded_at))
    if digest:
        LedgerPrivate.objects.create(entry=entry.id, salt=salt, body=private_body)
    return entry


def _now(actor: Actor, at: datetime) -> datetime:
    """When the entry is written; a live act is told at that time."""
    if timezone.is_naive(at):
        raise IntegrityBroken("The time of an act needs its zone.")
    recorded_at = timezone.now()
    if actor.origin is Origin.LIVE and abs(recorded_at - at) > CLOCK_TOLERANCE:
        raise IntegrityBroken("A live act cannot be told more than two minutes away from the clock.")
    return recorded_at


def _append(head: Chain, told: Mapping[str, Any], entry: LedgerEntry) -> LedgerEntry:
    """Bind the entry to the last one of its chain, which is locked, and make it the new head."""
    entry.chain, entry.seq, entry.prev_hash = head.pk, head.head_seq + 1, head.head_hash
    place = {"v": FORMAT, "chain": str(head.pk), "seq": entry.seq, "prev": entry.prev_hash}
    entry.body = canonical.dumps({**told, **place})
    entry.hash = canonical.entry_hash(entry.body)
    entry.event, entry.private_digest = told["event"], told["private_digest"]
    entry.save(force_insert=True)
    Chain.objects.filter(pk=head.pk).update(head_seq=entry.seq, head_hash=entry.hash)
    return entry


def _check(spec: events.Event, private: Mapping[str, Any] | None, *public: Mapping[str, Any]) -> None:
    if not connection.in_atomic_block:
        raise IntegrityBroken("A ledger entry can only be written inside the transaction of its act.")
    faults = [fault for facts in public for fault in canonical.faults_in_facts(facts)]
    faults += [f"{key} is not a private part of {spec.code}" for key in private or {} if key not in spec.private]
    if faults:
        raise IntegrityBroken(f"Entry {spec.code}: {'; '.join(faults)}.")


def _private(private: Mapping[str, Any] | None) -> tuple[str, str, str]:
    kept = {key: value for key, value in (private or {}).items() if value not in (None, "", [], {})}
    if not kept:
        return "", "", ""
    salt, body = secrets.token_hex(32), canonical.dumps(kept)
    return salt, body, canonical.private_digest(salt, body)


def _lock_chain(chain: UUID, board_id: UUID | None) -> Chain:
    Chain.objects.bulk_create([Chain(id=chain, board_id=board_id)], ignore_conflicts=True)
    return Chain.objects.select_for_update().get(pk=chain)
