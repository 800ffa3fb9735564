"""Closing a case, at intake, at probable cause review or after an order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tracker.access import gate, holding
from tracker.access.policy import POLICY
from tracker.audit.actors import Actor
from tracker.cases import facts as case_facts
from tracker.cases import workflow
from tracker.cases.actions import letters, linking, moving, papers
from tracker.cases.kinds import Choice, DocumentKind, VoteKind
from tracker.cases.models import Case, Disposition, Vote
from tracker.cases.pathkinds import LinkKind
from tracker.cases.states import DISPOSITIONS, REVIEW_CLOSURES, Status

# The papers by which the licensee learns of a case; a notice of complaint may have been withheld.
TOLD_BY = (
    DocumentKind.NOTICE_OF_COMPLAINT,
    DocumentKind.CHARGES,
    DocumentKind.STIPULATION,
    DocumentKind.PETITION,
    DocumentKind.EMERGENCY_FINDING,
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

    Refused without approvals or vote, on one's own approval alone, without a reason, or where the code cannot end a
    case here. Letters go to complainant and respondent. Ledger: case.closed_without_discipline.
    """
    begun = moving.begin(case_id, "close_without_discipline", actor=actor, at=at, seen=seen)
    close(begun, closure, allowed=REVIEW_CLOSURES)
    return begun.case


def close(begun: moving.Begun, closure: Closure, *, allowed: Sequence[str]) -> None:
    """What every closing does: decide, freeze the memo, date the disposition, move, write to both sides.

    Where one approval carries it, it is that of another person than the one who closes.
    """
    closure = _tidy(closure)
    moving.refuse_if([*_faults(begun, closure, allowed), *_alone(begun, closure.disposition)])
    papers.freeze(begun, DocumentKind.CLOSING_MEMO, closure.reason)
    by_vote = begun.facts.closure_policy.by == "vote"
    vote = use_vote(begun, VoteKind.CLOSURE, closure.disposition, passed=by_vote or None)
    facts: dict[str, str] = {"vote": str(vote.pk)} if vote else {}
    settle(
        begun,
        closure.disposition,
        reason=closure.reason,
        referred_to=closure.referred_to,
        other_docket=closure.other_docket,
        facts={**facts, **({"other_docket": closure.other_docket} if closure.other_docket else {})},
    )
    write(begun, closure)


def _tidy(closure: Closure) -> Closure:
    """What belongs to another disposition is dropped: a form sends every field."""
    return replace(
        closure,
        referred_to=closure.referred_to.strip() if closure.disposition == "REFERRED" else "",
        other_docket=closure.other_docket.strip().upper() if closure.disposition == "DUPLICATE" else "",
    )


def _alone(begun: moving.Begun, code: str) -> list[str]:
    """Why whoever closes may not rest on the approval: it is their own, or one acted for the other."""
    policy = begun.facts.closure_policy
    if policy.by != "approval" or policy.count != 1:
        return []
    asked = (v for v in case_facts.open_questions(begun.case) if (v.kind, v.decision) == (VoteKind.CLOSURE, code))
    given = [b for v in asked if v.passed is None for b in v.ballots.all() if b.choice == Choice.YES]
    board_id, roles = begun.case.board_id, {str(grant.who) for grant in POLICY[workflow.step(begun.key).needs]}
    closing = holding.behind(begun.user_id, board_id, roles, at=begun.at)
    others = (holding.behind(b.voter_id, board_id, [b.role], at=b.cast_at) for b in given)
    if not given or any(closing.isdisjoint(other) for other in others):
        return []
    return [_("The approval must come from another person than the one who closes.")]


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
    if code == "DUPLICATE":
        linking.merge(begun, other_docket)
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
    if is_known(begun.case):
        letters.to_respondent(begun.case, "closing", merge, actor=begun.actor, at=begun.at)


def is_known(case: Case) -> bool:
    """Whether the licensee was told of the case."""
    return case.documents.filter(kind__in=TOLD_BY).exists()


def use_vote(begun: moving.Begun, kind: VoteKind, decision: str, *, passed: bool | None) -> Vote | None:
    """Spend the vote a step rests on (`passed` None: gathered approvals), so that it carries no other step.

    What else was voted or approved on the case before is about a past question from now on: the case moves.
    """
    found = [
        v for v in case_facts.open_questions(begun.case) if (v.kind, v.decision, v.passed) == (kind, decision, passed)
    ]
    if not found:
        return None
    Vote.objects.filter(pk=found[-1].pk).update(used_at=begun.at, passed=True)
    return found[-1]


def _faults(begun: moving.Begun, closure: Closure, allowed: Sequence[str]) -> list[str]:
    code = closure.disposition
    if code not in allowed:
        return [_("This disposition cannot end a case here: %(code)s.") % {"code": code}]
    faults = list(begun.facts.closures.get(code, ()))
    if not closure.reason.strip():
        faults.append(_("Give the reason in words that both sides can read."))
    if code == "REFERRED" and not closure.referred_to:
        faults.append(_("Say where the matter was referred."))
    if code == "DUPLICATE":
        faults += _duplicate_faults(begun, closure.other_docket)
    return faults


def _duplicate_faults(begun: moving.Begun, docket: str) -> list[str]:
    case = begun.case
    if not docket:
        return [_("Name the docket that this case repeats.")]
    if docket == case.docket:
        return [_("A case cannot be a duplicate of itself.")]
    other = Case.objects.filter(board_id=case.board_id, docket=docket).first()
    # A sealed docket is to be found out by nobody who does not see it.
    if other is None or (other.sealed_at and not gate.sees(begun.actor, other, at=begun.at)):
        return [_("This board has no docket %(docket)s.") % {"docket": docket}]
    if other.links.filter(other=case, kind=LinkKind.DUPLICATE, ended_at__isnull=True).exists():
        return [_("That docket is itself merged into this one.")]
    return []
