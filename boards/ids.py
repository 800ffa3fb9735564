"""Ids of boards and code rows: the same on every installation, made from the row's own key. Pure."""

from uuid import UUID, uuid5

NAMESPACE = UUID("6e0f2c1a-9a5b-5f0e-8d53-0c9c1f7f4b11")


def of(kind: str, *parts: str) -> UUID:
    """The id of the row of this kind with this key, e.g. ``of("board", "tx-bhec")``."""
    return uuid5(NAMESPACE, ":".join((kind, *parts)))
