"""Which acts would open the moves that are shut where a case stands: what a diligent office would do next."""

from collections.abc import Iterator
from typing import Any

from tests.walk.goals import VOTES
from tests.walk.moment import Turn
from tracker.access.models import Assignment, ConflictDeclaration
from tracker.access.policy import Capacity
from tracker.cases import decisions, orderguards
from tracker.cases.decisions import Question
from tracker.cases.kinds import Period, VoteKind
from tracker.cases.models import Case
from tracker.cases.pathkinds import BeforeBoard
from tracker.cases.states import STATUSES_OF, Stage, Status

PANEL = 3
# What only the presiding officer of the case does, and what nobody can do while the record of the hearing is closed.
BY_WHO_PRESIDES = ("mark_hearing_exhibit", "rule_on_exhibit")
INTO_THE_RECORD = ("mark_hearing_exhibit", "offer_exhibit", "rule_on_exhibit")


def lacking(turn: Turn) -> frozenset[str]:
    """Keys of acts. That one is named here says nothing of whether it is open."""
    return frozenset(_everywhere(turn)) | frozenset(_here(turn))


def _everywhere(turn: Turn) -> Iterator[str]:
    facts = turn.facts
    answered = ConflictDeclaration.objects.filter(case=turn.case).values("user_id")
    if Assignment.objects.filter(case=turn.case, ended_at=None).exclude(user__in=answered).exists():
        yield "declare_conflict"
    if facts.npdb_report_missing or facts.emergency_report_missing:
        yield "record_npdb_report"
    voted = any(vote.startswith("emergency:") for vote in facts.votes)
    if turn.aim == "take_emergency_action" and facts.emergency_by_vote and not voted:
        yield "record_vote"


def _here(turn: Turn) -> Iterator[str]:
    facts, status = turn.facts, turn.facts.status
    if wanted_place(turn):
        yield "assign"
    if status is Status.INTAKE_REVIEW:
        yield from ("verify_priority",) if not facts.priority_verified else ()
    if turn.aim in ("close_at_intake", "close_without_discipline"):
        yield "record_vote" if facts.closure_policy.by == "vote" else "approve_closure"
    if status is Status.INVESTIGATING and any(not row.has_finding for row in facts.allegations):
        yield "record_finding"
    if status is Status.PROBABLE_CAUSE_REVIEW:
        needs_vote = VoteKind.PROBABLE_CAUSE not in facts.votes and not wanted_place(turn)
        yield from ("record_vote",) if needs_vote and facts.pc_body != "staff" else ()
        yield from ("draft_count",) if not facts.counts else ()
    waits = status is Status.PROPOSED_DECISION or turn.aim in ("enter_default", "close_case")
    if waits and running_periods(turn) and turn.dice.random() < 0.3:
        yield "file_waiver"
    if status is Status.HEARING_HELD and facts.record_closed and turn.goal.step in INTO_THE_RECORD:
        yield "reopen_record"
    if status is Status.HEARING_HELD and any(not row.proposed for row in facts.counts):
        yield "propose_finding"
    if status is Status.HEARING_HELD and turn.goal.step == "deem_adopted" and not facts.drafted_sanctions:
        yield "draft_sanction"
    if status is Status.BOARD_REVIEW:
        yield from _before_the_board(turn)
    if status is Status.RECONSIDERATION and not _voted(turn, Question.RECONSIDER, Question.DENY_RECONSIDERATION):
        yield "record_vote"
    if status is Status.COMPLIANCE and any(not row.is_met for row in facts.terms):
        yield "satisfy_term"


def _before_the_board(turn: Turn) -> Iterator[str]:
    facts = turn.facts
    if turn.aim == "deem_adopted":
        return
    # What is written after the vote needs another one, so the vote comes last.
    first = list(_unwritten(turn)) if facts.before_board != BeforeBoard.SETTLEMENT else []
    yield from first
    if not first and not _voted(turn, *decisions.DECISIONS.get(facts.before_board, ())):
        yield "record_vote"
    if orderguards.CHANGES_EXPLAINED.check(facts):
        yield "record_change"


def _unwritten(turn: Turn) -> Iterator[str]:
    facts = turn.facts
    if any(not row.by_board for row in facts.counts):
        yield "record_board_finding"
    if not facts.drafted_sanctions and not orderguards.SANCTIONS_OPEN.check(facts):
        yield "draft_sanction"


def _voted(turn: Turn, *words: str) -> bool:
    """Whether a vote is there that the aim can rest on, else one of those that end the matter."""
    voted = {vote.split(":", 1)[1] for vote in turn.facts.votes if vote.startswith("order:")}
    return bool(voted & ({VOTES[turn.aim]} if turn.aim in VOTES else set(words)))


def wanted_place(turn: Turn) -> Capacity | None:
    """The place on the case that the next moves need and nobody has."""
    facts, status = turn.facts, turn.facts.status
    has = facts.capacities
    if status is Status.INTAKE_REVIEW and Capacity.INVESTIGATOR not in has:
        return Capacity.INVESTIGATOR
    at_panel = status is Status.PROBABLE_CAUSE_REVIEW and facts.pc_body != "staff"
    if at_panel and len(turn.placed(Capacity.PANEL)) < PANEL:
        return Capacity.PANEL
    is_asked = status in (Status.PREHEARING, Status.CONTINUED) or turn.aim in BY_WHO_PRESIDES
    if is_asked and status in STATUSES_OF[Stage.HEARING] and Capacity.PRESIDING not in has:
        return Capacity.PRESIDING
    if status is Status.ORDER_ISSUED and Capacity.MONITOR not in has:
        return Capacity.MONITOR
    return None


def unanswered(case: Case) -> set[Any]:
    """Who has a place on the case and has not answered the conflict check."""
    placed = Assignment.objects.filter(case=case, ended_at__isnull=True).values_list("user_id", flat=True)
    answered = ConflictDeclaration.objects.filter(case=case).values_list("user_id", flat=True)
    return set(placed) - set(answered)


def running_periods(turn: Turn) -> list[Period]:
    """The periods of the parties that run now and are not waived."""
    facts = turn.facts
    due = {
        Period.ANSWER: facts.answer_due_on,
        Period.EXCEPTIONS: facts.exceptions_due_on,
        Period.RECONSIDERATION: facts.reconsideration_due_on,
        Period.APPEAL: facts.appeal_due_on,
    }
    return [period for period, day in due.items() if day and day >= facts.today and period not in facts.waivers]
