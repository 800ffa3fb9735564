"""Petitions on a decided docket (T31), and what the order on a petition does to the docket that it is about."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tracker.audit.actors import Actor
from tracker.cases.actions import clocking, dockets, letters, moving, papers
from tracker.cases.clocks import MONITORED, DeadlineKind, told
from tracker.cases.guards import short
from tracker.cases.kinds import DeadlineState, DocumentKind
from tracker.cases.models import Case, CaseLink
from tracker.cases.pathkinds import BeforeBoard, LinkKind
from tracker.cases.states import PETITIONS, CaseKind, Status
from tracker.hearings import orderrules, petitionrules
from tracker.hearings.actions import agenda, monitoring
from tracker.hearings.models import Order, Sanction

SET_ASIDE = "set_aside"


@transaction.atomic
def file_petition(
    case_id: UUID,
    *,
    actor: Actor,
    at: datetime,
    kind: str,
    text: str,
    filed_on: date,
    seen: int | None = None,
) -> Case:
    """T31. Open a docket of its own on a petition for reinstatement, modification or early termination.

    The case itself stays where it is. The new docket begins before the hearing, with the respondent and the petition;
    it is linked with this one. Refused without words, for a day in the future or before a petition may be filed, for
    reinstatement of a license that the order did not take away and for early termination where no term is left.
    Ledger: hearing.petition_filed here, hearing.petition_opened on the new docket.
    """
    begun = moving.begin(case_id, "file_petition", actor=actor, at=at, seen=seen)
    moving.refuse_if(_filing_faults(begun, kind, text, filed_on))
    opened = dockets.open_docket(
        begun, kind=CaseKind(kind), status=Status.PREHEARING, link=LinkKind.PETITION, reason=_("Petition filed")
    )
    dockets.copy_respondent(begun, opened)
    paper = papers.freeze(on_docket(begun, opened), DocumentKind.PETITION, text, dated_on=filed_on)
    named = {"kind": kind, "filed_on": filed_on.isoformat(), "digest": paper.digest}
    moving.finish_act(begun, "hearing.petition_filed", facts={**named, "other": opened.docket}, private={"text": text})
    tell_opened(begun, opened, named, private={"text": text})
    merge = {"kind": str(CaseKind(kind).label), "filed_on": filed_on, "other": begun.case.docket}
    letters.to_respondent(opened, "petition_received", merge, actor=actor, at=at)
    return opened


def _filing_faults(begun: moving.Begun, kind: str, text: str, filed_on: date) -> list[str]:
    if kind not in PETITIONS:
        return [_("Choose what the petition asks for.")]
    order = last_order(begun.case)
    assert order is not None  # noqa: S101 - the guard asks for discipline in force
    codes = list(order.sanctions.values_list("code", flat=True))
    left = sum(not term.is_met for term in begun.facts.terms)
    faults = petitionrules.kind_faults(kind, codes, terms_left=left)
    faults += [] if text.strip() else [_("Write what the petition says.")]
    faults += [_("The petition cannot come in the future.")] if filed_on > begun.today else []
    opens_on = begun.facts.petition_from
    if opens_on and filed_on < opens_on:
        faults.append(_("A petition may be filed from %(day)s on.") % {"day": short(opens_on)})
    return faults


def on_docket(begun: moving.Begun, opened: Case) -> moving.Begun:
    """The same act for what is written on the docket that it opened."""
    return moving.Begun(begun.key, opened, begun.facts, begun.actor, begun.at, begun.today)


def tell_opened(
    begun: moving.Begun, opened: Case, facts: Mapping[str, Any], *, private: Mapping[str, Any] | None = None
) -> None:
    """The first entry of the chain of a docket that a step on another opened, with where it begins."""
    begins = {"step": begun.key, "from": "", "to": str(opened.status), "other": begun.case.docket}
    told = {**facts, **begins, **dockets.followed(opened)}
    dockets.tell(opened, "hearing.petition_opened", actor=begun.actor, at=begun.at, facts=told, private=private)


@transaction.atomic
def submit_petition(case_id: UUID, *, actor: Actor, at: datetime, note: str = "", seen: int | None = None) -> Case:
    """T31. Put a petition before the board without a hearing. Ledger: hearing.petition_submitted."""
    begun = moving.begin(case_id, "submit_petition", actor=actor, at=at, seen=seen)
    moving.finish_move(begun, private={"note": note})
    agenda.tell(begun, BeforeBoard.PETITION)
    return begun.case


def take_effect(begun: moving.Begun, order: Order) -> None:
    """Let an order just issued work on the docket that it is about, where it decides a petition.

    What an earlier order on the same petition did is taken back first. Ledger of the other docket:
    hearing.petition_decided.
    """
    about = _docket_about(begun.case)
    if about is None:
        return
    _undo(begun.case)
    codes = list(order.sanctions.values_list("code", flat=True))
    earlier = _order_in_question(begun.case, about)
    ends = petitionrules.ends_discipline(begun.case.kind, order.outcome, codes)
    if earlier and ends:
        Order.objects.filter(pk=earlier.pk).update(ended_by=order)
        Sanction.objects.filter(order=earlier, is_term=True, met_on__isnull=True).update(ended_by=order)
        clocking.end_clocks(about, MONITORED, begun.today, state=DeadlineState.SUPERSEDED)
    turned = DeadlineState.SUPERSEDED if earlier and ends else None
    _tell_decided(begun, about, order, orderrules.principal(codes, order.outcome), monitored=turned)


def set_aside(begun: moving.Begun, order: Order) -> None:
    """Take back what the order of a petition's docket did to the other docket, since the order itself falls."""
    about = _docket_about(begun.case)
    if about is None:
        return
    _undo(begun.case)
    _tell_decided(begun, about, order, SET_ASIDE)


def _order_in_question(petition: Case, about: Case) -> Order | None:
    """The order that a petition is about, as it was affirmed or amended since; None once it was set aside."""
    asked = Order.objects.filter(case=about, issued_at__lte=petition.received_at).order_by("issued_at", "id").last()
    if asked is None or asked.vacated_on:
        return None
    latest = last_order(about)
    return latest if latest and not latest.vacated_on else None


def _undo(petition: Case) -> None:
    Sanction.objects.filter(ended_by__case=petition).update(ended_by=None)
    Order.objects.filter(ended_by__case=petition).update(ended_by=None)


def _tell_decided(
    begun: moving.Begun, about: Case, order: Order, outcome: str, *, monitored: str | None = None
) -> None:
    last_due = monitoring.last_due_on(about, last_order(about)) if about.status == Status.COMPLIANCE else None
    entry = dockets.tell(
        about,
        "hearing.petition_decided",
        actor=begun.actor,
        at=begun.at,
        facts={
            "other": begun.case.docket,
            "outcome": outcome,
            "order": str(order.pk),
            **told({**dict.fromkeys(MONITORED, monitored), DeadlineKind.TERMS: last_due or monitored}),
        },
        private={"reasons": order.reasons} if order.reasons and outcome != SET_ASIDE else None,
    )
    if about.status == Status.COMPLIANCE:
        monitoring.follow_terms(about, last_order(about), begun.today, anchor=entry.id)
    clocking.refresh_next_due(about)


def _docket_about(case: Case) -> Case | None:
    """The docket that a petition is about, locked; None for a docket that is no petition."""
    if case.kind == CaseKind.COMPLAINT:
        return None
    link = CaseLink.objects.filter(case=case, kind=LinkKind.PETITION, ended_at__isnull=True).first()
    return moving.lock(link.other_id) if link else None


def last_order(case: Case) -> Order | None:
    """The order of a case issued last."""
    return Order.objects.filter(case=case, issued_at__isnull=False).order_by("issued_at", "id").last()
