"""Every clock of a case: the board's rule that gives its days, how days are counted, and whether it binds. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

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
        Clock(_K.PROPOSED_DECISION, "proposed_decision_days", _("the hearing")),
        Clock(_K.EXCEPTIONS, "exceptions_days", _("service of the proposed decision"), is_window=True, mail=True),
        Clock(_K.BOARD_ACTION, "board_action_days", _("submission to the board")),
        Clock(_K.RECONSIDERATION, "reconsideration_days", _("service of the order"), is_window=True, mail=True),
        Clock(_K.APPEAL, "appeal_days", _("service of the order"), is_window=True, mail=True),
        Clock(_K.NPDB_REPORT, "npdb_report_days", _("the action")),
    )
}
WINDOWS = tuple(kind for kind, clock in CLOCKS.items() if clock.is_window)
# The clocks that a filed waiver of a period ends.
WAIVED_BY: Mapping[DeadlineKind, Period] = {
    _K.ANSWER: Period.ANSWER,
    _K.EXHIBIT_EXCHANGE: Period.EXHIBIT_EXCHANGE,
    _K.EXCEPTIONS: Period.EXCEPTIONS,
    _K.RECONSIDERATION: Period.RECONSIDERATION,
    _K.APPEAL: Period.APPEAL,
}
