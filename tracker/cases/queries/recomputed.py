"""Deadlines as they stand in the rows, held against those that the ledger and the boards' rules add up to."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import zip_longest

from django.utils.translation import gettext as _

from boards import queries as board_queries
from boards.rules import Pause
from tracker.audit.models import LedgerEntry
from tracker.cases import recompute
from tracker.cases.clocks import CLOCKS, WINDOWS, DeadlineKind
from tracker.cases.kinds import DeadlineState
from tracker.cases.models import Case, Deadline
from tracker.cases.recompute import Clocked, DueOn, Told


@dataclass(frozen=True)
class Difference:
    """A stored deadline that is not what follows from the ledger. `stored` or `told` is empty where one is missing."""

    docket: str
    kind: str
    stored: str
    told: str

    @property
    def sentence(self) -> str:
        """One line for people."""
        words = {"docket": self.docket, "kind": self.kind}
        words |= {"stored": self.stored or _("nothing"), "told": self.told or _("nothing")}
        return _("%(docket)s: %(kind)s: stored %(stored)s; by ledger and rules %(told)s") % words


def clocked(case: Case) -> list[Clocked]:
    """Every deadline of a case, recomputed from its chain and the rules in force on each start."""
    zone = board_queries.board_zone(case.board)

    def local(moment: datetime) -> date:
        return moment.astimezone(zone).date()

    entries = entries_of(case, local)
    came_on = recompute.received_on(entries, local) or local(case.received_at)
    return recompute.replay(entries, due_on=_by_rules(case), received_on=came_on)


def entries_of(case: Case, local: Callable[[datetime], date]) -> list[Told]:
    """The chain of a case, oldest first."""
    rows = LedgerEntry.objects.filter(chain=case.pk).order_by("seq")
    return [Told(row.id, row.event, local(row.at), json.loads(row.body)["facts"]) for row in rows]


def _by_rules(case: Case) -> DueOn:
    known: dict[tuple[DeadlineKind, date, tuple[Pause, ...], bool], date] = {}

    def due_on(kind: DeadlineKind, starts_on: date, pauses: Sequence[Pause], by_mail: bool) -> date:
        asked = (kind, starts_on, tuple(pauses), by_mail)
        if asked not in known:
            clock = CLOCKS[kind]
            mail = clock.mail and by_mail
            known[asked] = board_queries.due(
                case.board, clock.rule_key, starts_on=starts_on, start_label="", mail=mail, pauses=pauses
            ).due_on
        return known[asked]

    return due_on


def differences(case: Case) -> list[Difference]:
    """Where the rows of a case are not what the ledger and the rules say; empty when all agree.

    The n-th row of a kind is held against the n-th that the ledger tells of. The case's copy of its nearest due date
    is held against what still runs.
    """
    told = clocked(case)
    stored = list(Deadline.objects.filter(case=case).order_by("id"))
    kinds = dict.fromkeys([*(str(row.kind) for row in told), *(row.kind for row in stored)])
    found = []
    for kind in kinds:
        ours = [row for row in stored if row.kind == kind]
        theirs = [row for row in told if row.kind == kind]
        for row, clock in zip_longest(ours, theirs):
            mine, right = _of_row(row), _of_clock(clock)
            if mine != right:
                found.append(Difference(case.docket, kind, mine, right))
    return found + _nearest(case, told)


def _nearest(case: Case, told: list[Clocked]) -> list[Difference]:
    running = [row.due_on for row in told if row.state == DeadlineState.RUNNING and row.kind not in WINDOWS]
    nearest = min(running, default=None)
    if nearest == case.next_due_on:
        return []
    stored = case.next_due_on.isoformat() if case.next_due_on else ""
    return [Difference(case.docket, "next_due_on", stored, nearest.isoformat() if nearest else "")]


def _of_row(row: Deadline | None) -> str:
    if row is None:
        return ""
    return _words(row.starts_on, row.due_on, row.state, row.ended_on) + f" [{str(row.anchor_entry)[-8:]}]"


def _of_clock(row: Clocked | None) -> str:
    if row is None:
        return ""
    return _words(row.starts_on, row.due_on, row.state, row.ended_on) + f" [{str(row.anchor)[-8:]}]"


def _words(starts_on: date, due_on: date, state: str, ended_on: date | None) -> str:
    ended = f" {ended_on.isoformat()}" if ended_on else ""
    return f"{starts_on.isoformat()} > {due_on.isoformat()} {state}{ended}"


def cases_to_check(case: Case | None) -> list[Case]:
    """One case, or every case of the installation by docket."""
    return [case] if case else list(Case.objects.select_related("board__jurisdiction").order_by("docket"))
