"""Facts of what leaves the main road: settlement, default, remand, court, petitions, overlays. Part of `facts`.

Rows of the rooms above are read through reverse accessors, as in `facts`.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, Q, Subquery
from django.db.models.functions import Coalesce

from boards.rules import RuleValue
from tracker.audit.models import LedgerEntry
from tracker.cases.casefacts import TermFacts
from tracker.cases.clocks import CLOCKS, PAUSED, DeadlineKind
from tracker.cases.kinds import DocumentKind
from tracker.cases.models import Case, CaseDocument, CaseLink, ChargingDocument
from tracker.cases.pathkinds import LINKED_BY_HAND, BeforeBoard, ChangedPart, LinkKind, OfferState, OverlayKind, Side
from tracker.cases.states import DISPOSITIONS, PETITIONS, CaseKind, Status


def gather(
    case: Any,
    *,
    rules: Mapping[str, RuleValue],
    charges: Sequence[ChargingDocument],
    order: Any,
    due: Mapping[str, date],
    documents: Sequence[CaseDocument],
    today: date,
    since: datetime | None,
) -> dict[str, Any]:
    """The fields of `CaseFacts` that this module answers for.

    `order` is the one issued last; `since` is when the case last began anew.
    """
    issued = next((row for row in reversed(charges) if row.issued_at), None)
    offers = list(case.settlements.order_by("number"))
    open_offer = next((row for row in reversed(offers) if row.state == OfferState.OPEN), None)
    actions = list(case.emergency_actions.all())
    emergency = next((row for row in actions if row.ended_at is None), None)
    return {
        "kind": CaseKind(case.kind),
        "before_board": before_board(case, issued=issued, offers=offers, order=order, documents=documents, since=since),
        "open_offer": open_offer.side if open_offer else "",
        "offer_by_board": bool(open_offer and open_offer.side == Side.BOARD),
        "informal_track": bool(rules["informal_track"].value),
        "is_served": bool(issued and issued.served_on),
        "is_answered": bool(issued and issued.hearing_requested_on),
        "election": issued.election if issued else "",
        "answer_due_on": due.get(DeadlineKind.ANSWER),
        "board_action_due_on": due.get(DeadlineKind.BOARD_ACTION),
        "deemed_adopted": bool(rules["deemed_adopted"].value),
        "order_is_vacated": bool(order and order.vacated_on),
        **_answered_at_once(case, due),
        **_linked(case),
        **_order_facts(rules, order),
        "reconsideration_decision_due_on": due.get(DeadlineKind.RECONSIDERATION_DECISION),
        "silence_denies": bool(rules["reconsideration_silence_denies"].value),
        "emergency": emergency.code if emergency else "",
        "emergency_served": bool(emergency and emergency.served_on),
        "stay_in_force": bool(order and order.stayed_on and not order.stay_lifted_on),
        "withdrawal_unanswered": _unanswered(documents),
        "emergency_by_vote": rules["emergency_by"].value == "vote",
        "emergency_report_missing": any(row.npdb_reported_on is None for row in actions),
        "a_clock_runs": any(day != PAUSED and kind in CLOCKS for kind, day in due.items()),
    }


def _answered_at_once(case: Any, due: Mapping[str, date]) -> dict[str, Any]:
    """Facts that rows of other tables answer with yes or no, or with their number: one query for all of them.

    A court record counts that was frozen and sealed since the petition to the court came.
    """
    overlays = case.overlays.filter(ended_at__isnull=True)
    records = case.bundles.filter(edition="court", status="sealed", requested_at__gte=case.status_since)
    changes = case.decision_changes.filter(recorded_at__gte=case.status_since)
    asked = {
        "in_abeyance": Exists(overlays.filter(kind=OverlayKind.ABEYANCE)),
        "on_hold": Exists(overlays.filter(kind=OverlayKind.HOLD)),
        "is_sealed": Exists(overlays.filter(kind=OverlayKind.SEAL)),
        "violation_reported": Exists(case.violation_reports.filter(petition__isnull=True)),
        "court_record_sealed": Exists(records),
        "a_clock_is_tolled": Exists(
            case.tolls.filter(ends_on__isnull=True, overlay__isnull=True, kind__in=list(CLOCKS))
        ),
        **{f"changed_{part}": Exists(changes.filter(part=part)) for part in ChangedPart.values},
        **_since_proposed(case),
    }
    found: dict[str, Any] = dict(Case.objects.filter(pk=case.pk).values(**asked).get())
    changed = frozenset(part for part in ChangedPart.values if found.pop(f"changed_{part}"))
    return {
        **found,
        "decision_changes": changed,
        "court_record_sealed": case.status == Status.JUDICIAL_REVIEW and found["court_record_sealed"],
        "a_clock_is_tolled": PAUSED in due.values() and found["a_clock_is_tolled"],
    }


def _since_proposed(case: Any) -> dict[str, Any]:
    """How many sanctions were drafted and taken out since the proposal before the board was filed.

    A sanction that was taken out has no row any more, so the case's chain in the ledger answers.
    """
    if case.status != Status.BOARD_REVIEW:
        return {}
    told = LedgerEntry.objects.filter(chain=case.pk)
    filed = told.filter(event="hearing.decision_proposed").order_by("-seq").values("seq")[:1]

    def number(event: str) -> Coalesce:
        rows = told.filter(event=event, seq__gt=Subquery(filed)).order_by().values("chain")
        return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)

    return {
        "sanctions_added": number("hearing.sanction_drafted"),
        "sanctions_removed": number("hearing.sanction_removed"),
    }


def _linked(case: Any) -> dict[str, Any]:
    """The petitions on the case's order that are not decided, and whether somebody linked the docket with another."""
    links = CaseLink.objects.filter(Q(case=case) | Q(other=case), ended_at__isnull=True).select_related("case")
    found = list(links.order_by("case__docket"))
    petitions = [one.case for one in found if one.kind == LinkKind.PETITION and one.other_id == case.pk]
    pending = [one.docket for one in petitions if one.decided_at is None and one.status != Status.CLOSED]
    return {
        "pending_petitions": tuple(pending),
        "is_linked_by_hand": any(one.kind in LINKED_BY_HAND for one in found),
    }


def before_board(
    case: Any,
    *,
    issued: ChargingDocument | None,
    offers: Sequence[Any],
    order: Any,
    documents: Iterable[CaseDocument],
    since: datetime | None,
) -> str:
    """What the board has before it at board review; empty at any other status. What is from before `since` is spent."""
    if case.status != Status.BOARD_REVIEW:
        return ""
    if any(row.state == OfferState.SIGNED for row in offers):
        return BeforeBoard.SETTLEMENT
    if order and order.remanded_at:
        return BeforeBoard.REMANDED
    if order and order.reconsidered_at:
        return BeforeBoard.RECONSIDERATION
    if case.kind in PETITIONS:
        return BeforeBoard.PETITION
    if issued and issued.defaulted_at and (since is None or issued.defaulted_at >= since):
        return BeforeBoard.DEFAULT
    proposals = [row for row in documents if row.kind == DocumentKind.PROPOSED_DECISION]
    is_proposed = any(since is None or row.filed_at >= since for row in proposals)
    return BeforeBoard.PROPOSAL if is_proposed else BeforeBoard.UNDISPUTED


def orders(case: Any) -> tuple[Any, Any]:
    """The order that is being drafted, and the one issued last."""
    rows = list(case.orders.order_by("issued_at", "id").prefetch_related("sanctions"))
    drafted = next((row for row in rows if row.issued_at is None), None)
    issued = [row for row in rows if row.issued_at]
    return drafted, issued[-1] if issued else None


def of_order(drafted: Any, order: Any) -> dict[str, Any]:
    """The facts of the order that is being drafted and of the one issued last."""
    return {
        "drafted_sanctions": tuple(row.code for row in drafted.sanctions.all()) if drafted else (),
        "order_is_issued": order is not None,
        "npdb_report_missing": _report_missing(order),
        "terms": _terms(order),
    }


def _report_missing(order: Any) -> bool:
    """Whether a report on the order is due: of the action, or that a report of an order since reversed is void."""
    if order is None:
        return False
    if order.reversed_on:
        return bool(order.npdb_reported_on and not order.npdb_voided_on)
    return bool(order.npdb_due and not order.npdb_reported_on)


def _terms(order: Any) -> tuple[TermFacts, ...]:
    if order is None or order.vacated_on:
        return ()
    return tuple(
        TermFacts(f"S{row.number}", str(row.get_code_display()), row.met_on is not None or row.ended_by_id is not None)
        for row in order.sanctions.all()
        if row.is_term
    )


def _order_facts(rules: Mapping[str, RuleValue], order: Any) -> dict[str, Any]:
    in_force = bool(order and not order.vacated_on and order.issued_at and not order.ended_by_id)
    codes = [row.code for row in order.sanctions.all()] if order else []
    waiting = timedelta(days=rules["petition_waiting_days"].value)
    return {
        "discipline_in_force": in_force and any(DISPOSITIONS[code].discipline for code in codes),
        "petition_from": order.effective_on + waiting if in_force and order.effective_on else None,
    }


def _unanswered(documents: Sequence[CaseDocument]) -> bool:
    asked = [row.filed_at for row in documents if row.kind == DocumentKind.WITHDRAWAL]
    answered = [row.filed_at for row in documents if row.kind == DocumentKind.WITHDRAWAL_ANSWER]
    return bool(asked) and (not answered or max(answered) < max(asked))
