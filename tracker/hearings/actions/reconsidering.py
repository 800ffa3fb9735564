"""A party asks the board to look at its order again (T25)."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tracker.audit.actors import Actor
from tracker.cases import waivers
from tracker.cases.actions import clocking, closing, letters, moving, papers
from tracker.cases.casefacts import CaseFacts
from tracker.cases.clocks import DeadlineKind
from tracker.cases.decisions import Question
from tracker.cases.kinds import DocumentKind, Period, VoteKind
from tracker.cases.models import Case
from tracker.cases.pathkinds import Side
from tracker.cases.states import Status
from tracker.hearings.actions import ordering
from tracker.hearings.models import Order, Reconsideration

BY_VOTE, BY_TIME = "by_vote", "by_time"


@transaction.atomic
def take_up_reconsideration(
    case_id: UUID,
    *,
    actor: Actor,
    at: datetime,
    side: str,
    grounds: str,
    filed_on: date,
    seen: int | None = None,
) -> Reconsideration:
    """T25. Take up a party's petition that the board look at its order again. Its time to decide runs from that day.

    The day of filing decides whether it is in time, not that of recording. Refused for one filed late, without
    grounds, without the party, for a party that waived it, and for a day in the future or before the order. Ledger:
    hearing.reconsideration_asked.
    """
    begun = moving.begin(case_id, "take_up_reconsideration", actor=actor, at=at, seen=seen, filed_on=filed_on)
    order = ordering.earlier_order(begun)
    assert order is not None and order.issued_at is not None  # noqa: S101, PT018 - the case is decided
    faults = [] if side in Side.values else [_("Say who asks.")]
    faults += [] if grounds.strip() else [_("Write the grounds of the petition.")]
    if waivers.PARTY.get(side) in begun.facts.waived_by.get(Period.RECONSIDERATION, ()):
        faults.append(_("This side waived the time for reconsideration."))
    faults += [_("The petition cannot come in the future.")] if filed_on > begun.today else []
    if filed_on < clocking.local_date(begun.case, order.issued_at):
        faults.append(_("The petition cannot come before the order."))
    moving.refuse_if(faults)
    row = Reconsideration.objects.create(
        board_id=begun.case.board_id,
        case=begun.case,
        order=order,
        side=side,
        filed_on=filed_on,
        from_status=begun.case.status,
    )
    paper = papers.freeze(begun, DocumentKind.RECONSIDERATION_PETITION, grounds, dated_on=filed_on)
    clocking.end_clocks(begun.case, [DeadlineKind.RECONSIDERATION], filed_on)
    entry = moving.finish_move(
        begun,
        facts={"side": side, "filed_on": filed_on.isoformat(), "order": str(order.pk), "digest": paper.digest},
        private={"grounds": grounds},
        skip_clocks=(DeadlineKind.RECONSIDERATION_DECISION,),
    )
    clocking.open_clock(begun.case, DeadlineKind.RECONSIDERATION_DECISION, filed_on, anchor=entry.id)
    clocking.refresh_next_due(begun.case)
    return row


@transaction.atomic
def deny_reconsideration(
    case_id: UUID, *, actor: Actor, at: datetime, reasons: str = "", seen: int | None = None
) -> Reconsideration:
    """T25. Record that the order stands: by the board's vote, or by time where its rule says that silence denies.

    The case goes back to where it stood, and the time for judicial review runs anew: from the vote's record, or from
    the day on which the law denied it, whenever somebody or the daily job records that (Gov. Code 11521, 11523). A
    vote needs its reasons. Ledger: hearing.reconsideration_denied.
    """
    begun = moving.begin(case_id, "deny_reconsideration", actor=actor, at=at, seen=seen)
    by_time = _denied_by_time(begun.facts)
    moving.refuse_if([] if by_time or reasons.strip() else [_("Give the board's reasons.")])
    row = Reconsideration.objects.get(case=begun.case, decided_on__isnull=True)
    denied_on = (begun.facts.reconsideration_decision_due_on if by_time else None) or begun.today
    silence = _("The board did not decide by %(due)s, so the petition is denied by law.") % {
        "due": denied_on.isoformat()
    }
    words = "\n\n".join(part for part in [silence if by_time else "", reasons.strip()] if part)
    paper = papers.freeze(begun, DocumentKind.RECONSIDERATION_RULING, words)
    _decide(row, denied_on, granted=False, by_time=by_time)
    vote = None if by_time else closing.use_vote(begun, VoteKind.ORDER, Question.DENY_RECONSIDERATION, passed=True)
    entry = moving.finish_move(
        begun,
        target=Status(row.from_status),
        facts={
            "why": BY_TIME if by_time else BY_VOTE,
            "denied_on": denied_on.isoformat(),
            "vote": str(vote.pk) if vote else None,
            "digest": paper.digest,
        },
        private={"reasons": words},
        skip_clocks=(DeadlineKind.APPEAL,),
    )
    merge = {"reasons": words, "appeal_by": _appeal_anew(begun, denied_on, entry.id) or ""}
    letters.to_respondent(begun.case, "reconsideration_denied", merge, actor=actor, at=at)
    row.refresh_from_db()
    return row


def _denied_by_time(facts: CaseFacts) -> bool:
    """Whether the law denied it: no meeting did in time."""
    if f"order:{Question.DENY_RECONSIDERATION}" not in facts.votes:
        return True
    due = facts.reconsideration_decision_due_on
    return bool(facts.silence_denies and due and facts.voted_on and facts.voted_on > due)


@transaction.atomic
def grant_reconsideration(case_id: UUID, *, actor: Actor, at: datetime, reasons: str, seen: int | None = None) -> Case:
    """T25. Take the order up again on the board's vote: it is affirmed, amended or sent back for hearing next.

    The order stays in force until then. Refused without reasons, and once silence has denied the petition by law.
    Ledger: hearing.reconsideration_granted.
    """
    begun = moving.begin(case_id, "grant_reconsideration", actor=actor, at=at, seen=seen)
    moving.refuse_if([] if reasons.strip() else [_("Give the board's reasons.")])
    row = Reconsideration.objects.get(case=begun.case, decided_on__isnull=True)
    paper = papers.freeze(begun, DocumentKind.RECONSIDERATION_RULING, reasons)
    _decide(row, begun.today, granted=True)
    Order.objects.filter(pk=row.order_id).update(reconsidered_at=at)
    vote = closing.use_vote(begun, VoteKind.ORDER, Question.RECONSIDER, passed=True)
    moving.finish_move(
        begun,
        facts={"order": str(row.order_id), "vote": str(vote.pk) if vote else None, "digest": paper.digest},
        private={"reasons": reasons},
    )
    letters.to_respondent(begun.case, "reconsideration_granted", {"reasons": reasons}, actor=actor, at=at)
    named = {"respondent_name": letters.respondent_name(begun.case)}
    letters.to_complainant(begun.case, "reconsideration_granted", named, actor=actor, at=at)
    return begun.case


def _appeal_anew(begun: moving.Begun, on: date, anchor: UUID) -> date | None:
    """Let the time for judicial review run anew from the denial; its last day, or None where it was waived."""
    label = _("the denial of reconsideration")
    moving.start_clock(begun, DeadlineKind.APPEAL, on, anchor=anchor, start_label=label)
    clocking.refresh_next_due(begun.case)
    appeal = clocking.running(begun.case, DeadlineKind.APPEAL)
    return appeal.due_on if appeal else None


def _decide(row: Reconsideration, on: date, *, granted: bool, by_time: bool = False) -> None:
    Reconsideration.objects.filter(pk=row.pk).update(decided_on=on, granted=granted, by_time=by_time)
