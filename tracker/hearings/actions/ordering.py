"""Making an order: its draft, its paper, its clocks and its letters. Only actions call these, in their transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from boards import queries as board_queries
from tracker.cases import copying, waivers
from tracker.cases import facts as case_facts
from tracker.cases.actions import clocking, letters, moving, papers
from tracker.cases.clocks import DeadlineKind, told
from tracker.cases.decisions import Decision
from tracker.cases.kinds import DeadlineState, DocumentKind, FindingBy, FindingValue, Period, WaivedBy
from tracker.cases.models import ChargingDocument, Count, Finding, Vote
from tracker.cases.states import DISPOSITIONS
from tracker.hearings import orderrules, queries, rules
from tracker.hearings.actions import emergency, petitions
from tracker.hearings.models import Order, Sanction


@dataclass(frozen=True)
class Making:
    """An order in the making: what was decided, in which words; `earlier` is the order of the case before it."""

    decision: Decision
    text: str
    reasons: str = ""
    outcome: str = ""
    earlier: Order | None = None

    @property
    def is_affirmed(self) -> bool:
        """Whether it says the same as the earlier order, which goes on in it."""
        return self.decision == Decision.AFFIRM


def earlier_order(begun: moving.Begun) -> Order | None:
    """The order of the case issued last."""
    return Order.objects.filter(case=begun.case, issued_at__isnull=False).order_by("issued_at", "id").last()


def drafted(begun: moving.Begun) -> Order:
    """The draft of the order, made where nobody drafted a sanction."""
    order, _new = Order.objects.get_or_create(
        case=begun.case, issued_at__isnull=True, defaults={"board_id": begun.case.board_id}
    )
    return order


def copy_sanctions(order: Order, earlier: Order) -> None:
    """The sanctions of an affirmed order, with the terms that were met already."""
    rows = (Sanction(order=order, **copying.values(row, but=("order",))) for row in earlier.sanctions.all())
    Sanction.objects.bulk_create(rows)


def settle_findings(begun: moving.Begun, decision: Decision) -> None:
    """What the board did not find itself: taken from the proposal, or admitted by default, as rows of its own.

    A proposal that is adopted by time is adopted as it is, whatever the board had recorded meanwhile.
    """
    if decision not in (Decision.ADOPT, Decision.MODIFY, Decision.DEEMED, Decision.DEFAULT):
        return
    charges = ChargingDocument.objects.filter(case=begun.case, issued_at__isnull=False).order_by("id").last()
    since = case_facts.begun_anew(begun.case)
    for count in charges.counts.all() if charges else ():
        rows = Finding.objects.filter(count=count).order_by("found_at", "id")
        if since:
            rows = rows.filter(found_at__gte=since)
        own, proposed = rows.filter(by=FindingBy.BOARD).last(), rows.filter(by=FindingBy.PRESIDING_OFFICER).last()
        if decision == Decision.DEFAULT:
            if own is None:
                _find(begun, count, FindingValue.PROVEN, _("Admitted by default."), burden="")
        elif proposed and (own is None or decision == Decision.DEEMED):
            _find(begun, count, proposed.value, proposed.reasons, burden=proposed.burden)


def _find(begun: moving.Begun, count: Count, value: str, reasons: str, *, burden: str) -> None:
    rule = board_queries.rule_in_force(begun.case.board, "burden_of_proof", begun.today)
    Finding.objects.create(
        board_id=begun.case.board_id,
        case=begun.case,
        count=count,
        by=FindingBy.BOARD,
        value=value,
        reasons=reasons,
        burden=burden or rule.value,
        found_at=begun.at,
    )


def issue(begun: moving.Begun, order: Order, making: Making, vote: Vote | None) -> Order:
    """Issue the drafted order: freeze its paper, move the case, start its clocks, write to both sides.

    Whether it is reportable to the NPDB is computed from its sanctions and outcome. Where an earlier order of the case
    was reported, the new one is to be reported as its revision; the time for a report that runs already runs on.
    """
    sanctions = list(order.sanctions.all())
    codes = [row.code for row in sanctions]
    reported_on = _reported_on(making.earlier)
    is_due = orderrules.is_reportable(codes, making.outcome) or reported_on is not None
    effective = _effective_on(begun, making)
    changes = _changes(begun) if making.decision == Decision.MODIFY else []
    reasons = making.reasons.strip() or "\n\n".join(changes)
    Order.objects.filter(pk=order.pk).update(
        decision=making.decision,
        reasons=reasons,
        outcome=making.outcome,
        issued_at=begun.at,
        effective_on=effective,
        vote=vote,
        npdb_due=is_due,
        npdb_reported_on=reported_on if making.is_affirmed else None,
    )
    lines = [_line(row) for row in sanctions]
    paper = papers.freeze(begun, DocumentKind.ORDER, _text(making, changes, lines))
    principal = orderrules.principal(codes, making.outcome)
    moving.finish_move(
        begun,
        fields={} if making.is_affirmed and begun.case.decided_at else {"decided_at": begun.at},
        facts={
            "order": str(order.pk),
            "decision": str(making.decision),
            "effective_on": effective.isoformat(),
            "sanctions": codes,
            "principal": principal,
            "npdb_due": is_due,
            "digest": paper.digest,
            **emergency.merge(begun, order),
            **told({DeadlineKind.NPDB_REPORT: _ended_report(begun, is_due=is_due)}),
        },
        private={"reasons": reasons} if vote else None,
        skip_clocks=_unneeded(begun, making, is_due=is_due),
    )
    if making.earlier:
        Order.objects.filter(pk=making.earlier.pk).update(reconsidered_at=None, remanded_at=None)
    _write(begun, making, principal=principal, lines=lines, effective=effective)
    order.refresh_from_db()
    petitions.take_effect(begun, order)
    return order


def _reported_on(earlier: Order | None) -> date | None:
    """When an earlier order was reported to the NPDB, unless that report was declared void."""
    return earlier.npdb_reported_on if earlier and not earlier.npdb_voided_on else None


def _effective_on(begun: moving.Begun, making: Making) -> date:
    """By the board's rule from today; an order that is affirmed stays in force from its own day."""
    earlier = making.earlier
    if making.is_affirmed and earlier and earlier.effective_on and not earlier.vacated_on:
        return earlier.effective_on
    label = _("service of the order")
    return board_queries.due(begun.case.board, "order_effective_days", starts_on=begun.today, start_label=label).due_on


def _unneeded(begun: moving.Begun, making: Making, *, is_due: bool) -> list[DeadlineKind]:
    """Clocks of the table's row that do not start."""
    reported = making.is_affirmed and making.earlier is not None and making.earlier.npdb_reported_on is not None
    runs = clocking.running(begun.case, DeadlineKind.NPDB_REPORT) is not None
    skipped = [DeadlineKind.NPDB_REPORT] if runs or reported or not is_due else []
    # The board looked at its order again already: what is left is a court.
    return [*skipped, DeadlineKind.RECONSIDERATION] if making.is_affirmed else skipped


def _ended_report(begun: moving.Begun, *, is_due: bool) -> str:
    """End the clock of a report that nothing is due for any more. Its state then, for the ledger; empty where none."""
    runs = clocking.running(begun.case, DeadlineKind.NPDB_REPORT) is not None
    if not runs or is_due or begun.facts.emergency_report_missing:
        return ""
    clocking.end_clocks(begun.case, [DeadlineKind.NPDB_REPORT], begun.today, state=DeadlineState.SUPERSEDED)
    return DeadlineState.SUPERSEDED


def _changes(begun: moving.Begun) -> list[str]:
    return [
        _("Change %(number)d (%(part)s): %(text)s\nReasons: %(reasons)s")
        % {
            "number": number,
            "part": row.get_part_display(),
            "text": row.text.strip(),
            "reasons": row.reasons.strip(),
        }
        for number, row in enumerate(queries.pending_changes(begun.case), start=1)
    ]


def _text(making: Making, changes: Sequence[str], lines: Sequence[str]) -> str:
    parts = [str(orderrules.BASIS[making.decision]), making.text.strip(), *changes]
    if making.outcome:
        parts.append(str(DISPOSITIONS[making.outcome].label))
    return "\n\n".join(part for part in [*parts, *lines, making.reasons.strip()] if part)


def _line(row: Sanction) -> str:
    return rules.describe(row.code, days=row.days, amount_cents=row.amount_cents, terms=row.terms)


def _write(begun: moving.Begun, making: Making, *, principal: str, lines: list[str], effective: date) -> None:
    due = {row.kind: row.due_on for row in begun.case.deadlines.filter(state=DeadlineState.RUNNING)}
    merge: dict[str, Any] = {
        "basis": str(orderrules.BASIS[making.decision]),
        "outcome": str(DISPOSITIONS[principal].label),
        "effective_on": effective,
        "sanctions": lines,
        "reconsider_by": "" if _gave_up_reconsideration(begun) else due.get(DeadlineKind.RECONSIDERATION, ""),
        "appeal_by": due.get(DeadlineKind.APPEAL, ""),
    }
    letters.to_respondent(begun.case, "order", merge, actor=begun.actor, at=begun.at)
    merge["respondent_name"] = letters.respondent_name(begun.case)
    letters.to_complainant(begun.case, "order", merge, actor=begun.actor, at=begun.at)


def _gave_up_reconsideration(begun: moving.Begun) -> bool:
    """Whether the respondent waived it for this order. The time runs all the same while the other side may ask."""
    known = begun.facts
    gave = frozenset(period for period, sides in known.waived_by.items() if WaivedBy.RESPONDENT in sides)
    return Period.RECONSIDERATION in waivers.outlast(gave, step=begun.key, before_board=known.before_board)
