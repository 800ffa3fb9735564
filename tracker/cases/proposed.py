"""The sanctions that a proposal recommends, as they stood when it was filed. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Protocol


class SanctionLike(Protocol):
    """A sanction of an order. `amount_cents` in US cents, `days` in calendar days."""

    code: str
    terms: str
    days: int | None
    amount_cents: int | None
    is_stayed: bool
    is_term: bool
    due_on: date | None


def told(rows: Iterable[SanctionLike]) -> list[dict[str, Any]]:
    """The sanctions in plain values, as a column of JSON keeps them."""
    return [
        {
            "code": row.code,
            "terms": row.terms,
            "days": row.days,
            "amount_cents": row.amount_cents,
            "is_stayed": row.is_stayed,
            "is_term": row.is_term,
            "due_on": row.due_on.isoformat() if row.due_on else None,
        }
        for row in rows
    ]


def is_kept(rows: Iterable[SanctionLike], kept: Sequence[Mapping[str, Any]]) -> bool:
    """Whether sanctions are still what `told` kept, in whatever order."""
    # A database may give the keys of JSON back in another order than they were written in.
    return sorted(map(_line, told(rows))) == sorted(map(_line, kept))


def _line(row: Mapping[str, Any]) -> str:
    return repr(sorted(row.items()))


def restored(kept: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What `told` kept, as the columns of sanctions numbered anew."""
    return [
        {**row, "due_on": date.fromisoformat(row["due_on"]) if row["due_on"] else None, "number": number}
        for number, row in enumerate(kept, start=1)
    ]


def codes(kept: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """The codes of what `told` kept."""
    return tuple(str(row["code"]) for row in kept)
