"""What is looked up: boards for a complaint, rules in force, closed days, due dates."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import F, Q, QuerySet

from boards import rules
from boards.models import Board, BoardRule, ClosedDay, Ground, Jurisdiction, Profession
from boards.rules import Computed, Pause, RuleValue


@dataclass(frozen=True, slots=True)
class Due:
    """A due date with the arithmetic, the rule it used and one sentence that explains it."""

    computed: Computed
    rule: RuleValue
    explanation: str

    @property
    def due_on(self) -> date:
        """The date that binds, in the board's zone."""
        return self.computed.due_on


def rules_in_force(board: Board | None, on: date) -> dict[str, RuleValue]:
    """Every setting of a board on a day, in one query.

    The board's row wins over the installation's default row, and that over the built-in default. Among rows
    of the same owner the latest ``valid_from`` not after the day wins; superseded rows never count. Without
    a board: defaults.
    """
    found = {key: rules.default_value(key) for key in rules.RULES}
    for row in _rows(board).filter(valid_from__lte=on):
        if row.key in found:
            found[row.key] = _as_value(row)
    return found


def rule_in_force(board: Board | None, key: str, on: date) -> RuleValue:
    """One setting of a board on a day; KeyError for a key that does not exist."""
    row = _rows(board).filter(valid_from__lte=on, key=key).last()
    return _as_value(row) if row else rules.default_value(key)


def rule_on_days(board: Board | None, key: str, days: Iterable[date]) -> dict[date, RuleValue]:
    """One setting as it was in force on each of several days, in one query: for matters of substance."""
    rows = list(_rows(board).filter(key=key))
    found = {}
    for day in set(days):
        row = next((row for row in reversed(rows) if row.valid_from <= day), None)
        found[day] = _as_value(row) if row else rules.default_value(key)
    return found


def values_in_force(key: str, days: Mapping[UUID, date]) -> dict[UUID, Any]:
    """One setting's value at several boards, each on its own day (board id to local date), in one query."""
    owners = Q(board=None) | Q(board_id__in=list(days))
    rows = BoardRule.objects.filter(owners, key=key, superseded_at=None)
    found = dict.fromkeys(days, rules.default_value(key).value)
    for row in rows.order_by(F("board").asc(nulls_first=True), "valid_from", "recorded_at"):
        for board_id in [row.board_id] if row.board_id else list(days):
            if row.valid_from <= days[board_id]:
                found[board_id] = row.value
    return found


def _rows(board: Board | None) -> QuerySet[BoardRule]:
    owner = Q(board=None) | Q(board=board) if board else Q(board=None)
    rows = BoardRule.objects.filter(owner, superseded_at=None)
    return rows.order_by(F("board").asc(nulls_first=True), "valid_from", "recorded_at")


def _as_value(row: BoardRule) -> RuleValue:
    return RuleValue(
        key=row.key,
        value=row.value,
        rule_id=row.pk,
        citation=row.citation,
        source_url=row.source_url,
        as_of=row.as_of,
        is_default=False,
        is_board_row=row.board_id is not None,
    )


def rule_history(board: Board | None, key: str) -> QuerySet[BoardRule]:
    """Every row a board (or the installation) ever had for a setting, newest first."""
    return BoardRule.objects.filter(board=board, key=key).order_by("-valid_from", "-recorded_at")


def closed_days(board: Board, start: date, end: date) -> dict[date, str]:
    """Closed days of a board from ``start`` to ``end``, both included, with names; its own wins."""
    office = Q(board=board) | Q(jurisdiction=board.jurisdiction_id)
    rows = ClosedDay.objects.filter(office, date__range=(start, end), retracted_at=None).order_by(
        F("board").asc(nulls_first=True)
    )
    return dict(rows.values_list("date", "name"))


def due(
    board: Board, key: str, *, starts_on: date, start_label: str, mail: bool = False, pauses: Sequence[Pause] = ()
) -> Due:
    """When a setting's days after an event end, and why: two queries.

    ``starts_on`` is the local date of the event in the board's zone; with ``mail`` the board's ``mail_days``
    are added; days of ``pauses`` are not counted. The rule in force on that date is used.
    """
    in_force = rules_in_force(board, starts_on)
    rule, mail_days = in_force[key], in_force["mail_days"].value if mail else 0
    closed = closed_days(board, starts_on, rules.horizon(starts_on, rule.value, mail_days, pauses))
    computed = rules.compute_deadline(
        starts_on=starts_on,
        days=rule.value,
        day_kind=rules.day_kind_of(key, in_force),
        closed=closed,
        mail_days=mail_days,
        pauses=pauses,
    )
    return Due(computed, rule, rules.explain(computed, start_label=start_label, rule=rule.named))


def boards_accepting(profession_key: str, jurisdiction_code: str) -> QuerySet[Board]:
    """Boards that take complaints about a profession in a jurisdiction; hosted ones first, then by name."""
    return (
        Board.objects.filter(professions__key=profession_key, jurisdiction__code=jurisdiction_code.upper())
        .select_related("jurisdiction")
        .order_by("-hosted", "name")
    )


def board_zone(board: Board) -> ZoneInfo:
    """The time zone in which a board's days begin and end."""
    return board.zone


def local_day(board: Board, moment: datetime) -> date:
    """The board's date at a moment (aware)."""
    return moment.astimezone(board_zone(board)).date()


def grounds_offered(on: date) -> QuerySet[Ground]:
    """Grounds that may be chosen for a new complaint on a day: not retired."""
    return Ground.objects.filter(Q(retired_on=None) | Q(retired_on__gt=on))


def professions_offered(on: date) -> QuerySet[Profession]:
    """Professions that may be chosen for a new complaint on a day: not retired."""
    return Profession.objects.filter(Q(retired_on=None) | Q(retired_on__gt=on))


def grounds_by_key(keys: Iterable[str]) -> dict[str, Ground]:
    """Grounds with these keys, retired ones included, by key."""
    return {ground.key: ground for ground in Ground.objects.filter(key__in=set(keys))}


def jurisdictions() -> QuerySet[Jurisdiction]:
    """Every state and territory, by name."""
    return Jurisdiction.objects.all()


def board_by_slug(slug: str) -> Board | None:
    """A board with its jurisdiction, or None."""
    return Board.objects.select_related("jurisdiction").filter(slug=slug).first()


def boards_listed(jurisdiction_code: str = "", profession_key: str = "") -> QuerySet[Board]:
    """Boards of a state, of a profession, of both, or all of them; by state, hosted ones first."""
    rows = Board.objects.select_related("jurisdiction").prefetch_related("professions")
    if jurisdiction_code:
        rows = rows.filter(jurisdiction__code=jurisdiction_code.upper())
    if profession_key:
        rows = rows.filter(professions__key=profession_key)
    return rows.order_by("jurisdiction__name", "-hosted", "name")
