"""The moves of the workflow: T1 to T31 of the domain model. Pure. What does not move a case is in `acttable`."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tracker.access.policy import Permission as P
from tracker.cases import guards as g
from tracker.cases import orderguards as og
from tracker.cases import pathguards as pg
from tracker.cases.clocks import DeadlineKind as D
from tracker.cases.kinds import DocumentKind as Doc
from tracker.cases.states import STATUSES_OF, Stage
from tracker.cases.states import Status as S


@dataclass(frozen=True)
class Transition:
    """One way from a status to another.

    `key` is the verb that callers use; `target` is None where the step lets the actor choose. `asks` says in words what
    the step itself wants, beside its guards. `documents` are papers that the step makes, `letters` the notices it
    queues, `opens`, `closes` and `renews` its clocks. `actor` is the domain table's actor in words. With
    `opens_docket` the case itself stays where it is: a linked docket begins at the target. `uses` names a board rule
    and the value with which the step exists there; with `uses_at` the rule is asked from these statuses only.
    """

    key: str
    number: str
    label: str | Promise
    sources: tuple[S, ...]
    target: S | None
    needs: P
    actor: str | Promise
    guards: tuple[g.Guard, ...] = ()
    documents: tuple[Doc, ...] = ()
    letters: tuple[str, ...] = ()
    opens: tuple[D, ...] = ()
    closes: tuple[D, ...] = ()
    renews: tuple[D, ...] = ()
    event: str = ""
    opens_docket: bool = False
    uses: tuple[str, Any] | None = None
    uses_at: tuple[S, ...] = ()
    asks: tuple[str | Promise, ...] = ()

    def rests_on_rule(self, source: str) -> bool:
        """Whether the step exists from a status only at boards whose rule says so."""
        return self.uses is not None and (not self.uses_at or source in self.uses_at)


T = Transition
_HEARING = STATUSES_OF[Stage.HEARING]
_RECEIPT = (
    D.DANGER_SCREEN, D.ACKNOWLEDGEMENT, D.INTAKE, D.SCHEDULE, D.LICENSEE_NOTICE, D.INVESTIGATION_TARGET,
    D.STATUS_UPDATE,
)  # fmt: skip
_INTAKE, _MANAGER, _INVESTIGATOR = _("Intake analyst"), _("Enforcement manager"), _("Investigator")
_COUNSEL, _PANEL, _PRESIDING = (
    _("Board counsel"),
    _("Panel, or board counsel where staff or the whole board finds cause"),
    _("Presiding officer"),
)
_DIRECTOR, _MONITOR, _PARTY = (
    _("Executive director, on the board's vote"),
    _("Compliance monitor"),
    _("Respondent"),
)
_NOTICE = _("The day is as far ahead as the board's notice, unless that is waived")

TRANSITIONS: tuple[Transition, ...] = (
    T("file_complaint", "T1", _("File the complaint"), (), S.RECEIVED, P.COMPLAINT_FILE,
      _("Complainant, or staff on behalf"), documents=(Doc.COMPLAINT_FORM,), letters=("acknowledgement",),
      opens=_RECEIPT, event="case.filed"),
    T("begin_review", "T2", _("Begin review"), (S.RECEIVED,), S.INTAKE_REVIEW, P.INTAKE_SCREEN, _INTAKE,
      documents=(Doc.TRIAGE_RECORD,), opens=(D.EMERGENCY_ACTION,), closes=(D.DANGER_SCREEN,),
      event="case.review_begun"),
    T("request_information", "T3", _("Ask the complainant for information"), (S.INTAKE_REVIEW,),
      S.AWAITING_INFORMATION, P.INFORMATION_REQUEST, _INTAKE, documents=(Doc.INFORMATION_REQUEST,),
      letters=("request_for_information",), opens=(D.INFORMATION,), event="case.information_requested"),
    T("resume_review", "T3", _("Resume review"), (S.AWAITING_INFORMATION,), S.INTAKE_REVIEW, P.INFORMATION_REQUEST,
      _INTAKE, guards=(g.INFORMATION_SETTLED,), closes=(D.INFORMATION,), event="case.information_received"),
    T("close_at_intake", "T4", _("Close at intake"), (S.INTAKE_REVIEW,), S.CLOSED, P.INTAKE_CLOSE,
      _("Intake analyst and executive director"), guards=(g.INTAKE_CLOSURE, pg.NO_EMERGENCY_LEFT),
      documents=(Doc.CLOSING_MEMO,), letters=("closing",), closes=(D.INTAKE,), event="case.closed_at_intake",
      asks=(_("Who closes is not the only one who approved it"),)),
    # The respondent hears of the case with the notice of T6, not before: until then it may be withheld.
    T("accept_case", "T5", _("Accept for investigation"), (S.INTAKE_REVIEW,), S.ASSIGNED, P.CASE_ACCEPT, _MANAGER,
      guards=(g.PRIORITY_SET, g.PRIORITY_VERIFIED, g.INVESTIGATOR_ASSIGNED), documents=(Doc.OPENING_RECORD,),
      letters=("opening",), closes=(D.INTAKE, D.SCHEDULE), renews=(D.STATUS_UPDATE,), event="case.accepted",
      asks=(_("The board has jurisdiction"), _("What is claimed would be a violation if true"))),
    T("notify_licensee", "T6", _("Notify the licensee"), (S.ASSIGNED,), S.RESPONSE_REQUESTED, P.LICENSEE_NOTIFY,
      _INVESTIGATOR, guards=(g.INVESTIGATOR_CLEAR,), documents=(Doc.NOTICE_OF_COMPLAINT,),
      letters=("notice_to_licensee",), opens=(D.RESPONSE,), closes=(D.LICENSEE_NOTICE,),
      event="case.licensee_notified"),
    T("record_response", "T7", _("Record the response, or that none came"), (S.RESPONSE_REQUESTED,), S.INVESTIGATING,
      P.INVESTIGATE, _INVESTIGATOR, documents=(Doc.RESPONSE, Doc.NON_RESPONSE_MEMO), closes=(D.RESPONSE,),
      event="case.response_recorded",
      asks=(_("The response came, or its due date is over and a memo says so"),)),
    T("refer_to_expert", "T8", _("Ask an expert"), (S.INVESTIGATING,), S.EXPERT_REVIEW, P.INVESTIGATE, _INVESTIGATOR,
      documents=(Doc.ENGAGEMENT_LETTER,), opens=(D.EXPERT_OPINION,), event="case.expert_engaged",
      asks=(_("The expert answered the conflict check"),)),
    T("receive_opinion", "T8", _("Record the expert's opinion"), (S.EXPERT_REVIEW,), S.INVESTIGATING, P.INVESTIGATE,
      _INVESTIGATOR, documents=(Doc.EXPERT_OPINION,), closes=(D.EXPERT_OPINION,), event="case.opinion_received"),
    T("submit_report", "T9", _("Submit the report of investigation"), (S.INVESTIGATING,), S.REPORT_SUBMITTED,
      P.INVESTIGATE, _INVESTIGATOR, guards=(g.ALLEGATIONS_FOUND, g.EVIDENCE_SETTLED),
      documents=(Doc.REPORT_OF_INVESTIGATION,), closes=(D.INVESTIGATION_TARGET,), event="case.report_submitted"),
    T("pass_legal_review", "T10", _("Sign off the report"), (S.REPORT_SUBMITTED,), S.PROBABLE_CAUSE_REVIEW,
      P.LEGAL_REVIEW, _COUNSEL, documents=(Doc.LEGAL_MEMO,), event="case.legal_review_passed"),
    T("ask_more_information", "T11", _("Send back with questions"), (S.PROBABLE_CAUSE_REVIEW,), S.INVESTIGATING,
      P.PROBABLE_CAUSE, _PANEL, documents=(Doc.QUESTIONS,), event="case.more_information_asked"),
    T("close_without_discipline", "T12", _("Close without discipline"), (S.PROBABLE_CAUSE_REVIEW,), S.CLOSED,
      P.PROBABLE_CAUSE, _PANEL, guards=(g.REVIEW_CLOSURE, pg.NO_EMERGENCY_LEFT), documents=(Doc.CLOSING_MEMO,),
      letters=("closing",),
      event="case.closed_without_discipline",
      asks=(_("Who closes is not the only one who approved it"),)),
    T("issue_charges", "T13", _("Issue charges"), (S.PROBABLE_CAUSE_REVIEW,), S.CHARGES_FILED, P.PROBABLE_CAUSE,
      _PANEL, guards=(g.PROBABLE_CAUSE_VOTED, g.COUNTS_DRAFTED, g.COUNTS_IN_TIME),
      documents=(Doc.PROBABLE_CAUSE_MEMO, Doc.CHARGES), letters=("charges",),
      event="case.charges_issued"),
    T("sign_settlement", "T14", _("Send a signed settlement to the board"),
      (S.PROBABLE_CAUSE_REVIEW, *_HEARING[:-1]), S.BOARD_REVIEW, P.SETTLEMENT_NEGOTIATE, _COUNSEL,
      guards=(pg.SETTLES_HERE, pg.AGREEMENT_IN_SIGHT), documents=(Doc.STIPULATION,),
      letters=("settlement_agenda", "hearing_vacated"),
      closes=(D.ANSWER, D.HEARING, D.EXHIBIT_EXCHANGE, D.PROPOSED_DECISION, D.EXCEPTIONS, D.BOARD_ACTION),
      event="hearing.settlement_signed", uses=("informal_track", True), uses_at=(S.PROBABLE_CAUSE_REVIEW,),
      asks=(_("Both sides signed it, after it was offered"),)),
    T("record_service", "T15", _("Record service of the charges"), (S.CHARGES_FILED,), S.ANSWER_DUE, P.PAPER_RECEIVE,
      _MANAGER, guards=(g.CHARGES_ISSUED,), documents=(Doc.PROOF_OF_SERVICE,), opens=(D.ANSWER,),
      event="case.charges_served",
      asks=(_("The proof of service is described"),)),
    T("record_answer", "T16", _("Record the answer"), (S.ANSWER_DUE,), S.PREHEARING, P.PAPER_RECEIVE, _MANAGER,
      guards=(g.CHARGES_ISSUED,), documents=(Doc.ANSWER,), letters=("scheduling",), closes=(D.ANSWER,),
      event="case.answer_recorded",
      asks=(_("Every count is answered"), _("A late answer has good cause"),
            _("At boards that ask for an election of rights, one is made"))),
    T("enter_default", "T17", _("Enter a default"), (S.ANSWER_DUE,), S.BOARD_REVIEW, P.LEGAL_REVIEW, _COUNSEL,
      guards=(g.CHARGES_ISSUED, pg.SERVICE_PROVEN, pg.NO_ANSWER), documents=(Doc.DEFAULT_PACKET,),
      letters=("default", "board_agenda"), closes=(D.ANSWER,), event="hearing.default_entered",
      asks=(_("Where the board's rule asks for it, there is a statement on military service"),)),
    T("schedule_hearing", "T18", _("Schedule the hearing"), (S.PREHEARING,), S.HEARING_SCHEDULED, P.HEARING_HOLD,
      _PRESIDING, guards=(g.PRESIDING_CLEAR,), documents=(Doc.NOTICE_OF_HEARING, Doc.PREHEARING_ORDER),
      letters=("notice_of_hearing",), opens=(D.HEARING, D.EXHIBIT_EXCHANGE), renews=(D.STATUS_UPDATE,),
      event="hearing.scheduled",
      asks=(_NOTICE,)),
    T("continue_hearing", "T19", _("Postpone the hearing"), (S.HEARING_SCHEDULED,), S.CONTINUED, P.HEARING_HOLD,
      _PRESIDING, documents=(Doc.CONTINUANCE,), letters=("continuance",), closes=(D.HEARING, D.EXHIBIT_EXCHANGE),
      event="hearing.continued"),
    T("reset_hearing", "T19", _("Set a new date"), (S.CONTINUED,), S.HEARING_SCHEDULED, P.HEARING_HOLD, _PRESIDING,
      guards=(g.PRESIDING_CLEAR,), documents=(Doc.NOTICE_OF_HEARING,), letters=("notice_of_hearing",),
      opens=(D.HEARING, D.EXHIBIT_EXCHANGE), renews=(D.STATUS_UPDATE,), event="hearing.reset",
      asks=(_NOTICE,)),
    T("open_hearing", "T20", _("Open the hearing"), (S.HEARING_SCHEDULED,), S.HEARING_HELD, P.HEARING_HOLD,
      _PRESIDING, guards=(g.HEARING_DAY,), documents=(Doc.HEARING_RECORD,), closes=(D.HEARING, D.EXHIBIT_EXCHANGE),
      event="hearing.opened",
      asks=(_("Where members hear the case too, they are at least a quorum, and each may vote on the order"),)),
    T("file_proposed_decision", "T21", _("File the proposed decision"), (S.HEARING_HELD,), S.PROPOSED_DECISION,
      P.HEARING_HOLD, _PRESIDING, guards=(g.COUNTS_PROPOSED,), documents=(Doc.PROPOSED_DECISION,),
      letters=("proposed_decision",), opens=(D.EXCEPTIONS, D.BOARD_ACTION), closes=(D.PROPOSED_DECISION,),
      event="hearing.decision_proposed"),
    T("submit_to_board", "T22", _("Submit to the board"), (S.PROPOSED_DECISION,), S.BOARD_REVIEW, P.PAPER_RECEIVE,
      _MANAGER, guards=(g.EXCEPTIONS_OVER,), letters=("board_agenda",), closes=(D.EXCEPTIONS,),
      event="hearing.sent_to_board"),
    T("submit_undisputed", "T22", _("Submit undisputed charges to the board"), (S.PREHEARING,), S.BOARD_REVIEW,
      P.PAPER_RECEIVE, _MANAGER, guards=(pg.NOTHING_DISPUTED,), letters=("board_agenda",),
      event="hearing.sent_undisputed"),
    T("issue_order", "T23", _("Issue the order"), (S.BOARD_REVIEW,), S.ORDER_ISSUED, P.ORDER_ISSUE, _DIRECTOR,
      guards=(og.ORDER_VOTED, og.CHANGES_EXPLAINED, og.BOARD_FOUND, og.SANCTIONS_FIT), documents=(Doc.ORDER,),
      letters=("order",),
      opens=(D.RECONSIDERATION, D.APPEAL, D.NPDB_REPORT), closes=(D.BOARD_ACTION, D.STATUS_UPDATE),
      event="hearing.order_issued"),
    T("deem_adopted", "T23", _("Record that the proposal is adopted by time"),
      (S.PROPOSED_DECISION, S.BOARD_REVIEW), S.ORDER_ISSUED, P.ORDER_ISSUE,
      _("Executive director, or the daily job"), guards=(pg.DEEMED, og.PROPOSAL_FITS),
      documents=(Doc.ORDER,), letters=("order",), opens=(D.RECONSIDERATION, D.APPEAL, D.NPDB_REPORT),
      closes=(D.EXCEPTIONS, D.BOARD_ACTION, D.STATUS_UPDATE), event="hearing.deemed_adopted",
      uses=("deemed_adopted", True)),
    T("remand", "T24", _("Remand"), (S.BOARD_REVIEW,), S.PREHEARING, P.ORDER_ISSUE, _DIRECTOR,
      guards=(pg.REMANDABLE, pg.REMAND_VOTED), documents=(Doc.REMAND,), letters=("remand",), closes=(D.BOARD_ACTION,),
      event="hearing.remanded"),
    T("reject_settlement", "T24", _("Reject the settlement"), (S.BOARD_REVIEW,), None, P.ORDER_ISSUE, _DIRECTOR,
      guards=(pg.SETTLEMENT_BEFORE_BOARD, pg.REJECTION_VOTED), letters=("settlement_rejected",),
      event="hearing.settlement_rejected"),
    T("take_up_reconsideration", "T25", _("Take up a petition for reconsideration"), (S.ORDER_ISSUED, S.COMPLIANCE),
      S.RECONSIDERATION, P.PAPER_RECEIVE, _("Party"), guards=(pg.ORDER_STANDS, pg.RECONSIDERATION_IN_TIME),
      documents=(Doc.RECONSIDERATION_PETITION,), opens=(D.RECONSIDERATION_DECISION,), closes=(D.RECONSIDERATION,),
      event="hearing.reconsideration_asked"),
    T("deny_reconsideration", "T25", _("Record that reconsideration is denied"), (S.RECONSIDERATION,), None,
      P.ORDER_ISSUE, _("Executive director, or the daily job"), guards=(pg.RECONSIDERATION_REFUSED,),
      documents=(Doc.RECONSIDERATION_RULING,), letters=("reconsideration_denied",),
      opens=(D.APPEAL,), closes=(D.RECONSIDERATION_DECISION,), event="hearing.reconsideration_denied"),
    T("grant_reconsideration", "T25", _("Reconsider the order"), (S.RECONSIDERATION,), S.BOARD_REVIEW, P.ORDER_ISSUE,
      _DIRECTOR, guards=(pg.RECONSIDERATION_VOTED, pg.NOT_DENIED_BY_TIME), documents=(Doc.RECONSIDERATION_RULING,),
      letters=("reconsideration_granted",), closes=(D.RECONSIDERATION_DECISION, D.APPEAL),
      event="hearing.reconsideration_granted"),
    T("record_judicial_review", "T26", _("Record a petition for judicial review"), (S.ORDER_ISSUED, S.COMPLIANCE),
      S.JUDICIAL_REVIEW, P.PAPER_RECEIVE, _PARTY, guards=(pg.ORDER_STANDS, pg.APPEAL_IN_TIME),
      documents=(Doc.COURT_PETITION,), opens=(D.CERTIFIED_RECORD,), closes=(D.APPEAL, D.RECONSIDERATION),
      event="hearing.review_filed"),
    T("decide_judicial_review", "T26", _("Record the court's decision"), (S.JUDICIAL_REVIEW,), None, P.PAPER_RECEIVE,
      _MANAGER, documents=(Doc.COURT_RULING, Doc.REMAND), letters=("court_ruling",), closes=(D.CERTIFIED_RECORD,),
      event="hearing.review_decided"),
    T("begin_compliance", "T27", _("Begin compliance"), (S.ORDER_ISSUED,), S.COMPLIANCE, P.COMPLIANCE_MONITOR,
      _MONITOR, guards=(g.HAS_TERMS, g.MONITOR_ASSIGNED), documents=(Doc.MONITORING_PLAN,),
      opens=(D.TERMS, D.FIRST_CONTACT),
      event="hearing.compliance_begun"),
    T("petition_violation", "T28", _("Petition for violation of the order"), (S.COMPLIANCE,), S.CHARGES_FILED,
      P.LEGAL_REVIEW, _("Compliance monitor, then counsel"), guards=(pg.VIOLATION_REPORTED, pg.ORDER_STANDS),
      documents=(Doc.CHARGES,), letters=("charges",), closes=(D.VIOLATION_RESPONSE,),
      event="hearing.violation_petitioned", opens_docket=True),
    T("close_case", "T29", _("Close the case"), (S.ORDER_ISSUED, S.COMPLIANCE), S.CLOSED, P.CASE_CLOSE, _MONITOR,
      guards=(g.TERMS_MET, g.CHALLENGE_OVER, g.NPDB_REPORTED, pg.PETITIONS_DECIDED, pg.NO_EMERGENCY_LEFT),
      documents=(Doc.CLOSING_MEMO,), letters=("closing",),
      closes=(D.TERMS, D.FIRST_CONTACT), event="case.closed"),
    T("reopen", "T30", _("Reopen the case"), (S.CLOSED,), None, P.CASE_REOPEN, _("Executive director"),
      documents=(Doc.REOPENING_MEMO,), letters=("reopened",), event="case.reopened",
      asks=(_("The case was at the status where it goes on"), _("What rests on an order has one in force"))),
    T("file_petition", "T31", _("File a petition on a decided case"), (S.COMPLIANCE, S.CLOSED), S.PREHEARING,
      P.PAPER_RECEIVE, _("Former licensee"), guards=(pg.PETITION_RIPE, pg.PETITIONS_DECIDED), documents=(Doc.PETITION,),
      letters=("petition_received",), event="hearing.petition_filed", opens_docket=True),
    T("submit_petition", "T31", _("Submit the petition to the board"), (S.PREHEARING,), S.BOARD_REVIEW,
      P.PAPER_RECEIVE, _MANAGER, guards=(pg.IS_PETITION,), letters=("board_agenda",),
      event="hearing.petition_submitted"),
)  # fmt: skip
