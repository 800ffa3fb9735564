"""Emergency action: taken before a hearing on a written finding of immediate danger, served, heard, ended, merged."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from boards import queries as board_queries
from tracker.audit.actors import Actor
from tracker.cases import facts as case_facts
from tracker.cases.actions import clocking, closing, letters, moving, papers
from tracker.cases.clocks import DeadlineKind, Turn, told
from tracker.cases.decisions import Question
from tracker.cases.guards import short
from tracker.cases.kinds import DeadlineState, DocumentKind, ServiceMethod, VoteKind
from tracker.cases.models import Case, Vote
from tracker.cases.pathkinds import EmergencyEnd, EmergencyHearing
from tracker.cases.states import DISPOSITIONS, EMERGENCY_ACTIONS
from tracker.hearings import rules
from tracker.hearings.models import EmergencyAction, Order

# What the respondent agrees to needs neither vote nor hearing.
AGREED = "INTERIM_AGREEMENT"
_OWN_CLOCKS = (DeadlineKind.EMERGENCY_NOTICE, DeadlineKind.EMERGENCY_HEARING, DeadlineKind.EMERGENCY_EXPIRY)


@transaction.atomic
def take_emergency_action(
    case_id: UUID,
    *,
    actor: Actor,
    at: datetime,
    code: str,
    finding: str,
    effective_on: date,
    seen: int | None = None,
) -> EmergencyAction:
    """Suspend or restrict before a hearing, or record the respondent's signed agreement to refrain from practice.

    `finding` is the written finding of immediate danger (of an agreement its signed words), `effective_on` the
    board's date. Whether the board must have voted for it or the director acts by delegation is the board's rule.
    Refused for an unknown code, without the finding, for a day in the past and without that vote. Ledger:
    hearing.emergency_taken.
    """
    begun = moving.begin(case_id, "take_emergency_action", actor=actor, at=at, seen=seen)
    moving.refuse_if(_taking_faults(begun, code, finding, effective_on))
    paper = papers.freeze(begun, DocumentKind.EMERGENCY_FINDING, finding, title=str(DISPOSITIONS[code].label))
    expires_on = _expiry(begun, effective_on)
    action = EmergencyAction.objects.create(
        board_id=begun.case.board_id,
        case=begun.case,
        code=code,
        finding=paper,
        vote=_vote(begun, code),
        taken_by_id=begun.user_id,
        taken_at=at,
        effective_on=effective_on,
        expires_on=expires_on,
    )
    clocking.end_clocks(begun.case, [DeadlineKind.EMERGENCY_ACTION], begun.today)
    facts = {
        "action": code,
        "emergency": str(action.pk),
        "effective_on": effective_on.isoformat(),
        "expires_on": expires_on.isoformat() if expires_on else None,
        "vote": str(action.vote_id) if action.vote_id else None,
        "digest": paper.digest,
        **told(_turned(begun, action)),
    }
    entry = moving.finish_act(begun, "hearing.emergency_taken", facts=facts, private={"findings": finding})
    _start_clocks(begun, action, entry.id)
    _write(begun, action)
    return action


def _taking_faults(begun: moving.Begun, code: str, finding: str, effective_on: date) -> list[str]:
    if code not in EMERGENCY_ACTIONS:
        return [_("Choose the emergency action.")]
    faults = [] if finding.strip() else [_("Write the finding of immediate danger.")]
    if effective_on < begun.today:
        faults.append(_("An emergency action cannot take effect in the past."))
    if _needs_vote(begun, code) and f"emergency:{code}" not in begun.facts.votes:
        faults.append(_("The board has not voted for this emergency action."))
    return faults


def _needs_vote(begun: moving.Begun, code: str) -> bool:
    return begun.facts.emergency_by_vote and code != AGREED


def _vote(begun: moving.Begun, code: str) -> Vote | None:
    if not _needs_vote(begun, code):
        return None
    return closing.use_vote(begun, VoteKind.EMERGENCY, code, passed=True)


def _expiry(begun: moving.Begun, effective_on: date) -> date | None:
    """The last day in force. A right that is lost by time does not wait for the office to open."""
    days = board_queries.rule_in_force(begun.case.board, "summary_expires_days", begun.today).value
    return effective_on + timedelta(days=days) if days else None


def _turned(begun: moving.Begun, action: EmergencyAction) -> dict[DeadlineKind, str | date | None]:
    """The clocks that the action starts, with the day on which it ends by itself."""
    reportable = rules.is_reportable([action.code], from_formal_proceeding=True)
    reports = reportable and not clocking.running(begun.case, DeadlineKind.NPDB_REPORT)
    own = None if action.code == AGREED else Turn.OPENED
    return {
        DeadlineKind.EMERGENCY_NOTICE: own,
        DeadlineKind.EMERGENCY_HEARING: own,
        DeadlineKind.EMERGENCY_EXPIRY: action.expires_on,
        DeadlineKind.NPDB_REPORT: Turn.OPENED if reports else None,
    }


def _start_clocks(begun: moving.Begun, action: EmergencyAction, anchor: UUID) -> None:
    case, today = begun.case, begun.today
    for kind, turn in _turned(begun, action).items():
        if turn == Turn.OPENED:
            clocking.open_clock(case, kind, today, anchor=anchor)
    if action.expires_on:
        why = clocking.set_by_step(_("By the board's rule it ends by itself"), action.expires_on)
        clocking.open_dated(
            case, DeadlineKind.EMERGENCY_EXPIRY, action.expires_on, starts_on=today, anchor=anchor, why=why
        )
    clocking.refresh_next_due(case)


def _write(begun: moving.Begun, action: EmergencyAction) -> None:
    hearing = clocking.running(begun.case, DeadlineKind.EMERGENCY_HEARING)
    merge = {
        "action": str(DISPOSITIONS[action.code].label),
        "finding": action.finding.text,
        "effective_on": action.effective_on,
        "hearing_by": hearing.due_on if hearing and action.code != AGREED else "",
        "expires_on": action.expires_on or "",
        "agreed": action.code == AGREED,
    }
    letters.to_respondent(begun.case, "emergency_action", merge, actor=begun.actor, at=begun.at)


@transaction.atomic
def serve_emergency_action(
    case_id: UUID, *, actor: Actor, at: datetime, served_on: date, method: str, proof: str, seen: int | None = None
) -> EmergencyAction:
    """Record that the emergency action was served, which ends the clock of its notice.

    Refused without the proof's words, for an unknown method, and for a day in the future or before the action.
    Ledger: hearing.emergency_served.
    """
    begun = moving.begin(case_id, "serve_emergency_action", actor=actor, at=at, seen=seen)
    action = _in_force(begun.case)
    faults = [] if method in ServiceMethod.values else [_("Choose how it was served.")]
    faults += [] if proof.strip() else [_("Write the proof of service.")]
    moving.refuse_if(faults + _day_faults(begun, action, served_on))
    paper = papers.freeze(begun, DocumentKind.EMERGENCY_SERVICE, proof, service_method=method, dated_on=served_on)
    EmergencyAction.objects.filter(pk=action.pk).update(served_on=served_on)
    clocking.end_clocks(begun.case, [DeadlineKind.EMERGENCY_NOTICE], served_on)
    facts = {"served_on": served_on.isoformat(), "method": method, "emergency": str(action.pk), "digest": paper.digest}
    moving.finish_act(begun, "hearing.emergency_served", facts=facts, private={"proof": proof})
    action.refresh_from_db()
    return action


@transaction.atomic
def hear_emergency_action(
    case_id: UUID, *, actor: Actor, at: datetime, heard_on: date, outcome: str, note: str, seen: int | None = None
) -> EmergencyAction:
    """Record the hearing on the emergency action: it goes on, goes on changed, or is taken back.

    `note` says what was decided and why. Refused without it, for an unknown outcome, and for a day in the future or
    before the action. Ledger: hearing.emergency_heard.
    """
    begun = moving.begin(case_id, "hear_emergency_action", actor=actor, at=at, seen=seen)
    action = _in_force(begun.case)
    faults = [] if outcome in EmergencyHearing.values else [_("Choose what the hearing led to.")]
    faults += [] if note.strip() else [_("Write what was decided, and why.")]
    moving.refuse_if(faults + _day_faults(begun, action, heard_on))
    title = f"{DocumentKind.EMERGENCY_HEARING.label}: {EmergencyHearing(outcome).label}"
    paper = papers.freeze(begun, DocumentKind.EMERGENCY_HEARING, note, title=title, dated_on=heard_on)
    EmergencyAction.objects.filter(pk=action.pk).update(heard_on=heard_on)
    clocking.end_clocks(begun.case, [DeadlineKind.EMERGENCY_HEARING], heard_on)
    if outcome == EmergencyHearing.VACATE:
        _end(begun, action, EmergencyEnd.VACATED)
    facts = {"outcome": outcome, "heard_on": heard_on.isoformat(), "emergency": str(action.pk)}
    moving.finish_act(begun, "hearing.emergency_heard", facts={**facts, "digest": paper.digest}, private={"note": note})
    action.refresh_from_db()
    _tell_outcome(begun, action, outcome, on=heard_on, reason=note)
    return action


@transaction.atomic
def end_emergency_action(
    case_id: UUID, *, actor: Actor, at: datetime, end: str, reason: str, seen: int | None = None
) -> EmergencyAction:
    """End the emergency action: taken back by the board, or its time is over (which the daily job may record).

    What the board took by vote it takes back by vote; after its hearing, `hear_emergency_action` records what was
    ruled. Refused without that vote, without a reason, for another ending, and as expired before its last day is over.
    Ledger: hearing.emergency_ended.
    """
    begun = moving.begin(case_id, "end_emergency_action", actor=actor, at=at, seen=seen)
    action = _in_force(begun.case)
    faults = [] if reason.strip() else [_("Give the reason.")]
    if end not in (EmergencyEnd.EXPIRED, EmergencyEnd.VACATED):
        faults.append(_("Say whether it was taken back or its time is over."))
    if end == EmergencyEnd.EXPIRED:
        faults += _expiry_faults(begun, action)
    by_vote = end == EmergencyEnd.VACATED and action.vote_id is not None
    if by_vote and not _voted_back(begun, action):
        faults.append(_("The board voted for this emergency action, and has not voted to take it back."))
    moving.refuse_if(faults)
    vote = closing.use_vote(begun, VoteKind.EMERGENCY, Question.END_EMERGENCY, passed=True) if by_vote else None
    paper = papers.freeze(begun, DocumentKind.EMERGENCY_END, reason)
    _end(begun, action, EmergencyEnd(end))
    facts = {"end": end, "emergency": str(action.pk), "digest": paper.digest}
    facts |= {"vote": str(vote.pk)} if vote else {}
    moving.finish_act(begun, "hearing.emergency_ended", facts=facts, private={"reason": reason})
    action.refresh_from_db()
    last_on = action.expires_on if end == EmergencyEnd.EXPIRED else None
    _tell_outcome(begun, action, end, on=last_on or begun.today, reason=reason)
    return action


def _voted_back(begun: moving.Begun, action: EmergencyAction) -> bool:
    """Whether the board voted to take back this action, and not one before it."""
    if f"{VoteKind.EMERGENCY}:{Question.END_EMERGENCY}" not in begun.facts.votes:
        return False
    asked = (VoteKind.EMERGENCY, Question.END_EMERGENCY)
    rows = (vote for vote in case_facts.open_questions(begun.case) if (vote.kind, vote.decision) == asked)
    return any(vote.passed and vote.recorded_at >= action.taken_at for vote in rows)


def _tell_outcome(begun: moving.Begun, action: EmergencyAction, outcome: str, *, on: date, reason: str) -> None:
    """The letter to the respondent: what its hearing led to or how it ended, and the last day of what goes on."""
    merge = {
        "action": str(DISPOSITIONS[action.code].label),
        "outcome": outcome,
        "decided_on": on,
        "reason": reason,
        "last_on": (action.expires_on or "") if action.ended_at is None else "",
    }
    letters.to_respondent(begun.case, "emergency_outcome", merge, actor=begun.actor, at=begun.at)


def _expiry_faults(begun: moving.Begun, action: EmergencyAction) -> list[str]:
    if action.expires_on is None:
        return [_("By the rule of this board it stays in force until it is ended.")]
    if begun.today <= action.expires_on:
        return [_("It is in force until %(day)s.") % {"day": short(action.expires_on)}]
    return []


def merge(begun: moving.Begun, order: Order) -> Mapping[str, Any]:
    """Let an emergency action in force end in the board's order. Facts for the order's ledger entry; none without one.

    A part of issuing an order: the caller's transaction and entry.
    """
    action = EmergencyAction.objects.filter(case=begun.case, ended_at__isnull=True).first()
    if action is None:
        return {}
    _end(begun, action, EmergencyEnd.MERGED, order)
    return {"merged_emergency": str(action.pk)}


def _end(begun: moving.Begun, action: EmergencyAction, end: EmergencyEnd, order: Order | None = None) -> None:
    EmergencyAction.objects.filter(pk=action.pk).update(ended_at=begun.at, end=end, merged_into=order)
    if end == EmergencyEnd.EXPIRED:
        clocking.end_clocks(begun.case, [DeadlineKind.EMERGENCY_EXPIRY], begun.today)
    clocking.end_clocks(begun.case, _OWN_CLOCKS, begun.today, state=DeadlineState.SUPERSEDED)


def _in_force(case: Case) -> EmergencyAction:
    return EmergencyAction.objects.get(case=case, ended_at__isnull=True)


def _day_faults(begun: moving.Begun, action: EmergencyAction, day: date) -> list[str]:
    faults = [_("The day cannot be in the future.")] if day > begun.today else []
    if day < clocking.local_date(begun.case, action.taken_at):
        faults.append(_("The day cannot be before the emergency action was taken."))
    return faults
