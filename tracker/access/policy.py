"""The one table of who may do what. Pure: `docs/permissions.md` and the permission matrix test are made from it.

A row gives a permission, the roles that hold it and the scope in which each holds it. A scope decides which cases a
role reaches. Sources: domain roles and separation of functions (SD 36-1C-11; OAC 4757-11-04).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """The roles a membership can give."""

    INTAKE_ANALYST = "intake_analyst", _("Intake analyst")
    INVESTIGATOR = "investigator", _("Investigator")
    ENFORCEMENT_MANAGER = "enforcement_manager", _("Enforcement manager")
    BOARD_COUNSEL = "board_counsel", _("Board counsel")
    PRESIDING_OFFICER = "presiding_officer", _("Presiding officer")
    BOARD_MEMBER = "board_member", _("Board member")
    COMPLIANCE_MONITOR = "compliance_monitor", _("Compliance monitor")
    EXECUTIVE_DIRECTOR = "executive_director", _("Executive director")
    RECORDS_CUSTODIAN = "records_custodian", _("Records custodian")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")


class Outsider(TextChoices):
    """Who reaches a case without a membership. They stand in the table; no sign-in gives them."""

    COMPLAINANT = "complainant", _("Complainant, by tracking code")
    RESPONDENT_COUNSEL = "respondent_counsel", _("Respondent's counsel, released material")


class Capacity(TextChoices):
    """The places a person can have on one case."""

    INTAKE = "intake", _("Intake analyst")
    INVESTIGATOR = "investigator", _("Investigator")
    PROSECUTOR = "prosecutor", _("Prosecuting counsel")
    PANEL = "panel", _("Panel member")
    PRESIDING = "presiding", _("Presiding officer")
    MONITOR = "monitor", _("Compliance monitor")
    LIAISON = "liaison", _("Reviewing member, screened off from the vote")
    ADVISER = "adviser", _("Board's advice counsel")


CAPACITY_ROLES: Mapping[Capacity, tuple[Role, ...]] = {
    Capacity.INTAKE: (Role.INTAKE_ANALYST,),
    Capacity.INVESTIGATOR: (Role.INVESTIGATOR,),
    Capacity.PROSECUTOR: (Role.BOARD_COUNSEL,),
    Capacity.PANEL: (Role.BOARD_MEMBER,),
    Capacity.PRESIDING: (Role.PRESIDING_OFFICER,),
    Capacity.MONITOR: (Role.COMPLIANCE_MONITOR,),
    Capacity.LIAISON: (Role.BOARD_MEMBER,),
    Capacity.ADVISER: (Role.BOARD_COUNSEL,),
}


class Scope(TextChoices):
    """Which cases a role reaches with a permission."""

    BOARD = "board", _("every case of the board")
    ASSIGNED = "assigned", _("cases assigned to the person")
    RECORD = "record", _("the record only, once charges are issued, unless the person sits on its panel")
    RELEASED = "released", _("what was released to counsel")
    OWN = "own", _("the holder's own complaint")


class Permission(TextChoices):
    """What can be permitted. Unknown names raise."""

    COMPLAINT_FILE = "complaint_file", _("File a complaint")
    CASE_VIEW = "case_view", _("See the whole case file")
    RECORD_VIEW = "record_view", _("See the hearing record")
    TRACK = "track", _("Follow the public stage of a complaint")
    INTAKE_SCREEN = "intake_screen", _("Screen and prioritize a complaint")
    PRIORITY_VERIFY = "priority_verify", _("Verify a priority as second person")
    INFORMATION_REQUEST = "information_request", _("Ask the complainant for information")
    INTAKE_CLOSE = "intake_close", _("Close at intake")
    CASE_ACCEPT = "case_accept", _("Accept a case for investigation")
    CASE_ASSIGN = "case_assign", _("Assign people to a case")
    CONFLICT_DECLARE = "conflict_declare", _("Answer the conflict check")
    LICENSEE_NOTIFY = "licensee_notify", _("Notify the licensee")
    INVESTIGATE = "investigate", _("Record responses, findings and the report of investigation")
    LEGAL_REVIEW = "legal_review", _("Sign off the report")
    PROBABLE_CAUSE = "probable_cause", _("Decide at probable cause review")
    CLOSURE_APPROVE = "closure_approve", _("Approve a closure under one's own sign-in")
    VOTE_RECORD = "vote_record", _("Record a meeting's ballots")
    COUNT_DRAFT = "count_draft", _("Draft counts of the charges")
    PAPER_RECEIVE = "paper_receive", _("Record service, answers, exceptions and waivers")
    HEARING_HOLD = "hearing_hold", _("Schedule and hold the hearing and propose a decision")
    ORDER_ISSUE = "order_issue", _("Issue the board's order")
    SANCTION_DRAFT = "sanction_draft", _("Draft the order's sanctions")
    BOARD_FINDING = "board_finding", _("Record the board's own findings")
    COMPLIANCE_MONITOR = "compliance_monitor", _("Monitor an order's terms")
    CASE_CLOSE = "case_close", _("Close a decided case")
    CASE_REOPEN = "case_reopen", _("Reopen a closed case")
    ALLEGATION_ADD = "allegation_add", _("Add an allegation")
    DOCUMENT_FILE = "document_file", _("File an official document")
    NOTE_ADD = "note_add", _("Add a note")
    EVIDENCE_RECEIVE = "evidence_receive", _("Receive evidence")
    EVIDENCE_VIEW = "evidence_view", _("See evidence")
    EVIDENCE_RESTRICT = "evidence_restrict", _("Seal or withhold evidence")
    CUSTODY_TRANSFER = "custody_transfer", _("Transfer custody")
    EXHIBIT_MARK = "exhibit_mark", _("Mark and offer exhibits")
    EXHIBIT_RULE = "exhibit_rule", _("Rule on exhibits")
    BUNDLE_EXPORT = "bundle_export", _("Export an evidence bundle")
    IDENTITY_VIEW = "identity_view", _("See names and contacts")
    LEDGER_VIEW = "ledger_view", _("Read the ledger in the admin site")
    BOARD_EDIT = "board_edit", _("Edit boards, rules and closed days")
    CODES_EDIT = "codes_edit", _("Edit professions, grounds and default rules; host another board")
    PEOPLE_EDIT = "people_edit", _("Edit people and memberships")
    SETTLEMENT_NEGOTIATE = "settlement_negotiate", _("Negotiate and sign settlements")
    SETTLEMENT_VIEW = "settlement_view", _("See settlement talks")
    STIPULATION_VIEW = "stipulation_view", _("See a signed settlement that waits for the board")
    EMERGENCY_TAKE = "emergency_take", _("Take and end emergency action")
    OVERLAY_KEEP = "overlay_keep", _("Keep abeyances, holds and pauses of clocks")
    CASE_SEAL = "case_seal", _("Seal and unseal a case")
    SEALED_VIEW = "sealed_view", _("See a sealed case")
    WITHDRAWAL_RECORD = "withdrawal_record", _("Record that the complainant withdraws")
    CASE_LINK = "case_link", _("Link dockets and open companion cases")
    EX_PARTE_LOG = "ex_parte_log", _("Disclose an ex-parte contact")
    RECORD_CERTIFY = "record_certify", _("Certify the record for a court")
    DELEGATE = "delegate", _("Record who stands in during an absence")
    ADMIN_READ = "admin_read", _("Open the admin site")


@dataclass(frozen=True)
class Grant:
    """A role's scope for a permission. `rule` limits it to boards where that rule has that value.

    `part` is the part in the case that its acts are: who has or had a place in the matter that does not go with that
    part holds nothing by this grant.
    """

    who: str
    scope: Scope
    rule: tuple[str, str] | None = None
    part: Capacity | None = None


def _board(*roles: Role) -> tuple[Grant, ...]:
    return tuple(Grant(role, Scope.BOARD) for role in roles)


def _assigned(*roles: Role) -> tuple[Grant, ...]:
    return tuple(Grant(role, Scope.ASSIGNED) for role in roles)


def _record(*roles: Role) -> tuple[Grant, ...]:
    return tuple(Grant(role, Scope.RECORD) for role in roles)


def _prosecuting(rule: tuple[str, str] | None = None) -> tuple[Grant, ...]:
    """Counsel of the board, on its side of every case, but for who advises it, presides or sits on the panel."""
    return (Grant(Role.BOARD_COUNSEL, Scope.BOARD, rule, Capacity.PROSECUTOR),)


def _presiding() -> tuple[Grant, ...]:
    """Presiding officers, but for who has another part in the case."""
    return (Grant(Role.PRESIDING_OFFICER, Scope.RECORD, part=Capacity.PRESIDING),)


_R, _P = Role, Permission
_OWN = (Grant(Outsider.COMPLAINANT, Scope.OWN),)
_FILE_READERS = _board(
    _R.INTAKE_ANALYST,
    _R.ENFORCEMENT_MANAGER,
    _R.BOARD_COUNSEL,
    _R.EXECUTIVE_DIRECTOR,
    _R.RECORDS_CUSTODIAN,
    _R.AUDITOR,
    _R.ADMINISTRATOR,
) + _assigned(_R.INVESTIGATOR, _R.COMPLIANCE_MONITOR, _R.BOARD_MEMBER)
_RECORD_READERS = _record(_R.PRESIDING_OFFICER, _R.BOARD_MEMBER)

POLICY: Mapping[Permission, tuple[Grant, ...]] = {
    _P.COMPLAINT_FILE: _board(_R.INTAKE_ANALYST, _R.ENFORCEMENT_MANAGER) + _OWN,
    _P.CASE_VIEW: _FILE_READERS,
    _P.RECORD_VIEW: _FILE_READERS + _RECORD_READERS + (Grant(Outsider.RESPONDENT_COUNSEL, Scope.RELEASED),),
    _P.TRACK: _OWN,
    _P.INTAKE_SCREEN: _board(_R.INTAKE_ANALYST),
    _P.PRIORITY_VERIFY: _board(_R.INTAKE_ANALYST, _R.ENFORCEMENT_MANAGER),
    _P.INFORMATION_REQUEST: _board(_R.INTAKE_ANALYST),
    _P.INTAKE_CLOSE: _board(_R.INTAKE_ANALYST, _R.EXECUTIVE_DIRECTOR),
    _P.CASE_ACCEPT: _board(_R.ENFORCEMENT_MANAGER),
    _P.CASE_ASSIGN: _board(_R.ENFORCEMENT_MANAGER),
    # Whoever reaches the case at all can stand aside from it, with a place on it or by a role alone.
    _P.CONFLICT_DECLARE: _FILE_READERS + _RECORD_READERS,
    _P.LICENSEE_NOTIFY: _assigned(_R.INVESTIGATOR),
    _P.INVESTIGATE: _assigned(_R.INVESTIGATOR),
    _P.LEGAL_REVIEW: _prosecuting(),
    # Where the staff or the whole board finds probable cause, counsel acts on it; nobody sits on a panel there.
    _P.PROBABLE_CAUSE: _assigned(_R.BOARD_MEMBER)
    + _prosecuting(("pc_body", "staff"))
    + _prosecuting(("pc_body", "board")),
    _P.CLOSURE_APPROVE: _board(_R.BOARD_COUNSEL, _R.EXECUTIVE_DIRECTOR, _R.ENFORCEMENT_MANAGER)
    + _assigned(_R.INVESTIGATOR, _R.BOARD_MEMBER),
    _P.VOTE_RECORD: _board(_R.EXECUTIVE_DIRECTOR),
    _P.COUNT_DRAFT: _prosecuting(),
    _P.PAPER_RECEIVE: _board(_R.ENFORCEMENT_MANAGER),
    _P.HEARING_HOLD: _presiding(),
    _P.ORDER_ISSUE: _board(_R.EXECUTIVE_DIRECTOR),
    _P.SANCTION_DRAFT: _record(_R.PRESIDING_OFFICER) + _board(_R.EXECUTIVE_DIRECTOR),
    _P.BOARD_FINDING: _board(_R.EXECUTIVE_DIRECTOR),
    _P.COMPLIANCE_MONITOR: _assigned(_R.COMPLIANCE_MONITOR),
    _P.CASE_CLOSE: _assigned(_R.COMPLIANCE_MONITOR) + _board(_R.ENFORCEMENT_MANAGER),
    _P.CASE_REOPEN: _board(_R.EXECUTIVE_DIRECTOR),
    _P.ALLEGATION_ADD: _board(_R.INTAKE_ANALYST, _R.ENFORCEMENT_MANAGER, _R.BOARD_COUNSEL) + _assigned(_R.INVESTIGATOR),
    _P.DOCUMENT_FILE: _board(_R.INTAKE_ANALYST, _R.ENFORCEMENT_MANAGER, _R.BOARD_COUNSEL, _R.EXECUTIVE_DIRECTOR)
    + _assigned(_R.INVESTIGATOR, _R.COMPLIANCE_MONITOR),
    _P.NOTE_ADD: _board(_R.INTAKE_ANALYST, _R.ENFORCEMENT_MANAGER, _R.BOARD_COUNSEL, _R.EXECUTIVE_DIRECTOR)
    + _assigned(_R.INVESTIGATOR, _R.COMPLIANCE_MONITOR),
    _P.EVIDENCE_RECEIVE: _board(_R.INTAKE_ANALYST, _R.ENFORCEMENT_MANAGER, _R.BOARD_COUNSEL, _R.RECORDS_CUSTODIAN)
    + _assigned(_R.INVESTIGATOR, _R.COMPLIANCE_MONITOR)
    # The hearing officer's own papers; who sees the record only acts on nothing that others brought in.
    + _record(_R.PRESIDING_OFFICER)
    + _OWN,
    _P.EVIDENCE_VIEW: _FILE_READERS + _RECORD_READERS,
    _P.EVIDENCE_RESTRICT: _board(_R.BOARD_COUNSEL, _R.RECORDS_CUSTODIAN),
    _P.CUSTODY_TRANSFER: _board(_R.RECORDS_CUSTODIAN) + _assigned(_R.INVESTIGATOR),
    _P.EXHIBIT_MARK: _prosecuting(),
    _P.EXHIBIT_RULE: _presiding(),
    _P.BUNDLE_EXPORT: _board(_R.BOARD_COUNSEL, _R.RECORDS_CUSTODIAN, _R.ENFORCEMENT_MANAGER, _R.EXECUTIVE_DIRECTOR),
    _P.IDENTITY_VIEW: _FILE_READERS,
    _P.LEDGER_VIEW: _board(_R.AUDITOR, _R.ADMINISTRATOR, _R.RECORDS_CUSTODIAN),
    _P.BOARD_EDIT: _board(_R.ADMINISTRATOR),
    _P.CODES_EDIT: _board(_R.ADMINISTRATOR),
    _P.PEOPLE_EDIT: _board(_R.ADMINISTRATOR),
    _P.SETTLEMENT_NEGOTIATE: _prosecuting(),
    _P.SETTLEMENT_VIEW: _board(
        _R.BOARD_COUNSEL, _R.ENFORCEMENT_MANAGER, _R.EXECUTIVE_DIRECTOR, _R.RECORDS_CUSTODIAN, _R.AUDITOR
    ),
    # Who presides would hear the case if the board rejects it, so only who votes on it reads it before that. A case
    # whose record is a settlement alone has nothing to hear: its readers are those named here.
    _P.STIPULATION_VIEW: _FILE_READERS + _record(_R.BOARD_MEMBER),
    _P.EMERGENCY_TAKE: _board(_R.EXECUTIVE_DIRECTOR),
    _P.OVERLAY_KEEP: _board(_R.BOARD_COUNSEL, _R.ENFORCEMENT_MANAGER, _R.EXECUTIVE_DIRECTOR),
    _P.CASE_SEAL: _board(_R.BOARD_COUNSEL, _R.EXECUTIVE_DIRECTOR),
    # Who reaches a sealed case through the board; people with a place on the case reach it as before.
    _P.SEALED_VIEW: _board(
        _R.BOARD_COUNSEL, _R.ENFORCEMENT_MANAGER, _R.EXECUTIVE_DIRECTOR, _R.RECORDS_CUSTODIAN, _R.AUDITOR
    ),
    _P.WITHDRAWAL_RECORD: _board(_R.INTAKE_ANALYST, _R.ENFORCEMENT_MANAGER, _R.BOARD_COUNSEL, _R.EXECUTIVE_DIRECTOR)
    + _assigned(_R.INVESTIGATOR)
    + _OWN,
    _P.CASE_LINK: _board(_R.ENFORCEMENT_MANAGER, _R.BOARD_COUNSEL),
    _P.EX_PARTE_LOG: _board(_R.ENFORCEMENT_MANAGER, _R.BOARD_COUNSEL, _R.EXECUTIVE_DIRECTOR)
    + _record(_R.PRESIDING_OFFICER, _R.BOARD_MEMBER),
    _P.RECORD_CERTIFY: _board(_R.RECORDS_CUSTODIAN),
    _P.DELEGATE: _board(_R.EXECUTIVE_DIRECTOR, _R.ADMINISTRATOR),
    _P.ADMIN_READ: _board(_R.ADMINISTRATOR, _R.AUDITOR, _R.RECORDS_CUSTODIAN),
}

# What jobs and commands of the installation may do without a person.
SYSTEM: Mapping[str, tuple[Permission, ...]] = {
    "command": (_P.COMPLAINT_FILE, _P.EVIDENCE_RECEIVE, _P.BOARD_EDIT),
    "import_boards": (_P.BOARD_EDIT, _P.CODES_EDIT),
    "load_reference": (_P.BOARD_EDIT, _P.CODES_EDIT),
    "seed_demo": (_P.COMPLAINT_FILE, _P.PEOPLE_EDIT, _P.BOARD_EDIT, _P.CODES_EDIT),
    "set_up": (_P.PEOPLE_EDIT,),
    "worker": (),
    # The daily job records what the law itself does when a day is over.
    "daily": (_P.ORDER_ISSUE, _P.EMERGENCY_TAKE),
}


def who_may(permission: Permission) -> str:
    """The roles that hold a permission, for the person who was refused."""
    names = dict.fromkeys(str(Role(grant.who).label) for grant in POLICY[permission] if grant.who in Role.values)
    return ", ".join(names)
