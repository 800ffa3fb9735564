"""The order of exhibits in a bundle before anybody changes it, and what moving one does. Pure.

Attachments follow their e-mail and move with it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

PARTIES = ("board", "respondent", "joint", "presiding_officer")
Key = TypeVar("Key")
_NUMBER = re.compile(r"(\D*)(\d*)")


@dataclass(frozen=True)
class Placed:
    """What decides the place of an exhibit: its number and part, its e-mail, party and mark ("" where it has none)."""

    exhibit_id: UUID
    number: int
    part: int
    parent_id: UUID | None
    party: str
    mark: str


def usual_order(exhibits: Sequence[Placed], before: Sequence[UUID] = ()) -> list[UUID]:
    """All exhibits: those of `before` in its order, each other marked one behind its neighbor by party and mark,
    then the rest by number.

    So an edition that leaves some exhibits out does not send marked ones to the end of the next bundle.
    """
    heads = sorted((one for one in exhibits if one.parent_id is None), key=lambda one: (_by_mark(one), one.number))
    known = {one.exhibit_id for one in heads}
    order = [exhibit_id for exhibit_id in dict.fromkeys(before) if exhibit_id in known]
    at, placed = 0, set(order)
    for one in heads:
        if one.exhibit_id not in placed:
            order.insert(at if one.mark else len(order), one.exhibit_id)
        at = order.index(one.exhibit_id) + 1
    return with_attachments(order, exhibits)


def with_attachments(heads: Sequence[UUID], exhibits: Sequence[Placed]) -> list[UUID]:
    """The heads in the given order, each followed by its attachments."""
    parts: dict[UUID, list[Placed]] = {}
    for one in exhibits:
        if one.parent_id is not None:
            parts.setdefault(one.parent_id, []).append(one)
    out = []
    for head in heads:
        out.append(head)
        out += [one.exhibit_id for one in sorted(parts.get(head, []), key=lambda one: one.part)]
    return out


def moved(order: Sequence[Key], key: Key, by: int) -> list[Key]:
    """The order with one member moved by so many places, not beyond either end; unknown ones change nothing."""
    out = list(order)
    if key not in out:
        return out
    place = out.index(key)
    out.insert(min(max(place + by, 0), len(out) - 1), out.pop(place))
    return out


def _by_mark(one: Placed) -> tuple[int, int, str, int]:
    """Marked ones first, by party; marks as people count them: 2 before 10, Z before AA."""
    if not one.mark:
        return len(PARTIES) + 1, 0, "", 0
    party = PARTIES.index(one.party) if one.party in PARTIES else len(PARTIES)
    found = _NUMBER.match(one.mark)
    letters, digits = (found[1], found[2]) if found else (one.mark, "")
    return party, len(letters), letters, int(digits or 0)
