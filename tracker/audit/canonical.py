"""Canonical JSON and the two digests of the ledger. Pure."""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

BODY_TAG = b"recourse.ledger.v1\0"
PRIVATE_TAG = b"recourse.private.v1\0"
ANCHOR_TAG = b"recourse.anchor.v1\0"
GENESIS = "0" * 64
CODE = re.compile(r"[A-Za-z0-9_.:+/,\-]{0,200}")


def dumps(value: Mapping[str, Any]) -> str:
    """The one text of a value: sorted keys, no spaces, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def rfc3339(moment: datetime) -> str:
    """UTC with microseconds and `Z` (RFC 3339)."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def entry_hash(body: str) -> str:
    """The hash of an entry's exact body text."""
    return hashlib.sha256(BODY_TAG + body.encode()).hexdigest()


def private_digest(salt_hex: str, body: str) -> str:
    """The digest that binds a private part to its entry. `salt_hex` is 32 random bytes."""
    return hashlib.sha256(PRIVATE_TAG + bytes.fromhex(salt_hex) + body.encode()).hexdigest()


def faults_in_facts(value: Any, path: str = "facts") -> list[str]:
    """What may not stand in the hashed part: anything but ids, codes, dates, whole numbers and digests.

    Free text has spaces or signs outside the code alphabet, so it is caught by its form; floats are refused since
    their text differs between writers.
    """
    if value is None or isinstance(value, bool | int):
        return []
    if isinstance(value, str):
        return [] if CODE.fullmatch(value) else [f"{path} holds free text"]
    if isinstance(value, Mapping):
        keys = [f"{path} has a key that is free text" for key in value if not CODE.fullmatch(str(key))]
        return keys + [fault for key, item in value.items() for fault in faults_in_facts(item, f"{path}.{key}")]
    if isinstance(value, list | tuple):
        return [fault for i, item in enumerate(value) for fault in faults_in_facts(item, f"{path}[{i}]")]
    return [f"{path} holds a {type(value).__name__}"]


def leaf_hash(leaf: str) -> str:
    """The hash of one Merkle leaf. Leaves and inner nodes are told apart by their first byte (RFC 6962 §2.1)."""
    return hashlib.sha256(b"\0" + leaf.encode()).hexdigest()


def node_hash(left: str, right: str) -> str:
    """The hash of an inner Merkle node over two hex digests (RFC 6962 §2.1)."""
    return hashlib.sha256(b"\1" + bytes.fromhex(left) + bytes.fromhex(right)).hexdigest()


def anchor_hash(number: int, at: datetime, root: str, prev: str) -> str:
    """The hash that links an anchor to the one before it."""
    body = dumps({"number": number, "at": rfc3339(at), "root": root, "prev": prev})
    return hashlib.sha256(ANCHOR_TAG + body.encode()).hexdigest()
