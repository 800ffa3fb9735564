"""Rules as a table for people: what binds now, what will, what did, and where nothing but a default stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _

from boards import queries as board_queries
from boards import rules
from boards.models import Board, BoardRule

DEFAULTS = "default"


class RuleState(StrEnum):
    """Where a row stands on a day."""

    IN_FORCE = "in_force"
    NOT_YET = "not_yet"
    SUPERSEDED = "superseded"
    DEFAULT = "default"


@dataclass(frozen=True)
class Look:
    """How a state is shown: an icon, a class, a word."""

    icon: str
    css: str
    word: str


@dataclass(frozen=True)
class Source:
    """A web page and the name of its site, which is what is shown."""

    url: str
    host: str


@dataclass(frozen=True)
class RuleRow:
    """One line: a setting, its value in words, since when, by which law, and in which state."""

    key: str
    label: str
    value: str
    since: date | None
    citation: str
    sources: tuple[Source, ...]
    as_of: date | None
    state: RuleState
    is_board_row: bool
    supersede_url: str

    @property
    def look(self) -> Look:
        """Icon, class and word of its state."""
        return look_of(self.state)


def supersede_url(board_id: UUID | None, key: str) -> str:
    """The form that makes a new dated row for a setting of a board, or of the installation."""
    asked = urlencode({"board": board_id or DEFAULTS, "key": key})
    return f"{reverse('admin:boards_boardrule_add')}?{asked}"


def rows_of(board: Board | None, today: date) -> list[RuleRow]:
    """Every setting of a board: the row in force (or the default that stands in for it), then those to come."""
    to_come: dict[str, list[BoardRule]] = {}
    later = BoardRule.objects.filter(board=board, superseded_at=None, valid_from__gt=today)
    for row in later.order_by("valid_from"):
        to_come.setdefault(row.key, []).append(row)
    in_force = board_queries.rules_in_force(board, today)
    since = dict(_rows_in_force(in_force.values()))
    found = []
    for key, value in in_force.items():
        state = RuleState.DEFAULT if value.is_default else RuleState.IN_FORCE
        found.append(_row(board, value, since.get(value.rule_id), state))
        found += [_row_to_come(board, row) for row in to_come.get(key, ())]
    return found


def _rows_in_force(values: Iterable[rules.RuleValue]) -> QuerySet:
    ids = [value.rule_id for value in values if value.rule_id]
    return BoardRule.objects.filter(pk__in=ids).values_list("pk", "valid_from")


def _row(board: Board | None, value: rules.RuleValue, since: date | None, state: RuleState) -> RuleRow:
    return RuleRow(
        key=value.key,
        label=str(rules.RULES[value.key].label),
        value=rules.show_value(value.key, value.value),
        since=since,
        citation=value.citation,
        sources=tuple(Source(part, urlsplit(part).hostname or part) for part in value.source_url.split(";") if part),
        as_of=value.as_of,
        state=state,
        is_board_row=value.is_board_row,
        supersede_url=supersede_url(board.pk if board else None, value.key),
    )


def _row_to_come(board: Board | None, row: BoardRule) -> RuleRow:
    value = rules.RuleValue(
        key=row.key,
        value=row.value,
        rule_id=row.pk,
        citation=row.citation,
        source_url=row.source_url,
        as_of=row.as_of,
        is_default=False,
        is_board_row=board is not None,
    )
    return _row(board, value, row.valid_from, RuleState.NOT_YET)


def with_state(rows: QuerySet, today: date) -> QuerySet:
    """Rows that know whether another has taken their place by a later first day (`is_followed`)."""
    same = BoardRule.objects.filter(key=OuterRef("key"), superseded_at=None, valid_from__lte=today)
    later = same.filter(valid_from__gt=OuterRef("valid_from"))
    of_board = Exists(later.filter(board=OuterRef("board")))
    of_all = Exists(later.filter(board=None))
    by_board = Q(of_board, board__isnull=False) | Q(of_all, board__isnull=True)
    return rows.annotate(is_followed=_as_flag(by_board))


def _as_flag(condition: Q) -> object:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def state_of(row: BoardRule, today: date) -> RuleState:
    """The state of a row made by `with_state`."""
    if row.superseded_at or row.is_followed:
        return RuleState.SUPERSEDED
    if row.valid_from > today:
        return RuleState.NOT_YET
    if row.board_id is None and not row.citation:
        return RuleState.DEFAULT
    return RuleState.IN_FORCE


def in_state(rows: QuerySet, state: str, today: date) -> QuerySet:
    """The rows of `with_state` that stand so."""
    gone = Q(superseded_at__isnull=False) | Q(is_followed=True)
    unsourced = Q(board__isnull=True, citation="")
    wanted = {
        RuleState.SUPERSEDED: gone,
        RuleState.NOT_YET: ~gone & Q(valid_from__gt=today),
        RuleState.DEFAULT: ~gone & Q(valid_from__lte=today) & unsourced,
        RuleState.IN_FORCE: ~gone & Q(valid_from__lte=today) & ~unsourced,
    }
    return rows.filter(wanted[RuleState(state)]) if state in list(RuleState) else rows


def look_of(state: RuleState) -> Look:
    """Icon, class and word of a state."""
    return {
        RuleState.IN_FORCE: Look("check", "ok", _("In force")),
        RuleState.NOT_YET: Look("schedule", "later", _("Not yet")),
        RuleState.SUPERSEDED: Look("history", "", _("Superseded")),
        RuleState.DEFAULT: Look("warning", "soon", _("Default, no source")),
    }[state]
