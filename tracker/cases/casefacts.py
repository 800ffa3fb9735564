"""What a decision needs to know of a case: plain values, no database. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tracker.cases.states import Priority, Stage, Status


@dataclass(frozen=True)
class AllegationFacts:
    """One allegation and whether the investigator concluded anything on it."""

    key: str
    has_finding: bool


@dataclass(frozen=True)
class ExhibitFacts:
    """One exhibit: whether it is through scan and inspection, whether its custody has begun, and its mark's state."""

    key: str
    is_settled: bool
    in_custody: bool
    mark: str = ""


@dataclass(frozen=True)
class CountFacts:
    """One count: cited, in time, answered, and what was found by the presiding officer and by the board."""

    number: int
    citation: str
    late_reason: str
    answer: str
    proposed: str
    by_board: str


@dataclass(frozen=True)
class TermFacts:
    """One term of the order in force."""

    key: str
    label: str
    is_met: bool


@dataclass(frozen=True)
class CaseFacts:
    """A case as guards see it on one day (`today`, the board's local date).

    `closures` maps each disposition to the reasons why it may not end the case yet (an empty tuple: it may).
    `votes` are the questions that passed and were not used: `probable_cause`, `order:adopt` …
    """

    today: date
    stage: Stage
    status: Status
    priority: Priority | None
    priority_verified: bool
    capacities: frozenset[str]
    clear_of_conflict: frozenset[str]
    in_conflict: frozenset[str]
    emergency_due_on: date | None = None
    information_due_on: date | None = None
    information_received: bool = False
    response_due_on: date | None = None
    response_on_file: bool = False
    allegations: tuple[AllegationFacts, ...] = ()
    exhibits: tuple[ExhibitFacts, ...] = ()
    counts: tuple[CountFacts, ...] = ()
    has_issued_charges: bool = False
    pc_body: str = "panel"
    votes: frozenset[str] = frozenset()
    waivers: frozenset[str] = frozenset()
    closures: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    hearing_on: date | None = None
    exceptions_due_on: date | None = None
    drafted_sanctions: tuple[str, ...] = ()
    order_is_issued: bool = False
    npdb_report_missing: bool = False
    terms: tuple[TermFacts, ...] = ()
    reconsideration_due_on: date | None = None
    appeal_due_on: date | None = None
