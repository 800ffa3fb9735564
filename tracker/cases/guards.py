"""Every guard of the workflow: a rule in words and a pure check that gives the reasons why it is not met."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.cases import waivers
from tracker.cases.casefacts import CaseFacts
from tracker.cases.clocks import PAUSED
from tracker.cases.kinds import COUNT_VALUES, Period
from tracker.cases.states import REVIEW_CLOSURES, Status


@dataclass(frozen=True)
class Guard:
    """A rule that must hold. `check` returns whole sentences; none means that it holds."""

    text: str | Promise
    check: Callable[[CaseFacts], list[str]]


def short(day: date) -> str:
    """A date in a sentence; that of a clock that stands still is not known."""
    if day == PAUSED:
        return _("a day that is not known while the clock is paused")
    return f"{day:%b} {day.day}, {day.year}"


def _priority_set(facts: CaseFacts) -> list[str]:
    return [] if facts.priority else [_("No priority is set.")]


def _priority_verified(facts: CaseFacts) -> list[str]:
    if facts.priority_verified:
        return []
    return [_("A second person has not verified the priority.")]


def _information_settled(facts: CaseFacts) -> list[str]:
    if facts.information_received or facts.information_due_on is None or facts.today > facts.information_due_on:
        return []
    due = short(facts.information_due_on)
    return [_("The information has not come, and its due date (%(due)s) is not over.") % {"due": due}]


def _some_closure(facts: CaseFacts, stage: str) -> list[str]:
    codes = [code for code in facts.closures if stage == "intake" or code in REVIEW_CLOSURES]
    if not codes or any(not facts.closures[code] for code in codes):
        return []
    # What stands in the way of every ending; each ending's own reasons are told when it is asked for.
    shared = [reason for reason in facts.closures[codes[0]] if all(reason in facts.closures[c] for c in codes)]
    return shared or [_("No disposition has the approval or the vote that the board's policy asks for.")]


def _closed_by_approval(facts: CaseFacts) -> list[str]:
    if facts.closure_policy.by == "approval":
        return []
    return [_("This board decides closures by vote: record the vote.")]


def _investigator_assigned(facts: CaseFacts) -> list[str]:
    return [] if "investigator" in facts.capacities else [_("No investigator is assigned.")]


def _conflict_free(
    capacity: str, nobody: Promise, unanswered: Promise, conflict: Promise
) -> Callable[[CaseFacts], list[str]]:
    def check(facts: CaseFacts) -> list[str]:
        if capacity not in facts.capacities:
            return [str(nobody)]
        if capacity in facts.in_conflict:
            return [str(conflict)]
        return [] if capacity in facts.clear_of_conflict else [str(unanswered)]

    return check


def _presiding_assigned(facts: CaseFacts) -> list[str]:
    return [] if "presiding" in facts.capacities else [_("No presiding officer is assigned.")]


def _allegations_found(facts: CaseFacts) -> list[str]:
    return [_("Allegation %(key)s has no finding.") % {"key": a.key} for a in facts.allegations if not a.has_finding]


def _evidence_settled(facts: CaseFacts) -> list[str]:
    reasons = [
        _("Exhibit %(key)s is still being scanned.") % {"key": e.key} for e in facts.exhibits if not e.is_settled
    ]
    reasons += [_("Exhibit %(key)s has no custody entry.") % {"key": e.key} for e in facts.exhibits if not e.in_custody]
    return reasons


def _probable_cause_voted(facts: CaseFacts) -> list[str]:
    if facts.pc_body == "staff" or "probable_cause" in facts.votes:
        return []
    return [_("No vote found probable cause with quorum and majority.")]


def _counts_drafted(facts: CaseFacts) -> list[str]:
    if not facts.counts:
        return [_("No count is drafted.")]
    return [_("Count %(n)d cites no statute or rule.") % {"n": c.number} for c in facts.counts if not c.citation]


def _counts_in_time(facts: CaseFacts) -> list[str]:
    return [f"{_('Count')} {c.number}: {c.late_reason}" for c in facts.counts if c.late_reason]


def _hearing_day_reached(facts: CaseFacts) -> list[str]:
    if facts.hearing_on is None:
        return [_("No hearing is set.")]
    if facts.today >= facts.hearing_on:
        return []
    return [_("The hearing is set for %(day)s.") % {"day": short(facts.hearing_on)}]


def _record_open(facts: CaseFacts) -> list[str]:
    if not facts.record_closed:
        return []
    if facts.status is Status.HEARING_HELD:
        return [_("The record of the hearing is closed. The presiding officer can reopen it.")]
    return [_("The record of the hearing is closed, and the proposal rests on it. Only a remand opens it again.")]


def _record_closed(facts: CaseFacts) -> list[str]:
    return [] if facts.record_closed else [_("The record of the hearing is open.")]


def _counts_proposed(facts: CaseFacts) -> list[str]:
    return [
        _("Count %(n)d has no finding by the presiding officer.") % {"n": c.number}
        for c in facts.counts
        if c.proposed not in COUNT_VALUES
    ]


def _exceptions_over(facts: CaseFacts) -> list[str]:
    return period_over(facts, Period.EXCEPTIONS, facts.exceptions_due_on, _("The time for exceptions"))


def period_over(facts: CaseFacts, period: str, due: date | None, what: str) -> list[str]:
    """Why a period is not over: neither waived by all whose it is nor past its last day."""
    if period in facts.waivers or due is None or facts.today > due:
        return []
    runs = _("%(what)s runs until %(due)s.") % {"what": what, "due": short(due)}
    return [f"{runs} {waivers.wanting(facts.waived_by, period)}"]


def _has_terms(facts: CaseFacts) -> list[str]:
    return [] if facts.terms else [_("The order has no terms to monitor.")]


def _monitor_assigned(facts: CaseFacts) -> list[str]:
    return [] if "monitor" in facts.capacities else [_("No compliance monitor is assigned.")]


def _terms_met(facts: CaseFacts) -> list[str]:
    return [
        _("Term %(key)s has no proof: %(label)s.") % {"key": t.key, "label": t.label}
        for t in facts.terms
        if not t.is_met
    ]


def _time_to_challenge_over(facts: CaseFacts) -> list[str]:
    reasons = period_over(
        facts, Period.RECONSIDERATION, facts.reconsideration_due_on, _("The time for reconsideration")
    )
    return reasons + period_over(facts, Period.APPEAL, facts.appeal_due_on, _("The time for judicial review"))


def _npdb_reported(facts: CaseFacts) -> list[str]:
    if not facts.npdb_report_missing and not facts.emergency_report_missing:
        return []
    return [_("The report to the National Practitioner Data Bank is not recorded.")]


def _charges_answerable(facts: CaseFacts) -> list[str]:
    return [] if facts.has_issued_charges else [_("No charges are issued.")]


def _offerable(facts: CaseFacts) -> list[str]:
    return [] if any(e.mark == "marked" for e in facts.exhibits) else [_("No marked exhibit waits to be offered.")]


def _rulable(facts: CaseFacts) -> list[str]:
    return [] if any(e.mark == "offered" for e in facts.exhibits) else [_("No offered exhibit waits for a ruling.")]


def _sanction_drafted(facts: CaseFacts) -> list[str]:
    return [] if facts.drafted_sanctions else [_("No sanction is drafted.")]


def _somebody_assigned(facts: CaseFacts) -> list[str]:
    return [] if facts.capacities else [_("Nobody is assigned.")]


def _emergency_open(facts: CaseFacts) -> list[str]:
    return [] if facts.emergency_due_on else [_("No decision on emergency action is due.")]


def _contact_due(facts: CaseFacts) -> list[str]:
    return [] if facts.contact_due_on else [_("No first contact is due.")]


PRIORITY_SET = Guard(gettext_lazy("A priority is set"), _priority_set)
OFFERABLE = Guard(gettext_lazy("A marked exhibit waits to be offered"), _offerable)
RULABLE = Guard(gettext_lazy("An offered exhibit waits for a ruling"), _rulable)
SANCTION_DRAFTED = Guard(gettext_lazy("A sanction is drafted"), _sanction_drafted)
SOMEBODY_ASSIGNED = Guard(gettext_lazy("Somebody is assigned"), _somebody_assigned)
CONTACT_DUE = Guard(gettext_lazy("The first contact with the licensee is due"), _contact_due)
EMERGENCY_OPEN = Guard(gettext_lazy("A decision on emergency action is due"), _emergency_open)
PRIORITY_VERIFIED = Guard(gettext_lazy("A second person verified the priority"), _priority_verified)
INFORMATION_SETTLED = Guard(gettext_lazy("The information came, or its due date is over"), _information_settled)
INTAKE_CLOSURE = Guard(
    gettext_lazy("An intake closure is open: approval and papers that the board's rules ask for"),
    lambda facts: _some_closure(facts, "intake"),
)
REVIEW_CLOSURE = Guard(
    gettext_lazy("The board's approval policy for a closure is met; recused members are not counted"),
    lambda facts: _some_closure(facts, "review"),
)
CLOSED_BY_APPROVAL = Guard(gettext_lazy("The board's rule has closures approved here, not voted"), _closed_by_approval)
INVESTIGATOR_ASSIGNED = Guard(gettext_lazy("An investigator is assigned"), _investigator_assigned)
INVESTIGATOR_CLEAR = Guard(
    gettext_lazy("The investigator passed the conflict check"),
    _conflict_free(
        "investigator",
        gettext_lazy("No investigator is assigned."),
        gettext_lazy("The investigator has not answered the conflict check."),
        gettext_lazy("The investigator declared a conflict: assign another."),
    ),
)
ALLEGATIONS_FOUND = Guard(gettext_lazy("Every allegation has a finding by the investigator"), _allegations_found)
EVIDENCE_SETTLED = Guard(gettext_lazy("All evidence is hashed, scanned and in custody"), _evidence_settled)
PROBABLE_CAUSE_VOTED = Guard(
    gettext_lazy("Probable cause found by the deciding body with quorum and majority (staff boards: counsel's memo)"),
    _probable_cause_voted,
)
COUNTS_DRAFTED = Guard(gettext_lazy("At least one count is drafted, each citing a statute or rule"), _counts_drafted)
COUNTS_IN_TIME = Guard(gettext_lazy("Each count is within the limitation period"), _counts_in_time)
CHARGES_ISSUED = Guard(gettext_lazy("Charges are issued"), _charges_answerable)
PRESIDING_CLEAR = Guard(
    gettext_lazy("A presiding officer is assigned and has no conflict"),
    _conflict_free(
        "presiding",
        gettext_lazy("No presiding officer is assigned."),
        gettext_lazy("The presiding officer has not answered the conflict check."),
        gettext_lazy("The presiding officer declared a conflict: assign another."),
    ),
)
PRESIDING_ASSIGNED = Guard(gettext_lazy("A presiding officer is assigned"), _presiding_assigned)
HEARING_DAY = Guard(gettext_lazy("The day of the hearing has come"), _hearing_day_reached)
RECORD_OPEN = Guard(gettext_lazy("After the hearing: its record is open"), _record_open)
RECORD_CLOSED = Guard(gettext_lazy("The record of the hearing is closed"), _record_closed)
COUNTS_PROPOSED = Guard(
    gettext_lazy("Every count has a finding by the presiding officer, with the burden of proof recorded"),
    _counts_proposed,
)
EXCEPTIONS_OVER = Guard(gettext_lazy("The time for exceptions is over or waived"), _exceptions_over)
HAS_TERMS = Guard(gettext_lazy("The order has terms"), _has_terms)
MONITOR_ASSIGNED = Guard(gettext_lazy("A compliance monitor is assigned"), _monitor_assigned)
TERMS_MET = Guard(gettext_lazy("Every term has proof"), _terms_met)
CHALLENGE_OVER = Guard(
    gettext_lazy("The time for reconsideration and judicial review is over or waived"),
    _time_to_challenge_over,
)
NPDB_REPORTED = Guard(gettext_lazy("A reportable action was reported to the NPDB"), _npdb_reported)
