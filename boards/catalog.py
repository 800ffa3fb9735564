"""The table of settings a board may have: key, kind of value, default, words, unit and stage of law. Pure.

A guard that needs another setting adds a row here, or in ``catalog_days`` where it gives days; numbers a clerk may
change are never constants elsewhere.
"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from boards import stages, values
from boards.catalog_days import DAYS
from boards.catalog_spec import Law, RuleSpec, Unit, choice, yes_no

__all__ = ["RULES", "Law", "RuleSpec", "Unit"]

_WHO_AND_HOW = (
    choice(
        "response_day_kind",
        ("calendar", "business"),
        _("Days of the response"),
        _("Calendar days, or business days: Monday to Friday less closed days."),
    ),
    choice(
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
    yes_no(
        "deemed_adopted",
        False,
        _("Deemed adopted"),
        _("A proposal becomes final when the board does not act."),
    ),
    RuleSpec("quorum", values.quorum, "majority_serving", _("Quorum"), _("Members needed before a vote counts.")),
    choice(
        "vote_rule",
        ("majority_of_quorum", "majority_of_members_serving"),
        _("Majority"),
        _("Whether the majority is counted over those voting or over all members serving."),
    ),
    choice(
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
    yes_no(
        "intake_second_approver",
        False,
        _("Second approver at intake"),
        _("A closure at intake also needs the executive director's approval."),
    ),
    yes_no(
        "withdrawal_ends_case",
        False,
        _("Withdrawal ends the case"),
        _("No: the board may go on without you."),
    ),
)

_PATHS = (
    RuleSpec(
        "reminder_days",
        values.day_list,
        [7, 1],
        _("Reminders"),
        _("How many days before a deadline its people are reminded."),
    ),
    yes_no(
        "reconsideration_silence_denies",
        False,
        _("Silence denies reconsideration"),
        _("A petition on which the board does not act in time is denied."),
    ),
    yes_no(
        "military_affidavit_required",
        True,
        _("Military affidavit"),
        _("A default needs a statement on whether the respondent is in military service (50 U.S.C. 3931)."),
    ),
    choice(
        "emergency_by",
        ("vote", "executive_director"),
        _("Who takes summary action"),
        _("A vote of the board, or the executive director by delegation."),
    ),
    yes_no(
        "election_of_rights",
        False,
        _("Election of rights"),
        _("The answer to charges names one of three ways: formal hearing, informal hearing, no hearing."),
    ),
    yes_no(
        "informal_track",
        False,
        _("Informal track"),
        _("A settlement may end a case before charges are issued."),
    ),
    choice(
        "informal_paper",
        ("stipulation", "statement_of_allegations", "agreed_order", "consent_agreement"),
        _("Name of the paper before charges"),
        _("What the board calls the paper by which a case is settled before charges."),
    ),
    choice(
        "charging_paper",
        ("charges", "accusation", "administrative_complaint", "statement_of_charges", "notice_of_opportunity"),
        _("Name of the charging paper"),
        _("What the board calls the paper that states the charges."),
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
    yes_no(
        "letter_of_concern_public",
        False,
        _("Letter of concern is public"),
        _("Anyone may read such a letter."),
    ),
    choice(
        "complainant_identity",
        ("masked", "shared", "sealed"),
        _("Name of the person who filed"),
        _("Masked in papers to the licensee, shared with the licensee, or sealed."),
    ),
    yes_no("anonymous_allowed", True, _("Anonymous complaints"), _("The board takes complaints without a name.")),
    yes_no("oath_required", False, _("Oath required"), _("A complaint must be sworn or notarized.")),
    yes_no("release_required", False, _("Release required"), _("A client must sign a release of records.")),
    yes_no(
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
    yes_no(
        "signature_required",
        False,
        _("Bundles must be signed"),
        _("An evidence bundle without a trusted signature of the board does not count as one."),
    ),
)

RULES: Mapping[str, RuleSpec] = {
    spec.key: spec for spec in (*DAYS, *_WHO_AND_HOW, *_PATHS, *_WHO_SEES, *_NUMBERS_AND_PAPERS)
}
