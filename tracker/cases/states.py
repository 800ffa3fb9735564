"""Stages, statuses and dispositions, and how they hang together. Pure. Source: domain model, stages and §3 codes."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Stage(TextChoices):
    """The four public words, in order. They never change."""

    FILED = "filed", _("Filed")
    INVESTIGATION = "investigation", _("Investigation")
    HEARING = "hearing", _("Hearing")
    DISPOSITION = "disposition", _("Disposition")


class Status(TextChoices):
    """The working sub-state."""

    RECEIVED = "received", _("Received")
    INTAKE_REVIEW = "intake_review", _("Intake review")
    AWAITING_INFORMATION = "awaiting_information", _("Awaiting information")
    ASSIGNED = "assigned", _("Assigned")
    RESPONSE_REQUESTED = "response_requested", _("Response requested")
    INVESTIGATING = "investigating", _("Investigating")
    EXPERT_REVIEW = "expert_review", _("Expert review")
    REPORT_SUBMITTED = "report_submitted", _("Report submitted")
    PROBABLE_CAUSE_REVIEW = "probable_cause_review", _("Probable cause review")
    CHARGES_FILED = "charges_filed", _("Charges filed")
    ANSWER_DUE = "answer_due", _("Answer due")
    PREHEARING = "prehearing", _("Prehearing")
    HEARING_SCHEDULED = "hearing_scheduled", _("Hearing scheduled")
    CONTINUED = "continued", _("Continued")
    HEARING_HELD = "hearing_held", _("Hearing held")
    PROPOSED_DECISION = "proposed_decision", _("Proposed decision")
    BOARD_REVIEW = "board_review", _("Board review")
    ORDER_ISSUED = "order_issued", _("Order issued")
    RECONSIDERATION = "reconsideration", _("Reconsideration")
    JUDICIAL_REVIEW = "judicial_review", _("Judicial review")
    COMPLIANCE = "compliance", _("Compliance")
    CLOSED = "closed", _("Closed")


_S = Status
STATUSES_OF: Mapping[Stage, tuple[Status, ...]] = {
    Stage.FILED: (_S.RECEIVED, _S.INTAKE_REVIEW, _S.AWAITING_INFORMATION),
    Stage.INVESTIGATION: (
        _S.ASSIGNED,
        _S.RESPONSE_REQUESTED,
        _S.INVESTIGATING,
        _S.EXPERT_REVIEW,
        _S.REPORT_SUBMITTED,
        _S.PROBABLE_CAUSE_REVIEW,
    ),
    Stage.HEARING: (
        _S.CHARGES_FILED,
        _S.ANSWER_DUE,
        _S.PREHEARING,
        _S.HEARING_SCHEDULED,
        _S.CONTINUED,
        _S.HEARING_HELD,
        _S.PROPOSED_DECISION,
        _S.BOARD_REVIEW,
    ),
    Stage.DISPOSITION: (_S.ORDER_ISSUED, _S.RECONSIDERATION, _S.JUDICIAL_REVIEW, _S.COMPLIANCE, _S.CLOSED),
}
STAGE_OF: Mapping[Status, Stage] = {status: stage for stage, group in STATUSES_OF.items() for status in group}
OPEN = tuple(status for status in Status if status is not Status.CLOSED)
BEFORE_CHARGES = STATUSES_OF[Stage.FILED] + STATUSES_OF[Stage.INVESTIGATION]
AFTER_CHARGES = STATUSES_OF[Stage.HEARING] + STATUSES_OF[Stage.DISPOSITION]


class CaseKind(TextChoices):
    """What a docket is about: a complaint, or a petition on an order of another docket."""

    COMPLAINT = "complaint", _("Complaint")
    VIOLATION = "violation", _("Petition: violation of an order")
    REINSTATEMENT = "reinstatement", _("Petition for reinstatement")
    MODIFICATION = "modification", _("Petition for modification")
    EARLY_TERMINATION = "early_termination", _("Petition for early termination")


# Petitions of the former licensee (T31); a violation is the board's own petition, with counts (T28).
PETITIONS = (CaseKind.REINSTATEMENT, CaseKind.MODIFICATION, CaseKind.EARLY_TERMINATION)


class Priority(TextChoices):
    """Canonical priorities; each board maps its own codes to these."""

    EMERGENCY = "emergency", _("Emergency")
    URGENT = "urgent", _("Urgent")
    HIGH = "high", _("High")
    ROUTINE = "routine", _("Routine")
    ADMINISTRATIVE = "administrative", _("Administrative")


@dataclass(frozen=True)
class DispositionKind:
    """One row of the disposition and sanction taxonomy.

    `npdb_action` is the code of the Public Use Data File specification of 31 December 2025; `closes` tells at which
    steps (intake, review) the code may end a case without an order; `sanction` whether an order may impose it;
    `weight` orders sanctions, heaviest first, so that the principal one names the disposition. `grants` names the
    kinds of petition whose order may have this outcome; `emergency` marks what may be imposed before a hearing.
    `public_by` is the board's rule that decides whether it is public, where that differs from board to board.
    """

    code: str
    label: object
    discipline: bool = False
    public: bool = False
    npdb_action: str = ""
    closes: tuple[str, ...] = ()
    sanction: bool = False
    weight: int = 0
    grants: tuple[str, ...] = ()
    emergency: bool = False
    public_by: str = ""


_D = DispositionKind
_BOTH = ("intake", "review")
_REINSTATE = (CaseKind.REINSTATEMENT,)
_CHANGE = (CaseKind.MODIFICATION, CaseKind.EARLY_TERMINATION)
DISPOSITIONS: Mapping[str, DispositionKind] = {
    row.code: row
    for row in (
        _D("NO_JURISDICTION", _("No jurisdiction"), closes=_BOTH),
        _D("REFERRED", _("Referred elsewhere"), closes=_BOTH),
        _D("INSUFFICIENT_INFO", _("Not enough information"), closes=("intake",)),
        _D("WITHDRAWN", _("Withdrawn"), closes=_BOTH),
        _D("DUPLICATE", _("Duplicate of another docket"), closes=_BOTH),
        _D("TIME_BARRED", _("Outside the time limit"), closes=_BOTH),
        _D("NO_VIOLATION", _("No violation"), closes=("review",)),
        _D("INSUFFICIENT_EVIDENCE", _("Not enough evidence"), closes=("review",)),
        _D("LETTER_OF_CONCERN", _("Letter of concern"), closes=("review",), public_by="letter_of_concern_public"),
        _D("CORRECTIVE_AGREEMENT", _("Corrective agreement"), public=True, closes=("review",)),
        _D("CONFIDENTIAL_CONSENT", _("Confidential consent agreement"), closes=("review",)),
        _D("CITATION_FINE", _("Fine"), public=True, npdb_action="1173", sanction=True, weight=10),
        _D("REPRIMAND", _("Reprimand"), True, True, "1140", sanction=True, weight=40),
        _D("CENSURE", _("Censure"), True, True, "1140", sanction=True, weight=45),
        _D("CE_ORDER", _("Continuing education"), True, True, "1147", sanction=True, weight=20),
        _D("PRACTICE_MONITOR", _("Practice monitor"), True, True, "1147", sanction=True, weight=25),
        _D("SUPERVISED_PRACTICE", _("Supervised practice"), True, True, "1147", sanction=True, weight=30),
        _D("PRACTICE_RESTRICTION", _("Practice restriction"), True, True, "1147", sanction=True, weight=35),
        _D("PROBATION", _("Probation"), True, True, "1125", sanction=True, weight=60),
        _D("STAYED_SUSPENSION", _("Suspension, stayed"), True, True, "1125", sanction=True, weight=65),
        _D("SUSPENSION", _("Suspension"), True, True, "1135", sanction=True, weight=80),
        _D("STAYED_REVOCATION", _("Revocation, stayed"), True, True, "1125", sanction=True, weight=70),
        _D("SURRENDER", _("Surrender"), True, True, "1145", sanction=True, weight=90),
        _D("REVOCATION", _("Revocation"), True, True, "1110", sanction=True, weight=100),
        _D("CEASE_AND_DESIST", _("Cease and desist"), False, True, "1151", sanction=True, weight=50),
        _D("OTHER_PUBLIC", _("Other public action"), False, True, "1189", sanction=True, weight=5),
        _D("SUMMARY_SUSPENSION", _("Summary suspension"), True, True, "1139", emergency=True),
        _D("EMERGENCY_RESTRICTION", _("Emergency restriction"), True, True, "1138", emergency=True),
        _D("INTERIM_AGREEMENT", _("Agreement to refrain from practice"), True, True, "1150", emergency=True),
        _D("REINSTATED", _("License reinstated"), False, True, "1280", grants=_REINSTATE),
        _D("REINSTATED_CONDITIONAL", _("License reinstated on conditions"), False, True, "1282", grants=_REINSTATE),
        _D("REINSTATED_PARTIAL", _("License reinstated in part"), False, True, "1283", grants=_REINSTATE),
        _D("REINSTATEMENT_DENIED", _("Reinstatement denied"), False, True, "1285", grants=_REINSTATE),
        _D("REDUCED", _("Earlier action reduced"), False, True, "1295", grants=_CHANGE),
        _D("MODIFIED", _("Earlier action modified"), False, True, "1297", grants=_CHANGE),
        _D("PETITION_DENIED", _("Petition denied"), False, True, "", grants=_CHANGE),
    )
}
DISPOSITION_CHOICES = [(row.code, row.label) for row in DISPOSITIONS.values()]
INTAKE_CLOSURES = tuple(code for code, row in DISPOSITIONS.items() if "intake" in row.closes)
REVIEW_CLOSURES = tuple(code for code, row in DISPOSITIONS.items() if "review" in row.closes)
SANCTIONS = tuple(code for code, row in DISPOSITIONS.items() if row.sanction)
EMERGENCY_ACTIONS = tuple(code for code, row in DISPOSITIONS.items() if row.emergency)
PETITION_OUTCOMES = tuple(code for code, row in DISPOSITIONS.items() if row.grants)
