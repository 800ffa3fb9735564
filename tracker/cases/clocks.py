"""Every clock of a case: the board's rule that gives its days, how days are counted, and whether it binds. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tracker.cases.kinds import Period


class DeadlineKind(TextChoices):
    """What is due."""

    DANGER_SCREEN = "danger_screen", _("Danger screen")
    ACKNOWLEDGEMENT = "acknowledgement", _("Acknowledgement to the complainant")
    INTAKE = "intake", _("Intake decision")
    EMERGENCY_ACTION = "emergency_action", _("Decide on emergency action")
    INFORMATION = "information", _("Information from the complainant")
    SCHEDULE = "schedule", _("Phase schedule")
    LICENSEE_NOTICE = "licensee_notice", _("Notice to the licensee")
    RESPONSE = "response", _("Response of the licensee")
    INVESTIGATION_TARGET = "investigation_target", _("Target to finish investigating")
    STATUS_UPDATE = "status_update", _("Status letter to the complainant")
    ANSWER = "answer", _("Answer to the charges")
    HEARING = "hearing", _("Hearing")
    EXHIBIT_EXCHANGE = "exhibit_exchange", _("Exchange of exhibits")
    PROPOSED_DECISION = "proposed_decision", _("Proposed decision")
    EXCEPTIONS = "exceptions", _("Exceptions to the proposed decision")
    BOARD_ACTION = "board_action", _("Action by the board")
    RECONSIDERATION = "reconsideration", _("Petition for reconsideration")
    APPEAL = "appeal", _("Petition for judicial review")
    NPDB_REPORT = "npdb_report", _("Report to the National Practitioner Data Bank")
    TERMS = "terms", _("Terms of the order")
    EXPERT_OPINION = "expert_opinion", _("Opinion of the expert")
    EMERGENCY_NOTICE = "emergency_notice", _("Notice of the emergency action")
    EMERGENCY_HEARING = "emergency_hearing", _("Hearing on the emergency action")
    EMERGENCY_EXPIRY = "emergency_expiry", _("End of the emergency action")
    RECONSIDERATION_DECISION = "reconsideration_decision", _("Decision on reconsideration")
    CERTIFIED_RECORD = "certified_record", _("Certified record for the court")
    VIOLATION_RESPONSE = "violation_response", _("Action on a reported violation")
    WITHDRAWAL_ANSWER = "withdrawal_answer", _("Answer to the withdrawal")
    FIRST_CONTACT = "first_contact", _("First contact with the licensee")


@dataclass(frozen=True)
class Clock:
    """How a kind of deadline is computed.

    `rule_key` names the board's rule that holds the days (calendar or business, as the rule says). `is_goal` marks a
    target that binds nobody, `is_window` a time in which somebody else may act and whose passing is nobody's fault.
    `start_label` is what the days run from; with `mail` the board's days for mail are added.
    """

    kind: DeadlineKind
    rule_key: str
    start_label: str | Promise
    is_goal: bool = False
    is_window: bool = False
    mail: bool = False


_K = DeadlineKind
CLOCKS: Mapping[DeadlineKind, Clock] = {
    clock.kind: clock
    for clock in (
        Clock(_K.DANGER_SCREEN, "danger_screen_working_days", _("receipt")),
        Clock(_K.ACKNOWLEDGEMENT, "ack_days", _("receipt")),
        Clock(_K.INTAKE, "intake_days", _("receipt"), is_goal=True),
        Clock(_K.EMERGENCY_ACTION, "emergency_decision_working_days", _("the danger screen")),
        Clock(_K.INFORMATION, "information_days", _("the request"), mail=True),
        Clock(_K.SCHEDULE, "schedule_days", _("receipt")),
        Clock(_K.LICENSEE_NOTICE, "respondent_notice_days", _("receipt")),
        Clock(_K.RESPONSE, "response_days", _("the notice"), mail=True),
        Clock(_K.INVESTIGATION_TARGET, "investigation_target_days", _("receipt"), is_goal=True),
        Clock(_K.STATUS_UPDATE, "status_update_every_days", _("the last letter")),
        Clock(_K.ANSWER, "answer_days", _("service of the charges"), mail=True),
        Clock(_K.PROPOSED_DECISION, "proposed_decision_days", _("the closing of the record")),
        Clock(_K.EXCEPTIONS, "exceptions_days", _("service of the proposed decision"), is_window=True, mail=True),
        Clock(_K.BOARD_ACTION, "board_action_days", _("receipt of the proposed decision")),
        Clock(_K.RECONSIDERATION, "reconsideration_days", _("service of the order"), is_window=True, mail=True),
        Clock(_K.APPEAL, "appeal_days", _("service of the order"), is_window=True, mail=True),
        Clock(_K.NPDB_REPORT, "npdb_report_days", _("the action")),
        Clock(_K.EXPERT_OPINION, "expert_opinion_days", _("the engagement")),
        Clock(_K.EMERGENCY_NOTICE, "summary_notice_days", _("the emergency action")),
        Clock(_K.EMERGENCY_HEARING, "summary_hearing_days", _("the emergency action")),
        Clock(_K.RECONSIDERATION_DECISION, "reconsideration_decision_days", _("the petition")),
        Clock(_K.CERTIFIED_RECORD, "certified_record_days", _("the petition to the court")),
        Clock(_K.VIOLATION_RESPONSE, "violation_response_days", _("the report of a violation")),
        Clock(_K.WITHDRAWAL_ANSWER, "withdrawal_answer_days", _("the withdrawal")),
        Clock(_K.FIRST_CONTACT, "first_contact_days", _("the beginning of monitoring")),
    )
}


class Turn(StrEnum):
    """What an act did to a clock beside what its row in the table of steps says; or a `DeadlineState` that ended it."""

    SKIPPED = "skipped"
    OPENED = "opened"
    RENEWED = "renewed"


def told(turns: Mapping[DeadlineKind, str | date | None]) -> dict[str, Any]:
    """The fact of a ledger entry that says what an act did to clocks, so that they can be recomputed from it.

    A date is the day on which a clock set by the step ends; what is None or empty is left out.
    """
    said = {
        str(kind): what.isoformat() if isinstance(what, date) else str(what) for kind, what in turns.items() if what
    }
    return {"clocks": said} if said else {}


# The due date of a clock that stands still, for decisions: no day that comes is past it.
PAUSED = date.max
# What is monitored of an order: these clocks fall with it.
MONITORED = (_K.TERMS, _K.FIRST_CONTACT)
# The clocks that people may pause. What is monitored stands still with the order, by a court's stay or an abeyance.
PAUSABLE = tuple(kind for kind in CLOCKS if kind not in MONITORED)
WINDOWS = tuple(kind for kind, clock in CLOCKS.items() if clock.is_window)
# The clocks that a filed waiver of a period ends.
WAIVED_BY: Mapping[DeadlineKind, Period] = {
    _K.ANSWER: Period.ANSWER,
    _K.EXHIBIT_EXCHANGE: Period.EXHIBIT_EXCHANGE,
    _K.EXCEPTIONS: Period.EXCEPTIONS,
    _K.RECONSIDERATION: Period.RECONSIDERATION,
    _K.APPEAL: Period.APPEAL,
}
