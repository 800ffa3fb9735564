"""Opening and ending deadlines inside an act. Only actions call these, in their own transaction."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Min, QuerySet
from django.utils.translation import gettext as _

from boards import queries as board_queries
from boards import rules as board_rules
from boards.queries import Due
from boards.rules import Pause
from boards.texts import short_date
from tracker.audit import canonical
from tracker.cases.clocks import CLOCKS, WINDOWS, DeadlineKind
from tracker.cases.kinds import DeadlineState
from tracker.cases.models import Case, Deadline, Toll

# A clock that is not over: it runs, or stands still for a while.
NOT_OVER = (DeadlineState.RUNNING, DeadlineState.TOLLED)


@dataclass(frozen=True)
class Start:
    """What starts a clock: its words where it is not the kind's usual event, and whether a paper came by mail."""

    label: str = ""
    by_mail: bool = True

    @classmethod
    def of(cls, deadline: Deadline) -> "Start":
        """The start of a clock as it was kept."""
        kept = json.loads(deadline.details)
        return cls(str(kept.get("start_label", "")), bool(kept.get("by_mail", True)))

    @property
    def details(self) -> dict[str, Any]:
        """What is kept of it."""
        return ({"start_label": self.label} if self.label else {}) | ({} if self.by_mail else {"by_mail": False})


def local_date(case: Case, moment: datetime) -> date:
    """The date of a moment in the board's zone."""
    return board_queries.local_day(case.board, moment)


def due_on(case: Case, kind: DeadlineKind, starts_on: date, *, by_mail: bool = True) -> date:
    """The day on which a clock started on a local date would end; what `open_clock` will store."""
    return _due(case, kind, starts_on, Start(by_mail=by_mail)).due_on


def _due(case: Case, kind: DeadlineKind, starts_on: date, start: Start, *, pauses: Sequence[Pause] = ()) -> Due:
    clock = CLOCKS[kind]
    label = start.label or str(clock.start_label)
    mail = clock.mail and start.by_mail
    return board_queries.due(
        case.board, clock.rule_key, starts_on=starts_on, start_label=label, mail=mail, pauses=pauses
    )


def open_clock(
    case: Case, kind: DeadlineKind, starts_on: date, *, anchor: UUID, start_label: str = "", by_mail: bool = True
) -> Deadline:
    """Start a clock on a local date by the board's rule in force that day; a running one of its kind is replaced.

    `start_label` names the event where it is not the kind's usual one. Without `by_mail` the paper that starts it was
    not served by mail, and the board's days for mail are not added.
    """
    start = Start(start_label, by_mail)
    return _replace(case, _row(case, kind, _due(case, kind, starts_on, start), anchor=anchor, start=start))


def _row(case: Case, kind: DeadlineKind, due: Due, *, anchor: UUID | None, start: Start) -> Deadline:
    return Deadline(
        board_id=case.board_id,
        case=case,
        kind=kind,
        anchor_entry=anchor,
        starts_on=due.computed.starts_on,
        due_on=due.due_on,
        rule_key=CLOCKS[kind].rule_key,
        rule_id=due.rule.rule_id,
        explanation=due.explanation,
        details=_details(due, start),
    )


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
    """End the clocks of some kinds, running or paused."""
    ending = list(kinds)
    Deadline.objects.filter(case=case, kind__in=ending, state__in=NOT_OVER).update(state=state, ended_on=on)
    _end_tolls(Toll.objects.filter(case=case, kind__in=ending), on)


def end_all(case: Case, on: date) -> None:
    """End what still runs when a case closes: nothing more is due. A window that is over was not cut short."""
    rows = Deadline.objects.filter(case=case, state__in=NOT_OVER)
    over = rows.filter(state=DeadlineState.RUNNING, kind__in=WINDOWS, due_on__lt=on)
    over.update(state=DeadlineState.MET, ended_on=on)
    rows.update(state=DeadlineState.SUPERSEDED, ended_on=on)
    _end_tolls(Toll.objects.filter(case=case), on)


def stop(deadline: Deadline, toll: Toll) -> None:
    """Let a running clock stand still from the first day of a toll on."""
    toll.save(force_insert=True)
    Deadline.objects.filter(pk=deadline.pk).update(state=DeadlineState.TOLLED)


def run_on(case: Case, toll: Toll, on: date) -> Deadline:
    """End a toll, `on` being its last day, and replace its clock by one whose due date the pauses have moved."""
    kind = DeadlineKind(toll.kind)
    old = Deadline.objects.get(case=case, kind=kind, state=DeadlineState.TOLLED)
    if kind not in CLOCKS:
        counted = paused(case, kind, since=old.starts_on)
        _end_tolls(Toll.objects.filter(pk=toll.pk), on)
        return _replace(case, _moved(old, Pause(toll.starts_on, max(on, toll.starts_on)), counted), ended_on=on)
    _end_tolls(Toll.objects.filter(pk=toll.pk), on)
    ended = Toll.objects.filter(case=case, kind=kind, ends_on__gt=old.starts_on)
    # The sentence is read by whoever may know the date, so of an abeyance it does not say why.
    pauses = [
        Pause(row.starts_on, row.ends_on, _("abeyance") if row.overlay_id else row.reason)
        for row in ended
        if row.ends_on
    ]
    start = Start.of(old)
    due = _due(case, kind, old.starts_on, start, pauses=pauses)
    return _replace(case, _row(case, kind, due, anchor=old.anchor_entry, start=start), ended_on=on)


def paused(case: Case, kind: DeadlineKind, *, since: date) -> list[Pause]:
    """The pauses of a kind of clock that are over and began on a day or later."""
    rows = Toll.objects.filter(case=case, kind=kind, starts_on__gte=since, ends_on__isnull=False)
    return [Pause(row.starts_on, row.ends_on) for row in rows if row.ends_on]


def _moved(old: Deadline, pause: Pause, counted: Sequence[Pause]) -> Deadline:
    """A clock that ends on a day named by a step, after it stood still once more."""
    due_on = board_rules.moved(old.due_on, [pause], counted=counted)
    words = {"first": short_date(pause.starts_on), "last": short_date(pause.ends_on), "due": short_date(due_on)}
    stood = _("It stood still from %(first)s to %(last)s, so it ends on %(due)s.") % words
    details = {"due_on": due_on.isoformat(), "starts_on": old.starts_on.isoformat()}
    return Deadline(
        board_id=old.board_id,
        case_id=old.case_id,
        kind=old.kind,
        anchor_entry=old.anchor_entry,
        starts_on=old.starts_on,
        due_on=due_on,
        explanation=f"{old.explanation} {stood}",
        details=canonical.dumps(details),
    )


def _end_tolls(tolls: "QuerySet[Toll]", on: date) -> None:
    for toll in tolls.filter(ends_on__isnull=True):
        Toll.objects.filter(pk=toll.pk).update(ends_on=max(on, toll.starts_on))


def refresh_next_due(case: Case) -> None:
    """Copy the nearest running due date onto the case, for the queue. A window for somebody else is not work due."""
    running_ones = Deadline.objects.filter(case=case, state=DeadlineState.RUNNING).exclude(kind__in=WINDOWS)
    nearest = running_ones.aggregate(day=Min("due_on"))["day"]
    Case.objects.filter(pk=case.pk).update(next_due_on=nearest)


def running(case: Case, kind: DeadlineKind) -> Deadline | None:
    """The running clock of a kind."""
    return Deadline.objects.filter(case=case, kind=kind, state=DeadlineState.RUNNING).first()


def _replace(case: Case, row: Deadline, *, ended_on: date | None = None) -> Deadline:
    """Rows are never edited: the old one ends as replaced and names its successor."""
    old = Deadline.objects.filter(case=case, kind=row.kind, state__in=NOT_OVER).first()
    if old:
        ended_on = ended_on or row.starts_on
        Deadline.objects.filter(pk=old.pk).update(state=DeadlineState.SUPERSEDED, ended_on=ended_on)
        _end_tolls(Toll.objects.filter(case=case, kind=row.kind), ended_on)
    row.save(force_insert=True)
    if old:
        Deadline.objects.filter(pk=old.pk).update(superseded_by=row)
    return row


def _details(due: Due, start: Start) -> str:
    computed = due.computed
    paused = [
        {"starts_on": pause.starts_on.isoformat(), "ends_on": pause.ends_on.isoformat(), "reason": pause.reason}
        for pause in computed.pauses
    ]
    return canonical.dumps(
        {
            "starts_on": computed.starts_on.isoformat(),
            "days": computed.days,
            "day_kind": str(computed.day_kind),
            "mail_days": computed.mail_days,
            "ends_on": computed.ends_on.isoformat(),
            "due_on": computed.due_on.isoformat(),
            "skipped": [{"date": day.isoformat(), "name": name} for day, name in computed.skipped],
            **({"pauses": paused} if paused else {}),
            **start.details,
        }
    )


def set_by_step(what: str, day: date) -> str:
    """The sentence of a dated clock."""
    return _("%(what)s: %(day)s.") % {"what": what, "day": f"{day:%b} {day.day}, {day.year}"}
