"""Gathering what decisions need to know about a case, from all rooms, through reverse accessors."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from boards import queries as board_queries
from boards import rules as board_rules
from boards.models import Board
from boards.rules import RuleValue
from tracker.access.models import Assignment, ConflictDeclaration
from tracker.access.policy import Role
from tracker.cases import casepaths, votes
from tracker.cases.casefacts import AllegationFacts, CaseFacts, CountFacts, ExhibitFacts
from tracker.cases.clocks import PAUSED, DeadlineKind
from tracker.cases.decisions import ON_THE_DRAFT, Decision
from tracker.cases.kinds import DeadlineState, DocumentKind, FindingBy, VoteKind
from tracker.cases.models import Allegation, Case, CaseDocument, ChargingDocument, Count, Deadline, Finding, Vote
from tracker.cases.pathkinds import BeforeBoard
from tracker.cases.states import (
    BEFORE_CHARGES,
    DISPOSITIONS,
    INTAKE_CLOSURES,
    REVIEW_CLOSURES,
    Priority,
    Stage,
    Status,
)

# Where nothing more is taken into the record of a closed hearing; nor is it while its proposal is before the board.
_AFTER_HEARING = (Status.HEARING_HELD, Status.PROPOSED_DECISION)
CLOSURES_AT = {Status.INTAKE_REVIEW: INTAKE_CLOSURES, Status.PROBABLE_CAUSE_REVIEW: REVIEW_CLOSURES}
NO_VOTE = _("No vote decided to close: %(closure)s.")
NO_WITHDRAWAL = _("At this board a withdrawal does not end the case.")
NO_WITHDRAWAL_PAPER = _("No withdrawal by the complainant is on file.")


def gather(case: Case, *, at: datetime, rules: Mapping[str, RuleValue] | None = None) -> CaseFacts:
    """The facts of a case at a moment. A fixed number of queries, however much the case holds.

    `rules` are those in force at the board on that day, where they are at hand.
    """
    today = board_queries.local_day(case.board, at)
    rules = board_queries.rules_in_force(case.board, today) if rules is None else rules
    due = _due_dates(case)
    documents = list(CaseDocument.objects.filter(case=case).defer("text"))
    since = begun_anew(case, documents)
    fresh = [paper for paper in documents if since is None or paper.filed_at >= since]
    charges = list(ChargingDocument.objects.filter(case=case).order_by("id"))
    questions = open_questions(case)
    drafted, order = casepaths.orders(case)
    paths = casepaths.gather(
        case, rules=rules, charges=charges, order=order, due=due, documents=documents, today=today, since=since
    )
    voted = _voted(questions, paths.pop("draft_changed_at", None))
    policy = votes.closure_policy(case.status, rules)
    return CaseFacts(
        today=today,
        stage=Stage(case.stage),
        status=Status(case.status),
        priority=Priority(case.priority) if case.priority else None,
        priority_verified=case.priority_verified_by_id is not None,
        information_received=_has(documents, DocumentKind.INFORMATION_RECEIVED, since=case.status_since),
        allegations=_allegations(case),
        exhibits=_exhibits(case),
        counts=_counts(case, _in_force(case, charges), today, since),
        has_issued_charges=any(row.issued_at for row in charges),
        pc_body=str(rules["pc_body"].value),
        **voted,
        closure_policy=policy,
        closures=_closures(case, rules, fresh, questions, policy=policy, passed=voted["votes"]),
        **_people(case),
        **_hearing(case, paths["before_board"]),
        **_due_facts(due),
        **casepaths.of_order(drafted, order),
        **paths,
    )


def _people(case: Case) -> dict[str, Any]:
    """Who has a place, and how they answered the conflict check."""
    assignments = list(Assignment.objects.filter(case=case, ended_at__isnull=True))
    clear, conflict, recused = _conflicts(case, assignments)
    return {
        "capacities": frozenset(row.capacity for row in assignments),
        "clear_of_conflict": clear,
        "in_conflict": conflict,
        "somebody_recused": recused,
    }


def _due_facts(due: Mapping[str, date]) -> dict[str, Any]:
    return {
        "emergency_due_on": due.get(DeadlineKind.EMERGENCY_ACTION),
        "information_due_on": due.get(DeadlineKind.INFORMATION),
        "response_due_on": due.get(DeadlineKind.RESPONSE),
        "exceptions_due_on": due.get(DeadlineKind.EXCEPTIONS),
        "reconsideration_due_on": due.get(DeadlineKind.RECONSIDERATION),
        "appeal_due_on": due.get(DeadlineKind.APPEAL),
        "contact_due_on": due.get(DeadlineKind.FIRST_CONTACT),
    }


def begun_anew(case: Case, documents: Iterable[CaseDocument] | None = None) -> datetime | None:
    """When the case was last reopened or sent back for hearing. What was found and waived before that is spent.

    `documents` are those of the case, where they are at hand.
    """
    ended = case.dispositions.filter(ends_at__isnull=False).order_by("-ends_at").first()
    remands = case.documents.filter(kind=DocumentKind.REMAND) if documents is None else documents
    moments = [paper.filed_at for paper in remands if paper.kind == DocumentKind.REMAND]
    return max([*moments, *([ended.ends_at] if ended and ended.ends_at else [])], default=None)


def before_board(case: Case) -> str:
    """What the board has before it now, a `BeforeBoard`; empty where nothing is."""
    if case.status != Status.BOARD_REVIEW:
        return ""
    rows: Any = case
    issued = ChargingDocument.objects.filter(case=case, issued_at__isnull=False).order_by("id").last()
    offers, (_drafted, order) = list(rows.settlements.all()), casepaths.orders(case)
    papers = list(CaseDocument.objects.filter(case=case).defer("text"))
    since = begun_anew(case, papers)
    return casepaths.before_board(case, issued=issued, offers=offers, order=order, documents=papers, since=since)


def open_questions(case: Case) -> list[Vote]:
    """Votes and gathering approvals that no step rested on, since the case came to where it stands; oldest first.

    What was decided before the case went back for more is about an older file and carries nothing.
    """
    rows = Vote.objects.filter(case=case, used_at__isnull=True, recorded_at__gte=case.status_since)
    return list(rows.order_by("recorded_at", "id").prefetch_related("ballots"))


def limitation(board: Board, conduct: Iterable[Allegation], today: date) -> RuleValue:
    """The limitation for a count resting on these allegations: that in force when their conduct ended (substance)."""
    day = _conduct_ended(conduct) or today
    return board_queries.rule_on_days(board, "limitation_years", [day])[day]


def _conduct_ended(conduct: Iterable[Allegation]) -> date | None:
    return max((day for row in conduct if (day := row.occurred_to or row.occurred_from)), default=None)


def _has(documents: list[CaseDocument], kind: str, *, since: datetime) -> bool:
    return any(paper.kind == kind and paper.filed_at >= since for paper in documents)


def _conflicts(case: Case, assignments: list[Assignment]) -> tuple[frozenset[str], frozenset[str], bool]:
    answers: dict[Any, bool] = {}
    for row in ConflictDeclaration.objects.filter(case=case).order_by("declared_at", "id"):
        answers[row.user_id] = row.has_conflict
    clear = frozenset(row.capacity for row in assignments if answers.get(row.user_id) is False)
    conflict = frozenset(row.capacity for row in assignments if answers.get(row.user_id))
    return clear - conflict, conflict, any(answers.values())


def _due_dates(case: Case) -> dict[str, date]:
    rows = Deadline.objects.filter(case=case, state__in=(DeadlineState.RUNNING, DeadlineState.TOLLED))
    return {
        kind: PAUSED if state == DeadlineState.TOLLED else due_on
        for kind, due_on, state in rows.values_list("kind", "due_on", "state")
    }


def _allegations(case: Case) -> tuple[AllegationFacts, ...]:
    found = Finding.objects.filter(allegation=OuterRef("pk"), by=FindingBy.INVESTIGATOR)
    rows = Allegation.objects.filter(case=case).annotate(has_finding=Exists(found))
    return tuple(AllegationFacts(row.key, row.has_finding) for row in rows)


def _exhibits(case: Any) -> tuple[ExhibitFacts, ...]:
    """Evidence belongs to the room above: its own query set says what is settled and in custody."""
    return tuple(ExhibitFacts(*row) for row in case.exhibits.settled_facts())


def _in_force(case: Case, charges: list[ChargingDocument]) -> ChargingDocument | None:
    """Before charges the draft, afterwards what was issued last: a reopened case has old charges and may get new."""
    is_draft = case.status in BEFORE_CHARGES
    return next((row for row in reversed(charges) if (row.issued_at is None) == is_draft), None)


def _counts(
    case: Case, charges: ChargingDocument | None, today: date, since: datetime | None
) -> tuple[CountFacts, ...]:
    if charges is None:
        return ()
    rows = Finding.objects.filter(count__charges=charges).order_by("found_at", "id")
    if since:
        rows = rows.filter(found_at__gte=since)
    findings = {(row.count_id, row.by): str(row.value) for row in rows}
    counts = list(charges.counts.prefetch_related("allegations"))
    ended = {count.pk: _conduct_ended(count.allegations.all()) or today for count in counts}
    limits = board_queries.rule_on_days(case.board, "limitation_years", ended.values())
    return tuple(
        CountFacts(
            number=count.number,
            citation=count.citation,
            late_reason=_late_reason(count, limits[ended[count.pk]].value, today),
            answer=count.answer,
            proposed=findings.get((count.pk, FindingBy.PRESIDING_OFFICER), ""),
            by_board=findings.get((count.pk, FindingBy.BOARD), ""),
        )
        for count in counts
    )


def _late_reason(count: Count, years: int | None, today: date) -> str:
    incidents = [
        board_rules.Incident(allegation.occurred_from, allegation.occurred_to or allegation.occurred_from)
        for allegation in count.allegations.all()
    ]
    window = board_rules.filing_window(years, incidents, today)
    return "" if window.accepted else " ".join(window.reasons)


def _voted(questions: Sequence[Vote], draft_changed_at: datetime | None) -> dict[str, Any]:
    """What passed and counts; whether the board's vote on its order is outdated, so that it does not; and when it met.

    The latest vote on a question counts, and of the board's decisions on one order the latest that passed. An order is
    voted on as it is drafted.
    """
    latest: dict[str, Vote] = {}
    for vote in questions:
        if vote.passed is None:
            continue
        if vote.kind == VoteKind.ORDER and vote.passed:
            latest = {key: row for key, row in latest.items() if row.kind != VoteKind.ORDER}
        latest[vote.kind if vote.kind == VoteKind.PROBABLE_CAUSE else f"{vote.kind}:{vote.decision}"] = vote
    passed = {key: vote for key, vote in latest.items() if vote.passed}
    outdated = {
        key
        for key, vote in passed.items()
        if draft_changed_at and vote.decision in ON_THE_DRAFT and vote.recorded_at < draft_changed_at
    }
    return {
        "votes": frozenset(passed.keys() - outdated),
        "vote_is_outdated": bool(outdated),
        "rejection_voted": f"{VoteKind.ORDER}:{Decision.REJECT}" in passed,
        "voted_on": min((v.held_on for v in questions if v.passed and v.kind == VoteKind.ORDER), default=None),
    }


def _closures(
    case: Case,
    rules: Mapping[str, RuleValue],
    fresh: list[CaseDocument],
    questions: Sequence[Vote],
    *,
    policy: votes.ClosurePolicy,
    passed: frozenset[str],
) -> dict[str, tuple[str, ...]]:
    offered = CLOSURES_AT.get(Status(case.status), ())
    if policy.by == "vote":
        return {
            code: (*_withdrawal(code, rules, fresh), *([] if f"closure:{code}" in passed else [_no_vote(code)]))
            for code in offered
        }
    return {code: (*_withdrawal(code, rules, fresh), *_approvals(questions, code, policy)) for code in offered}


def _no_vote(code: str) -> str:
    return str(NO_VOTE) % {"closure": DISPOSITIONS[code].label}


def _withdrawal(code: str, rules: Mapping[str, RuleValue], fresh: list[CaseDocument]) -> list[str]:
    if code != "WITHDRAWN":
        return []
    if not rules["withdrawal_ends_case"].value:
        return [str(NO_WITHDRAWAL)]
    filed = any(paper.kind == DocumentKind.WITHDRAWAL for paper in fresh)
    return [] if filed else [str(NO_WITHDRAWAL_PAPER)]


def _approvals(questions: Sequence[Vote], code: str, policy: votes.ClosurePolicy) -> list[str]:
    if not policy.count:
        return []
    asked = (row for row in questions if row.kind == VoteKind.CLOSURE and row.decision == code and row.passed is None)
    vote = next(asked, None)
    given = [votes.Approval(str(b.voter_id), b.role, b.choice) for b in vote.ballots.all()] if vote else []
    labels = {role.value: str(role.label) for role in Role}
    return votes.approval_reasons(given, roles=policy.roles, count=policy.count, labels=labels)


def _hearing(case: Any, before_board: str) -> dict[str, Any]:
    """The day of the hearing that is set, and whether the record of the one that was held is closed.

    At most one hearing of a case is neither vacated nor closed: either it is set, or its record is open.
    """
    row = case.hearings.filter(closed_at__isnull=True, vacated_at__isnull=True).first()
    is_set = row is not None and row.opened_at is None
    return {
        "hearing_on": board_queries.local_day(case.board, row.starts_at) if is_set else None,
        "record_closed": row is None and (case.status in _AFTER_HEARING or before_board == BeforeBoard.PROPOSAL),
    }
