"""Closing a case, at intake, at probable cause review or after an order, and reopening it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tracker.audit.actors import Actor
from tracker.cases.actions import letters, moving, papers
from tracker.cases.kinds import DocumentKind, VoteKind
from tracker.cases.models import Case, Disposition, Vote
from tracker.cases.states import DISPOSITIONS, REVIEW_CLOSURES, STAGE_OF, Stage, Status

REOPENS_TO = (
    Status.INTAKE_REVIEW,
    Status.ASSIGNED,
    Status.INVESTIGATING,
    Status.REPORT_SUBMITTED,
    Status.PROBABLE_CAUSE_REVIEW,
    Status.PREHEARING,
)


@dataclass(frozen=True)
class Closure:
    """What a closing needs: the code, the reason, and where it was sent or which docket it repeats."""

    disposition: str
    reason: str
    referred_to: str = ""
    other_docket: str = ""
    avenues: Sequence[str] = ()


@transaction.atomic
def close_without_discipline(
    case_id: UUID, *, actor: Actor, at: datetime, closure: Closure, seen: int | None = None
) -> Case:
    """T12. Close at probable cause review once the board's approval policy is met for that disposition.

    Refused without approvals or vote, without a reason, or where the code cannot end a case here. Letters go to
    complainant and respondent. Ledger: case.closed_without_discipline.
    """
    begun = moving.begin(case_id, "close_without_discipline", actor=actor, at=at, seen=seen)
    close(begun, closure, allowed=REVIEW_CLOSURES)
    return begun.case


def close(begun: moving.Begun, closure: Closure, *, allowed: Sequence[str]) -> None:
    """What every closing does: decide, freeze the memo, date the disposition, move, write to both sides."""
    moving.refuse_if(_faults(begun, closure, allowed))
    papers.freeze(begun, DocumentKind.CLOSING_MEMO, closure.reason)
    use_vote(begun, VoteKind.CLOSURE, closure.disposition)
    settle(
        begun,
        closure.disposition,
        reason=closure.reason,
        referred_to=closure.referred_to,
        other_docket=closure.other_docket,
        facts={"other_docket": closure.other_docket} if closure.other_docket else {},
    )
    write(begun, closure)


def settle(
    begun: moving.Begun,
    code: str,
    *,
    reason: str,
    referred_to: str = "",
    other_docket: str = "",
    facts: Mapping[str, Any] | None = None,
) -> None:
    """Date the disposition and move the case to closed."""
    Disposition.objects.create(
        board_id=begun.case.board_id,
        case=begun.case,
        code=code,
        reason=reason,
        referred_to=referred_to,
        other_docket=other_docket,
        starts_at=begun.at,
    )
    moving.finish_move(
        begun,
        target=Status.CLOSED,
        fields={"disposition": code, "closed_at": begun.at},
        facts={"disposition": code, **(facts or {})},
        private=_private(begun.key, reason, referred_to),
    )


def _private(key: str, reason: str, referred_to: str) -> dict[str, str]:
    return {"note": reason} if key == "close_case" else {"reason": reason, "referred_to": referred_to}


def write(begun: moving.Begun, closure: Closure) -> None:
    """The closing letters, to the complainant and, once the licensee knew of the case, to the respondent."""
    merge = {
        "outcome": str(DISPOSITIONS[closure.disposition].label),
        "reason": closure.reason,
        "closed_on": begun.today,
        "avenues": list(closure.avenues),
    }
    named = {**merge, "respondent_name": letters.respondent_name(begun.case)}
    letters.to_complainant(begun.case, "closing", named, actor=begun.actor, at=begun.at)
    if begun.case.documents.filter(kind=DocumentKind.NOTICE_OF_COMPLAINT).exists():
        letters.to_respondent(begun.case, "closing", merge, actor=begun.actor, at=begun.at)


def use_vote(begun: moving.Begun, kind: VoteKind, decision: str) -> Vote | None:
    """Spend the vote or the gathered approvals that a step rests on, so that they carry no other step."""
    rows = Vote.objects.filter(case=begun.case, kind=kind, decision=decision, used_at__isnull=True)
    vote = rows.exclude(passed=False).order_by("recorded_at").last()
    if vote:
        Vote.objects.filter(pk=vote.pk).update(used_at=begun.at)
    return vote


def _faults(begun: moving.Begun, closure: Closure, allowed: Sequence[str]) -> list[str]:
    code = closure.disposition
    if code not in allowed:
        return [_("This disposition cannot end a case here: %(code)s.") % {"code": code}]
    faults = list(begun.facts.closures.get(code, ()))
    if not closure.reason.strip():
        faults.append(_("Give the reason in words that both sides can read."))
    if code == "REFERRED" and not closure.referred_to.strip():
        faults.append(_("Say where the matter was referred."))
    if code == "DUPLICATE":
        faults += _duplicate_faults(begun.case, closure.other_docket)
    return faults


def _duplicate_faults(case: Case, docket: str) -> list[str]:
    if not docket.strip():
        return [_("Name the docket that this case repeats.")]
    if docket.strip() == case.docket:
        return [_("A case cannot be a duplicate of itself.")]
    if not Case.objects.filter(board_id=case.board_id, docket=docket.strip()).exists():
        return [_("This board has no docket %(docket)s.") % {"docket": docket.strip()}]
    return []


@transaction.atomic
def reopen(case_id: UUID, *, actor: Actor, at: datetime, to: str, reason: str, seen: int | None = None) -> Case:
    """T30. Reopen a closed case to a status, by the executive director, with a reason and a memo.

    The disposition ends and stays as a dated row. Refused without a reason, and for a hearing status where no charges
    were ever issued. Ledger: case.reopened.
    """
    begun = moving.begin(case_id, "reopen", actor=actor, at=at, seen=seen)
    faults = [] if to in REOPENS_TO else [_("Choose the status at which the case goes on.")]
    faults += [] if reason.strip() else [_("Give the reason for reopening.")]
    if not faults and STAGE_OF[Status(to)] == Stage.HEARING and not begun.facts.has_issued_charges:
        faults.append(_("No charges were issued in this case, so it cannot go on at the hearing stage."))
    moving.refuse_if(faults)
    papers.freeze(begun, DocumentKind.REOPENING_MEMO, reason)
    Disposition.objects.filter(case=begun.case, ends_at__isnull=True).update(ends_at=at)
    moving.finish_move(
        begun,
        target=Status(to),
        fields={"disposition": None, "closed_at": None},
        facts={"ended": begun.case.disposition},
        private={"reason": reason},
    )
    return begun.case
