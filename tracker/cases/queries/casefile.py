"""One case: found within the reader's scope, and the parts of its file that other rooms' pages are put around."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from boards import queries as board_queries
from boards.rules import RuleValue
from tracker.access import gate, holding
from tracker.access.policy import Permission
from tracker.audit import events
from tracker.audit import queries as audit_queries
from tracker.audit.actors import Actor
from tracker.audit.queries import TimelineEntry
from tracker.audit.verify import ChainReport
from tracker.cases import workflow
from tracker.cases.clocks import CLOCKS, DeadlineKind
from tracker.cases.kinds import RECORD_DOCUMENTS, DeadlineState, DocumentKind
from tracker.cases.models import Case, CaseDocument, CaseNote, Deadline, Disposition, Vote
from tracker.cases.pathkinds import OfferState
from tracker.cases.queries import untold
from tracker.cases.queries.readers import RECORD_CLOCKS, SOON_DAYS, Reader
from tracker.cases.states import Priority, Stage, Status
from tracker.cases.workflow import MOVES
from tracker.errors import OutOfScope

# The first entry of a docket that a petition on another opened.
OPENED = "hearing.petition_opened"


@dataclass(frozen=True)
class Seen:
    """A case as one reader sees it: whole or its record only, with names or without."""

    case: Case
    reader: Reader
    is_whole: bool
    is_named: bool
    today: date

    @property
    def actor(self) -> Actor:
        """The reader as the one who acts."""
        return Actor.staff(self.reader.user_id)

    @cached_property
    def holds(self) -> Callable[[Permission], bool]:
        """Whether the reader holds a permission on the case at this moment."""
        return gate.asker(self.actor, self.case, at=self.reader.at)

    @cached_property
    def rules(self) -> Mapping[str, RuleValue]:
        """The board's rules today."""
        return board_queries.rules_in_force(self.case.board, self.today)

    @cached_property
    def sees_talks(self) -> bool:
        """Whether the reader may know of settlement talks; nobody who hears or decides the case does."""
        return self.is_whole and may(self, Permission.SETTLEMENT_VIEW, at=self.reader.at)

    @property
    def hides_letters(self) -> tuple[str, ...]:
        """The kinds of letters of the case that the reader may not know of."""
        return () if self.sees_talks else untold.LETTERS


@dataclass(frozen=True)
class DeadlineRow:
    """A deadline as a sentence. `days_left` is negative once it is late; `is_near` is true when late or soon due."""

    kind: str
    label: str
    starts_on: date
    due_on: date
    state: str
    ended_on: date | None
    explanation: str
    is_goal: bool
    is_running: bool
    days_left: int

    @property
    def is_near(self) -> bool:
        """Whether it is late or due soon."""
        return self.days_left <= SOON_DAYS


def find(reader: Reader, docket: str) -> Seen:
    """The case of a docket number. Raises OutOfScope where there is none for this reader."""
    found = reader.cases().filter(docket=docket.upper())
    case: Any = found.select_related("board__jurisdiction", "priority_verified_by", "profession").first()
    if case is None:
        raise OutOfScope
    return Seen(case, reader, case.is_whole, case.is_named, reader.today(case.board_id))


def priority_words(in_force: Mapping[str, RuleValue], priority: str) -> str:
    """The board's own word for a priority, or ours."""
    for row in in_force["priority_scheme"].value or ():
        if row.get("canonical") == priority:
            return str(row.get("label") or row.get("code"))
    return str(Priority(priority).label) if priority else ""


def deadlines(seen: Seen) -> list[DeadlineRow]:
    """Every deadline that the reader may know, running ones first by due date; replaced ones are left out."""
    rows = Deadline.objects.filter(case=seen.case).exclude(state=DeadlineState.SUPERSEDED)
    if not seen.is_whole:
        rows = rows.filter(kind__in=RECORD_CLOCKS)
    found = [_deadline(row, seen.today) for row in rows]
    running = [row for row in found if row.is_running]
    return running + [row for row in reversed(found) if not row.is_running]


def _deadline(row: Deadline, today: date) -> DeadlineRow:
    clock = CLOCKS.get(DeadlineKind(row.kind))
    state = row.state_on(today)
    return DeadlineRow(
        kind=row.kind,
        label=str(DeadlineKind(row.kind).label),
        starts_on=row.starts_on,
        due_on=row.due_on,
        state=str(state),
        ended_on=row.ended_on or (row.due_on if state == DeadlineState.MET else None),
        explanation=row.explanation,
        is_goal=bool(clock and clock.is_goal),
        is_running=state in (DeadlineState.RUNNING, DeadlineState.LATE, DeadlineState.TOLLED),
        days_left=(row.due_on - today).days,
    )


def documents(seen: Seen) -> list[CaseDocument]:
    """Official papers, newest first: all of them, or those of the record; papers of settlement for their readers."""
    rows = CaseDocument.objects.filter(case=seen.case).select_related("author", "stored_file")
    if not seen.is_whole:
        rows = rows.filter(kind__in=RECORD_DOCUMENTS)
    rows = rows.order_by("-filed_at", "-id")
    if seen.sees_talks:
        return list(rows)
    reads_stipulation = _reads_stipulation(seen)
    rows = rows.exclude(kind=DocumentKind.SETTLEMENT_OFFER).exclude(pk__in=_rejected_papers(seen))
    if not reads_stipulation:
        rows = rows.exclude(kind=DocumentKind.STIPULATION)
    found = list(rows)
    talking = untold.talking_papers(seen.case, found, known=untold.STIPULATED if reads_stipulation else ())
    return [row for row in found if row.pk not in talking]


def _rejected_papers(seen: Seen) -> Any:
    """The stipulations that the board rejected; settlements belong to the room above."""
    case: Any = seen.case
    return case.settlements.filter(state=OfferState.REJECTED, paper__isnull=False).values("paper")


def _reads_stipulation(seen: Seen) -> bool:
    """One that the board rejected was talk; one that waits is for those who vote on it; one accepted is the record."""
    if seen.case.stipulated_at is None:
        return False
    waits = seen.case.status == Status.BOARD_REVIEW
    return not waits or may(seen, Permission.STIPULATION_VIEW, at=seen.reader.at)


def document(seen: Seen, document_id: UUID) -> CaseDocument:
    """One paper. Raises OutOfScope for one that is not of this case, or not for this reader."""
    found = next((row for row in documents(seen) if row.pk == document_id), None)
    if found is None:
        raise OutOfScope
    return found


def notes(seen: Seen) -> list[CaseNote]:
    """Notes of the investigation file, newest first; none for a reader of the record."""
    return list(CaseNote.objects.filter(case=seen.case).select_related("author")) if seen.is_whole else []


def votes(seen: Seen) -> list[Vote]:
    """Votes and approvals with their ballots, newest first; none for a reader of the record.

    Votes on a settlement that was rejected are for those who may know of talks.
    """
    if not seen.is_whole:
        return []
    rows = Vote.objects.filter(case=seen.case).prefetch_related("ballots__voter")
    if not seen.sees_talks:
        rows = rows.exclude(untold.talking_votes(seen.case))
    return list(rows.order_by("-recorded_at", "-id"))


def dispositions(seen: Seen) -> list[Disposition]:
    """Every ending of the case with its days, newest first; its reason is for the whole file."""
    return list(Disposition.objects.filter(case=seen.case).order_by("-starts_at", "-id"))


def hearings(seen: Seen) -> list[Any]:
    """Hearings of the case, by date; they belong to the room above and are part of every record."""
    rows: Any = seen.case
    return list(rows.hearings.select_related("presiding"))


def orders(seen: Seen) -> list[Any]:
    """Orders with their sanctions, newest first: issued ones, and a draft for those who draft or see all.

    What is drafted while the board decides is for readers of the whole file; before, of those who read the record, for
    the officer of this case alone.
    """
    case: Any = seen.case
    rows = case.orders.prefetch_related("sanctions")
    if not seen.is_whole and not _drafts(seen):
        rows = rows.filter(issued_at__isnull=False)
    return list(rows.order_by("-id"))


def _drafts(seen: Seen) -> bool:
    if seen.case.status == Status.BOARD_REVIEW or not may(seen, Permission.SANCTION_DRAFT, at=seen.reader.at):
        return False
    return holding.presiding(seen.reader.user_id, seen.case.pk).exists()


def verified_on(seen: Seen) -> date | None:
    """When the priority was verified, at the board."""
    latest = seen.case.triages.order_by("set_at", "id").last() if seen.is_whole else None
    return seen.reader.local(seen.case.board_id, latest.verified_at) if latest and latest.verified_at else None


def stage_notes(seen: Seen) -> dict[str, tuple[date, date | None]]:
    """When each stage the case has been in was (last) entered and left, from the ledger's own steps."""
    moves = [row.event for row in MOVES.values() if row.event] + [OPENED]
    spans: dict[str, tuple[date, date | None]] = {}
    here: str | None = None
    for entry, told in audit_queries.facts_of(seen.case.pk, *moves):
        stage = workflow.target_stage(told["to"]) if told.get("to") else here
        if stage == here or stage is None:
            continue
        day = seen.reader.local(seen.case.board_id, entry.at)
        if here:
            spans[here] = (spans[here][0], day)
        spans[str(Stage(stage))] = (day, None)
        here = str(Stage(stage))
    return spans


def timeline(seen: Seen) -> list[TimelineEntry]:
    """The ledger of the case, newest first, with private parts; empty for a reader of the record.

    Entries on settlement talks and on a rejected settlement are for those who may know of them, and a docket that the
    reader does not see is not named.
    """
    if not seen.is_whole:
        return []
    return _told(seen, audit_queries.timeline(seen.case.pk, with_private=seen.is_named))


def proved_timeline(seen: Seen) -> tuple[list[TimelineEntry], ChainReport]:
    """The timeline for a reader of the whole file, and what verifying the ledger of the case found."""
    entries, report = audit_queries.timeline_and_report(seen.case.pk, with_private=seen.is_named)
    return _told(seen, entries), report


def _told(seen: Seen, entries: list[TimelineEntry]) -> list[TimelineEntry]:
    is_stipulated = seen.case.stipulated_at is not None
    known = entries if seen.sees_talks else untold.without_talks(entries, is_stipulated=is_stipulated)
    named = untold.dockets_named(entry.facts for entry in known)
    if not named:
        return known
    hidden = named - set(seen.reader.cases().filter(docket__in=named).values_list("docket", flat=True))
    return [_without(entry, hidden) for entry in known]


def _without(entry: TimelineEntry, hidden: set[str]) -> TimelineEntry:
    """The entry without the numbers of dockets that the reader does not see."""
    facts = dict(untold.masked(entry.facts, hidden))
    if facts == entry.facts:
        return entry
    return replace(entry, facts=facts, sentence=events.sentence(entry.event, facts))


def may(seen: Seen, permission: Permission, *, at: datetime) -> bool:
    """Whether the reader holds a permission on the case."""
    if at == seen.reader.at:
        return seen.holds(permission)
    return gate.can(seen.actor, permission, seen.case, at=at)
