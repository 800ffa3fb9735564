"""Settlement: what both sides signed, and what the board makes of it (T14, T24)."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tracker.audit.actors import Actor
from tracker.cases.actions import clocking, closing, letters, moving, papers
from tracker.cases.clocks import DeadlineKind, Turn, told
from tracker.cases.decisions import Question
from tracker.cases.kinds import DeadlineState, DocumentKind, OfferState, Period, VoteKind
from tracker.cases.models import ChargingDocument
from tracker.cases.states import Status
from tracker.cases.workflow import MOVES
from tracker.hearings import rules
from tracker.hearings.actions import negotiating
from tracker.hearings.models import Hearing, Order, Sanction, Settlement


@transaction.atomic
def sign_settlement(
    case_id: UUID,
    *,
    actor: Actor,
    at: datetime,
    respondent_signed_on: date,
    counsel_signed_on: date,
    text: str,
    deviation: str = "",
    seen: int | None = None,
) -> Settlement:
    """T14. Send what both sides signed to the board: the open offer with its terms, frozen as the stipulation.

    `deviation` says why the terms lie below the board's guideline. A hearing that is set or open falls away. Refused
    without the stipulation's words, and for a signature in the future or before the offer. Ledger:
    hearing.settlement_signed.
    """
    begun = moving.begin(case_id, "sign_settlement", actor=actor, at=at, seen=seen)
    row = negotiating.open_offer(begun.case)
    assert row is not None  # noqa: S101 - the guard asks for an open offer
    signed = (respondent_signed_on, counsel_signed_on)
    faults = [] if text.strip() else [_("Write the stipulation.")]
    faults += [_("A signature cannot be in the future.")] if max(signed) > begun.today else []
    faults += [_("It cannot have been signed before it was offered.")] if min(signed) < row.offered_on else []
    moving.refuse_if(faults)
    words = _stipulation(row, text, deviation, signed)
    paper = papers.freeze(begun, DocumentKind.STIPULATION, words, dated_on=max(signed))
    Settlement.objects.filter(pk=row.pk).update(
        state=OfferState.SIGNED,
        respondent_signed_on=respondent_signed_on,
        counsel_signed_on=counsel_signed_on,
        deviation=deviation,
        from_status=begun.case.status,
        paper=paper,
    )
    _clear_the_calendar(begun)
    moving.finish_move(
        begun,
        fields={"stipulated_at": at},
        facts={
            "number": row.number,
            "respondent_signed_on": respondent_signed_on.isoformat(),
            "counsel_signed_on": counsel_signed_on.isoformat(),
            "digest": paper.digest,
        },
        private={"terms": words, "deviation": deviation},
    )
    row.refresh_from_db()
    return row


def _stipulation(row: Settlement, text: str, deviation: str, signed: tuple[date, date]) -> str:
    parts = [text.strip(), _("Terms:"), *negotiating.lines(row)]
    if deviation.strip():
        parts.append(_("Why the terms depart from the board's guideline: %(why)s") % {"why": deviation.strip()})
    parts.append(
        _("Signed by the respondent on %(first)s and by the board's counsel on %(second)s.")
        % {"first": signed[0].isoformat(), "second": signed[1].isoformat()}
    )
    return "\n\n".join(parts)


def _clear_the_calendar(begun: moving.Begun) -> None:
    """What no longer takes place: it was neither held nor missed. Who presides learns that, and no more."""
    ended = MOVES[begun.key].closes
    clocking.end_clocks(begun.case, ended, begun.today, state=DeadlineState.SUPERSEDED)
    slots = Hearing.objects.filter(case=begun.case, closed_at__isnull=True, vacated_at__isnull=True)
    slots.update(vacated_at=begun.at, vacated_why=_("The matter went to the board without a hearing."))


def accept(begun: moving.Begun, order: Order) -> Settlement:
    """Make the terms of the signed settlement the sanctions of the order that accepts it, in the act of that order.

    Whatever was drafted before is dropped: the board accepts what both sides signed, or rejects it.
    """
    row = Settlement.objects.get(case=begun.case, state=OfferState.SIGNED)
    order.sanctions.all().delete()
    Sanction.objects.bulk_create(
        Sanction(
            board_id=order.board_id,
            order=order,
            number=term.number,
            code=term.code,
            terms=term.terms,
            days=term.days,
            amount_cents=term.amount_cents,
            is_stayed=term.is_stayed or term.code.startswith("STAYED_"),
            is_term=rules.is_term(term.code, term.terms),
            due_on=term.due_on,
        )
        for term in row.terms.all()
    )
    Settlement.objects.filter(pk=row.pk).update(state=OfferState.ACCEPTED)
    return row


@transaction.atomic
def reject_settlement(
    case_id: UUID, *, actor: Actor, at: datetime, reasons: str, seen: int | None = None
) -> Settlement:
    """T24. Reject the settlement on the board's vote: the case goes back to where it can go on without one.

    Before charges that is probable cause review; else service of the charges, the answer (with its whole time anew)
    or the time before the hearing. Refused without reasons. Ledger: hearing.settlement_rejected.
    """
    begun = moving.begin(case_id, "reject_settlement", actor=actor, at=at, seen=seen)
    moving.refuse_if([] if reasons.strip() else [_("Give the board's reasons.")])
    row = Settlement.objects.get(case=begun.case, state=OfferState.SIGNED)
    target = _goes_back_to(begun, row)
    answers_anew = target is Status.ANSWER_DUE and Period.ANSWER not in begun.facts.waivers
    Settlement.objects.filter(pk=row.pk).update(state=OfferState.REJECTED)
    vote = closing.use_vote(begun, VoteKind.ORDER, Question.REJECT_SETTLEMENT, passed=True)
    entry = moving.finish_move(
        begun,
        target=target,
        fields={"stipulated_at": None},
        facts={
            "number": row.number,
            "vote": str(vote.pk) if vote else None,
            **told({DeadlineKind.ANSWER: Turn.OPENED if answers_anew else None}),
        },
        private={"reasons": reasons},
    )
    merge: dict[str, Any] = {"reasons": reasons, "goes_to": str(target)}
    if answers_anew:
        label = _("the rejection of the settlement")
        clock = clocking.open_clock(begun.case, DeadlineKind.ANSWER, begun.today, anchor=entry.id, start_label=label)
        clocking.refresh_next_due(begun.case)
        merge["answer_due_on"] = clock.due_on
    letters.to_respondent(begun.case, "settlement_rejected", merge, actor=actor, at=at)
    row.refresh_from_db()
    return row


def _goes_back_to(begun: moving.Begun, row: Settlement) -> Status:
    if row.from_status == Status.PROBABLE_CAUSE_REVIEW:
        return Status.PROBABLE_CAUSE_REVIEW
    charges = ChargingDocument.objects.filter(case=begun.case, issued_at__isnull=False).order_by("id").last()
    if charges is None or charges.hearing_requested_on:
        return Status.PREHEARING
    return Status.ANSWER_DUE if charges.served_on else Status.CHARGES_FILED
