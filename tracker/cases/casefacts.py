"""What a decision needs to know of a case: plain values, no database. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tracker.cases.states import CaseKind, Priority, Stage, Status
from tracker.cases.votes import ClosurePolicy
from tracker.cases.waivers import Waived, complete


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
    `votes` are the questions that passed and were not used: `probable_cause`, `order:adopt` … `before_board` is what
    the board decides on (a `BeforeBoard`), `open_offer` the side whose offer of settlement waits, `emergency` the code
    of the emergency action in force, `petition_from` the first day for a petition on the order, `pending_petitions`
    the dockets of petitions on this order that are not decided. The due date of a clock that is paused is
    `clocks.PAUSED`: a day that is always ahead. `a_clock_is_tolled` tells of pauses that no abeyance and no court made.
    `record_closed` says, from the hearing to the board, that nothing more is taken into its record, and
    `heard_by_board` that members sat at the last hearing; then `deemed_adopted` is no rule for this case.
    `filed_on` is the day on which what an act records came in, None where no act names one. `decision_changes` are the
    parts of the proposal that the board changed (a `ChangedPart`), since the case came to it. `proposed_sanctions` are
    those that the last proposal recommends, `sanctions_differ` says that those drafted are others. At board review
    `vote_is_outdated` tells that the order was changed after the board voted on it, so that the vote carries nothing,
    `rejection_voted` that it rejected the proposal, outdated or not, and `voted_on` the day of the first meeting that
    decided. `waived_by` names the sides that gave up each period, as far as it still counts, and `challenged_on` the
    day of the order, or of the offer of settlement, whose challenge can be waived; None where there is neither.
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
    allegations: tuple[AllegationFacts, ...] = ()
    exhibits: tuple[ExhibitFacts, ...] = ()
    counts: tuple[CountFacts, ...] = ()
    has_issued_charges: bool = False
    pc_body: str = "panel"
    votes: frozenset[str] = frozenset()
    waived_by: Waived = field(default_factory=dict)
    challenged_on: date | None = None
    closure_policy: ClosurePolicy = ClosurePolicy()
    closures: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    hearing_on: date | None = None
    record_closed: bool = False
    exceptions_due_on: date | None = None
    drafted_sanctions: tuple[str, ...] = ()
    order_is_issued: bool = False
    npdb_report_missing: bool = False
    terms: tuple[TermFacts, ...] = ()
    reconsideration_due_on: date | None = None
    appeal_due_on: date | None = None
    contact_due_on: date | None = None
    kind: CaseKind = CaseKind.COMPLAINT
    before_board: str = ""
    open_offer: str = ""
    offer_by_board: bool = False
    informal_track: bool = False
    is_served: bool = False
    is_answered: bool = False
    election: str = ""
    answer_due_on: date | None = None
    board_action_due_on: date | None = None
    deemed_adopted: bool = False
    heard_by_board: bool = False
    decision_changes: frozenset[str] = frozenset()
    proposed_sanctions: tuple[str, ...] = ()
    sanctions_differ: bool = False
    vote_is_outdated: bool = False
    voted_on: date | None = None
    rejection_voted: bool = False
    order_is_vacated: bool = False
    filed_on: date | None = None
    discipline_in_force: bool = False
    petition_from: date | None = None
    reconsideration_decision_due_on: date | None = None
    silence_denies: bool = False
    emergency: str = ""
    emergency_served: bool = False
    in_abeyance: bool = False
    on_hold: bool = False
    is_sealed: bool = False
    stay_in_force: bool = False
    violation_reported: bool = False
    pending_petitions: tuple[str, ...] = ()
    withdrawal_unanswered: bool = False
    court_record_sealed: bool = False
    emergency_by_vote: bool = True
    emergency_report_missing: bool = False
    somebody_recused: bool = False
    a_clock_runs: bool = False
    a_clock_is_tolled: bool = False
    is_linked_by_hand: bool = False

    @property
    def waivers(self) -> frozenset[str]:
        """The periods that all who must have waived."""
        return complete(self.waived_by)

    @property
    def challenges_open(self) -> bool:
        """Whether there is an order or an offer of settlement whose challenge can be waived."""
        return self.challenged_on is not None
