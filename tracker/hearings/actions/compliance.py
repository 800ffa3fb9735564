"""After the order: monitoring its terms, and closing the case."""

from datetime import date, datetime
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext as _

from tracker.audit.actors import Actor
from tracker.cases.actions import clocking, closing, moving, papers
from tracker.cases.clocks import DeadlineKind, told
from tracker.cases.guards import short
from tracker.cases.kinds import DeadlineState, DocumentKind
from tracker.cases.models import Case, Deadline
from tracker.hearings import orderrules
from tracker.hearings.actions import monitoring, petitions
from tracker.hearings.models import Order, Sanction


@transaction.atomic
def begin_compliance(case_id: UUID, *, actor: Actor, at: datetime, plan: str, seen: int | None = None) -> Case:
    """T27. Begin monitoring by a plan. The terms' last due date is a clock, so is the first contact with the licensee.

    Source of the latter: performance measure 7 of California's DCA. Ledger: hearing.compliance_begun.
    """
    begun = moving.begin(case_id, "begin_compliance", actor=actor, at=at, seen=seen)
    moving.refuse_if([] if plan.strip() else [_("Write the monitoring plan.")])
    papers.freeze(begun, DocumentKind.MONITORING_PLAN, plan)
    terms = list(_terms(begun.case))
    order = petitions.last_order(begun.case)
    turned = told({DeadlineKind.TERMS: monitoring.last_due_on(begun.case, order)})
    entry = moving.finish_move(begun, facts={"terms": len(terms), **turned}, private={"plan": plan})
    monitoring.follow_terms(begun.case, order, begun.today, anchor=entry.id)
    return begun.case


@transaction.atomic
def record_first_contact(
    case_id: UUID, *, actor: Actor, at: datetime, contacted_on: date, text: str, seen: int | None = None
) -> Deadline:
    """Record when the licensee under an order was first reached, and what was said. Its clock ends on that day.

    Refused without words, and for a day in the future or before the monitoring began. Ledger: hearing.first_contact.
    """
    begun = moving.begin(case_id, "record_first_contact", actor=actor, at=at, seen=seen)
    clock = Deadline.objects.get(case=begun.case, kind=DeadlineKind.FIRST_CONTACT, state__in=clocking.NOT_OVER)
    faults = [] if text.strip() else [_("Write how the licensee was reached, and what was said.")]
    faults += [_("The contact cannot lie in the future.")] if contacted_on > begun.today else []
    if contacted_on < clock.starts_on:
        faults.append(_("The monitoring began on %(day)s.") % {"day": short(clock.starts_on)})
    moving.refuse_if(faults)
    clocking.end_clocks(begun.case, [DeadlineKind.FIRST_CONTACT], contacted_on)
    moving.finish_act(
        begun,
        "hearing.first_contact",
        facts={"contacted_on": contacted_on.isoformat()},
        private={"text": text},
    )
    clock.refresh_from_db()
    return clock


@transaction.atomic
def satisfy_term(
    case_id: UUID, *, actor: Actor, at: datetime, number: int, proof: str, seen: int | None = None
) -> Sanction:
    """Record that a term (a sanction's number) was met, with its proof. Ledger: hearing.term_satisfied.

    Refused for a number that is no term or is met already, and without proof.
    """
    begun = moving.begin(case_id, "satisfy_term", actor=actor, at=at, seen=seen)
    row = _terms(begun.case).filter(number=number).first()
    faults = [] if row else [_("The order has no term %(n)s.") % {"n": number}]
    if row and row.met_on:
        faults.append(_("This term is met already."))
    if row and row.ended_by_id:
        faults.append(_("An order on a petition ended this term."))
    faults += [] if proof.strip() else [_("Describe the proof.")]
    moving.refuse_if(faults)
    paper = papers.freeze(begun, DocumentKind.TERM_PROOF, proof)
    Sanction.objects.filter(pk=row.pk).update(met_on=begun.today, proof=paper)  # type: ignore[union-attr]
    are_left = _terms(begun.case).filter(met_on__isnull=True, ended_by__isnull=True).exists()
    if not are_left:
        clocking.end_clocks(begun.case, [DeadlineKind.TERMS], begun.today)
    moving.finish_act(
        begun,
        "hearing.term_satisfied",
        facts={
            "sanction": row.code,  # type: ignore[union-attr]
            "number": number,
            "document": str(paper.pk),
            **told({DeadlineKind.TERMS: None if are_left else DeadlineState.MET}),
        },
        private={"proof": proof},
    )
    row.refresh_from_db()  # type: ignore[union-attr]
    return row  # type: ignore[return-value]


def _terms(case: Case) -> models.QuerySet[Sanction]:
    return Sanction.objects.filter(order=petitions.last_order(case), is_term=True)


@transaction.atomic
def close_case(case_id: UUID, *, actor: Actor, at: datetime, note: str, seen: int | None = None) -> Case:
    """T29. Close the decided case: terms met, time to challenge the order over or waived, reportable action reported.

    The disposition is the order's principal sanction, on a petition its outcome, or NO_VIOLATION where it imposed none
    or was set aside. Ledger: case.closed.
    """
    begun = moving.begin(case_id, "close_case", actor=actor, at=at, seen=seen)
    moving.refuse_if([] if note.strip() else [_("Write the closing memo, in words that both sides can read.")])
    code = _disposition(petitions.last_order(begun.case))
    papers.freeze(begun, DocumentKind.CLOSING_MEMO, note)
    closing.settle(begun, code, reason=note)
    closing.write(begun, closing.Closure(code, note))
    return begun.case


def _disposition(order: Order | None) -> str:
    if order is None or order.vacated_on:
        return "NO_VIOLATION"
    return orderrules.principal(order.sanctions.values_list("code", flat=True), order.outcome)
