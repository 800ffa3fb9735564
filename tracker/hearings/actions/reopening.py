"""Reopening a closed case (T30)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tracker.audit import queries as audit_queries
from tracker.audit.actors import Actor
from tracker.cases import workflow
from tracker.cases.actions import clocking, closing, letters, linking, moving, papers
from tracker.cases.clocks import DeadlineKind, Turn, told
from tracker.cases.kinds import DocumentKind
from tracker.cases.models import Case, Disposition
from tracker.cases.states import STAGE_OF, CaseKind, Stage, Status
from tracker.hearings.actions import monitoring, petitions, vacating
from tracker.hearings.models import Order

# Where a case can go on. Every other status waits for something that closing ended: a response, a hearing, a court.
REOPENS_TO = (
    Status.INTAKE_REVIEW,
    Status.ASSIGNED,
    Status.INVESTIGATING,
    Status.REPORT_SUBMITTED,
    Status.PROBABLE_CAUSE_REVIEW,
    Status.CHARGES_FILED,
    Status.PREHEARING,
    Status.BOARD_REVIEW,
    Status.ORDER_ISSUED,
    Status.COMPLIANCE,
)
# What rests on the order of the case.
_ON_THE_ORDER = (Status.BOARD_REVIEW, Status.ORDER_ISSUED, Status.COMPLIANCE)
# The event that begins the chain of a docket which a petition opened, beside those of the steps.
_OPENING = "hearing.petition_opened"


@transaction.atomic
def reopen(
    case_id: UUID,
    *,
    actor: Actor,
    at: datetime,
    to: str,
    reason: str,
    letter: str = "",
    overturned_on: date | None = None,
    seen: int | None = None,
) -> Case:
    """T30. Reopen a closed case at a status where it has been, by the executive director, with a reason and a memo.

    The disposition ends and stays as a dated row. `reason` is for the file; `letter` tells the respondent why, in the
    letter about it, which a respondent who was never told of the case does not get. `overturned_on` is the day on which
    a court overturned the order: it is then set aside, or before the board as sent back. Without it an order stands
    until another replaces it; at board review the board looks at it again.

    Refused without a reason, for a status where the case never was, for one that rests on an order where none is in
    force, and for an overturning where there is nothing to overturn. Ledger: case.reopened.
    """
    begun = moving.begin(case_id, "reopen", actor=actor, at=at, seen=seen)
    order = petitions.last_order(begun.case)
    faults = [] if to in REOPENS_TO else [_("Choose the status at which the case goes on.")]
    faults += [] if reason.strip() else [_("Give the reason for reopening.")]
    moving.refuse_if(faults or _faults(begun, Status(to), order, overturned_on))
    papers.freeze(begun, DocumentKind.REOPENING_MEMO, reason)
    Disposition.objects.filter(case=begun.case, ends_at__isnull=True).update(ends_at=at)
    linking.end_merge(begun)
    target = Status(to)
    if order:
        _touch_order(begun, order, target, overturned_on)
    fields = {"disposition": None, "closed_at": None}
    entry = moving.finish_move(
        begun,
        target=target,
        fields=fields if target in _ON_THE_ORDER else {**fields, "decided_at": None},
        facts={
            "ended": begun.case.disposition,
            **({"overturned_on": overturned_on.isoformat()} if overturned_on else {}),
            **_turned(begun, target, order, overturned=overturned_on is not None),
        },
        private={"reason": reason, **({"letter": letter} if letter.strip() else {})},
    )
    if order and overturned_on and target is Status.ORDER_ISSUED:
        vacating.void_report(begun, order, overturned_on, anchor=entry.id)
    if target is Status.COMPLIANCE:
        monitoring.follow_terms(begun.case, order, begun.today, anchor=entry.id)
    _tell_on(begun, target, entry.id)
    _write(begun, target, order, why=letter, overturned_on=overturned_on)
    begun.case.refresh_from_db()
    return begun.case


def _turned(begun: moving.Begun, target: Status, order: Order | None, *, overturned: bool) -> Mapping[str, Any]:
    """The clocks that start anew."""
    is_void = order is not None and overturned and target is Status.ORDER_ISSUED
    terms = monitoring.last_due_on(begun.case, order) if target is Status.COMPLIANCE else None
    turns: dict[DeadlineKind, str | date | None] = {
        DeadlineKind.NPDB_REPORT: vacating.report_turn(begun, order) if order and is_void else None,
        DeadlineKind.TERMS: terms,
        DeadlineKind.STATUS_UPDATE: Turn.OPENED if _is_told_on(begun, target) else None,
    }
    return told(turns)


def reachable(case: Case) -> tuple[Status, ...]:
    """The statuses at which a closed case can go on: those where it has been, by its ledger."""
    events = sorted({move.event for move in workflow.MOVES.values() if move.event} | {_OPENING})
    been = {facts.get("to") for _entry, facts in audit_queries.facts_of(case.pk, *events)}
    return tuple(status for status in REOPENS_TO if status in been)


def _faults(begun: moving.Begun, to: Status, order: Order | None, overturned_on: date | None) -> list[str]:
    stands = order is not None and order.vacated_on is None
    if to not in reachable(begun.case):
        return [_("The case was never at: %(status)s.") % {"status": to.label}]
    if to in _ON_THE_ORDER and not stands:
        return [_("The order was set aside, so the case can only go on before the board decides.")]
    if overturned_on is None:
        return []
    if order is None or not stands:
        return [_("No order of this case is in force that a court could have overturned.")]
    faults = []
    if to is Status.COMPLIANCE:
        faults.append(_("An order that was overturned has no terms to monitor."))
    if overturned_on > begun.today:
        faults.append(_("The court cannot have decided in the future."))
    if order.issued_at and overturned_on < clocking.local_date(begun.case, order.issued_at):
        faults.append(_("The court cannot have decided before the order."))
    return faults


def _touch_order(begun: moving.Begun, order: Order, to: Status, overturned_on: date | None) -> None:
    """What reopening does to the order issued last, which otherwise stands until another replaces it."""
    rows = Order.objects.filter(pk=order.pk)
    if to is Status.BOARD_REVIEW:
        rows.update(**{"remanded_at" if overturned_on else "reconsidered_at": begun.at})
    elif overturned_on and to is Status.ORDER_ISSUED:
        vacating.reverse(begun, order, overturned_on)
    elif overturned_on:
        vacating.vacate(begun, order, overturned_on)


def _is_told_on(begun: moving.Begun, to: Status) -> bool:
    return begun.case.kind == CaseKind.COMPLAINT and STAGE_OF[to] != Stage.DISPOSITION


def _tell_on(begun: moving.Begun, to: Status, anchor: UUID) -> None:
    """The complainant is told again how the case stands, until an order ends that."""
    if _is_told_on(begun, to):
        clocking.open_clock(
            begun.case, DeadlineKind.STATUS_UPDATE, begun.today, anchor=anchor, start_label=_("the reopening")
        )
    clocking.refresh_next_due(begun.case)


def _write(begun: moving.Begun, to: Status, order: Order | None, *, why: str, overturned_on: date | None) -> None:
    """The parties hear of it: the respondent what it means, the complainant only that the case is open again."""
    if order:
        order.refresh_from_db()
    is_set_aside = bool(overturned_on and order and order.vacated_on)
    merge = {
        "reopened_on": begun.today,
        "why": why.strip(),
        "goes_to": str(to),
        "overturned_on": overturned_on or "",
        "set_aside": is_set_aside,
        "order_stands": order is not None and order.vacated_on is None,
    }
    if closing.is_known(begun.case):
        letters.to_respondent(begun.case, "reopened", merge, actor=begun.actor, at=begun.at)
    named = {"reopened_on": begun.today, "respondent_name": letters.respondent_name(begun.case)}
    letters.to_complainant(begun.case, "reopened", named, actor=begun.actor, at=begun.at)
