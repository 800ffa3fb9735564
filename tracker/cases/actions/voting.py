"""Votes of a meeting, and delegated approvals under the approver's own sign-in."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from boards import queries as board_queries
from tracker.access import bars, holding
from tracker.access.models import Assignment, Membership, User
from tracker.access.policy import Capacity, Role
from tracker.audit.actors import Actor
from tracker.cases import casepaths, decisions, facts, votes, workflow
from tracker.cases.actions import clocking, moving
from tracker.cases.kinds import Choice, VoteKind
from tracker.cases.models import Ballot, Case, Vote
from tracker.cases.pathkinds import BeforeBoard
from tracker.cases.queries import tookpart
from tracker.cases.states import INTAKE_CLOSURES, REVIEW_CLOSURES, Status

# Emergency action and orders are for all members serving; the panel decides the rest.
WHOLE_BOARD = (VoteKind.ORDER, VoteKind.EMERGENCY)


@transaction.atomic
def record_vote(
    case_id: UUID,
    *,
    actor: Actor,
    at: datetime,
    kind: str,
    decision: str = "",
    held_on: date,
    ballots: Mapping[str, str],
    seen: int | None = None,
) -> Vote:
    """Record a meeting's ballots together: `ballots` maps each named member's e-mail to yes, no, abstain or recused.

    The panel votes on probable cause and closures (the whole board where it is the deciding body), the board on
    orders. Refused when somebody is named who does not belong to the body or may not be counted, or for a meeting in
    the future. A vote without quorum or majority is recorded and carries nothing. Ledger: case.vote_recorded.
    """
    begun = moving.begin(case_id, "record_vote", actor=actor, at=at, seen=seen)
    moving.refuse_if(_question_faults(begun, kind, decision, held_on))
    on_proposal = begun.facts.before_board == BeforeBoard.PROPOSAL
    body = deciding_body(begun.case, VoteKind(kind), begun.facts.pc_body, held_on, on_proposal=on_proposal)
    cast = _counted(body, ballots)
    result = _tally(begun, body, cast, kind=kind, held_on=held_on)
    vote = Vote.objects.create(
        board_id=begun.case.board_id,
        case=begun.case,
        kind=kind,
        decision=decision,
        held_on=held_on,
        passed=result.passed,
        explanation=" ".join([result.sentence, *result.reasons]),
        recorded_at=at,
    )
    for one in cast:
        _ballot(begun, vote, UUID(one.voter), role=Role.BOARD_MEMBER, choice=one.choice)
    moving.finish_act(begun, "case.vote_recorded", facts=_told(vote, result, cast))
    return vote


def _counted(body: votes.Body, ballots: Mapping[str, str]) -> list[votes.BallotFacts]:
    """The ballots of a meeting. Refused where somebody is named who does not vote here."""
    people = {user.email: user for user in User.objects.filter(email__in=[e.strip().lower() for e in ballots])}
    cast = _cast(ballots, people)
    moving.refuse_if(_ballot_faults(ballots, people) + votes.faults(cast, body))
    return cast


def _tally(
    begun: moving.Begun, body: votes.Body, cast: list[votes.BallotFacts], *, kind: str, held_on: date
) -> votes.Tally:
    """The count by the board's rules on the day of the meeting; a panel needs its majority, whatever the quorum."""
    rules = board_queries.rules_in_force(begun.case.board, held_on)
    whole_board = kind in WHOLE_BOARD or begun.facts.pc_body == "board"
    fixed = rules["quorum"].value if whole_board else "majority_serving"
    return votes.tally(cast, body, quorum=fixed, vote_rule=rules["vote_rule"].value)


def _told(vote: Vote, result: votes.Tally, cast: list[votes.BallotFacts]) -> dict[str, Any]:
    return {
        "vote": str(vote.pk),
        "kind": vote.kind,
        "decision": vote.decision,
        "held_on": vote.held_on.isoformat(),
        "yes": result.yes,
        "no": result.no,
        "present": result.present,
        "quorum": result.quorum,
        "passed": result.passed,
        "voters": {one.voter: one.choice for one in cast},
    }


def deciding_body(case: Case, kind: VoteKind, pc_body: str, on: date, *, on_proposal: bool = False) -> votes.Body:
    """Who decides: the panel assigned to the case, or all members serving; and why some may not be counted.

    Who took part in a docket about the same facts is barred as who took part in this one. With `on_proposal` so is, of
    a case that the board heard itself, who did not hear the evidence (Cal. Gov. Code 11517(b)(2)).
    """
    serving = Membership.objects.filter(board_id=case.board_id, role=Role.BOARD_MEMBER, valid_from__lte=on)
    members = {str(m.user_id) for m in serving if m.valid_until is None or m.valid_until >= on}
    panel = Assignment.objects.filter(case=case, capacity=Capacity.PANEL, ended_at__isnull=True)
    by_panel = kind not in WHOLE_BOARD and pc_body != "board"
    body = {str(user) for user in panel.values_list("user_id", flat=True)} if by_panel else members
    barred = tookpart.barred(case, kind, pc_body=pc_body)
    why_not = {str(user): why for user, why in barred.items()}
    heard = {str(user) for user in casepaths.who_heard(case)} if on_proposal and kind == VoteKind.ORDER else set()
    absent = dict.fromkeys(body - heard, _("did not hear the evidence")) if heard else {}
    return votes.Body(frozenset(body), absent | why_not)


def _question_faults(begun: moving.Begun, kind: str, decision: str, held_on: date) -> list[str]:
    faults = []
    if held_on > begun.today:
        faults.append(_("The meeting cannot be in the future."))
    if held_on < clocking.local_date(begun.case, begun.case.status_since):
        faults.append(_("The meeting cannot be before the case came up for this decision."))
    known = begun.facts
    allowed = decisions.questions(kind, known.status, known.before_board, emergency=bool(known.emergency))
    if kind == VoteKind.PROBABLE_CAUSE and decision:
        faults.append(_("A vote on probable cause says yes or no. Leave the decision empty, or ask something else."))
    elif not allowed and kind in VoteKind.values:
        faults.append(_("This vote does not belong to where the case stands."))
    elif allowed and decision not in allowed:
        faults.append(_("Choose a decision that the board can vote on here."))
    if kind not in VoteKind.values:
        faults.append(_("Choose what was voted on."))
    return faults + (_late_faults(begun, decision, held_on) if kind == VoteKind.ORDER else [])


def _late_faults(begun: moving.Begun, decision: str, held_on: date) -> list[str]:
    """Why a meeting after the board's time decides nothing new on a proposal (Gov. Code 11517(c)(2))."""
    due = begun.facts.board_action_due_on
    if due is None or held_on <= due or begun.facts.before_board != BeforeBoard.PROPOSAL:
        return []
    if not workflow.decide("deem_adopted", begun.facts):
        return [_("The board's time was over on that day: by law the proposal is adopted. Record that.")]
    votes_in_time = (v for v in facts.open_questions(begun.case) if v.passed and v.held_on <= due)
    in_time = {vote.decision for vote in votes_in_time if vote.kind == VoteKind.ORDER}
    if begun.facts.deemed_adopted and in_time and decision not in in_time:
        return [_("The board's time was over on that day: it can vote again only on what it decided in time.")]
    return []


def _cast(ballots: Mapping[str, str], people: Mapping[str, User]) -> list[votes.BallotFacts]:
    found = ((people.get(email.strip().lower()), choice) for email, choice in ballots.items())
    return [votes.BallotFacts(str(user.pk), user.full_name, choice) for user, choice in found if user]


def unknown_faults(emails: Iterable[str], known: Collection[str]) -> list[str]:
    """A sentence for each e-mail address that nobody has; `known` are those that were found, in lower case."""
    return [_("Nobody has the e-mail address %(e)s.") % {"e": e} for e in emails if e.strip().lower() not in known]


def _ballot_faults(ballots: Mapping[str, str], people: Mapping[str, User]) -> list[str]:
    faults = unknown_faults(ballots, people)
    faults += [_("A ballot is yes, no, abstain or recused.") for c in ballots.values() if c not in Choice.values][:1]
    return faults


def _ballot(begun: moving.Begun, vote: Vote, voter: UUID, *, role: str, choice: str, reasons: str = "") -> Ballot:
    return Ballot.objects.create(
        board_id=begun.case.board_id,
        vote=vote,
        voter_id=voter,
        role=role,
        choice=choice,
        reasons=reasons,
        cast_at=begun.at,
        recorded_by_id=begun.user_id,
    )


@transaction.atomic
def approve_closure(
    case_id: UUID,
    *,
    actor: Actor,
    at: datetime,
    disposition: str,
    agrees: bool = True,
    reasons: str = "",
    seen: int | None = None,
) -> Ballot:
    """Give (or refuse) a delegated approval to close with a disposition, under one's own sign-in.

    Refused at boards that decide closures by vote, and for a person whose role the board's policy does not name or who
    answered already, or for whom somebody did as deputy. Who is recused does not see the case.
    Ledger: case.closure_approved.
    """
    begun = moving.begin(case_id, "approve_closure", actor=actor, at=at, seen=seen)
    allowed = INTAKE_CLOSURES if begun.facts.status is Status.INTAKE_REVIEW else REVIEW_CLOSURES
    moving.refuse_if([] if disposition in allowed else [_("Choose a disposition that can end the case here.")])
    role = _approving_role(begun)
    vote = _open_approval(begun, disposition)
    faults = [] if role else [_("The board's policy does not name your role for this approval.")]
    moving.refuse_if(faults + _answered_faults(begun, vote, role))
    choice = Choice.YES if agrees else Choice.NO
    ballot = _ballot(begun, vote, actor.user_id, role=role, choice=choice, reasons=reasons)  # type: ignore[arg-type]
    moving.finish_act(
        begun,
        "case.closure_approved",
        facts={"vote": str(vote.pk), "disposition": disposition, "choice": str(choice), "role": role},
        private={"reasons": reasons},
    )
    return ballot


def _answered_faults(begun: moving.Begun, vote: Vote, role: str) -> list[str]:
    """Who acts for somebody, and who acted for somebody when the ballot was cast, is one person with them."""
    board_id = begun.case.board_id
    mine = holding.behind(begun.user_id, board_id, [role], at=begun.at)
    for ballot in vote.ballots.all():
        if not mine.isdisjoint(holding.behind(ballot.voter_id, board_id, [ballot.role], at=ballot.cast_at)):
            return [_("You answered this question already.")]
    return []


def _approving_role(begun: moving.Begun) -> str:
    """The first of the policy's roles that is the person's own, else the first that is lent.

    A role is not lent on a case where the deputy has or had a place that does not go with it, as at the gate.
    """
    rows = holding.held_roles(begun.user_id, begun.at.date(), begun.case.board_id)
    held = [h for h in rows if not h.absent or not bars.clashes(begun.user_id, h.role, begun.case.pk)]
    own, lent = ({h.role for h in held if bool(h.absent) is is_lent} for is_lent in (False, True))
    return next((role for roles in (own, lent) for role in begun.facts.closure_policy.roles if role in roles), "")


def _open_approval(begun: moving.Begun, disposition: str) -> Vote:
    wanted = (VoteKind.CLOSURE, disposition, None)
    found = next((v for v in facts.open_questions(begun.case) if (v.kind, v.decision, v.passed) == wanted), None)
    return found or Vote.objects.create(
        board_id=begun.case.board_id,
        case=begun.case,
        kind=VoteKind.CLOSURE,
        decision=disposition,
        held_on=begun.today,
        recorded_at=begun.at,
    )
