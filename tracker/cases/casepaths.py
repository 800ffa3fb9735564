"""Facts of what leaves the main road: settlement, default, remand, court, petitions, overlays. Part of `facts`.

Rows of the rooms above are read through reverse accessors, as in `facts`.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Q, Subquery

from boards import queries as board_queries
from boards.rules import RuleValue
from tracker.audit.models import LedgerEntry
from tracker.cases import proposed, waivers
from tracker.cases.casefacts import TermFacts
from tracker.cases.clocks import PAUSABLE, PAUSED, DeadlineKind
from tracker.cases.decisions import Decision
from tracker.cases.kinds import DocumentKind
from tracker.cases.models import Case, CaseDocument, CaseLink, ChargingDocument
from tracker.cases.pathkinds import LINKED_BY_HAND, BeforeBoard, ChangedPart, LinkKind, OfferState, OverlayKind, Side
from tracker.cases.states import DISPOSITIONS, PETITIONS, CaseKind, Status

# What changes an order that is drafted. While it is before the board, findings are the board's own.
CHANGES_DRAFT = (
    "hearing.sanction_drafted",
    "hearing.sanction_removed",
    "hearing.change_recorded",
    "hearing.change_withdrawn",
    "case.finding_recorded",
)


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
        "order_is_vacated": bool(order and order.vacated_on),
        **_waived(case, documents=documents, order=order, offers=offers, since=since),
        **_answered_at_once(case, due, rules),
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
        "a_clock_runs": any(day != PAUSED and kind in PAUSABLE for kind, day in due.items()),
    }


def _waived(
    case: Case, *, documents: Sequence[CaseDocument], order: Any, offers: Sequence[Any], since: datetime | None
) -> dict[str, Any]:
    """Who has waived which period, and whether there is something that a waiver of a challenge can regard."""
    last = offers[-1] if offers else None
    grounds = waivers.Grounds(
        issued_at=order.issued_at if order else None,
        order_stands=bool(order and not (order.vacated_on or order.reconsidered_at or order.remanded_at)),
        by_settlement=bool(order and order.decision == Decision.ACCEPT_SETTLEMENT),
        offered_at=last.offered_at if last else None,
        offer_stands=bool(last and last.state in (OfferState.OPEN, OfferState.SIGNED)),
    )
    papers = [row for row in documents if row.kind == DocumentKind.WAIVER and (since is None or row.filed_at >= since)]
    notices = [row.filed_at for row in documents if row.kind == DocumentKind.NOTICE_OF_HEARING]
    filed = [waivers.Waiver(row.period, row.given_by, row.filed_at) for row in papers]
    return {
        "waived_by": waivers.standing(filed, grounds=grounds, noticed_at=max(notices, default=None)),
        "challenged_on": _challenged_on(case, grounds, last),
    }


def _challenged_on(case: Case, grounds: waivers.Grounds, offer: Any) -> date | None:
    """The day of the order, or of the offer, that a waiver of a challenge would regard; None where there is neither."""
    if grounds.since is None:
        return None
    is_offer = offer is not None and grounds.since == offer.offered_at
    return offer.offered_on if is_offer else board_queries.local_day(case.board, grounds.since)


def _answered_at_once(case: Any, due: Mapping[str, date], rules: Mapping[str, RuleValue]) -> dict[str, Any]:
    """Facts that rows of other tables answer with yes or no, or with their number: one query for all of them.

    A court record counts that was frozen and sealed since the petition to the court came.
    """
    overlays = case.overlays.filter(ended_at__isnull=True)
    records = case.bundles.filter(edition="court", status="sealed", requested_at__gte=case.status_since)
    changes = case.decision_changes.filter(recorded_at__gte=case.status_since, withdrawn_at__isnull=True)
    asked = {
        "in_abeyance": Exists(overlays.filter(kind=OverlayKind.ABEYANCE)),
        "on_hold": Exists(overlays.filter(kind=OverlayKind.HOLD)),
        "is_sealed": Exists(overlays.filter(kind=OverlayKind.SEAL)),
        "violation_reported": Exists(case.violation_reports.filter(petition__isnull=True)),
        "court_record_sealed": Exists(records),
        "heard_by_board": Subquery(_last_hearing(case).annotate(sat=Count("heard_by")).values("sat")),
        "a_clock_is_tolled": Exists(case.tolls.filter(ends_on__isnull=True, overlay__isnull=True, kind__in=PAUSABLE)),
        **{f"changed_{part}": Exists(changes.filter(part=part)) for part in ChangedPart.values},
        **_draft_changed(case),
    }
    found: dict[str, Any] = dict(Case.objects.filter(pk=case.pk).values(**asked).get())
    changed = frozenset(part for part in ChangedPart.values if found.pop(f"changed_{part}"))
    return {
        **found,
        "decision_changes": changed,
        "heard_by_board": bool(found["heard_by_board"]),
        "deemed_adopted": bool(rules["deemed_adopted"].value) and not found["heard_by_board"],
        "court_record_sealed": case.status == Status.JUDICIAL_REVIEW and found["court_record_sealed"],
        "a_clock_is_tolled": PAUSED in due.values() and found["a_clock_is_tolled"],
    }


def who_heard(case: Any) -> frozenset[UUID]:
    """The members who sat at the last hearing of a case; nobody where the presiding officer heard it alone."""
    sat = _last_hearing(case).exclude(heard_by=None).values_list("heard_by", flat=True)
    return frozenset(sat)


def _last_hearing(case: Any) -> Any:
    last = case.hearings.filter(opened_at__isnull=False).order_by("-opened_at", "-id")
    return case.hearings.filter(pk=Subquery(last.values("pk")[:1])).order_by()


def _draft_changed(case: Any) -> dict[str, Any]:
    """When the order that is drafted was last changed since it came before the board.

    A sanction that was taken out has no row any more, so the case's chain in the ledger answers.
    """
    if case.status != Status.BOARD_REVIEW:
        return {}
    told = LedgerEntry.objects.filter(chain=case.pk, event__in=CHANGES_DRAFT, at__gte=case.status_since)
    return {"draft_changed_at": Subquery(told.order_by("-seq").values("at")[:1])}


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
        **_drafted(drafted),
        "order_is_issued": order is not None,
        "npdb_report_missing": _report_missing(order),
        "terms": _terms(order),
    }


def _drafted(drafted: Any) -> dict[str, Any]:
    rows = list(drafted.sanctions.all()) if drafted else []
    kept = drafted.proposed if drafted else []
    return {
        "drafted_sanctions": tuple(row.code for row in rows),
        "proposed_sanctions": proposed.codes(kept),
        "sanctions_differ": not proposed.is_kept(rows, kept),
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
