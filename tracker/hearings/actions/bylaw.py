"""What the law does by itself when a day is over: the daily job records it, by the acts that people have too."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from boards import queries as board_queries
from boards.models import Board
from tracker.audit.actors import Actor
from tracker.cases.clocks import DeadlineKind
from tracker.cases.kinds import DeadlineState
from tracker.cases.models import Deadline
from tracker.cases.pathkinds import EmergencyEnd
from tracker.cases.states import Status
from tracker.cases.workflow import MOVES
from tracker.errors import ActionRefused
from tracker.hearings.actions import deciding, emergency, reconsidering
from tracker.hearings.models import EmergencyAction

Record = Callable[..., object]


@dataclass(frozen=True)
class Done:
    """One thing the law did: docket, the act's key, and the reasons where it could not be recorded."""

    docket: str
    act: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Due:
    case_id: UUID
    docket: str
    act: str
    record: Record
    data: tuple[tuple[str, str], ...] = ()


def record_due(board: Board, *, actor: Actor, at: datetime) -> list[Done]:
    """Record at one board what the law did: proposals adopted, emergency actions lapsed, petitions denied by time.

    Each is an act of its own, with its transaction and its ledger entry, so the job may die between two and be run
    again. A refusal (say, a vote that came in time) is told and changes nothing.
    """
    today = board_queries.local_day(board, at)
    return [_record(due, actor=actor, at=at) for due in list(_due(board, today))]


def _record(due: _Due, *, actor: Actor, at: datetime) -> Done:
    try:
        due.record(due.case_id, actor=actor, at=at, **dict(due.data))
    except ActionRefused as refusal:
        return Done(due.docket, due.act, tuple(refusal.reasons))
    return Done(due.docket, due.act)


def _due(board: Board, today: date) -> Iterator[_Due]:
    in_force = board_queries.rules_in_force(board, today)
    if in_force["deemed_adopted"].value:
        for case_id, docket in _past(board, today, DeadlineKind.BOARD_ACTION, MOVES["deem_adopted"].sources):
            yield _Due(case_id, docket, "deem_adopted", deciding.deem_adopted)
    if in_force["reconsideration_silence_denies"].value:
        for case_id, docket in _past(board, today, DeadlineKind.RECONSIDERATION_DECISION, [Status.RECONSIDERATION]):
            yield _Due(case_id, docket, "deny_reconsideration", reconsidering.deny_reconsideration)
    lapsed = EmergencyAction.objects.filter(board=board, ended_at__isnull=True, expires_on__lt=today)
    why = _("By the board's rule its time is over.")
    data = (("end", str(EmergencyEnd.EXPIRED)), ("reason", why))
    for case_id, docket in lapsed.order_by("case__docket").values_list("case_id", "case__docket"):
        yield _Due(case_id, docket, "end_emergency_action", emergency.end_emergency_action, data)


def _past(board: Board, today: date, kind: DeadlineKind, statuses: Iterable[Status]) -> list[tuple[UUID, str]]:
    rows = Deadline.objects.filter(board=board, kind=kind, state=DeadlineState.RUNNING, due_on__lt=today)
    rows = rows.filter(case__status__in=list(statuses)).order_by("case__docket")
    return list(rows.values_list("case_id", "case__docket"))
