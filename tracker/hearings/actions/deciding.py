"""The board's order, on its vote or by time alone (T23)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tracker.audit.actors import Actor
from tracker.cases.actions import closing, moving
from tracker.cases.decisions import Decision
from tracker.cases.kinds import DocumentKind, VoteKind
from tracker.hearings import orderrules
from tracker.hearings.actions import ordering, proposing, settling
from tracker.hearings.actions.ordering import Making
from tracker.hearings.models import Order


@transaction.atomic
def issue_order(
    case_id: UUID,
    *,
    actor: Actor,
    at: datetime,
    decision: str,
    text: str,
    reasons: str = "",
    outcome: str = "",
    seen: int | None = None,
) -> Order:
    """T23. Issue the order that the board voted for, on what it has before it.

    A proposal is adopted, modified (each change is on record with its reasons and is printed) or rejected (the board
    found on every count itself). A settlement brings its own sanctions. By default every count on which the board
    found nothing counts as admitted. An order taken up again is affirmed with its sanctions as they stand, or
    amended; the earlier one stays in the history. `outcome` is the disposition of a decided petition.

    Refused without a vote for that very decision, for a decision that does not fit what is before the board, without
    words or, where the board departs from what it had, without reasons, and where sanctions and findings do not fit.
    Ledger: hearing.order_issued.
    """
    begun = moving.begin(case_id, "issue_order", actor=actor, at=at, seen=seen)
    moving.refuse_if(orderrules.order_faults(begun.facts, decision, text=text, reasons=reasons, outcome=outcome))
    earlier = ordering.earlier_order(begun)
    outcome = orderrules.outcome_of(begun.case.kind, decision, outcome)
    if decision == Decision.AFFIRM and earlier:
        outcome = earlier.outcome
    making = Making(Decision(decision), text, reasons, outcome, earlier)
    order = ordering.drafted(begun)
    if making.decision == Decision.ACCEPT_SETTLEMENT:
        settling.accept(begun, order)
    elif making.is_affirmed and making.earlier:
        ordering.copy_sanctions(order, making.earlier)
    ordering.settle_findings(begun, making.decision)
    vote = closing.use_vote(begun, VoteKind.ORDER, decision, passed=True)
    return ordering.issue(begun, order, making, vote)


@transaction.atomic
def deem_adopted(case_id: UUID, *, actor: Actor, at: datetime, seen: int | None = None) -> Order:
    """T23. Record that the proposed decision is the board's order because its time to act is over (Gov 11517(c)(2)).

    The proposal's findings, words and sanctions become the order, without a vote; what was drafted or recorded since
    without one falls away. Refused where the board's rule does not say so, before that day is over, where the board
    voted in time, and where the proposed sanctions do not fit the proposed findings. The daily job may do it. Ledger:
    hearing.deemed_adopted.
    """
    begun = moving.begin(case_id, "deem_adopted", actor=actor, at=at, seen=seen)
    proposal = begun.case.documents.filter(kind=DocumentKind.PROPOSED_DECISION).order_by("version").last()
    assert proposal is not None  # noqa: S101 - the guard asks for a proposal
    making = Making(Decision.DEEMED, proposal.text, earlier=ordering.earlier_order(begun))
    order = ordering.drafted(begun)
    proposing.restore(order)
    ordering.settle_findings(begun, making.decision)
    return ordering.issue(begun, order, making, None)
