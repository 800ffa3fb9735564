"""Settlement talks: offers from either side, each answering the one before.

Talks stay between the parties: what is offered stands in the private parts of the ledger only.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from tracker.audit.actors import Actor
from tracker.cases.actions import moving, papers
from tracker.cases.kinds import DocumentKind
from tracker.cases.models import Case
from tracker.cases.pathkinds import OfferState, Side
from tracker.cases.states import SANCTIONS
from tracker.hearings import rules
from tracker.hearings.models import Settlement, SettlementTerm


@dataclass(frozen=True)
class TermData:
    """One sanction that an offer names. `days` calendar days, `amount_cents` US cents, `due_on` the board's date."""

    code: str
    days: int | None = None
    amount_cents: int | None = None
    terms: str = ""
    is_stayed: bool = False
    due_on: date | None = None


@transaction.atomic
def offer_settlement(
    case_id: UUID,
    *,
    actor: Actor,
    at: datetime,
    side: str,
    text: str,
    terms: Sequence[TermData],
    offered_on: date,
    seen: int | None = None,
) -> Settlement:
    """Record an offer by the board's counsel or the respondent. An open offer of either side is answered by it.

    Refused before charges where the board's rule knows no such settlement, without words or terms, for a term that
    lacks what its kind needs or is due in the past, and for a day in the future or before the offer that it answers.
    Ledger: hearing.settlement_offered.
    """
    begun = moving.begin(case_id, "offer_settlement", actor=actor, at=at, seen=seen)
    before = open_offer(begun.case)
    faults = [] if side in Side.values else [_("Say which side made the offer.")]
    faults += [] if text.strip() else [_("Write what is offered.")]
    faults += _term_faults(terms, begun.today)
    if offered_on > begun.today:
        faults.append(_("The offer cannot be in the future."))
    if before and offered_on < before.offered_on:
        faults.append(_("The offer cannot be older than the one that it answers."))
    moving.refuse_if(faults)
    if before:
        Settlement.objects.filter(pk=before.pk).update(state=OfferState.COUNTERED)
    row = _write_offer(begun, side=side, text=text, terms=terms, offered_on=offered_on)
    words = "\n\n".join([text.strip(), *lines(row)])
    paper = papers.freeze(begun, DocumentKind.SETTLEMENT_OFFER, words, dated_on=offered_on)
    moving.finish_act(
        begun,
        "hearing.settlement_offered",
        facts={"number": row.number, "side": side, "offered_on": offered_on.isoformat(), "digest": paper.digest},
        private={"terms": words},
    )
    return row


def _write_offer(
    begun: moving.Begun, *, side: str, text: str, terms: Sequence[TermData], offered_on: date
) -> Settlement:
    last = Settlement.objects.filter(case=begun.case).aggregate(last=Max("number"))["last"] or 0
    row = Settlement.objects.create(
        board_id=begun.case.board_id,
        case=begun.case,
        number=last + 1,
        side=side,
        text=text,
        offered_on=offered_on,
        offered_at=begun.at,
    )
    SettlementTerm.objects.bulk_create(
        SettlementTerm(board_id=row.board_id, settlement=row, number=number, **asdict(term))
        for number, term in enumerate(terms, start=1)
    )
    return row


def _term_faults(terms: Sequence[TermData], today: date) -> list[str]:
    if not terms:
        return [_("Name at least one term: what the order will impose.")]
    faults: list[str] = []
    for number, term in enumerate(terms, start=1):
        if term.code not in SANCTIONS:
            found = [_("Choose the sanction.")]
        else:
            found = rules.sanction_faults(
                term.code,
                days=term.days,
                amount_cents=term.amount_cents,
                terms=term.terms,
                is_stayed=term.is_stayed,
            )
        if term.due_on and term.due_on < today:
            found.append(_("A term cannot be due in the past."))
        faults += [_("Term %(n)d: %(fault)s") % {"n": number, "fault": fault} for fault in found]
    return faults


def open_offer(case: Case) -> Settlement | None:
    """The offer that waits for an answer."""
    return Settlement.objects.filter(case=case, state=OfferState.OPEN).first()


def lines(row: Settlement) -> list[str]:
    """The terms of an offer, one line each."""
    return [_line(term) for term in row.terms.all()]


def _line(term: SettlementTerm) -> str:
    line = rules.describe(term.code, days=term.days, amount_cents=term.amount_cents, terms=term.terms)
    # The labels of what is always stayed say so themselves.
    stayed = term.is_stayed and not term.code.startswith("STAYED_")
    return _("%(term)s (stayed)") % {"term": line} if stayed else line


@transaction.atomic
def end_settlement_talks(
    case_id: UUID, *, actor: Actor, at: datetime, reason: str, seen: int | None = None
) -> Settlement:
    """Record that the open offer was refused or taken back, and why. Ledger: hearing.settlement_talks_ended."""
    begun = moving.begin(case_id, "end_settlement_talks", actor=actor, at=at, seen=seen)
    moving.refuse_if([] if reason.strip() else [_("Say how the talks ended.")])
    row = open_offer(begun.case)
    assert row is not None  # noqa: S101 - the guard asks for an open offer
    Settlement.objects.filter(pk=row.pk).update(state=OfferState.ENDED)
    moving.finish_act(begun, "hearing.settlement_talks_ended", facts={"number": row.number}, private={"reason": reason})
    row.refresh_from_db()
    return row
