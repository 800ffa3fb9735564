"""The events of a case that a chronology tells, each with its sentence and the editions that may tell it. Pure.

What happens inside the investigation (screening, findings, approvals, memos, settlement) is told in the board's edition
only: who decides on the record must not learn it from a list, and neither may the public.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from django.utils.dateformat import format as format_date
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tracker.bundle.editions import BOARD, COURT, HEARING, PUBLIC, RESPONDENT
from tracker.cases.kinds import DocumentKind
from tracker.evidence.states import MarkState

_PARTIES = (BOARD, HEARING, RESPONDENT, COURT)
_EVERYBODY = (*_PARTIES, PUBLIC)
_OURS = (BOARD,)
_KNOWN_TO_RESPONDENT = (BOARD, RESPONDENT)


@dataclass(frozen=True)
class Milestone:
    """One kind of event. `day` names the fact that holds its day (else that of the entry); `kinds` limit documents."""

    event: str
    sentence: str | Promise
    editions: tuple[str, ...]
    day: str = ""
    kinds: tuple[str, ...] = ()


_M = Milestone
_ROWS = (
    _M("case.filed", _("Complaint received."), _PARTIES, day="received_at"),
    _M("case.review_begun", _("Intake review begun."), _OURS),
    _M("case.information_requested", _("Information requested from the complainant."), _OURS),
    _M("case.closed_at_intake", _("Closed at intake."), _OURS),
    _M("case.accepted", _("Accepted for investigation."), _OURS),
    _M("case.licensee_notified", _("Notice of the complaint to the licensee."), _PARTIES),
    _M("case.response_recorded", _("Time to respond ended: response of the licensee on file, or none."), _PARTIES),
    _M("case.report_submitted", _("Report of investigation submitted."), _OURS),
    _M("case.legal_review_passed", _("Report signed off by counsel."), _OURS),
    _M("case.closed_without_discipline", _("Closed without discipline."), _KNOWN_TO_RESPONDENT),
    _M("case.counsel_appeared", _("Counsel appeared for the respondent."), _PARTIES),
    _M("case.charges_issued", _("Charges issued, counts: {counts}."), _EVERYBODY),
    _M("case.charges_served", _("Charges served."), _EVERYBODY, day="served_on"),
    _M("case.answer_recorded", _("Answer received."), _EVERYBODY, day="received_on"),
    _M("hearing.default_entered", _("Default entered: no answer in time."), _EVERYBODY),
    _M("hearing.sent_undisputed", _("Charges sent to the board without a hearing."), _EVERYBODY),
    _M("hearing.settlement_signed", _("Settlement signed by both sides."), _OURS),
    _M(
        "case.document_filed",
        _("{kind} filed."),
        _PARTIES,
        kinds=(DocumentKind.MOTION, DocumentKind.EXCEPTIONS, DocumentKind.WAIVER),
    ),
    _M("hearing.scheduled", _("Notice of hearing: set for {starts_on}."), _EVERYBODY),
    _M("hearing.continued", _("Hearing postponed."), _EVERYBODY),
    _M("hearing.reset", _("Notice of hearing: set anew for {starts_on}."), _EVERYBODY),
    _M("evidence.received", _("Exhibit {mark} received."), _OURS),
    _M("evidence.offered", _("Exhibit {mark} offered."), _EVERYBODY),
    _M("evidence.ruled", _("Ruling on exhibit {mark}: {ruling}."), _EVERYBODY),
    _M("hearing.opened", _("Hearing opened."), _EVERYBODY),
    _M("hearing.decision_proposed", _("Proposed decision filed."), _PARTIES),
    _M("hearing.sent_to_board", _("Sent to the board for review."), _OURS),
    _M("hearing.order_issued", _("Order issued, effective {effective_on}."), _EVERYBODY),
    _M("hearing.deemed_adopted", _("Proposed decision adopted by time, effective {effective_on}."), _EVERYBODY),
    _M("hearing.remanded", _("Sent back for hearing by the board."), _PARTIES),
    _M("hearing.reconsideration_asked", _("Reconsideration asked."), _PARTIES, day="filed_on"),
    _M("hearing.reconsideration_denied", _("Reconsideration denied."), _PARTIES),
    _M("hearing.reconsideration_granted", _("The board reconsiders its order."), _PARTIES),
    _M("hearing.compliance_begun", _("Compliance with the order begun."), _KNOWN_TO_RESPONDENT),
    _M("case.closed", _("Case closed."), _KNOWN_TO_RESPONDENT),
    _M("case.reopened", _("Case reopened."), _KNOWN_TO_RESPONDENT),
)
MILESTONES: Mapping[str, Milestone] = {row.event: row for row in _ROWS}


def events_for(edition: str) -> tuple[str, ...]:
    """The events that an edition may tell."""
    return tuple(row.event for row in _ROWS if edition in row.editions)


def sentence(event: str, facts: Mapping[str, Any], *, edition: str, mark: str = "") -> str:
    """What the chronology says of an event, "" where the edition does not tell it. `mark` is its exhibit's."""
    row = MILESTONES.get(event)
    if row is None or edition not in row.editions or (row.kinds and facts.get("kind") not in row.kinds):
        return ""
    told = {name: _in_words(name, value) for name, value in facts.items()}
    return str(row.sentence).format_map(defaultdict(lambda: "–", told | {"mark": mark}))


def day_of(event: str, facts: Mapping[str, Any], *, at: datetime, zone: tzinfo) -> date:
    """The day of an event at the board: the one it tells, else that of its entry (`at`, aware)."""
    row = MILESTONES.get(event)
    told = str(facts.get(row.day, "")) if row and row.day else ""
    try:
        moment = datetime.fromisoformat(told)
    except ValueError:
        return at.astimezone(zone).date()
    return moment.astimezone(zone).date() if moment.tzinfo else moment.date()


def _in_words(name: str, value: Any) -> str:
    if name == "kind" and value in DocumentKind.values:
        return str(DocumentKind(value).label)
    if name == "ruling" and value in MarkState.values:
        return str(MarkState(value).label).lower()
    if name.endswith("_on") and isinstance(value, str):
        return format_date(date.fromisoformat(value), "M j, Y").replace(" ", "\u00a0")
    return str(value)
