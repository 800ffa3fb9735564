"""Waivers of time: who must give up a period before it is over, and which waivers on file still count. Pure.

A waiver ends with what it was given for. One of the notice of a hearing is for one notice. One of a challenge to an
order (reconsideration, judicial review) is for the order issued last before it, or for an offer of settlement made
since then and the order that accepts it. Rows tell this by times (`Grounds`), the ledger by what followed (`Reading`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.cases.decisions import Decision
from tracker.cases.kinds import Period, WaivedBy
from tracker.cases.pathkinds import BeforeBoard, CourtOutcome, Side
from tracker.cases.states import Status

# Who has waived what: the sides that gave up each period.
Waived = Mapping[str, frozenset[WaivedBy]]

_RESPONDENT = frozenset({WaivedBy.RESPONDENT})
BOTH_SIDES = frozenset({WaivedBy.RESPONDENT, WaivedBy.PROSECUTION})
# The sides that a period belongs to. Either may use those of both sides, so both must give them up.
MUST_WAIVE: Waived = {
    Period.ANSWER: _RESPONDENT,
    Period.HEARING_NOTICE: _RESPONDENT,
    Period.EXHIBIT_EXCHANGE: BOTH_SIDES,
    Period.EXCEPTIONS: BOTH_SIDES,
    Period.RECONSIDERATION: BOTH_SIDES,
    Period.APPEAL: _RESPONDENT,
}
CHALLENGES = (Period.RECONSIDERATION, Period.APPEAL)
# The party that asks or offers, as the one that waives.
PARTY: Mapping[str, WaivedBy] = {Side.BOARD: WaivedBy.PROSECUTION, Side.RESPONDENT: WaivedBy.RESPONDENT}
BY: Mapping[str, str | Promise] = {
    WaivedBy.RESPONDENT: gettext_lazy("by the respondent"),
    WaivedBy.PROSECUTION: gettext_lazy("by the board's counsel"),
    WaivedBy.BOTH: gettext_lazy("by both sides"),
}
_ISSUING = ("issue_order", "deem_adopted")
_ISSUED = ("hearing.order_issued", "hearing.deemed_adopted")
_NOTICED = ("hearing.scheduled", "hearing.reset")
# Events after which an order, or an offer of settlement, is no longer what was waived about. An offer answers the last.
_OVERTAKEN = (
    "hearing.settlement_offered",
    "hearing.settlement_talks_ended",
    "hearing.settlement_rejected",
    "hearing.reconsideration_granted",
)


@dataclass(frozen=True)
class Waiver:
    """One waiver on file: the period, who gave it (a `WaivedBy`; empty: both sides) and when it was filed."""

    period: str
    given_by: str
    filed_at: datetime


@dataclass(frozen=True)
class Grounds:
    """What a challenge can regard: the order issued last, and the offer of settlement made last.

    `order_stands` while it is neither set aside nor taken up again, `offer_stands` while it is open or signed;
    `by_settlement` where the order accepts the settlement.
    """

    issued_at: datetime | None = None
    order_stands: bool = False
    by_settlement: bool = False
    offered_at: datetime | None = None
    offer_stands: bool = False

    @property
    def since(self) -> datetime | None:
        """From when on a filed waiver of a challenge counts; None where there is nothing that it could regard."""
        if self.offered_at and (self.issued_at is None or self.offered_at > self.issued_at):
            return self.offered_at if self.offer_stands else None
        if not self.order_stands:
            return None
        return self.offered_at if self.by_settlement and self.offered_at else self.issued_at


def sides(given_by: str) -> frozenset[WaivedBy]:
    """The sides that gave a waiver. One from before waivers named them (empty) was given by both."""
    return BOTH_SIDES if given_by in ("", WaivedBy.BOTH) else frozenset({WaivedBy(given_by)})


def standing(filed: Iterable[Waiver], *, grounds: Grounds, noticed_at: datetime | None) -> Waived:
    """Who has waived each period, by those of the filed waivers that are not spent.

    `noticed_at` is when the last notice of a hearing was filed. What a case that began anew left behind is not to be
    among the filed.
    """
    found: Waived = {}
    for one in filed:
        is_spent = one.period == Period.HEARING_NOTICE and noticed_at is not None and one.filed_at <= noticed_at
        if one.period in CHALLENGES:
            is_spent = grounds.since is None or one.filed_at < grounds.since
        if not is_spent:
            found = joined(found, one.period, one.given_by)
    return found


def came_with(filed_at: datetime, *, issued: Iterable[datetime], offered: Iterable[datetime]) -> datetime | None:
    """When the offer of settlement was made that a waiver of a challenge came with; None for one about an order.

    `issued` and `offered` are the moments of all orders and offers of the case.
    """
    order = max((at for at in issued if at <= filed_at), default=None)
    offer = max((at for at in offered if at <= filed_at), default=None)
    return offer if offer and (order is None or offer > order) else None


def joined(waived: Waived, period: str, given_by: str) -> Waived:
    """Who has waived each period once one more waiver counts."""
    return {**waived, period: waived.get(period, frozenset()) | sides(given_by)}


def missing(waived: Waived, period: str) -> frozenset[WaivedBy]:
    """The sides that have not waived a period and must, before it is waived."""
    return MUST_WAIVE[Period(period)] - waived.get(period, frozenset())


def complete(waived: Waived) -> frozenset[str]:
    """The periods that all who must have waived."""
    return frozenset(period for period in waived if not missing(waived, period))


def outlast(periods: frozenset[str], *, step: str, before_board: str) -> frozenset[str]:
    """The periods among the waived that stay so through a step: an order that accepts no settlement is a new one."""
    if step not in _ISSUING or before_board == BeforeBoard.SETTLEMENT:
        return periods
    return periods - frozenset(CHALLENGES)


def wanting(waived: Waived, period: str) -> str:
    """Whose waiver would end a period that runs, in a sentence that names the side which has not waived it."""
    lacking = missing(waived, period)
    if lacking == BOTH_SIDES:
        return _("Waivers by both sides would do.")
    if WaivedBy.PROSECUTION in lacking:
        return _("The respondent has waived it, the board's counsel has not.")
    if MUST_WAIVE[Period(period)] == BOTH_SIDES:
        return _("The board's counsel has waived it, the respondent has not.")
    return _("A waiver by the respondent would do.")


def faults(period: str, given_by: str, *, challenges_open: bool) -> list[str]:
    """Why nobody can waive this period, or not this side alone.

    `challenges_open` where there is an order or an offer of settlement that a waiver of a challenge can regard.
    """
    if period not in Period.values or given_by not in WaivedBy.values:
        unknown = [] if period in Period.values else [_("Name the period that is waived.")]
        return unknown + ([] if given_by in WaivedBy.values else [_("Say who waives it.")])
    found = []
    if given_by == WaivedBy.PROSECUTION and MUST_WAIVE[Period(period)] == _RESPONDENT:
        found.append(_("This time is the respondent's. Only the respondent can waive it."))
    if period in CHALLENGES and not challenges_open:
        found.append(
            _("This can be waived once an order is issued, or with an offer of settlement that is open or signed.")
        )
    return found


@dataclass
class Reading:
    """Who has waived each period while the chain of a case is read, entry by entry."""

    waived: Waived = field(default_factory=dict)

    @property
    def complete(self) -> frozenset[str]:
        """The periods that all who must have waived by now."""
        return complete(self.waived)

    def read(self, event: str, facts: Mapping[str, Any]) -> None:
        """Let one more entry work on the waivers: one is filed, or some are spent."""
        if event == "case.waiver_filed":
            self.waived = joined(self.waived, facts["period"], facts.get("given_by", ""))
        spent = _spent_by(event, facts)
        self.waived = {period: given for period, given in self.waived.items() if period not in spent}


def _spent_by(event: str, facts: Mapping[str, Any]) -> tuple[Period, ...]:
    heard_anew = event == "hearing.review_decided" and facts.get("to") == Status.PREHEARING
    if event in ("hearing.remanded", "case.reopened") or heard_anew:
        return tuple(Period)
    if event in _NOTICED:
        return (Period.HEARING_NOTICE,)
    return CHALLENGES if _ends_challenges(event, facts) else ()


def _ends_challenges(event: str, facts: Mapping[str, Any]) -> bool:
    if event in _ISSUED:
        return facts.get("decision") != Decision.ACCEPT_SETTLEMENT
    if event == "hearing.review_decided":
        return facts.get("outcome") in (CourtOutcome.REVERSED, CourtOutcome.REMANDED)
    return event in _OVERTAKEN or "lapsed_offer" in facts
