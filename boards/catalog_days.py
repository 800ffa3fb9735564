"""The settings that give a number of days: key, default, words and what is counted. Pure."""

from django.utils.translation import gettext_lazy as _

from boards.catalog_spec import Unit, days

DAYS = (
    days(
        "ack_days",
        10,
        _("Acknowledgment"),
        _("Days from receipt to the first letter to the person who filed."),
    ),
    days(
        "danger_screen_working_days",
        2,
        _("Danger screen"),
        _("Working days from receipt to the check for imminent danger."),
        unit=Unit.BUSINESS_DAYS,
    ),
    days(
        "emergency_decision_working_days",
        2,
        _("Emergency decision"),
        _("Working days from a danger screen that found danger to a decision on emergency action."),
        unit=Unit.BUSINESS_DAYS,
    ),
    days(
        "information_days",
        30,
        _("Information from the complainant"),
        _("Days the complainant has to send what the board asked for."),
    ),
    days("intake_days", 21, _("Intake"), _("Days from receipt to the decision to accept or close.")),
    days("schedule_days", 30, _("Phase schedule"), _("Days from receipt to a written schedule of the phases.")),
    days(
        "respondent_notice_days",
        60,
        _("Notice to licensee"),
        _("Days from receipt to the notice to the licensee."),
    ),
    days(
        "response_days",
        30,
        _("Response of the licensee"),
        _("Days the licensee has to answer. The next setting says which days count."),
        unit=Unit.BOARD_DAYS,
    ),
    days(
        "investigation_target_days",
        180,
        _("Investigation goal"),
        _("Days from receipt in which the board aims to finish the investigation. A goal, not a deadline."),
    ),
    days(
        "status_update_every_days",
        90,
        _("Status updates"),
        _("Days between letters about where a case stands."),
    ),
    days("answer_days", 20, _("Answer to charges"), _("Days from service of the charges to the answer.")),
    days(
        "hearing_notice_min_days",
        20,
        _("Notice of hearing"),
        _("Least number of days between notice and hearing."),
    ),
    days(
        "exhibit_exchange_days",
        14,
        _("Exchange of exhibits"),
        _("Days before the hearing by which exhibits are shown."),
    ),
    days(
        "proposed_decision_days",
        30,
        _("Proposed decision"),
        _("Days from the closed record to the proposal."),
    ),
    days("exceptions_days", 10, _("Exceptions"), _("Days from service of the proposal to file exceptions.")),
    days("board_action_days", 100, _("Board action"), _("Days the board has to act on a proposed decision.")),
    days(
        "order_effective_days",
        30,
        _("Order takes effect"),
        _("Days from service of the order to its effect."),
    ),
    days("reconsideration_days", 30, _("Reconsideration"), _("Days from service of the order to ask for it.")),
    days("appeal_days", 30, _("Appeal to a court"), _("Days from service of the order to file in court.")),
    days(
        "summary_hearing_days",
        20,
        _("Hearing after summary action"),
        _("Days from summary action to its hearing."),
    ),
    days(
        "summary_notice_days",
        2,
        _("Notice of summary action"),
        _("Days from summary action to its notice to the licensee."),
    ),
    days(
        "summary_expires_days",
        0,
        _("Summary action lapses"),
        _("Days after which summary action ends by itself; 0 where it stays until the final order."),
    ),
    days(
        "reconsideration_decision_days",
        30,
        _("Decision on reconsideration"),
        _("Days from the petition in which the board decides whether to reconsider."),
    ),
    days(
        "certified_record_days",
        30,
        _("Certified record"),
        _("Days from a petition to the court to the certified record."),
    ),
    days("expert_opinion_days", 45, _("Expert opinion"), _("Days the expert has from the engagement.")),
    days(
        "violation_response_days",
        10,
        _("Response to a violation"),
        _("Days from a report of a violation to what the board does about it."),
    ),
    days(
        "withdrawal_answer_days",
        10,
        _("Answer to a withdrawal"),
        _("Days to tell a complainant who withdraws what that changes."),
    ),
    days(
        "petition_waiting_days",
        365,
        _("Waiting before a petition"),
        _("Days after an order before reinstatement, modification or early termination may be asked for."),
    ),
    days(
        "escalate_after_days",
        7,
        _("Escalation"),
        _("Days after a missed deadline before the executive director is told too."),
    ),
    days("stuck_after_days", 60, _("Stuck cases"), _("Days without any act before a case counts as stuck.")),
    days("npdb_report_days", 30, _("Report to the NPDB"), _("Days from the action to the report.")),
    days("mail_days", 0, _("Days for mail"), _("Calendar days added when a paper is served by mail.")),
)
