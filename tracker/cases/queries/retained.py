"""How long the file of a closed case is to be kept, for its page."""

from dataclasses import dataclass
from datetime import date

from boards import queries as board_queries
from tracker.cases import retention
from tracker.cases.queries.casefile import Seen


@dataclass(frozen=True)
class Kept:
    """Until when a file is to be kept, for good without a day, and the source of the rule that says so."""

    until: date | None
    citation: str
    is_default: bool = False


def kept(seen: Seen) -> Kept | None:
    """How long the file is to be kept, by the schedule in force on the day of the closing; None of an open case."""
    case = seen.case
    if case.closed_at is None or case.disposition is None:
        return None
    closed_on = board_queries.local_day(case.board, case.closed_at)
    rule = board_queries.rule_in_force(case.board, "retention_rules", closed_on)
    line = retention.family(case.disposition, was_decided=case.decided_at is not None)
    return Kept(retention.keep_until(rule.value, line, closed_on), rule.citation, rule.is_default)
