"""What the holder of a tracking code or of a fresh receipt may read. The dataclasses have no more, so nothing leaks."""

import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import get_language

from boards import queries as board_queries
from boards import texts
from boards.models import Board
from tracker.audit import queries as ledger
from tracker.cases import numbering
from tracker.cases.clocks import CLOCKS, DeadlineKind
from tracker.cases.kinds import DeadlineState, ParticipantRole
from tracker.cases.milestones import PublicMilestone, milestones
from tracker.cases.models import Case, Complaint, Deadline, Participant
from tracker.cases.queries import withdrawals
from tracker.cases.queries.withdrawals import PublicWithdrawal
from tracker.cases.states import DISPOSITIONS, STAGE_OF, Stage, Status
from tracker.cases.workflow import MOVES

# The clocks that a complainant may follow: the board's own goals and what is asked of the complainant.
PUBLIC_CLOCKS = (
    DeadlineKind.ACKNOWLEDGEMENT,
    DeadlineKind.INTAKE,
    DeadlineKind.INFORMATION,
    DeadlineKind.INVESTIGATION_TARGET,
    DeadlineKind.STATUS_UPDATE,
    DeadlineKind.WITHDRAWAL_ANSWER,
)
STAGES = tuple(Stage)
# No SHA-256 in hexadecimal can be either.
NO_HASH, NO_CODE = "-" * 64, "+" * 64
_MOVE_EVENTS = sorted({move.event for move in MOVES.values() if move.event})
_STAGE_OF = {str(status): str(stage) for status, stage in STAGE_OF.items()}


@dataclass(frozen=True)
class PublicStage:
    """One stage in the board's own words: `done`, `now` or `ahead`, and since when (the board's local date)."""

    stage: str
    label: str
    meaning: str
    next: str
    state: str
    since: date | None


@dataclass(frozen=True)
class PublicDate:
    """One date with its reason. `is_goal` marks a target that binds nobody."""

    kind: str
    label: str
    due_on: date
    explanation: str
    is_goal: bool
    state: str


@dataclass(frozen=True)
class PublicStatus:
    """Where a complaint stands, as far as the board lets the public know.

    `is_merged` says that it is handled together with another matter, and nothing of that one. `is_before_board` is
    true while the board is to decide, where it names that stage. `milestones` are in the order of their days.
    """

    case_id: UUID
    complaint_id: UUID
    docket: str
    board: Board
    filed_on: date
    stage: PublicStage | None
    stages: tuple[PublicStage, ...]
    is_closed: bool
    outcome: str
    is_merged: bool
    is_before_board: bool
    milestones: tuple[PublicMilestone, ...]
    needs_you: bool
    dates: tuple[PublicDate, ...]
    withdrawal: PublicWithdrawal


@dataclass(frozen=True)
class Receipt:
    """What a receipt shows."""

    complaint_id: UUID
    case_id: UUID
    docket: str
    board: Board
    received_at: datetime
    digest: str
    is_anonymous: bool
    can_be_written_to: bool
    attestation_text: str
    dates: tuple[PublicDate, ...]
    anchor: str


def public_status(docket: str, code: str, *, at: datetime) -> PublicStatus | None:
    """The public status of a complaint, or None. A wrong docket and a wrong code get the same answer the same way."""
    wanted = numbering.hash_code(code) if numbering.is_well_formed(code) else NO_HASH
    found = None
    # One question to the database and at least one comparison, whatever is wrong.
    kept = list(Complaint.objects.filter(cases__docket=docket.strip().upper()))
    for complaint in kept or [Complaint(code_hash=NO_CODE)]:
        if hmac.compare_digest(complaint.code_hash or NO_CODE, wanted):
            found = complaint
    case = _case(complaints=found, docket=docket.strip().upper()) if found else None
    return _status(case, found, at) if case and found else None


def status_of(complaint_id: UUID, case_id: UUID, *, at: datetime) -> PublicStatus | None:
    """The same for a complaint whose code was shown before in this session, on the docket that was asked for."""
    complaint = Complaint.objects.filter(pk=complaint_id).first()
    case = _case(complaints=complaint, pk=case_id) if complaint else None
    return _status(case, complaint, at) if case and complaint else None


def receipt(complaint_id: UUID | str, *, at: datetime | None = None) -> Receipt | None:
    """What the receipt of a complaint shows, by its first docket; not one opened later against another respondent."""
    complaint = Complaint.objects.filter(pk=complaint_id).first()
    case = _case(complaints=complaint) if complaint else None
    if complaint is None or case is None:
        return None
    person = complainant_identity(case)
    anchor = ledger.latest_anchor()
    return Receipt(
        complaint_id=complaint.pk,
        case_id=case.pk,
        docket=case.docket,
        board=case.board,
        received_at=complaint.received_at,
        digest=complaint.digest,
        is_anonymous=complaint.is_anonymous,
        can_be_written_to=bool(person and not person.safe_contact.startswith("none")),
        attestation_text=complaint.attestation_text,
        dates=_dates(case, complaint.entered_at),
        anchor=f"{anchor.number} {anchor.root}" if anchor else "",
    )


def complainant_identity(case: Case) -> Any:
    """The complainant's identity, or None."""
    rows = Participant.objects.filter(case=case, role=ParticipantRole.COMPLAINANT).select_related("identity")
    return next((row.identity for row in rows if hasattr(row, "identity")), None)


def complainant_ids(case_id: UUID) -> list[UUID]:
    """The participants whose letters the holder of a tracking code may read."""
    rows = Participant.objects.filter(case_id=case_id, role=ParticipantRole.COMPLAINANT)
    return list(rows.values_list("pk", flat=True))


def _case(**wanted: Any) -> Case | None:
    return Case.objects.select_related("board__jurisdiction").filter(**wanted).order_by("id").first()


def _status(case: Case, complaint: Complaint, at: datetime) -> PublicStatus:
    rules = board_queries.rules_in_force(case.board, _local(case, at))
    moves = list(ledger.facts_of(case.pk, *_MOVE_EVENTS))
    stages = _stages(case, rules["public_stages"].value, _since(case, moves))
    reached = [stage for stage in stages if stage.state != "ahead"]
    now = reached[-1] if reached else None
    return PublicStatus(
        case_id=case.pk,
        complaint_id=complaint.pk,
        docket=case.docket,
        board=case.board,
        filed_on=_local(case, complaint.received_at),
        stage=now,
        stages=stages,
        is_closed=case.is_closed,
        outcome=_outcome(case, stages),
        is_merged=case.disposition == "DUPLICATE",
        is_before_board=bool(now and now.stage == STAGE_OF[Status(case.status)] and case.status == Status.BOARD_REVIEW),
        milestones=milestones(
            ((entry.event, _local(case, entry.at), facts) for entry, facts in moves), (stage.stage for stage in stages)
        ),
        needs_you=case.status == Status.AWAITING_INFORMATION,
        dates=() if case.is_closed else _dates(case, at),
        withdrawal=withdrawals.of_case(case, ends_case=bool(rules["withdrawal_ends_case"].value)),
    )


def _outcome(case: Case, stages: tuple[PublicStage, ...]) -> str:
    """The outcome in words once the case is closed, where the board names that stage; the letter says it too."""
    named = any(stage.stage == Stage.DISPOSITION for stage in stages)
    return str(DISPOSITIONS[case.disposition].label) if case.disposition and named else ""


def _stages(case: Case, allowed: Sequence[Any], since: Mapping[str, date]) -> tuple[PublicStage, ...]:
    """Only what the board's table of public stages allows; a stage that it leaves out is never named."""
    now = STAGES.index(Stage(case.stage))
    shown, language = [], get_language() or "en"
    reached = [row["stage"] for row in allowed if STAGES.index(Stage(row["stage"])) <= now]
    for row in allowed:
        place = STAGES.index(Stage(row["stage"]))
        skipped = place < now and row["stage"] not in since
        state = "ahead" if place > now else "skipped" if skipped else "done"
        if reached and row["stage"] == reached[-1]:
            state = "now"
        shown.append(
            PublicStage(
                stage=row["stage"],
                label=texts.text_in(row["label"], language),
                meaning=texts.text_in(row["meaning"], language),
                next=texts.text_in(row["next"], language),
                state=state,
                since=since.get(row["stage"]),
            )
        )
    return tuple(shown)


def _since(case: Case, moves: Iterable[tuple[Any, Mapping[str, Any]]]) -> dict[str, date]:
    """When each stage was last entered, from the ledger's entries of moves with their facts."""
    from_statuses = {}
    last = ""
    for entry, facts in moves:
        stage = _STAGE_OF.get(str(facts.get("to")), "")
        if stage and stage != last:
            from_statuses[stage] = _local(case, entry.at)
            last = stage
    from_statuses.setdefault(Stage.FILED, _local(case, case.received_at))
    return from_statuses


def _dates(case: Case, at: datetime) -> tuple[PublicDate, ...]:
    today = _local(case, at)
    rows = Deadline.objects.filter(case=case, kind__in=PUBLIC_CLOCKS)
    rows = rows.filter(state__in=(DeadlineState.RUNNING, DeadlineState.MET)).order_by("due_on", "id")
    return tuple(
        PublicDate(
            kind=str(row.kind),
            label=str(DeadlineKind(row.kind).label),
            due_on=row.due_on,
            explanation=row.explanation,
            is_goal=CLOCKS[DeadlineKind(row.kind)].is_goal,
            state=str(row.state_on(today)),
        )
        for row in rows
    )


def _local(case: Case, moment: datetime) -> date:
    return board_queries.local_day(case.board, moment)
