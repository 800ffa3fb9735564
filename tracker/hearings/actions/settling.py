"""Settlement: what both sides signed, and what the board makes of it (T14, T24)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from boards import queries as board_queries
from tracker.audit.actors import Actor
from tracker.cases import copying
from tracker.cases.actions import clocking, closing, letters, moving, papers
from tracker.cases.clocks import DeadlineKind, Turn, told
from tracker.cases.decisions import Question
from tracker.cases.kinds import DeadlineState, DocumentKind, Period, VoteKind
from tracker.cases.models import CaseDocument, ChargingDocument
from tracker.cases.pathkinds import OfferState
from tracker.cases.states import BEFORE_CHARGES, Status
from tracker.cases.workflow import MOVES
from tracker.hearings import rules
from tracker.hearings.actions import agenda, negotiating
from tracker.hearings.models import Hearing, Order, Sanction, Settlement, SettlementTerm
from tracker.hearings.signing import INFORMAL_PAPERS, Signing

# Where a case goes on after a rejection as if nothing had been signed.
_STANDS = (Status.PROBABLE_CAUSE_REVIEW, Status.HEARING_HELD, Status.PROPOSED_DECISION)


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

    `deviation` says why the terms lie below the board's guideline. A hearing that is set falls away. Refused
    before charges where the board's rule knows no such settlement, without the stipulation's words, and for a
    signature in the future or before the offer. The respondent gets a letter, and so does a complainant who was told
    of the hearing. Ledger: hearing.settlement_signed.
    """
    begun = moving.begin(case_id, "sign_settlement", actor=actor, at=at, seen=seen)
    row = negotiating.open_offer(begun.case)
    assert row is not None  # noqa: S101 - the guard asks for an open offer
    signing = Signing(respondent_signed_on, counsel_signed_on, text, deviation)
    moving.refuse_if(signing.faults(today=begun.today, offered_on=row.offered_on))
    paper = _freeze(begun, row, signing)
    _keep(begun, row, signing, paper)
    off = _clear_the_calendar(begun)
    moving.finish_move(
        begun,
        fields={"stipulated_at": at},
        facts={
            "number": row.number,
            "respondent_signed_on": respondent_signed_on.isoformat(),
            "counsel_signed_on": counsel_signed_on.isoformat(),
            "digest": paper.digest,
        },
        private={"terms": paper.text, "deviation": deviation},
    )
    agenda.tell_settlement(begun)
    if off:
        _tell_witness(begun, off)
    row.refresh_from_db()
    return row


def _freeze(begun: moving.Begun, row: Settlement, signing: Signing) -> CaseDocument:
    """The stipulation; before charges under the board's own name for it, with the allegations that it rests on."""
    title, allegations = "", []
    if begun.facts.status in BEFORE_CHARGES:
        rule = board_queries.rule_in_force(begun.case.board, "informal_paper", begun.today)
        title = str(INFORMAL_PAPERS[rule.value])
        claims = begun.case.allegations.select_related("ground").order_by("number")
        allegations = [f"{claim.key}: {claim.ground.label}" for claim in claims]
    words = signing.words(negotiating.lines(row), allegations=allegations)
    return papers.freeze(begun, DocumentKind.STIPULATION, words, title=title, dated_on=signing.last_on)


def _keep(begun: moving.Begun, row: Settlement, signing: Signing, paper: CaseDocument) -> None:
    Settlement.objects.filter(pk=row.pk).update(
        state=OfferState.SIGNED,
        respondent_signed_on=signing.respondent_on,
        counsel_signed_on=signing.counsel_on,
        deviation=signing.deviation,
        from_status=begun.case.status,
        paper=paper,
    )


def _clear_the_calendar(begun: moving.Begun) -> Hearing | None:
    """What no longer takes place: it was neither held nor missed. Who presides learns that, and no more.

    A hearing that was opened stays until the board accepts: where it rejects the settlement, it goes on from there.
    Returns the hearing that was set.
    """
    ended = MOVES[begun.key].closes
    clocking.end_clocks(begun.case, ended, begun.today, state=DeadlineState.SUPERSEDED)
    slots = Hearing.objects.filter(case=begun.case, opened_at__isnull=True)
    waiting = slots.filter(vacated_at__isnull=True).first()
    _vacate(begun, slots)
    return waiting


def _tell_witness(begun: moving.Begun, off: Hearing) -> None:
    """The complainant had notice of the hearing, so that nobody travels to it in vain; the talks are not told."""
    merge = {"hearing_at": off.starts_at, "respondent_name": letters.respondent_name(begun.case)}
    letters.to_complainant(begun.case, "hearing_vacated", merge, actor=begun.actor, at=begun.at)


def _vacate(begun: moving.Begun, slots: QuerySet[Hearing]) -> None:
    slots = slots.filter(closed_at__isnull=True, vacated_at__isnull=True)
    slots.update(vacated_at=begun.at, vacated_why=_("The matter went to the board without a hearing."))


def accept(begun: moving.Begun, order: Order) -> Settlement:
    """Make the terms of the signed settlement the sanctions of the order that accepts it, in the act of that order.

    Whatever was drafted before is dropped: the board accepts what both sides signed, or rejects it.
    """
    row = Settlement.objects.get(case=begun.case, state=OfferState.SIGNED)
    order.sanctions.all().delete()
    Sanction.objects.bulk_create(_sanction(order, term) for term in row.terms.all())
    Settlement.objects.filter(pk=row.pk).update(state=OfferState.ACCEPTED)
    _vacate(begun, Hearing.objects.filter(case=begun.case))
    return row


def _sanction(order: Order, term: SettlementTerm) -> Sanction:
    imposed = Sanction(order=order, **copying.values(term, but=("settlement",)))
    # Some sanctions are stayed by what they are, whether the offer says so or not.
    imposed.is_stayed = term.is_stayed or term.code.startswith("STAYED_")
    imposed.is_term = rules.is_term(term.code, term.terms)
    return imposed


@transaction.atomic
def reject_settlement(
    case_id: UUID, *, actor: Actor, at: datetime, reasons: str, seen: int | None = None
) -> Settlement:
    """T24. Reject the settlement on the board's vote: the case goes back to where it can go on without one.

    Before charges that is probable cause review; else service of the charges, the answer or the time before the
    hearing. A hearing that was held counts: it goes on with its record or its proposal. What the parties and the
    presiding officer do next has its whole time anew, and so has the board's action on a proposal: by the stipulation
    both sides put the matter before it meanwhile. Refused without reasons. Ledger: hearing.settlement_rejected.
    """
    begun = moving.begin(case_id, "reject_settlement", actor=actor, at=at, seen=seen)
    moving.refuse_if([] if reasons.strip() else [_("Give the board's reasons.")])
    row = Settlement.objects.get(case=begun.case, state=OfferState.SIGNED)
    target = _goes_back_to(begun, row)
    anew = _anew(begun, target)
    Settlement.objects.filter(pk=row.pk).update(state=OfferState.REJECTED)
    vote = closing.use_vote(begun, VoteKind.ORDER, Question.REJECT_SETTLEMENT, passed=True)
    entry = moving.finish_move(
        begun,
        target=target,
        fields={"stipulated_at": None},
        facts={
            "number": row.number,
            "vote": str(vote.pk) if vote else None,
            **told(dict.fromkeys(anew, Turn.OPENED)),
        },
        private={"reasons": reasons},
    )
    # Who reads the clock may not know that there was a settlement.
    label = _("the day on which the case went on")
    for kind in anew:
        clocking.open_clock(begun.case, kind, begun.today, anchor=entry.id, start_label=label)
    clocking.refresh_next_due(begun.case)
    letters.to_respondent(begun.case, "settlement_rejected", _merge(begun, target, anew, reasons), actor=actor, at=at)
    row.refresh_from_db()
    return row


def _merge(begun: moving.Begun, target: Status, anew: Sequence[DeadlineKind], reasons: str) -> dict[str, Any]:
    merge: dict[str, Any] = {"reasons": reasons, "goes_to": str(target)}
    for kind in {DeadlineKind.ANSWER, DeadlineKind.EXCEPTIONS} & set(anew):
        clock = clocking.running(begun.case, kind)
        if clock:
            merge["reply_by"] = clock.due_on
    return merge


def _anew(begun: moving.Begun, target: Status) -> list[DeadlineKind]:
    """The clocks that run again after a rejection; a period that was waived needs none."""
    waived = begun.facts.waivers
    if target is Status.ANSWER_DUE:
        return [] if Period.ANSWER in waived else [DeadlineKind.ANSWER]
    if target is Status.HEARING_HELD:
        held = Hearing.objects.filter(case=begun.case, opened_at__isnull=False).order_by("-opened_at").first()
        return [DeadlineKind.PROPOSED_DECISION] if held and held.closed_at else []
    if target is Status.PROPOSED_DECISION:
        return [*([] if Period.EXCEPTIONS in waived else [DeadlineKind.EXCEPTIONS]), DeadlineKind.BOARD_ACTION]
    return []


def _goes_back_to(begun: moving.Begun, row: Settlement) -> Status:
    if row.from_status in _STANDS:
        return Status(row.from_status)
    charges = ChargingDocument.objects.filter(case=begun.case, issued_at__isnull=False).order_by("id").last()
    if charges is None or charges.hearing_requested_on:
        return Status.PREHEARING
    return Status.ANSWER_DUE if charges.served_on else Status.CHARGES_FILED
