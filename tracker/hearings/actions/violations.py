"""An order that is not kept: the monitor's report, and the board's petition with counts of its own (T28)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tracker.audit.actors import Actor
from tracker.cases import facts as case_facts
from tracker.cases.actions import charging, clocking, dockets, letters, moving, papers
from tracker.cases.clocks import DeadlineKind
from tracker.cases.guards import short
from tracker.cases.kinds import DocumentKind
from tracker.cases.models import Case, ChargingDocument, Count
from tracker.cases.pathkinds import LinkKind
from tracker.cases.states import CaseKind, Status
from tracker.hearings.actions import petitions
from tracker.hearings.models import Order, ViolationReport


@dataclass(frozen=True)
class CountData:
    """One count of a petition: the term or law that was broken, and the charge in words."""

    citation: str
    text: str


@transaction.atomic
def report_violation(
    case_id: UUID, *, actor: Actor, at: datetime, occurred_on: date, text: str, seen: int | None = None
) -> ViolationReport:
    """Report that the order was not kept. The time to act on it runs from the report.

    Refused without words, and for a day in the future or before the order was in effect. Ledger:
    hearing.violation_reported.
    """
    begun = moving.begin(case_id, "report_violation", actor=actor, at=at, seen=seen)
    order = petitions.last_order(begun.case)
    assert order is not None and order.effective_on is not None  # noqa: S101, PT018 - the case is decided
    faults = [] if text.strip() else [_("Write what was not kept, and how it is known.")]
    faults += [_("The violation cannot lie in the future.")] if occurred_on > begun.today else []
    if occurred_on < order.effective_on:
        faults.append(_("The order is in effect from %(day)s on.") % {"day": short(order.effective_on)})
    moving.refuse_if(faults)
    paper = papers.freeze(begun, DocumentKind.VIOLATION_REPORT, text, dated_on=occurred_on)
    row = ViolationReport.objects.create(
        board_id=begun.case.board_id,
        case=begun.case,
        order=order,
        occurred_on=occurred_on,
        reported_on=begun.today,
        paper=paper,
    )
    entry = moving.finish_act(
        begun,
        "hearing.violation_reported",
        facts={"occurred_on": occurred_on.isoformat(), "order": str(order.pk), "document": str(paper.pk)},
        private={"report": text},
    )
    clocking.open_clock(begun.case, DeadlineKind.VIOLATION_RESPONSE, begun.today, anchor=entry.id)
    clocking.refresh_next_due(begun.case)
    return row


@transaction.atomic
def petition_violation(
    case_id: UUID,
    *,
    actor: Actor,
    at: datetime,
    counts: Sequence[CountData],
    text: str,
    seen: int | None = None,
) -> Case:
    """T28. Charge the reported violations on a docket of their own, which begins with charges to be served.

    The case itself stays in compliance. `text` says what the board is asked for. The new docket goes its own way to an
    order, which takes the place of this one where it finds a violation. Refused without that, without counts, and for
    a count without citation or words. Ledger: hearing.violation_petitioned here, hearing.petition_opened on the new
    docket.
    """
    begun = moving.begin(case_id, "petition_violation", actor=actor, at=at, seen=seen)
    moving.refuse_if(_petition_faults(counts, text))
    order = petitions.last_order(begun.case)
    assert order is not None  # noqa: S101 - the case is decided
    opened = dockets.open_docket(
        begun,
        kind=CaseKind.VIOLATION,
        status=Status.CHARGES_FILED,
        link=LinkKind.PETITION,
        reason=_("Violation of the order"),
    )
    dockets.copy_respondent(begun, opened)
    charges = _charge(begun, opened, counts)
    lines = [f"Count {number}. {row.citation}. {row.text}" for number, row in enumerate(counts, start=1)]
    there = petitions.on_docket(begun, opened)
    paper = papers.freeze(there, DocumentKind.CHARGES, _charges_text(begun, order, lines, text))
    ViolationReport.objects.filter(case=begun.case, petition__isnull=True).update(petition=opened)
    clocking.end_clocks(begun.case, [DeadlineKind.VIOLATION_RESPONSE], begun.today)
    told = {"counts": len(lines), "digest": paper.digest}
    moving.finish_act(
        begun, "hearing.violation_petitioned", facts={**told, "other": opened.docket}, private={"text": text}
    )
    petitions.tell_opened(begun, opened, {**told, "charges": str(charges.pk)}, private={"text": text})
    _write(there, lines, order_docket=begun.case.docket)
    return opened


def _petition_faults(counts: Sequence[CountData], text: str) -> list[str]:
    faults = [] if text.strip() else [_("Write what the board is asked for.")]
    faults += [] if counts else [_("A petition needs at least one count.")]
    for number, row in enumerate(counts, start=1):
        if not row.citation.strip():
            faults.append(_("Count %(n)d cites no term, statute or rule.") % {"n": number})
        if not row.text.strip():
            faults.append(_("Count %(n)d has no words.") % {"n": number})
    return faults


def _charge(begun: moving.Begun, opened: Case, counts: Sequence[CountData]) -> ChargingDocument:
    charges = ChargingDocument.objects.create(board_id=opened.board_id, case=opened, issued_at=begun.at)
    rule = case_facts.limitation(begun.case.board, (), begun.today)
    for number, row in enumerate(counts, start=1):
        Count.objects.create(
            board_id=opened.board_id,
            charges=charges,
            number=number,
            citation=row.citation.strip(),
            text=row.text,
            rule_id=rule.rule_id,
        )
    return charges


def _charges_text(begun: moving.Begun, order: Order, lines: Sequence[str], text: str) -> str:
    assert order.issued_at is not None  # noqa: S101 - the case is decided
    about = _("Petition for violation of the order in docket %(docket)s, issued on %(day)s.") % {
        "docket": begun.case.docket,
        "day": clocking.local_date(begun.case, order.issued_at).isoformat(),
    }
    return "\n\n".join([about, *lines, text.strip(), str(charging.NOT_FINAL)])


def _write(there: moving.Begun, lines: list[str], *, order_docket: str) -> None:
    merge = {
        "counts": lines,
        "answer_due_on": clocking.due_on(there.case, DeadlineKind.ANSWER, there.today),
        "public_from": charging.public_from(there) or "",
        "asks_election": charging.asks_election(there),
        "order_docket": order_docket,
    }
    letters.to_respondent(there.case, "charges", merge, actor=there.actor, at=there.at)
