"""Deadlines told from the ledger alone: each entry is read for what it does to the clocks of its case. Pure.

Most of it stands in the table of steps. What depended on the case stands in the entry's fact `clocks` (`clocks.told`).
The tables below say the rest: which day an event names, and which clocks the acts beside the steps end.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from boards.rules import Pause, moved
from tracker.cases import waivers
from tracker.cases.clocks import CLOCKS, MONITORED, WAIVED_BY, WINDOWS, DeadlineKind, Turn
from tracker.cases.kinds import DeadlineState, ServiceMethod
from tracker.cases.pathkinds import EmergencyEnd, EmergencyHearing
from tracker.cases.states import Priority, Status
from tracker.cases.steptable import TRANSITIONS, Transition

_K = DeadlineKind
# (kind, local start date, pauses, whether by mail) to the due date by the board's rules in force on the start date.
DueOn = Callable[[DeadlineKind, date, Sequence[Pause], bool], date]

STEPS: Mapping[str, Transition] = {row.event: row for row in TRANSITIONS if not row.opens_docket}
# The fact that names the day on which an event starts or ends a clock; every other is that of the entry itself.
DAYS: Mapping[tuple[str, DeadlineKind], str] = {
    ("case.charges_served", _K.ANSWER): "served_on",
    ("case.answer_recorded", _K.ANSWER): "received_on",
    ("case.withdrawal_recorded", _K.WITHDRAWAL_ANSWER): "asked_on",
    ("case.reopened", _K.NPDB_REPORT): "overturned_on",
    ("hearing.emergency_served", _K.EMERGENCY_NOTICE): "served_on",
    ("hearing.emergency_heard", _K.EMERGENCY_HEARING): "heard_on",
    ("hearing.first_contact", _K.FIRST_CONTACT): "contacted_on",
    ("hearing.npdb_reported", _K.NPDB_REPORT): "reported_on",
    ("hearing.reconsideration_asked", _K.RECONSIDERATION): "filed_on",
    ("hearing.reconsideration_asked", _K.RECONSIDERATION_DECISION): "filed_on",
    ("hearing.reconsideration_denied", _K.APPEAL): "denied_on",
    ("hearing.review_filed", _K.APPEAL): "filed_on",
    ("hearing.review_filed", _K.CERTIFIED_RECORD): "filed_on",
    ("hearing.review_decided", _K.NPDB_REPORT): "decided_on",
}
# The clocks that acts start and end; those of steps stand in their table.
STARTS: Mapping[str, tuple[DeadlineKind, ...]] = {
    "case.withdrawal_recorded": (_K.WITHDRAWAL_ANSWER,),
    "hearing.record_closed": (_K.PROPOSED_DECISION,),
    "hearing.violation_reported": (_K.VIOLATION_RESPONSE,),
}
ENDS: Mapping[str, tuple[DeadlineKind, ...]] = {
    "case.emergency_decided": (_K.EMERGENCY_ACTION,),
    "case.withdrawal_answered": (_K.WITHDRAWAL_ANSWER,),
    "hearing.emergency_taken": (_K.EMERGENCY_ACTION,),
    "hearing.emergency_served": (_K.EMERGENCY_NOTICE,),
    "hearing.emergency_heard": (_K.EMERGENCY_HEARING,),
    "hearing.first_contact": (_K.FIRST_CONTACT,),
    "hearing.record_certified": (_K.CERTIFIED_RECORD,),
    "hearing.violation_petitioned": (_K.VIOLATION_RESPONSE,),
}
# Events that may let the clock of an order's terms stand still or run on.
STAYS = ("hearing.stay_recorded", "hearing.review_decided")
NOT_OVER = (DeadlineState.RUNNING, DeadlineState.TOLLED)
_EMERGENCY = (_K.EMERGENCY_NOTICE, _K.EMERGENCY_HEARING, _K.EMERGENCY_EXPIRY)


@dataclass(frozen=True)
class Told:
    """One entry of the chain: `on` is its local date at the board."""

    id: UUID
    event: str
    on: date
    facts: Mapping[str, Any]

    def day(self, kind: DeadlineKind) -> date:
        """The day on which the entry starts or ends a clock."""
        named = self.facts.get(DAYS.get((self.event, kind), ""))
        return date.fromisoformat(named) if named else self.on

    @property
    def by_mail(self) -> bool:
        """False where it names another way of service than mail."""
        method = self.facts.get("method")
        return method is None or ServiceMethod(method).is_mail

    @property
    def turns(self) -> Mapping[str, str]:
        """What it says that it did to clocks, by kind."""
        return self.facts.get("clocks") or {}


@dataclass(frozen=True)
class Clocked:
    """A deadline as it follows from the ledger. `anchor` is the entry that started it."""

    kind: DeadlineKind
    anchor: UUID
    starts_on: date
    due_on: date
    state: DeadlineState = DeadlineState.RUNNING
    ended_on: date | None = None
    by_mail: bool = True


@dataclass
class Replay:
    """The clocks of one case while its chain is read. `rows` are all that ever were, in the order of their start."""

    due_on: DueOn
    received_on: date
    rows: list[Clocked] = field(default_factory=list)
    tolls: list[tuple[DeadlineKind, date, date | None]] = field(default_factory=list)
    waived: waivers.Reading = field(default_factory=waivers.Reading)

    def read(self, told: Told) -> None:
        """Let one more entry work on the clocks."""
        row = STEPS.get(told.event)
        self.waived.read(told.event, told.facts)
        self._before(told)
        self._end_told(told)
        for kind in ENDS.get(told.event, ()):
            self.end(kind, told.day(kind))
        if row:
            self._step(told, row)
        self._start_told(told)
        for kind in STARTS.get(told.event, ()):
            self.start(kind, told.day(kind), told.id)
        self._overlay(told)
        self._pause(told)

    def start(self, kind: DeadlineKind, starts_on: date, anchor: UUID, *, by_mail: bool = True) -> None:
        """Start a clock by the board's rule; one of its kind that is not over is replaced."""
        due_on = self.due_on(kind, starts_on, (), by_mail)
        self._replace(Clocked(kind, anchor, starts_on, due_on, by_mail=by_mail), starts_on)

    def end(self, kind: DeadlineKind, on: date, state: DeadlineState = DeadlineState.MET) -> None:
        """End a clock that is not over."""
        index = self._open(kind)
        if index is not None:
            self.rows[index] = replace(self.rows[index], state=state, ended_on=on)
        self._end_tolls(kind, on)

    def _open(self, kind: DeadlineKind) -> int | None:
        return next((i for i, row in enumerate(self.rows) if row.kind == kind and row.state in NOT_OVER), None)

    def _replace(self, row: Clocked, ended_on: date) -> None:
        self.end(row.kind, ended_on, DeadlineState.SUPERSEDED)
        self.rows.append(row)

    def _end_tolls(self, kind: DeadlineKind, on: date) -> None:
        self.tolls = [
            (k, first, max(on, first) if last is None and k == kind else last) for k, first, last in self.tolls
        ]

    def _before(self, told: Told) -> None:
        """What the acts themselves end before their step turns the clocks of its row."""
        if told.event == "hearing.settlement_signed":
            # What no longer takes place was neither held nor missed.
            self._drop(STEPS[told.event].closes, told.on)
        elif told.event == "hearing.remanded" and told.facts.get("order_set_aside"):
            self._drop(MONITORED, told.on)
        elif told.event == "notice.queued" and told.facts.get("kind") == "acknowledgement":
            self._acknowledged()
        elif told.event == "case.waiver_filed":
            self._waive(told)
        if told.facts.get("merged_emergency"):
            self._drop(_EMERGENCY, told.on)

    def _acknowledged(self) -> None:
        self.rows = [
            replace(row, state=DeadlineState.MET) if row.kind == _K.ACKNOWLEDGEMENT else row for row in self.rows
        ]

    def _waive(self, told: Told) -> None:
        for kind, what in WAIVED_BY.items():
            if what == told.facts["period"] and what in self.waived.complete:
                self.end(kind, told.on, DeadlineState.WAIVED)

    def _drop(self, kinds: Iterable[DeadlineKind], on: date) -> None:
        for kind in kinds:
            self.end(kind, on, DeadlineState.SUPERSEDED)

    def _end_told(self, told: Told) -> None:
        for name, what in told.turns.items():
            kind = DeadlineKind(name)
            if what in DeadlineState.values:
                self.end(kind, told.day(kind), DeadlineState(what))
            elif what == Turn.RENEWED:
                self.end(kind, told.on)

    def _start_told(self, told: Told) -> None:
        for name, what in told.turns.items():
            kind = DeadlineKind(name)
            if what in (Turn.OPENED, Turn.RENEWED):
                self.start(kind, told.day(kind), told.id)
            elif what != Turn.SKIPPED and what not in DeadlineState.values:
                due_on = max(date.fromisoformat(what), told.on)
                self._replace(Clocked(kind, told.id, told.on, due_on), told.on)

    def _step(self, told: Told, row: Transition) -> None:
        for kind in row.closes:
            self.end(kind, told.day(kind))
        if told.facts.get("to") == Status.CLOSED:
            self._close(told.on)
        for kind in (*row.opens, *row.renews):
            if kind in CLOCKS:
                self._of_row(kind, told, renewed=kind in row.renews)
        if told.event == "case.filed":
            self.end(_K.ACKNOWLEDGEMENT, told.on, DeadlineState.WAIVED)

    def _of_row(self, kind: DeadlineKind, told: Told, *, renewed: bool) -> None:
        if told.event == "case.filed":
            self.start(kind, self.received_on, told.id)
        elif (told.event, kind) in DAYS or kind not in told.turns:
            if renewed:
                self.end(kind, told.on)
            self.start(kind, told.day(kind), told.id, by_mail=told.by_mail)
            if WAIVED_BY.get(kind) in self.waived.complete:
                self.end(kind, told.on, DeadlineState.WAIVED)

    def _close(self, on: date) -> None:
        """Nothing more is due; a window that is over was not cut short."""
        for row in [row for row in self.rows if row.state in NOT_OVER]:
            is_past = row.kind in WINDOWS and row.due_on < on and row.state == DeadlineState.RUNNING
            self.end(row.kind, on, DeadlineState.MET if is_past else DeadlineState.SUPERSEDED)

    def _overlay(self, told: Told) -> None:
        facts = told.facts
        if told.event == "case.priority_changed" and facts.get("priority") == Priority.EMERGENCY:
            self.start(_K.EMERGENCY_ACTION, told.on, told.id)
        elif told.event == "hearing.emergency_heard" and facts["outcome"] == EmergencyHearing.VACATE:
            self._drop(_EMERGENCY, told.on)
        elif told.event == "hearing.emergency_ended":
            if facts["end"] == EmergencyEnd.EXPIRED:
                self.end(_K.EMERGENCY_EXPIRY, told.on)
            self._drop(_EMERGENCY, told.on)

    def _pause(self, told: Told) -> None:
        facts = told.facts
        if told.event == "case.clock_tolled":
            self._stop(DeadlineKind(facts["kind"]), date.fromisoformat(facts["from_on"]))
        elif told.event == "case.clock_resumed":
            self._run_on(DeadlineKind(facts["kind"]), date.fromisoformat(facts["paused_to"]))
        elif told.event == "case.abeyance_begun":
            for kind in facts["stops"]:
                self._stop(DeadlineKind(kind), told.on)
        elif told.event == "case.abeyance_ended":
            for kind in facts["due"]:
                self._run_on(DeadlineKind(kind), told.on)
        elif told.event in STAYS:
            for kind, day in facts.get("stops", {}).items():
                self._stop(DeadlineKind(kind), date.fromisoformat(day))
            for kind, day in facts.get("resumes", {}).items():
                self._run_on(DeadlineKind(kind), date.fromisoformat(day))

    def _stop(self, kind: DeadlineKind, from_on: date) -> None:
        index = self._open(kind)
        if index is not None:
            self.rows[index] = replace(self.rows[index], state=DeadlineState.TOLLED)
        self.tolls.append((kind, from_on, None))

    def _run_on(self, kind: DeadlineKind, on: date) -> None:
        index, counted = self._open(kind), self._pauses(kind)
        self._end_tolls(kind, on)
        if index is None:
            return
        old, stood = self.rows[index], self._pauses(kind)
        if kind in CLOCKS:
            pauses = [one for one in stood if one.ends_on > old.starts_on]
            due_on = self.due_on(kind, old.starts_on, pauses, old.by_mail)
        else:
            mine = [[one for one in group if one.starts_on >= old.starts_on] for group in (stood, counted)]
            due_on = moved(old.due_on, mine[0], counted=mine[1])
        self._replace(Clocked(kind, old.anchor, old.starts_on, due_on, by_mail=old.by_mail), on)

    def _pauses(self, kind: DeadlineKind) -> list[Pause]:
        """The pauses of a kind that are over, in order."""
        ended = sorted((first, last) for k, first, last in self.tolls if k == kind and last)
        return [Pause(first, last) for first, last in ended if last]


def replay(entries: Iterable[Told], *, due_on: DueOn, received_on: date) -> list[Clocked]:
    """Every deadline a chain adds up to, in the order of their start.

    `entries` are those of one case, oldest first; `received_on` is the local date on which the complaint came;
    `due_on` looks up the board's rules.
    """
    clocks = Replay(due_on, received_on)
    for told in entries:
        clocks.read(told)
    return clocks.rows


def received_on(entries: Iterable[Told], local: Callable[[datetime], date]) -> date | None:
    """The day on which the complaint came, by the entry of its filing; None for a docket that a step opened."""
    for told in entries:
        if told.event == "case.filed":
            return min(local(datetime.fromisoformat(told.facts["received_at"])), told.on)
    return None
