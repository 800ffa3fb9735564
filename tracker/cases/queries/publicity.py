"""From which day a case is public, by the board's rule: one answer for the letter of the charges and for every page."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from boards import queries as board_queries
from boards.rules import public_on
from tracker.cases.kinds import VoteKind
from tracker.cases.models import Case, Vote
from tracker.cases.states import DISPOSITIONS


def public_since(case: Case, rule: Mapping[str, Any]) -> date | None:
    """The local date from which the case is public, which may lie ahead; None while the event of the rule has not come.

    `rule` is the value of the board's `public_from`. Probable cause is found on the day of the vote that the charges
    rest on; where staff find it, on the day of the charges. A case that was settled before charges is known by its
    order. One that was closed without any is known from its closing where the ending is public, at every board or by
    the rule of this board on the day of the closing: a later one opens nothing. Source: s. 456.073(10), F.S.
    """
    if case.charged_at is None and rule["event"] != "never":
        closed_on = _local(case, case.closed_at)
        if closed_on and _ends_public(case, closed_on):
            return closed_on
    found = _event_on(case, rule["event"])
    return public_on(found, rule["plus_days"]) if found else None


def _ends_public(case: Case, closed_on: date) -> bool:
    ending = DISPOSITIONS.get(case.disposition or "")
    if ending is None or not ending.closes:
        return False
    by_rule = ending.public_by and board_queries.rule_in_force(case.board, ending.public_by, closed_on).value
    return bool(ending.public or by_rule)


def _event_on(case: Case, event: str) -> date | None:
    if event == "never":
        return None
    if event == "order" or case.charged_at is None:
        return _local(case, case.decided_at)
    found_on = _probable_cause_on(case) if event == "probable_cause" else None
    return found_on or _local(case, case.charged_at)


def _probable_cause_on(case: Case) -> date | None:
    votes = Vote.objects.filter(case=case, kind=VoteKind.PROBABLE_CAUSE, passed=True, used_at__isnull=False)
    return votes.order_by("used_at", "id").values_list("held_on", flat=True).first()


def _local(case: Case, moment: datetime | None) -> date | None:
    return board_queries.local_day(case.board, moment) if moment else None
