"""The act on rules: a new dated row; what was believed before stays readable."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from uuid_utils.compat import uuid7

from boards import rules
from boards.models import Board, BoardRule
from tracker.access import gate
from tracker.access.policy import Permission
from tracker.audit import ledger
from tracker.audit.actors import Actor
from tracker.directory import changes as changed
from tracker.errors import ActionRefused


@transaction.atomic
def supersede_rule(
    board_id: UUID | None,
    *,
    key: str,
    value: Any,
    citation: str,
    source_url: str,
    as_of: date,
    valid_from: date,
    actor: Actor,
    at: datetime,
    reason: str = "",
) -> BoardRule:
    """Set a board's rule (without a board: the installation's default) from a day on, by a new row.

    Rows valid from an earlier day go on saying what bound until then. Rows valid from that day or later are
    superseded: the new row takes their place. Refused: an unknown key, a value the setting cannot have, no
    citation, an as-of date in the future, or a row that says what is in force already. Ledger:
    directory.rule_superseded, on the board's chain or the installation's.
    """
    board = changed.locked(Board, board_id) if board_id else None
    permission = Permission.BOARD_EDIT if board else Permission.CODES_EDIT
    gate.require(actor, permission, board, at=at)
    new = BoardRule(
        id=uuid7(),
        board=board,
        key=key,
        citation=citation.strip(),
        source_url=source_url.strip(),
        as_of=as_of,
        valid_from=valid_from,
        recorded_at=at,
    )
    same = BoardRule.objects.filter(board=board, key=key, superseded_at=None)
    open_rows = list(same.select_for_update().order_by("valid_from"))
    new.value = _decide(new, value, open_rows, at)
    replaced = [row for row in open_rows if row.valid_from >= valid_from]
    BoardRule.objects.filter(pk__in=[row.pk for row in replaced]).update(superseded_at=at)
    changed.insert(new)
    _record(new, replaced, reason, actor=actor, at=at)
    return new


def _decide(new: BoardRule, value: Any, open_rows: list[BoardRule], at: datetime) -> Any:
    reasons, parsed = [], None
    try:
        parsed = rules.parse_value(new.key, value)
    except rules.RuleValueError as fault:
        reasons.append(f"{_label(new.key)}: {fault}.")
    if not new.citation:
        reasons.append(_("A rule needs its citation: the law, or the board's decision."))
    if new.as_of > at.date():
        reasons.append(_("A rule cannot be as of a day in the future."))
    if not reasons and any(_says_the_same(row, new, parsed) for row in open_rows):
        reasons.append(_("This rule already says so from that day."))
    if reasons:
        raise ActionRefused(reasons)
    return parsed


def _says_the_same(row: BoardRule, new: BoardRule, value: Any) -> bool:
    def said(rule: BoardRule) -> tuple[Any, ...]:
        return rule.valid_from, rule.citation, rule.source_url, rule.as_of

    return row.value == value and said(row) == said(new)


def _label(key: str) -> str:
    return str(rules.RULES[key].label) if key in rules.RULES else key


def _record(new: BoardRule, replaced: list[BoardRule], reason: str, *, actor: Actor, at: datetime) -> None:
    ledger.record(
        "directory.rule_superseded",
        board_id=new.board_id,
        chain=new.board_id or ledger.INSTALLATION_CHAIN,
        actor=actor,
        at=at,
        facts={
            "rule": str(new.pk),
            "key": new.key,
            "valid_from": new.valid_from.isoformat(),
            "as_of": new.as_of.isoformat(),
            "superseded": [str(row.pk) for row in replaced],
        },
        private={
            "value": rules.show_value(new.key, new.value),
            "citation": new.citation,
            "reason": reason.strip(),
        },
    )
