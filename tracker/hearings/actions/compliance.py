"""After the order: monitoring its terms, and closing the case."""

from datetime import datetime
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext as _

from tracker.audit.actors import Actor
from tracker.cases.actions import clocking, closing, moving, papers
from tracker.cases.clocks import DeadlineKind
from tracker.cases.kinds import DocumentKind
from tracker.cases.models import Case
from tracker.hearings import rules
from tracker.hearings.models import Order, Sanction


@transaction.atomic
def begin_compliance(case_id: UUID, *, actor: Actor, at: datetime, plan: str, seen: int | None = None) -> Case:
    """T27. Begin monitoring by a plan; the terms' last due date is a clock. Ledger: hearing.compliance_begun."""
    begun = moving.begin(case_id, "begin_compliance", actor=actor, at=at, seen=seen)
    moving.refuse_if([] if plan.strip() else [_("Write the monitoring plan.")])
    papers.freeze(begun, DocumentKind.MONITORING_PLAN, plan)
    terms = list(_terms(begun.case))
    entry = moving.finish_move(begun, facts={"terms": len(terms)}, private={"plan": plan})
    days = [row.due_on for row in terms if row.due_on]
    if days:
        clocking.open_dated(
            begun.case,
            DeadlineKind.TERMS,
            max(days),
            starts_on=begun.today,
            anchor=entry.id,
            why=clocking.set_by_step(_("Last due date of the order's terms"), max(days)),
        )
        clocking.refresh_next_due(begun.case)
    return begun.case


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
    faults += [] if proof.strip() else [_("Describe the proof.")]
    moving.refuse_if(faults)
    paper = papers.freeze(begun, DocumentKind.TERM_PROOF, proof)
    Sanction.objects.filter(pk=row.pk).update(met_on=begun.today, proof=paper)  # type: ignore[union-attr]
    if not _terms(begun.case).filter(met_on__isnull=True).exists():
        clocking.end_clocks(begun.case, [DeadlineKind.TERMS], begun.today)
    moving.finish_act(
        begun,
        "hearing.term_satisfied",
        facts={"sanction": row.code, "number": number, "document": str(paper.pk)},  # type: ignore[union-attr]
        private={"proof": proof},
    )
    row.refresh_from_db()  # type: ignore[union-attr]
    return row  # type: ignore[return-value]


def _terms(case: Case) -> models.QuerySet[Sanction]:
    order = Order.objects.filter(case=case, issued_at__isnull=False).order_by("issued_at").last()
    return Sanction.objects.filter(order=order, is_term=True)


@transaction.atomic
def close_case(case_id: UUID, *, actor: Actor, at: datetime, note: str, seen: int | None = None) -> Case:
    """T29. Close the decided case: terms met, time to challenge the order over or waived, reportable action reported.

    The disposition is the order's principal sanction, or NO_VIOLATION where it imposed none. Ledger: case.closed.
    """
    begun = moving.begin(case_id, "close_case", actor=actor, at=at, seen=seen)
    moving.refuse_if([] if note.strip() else [_("Write the closing memo, in words that both sides can read.")])
    order = Order.objects.filter(case=begun.case, issued_at__isnull=False).order_by("issued_at").last()
    code = rules.principal(order.sanctions.values_list("code", flat=True)) if order else "NO_VIOLATION"
    papers.freeze(begun, DocumentKind.CLOSING_MEMO, note)
    closing.settle(begun, code, reason=note)
    closing.write(begun, closing.Closure(code, note))
    return begun.case
