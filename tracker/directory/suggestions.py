"""Closed days as the ``holidays`` package knows them, less those on which a state's offices may work. Pure.

A suggestion is not the law: the package closes Texas on Good Friday, Cesar Chavez Day and on days "observed"
for a holiday that falls on a weekend. The file of working days says where it goes too far; what is left is
stored as not yet checked by a person.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from importlib import metadata
from pathlib import Path

import holidays

OBSERVED = " (observed)"


@dataclass(frozen=True)
class Suggestion:
    """One day a jurisdiction may be closed."""

    jurisdiction: str
    date: date
    name: str
    source: str


@dataclass(frozen=True)
class Working:
    """Where the package goes too far in a jurisdiction: holidays on which offices work, and whether a holiday on a
    weekend moves.
    """

    works_on: frozenset[str] = frozenset()
    moves_weekends: bool = True


def read_working_days(folder: Path) -> dict[str, Working]:
    """The file of working days in a folder, by the two-letter code."""
    rows = json.loads((folder / "working_days.json").read_text(encoding="utf-8"))
    return {row["jurisdiction"]: Working(frozenset(row["works_on"]), row["moves_weekends"]) for row in rows}


def closed_days(jurisdiction: str, years: Collection[int], working: Mapping[str, Working]) -> list[Suggestion]:
    """Suggested closed days of a jurisdiction (two-letter code) in these years, by date."""
    source = f"holidays {metadata.version('holidays')}, US-{jurisdiction}"
    here, found = working.get(jurisdiction, Working()), []
    for day, joined in sorted(holidays.country_holidays("US", subdiv=jurisdiction, years=years).items()):
        names = [name for name in joined.split("; ") if not _is_open(name, here)]
        if names and day.year in years:
            found.append(Suggestion(jurisdiction, day, "; ".join(names), source))
    return found


def _is_open(name: str, here: Working) -> bool:
    moved = name.endswith(OBSERVED) and not here.moves_weekends
    return moved or name.removesuffix(OBSERVED) in here.works_on
