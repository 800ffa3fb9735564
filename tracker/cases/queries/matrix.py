"""What is claimed and charged, what bears on it, and what was found: the heart of a case page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Prefetch

from tracker.access.policy import Permission
from tracker.cases.kinds import FindingBy
from tracker.cases.models import Allegation, ChargingDocument, Finding
from tracker.cases.queries import casefile
from tracker.cases.queries.casefile import Seen
from tracker.cases.states import Status


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
        found = found.exclude(by__in=_not_on_record(seen))
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


def _not_on_record(seen: Seen) -> list[FindingBy]:
    # Until the proposed decision is filed, its findings are the presiding officer's own draft.
    drafting = seen.case.status == Status.HEARING_HELD
    if drafting and not casefile.may(seen, Permission.HEARING_HOLD, at=seen.reader.at):
        return [FindingBy.INVESTIGATOR, FindingBy.PRESIDING_OFFICER]
    return [FindingBy.INVESTIGATOR]


def _latest(findings: Iterable[Finding]) -> list[Finding]:
    return list({finding.by: finding for finding in findings}.values())


def claims(seen: Seen) -> list[tuple[UUID, str]]:
    """The allegations of a case as choices; none for a reader of the record."""
    if not seen.is_whole:
        return []
    rows = Allegation.objects.filter(case=seen.case).select_related("ground")
    return [(row.pk, f"{row.key} {row.ground.label}") for row in rows]
