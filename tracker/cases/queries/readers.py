"""Which cases a person sees, whole or as a record, and whose names; every list and count starts here."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import (
    BooleanField,
    DateField,
    Exists,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models import Case as Either
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from boards.models import Board
from tracker.access import gate, holding
from tracker.access.holding import Held
from tracker.access.models import User
from tracker.access.policy import POLICY, Permission, Scope
from tracker.cases.clocks import WINDOWS, DeadlineKind
from tracker.cases.kinds import DeadlineState, ParticipantRole
from tracker.cases.models import Case, Deadline, Identity
from tracker.cases.states import Status
from tracker.cases.steptable import TRANSITIONS

# The clocks of the hearing record. All others tell of the investigation or of letters to the complainant.
RECORD_CLOCKS = (
    DeadlineKind.ANSWER,
    DeadlineKind.HEARING,
    DeadlineKind.EXHIBIT_EXCHANGE,
    DeadlineKind.PROPOSED_DECISION,
    DeadlineKind.EXCEPTIONS,
    DeadlineKind.BOARD_ACTION,
    DeadlineKind.RECONSIDERATION,
    DeadlineKind.APPEAL,
)

# Calendar days before a due date from which a list marks it as near.
SOON_DAYS = 14


@dataclass(frozen=True)
class Reader:
    """A person who reads, at a moment.

    `whole` selects the cases seen whole, `record` those of which only the hearing record is seen, `names` those whose
    people are named. `reads_records` is false where no role of the person is limited to records. `lent` are the roles
    that the person has as a deputy, `absent` the names of those who are away, `own_boards` where a role is one's own.
    """

    user_id: UUID
    at: datetime
    whole: Q
    record: Q
    names: Q
    reads_records: bool
    boards: tuple[Board, ...]
    lent: tuple[Held, ...] = ()
    absent: Mapping[UUID, str] = field(default_factory=dict)
    own_boards: frozenset[UUID] = frozenset()

    @property
    def seen(self) -> Q:
        """Every case the person sees at all."""
        return self.whole | self.record

    def today(self, board_id: UUID) -> date:
        """The local date at a board."""
        return self.local(board_id, self.at)

    def local(self, board_id: UUID, moment: datetime) -> date:
        """The date of a moment at a board."""
        board = next(board for board in self.boards if board.pk == board_id)
        return moment.astimezone(board.zone).date()

    def cases(self) -> "QuerySet[Case]":
        """The cases seen, each with `is_whole`, `is_named`, `due` (the nearest due date that the reader may know) and
        `since` (receipt, or for a record the charges or the settlement it begins with).
        """
        rows = Case.objects.filter(self.seen) if self.reads_records else Case.objects.filter(self.whole)
        return rows.annotate(
            is_whole=_flag(self.whole), is_named=_flag(self.names), due=self._due(), since=self._since()
        )

    def deadlines(self) -> "QuerySet[Deadline]":
        """The running deadlines that the reader may know."""
        running = Deadline.objects.filter(state=DeadlineState.RUNNING)
        seen = Q(case__in=Case.objects.filter(self.whole))
        if self.reads_records:
            seen |= Q(case__in=Case.objects.filter(self.record), kind__in=RECORD_CLOCKS)
        return running.filter(seen)

    def past(self) -> Q:
        """Deadlines whose day is over at their board, without windows in which others could have acted."""
        late = Q(pk__in=[])
        for day, board_ids in self._days().items():
            late |= Q(board_id__in=board_ids, due_on__lt=day)
        return late & ~Q(kind__in=WINDOWS)

    def due_within(self, days: int) -> Q:
        """Deadlines due at their board from today to so many calendar days on."""
        soon = Q(pk__in=[])
        for day, board_ids in self._days().items():
            last = date.fromordinal(day.toordinal() + days)
            soon |= Q(board_id__in=board_ids, due_on__gte=day, due_on__lte=last)
        return soon

    def overdue(self) -> Exists:
        """Whether a case has a late deadline that the reader may know."""
        return Exists(self.deadlines().filter(self.past(), case=OuterRef("pk")))

    def named(self, words: str) -> Q:
        """Cases in which somebody of that name or license number takes part.

        Of a record only the respondent's name can be found; a sealed name finds nothing.
        """
        people = Identity.objects.filter(participant__case=OuterRef("pk"), is_sealed=False)
        found = self.names & Q(Exists(people.filter(Q(name__icontains=words) | Q(license_number__icontains=words))))
        if self.reads_records:
            respondents = people.filter(participant__role=ParticipantRole.RESPONDENT, name__icontains=words)
            found |= self.record & Q(Exists(respondents))
        return found

    def _due(self) -> Combinable:
        if not self.reads_records:
            return F("next_due_on")
        known = Deadline.objects.filter(case=OuterRef("pk"), state=DeadlineState.RUNNING, kind__in=RECORD_CLOCKS)
        nearest = known.order_by().values("case").annotate(day=Min("due_on")).values("day")
        return Either(When(self.whole, then=F("next_due_on")), default=Subquery(nearest), output_field=DateField())

    def _since(self) -> Combinable:
        if not self.reads_records:
            return F("received_at")
        return Either(When(self.whole, then=F("received_at")), default=Coalesce("charged_at", "stipulated_at"))

    def _days(self) -> dict[date, list[UUID]]:
        found: dict[date, list[UUID]] = defaultdict(list)
        for board in self.boards:
            found[self.at.astimezone(board.zone).date()].append(board.pk)
        return found


def reader(user_id: UUID, *, at: datetime) -> Reader:
    """What a person sees at a moment. Two queries, whatever there is to see; a third for a deputy."""
    on = at.date()
    held = holding.held_roles(user_id, on)
    whole = gate.scope_filter(user_id, Permission.CASE_VIEW, on=on, held=held)
    limited = {grant.who for grant in POLICY[Permission.RECORD_VIEW] if grant.scope == Scope.RECORD}
    records = any(one.role in limited for one in held)
    seen = gate.scope_filter(user_id, Permission.RECORD_VIEW, on=on, held=held) if records else Q(pk__in=[])
    boards = Board.objects.select_related("jurisdiction").filter(pk__in={one.board_id for one in held})
    lent = tuple(one for one in held if one.absent)
    away = User.objects.filter(pk__in={one.absent for one in lent}) if lent else ()
    return Reader(
        user_id=user_id,
        at=at,
        whole=whole,
        record=seen & ~whole,
        names=gate.scope_filter(user_id, Permission.IDENTITY_VIEW, on=on, held=held),
        reads_records=records,
        boards=tuple(boards.order_by("short_code")),
        lent=lent,
        absent={person.pk: person.full_name for person in away},
        own_boards=frozenset(one.board_id for one in held if not one.absent),
    )


def waiting_for(user_id: UUID, *, at: datetime) -> Q:
    """Cases whose next step this person may take: from the same rows of policy and workflow as the steps themselves."""
    statuses: dict[Permission, set[Status]] = defaultdict(set)
    for row in TRANSITIONS:
        # Talks wait for nobody: they may begin and end at any time.
        if row.needs is Permission.SETTLEMENT_NEGOTIATE:
            continue
        statuses[row.needs].update(source for source in row.sources if source is not Status.CLOSED)
    on, found = at.date(), Q(pk__in=[])
    held = holding.held_roles(user_id, on)
    for permission, sources in statuses.items():
        if sources:
            found |= gate.scope_filter(user_id, permission, on=on, held=held) & Q(status__in=sorted(sources))
    return found


def _flag(condition: Q) -> Combinable:
    return Either(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())
