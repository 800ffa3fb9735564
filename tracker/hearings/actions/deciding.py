"""The order: drafting its sanctions, issuing it on the board's vote."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from boards import queries as board_queries
from tracker.audit.actors import Actor
from tracker.cases import facts
from tracker.cases.actions import clocking, closing, letters, moving, papers
from tracker.cases.clocks import DeadlineKind
from tracker.cases.kinds import DocumentKind, FindingBy, VoteKind
from tracker.cases.models import ChargingDocument, Finding
from tracker.cases.states import DISPOSITIONS, SANCTIONS
from tracker.hearings import rules
from tracker.hearings.models import Order, Sanction


@transaction.atomic
def draft_sanction(
    case_id: UUID,
    *,
    actor: Actor,
    at: datetime,
    code: str,
    terms: str = "",
    days: int | None = None,
    amount_cents: int | None = None,
    is_stayed: bool = False,
    due_on: date | None = None,
    seen: int | None = None,
) -> Sanction:
    """Add one sanction to the draft order. `days` calendar days, `amount_cents` US cents, `due_on` the board's date.

    Refused for an unknown code, a fine without amount, a probation without length or terms, a due date in the past.
    Ledger: hearing.sanction_drafted.
    """
    begun = moving.begin(case_id, "draft_sanction", actor=actor, at=at, seen=seen)
    faults = [] if code in SANCTIONS else [_("Choose the sanction.")]
    if not faults:
        faults = rules.sanction_faults(code, days=days, amount_cents=amount_cents, terms=terms)
    if due_on and due_on < begun.today:
        faults.append(_("A term cannot be due in the past."))
    moving.refuse_if(faults)
    order, _new = Order.objects.get_or_create(
        case=begun.case, issued_at__isnull=True, defaults={"board_id": begun.case.board_id}
    )
    last = order.sanctions.order_by("number").last()
    row = Sanction.objects.create(
        board_id=begun.case.board_id,
        order=order,
        number=(last.number if last else 0) + 1,
        code=code,
        terms=terms,
        days=days,
        amount_cents=amount_cents,
        is_stayed=is_stayed or code.startswith("STAYED_"),
        is_term=rules.is_term(code, terms),
        due_on=due_on,
    )
    moving.finish_act(
        begun,
        "hearing.sanction_drafted",
        facts={"sanction": code, "number": row.number, "days": days, "amount_cents": amount_cents},
        private={"terms": terms},
    )
    return row


@transaction.atomic
def remove_sanction(
    case_id: UUID, *, actor: Actor, at: datetime, number: int, reason: str, seen: int | None = None
) -> None:
    """Take a sanction out of the draft order. An issued order is never changed. Ledger: hearing.sanction_removed."""
    begun = moving.begin(case_id, "remove_sanction", actor=actor, at=at, seen=seen)
    row = Sanction.objects.filter(order__case=begun.case, order__issued_at__isnull=True, number=number).first()
    faults = [] if row else [_("The draft order has no sanction %(n)s.") % {"n": number}]
    faults += [] if reason.strip() else [_("Say why it is removed.")]
    moving.refuse_if(faults)
    code = row.code  # type: ignore[union-attr]
    row.delete()  # type: ignore[union-attr]
    moving.finish_act(
        begun, "hearing.sanction_removed", facts={"sanction": code, "number": number}, private={"reason": reason}
    )


@transaction.atomic
def issue_order(
    case_id: UUID,
    *,
    actor: Actor,
    at: datetime,
    decision: str,
    text: str,
    reasons: str = "",
    seen: int | None = None,
) -> Order:
    """T23. Issue the board's order on its vote to adopt or modify the proposed decision.

    The board's findings are those it recorded itself, else the proposal's. Whether the action is reportable to the
    NPDB is computed from the sanctions. Refused without a vote for that very decision, for a modification without
    written reasons, and where sanctions and findings do not fit. Ledger: hearing.order_issued.
    """
    begun = moving.begin(case_id, "issue_order", actor=actor, at=at, seen=seen)
    moving.refuse_if(_faults(begun, decision, text, reasons))
    order, _new = Order.objects.get_or_create(
        case=begun.case, issued_at__isnull=True, defaults={"board_id": begun.case.board_id}
    )
    sanctions = list(order.sanctions.all())
    codes = [row.code for row in sanctions]
    _adopt_findings(begun)
    effective = board_queries.due(
        begun.case.board, "order_effective_days", starts_on=begun.today, start_label=_("service of the order")
    ).due_on
    reportable = rules.is_reportable(codes, from_formal_proceeding=True)
    vote = closing.use_vote(begun, VoteKind.ORDER, decision, passed=True)
    Order.objects.filter(pk=order.pk).update(
        decision=decision, reasons=reasons, issued_at=at, effective_on=effective, vote=vote, npdb_due=reportable
    )
    lines = [_line(row) for row in sanctions]
    paper = papers.freeze(begun, DocumentKind.ORDER, "\n\n".join([text.strip(), *lines, reasons.strip()]).strip())
    moving.finish_move(
        begun,
        fields={"decided_at": at},
        facts={
            "order": str(order.pk),
            "decision": decision,
            "effective_on": effective.isoformat(),
            "sanctions": codes,
            "principal": rules.principal(codes),
            "npdb_due": reportable,
            "digest": paper.digest,
        },
        private={"reasons": reasons},
        skip_clocks=() if reportable else (DeadlineKind.NPDB_REPORT,),
    )
    _write(begun, codes, lines, effective)
    order.refresh_from_db()
    return order


def _line(row: Sanction) -> str:
    return rules.describe(row.code, days=row.days, amount_cents=row.amount_cents, terms=row.terms)


def _faults(begun: moving.Begun, decision: str, text: str, reasons: str) -> list[str]:
    faults = []
    if decision not in rules.Decision.values:
        return [_("Say whether the board adopts or modifies the proposed decision.")]
    if f"order:{decision}" not in begun.facts.votes:
        faults.append(_("The vote was not for this decision."))
    if decision == rules.Decision.MODIFY and not reasons.strip():
        faults.append(_("A modified decision needs written reasons."))
    if not text.strip():
        faults.append(_("Write the order: findings of fact and conclusions of law."))
    return faults


def _adopt_findings(begun: moving.Begun) -> None:
    """What the board did not find itself it adopts from the proposal, as rows of its own."""
    charges = ChargingDocument.objects.filter(case=begun.case, issued_at__isnull=False).order_by("id").last()
    if charges is None:
        return
    since = facts.reopened_at(begun.case)
    for count in charges.counts.all():
        rows = Finding.objects.filter(count=count).order_by("found_at", "id")
        if since:
            rows = rows.filter(found_at__gte=since)
        if rows.filter(by=FindingBy.BOARD).exists():
            continue
        proposed = rows.filter(by=FindingBy.PRESIDING_OFFICER).last()
        if proposed:
            Finding.objects.create(
                board_id=begun.case.board_id,
                case=begun.case,
                count=count,
                by=FindingBy.BOARD,
                value=proposed.value,
                reasons=proposed.reasons,
                burden=proposed.burden,
                found_at=begun.at,
            )


def _write(begun: moving.Begun, codes: Sequence[str], lines: list[str], effective: date) -> None:
    due = {row.kind: row.due_on for row in begun.case.deadlines.filter(state="running")}
    merge = {
        "outcome": str(DISPOSITIONS[rules.principal(codes)].label),
        "effective_on": effective,
        "sanctions": lines,
        "reconsider_by": due.get(DeadlineKind.RECONSIDERATION, ""),
        "appeal_by": due.get(DeadlineKind.APPEAL, ""),
    }
    letters.to_respondent(begun.case, "order", merge, actor=begun.actor, at=begun.at)
    merge["respondent_name"] = letters.respondent_name(begun.case)
    letters.to_complainant(begun.case, "order", merge, actor=begun.actor, at=begun.at)


@transaction.atomic
def record_npdb_report(
    case_id: UUID, *, actor: Actor, at: datetime, reported_on: date, reference: str, seen: int | None = None
) -> Order:
    """Record that the action was reported to the NPDB (45 CFR 60.9). Ledger: hearing.npdb_reported.

    Refused where nothing is due, without the report's number, or for a day in the future.
    """
    begun = moving.begin(case_id, "record_npdb_report", actor=actor, at=at, seen=seen)
    order = Order.objects.filter(case=begun.case, issued_at__isnull=False).order_by("issued_at").last()
    faults = [] if order and order.npdb_due else [_("This order is not reportable to the NPDB.")]
    faults += [] if reference.strip() else [_("Give the number of the report.")]
    faults += [_("The report cannot be in the future.")] if reported_on > begun.today else []
    if order and order.issued_at and reported_on < clocking.local_date(begun.case, order.issued_at):
        faults.append(_("The action cannot be reported before it was taken."))
    moving.refuse_if(faults)
    Order.objects.filter(pk=order.pk).update(npdb_reported_on=reported_on)  # type: ignore[union-attr]
    clocking.end_clocks(begun.case, [DeadlineKind.NPDB_REPORT], reported_on)
    moving.finish_act(
        begun,
        "hearing.npdb_reported",
        facts={"reported_on": reported_on.isoformat(), "order": str(order.pk)},  # type: ignore[union-attr]
        private={"reference": reference},
    )
    order.refresh_from_db()  # type: ignore[union-attr]
    return order  # type: ignore[return-value]
