"""Gathering what decisions need to know about a case, from all rooms, through reverse accessors."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from boards import queries as board_queries
from boards import rules as board_rules
from boards.rules import RuleValue
from tracker.access.models import Assignment, ConflictDeclaration
from tracker.access.policy import Role
from tracker.cases import votes
from tracker.cases.casefacts import AllegationFacts, CaseFacts, CountFacts, ExhibitFacts, TermFacts
from tracker.cases.clocks import DeadlineKind
from tracker.cases.kinds import DeadlineState, DocumentKind, FindingBy, VoteKind
from tracker.cases.models import Allegation, Case, CaseDocument, ChargingDocument, Count, Deadline, Finding, Vote
from tracker.cases.states import DISPOSITIONS, INTAKE_CLOSURES, REVIEW_CLOSURES, Priority, Stage, Status

NO_VOTE = _("No vote decided to close: %(closure)s.")
NO_WITHDRAWAL = _("At this board a withdrawal does not end the case.")
NO_WITHDRAWAL_PAPER = _("No withdrawal by the complainant is on file.")
_ROLE_LABELS = {role.value: str(role.label) for role in Role}


def gather(case: Case, *, at: datetime) -> CaseFacts:
    """The facts of a case at a moment. A fixed number of queries, whatever the case holds."""
    today = at.astimezone(board_queries.board_zone(case.board)).date()
    rules = board_queries.rules_in_force(case.board, today)
    since = _reopened_at(case)
    assignments = list(Assignment.objects.filter(case=case, ended_at__isnull=True))
    clear, conflict = _conflicts(case, assignments)
    due = _due_dates(case)
    documents = list(CaseDocument.objects.filter(case=case))
    order = _issued_order(case, since)
    fresh = [paper for paper in documents if since is None or paper.filed_at >= since]
    return CaseFacts(
        today=today,
        stage=Stage(case.stage),
        status=Status(case.status),
        priority=Priority(case.priority) if case.priority else None,
        priority_verified=case.priority_verified_by_id is not None,
        capacities=frozenset(row.capacity for row in assignments),
        clear_of_conflict=clear,
        in_conflict=conflict,
        emergency_due_on=due.get(DeadlineKind.EMERGENCY_ACTION),
        information_due_on=due.get(DeadlineKind.INFORMATION),
        information_received=_has(documents, DocumentKind.INFORMATION_RECEIVED, since=case.status_since),
        response_due_on=due.get(DeadlineKind.RESPONSE),
        response_on_file=_has(documents, DocumentKind.RESPONSE, since=case.status_since),
        allegations=_allegations(case),
        exhibits=_exhibits(case),
        counts=_counts(case, rules, today),
        has_issued_charges=ChargingDocument.objects.filter(case=case, issued_at__isnull=False).exists(),
        pc_body=str(rules["pc_body"].value),
        votes=_votes(case),
        waivers=frozenset(paper.period for paper in fresh if paper.kind == DocumentKind.WAIVER),
        closures=_closures(case, rules, fresh),
        hearing_on=_hearing_on(case),
        exceptions_due_on=due.get(DeadlineKind.EXCEPTIONS),
        drafted_sanctions=_drafted_sanctions(case),
        order_is_issued=order is not None,
        npdb_report_missing=bool(order and order.npdb_due and not order.npdb_reported_on),
        terms=_terms(order),
        reconsideration_due_on=due.get(DeadlineKind.RECONSIDERATION),
        appeal_due_on=due.get(DeadlineKind.APPEAL),
    )


def _reopened_at(case: Case) -> datetime | None:
    ended = case.dispositions.filter(ends_at__isnull=False).order_by("-ends_at").first()
    return ended.ends_at if ended else None


def _has(documents: list[CaseDocument], kind: str, *, since: datetime) -> bool:
    return any(paper.kind == kind and paper.filed_at >= since for paper in documents)


def _conflicts(case: Case, assignments: list[Assignment]) -> tuple[frozenset[str], frozenset[str]]:
    answers: dict[Any, bool] = {}
    for row in ConflictDeclaration.objects.filter(case=case).order_by("declared_at", "id"):
        answers[row.user_id] = row.has_conflict
    clear = frozenset(row.capacity for row in assignments if answers.get(row.user_id) is False)
    conflict = frozenset(row.capacity for row in assignments if answers.get(row.user_id))
    return clear - conflict, conflict


def _due_dates(case: Case) -> dict[str, date]:
    rows = Deadline.objects.filter(case=case, state=DeadlineState.RUNNING)
    return dict(rows.values_list("kind", "due_on"))


def _allegations(case: Case) -> tuple[AllegationFacts, ...]:
    found = set(Finding.objects.filter(case=case, by=FindingBy.INVESTIGATOR).values_list("allegation_id", flat=True))
    return tuple(AllegationFacts(row.key, row.pk in found) for row in Allegation.objects.filter(case=case))


def _exhibits(case: Case) -> tuple[ExhibitFacts, ...]:
    """Evidence belongs to the room above: its own query set says what is settled and in custody."""
    return tuple(ExhibitFacts(*row) for row in case.exhibits.settled_facts())


def _counts(case: Case, rules: Mapping[str, RuleValue], today: date) -> tuple[CountFacts, ...]:
    charges = ChargingDocument.objects.filter(case=case).order_by("id").last()
    if charges is None:
        return ()
    findings: dict[tuple[Any, str], str] = {}
    for row in Finding.objects.filter(case=case, count__charges=charges).order_by("found_at", "id"):
        findings[(row.count_id, row.by)] = row.value
    years = rules["limitation_years"].value
    return tuple(
        CountFacts(
            number=count.number,
            citation=count.citation,
            late_reason=_late_reason(count, years, today),
            answer=count.answer,
            proposed=findings.get((count.pk, FindingBy.PRESIDING_OFFICER), ""),
            by_board=findings.get((count.pk, FindingBy.BOARD), ""),
        )
        for count in charges.counts.prefetch_related("allegations")
    )


def _late_reason(count: Count, years: int | None, today: date) -> str:
    incidents = [
        board_rules.Incident(allegation.occurred_from, allegation.occurred_to or allegation.occurred_from)
        for allegation in count.allegations.all()
    ]
    window = board_rules.filing_window(years, incidents, today)
    return "" if window.accepted else " ".join(window.reasons)


def _votes(case: Case) -> frozenset[str]:
    rows = Vote.objects.filter(case=case, passed=True, used_at__isnull=True)
    return frozenset(row.kind if row.kind == VoteKind.PROBABLE_CAUSE else f"{row.kind}:{row.decision}" for row in rows)


def _closures(case: Case, rules: Mapping[str, RuleValue], fresh: list[CaseDocument]) -> dict[str, tuple[str, ...]]:
    if case.status == Status.INTAKE_REVIEW:
        return _intake_closures(case, rules, fresh)
    if case.status == Status.PROBABLE_CAUSE_REVIEW:
        return _review_closures(case, rules, fresh)
    return {}


def _intake_closures(
    case: Case, rules: Mapping[str, RuleValue], fresh: list[CaseDocument]
) -> dict[str, tuple[str, ...]]:
    roles = ["executive_director"] if rules["intake_second_approver"].value else []
    return {
        code: tuple(_withdrawal(code, rules, fresh) + (_approvals(case, code, roles, len(roles)) if roles else []))
        for code in INTAKE_CLOSURES
    }


def _review_closures(
    case: Case, rules: Mapping[str, RuleValue], fresh: list[CaseDocument]
) -> dict[str, tuple[str, ...]]:
    policy = rules["closure_approvers"].value
    passed = _votes(case)
    found = {}
    for code in REVIEW_CLOSURES:
        reasons = _withdrawal(code, rules, fresh)
        if policy["by"] == "vote":
            if f"closure:{code}" not in passed:
                reasons.append(_no_vote(code))
        else:
            reasons += _approvals(case, code, policy["roles"], policy["count"])
        found[code] = tuple(reasons)
    return found


def _no_vote(code: str) -> str:
    return str(NO_VOTE) % {"closure": DISPOSITIONS[code].label}


def _withdrawal(code: str, rules: Mapping[str, RuleValue], fresh: list[CaseDocument]) -> list[str]:
    if code != "WITHDRAWN":
        return []
    if not rules["withdrawal_ends_case"].value:
        return [str(NO_WITHDRAWAL)]
    filed = any(paper.kind == DocumentKind.WITHDRAWAL for paper in fresh)
    return [] if filed else [str(NO_WITHDRAWAL_PAPER)]


def _approvals(case: Case, code: str, roles: list[str], count: int) -> list[str]:
    vote = Vote.objects.filter(
        case=case, kind=VoteKind.CLOSURE, decision=code, passed__isnull=True, used_at__isnull=True
    ).first()
    given = [votes.Approval(str(b.voter_id), b.role, b.choice) for b in vote.ballots.all()] if vote else []
    return votes.approval_reasons(given, roles=roles, count=count, labels=_ROLE_LABELS)


def _hearing_on(case: Case) -> date | None:
    hearing = case.hearings.filter(opened_at__isnull=True).first()
    return hearing.starts_at.astimezone(board_queries.board_zone(case.board)).date() if hearing else None


def _drafted_sanctions(case: Case) -> tuple[str, ...]:
    draft = case.orders.filter(issued_at__isnull=True).first()
    return tuple(row.code for row in draft.sanctions.all()) if draft else ()


def _issued_order(case: Case, since: datetime | None) -> Any:
    issued = case.orders.filter(issued_at__isnull=False).order_by("issued_at").last()
    return issued if issued and (since is None or issued.issued_at >= since or case.status != Status.CLOSED) else None


def _terms(order: Any) -> tuple[TermFacts, ...]:
    if order is None:
        return ()
    return tuple(
        TermFacts(f"S{row.number}", str(row.get_code_display()), row.met_on is not None)
        for row in order.sanctions.filter(is_term=True)
    )
