"""Code lists of the room that are neither states nor steps. Pure."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Source(TextChoices):
    """Why the complaint was made."""

    PUBLIC = "public", _("A member of the public")
    DUTY = "duty", _("Somebody reporting by duty")
    SELF_REPORT = "self_report", _("The licensee")
    OTHER_AGENCY = "other_agency", _("Another agency")
    BOARD_MOTION = "board_motion", _("The board's own motion")


class Channel(TextChoices):
    """How it reached the board."""

    PORTAL = "portal", _("Portal")
    ONLINE = "online", _("Another online form")
    MAIL = "mail", _("Mail")
    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Telephone")
    IN_PERSON = "in_person", _("In person")


class Relation(TextChoices):
    """What the complainant is to the matter."""

    CLIENT = "client", _("The client or patient")
    CLOSE_PERSON = "close_person", _("Someone close to the client")
    COLLEAGUE = "colleague", _("A colleague")
    DUTY = "duty", _("Reporting by duty")
    OTHER = "other", _("Someone else")


class ParticipantRole(TextChoices):
    """What a person is in a case."""

    COMPLAINANT = "complainant", _("Complainant")
    PATIENT = "patient", _("Patient")
    RESPONDENT = "respondent", _("Respondent")
    COUNSEL = "counsel", _("Respondent's counsel")
    WITNESS = "witness", _("Witness")
    EXPERT = "expert", _("Expert reviewer")


class FindingBy(TextChoices):
    """Who concluded it."""

    INVESTIGATOR = "investigator", _("Investigator")
    PRESIDING_OFFICER = "presiding_officer", _("Presiding officer")
    BOARD = "board", _("Board")


class FindingValue(TextChoices):
    """What was concluded. The first four are an investigator's words on an allegation, the others on a count."""

    SUBSTANTIATED = "substantiated", _("Substantiated")
    UNSUBSTANTIATED = "unsubstantiated", _("Unsubstantiated")
    INCONCLUSIVE = "inconclusive", _("Inconclusive")
    NOT_INVESTIGATED = "not_investigated", _("Not investigated")
    PROVEN = "proven", _("Violation found")
    NOT_PROVEN = "not_proven", _("No violation found")


INVESTIGATOR_VALUES = (
    FindingValue.SUBSTANTIATED,
    FindingValue.UNSUBSTANTIATED,
    FindingValue.INCONCLUSIVE,
    FindingValue.NOT_INVESTIGATED,
)
COUNT_VALUES = (FindingValue.PROVEN, FindingValue.NOT_PROVEN)


class Burden(TextChoices):
    """The standard by which a count must be proven."""

    PREPONDERANCE = "preponderance", _("Preponderance of the evidence")
    CLEAR_AND_CONVINCING = "clear_and_convincing", _("Clear and convincing evidence")


class AnswerValue(TextChoices):
    """The respondent's answer to one count (WAC 246-11-270)."""

    ADMITTED = "admitted", _("Admitted")
    DENIED = "denied", _("Denied")
    NOT_CONTESTED = "not_contested", _("Not contested")


class DocumentKind(TextChoices):
    """Every official paper of a case."""

    COMPLAINT_FORM = "complaint_form", _("Complaint form")
    TRIAGE_RECORD = "triage_record", _("Triage record")
    EMERGENCY_MEMO = "emergency_memo", _("Memo on emergency action")
    INFORMATION_REQUEST = "information_request", _("Request for information")
    INFORMATION_RECEIVED = "information_received", _("Information received")
    CLOSING_MEMO = "closing_memo", _("Closing memo")
    OPENING_RECORD = "opening_record", _("Case opening record")
    NOTICE_OF_COMPLAINT = "notice_of_complaint", _("Notice of complaint")
    RESPONSE = "response", _("Response of the licensee")
    NON_RESPONSE_MEMO = "non_response_memo", _("Non-response memo")
    REPORT_OF_INVESTIGATION = "report_of_investigation", _("Report of investigation")
    LEGAL_MEMO = "legal_memo", _("Legal memo")
    QUESTIONS = "questions", _("Questions of the panel")
    PROBABLE_CAUSE_MEMO = "probable_cause_memo", _("Probable cause memo")
    CHARGES = "charges", _("Charges")
    PROOF_OF_SERVICE = "proof_of_service", _("Proof of service")
    ANSWER = "answer", _("Answer")
    NOTICE_OF_HEARING = "notice_of_hearing", _("Notice of hearing")
    PREHEARING_ORDER = "prehearing_order", _("Prehearing order")
    HEARING_RECORD = "hearing_record", _("Hearing record")
    PROPOSED_DECISION = "proposed_decision", _("Proposed decision")
    EXCEPTIONS = "exceptions", _("Exceptions")
    ORDER = "order", _("Order")
    MONITORING_PLAN = "monitoring_plan", _("Monitoring plan")
    TERM_PROOF = "term_proof", _("Proof that a term was met")
    REOPENING_MEMO = "reopening_memo", _("Reopening memo")
    WAIVER = "waiver", _("Waiver")
    MOTION = "motion", _("Motion")
    WITHDRAWAL = "withdrawal", _("Withdrawal of the complaint")
    WITHDRAWAL_ANSWER = "withdrawal_answer", _("Answer to a withdrawal")
    ENGAGEMENT_LETTER = "engagement_letter", _("Engagement of an expert")
    EXPERT_OPINION = "expert_opinion", _("Expert opinion")
    SETTLEMENT_OFFER = "settlement_offer", _("Settlement offer")
    STIPULATION = "stipulation", _("Stipulation signed by both sides")
    DEFAULT_PACKET = "default_packet", _("Default packet")
    CONTINUANCE = "continuance", _("Order of continuance")
    REMAND = "remand", _("Order of remand")
    RECONSIDERATION_PETITION = "reconsideration_petition", _("Petition for reconsideration")
    RECONSIDERATION_RULING = "reconsideration_ruling", _("Ruling on reconsideration")
    COURT_PETITION = "court_petition", _("Petition for judicial review")
    COURT_STAY = "court_stay", _("Stay by the court")
    COURT_RULING = "court_ruling", _("Ruling of the court")
    RECORD_CERTIFICATE = "record_certificate", _("Certificate of the record")
    EMERGENCY_FINDING = "emergency_finding", _("Finding of immediate danger")
    EMERGENCY_SERVICE = "emergency_service", _("Proof of service of the emergency action")
    EMERGENCY_HEARING = "emergency_hearing", _("Outcome of the hearing on the emergency action")
    EMERGENCY_END = "emergency_end", _("End of the emergency action")
    VIOLATION_REPORT = "violation_report", _("Report of a violation")
    PETITION = "petition", _("Petition")
    EX_PARTE = "ex_parte", _("Disclosure of an ex-parte contact")
    OTHER = "other", _("Other document")


# Papers of the hearing record: the only documents that the presiding officer and deciding members see.
RECORD_DOCUMENTS = (
    DocumentKind.CHARGES,
    DocumentKind.PROOF_OF_SERVICE,
    DocumentKind.ANSWER,
    DocumentKind.NOTICE_OF_HEARING,
    DocumentKind.PREHEARING_ORDER,
    DocumentKind.HEARING_RECORD,
    DocumentKind.PROPOSED_DECISION,
    DocumentKind.EXCEPTIONS,
    DocumentKind.ORDER,
    DocumentKind.WAIVER,
    DocumentKind.MOTION,
    DocumentKind.STIPULATION,
    DocumentKind.DEFAULT_PACKET,
    DocumentKind.CONTINUANCE,
    DocumentKind.REMAND,
    DocumentKind.RECONSIDERATION_PETITION,
    DocumentKind.RECONSIDERATION_RULING,
    DocumentKind.COURT_PETITION,
    DocumentKind.COURT_STAY,
    DocumentKind.COURT_RULING,
    DocumentKind.RECORD_CERTIFICATE,
    DocumentKind.EMERGENCY_FINDING,
    DocumentKind.EMERGENCY_SERVICE,
    DocumentKind.EMERGENCY_HEARING,
    DocumentKind.EMERGENCY_END,
    DocumentKind.PETITION,
    DocumentKind.EX_PARTE,
)

# What staff may file by hand; every other kind is made by the step that needs it.
FILED_BY_HAND = (
    DocumentKind.INFORMATION_RECEIVED,
    DocumentKind.EXCEPTIONS,
    DocumentKind.MOTION,
    DocumentKind.OTHER,
)


class Period(TextChoices):
    """A period that a party may waive by a filed waiver."""

    ANSWER = "answer", _("Time to answer the charges")
    HEARING_NOTICE = "hearing_notice", _("Minimum notice of the hearing")
    EXHIBIT_EXCHANGE = "exhibit_exchange", _("Exchange of exhibits")
    EXCEPTIONS = "exceptions", _("Exceptions to the proposed decision")
    RECONSIDERATION = "reconsideration", _("Reconsideration")
    APPEAL = "appeal", _("Judicial review")


class WaivedBy(TextChoices):
    """Who gives up a period by a waiver."""

    RESPONDENT = "respondent", _("The respondent")
    PROSECUTION = "prosecution", _("The board's counsel")
    BOTH = "both", _("Both sides")


class VoteKind(TextChoices):
    """What was voted on."""

    PROBABLE_CAUSE = "probable_cause", _("Probable cause")
    CLOSURE = "closure", _("Closure without discipline")
    ORDER = "order", _("Order")
    EMERGENCY = "emergency", _("Emergency action")


class Choice(TextChoices):
    """What one member said."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    ABSTAIN = "abstain", _("Abstained")
    RECUSED = "recused", _("Recused")


class DeadlineState(TextChoices):
    """Where a deadline stands. `late` is told from the date when it is read; the others are kept."""

    RUNNING = "running", _("Running")
    MET = "met", _("Met")
    LATE = "late", _("Late")
    TOLLED = "tolled", _("Paused")
    WAIVED = "waived", _("Waived")
    SUPERSEDED = "superseded", _("Replaced")


class ServiceMethod(TextChoices):
    """How a paper was served."""

    CERTIFIED_MAIL = "certified_mail", _("Certified mail")
    PERSONAL = "personal", _("In person")
    COUNSEL = "counsel", _("On counsel of record")
    EMAIL_AGREED = "email_agreed", _("E-mail, as agreed")
    PUBLICATION = "publication", _("Publication")

    @property
    def is_mail(self) -> bool:
        """Whether the paper travels by mail, so that the board's days for mail are added (as Code Civ. Proc. 1013)."""
        return self is ServiceMethod.CERTIFIED_MAIL


class EmergencyOutcome(TextChoices):
    """What was decided after a danger screen that found danger."""

    NOT_NEEDED = "not_needed", _("No emergency action is needed now")
    REFERRED = "referred", _("Sent to the board for emergency action")
    LAW_ENFORCEMENT = "law_enforcement", _("Law enforcement was told")


class ContactMethod(TextChoices):
    """How somebody was told."""

    PHONE = "phone", _("Telephone")
    EMAIL = "email", _("E-mail")
    MAIL = "mail", _("Mail")
    IN_PERSON = "in_person", _("In person")
