"""The reference data of the product as files: read, checked against each other, given on as plain values.
Pure.

Professions, grounds, rules and closed days are only ever added from here, so that what a clerk has edited
stays; jurisdictions and published codes are brought up to date.
"""

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from boards import rules, texts
from tracker.directory.boardlist import HostedBoard

BOARDS_AS_OF = date(2026, 11, 1)


class BadReference(Exception):
    """A reference file contradicts itself or another; ``faults`` say where."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__(" ".join(faults))


@dataclass(frozen=True)
class CodeRow:
    """One published code."""

    kind: str
    code: str
    label: str
    family: str
    first_use: date | None
    retired_on: date | None


@dataclass(frozen=True)
class Reference:
    """Everything the files hold."""

    jurisdictions: list[dict[str, str]]
    professions: list[dict[str, Any]]
    codes: list[CodeRow]
    grounds: list[dict[str, Any]]
    hosted: list[HostedBoard]
    rules: list[dict[str, Any]]
    closed_days: list[dict[str, str]]
    boards: bytes
    boards_as_of: date


def read(folder: Path) -> Reference:
    """Every reference file of a folder; BadReference when they do not fit together."""
    found = Reference(
        jurisdictions=_rows(folder / "jurisdictions.csv"),
        professions=_json(folder / "professions.json"),
        codes=_codes(folder),
        grounds=_json(folder / "grounds.json"),
        hosted=read_hosted(folder),
        rules=_json(folder / "rules.json"),
        closed_days=_rows(folder / "closed_days.csv"),
        boards=(folder / "boards.csv").read_bytes(),
        boards_as_of=BOARDS_AS_OF,
    )
    faults = _faults(found)
    if faults:
        raise BadReference(faults)
    return found


def read_hosted(folder: Path) -> list[HostedBoard]:
    """The boards whose slug and short code are given."""
    return [HostedBoard(**row) for row in _json(folder / "hosted.json")]


def _json(path: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return rows


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _codes(folder: Path) -> list[CodeRow]:
    actions = [
        CodeRow("action", row["code"], row["label_as_published"], row["family"], None, None)
        for row in _rows(folder / "npdb_action_codes.csv")
    ]
    bases = [
        CodeRow(
            "basis",
            row["code"],
            row["label_as_published"],
            "",
            _us_date(row["first_use"]),
            _us_date(row["retired"]),
        )
        for row in _rows(folder / "npdb_basis_codes.csv")
    ]
    return actions + bases


def _us_date(text: str) -> date | None:
    return datetime.strptime(text, "%m/%d/%Y").date() if text else None  # noqa: DTZ007 - a date, not a moment


def _faults(found: Reference) -> list[str]:
    slugs = {board.slug for board in found.hosted}
    places = {row["code"] for row in found.jurisdictions}
    offered = {row.code for row in found.codes if row.kind == "basis" and row.retired_on is None}
    zones = available_timezones()
    faults = [
        f"{row['code']}: {row['time_zone']} is no time zone."
        for row in found.jurisdictions
        if row["time_zone"] not in zones
    ]
    for row in found.professions:
        faults += _text_faults(row["key"], row, ("labels", "plain_labels"))
    for row in found.grounds:
        faults += _text_faults(row["key"], row, ("labels", "help_texts", "helps_board_texts"))
        faults += [
            f"{row['key']}: code {code} may not be offered." for code in row["npdb_codes"] if code not in offered
        ]
    for row in found.rules:
        faults += _rule_faults(row, slugs)
    faults += [
        f"{row['date']}: {row['jurisdiction']} is not known."
        for row in found.closed_days
        if row["jurisdiction"] not in places
    ]
    return faults


def _text_faults(key: str, row: Mapping[str, Any], fields: tuple[str, ...]) -> list[str]:
    return [f"{key}, {name}: {fault}." for name in fields for fault in texts.faults(row[name])]


def _rule_faults(row: Mapping[str, Any], slugs: set[str]) -> list[str]:
    faults = [] if row["board"] in slugs else [f"{row['board']} is not a hosted board."]
    if not row["citation"] or not row["source_url"]:
        faults.append(f"{row['board']}, {row['key']}: citation or source is missing.")
    try:
        if rules.parse_value(row["key"], row["value"]) != row["value"]:
            faults.append(f"{row['board']}, {row['key']}: the value is not written as it is stored.")
    except rules.RuleValueError as fault:
        faults.append(f"{row['board']}, {row['key']}: {fault}.")
    return faults
