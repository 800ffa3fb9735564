"""The settings that give a number of days: key, default, words and what is counted. Pure."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from boards.catalog_spec import Unit, days

# What is counted where it is not calendar days.
_UNITS: Mapping[str, Unit] = {
    "danger_screen_working_days": Unit.BUSINESS_DAYS,
    "emergency_decision_working_days": Unit.BUSINESS_DAYS,
    "response_days": Unit.BOARD_DAYS,
}
_ROWS = (
    ("ack_days", 10, _("Acknowledgment"), _("Days from receipt to the first letter to the person who filed.")),
    ("danger_screen_working_days", 2, _("Danger screen"),
     _("Working days from receipt to the check for imminent danger.")),
    ("emergency_decision_working_days", 2, _("Emergency decision"),
     _("Working days from a danger screen that found danger to a decision on emergency action.")),
    ("information_days", 30, _("Information from the complainant"),
     _("Days the complainant has to send what the board asked for.")),
    ("intake_days", 21, _("Intake"), _("Days from receipt to the decision to accept or close.")),
    ("schedule_days", 30, _("Phase schedule"), _("Days from receipt to a written schedule of the phases.")),
    ("respondent_notice_days", 60, _("Notice to licensee"), _("Days from receipt to the notice to the licensee.")),
    ("response_days", 30, _("Response of the licensee"),
     _("Days the licensee has to answer. The next setting says which days count.")),
    ("investigation_target_days", 180, _("Investigation goal"),
     _("Days from receipt in which the board aims to finish the investigation. A goal, not a deadline.")),
    ("status_update_every_days", 90, _("Status updates"), _("Days between letters about where a case stands.")),
    ("answer_days", 20, _("Answer to charges"), _("Days from service of the charges to the answer.")),
    ("hearing_notice_min_days", 20, _("Notice of hearing"), _("Least number of days between notice and hearing.")),
    ("exhibit_exchange_days", 14, _("Exchange of exhibits"), _("Days before the hearing by which exhibits are shown.")),
    ("proposed_decision_days", 30, _("Proposed decision"), _("Days from the closed record to the proposal.")),
    ("exceptions_days", 10, _("Exceptions"), _("Days from service of the proposal to file exceptions.")),
    ("board_action_days", 100, _("Board action"),
     _("Days from receipt of a proposed decision in which the board acts on it.")),
    ("order_effective_days", 30, _("Order takes effect"), _("Days from service of the order to its effect.")),
    ("reconsideration_days", 30, _("Reconsideration"), _("Days from service of the order to ask for it.")),
    ("appeal_days", 30, _("Appeal to a court"), _("Days from service of the order to file in court.")),
    ("summary_hearing_days", 20, _("Hearing after summary action"), _("Days from summary action to its hearing.")),
    ("summary_notice_days", 2, _("Notice of summary action"),
     _("Days from summary action to its notice to the licensee.")),
    ("summary_expires_days", 0, _("Summary action lapses"),
     _("Days after which summary action ends by itself; 0 where it stays until the final order.")),
    ("reconsideration_decision_days", 30, _("Decision on reconsideration"),
     _("Days from the petition in which the board decides whether to reconsider.")),
    ("certified_record_days", 30, _("Certified record"),
     _("Days from a petition to the court to the certified record.")),
    ("expert_opinion_days", 45, _("Expert opinion"), _("Days the expert has from the engagement.")),
    ("violation_response_days", 10, _("Response to a violation"),
     _("Days from a report of a violation to what the board does about it.")),
    ("first_contact_days", 10, _("First contact"),
     _("Days from the beginning of monitoring to the first contact with the licensee.")),
    ("withdrawal_answer_days", 10, _("Answer to a withdrawal"),
     _("Days to tell a complainant who withdraws what that changes.")),
    ("petition_waiting_days", 365, _("Waiting before a petition"),
     _("Days after an order before reinstatement, modification or early termination may be asked for.")),
    ("escalate_after_days", 7, _("Escalation"),
     _("Days after a missed deadline before the executive director is told too.")),
    ("stuck_after_days", 60, _("Stuck cases"), _("Days without any act before a case counts as stuck.")),
    ("npdb_report_days", 30, _("Report to the NPDB"), _("Days from the action to the report.")),
    ("mail_days", 0, _("Days for mail"), _("Calendar days added when a paper is served by mail.")),
)  # fmt: skip
DAYS = tuple(days(key, default, *words, unit=_UNITS.get(key, Unit.CALENDAR_DAYS)) for key, default, *words in _ROWS)
