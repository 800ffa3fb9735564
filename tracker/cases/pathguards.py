"""Guards of what leaves the main road: settlement, default, remand, court, petitions, overlays. Pure."""

from collections.abc import Callable
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.cases.casefacts import CaseFacts
from tracker.cases.guards import Guard, period_over, short
from tracker.cases.kinds import AnswerValue, Period
from tracker.cases.pathkinds import BeforeBoard, Election
from tracker.cases.states import BEFORE_CHARGES, PETITIONS, CaseKind, Status


def _agreement_in_sight(facts: CaseFacts) -> list[str]:
    return [] if facts.open_offer else [_("No offer of settlement is open.")]


def _settles_here(facts: CaseFacts) -> list[str]:
    if facts.informal_track or facts.status not in BEFORE_CHARGES:
        return []
    return [_("At this board a case is settled only after charges are issued.")]


def _served(facts: CaseFacts) -> list[str]:
    return [] if facts.is_served else [_("Service of the charges is not proven.")]


def _unanswered(facts: CaseFacts) -> list[str]:
    if facts.is_answered:
        return [_("An answer is on file.")]
    return period_over(facts, Period.ANSWER, facts.answer_due_on, _("The time to answer"))


def _undisputed(facts: CaseFacts) -> list[str]:
    if facts.election in (Election.INFORMAL, Election.WAIVED):
        return []
    if facts.election == Election.FORMAL:
        return [_("The respondent asked for a formal hearing.")]
    disputed = [c.number for c in facts.counts if c.answer not in (AnswerValue.ADMITTED, AnswerValue.NOT_CONTESTED)]
    if facts.counts and not disputed:
        return []
    if not disputed:
        return [_("No count is answered.")]
    return [_("Count %(n)d is disputed, so it needs a hearing.") % {"n": number} for number in disputed]


def _not_petition(facts: CaseFacts) -> list[str]:
    return [_("A petition is granted or denied, not settled.")] if facts.kind in PETITIONS else []


def _is_petition(facts: CaseFacts) -> list[str]:
    return [] if facts.kind in PETITIONS else [_("This docket is not a petition.")]


def _deemed(facts: CaseFacts) -> list[str]:
    if facts.heard_by_board:
        return [_("The board heard the case itself, so that only its vote decides.")]
    if not facts.deemed_adopted:
        return [_("At this board a proposal is not adopted by time alone.")]
    # The board's time runs from the filing of the proposal, whether or not somebody put it on an agenda.
    waits = facts.status is Status.PROPOSED_DECISION and facts.kind not in PETITIONS
    if facts.before_board != BeforeBoard.PROPOSAL and not waits:
        return [_("Only a proposed decision can be adopted by time alone.")]
    if facts.board_action_due_on is None:
        return [_("No time for action by the board is running.")]
    if facts.today <= facts.board_action_due_on:
        return [_("The board may act until %(due)s.") % {"due": short(facts.board_action_due_on)}]
    if in_time(facts, facts.board_action_due_on):
        return [_("The board voted in time. Issue what it decided.")]
    return []


def in_time(facts: CaseFacts, due: date) -> bool:
    """Whether a meeting decided by a day, whenever that was recorded."""
    return facts.voted_on is not None and facts.voted_on <= due


def _has_vote(name: str, missing: Promise) -> Callable[[CaseFacts], list[str]]:
    return lambda facts: [] if name in facts.votes else [str(missing)]


def _settlement_before_board(facts: CaseFacts) -> list[str]:
    return [] if facts.before_board == BeforeBoard.SETTLEMENT else [_("No settlement is before the board.")]


def _proposed(facts: CaseFacts) -> list[str]:
    return [] if facts.before_board == BeforeBoard.PROPOSAL else [_("No proposed decision is before the board.")]


def _charged(facts: CaseFacts) -> list[str]:
    if facts.before_board == BeforeBoard.SETTLEMENT:
        return [_("A settlement is accepted or rejected: nothing is found on the counts.")]
    return [] if facts.counts else [_("This docket has no counts to find on.")]


def _remandable(facts: CaseFacts) -> list[str]:
    if facts.before_board == BeforeBoard.SETTLEMENT:
        return [_("A settlement is accepted or rejected, not remanded.")]
    if not facts.has_issued_charges and facts.kind not in PETITIONS:
        return [_("No charges were issued, so there is nothing to hear.")]
    return []


def _filed_in_time(
    period: str, due: Callable[[CaseFacts], date | None], what: Promise
) -> Callable[[CaseFacts], list[str]]:
    def check(facts: CaseFacts) -> list[str]:
        day = due(facts)
        if period in facts.waivers:
            return [_("%(what)s was waived.") % {"what": what}]
        if day is None:
            return [_("%(what)s is not running.") % {"what": what}]
        # What was filed in time may be written down later, so before the day is told nothing is too late.
        if facts.filed_on is None or facts.filed_on <= day:
            return []
        return [_("%(what)s ended on %(due)s.") % {"what": what, "due": short(day)}]

    return check


def _order_stands(facts: CaseFacts) -> list[str]:
    return [_("The order was set aside.")] if facts.order_is_vacated else []


def _reconsideration_refused(facts: CaseFacts) -> list[str]:
    if "order:deny_reconsideration" in facts.votes:
        return []
    due = facts.reconsideration_decision_due_on
    if facts.silence_denies and due and facts.today > due:
        return [_("The board voted in time. Record what it decided.")] if in_time(facts, due) else []
    if facts.silence_denies and due:
        return [_("The board has not voted to deny it, and may act until %(due)s.") % {"due": short(due)}]
    return [_("The board has not voted to deny the petition.")]


def _not_denied_by_time(facts: CaseFacts) -> list[str]:
    due = facts.reconsideration_decision_due_on
    if facts.silence_denies and due and facts.today > due and not in_time(facts, due):
        return [_("The time to act is over: the petition is denied by law.")]
    return []


def _violation_reported(facts: CaseFacts) -> list[str]:
    return [] if facts.violation_reported else [_("No violation is reported.")]


def _petitions_decided(facts: CaseFacts) -> list[str]:
    # The docket's number is for those who may see that docket, and stands with the links.
    return [_("A petition on this order is not decided yet.")] if facts.pending_petitions else []


def _petition_ripe(facts: CaseFacts) -> list[str]:
    if not facts.discipline_in_force:
        return [_("No discipline of this docket is in force.")]
    if facts.petition_from and facts.today < facts.petition_from:
        return [_("A petition may be filed from %(day)s on.") % {"day": short(facts.petition_from)}]
    return []


def _emergency_in_force(facts: CaseFacts) -> list[str]:
    return [] if facts.emergency else [_("No emergency action is in force.")]


def _no_emergency(facts: CaseFacts) -> list[str]:
    return [_("An emergency action is in force already.")] if facts.emergency else []


def _emergency_unserved(facts: CaseFacts) -> list[str]:
    return [_("Service of the emergency action is recorded already.")] if facts.emergency_served else []


def _overlay(name: str, *, there: bool, words: Promise) -> Callable[[CaseFacts], list[str]]:
    return lambda facts: [] if bool(getattr(facts, name)) == there else [str(words)]


def _no_emergency_left(facts: CaseFacts) -> list[str]:
    return [_("An emergency action is in force. End it first.")] if facts.emergency else []


def _report_due(facts: CaseFacts) -> list[str]:
    if facts.npdb_report_missing or facts.emergency_report_missing:
        return []
    return [_("No report to the National Practitioner Data Bank is due.")]


def _somebody_recused(facts: CaseFacts) -> list[str]:
    return [] if facts.somebody_recused else [_("Nobody is recused.")]


def _clock_runs(facts: CaseFacts) -> list[str]:
    return [] if facts.a_clock_runs else [_("No clock that counts days is running.")]


def _clock_tolled(facts: CaseFacts) -> list[str]:
    return [] if facts.a_clock_is_tolled else [_("No clock is paused by itself.")]


def _rests_on_complaint(facts: CaseFacts) -> list[str]:
    return [] if facts.kind is CaseKind.COMPLAINT else [_("This docket rests on no complaint.")]


def _no_withdrawal_open(facts: CaseFacts) -> list[str]:
    return [_("A withdrawal waits for its answer already.")] if facts.withdrawal_unanswered else []


def _linked_by_hand(facts: CaseFacts) -> list[str]:
    return [] if facts.is_linked_by_hand else [_("No link that staff made is in force.")]


def _court_record_sealed(facts: CaseFacts) -> list[str]:
    if facts.court_record_sealed:
        return []
    return [_("No court record was built and sealed since the petition to the court came. Build that bundle first.")]


def _withdrawal_open(facts: CaseFacts) -> list[str]:
    return [] if facts.withdrawal_unanswered else [_("No withdrawal waits for an answer.")]


AGREEMENT_IN_SIGHT = Guard(gettext_lazy("An offer of settlement is open"), _agreement_in_sight)
SETTLES_HERE = Guard(
    gettext_lazy("Charges are issued, or the board's rule lets a case be settled before them"), _settles_here
)
SERVICE_PROVEN = Guard(gettext_lazy("Service of the charges is proven"), _served)
NO_ANSWER = Guard(gettext_lazy("No answer came, and the time to answer is over or waived"), _unanswered)
NOTHING_DISPUTED = Guard(gettext_lazy("No count is disputed, or a hearing was given up"), _undisputed)
NOT_PETITION = Guard(gettext_lazy("The docket is no petition of a former licensee"), _not_petition)
IS_PETITION = Guard(gettext_lazy("The docket is a petition"), _is_petition)
DEEMED = Guard(gettext_lazy("The board's time to act is over, and its rule adopts the proposal then"), _deemed)
PROPOSED = Guard(gettext_lazy("A proposed decision is before the board"), _proposed)
HAS_COUNTS = Guard(gettext_lazy("The docket has counts, and no settlement is before the board"), _charged)
REMAND_VOTED = Guard(
    gettext_lazy("The board voted to remand"),
    _has_vote("order:remand", gettext_lazy("The board has not voted to remand.")),
)
REMANDABLE = Guard(gettext_lazy("What is before the board can be sent back"), _remandable)
SETTLEMENT_BEFORE_BOARD = Guard(gettext_lazy("A settlement is before the board"), _settlement_before_board)
REJECTION_VOTED = Guard(
    gettext_lazy("The board voted to reject the settlement"),
    _has_vote("order:reject_settlement", gettext_lazy("The board has not voted to reject the settlement.")),
)
RECONSIDERATION_IN_TIME = Guard(
    gettext_lazy("The petition was filed within the time for reconsideration, whenever it is recorded"),
    _filed_in_time(
        Period.RECONSIDERATION, lambda f: f.reconsideration_due_on, gettext_lazy("The time for reconsideration")
    ),
)
APPEAL_IN_TIME = Guard(
    gettext_lazy("The petition was filed within the time for judicial review, whenever it is recorded"),
    _filed_in_time(Period.APPEAL, lambda f: f.appeal_due_on, gettext_lazy("The time for judicial review")),
)
ORDER_STANDS = Guard(gettext_lazy("The order was not set aside"), _order_stands)
RECONSIDERATION_REFUSED = Guard(
    gettext_lazy("The board voted to deny, or its time is over and silence denies"), _reconsideration_refused
)
RECONSIDERATION_VOTED = Guard(
    gettext_lazy("The board voted to reconsider"),
    _has_vote("order:reconsider", gettext_lazy("The board has not voted to reconsider.")),
)
NOT_DENIED_BY_TIME = Guard(gettext_lazy("Silence has not denied the petition by law"), _not_denied_by_time)
VIOLATION_REPORTED = Guard(gettext_lazy("A violation is reported"), _violation_reported)
PETITIONS_DECIDED = Guard(gettext_lazy("Every petition on the order is decided"), _petitions_decided)
PETITION_RIPE = Guard(gettext_lazy("Discipline is in force and the waiting period is over"), _petition_ripe)
EMERGENCY_IN_FORCE = Guard(gettext_lazy("An emergency action is in force"), _emergency_in_force)
NO_EMERGENCY = Guard(gettext_lazy("No emergency action is in force"), _no_emergency)
EMERGENCY_UNSERVED = Guard(gettext_lazy("The emergency action is not served yet"), _emergency_unserved)
IN_ABEYANCE = Guard(
    gettext_lazy("The case is in abeyance"),
    _overlay("in_abeyance", there=True, words=gettext_lazy("The case is not in abeyance.")),
)
NOT_IN_ABEYANCE = Guard(
    gettext_lazy("The case is not in abeyance"),
    _overlay("in_abeyance", there=False, words=gettext_lazy("The case is in abeyance already.")),
)
ON_HOLD = Guard(
    gettext_lazy("A hold is in force"), _overlay("on_hold", there=True, words=gettext_lazy("No hold is in force."))
)
NOT_ON_HOLD = Guard(
    gettext_lazy("No hold is in force"),
    _overlay("on_hold", there=False, words=gettext_lazy("A hold is in force already.")),
)
SEALED = Guard(
    gettext_lazy("The case is sealed"),
    _overlay("is_sealed", there=True, words=gettext_lazy("The case is not sealed.")),
)
NOT_SEALED = Guard(
    gettext_lazy("The case is not sealed"),
    _overlay("is_sealed", there=False, words=gettext_lazy("The case is sealed already.")),
)
NO_EMERGENCY_LEFT = Guard(gettext_lazy("No emergency action is left in force"), _no_emergency_left)
REPORT_DUE = Guard(gettext_lazy("A report to the NPDB is due"), _report_due)
SOMEBODY_RECUSED = Guard(gettext_lazy("Somebody is recused"), _somebody_recused)
CLOCK_RUNS = Guard(gettext_lazy("A clock that counts days is running"), _clock_runs)
CLOCK_TOLLED = Guard(gettext_lazy("A clock is paused by itself, not by an abeyance"), _clock_tolled)
RESTS_ON_COMPLAINT = Guard(gettext_lazy("The docket rests on a complaint"), _rests_on_complaint)
NO_WITHDRAWAL_OPEN = Guard(gettext_lazy("No withdrawal waits for an answer"), _no_withdrawal_open)
COURT_RECORD_SEALED = Guard(gettext_lazy("The court record is built and sealed"), _court_record_sealed)
LINKED_BY_HAND = Guard(gettext_lazy("A link made by staff is in force"), _linked_by_hand)
WITHDRAWAL_OPEN = Guard(gettext_lazy("A withdrawal waits for an answer"), _withdrawal_open)
