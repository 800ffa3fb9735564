"""What is claimed and charged, what bears on it, and what was found: the heart of a case page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q

from tracker.access import holding
from tracker.cases import facts
from tracker.cases.kinds import DocumentKind, FindingBy
from tracker.cases.models import Allegation, CaseDocument, ChargingDocument, Finding
from tracker.cases.queries.casefile import Seen


@dataclass(frozen=True)
class AllegationRow:
    """One line of the matrix. `findings` holds the latest of each author kind; `exhibits` are E-numbers."""

    key: str
    ground: str
    narrative: str
    citation: str
    occurred_from: date | None
    occurred_to: date | None
    exhibits: list[str]
    findings: list[Finding]


@dataclass(frozen=True)
class CountRow:
    """One charge with what was answered and found."""

    number: int
    citation: str
    text: str
    allegations: list[str]
    answer: str
    findings: list[Finding]


def matrix(seen: Seen) -> list[AllegationRow]:
    """Allegations with their evidence and findings; empty for a reader of the record."""
    if not seen.is_whole:
        return []
    latest = Finding.objects.select_related("author").order_by("found_at", "id")
    rows = Allegation.objects.filter(case=seen.case).select_related("ground")
    rows = rows.prefetch_related(Prefetch("findings", queryset=latest), "exhibits")
    return [
        AllegationRow(
            key=row.key,
            ground=str(row.ground.label),
            narrative=row.narrative,
            citation=row.citation,
            occurred_from=row.occurred_from,
            occurred_to=row.occurred_to,
            exhibits=[exhibit.key for exhibit in sorted(_linked(row), key=lambda one: (one.number, one.part))],
            findings=_latest(row.findings.all()),
        )
        for row in rows
    ]


def _linked(row: Any) -> Iterable[Any]:
    return row.exhibits.all()


def counts(seen: Seen) -> list[CountRow]:
    """The charges: a draft for those who see the whole file, else only when issued."""
    charges = ChargingDocument.objects.filter(case=seen.case).order_by("id")
    if not seen.is_whole:
        charges = charges.filter(issued_at__isnull=False)
    last = charges.last()
    if last is None:
        return []
    found = Finding.objects.select_related("author").order_by("found_at", "id")
    if not seen.is_whole:
        found = found.filter(on_record(seen.case) | _own_drafts(seen))
    rows = last.counts.prefetch_related("allegations", Prefetch("findings", queryset=found))
    return [
        CountRow(
            number=row.number,
            citation=row.citation,
            text=row.text,
            allegations=[one.key for one in row.allegations.all()] if seen.is_whole else [],
            answer=str(row.get_answer_display()) if row.answer else "",
            findings=_latest(row.findings.all()),
        )
        for row in rows
    ]


def on_record(case: Any) -> Q:
    """Which findings on counts of a case are decisions, as a filter on findings.

    The presiding officer's are once they are filed with a proposal, the board's with its order. What was found since
    is a draft: a settlement takes a case out of the hearing without a proposal. Where it began anew, the proposal from
    before is spent.
    """
    kinds = (DocumentKind.PROPOSED_DECISION, DocumentKind.REMAND)
    papers = list(CaseDocument.objects.filter(case=case, kind__in=kinds).only("kind", "filed_at"))
    filed = max((row.filed_at for row in papers if row.kind == DocumentKind.PROPOSED_DECISION), default=None)
    since = facts.begun_anew(case, papers) if filed else None
    # Orders belong to the room above.
    found = Q(Exists(case.orders.filter(issued_at__gte=OuterRef("found_at"))), by=FindingBy.BOARD)
    if filed and (since is None or filed >= since):
        found |= Q(by=FindingBy.PRESIDING_OFFICER, found_at__lte=filed)
    return found


def _own_drafts(seen: Seen) -> Q:
    # What the presiding officer has not filed is for the officer of this case alone: the role is not enough.
    return Q(Exists(holding.presiding(seen.reader.user_id, seen.case.pk)), by=FindingBy.PRESIDING_OFFICER)


def _latest(findings: Iterable[Finding]) -> list[Finding]:
    return list({finding.by: finding for finding in findings}.values())


def claims(seen: Seen) -> list[tuple[UUID, str]]:
    """The allegations of a case as choices; none for a reader of the record."""
    if not seen.is_whole:
        return []
    rows = Allegation.objects.filter(case=seen.case).select_related("ground")
    return [(row.pk, f"{row.key} {row.ground.label}") for row in rows]
