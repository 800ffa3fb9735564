"""Loading a list of boards, as of a date: whole or not at all, and twice the same as once."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from uuid_utils.compat import uuid7

from boards import ids
from boards.models import Board, BoardRule, Jurisdiction, Profession
from tracker.access import gate
from tracker.access.policy import Permission
from tracker.audit import ledger
from tracker.audit.actors import Actor
from tracker.directory import boardlist, shortcodes
from tracker.directory.boardlist import BoardRow, HostedBoard
from tracker.errors import ActionRefused


@dataclass
class ImportResult:
    """What an import did, by slug. ``kept`` boards were edited here after the list's date and stay as they
    are.
    """

    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    rules: list[UUID] = field(default_factory=list)

    @property
    def did_anything(self) -> bool:
        """False when the list held nothing new."""
        return bool(self.created or self.changed or self.rules)

    def lines(self) -> list[str]:
        """What was done, one line for each board that was touched, and the counts."""
        lines = [_("%(slug)s: added") % {"slug": slug} for slug in self.created]
        lines += [_("%(slug)s: changed") % {"slug": slug} for slug in self.changed]
        lines += [_("%(slug)s: kept, edited here since") % {"slug": slug} for slug in self.kept]
        counts = {
            "created": len(self.created),
            "changed": len(self.changed),
            "unchanged": len(self.unchanged),
            "kept": len(self.kept),
            "rules": len(self.rules),
        }
        if not self.did_anything:
            return [
                *lines,
                _("Nothing to change: %(unchanged)d boards are as listed, %(kept)d kept.") % counts,
            ]
        text = _("%(created)d boards added, %(changed)d changed, %(unchanged)d unchanged, %(kept)d kept.")
        return [*lines, text % counts, _("%(rules)d rules added.") % counts]


@transaction.atomic
def import_boards(
    content: bytes,
    *,
    as_of: date,
    actor: Actor,
    at: datetime,
    hosted: Sequence[HostedBoard] = (),
    own_rules: Collection[tuple[str, str]] = (),
) -> ImportResult:
    """Load a list of boards (CSV) as of a date.

    A board is recognized by its slug, which, like its short code, is made once and never changed; the boards
    in ``hosted`` have theirs given. A board whose own facts are newer than the list stays as it is. Columns
    that state a rule make a dated row, unless the board has its own row for it (or will have: ``own_rules``,
    slug and key). Refused, with row and column, when any cell is bad. Ledger: directory.boards_imported,
    nothing when nothing changed.
    """
    gate.require(actor, Permission.BOARD_EDIT, None, at=at)
    if as_of > at.date():
        raise ActionRefused([_("The list cannot be as of a day in the future.")])
    places = {place.code: place for place in Jurisdiction.objects.all()}
    crafts = {craft.key: craft for craft in Profession.objects.all()}
    names = {code: place.name for code, place in places.items()}
    try:
        rows = boardlist.read(content, jurisdictions=names, professions=crafts, hosted=hosted)
    except boardlist.BadList as bad:
        raise ActionRefused(bad.faults) from bad
    result = ImportResult()
    found = _load_boards(rows, as_of, places, result)
    _set_professions(rows, found, crafts, result)
    _load_rules(rows, found, as_of=as_of, at=at, own_rules=set(own_rules), result=result)
    if result.did_anything:
        _record(content, result, found, as_of, actor=actor, at=at)
    return result


def _load_boards(
    rows: Sequence[BoardRow], as_of: date, places: Mapping[str, Jurisdiction], result: ImportResult
) -> dict[str, Board]:
    found = {
        board.slug: board
        for board in Board.objects.select_for_update().order_by("slug").prefetch_related("professions")
    }
    taken = {board.short_code for board in found.values()}
    taken |= {row.hosted.short_code for row in rows if row.hosted}
    new: list[Board] = []
    for row in rows:
        place = places[row.jurisdiction]
        board = found.get(row.slug)
        if board is None:
            board = _new_board(row, place, taken)
            board.as_of = as_of
            new.append(board)
            result.created.append(row.slug)
            found[row.slug] = board
        elif board.as_of > as_of:
            result.kept.append(row.slug)
        else:
            _bring_up_to_date(board, row, as_of, result)
    _refuse_same_names(new, found)
    Board.objects.bulk_create(new)
    return found


def _new_board(row: BoardRow, place: Jurisdiction, taken: set[str]) -> Board:
    given = row.hosted
    code = given.short_code if given else shortcodes.short_code_for(place.code, row.name, place.name, taken)
    taken.add(code)
    return Board(
        id=ids.of("board", row.slug),
        slug=row.slug,
        short_code=code,
        jurisdiction=place,
        name=row.name,
        hosted=bool(given and given.hosted),
        time_zone=given.time_zone if given else "",
        **row.fields,
    )


def _bring_up_to_date(board: Board, row: BoardRow, as_of: date, result: ImportResult) -> None:
    fields = {"name": row.name, **row.fields}
    changed = [name for name, value in fields.items() if getattr(board, name) != value]
    if {craft.key for craft in board.professions.all()} != set(row.professions):
        changed.append("professions")
    if not changed:
        result.unchanged.append(row.slug)
        return
    for name, value in fields.items():
        setattr(board, name, value)
    board.as_of = as_of
    board.save(update_fields=[*fields, "as_of"])
    result.changed.append(row.slug)


def _refuse_same_names(new: Sequence[Board], found: Mapping[str, Board]) -> None:
    names = {(board.jurisdiction_id, board.name): board.slug for board in found.values() if board not in new}
    reasons = [
        _("%(name)s is already known under the slug %(slug)s.") % {"name": board.name, "slug": slug}
        for board in new
        if (slug := names.get((board.jurisdiction_id, board.name)))
    ]
    if reasons:
        raise ActionRefused(reasons)


def _set_professions(
    rows: Sequence[BoardRow],
    found: Mapping[str, Board],
    crafts: Mapping[str, Profession],
    result: ImportResult,
) -> None:
    through = Board.professions.through
    created, changed = set(result.created), set(result.changed)
    wanted = [row for row in rows if row.slug in created or row.slug in changed]
    for row in wanted:
        if row.slug in changed:
            found[row.slug].professions.set([crafts[key] for key in row.professions])
    through.objects.bulk_create(
        through(board_id=found[row.slug].pk, profession_id=crafts[key].pk)
        for row in wanted
        if row.slug in created
        for key in row.professions
    )


def _load_rules(
    rows: Sequence[BoardRow],
    found: Mapping[str, Board],
    *,
    as_of: date,
    at: datetime,
    own_rules: set[tuple[str, str]],
    result: ImportResult,
) -> None:
    open_rows: dict[tuple[UUID | None, str], list[BoardRule]] = {}
    for rule in BoardRule.objects.filter(board__isnull=False, superseded_at=None).order_by("valid_from"):
        open_rows.setdefault((rule.board_id, rule.key), []).append(rule)
    new = []
    for row in rows:
        board = found[row.slug]
        for key, value in row.rules.items():
            known = open_rows.get((board.pk, key), [])
            if (row.slug, key) in own_rules or not _is_news(known, value, as_of):
                continue
            BoardRule.objects.filter(board=board, key=key, valid_from=as_of, superseded_at=None).update(
                superseded_at=at
            )
            new.append(_imported_rule(board, key, value, row, as_of=as_of, at=at))
    BoardRule.objects.bulk_create(new)
    result.rules += [rule.pk for rule in new]


def _is_news(known: Sequence[BoardRule], value: Any, as_of: date) -> bool:
    if any(not rule.imported for rule in known):
        return False
    return not known or (known[-1].valid_from <= as_of and known[-1].value != value)


def _imported_rule(board: Board, key: str, value: Any, row: BoardRow, *, as_of: date, at: datetime) -> BoardRule:
    return BoardRule(
        id=uuid7(),
        board=board,
        key=key,
        value=value,
        source_url=str(row.fields["source_url"]),
        as_of=as_of,
        valid_from=as_of,
        imported=True,
        recorded_at=at,
    )


def _record(
    content: bytes,
    result: ImportResult,
    found: Mapping[str, Board],
    as_of: date,
    *,
    actor: Actor,
    at: datetime,
) -> None:
    ledger.record(
        "directory.boards_imported",
        board_id=None,
        chain=ledger.INSTALLATION_CHAIN,
        actor=actor,
        at=at,
        facts={
            "as_of": as_of.isoformat(),
            "list": hashlib.sha256(content).hexdigest(),
            "created": len(result.created),
            "changed": len(result.changed),
            "created_boards": [str(found[slug].pk) for slug in result.created],
            "changed_boards": [str(found[slug].pk) for slug in result.changed],
            "rules": [str(rule) for rule in result.rules],
        },
    )
