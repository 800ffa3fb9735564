"""From which day a case is public, by the board's rule: one answer for the letter of the charges and for every page."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from boards import queries as board_queries
from boards.rules import RuleValue, public_on
from tracker.cases.kinds import VoteKind
from tracker.cases.models import Case, Vote
from tracker.cases.states import DISPOSITIONS


def public_by_rule(in_force: Mapping[str, RuleValue]) -> frozenset[str]:
    """The endings that are public at a board with these rules, and not at every board."""
    return frozenset(code for code, row in DISPOSITIONS.items() if row.public_by and in_force[row.public_by].value)


def public_since(case: Case, rule: Mapping[str, Any], *, endings: Collection[str] = ()) -> date | None:
    """The local date from which the case is public, which may lie ahead; None while the event of the rule has not come.

    `rule` is the value of the board's `public_from`. Probable cause is found on the day of the vote that the charges
    rest on; where staff find it, on the day of the charges. A case that was settled before charges is known by its
    order. One that was closed without any is known from its closing where the ending is public, at every board or by
    this board's rules (`endings`). Source: s. 456.073(10), F.S.
    """
    if case.charged_at is None and _ends_public(case, endings) and rule["event"] != "never":
        return _local(case, case.closed_at)
    found = _event_on(case, rule["event"])
    return public_on(found, rule["plus_days"]) if found else None


def _ends_public(case: Case, endings: Collection[str]) -> bool:
    ending = DISPOSITIONS.get(case.disposition or "")
    return bool(ending and ending.closes and (ending.public or ending.code in endings))


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
