"""What the desk reads of settlements, orders and changes to proposals."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tracker.access import gate, holding
from tracker.access.policy import Permission
from tracker.audit import queries as audit_queries
from tracker.audit.actors import Actor
from tracker.cases.models import Case
from tracker.cases.pathkinds import OfferState
from tracker.cases.queries.casefile import Seen
from tracker.cases.states import Status
from tracker.hearings.models import DecisionChange, EmergencyAction, JudicialReview, Order, Settlement, ViolationReport


def offers(seen: Seen) -> list[Settlement]:
    """Offers of settlement with their terms, newest first; none for whoever may not know of talks."""
    if not seen.sees_talks:
        return []
    rows = Settlement.objects.filter(case=seen.case).select_related("paper").prefetch_related("terms")
    return list(rows.order_by("-number"))


def lapsed(seen: Seen, offers: Sequence[Settlement]) -> set[int]:
    """The numbers of those offers that nobody refused or took back: they ended when the case was decided or closed."""
    ended = {row.number for row in offers if row.state == OfferState.ENDED}
    if not ended:
        return set()
    told = audit_queries.facts_of(seen.case.pk, "hearing.settlement_talks_ended")
    return ended - {facts["number"] for _entry, facts in told}


def drafts(case: Case, actor: Actor, *, at: datetime) -> bool:
    """Whether somebody drafts sanctions: once the board decides, who issues its order; before, the officer assigned.

    What a proposal recommends is the presiding officer's alone.
    """
    if case.status == Status.BOARD_REVIEW:
        return gate.can(actor, Permission.ORDER_ISSUE, case, at=at)
    return holding.presiding(actor.user_id, case.pk).exists()


def is_under_emergency_action(case: Case) -> bool:
    """Whether an emergency action is in force."""
    return EmergencyAction.objects.filter(case=case, ended_at__isnull=True).exists()


def changes(seen: Seen) -> list[DecisionChange]:
    """The board's changes to a proposal; until an order prints them, they are no part of the record."""
    return list(DecisionChange.objects.filter(case=seen.case)) if seen.is_whole else []


def pending_changes(case: Case) -> QuerySet[DecisionChange]:
    """The board's changes to the proposal that it has before it, but for those taken back."""
    rows = DecisionChange.objects.filter(case=case, recorded_at__gte=case.status_since, withdrawn_at__isnull=True)
    return rows.order_by("number")


def reviews(seen: Seen) -> list[JudicialReview]:
    """Petitions to a court with what became of each, newest first; they are part of every record."""
    return list(JudicialReview.objects.filter(case=seen.case).select_related("order").order_by("-filed_on", "-id"))


def violations(seen: Seen) -> list[ViolationReport]:
    """Reports that the order was not kept, newest first; a reader of the record learns of them by the petition."""
    if not seen.is_whole:
        return []
    rows = ViolationReport.objects.filter(case=seen.case).select_related("paper", "petition")
    return list(rows.order_by("-reported_on", "-id"))


def marks(order: Order, orders: Sequence[Order]) -> list[str]:
    """What became of an issued order, in words. `orders` are all of the case."""
    if order.issued_at is None:
        return []
    later = any(row.issued_at and row.issued_at > order.issued_at for row in orders)
    told = [
        (order.reversed_on, _("Reversed by the court")),
        (order.vacated_on and not order.reversed_on, _("Set aside")),
        (order.ended_by_id, _("Ended by an order on a petition")),
        (later and not order.vacated_on, _("Replaced by a later order")),
        (order.reconsidered_at, _("Being reconsidered")),
        (order.remanded_at, _("Sent back by the court")),
        (order.stayed_on and not order.stay_lifted_on, _("Stayed by the court")),
    ]
    return [words for holds, words in told if holds]
