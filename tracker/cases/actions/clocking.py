"""Opening and ending deadlines inside an act. Only actions call these, in their own transaction."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Min
from django.utils.translation import gettext as _

from boards import queries as board_queries
from boards.queries import Due
from tracker.audit import canonical
from tracker.cases.clocks import CLOCKS, WINDOWS, DeadlineKind
from tracker.cases.kinds import DeadlineState
from tracker.cases.models import Case, Deadline


def local_date(case: Case, moment: datetime) -> date:
    """The date of a moment in the board's zone."""
    return moment.astimezone(board_queries.board_zone(case.board)).date()


def due_on(case: Case, kind: DeadlineKind, starts_on: date) -> date:
    """The day on which a clock started on a local date would end; what `open_clock` will store."""
    return _due(case, kind, starts_on).due_on


def _due(case: Case, kind: DeadlineKind, starts_on: date, start_label: str = "") -> Due:
    clock = CLOCKS[kind]
    label = start_label or str(clock.start_label)
    return board_queries.due(case.board, clock.rule_key, starts_on=starts_on, start_label=label, mail=clock.mail)


def open_clock(case: Case, kind: DeadlineKind, starts_on: date, *, anchor: UUID, start_label: str = "") -> Deadline:
    """Start a clock on a local date by the board's rule in force that day; a running one of its kind is replaced.

    `start_label` names the event where it is not the kind's usual one.
    """
    due = _due(case, kind, starts_on, start_label)
    row = Deadline(
        board_id=case.board_id,
        case=case,
        kind=kind,
        anchor_entry=anchor,
        starts_on=starts_on,
        due_on=due.due_on,
        rule_key=CLOCKS[kind].rule_key,
        rule_id=due.rule.rule_id,
        explanation=due.explanation,
        details=_details(due),
    )
    return _replace(case, row)


def open_dated(case: Case, kind: DeadlineKind, due_on: date, *, starts_on: date, anchor: UUID, why: str) -> Deadline:
    """Start a clock that ends on a day named by a step; `why` is its sentence."""
    row = Deadline(
        board_id=case.board_id,
        case=case,
        kind=kind,
        anchor_entry=anchor,
        starts_on=starts_on,
        due_on=max(due_on, starts_on),
        explanation=why,
        details=canonical.dumps({"due_on": due_on.isoformat(), "starts_on": starts_on.isoformat()}),
    )
    return _replace(case, row)


def end_clocks(
    case: Case, kinds: Iterable[DeadlineKind], on: date, *, state: DeadlineState = DeadlineState.MET
) -> None:
    """End the running clocks of some kinds."""
    running = Deadline.objects.filter(case=case, kind__in=list(kinds), state=DeadlineState.RUNNING)
    running.update(state=state, ended_on=on)


def end_all(case: Case, on: date) -> None:
    """End what still runs when a case closes: nothing more is due. A window that is over was not cut short."""
    running = Deadline.objects.filter(case=case, state=DeadlineState.RUNNING)
    running.filter(kind__in=WINDOWS, due_on__lt=on).update(state=DeadlineState.MET, ended_on=on)
    running.update(state=DeadlineState.SUPERSEDED, ended_on=on)


def refresh_next_due(case: Case) -> None:
    """Copy the nearest running due date onto the case, for the queue. A window for somebody else is not work due."""
    running_ones = Deadline.objects.filter(case=case, state=DeadlineState.RUNNING).exclude(kind__in=WINDOWS)
    nearest = running_ones.aggregate(day=Min("due_on"))["day"]
    Case.objects.filter(pk=case.pk).update(next_due_on=nearest)


def running(case: Case, kind: DeadlineKind) -> Deadline | None:
    """The running clock of a kind."""
    return Deadline.objects.filter(case=case, kind=kind, state=DeadlineState.RUNNING).first()


def _replace(case: Case, row: Deadline) -> Deadline:
    """Rows are never edited: the old one ends as replaced and names its successor."""
    old = running(case, DeadlineKind(row.kind))
    if old:
        Deadline.objects.filter(pk=old.pk).update(state=DeadlineState.SUPERSEDED, ended_on=row.starts_on)
    row.save(force_insert=True)
    if old:
        Deadline.objects.filter(pk=old.pk).update(superseded_by=row)
    return row


def _details(due: Due) -> str:
    computed = due.computed
    return canonical.dumps(
        {
            "starts_on": computed.starts_on.isoformat(),
            "days": computed.days,
            "day_kind": str(computed.day_kind),
            "mail_days": computed.mail_days,
            "ends_on": computed.ends_on.isoformat(),
            "due_on": computed.due_on.isoformat(),
            "skipped": [{"date": day.isoformat(), "name": name} for day, name in computed.skipped],
        }
    )


def set_by_step(what: str, day: date) -> str:
    """The sentence of a dated clock."""
    return _("%(what)s: %(day)s.") % {"what": what, "day": f"{day:%b} {day.day}, {day.year}"}
