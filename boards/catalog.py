"""The table of settings a board may have: key, kind of value, default, words, unit and stage of law. Pure.

A guard that needs another setting adds a row here; numbers a clerk may change are never constants elsewhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from boards import stages, values


class Law(StrEnum):
    """Which date decides which version of a rule binds."""

    PROCEDURE = "procedure"
    SUBSTANCE = "substance"


class Unit(StrEnum):
    """What a number counts; empty for other kinds of values."""

    NONE = ""
    CALENDAR_DAYS = "calendar days"
    BUSINESS_DAYS = "business days"
    BOARD_DAYS = "days"
    YEARS = "years"


@dataclass(frozen=True, slots=True)
class RuleSpec:
    """One setting: ``parse`` accepts what is stored or typed and raises ``RuleValueError``; texts are
    translatable.
    """

    key: str
    parse: values.Parser
    default: Any
    label: Any
    help: Any
    unit: Unit = Unit.NONE
    law: Law = Law.PROCEDURE

    @property
    def words(self) -> tuple[str, ...]:
        """The allowed words of a choice; empty for other kinds."""
        return self.parse.words if isinstance(self.parse, values.Choice) else ()


def _days(key: str, default: int, label: Any, help_text: Any, *, unit: Unit = Unit.CALENDAR_DAYS) -> RuleSpec:
    return RuleSpec(key, values.Whole(0, 3650), default, label, help_text, unit)


def _yes_no(key: str, default: bool, label: Any, help_text: Any) -> RuleSpec:
    return RuleSpec(key, values.yes_no, default, label, help_text)


def _choice(key: str, words: tuple[str, ...], label: Any, help_text: Any) -> RuleSpec:
    """A choice whose first word is the default."""
    return RuleSpec(key, values.Choice(words), words[0], label, help_text)


_DAYS = (
    _days(
        "ack_days",
        10,
        _("Acknowledgment"),
        _("Days from receipt to the first letter to the person who filed."),
    ),
    _days(
        "danger_screen_working_days",
        2,
        _("Danger screen"),
        _("Working days from receipt to the check for imminent danger."),
        unit=Unit.BUSINESS_DAYS,
    ),
    _days(
        "emergency_decision_working_days",
        2,
        _("Emergency decision"),
        _("Working days from a danger screen that found danger to a decision on emergency action."),
        unit=Unit.BUSINESS_DAYS,
    ),
    _days(
        "information_days",
        30,
        _("Information from the complainant"),
        _("Days the complainant has to send what the board asked for."),
    ),
    _days("intake_days", 21, _("Intake"), _("Days from receipt to the decision to accept or close.")),
    _days("schedule_days", 30, _("Phase schedule"), _("Days from receipt to a written schedule of the phases.")),
    _days(
        "respondent_notice_days",
        60,
        _("Notice to licensee"),
        _("Days from receipt to the notice to the licensee."),
    ),
    _days(
        "response_days",
        30,
        _("Response of the licensee"),
        _("Days the licensee has to answer. The next setting says which days count."),
        unit=Unit.BOARD_DAYS,
    ),
    _days(
        "investigation_target_days",
        180,
        _("Investigation goal"),
        _("Days from receipt in which the board aims to finish the investigation. A goal, not a deadline."),
    ),
    _days(
        "status_update_every_days",
        90,
        _("Status updates"),
        _("Days between letters about where a case stands."),
    ),
    _days("answer_days", 20, _("Answer to charges"), _("Days from service of the charges to the answer.")),
    _days(
        "hearing_notice_min_days",
        20,
        _("Notice of hearing"),
        _("Least number of days between notice and hearing."),
    ),
    _days(
        "exhibit_exchange_days",
        14,
        _("Exchange of exhibits"),
        _("Days before the hearing by which exhibits are shown."),
    ),
    _days(
        "proposed_decision_days",
        30,
        _("Proposed decision"),
        _("Days from the closed record to the proposal."),
    ),
    _days("exceptions_days", 10, _("Exceptions"), _("Days from service of the proposal to file exceptions.")),
    _days("board_action_days", 100, _("Board action"), _("Days the board has to act on a proposed decision.")),
    _days(
        "order_effective_days",
        30,
        _("Order takes effect"),
        _("Days from service of the order to its effect."),
    ),
    _days("reconsideration_days", 30, _("Reconsideration"), _("Days from service of the order to ask for it.")),
    _days("appeal_days", 30, _("Appeal to a court"), _("Days from service of the order to file in court.")),
    _days(
        "summary_hearing_days",
        20,
        _("Hearing after summary action"),
        _("Days from summary action to its hearing."),
    ),
    _days("npdb_report_days", 30, _("Report to the NPDB"), _("Days from the action to the report.")),
    _days("mail_days", 0, _("Days for mail"), _("Calendar days added when a paper is served by mail.")),
)

_WHO_AND_HOW = (
    _choice(
        "response_day_kind",
        ("calendar", "business"),
        _("Days of the response"),
        _("Calendar days, or business days: Monday to Friday less closed days."),
    ),
    _choice(
        "pc_body",
        ("panel", "liaison", "staff", "board"),
        _("Who finds probable cause"),
        _("A panel of members, one reviewing member, staff counsel, or the board."),
    ),
    RuleSpec(
        "closure_approvers",
        values.closure_approvers,
        {"by": "approval", "roles": ["executive_director"], "count": 1},
        _("Who approves a closure"),
        _("Roles that may approve, and how many must agree before a case is closed."),
    ),
    _yes_no(
        "deemed_adopted",
        False,
        _("Deemed adopted"),
        _("A proposal becomes final when the board does not act."),
    ),
    RuleSpec("quorum", values.quorum, "majority_serving", _("Quorum"), _("Members needed before a vote counts.")),
    _choice(
        "vote_rule",
        ("majority_of_quorum", "majority_of_members_serving"),
        _("Majority"),
        _("Whether the majority is counted over those voting or over all members serving."),
    ),
    _choice(
        "burden_of_proof",
        ("preponderance", "clear_and_convincing"),
        _("Burden of proof"),
        _("How sure the decider must be."),
    ),
    RuleSpec(
        "limitation_years",
        values.Whole(1, 99, optional=True),
        None,
        _("Limitation"),
        _("Years after the conduct in which charges may be brought; none where the board sets no limit."),
        Unit.YEARS,
        Law.SUBSTANCE,
    ),
    _yes_no(
        "intake_second_approver",
        False,
        _("Second approver at intake"),
        _("A closure at intake also needs the executive director's approval."),
    ),
    _yes_no(
        "withdrawal_ends_case",
        False,
        _("Withdrawal ends the case"),
        _("No: the board may go on without you."),
    ),
)

_WHO_SEES = (
    RuleSpec(
        "public_from",
        values.public_from,
        {"event": "charges", "plus_days": 0},
        _("Public from"),
        _("The event that makes a case public, and days added to it."),
    ),
    _yes_no(
        "letter_of_concern_public",
        False,
        _("Letter of concern is public"),
        _("Anyone may read such a letter."),
    ),
    _choice(
        "complainant_identity",
        ("masked", "shared", "sealed"),
        _("Name of the person who filed"),
        _("Masked in papers to the licensee, shared with the licensee, or sealed."),
    ),
    _yes_no("anonymous_allowed", True, _("Anonymous complaints"), _("The board takes complaints without a name.")),
    _yes_no("oath_required", False, _("Oath required"), _("A complaint must be sworn or notarized.")),
    _yes_no("release_required", False, _("Release required"), _("A client must sign a release of records.")),
    _yes_no(
        "complaint_copy_to_respondent",
        False,
        _("Copy to licensee"),
        _("The licensee gets a copy of the complaint."),
    ),
    RuleSpec(
        "public_stages",
        values.public_stages,
        stages.PUBLIC_STAGES,
        _("Public stages"),
        _("The stages the tracking page may name, with their words."),
    ),
)

_NUMBERS_AND_PAPERS = (
    RuleSpec(
        "priority_scheme",
        values.priority_scheme,
        stages.CANONICAL_PRIORITIES,
        _("Priority scheme"),
        _("The board's own levels, each with the common priority it stands for."),
    ),
    RuleSpec(
        "docket_format",
        values.docket_format,
        "{BOARD}-{YYYY}-{seq:05d}",
        _("Docket numbers"),
        _("{BOARD} is the short code, {YYYY} the year, {seq} the running number."),
    ),
    RuleSpec(
        "exhibit_scheme",
        values.exhibit_scheme,
        {"board": "numbers", "respondent": "letters", "joint": "J-", "presiding_officer": "HO-"},
        _("Exhibit marks"),
        _("How the exhibits of each party are marked."),
    ),
    RuleSpec(
        "retention_rules",
        values.retention_rules,
        {"default": "keep"},
        _("Retention"),
        _("Years to keep a closed case by outcome, or keep. A hold always wins."),
    ),
    RuleSpec(
        "bates",
        values.bates,
        {"prefix": "docket", "digits": 6, "start": 1, "position": "bottom_right", "size_pt": "8.5"},
        _("Page numbers of the bundle"),
        _("Prefix, digits, first number, place and size of the stamp."),
    ),
    _yes_no(
        "signature_required",
        False,
        _("Bundles must be signed"),
        _("An evidence bundle without a trusted signature of the board does not count as one."),
    ),
)

RULES: Mapping[str, RuleSpec] = {spec.key: spec for spec in (*_DAYS, *_WHO_AND_HOW, *_WHO_SEES, *_NUMBERS_AND_PAPERS)}
