"""Loading the product's reference data: may be run again, and then changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from boards import ids
from boards.models import Board, BoardRule, ClosedDay, Ground, Jurisdiction, NpdbCode, Profession
from tracker.access import gate
from tracker.access.policy import Permission
from tracker.audit import ledger
from tracker.audit.actors import Actor
from tracker.directory import reference
from tracker.directory.actions.imports import ImportResult, import_boards
from tracker.directory.reference import Reference
from tracker.errors import ActionRefused


@dataclass
class LoadResult:
    """How many rows of each kind were written, and what the board list did."""

    written: dict[str, int] = field(default_factory=dict)
    boards: ImportResult = field(default_factory=ImportResult)

    @property
    def did_anything(self) -> bool:
        """False when everything was there already."""
        return any(self.written.values()) or self.boards.did_anything

    def lines(self) -> list[str]:
        """What was done, one line for each kind of row, then the boards."""
        names = {
            "jurisdictions": _("jurisdictions"),
            "codes": _("NPDB codes"),
            "professions": _("professions"),
            "grounds": _("grounds"),
            "rules": _("rules of hosted boards"),
            "closed_days": _("closed days"),
        }
        lines = [
            _("%(name)s: %(count)d written") % {"name": names[kind], "count": count}
            for kind, count in self.written.items()
        ]
        return lines + self.boards.lines()[-2:] if self.boards.did_anything else lines + self.boards.lines()[-1:]


@transaction.atomic
def load_reference(folder: Path, *, actor: Actor, at: datetime) -> LoadResult:
    """Load jurisdictions, professions, codes, grounds, boards, rules and closed days from a folder of files.

    Jurisdictions and published codes are brought up to date; everything a clerk may edit is only added where
    it is missing. Refused when the files contradict each other. Ledger: directory.boards_imported and
    directory.reference_loaded, nothing when nothing was new.
    """
    gate.require(actor, Permission.CODES_EDIT, None, at=at)
    try:
        files = reference.read(folder)
    except reference.BadReference as bad:
        raise ActionRefused(bad.faults) from bad
    result = LoadResult()
    result.written["jurisdictions"] = _bring_up_to_date(_jurisdictions(files), ("name", "time_zone"))
    result.written["codes"] = _bring_up_to_date(_codes(files), ("label", "family", "first_use", "retired_on"))
    result.written["professions"] = _add_missing(_professions(files))
    result.written["grounds"] = _add_missing(_grounds(files))
    own_rules = {(row["board"], row["key"]) for row in files.rules}
    result.boards = import_boards(
        files.boards,
        as_of=min(files.boards_as_of, at.date()),
        hosted=files.hosted,
        own_rules=own_rules,
        actor=actor,
        at=at,
    )
    result.written["rules"] = _add_rules(files, at)
    result.written["closed_days"] = _add_closed_days(files)
    if any(result.written.values()):
        ledger.record(
            "directory.reference_loaded",
            board_id=None,
            chain=ledger.INSTALLATION_CHAIN,
            actor=actor,
            at=at,
            facts=dict(result.written),
        )
    return result


def _jurisdictions(files: Reference) -> list[Jurisdiction]:
    return [Jurisdiction(id=ids.of("jurisdiction", row["code"]), **row) for row in files.jurisdictions]


def _professions(files: Reference) -> list[Profession]:
    rows = enumerate(files.professions, start=1)
    return [Profession(id=ids.of("profession", row["key"]), order=order, **row) for order, row in rows]


def _grounds(files: Reference) -> list[Ground]:
    rows = enumerate(files.grounds, start=1)
    return [Ground(id=ids.of("ground", row["key"]), order=order, **row) for order, row in rows]


def _codes(files: Reference) -> list[NpdbCode]:
    return [
        NpdbCode(
            id=ids.of("npdb", row.kind, row.code),
            kind=row.kind,
            code=row.code,
            label=row.label,
            family=row.family,
            first_use=row.first_use,
            retired_on=row.retired_on,
        )
        for row in files.codes
    ]


def _bring_up_to_date(rows: Sequence[Any], fields: tuple[str, ...]) -> int:
    model = type(rows[0])
    known = {row.pk: row for row in model._default_manager.all()}
    stale = [
        row
        for row in rows
        if row.pk not in known or any(getattr(row, name) != getattr(known[row.pk], name) for name in fields)
    ]
    model._default_manager.bulk_create(stale, update_conflicts=True, unique_fields=["id"], update_fields=list(fields))
    return len(stale)


def _add_missing(rows: Sequence[Any]) -> int:
    model = type(rows[0])
    known = set(model._default_manager.values_list("pk", flat=True))
    new = [row for row in rows if row.pk not in known]
    model._default_manager.bulk_create(new)
    return len(new)


def _add_rules(files: Reference, at: datetime) -> int:
    boards = {board.slug: board for board in Board.objects.filter(slug__in={row["board"] for row in files.rules})}
    own = set(BoardRule.objects.filter(imported=False).values_list("board_id", "key"))
    new = [
        BoardRule(
            id=ids.of("rule", row["board"], row["key"], row["valid_from"]),
            board=boards[row["board"]],
            key=row["key"],
            value=row["value"],
            citation=row["citation"],
            source_url=row["source_url"],
            as_of=date.fromisoformat(row["as_of"]),
            valid_from=date.fromisoformat(row["valid_from"]),
            recorded_at=at,
        )
        for row in files.rules
        if row["board"] in boards and (boards[row["board"]].pk, row["key"]) not in own
    ]
    BoardRule.objects.bulk_create(new)
    return len(new)


def _add_closed_days(files: Reference) -> int:
    known = set(ClosedDay.objects.filter(board=None).values_list("jurisdiction__code", "date"))
    new = [
        ClosedDay(
            id=ids.of("closed_day", row["jurisdiction"], row["date"]),
            jurisdiction_id=ids.of("jurisdiction", row["jurisdiction"]),
            date=date.fromisoformat(row["date"]),
            name=row["name"],
            source=row["source"],
            reviewed=row["reviewed"] == "yes",
        )
        for row in files.closed_days
        if (row["jurisdiction"], date.fromisoformat(row["date"])) not in known
    ]
    ClosedDay.objects.bulk_create(new)
    return len(new)
