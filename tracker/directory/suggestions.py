"""Closed days as the ``holidays`` package knows them, less those on which Texas offices may work. Pure.

A suggestion is not the law: the package closes Texas on Good Friday, Cesar Chavez Day and on days "observed"
for a holiday that falls on a weekend. What is left is stored as not yet checked by a person.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from importlib import metadata

import holidays

OBSERVED = "(observed)"
NOT_CLOSED = {"TX": frozenset(("Good Friday", "Cesar Chavez Day"))}
NOT_MOVED = frozenset(("TX",))


@dataclass(frozen=True)
class Suggestion:
    """One day a jurisdiction may be closed."""

    jurisdiction: str
    date: date
    name: str
    source: str


def closed_days(jurisdiction: str, years: Collection[int]) -> list[Suggestion]:
    """Suggested closed days of a jurisdiction (two-letter code) in these years, by date."""
    source = f"holidays {metadata.version('holidays')}, US-{jurisdiction}"
    found = []
    for day, joined in sorted(holidays.country_holidays("US", subdiv=jurisdiction, years=years).items()):
        names = [name for name in joined.split("; ") if not _is_open(jurisdiction, name)]
        if names and day.year in years:
            found.append(Suggestion(jurisdiction, day, "; ".join(names), source))
    return found


def _is_open(jurisdiction: str, name: str) -> bool:
    moved = name.endswith(OBSERVED) and jurisdiction in NOT_MOVED
    return moved or name in NOT_CLOSED.get(jurisdiction, ())
