"""The acts of the workflow: what is done on a case without moving it. Pure."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tracker.access.policy import Permission as P
from tracker.cases import guards as g
from tracker.cases import orderguards as og
from tracker.cases import pathguards as pg
from tracker.cases.clocks import WAIVED_BY
from tracker.cases.clocks import DeadlineKind as D
from tracker.cases.kinds import DocumentKind as Doc
from tracker.cases.states import AFTER_CHARGES, BEFORE_CHARGES, OPEN, STATUSES_OF, Stage
from tracker.cases.states import Status as S


@dataclass(frozen=True)
class Act:
    """Something done on a case that does not move it. The fields are those of a `Transition`."""

    key: str
    label: str | Promise
    sources: tuple[S, ...]
    needs: P
    guards: tuple[g.Guard, ...] = ()
    asks: tuple[str | Promise, ...] = ()
    documents: tuple[Doc, ...] = ()
    letters: tuple[str, ...] = ()
    opens: tuple[D, ...] = ()
    closes: tuple[D, ...] = ()
    renews: tuple[D, ...] = ()


_EVERY = OPEN
_ALL = tuple(S)
_HEARING = STATUSES_OF[Stage.HEARING]
_TALKS = (S.PROBABLE_CAUSE_REVIEW, *_HEARING[:-1])
# Between the proposal's filing and the board nobody touches what was proposed.
_DRAFTING = (S.HEARING_HELD, S.BOARD_REVIEW)
_EMERGENCY = (D.EMERGENCY_NOTICE, D.EMERGENCY_HEARING, D.EMERGENCY_EXPIRY)
ACTS: tuple[Act, ...] = (
    Act("verify_priority", _("Verify the priority, or set another"), BEFORE_CHARGES, P.PRIORITY_VERIFY,
        (g.PRIORITY_SET,),
        opens=(D.EMERGENCY_ACTION,)),
    Act("assign", _("Assign somebody"), _EVERY, P.CASE_ASSIGN,
        asks=(_("The person holds the role, and took no other part that does not go with the place"),)),
    Act("end_assignment", _("End an assignment"), _EVERY, P.CASE_ASSIGN, (g.SOMEBODY_ASSIGNED,)),
    Act("declare_conflict", _("Answer the conflict check"), _EVERY, P.CONFLICT_DECLARE),
    Act("add_allegation", _("Add an allegation"), BEFORE_CHARGES, P.ALLEGATION_ADD),
    Act("record_finding", _("Record a finding on an allegation"), (S.INVESTIGATING,), P.INVESTIGATE),
    Act("approve_closure", _("Approve a closure"), (S.INTAKE_REVIEW, S.PROBABLE_CAUSE_REVIEW), P.CLOSURE_APPROVE,
        (g.CLOSED_BY_APPROVAL,),
        asks=(_("The board's policy names the role; each approves once"),)),
    Act("record_vote", _("Record a vote"), _EVERY, P.VOTE_RECORD),
    Act("draft_count", _("Draft a count"), (S.REPORT_SUBMITTED, S.PROBABLE_CAUSE_REVIEW), P.COUNT_DRAFT),
    Act("appear_counsel", _("Record counsel's appearance"), _EVERY, P.PAPER_RECEIVE),
    Act("close_record", _("Close the record of the hearing"), (S.HEARING_HELD,), P.HEARING_HOLD, (g.RECORD_OPEN,),
        opens=(D.PROPOSED_DECISION,)),
    Act("reopen_record", _("Reopen the record of the hearing"), (S.HEARING_HELD,), P.HEARING_HOLD,
        (g.RECORD_CLOSED,),
        closes=(D.PROPOSED_DECISION,)),
    Act("propose_finding", _("Record a finding on a count"), (S.HEARING_HELD,), P.HEARING_HOLD),
    Act("record_board_finding", _("Record the board's own finding"), (S.BOARD_REVIEW,), P.BOARD_FINDING,
        (pg.HAS_COUNTS,)),
    Act("draft_sanction", _("Draft a sanction"), _DRAFTING, P.SANCTION_DRAFT, (og.SANCTIONS_OPEN,)),
    Act("remove_sanction", _("Remove a drafted sanction"), _DRAFTING, P.SANCTION_DRAFT,
        (g.SANCTION_DRAFTED, og.SANCTIONS_OPEN)),
    Act("satisfy_term", _("Record that a term was met"), (S.COMPLIANCE,), P.COMPLIANCE_MONITOR, (g.HAS_TERMS,),
        asks=(_("The proof is described"),), documents=(Doc.TERM_PROOF,), closes=(D.TERMS,)),
    Act("record_first_contact", _("Record the first contact with the licensee"),
        (S.COMPLIANCE, S.RECONSIDERATION, S.JUDICIAL_REVIEW, S.BOARD_REVIEW, S.ORDER_ISSUED), P.COMPLIANCE_MONITOR,
        (g.CONTACT_DUE,),
        closes=(D.FIRST_CONTACT,)),
    Act("record_npdb_report", _("Record the report to the NPDB"), _EVERY, P.PAPER_RECEIVE, (pg.REPORT_DUE,),
        closes=(D.NPDB_REPORT,)),
    Act("file_document", _("File a document"), _EVERY, P.DOCUMENT_FILE),
    Act("file_waiver", _("File a waiver"), AFTER_CHARGES[:-1], P.PAPER_RECEIVE,
        documents=(Doc.WAIVER,), closes=tuple(WAIVED_BY)),
    Act("mark_exhibit", _("Mark an exhibit"), AFTER_CHARGES[:-1], P.EXHIBIT_MARK),
    Act("offer_exhibit", _("Offer an exhibit"), AFTER_CHARGES[:-1], P.EXHIBIT_MARK,
        (g.OFFERABLE, g.RECORD_OPEN)),
    Act("mark_hearing_exhibit", _("Mark a hearing officer's exhibit"), _HEARING, P.HEARING_HOLD,
        (g.PRESIDING_ASSIGNED, g.RECORD_OPEN)),
    Act("rule_on_exhibit", _("Rule on an exhibit"), _HEARING, P.EXHIBIT_RULE,
        (g.PRESIDING_ASSIGNED, g.RULABLE, g.RECORD_OPEN)),
    Act("decide_emergency", _("Record the decision on emergency action"), _EVERY, P.CASE_ACCEPT, (g.EMERGENCY_OPEN,),
        documents=(Doc.EMERGENCY_MEMO,), closes=(D.EMERGENCY_ACTION,)),
    Act("update_complainant", _("Record that the complainant was told how it stands"), _EVERY, P.NOTE_ADD,
        (pg.RESTS_ON_COMPLAINT,),
        renews=(D.STATUS_UPDATE,)),
    Act("offer_settlement", _("Record an offer of settlement"), _TALKS, P.SETTLEMENT_NEGOTIATE,
        (pg.NOT_PETITION, pg.SETTLES_HERE),
        documents=(Doc.SETTLEMENT_OFFER,)),
    Act("end_settlement_talks", _("Record that an offer was refused or taken back"), _TALKS, P.SETTLEMENT_NEGOTIATE,
        (pg.AGREEMENT_IN_SIGHT,)),
    Act("record_change", _("Record a change to the proposal"), (S.BOARD_REVIEW,), P.BOARD_FINDING, (pg.PROPOSED,)),
    Act("withdraw_change", _("Take back a change to the proposal"), (S.BOARD_REVIEW,), P.BOARD_FINDING,
        (og.CHANGE_RECORDED,)),
    Act("record_stay", _("Record a stay by the court"), (S.JUDICIAL_REVIEW,), P.PAPER_RECEIVE,
        documents=(Doc.COURT_STAY,)),
    Act("certify_record", _("Certify the record"), (S.JUDICIAL_REVIEW,), P.RECORD_CERTIFY,
        (pg.COURT_RECORD_SEALED,),
        documents=(Doc.RECORD_CERTIFICATE,), closes=(D.CERTIFIED_RECORD,)),
    Act("report_violation", _("Report a violation of the order"), (S.COMPLIANCE,), P.COMPLIANCE_MONITOR,
        documents=(Doc.VIOLATION_REPORT,), opens=(D.VIOLATION_RESPONSE,)),
    Act("record_withdrawal", _("Record that the complainant withdraws"), _EVERY, P.WITHDRAWAL_RECORD,
        (pg.RESTS_ON_COMPLAINT, pg.NO_WITHDRAWAL_OPEN),
        documents=(Doc.WITHDRAWAL,), opens=(D.WITHDRAWAL_ANSWER,)),
    Act("answer_withdrawal", _("Answer the withdrawal"), _EVERY, P.INTAKE_CLOSE, (pg.WITHDRAWAL_OPEN,),
        documents=(Doc.WITHDRAWAL_ANSWER,), letters=("withdrawal_answer",), closes=(D.WITHDRAWAL_ANSWER,)),
    Act("take_emergency_action", _("Take emergency action"), _EVERY, P.EMERGENCY_TAKE, (pg.NO_EMERGENCY,),
        asks=(_("There is a written finding of immediate danger"),
              _("The board voted for it, unless the respondent agrees or the board's rule leaves it to the director")),
        documents=(Doc.EMERGENCY_FINDING,), letters=("emergency_action",),
        opens=(*_EMERGENCY, D.NPDB_REPORT), closes=(D.EMERGENCY_ACTION,)),
    Act("serve_emergency_action", _("Record service of the emergency action"), _EVERY, P.PAPER_RECEIVE,
        (pg.EMERGENCY_IN_FORCE, pg.EMERGENCY_UNSERVED),
        documents=(Doc.EMERGENCY_SERVICE,), closes=(D.EMERGENCY_NOTICE,)),
    Act("hear_emergency_action", _("Record the hearing on the emergency action"), _EVERY, P.EMERGENCY_TAKE,
        (pg.EMERGENCY_IN_FORCE,),
        documents=(Doc.EMERGENCY_HEARING,), letters=("emergency_outcome",), closes=(D.EMERGENCY_HEARING,)),
    Act("end_emergency_action", _("End the emergency action"), _EVERY, P.EMERGENCY_TAKE, (pg.EMERGENCY_IN_FORCE,),
        asks=(_("What the board took by vote, it voted to take back; or the time is over"),),
        documents=(Doc.EMERGENCY_END,), letters=("emergency_outcome",), closes=_EMERGENCY),
    Act("begin_abeyance", _("Hold the case in abeyance"), _EVERY, P.OVERLAY_KEEP, (pg.NOT_IN_ABEYANCE,)),
    Act("end_abeyance", _("End the abeyance"), _EVERY, P.OVERLAY_KEEP, (pg.IN_ABEYANCE,)),
    Act("place_hold", _("Place a hold"), _ALL, P.OVERLAY_KEEP, (pg.NOT_ON_HOLD,),
        asks=(_("It has an end, or a day on which it is reviewed"),)),
    Act("review_hold", _("Review the hold"), _ALL, P.OVERLAY_KEEP, (pg.ON_HOLD,)),
    Act("lift_hold", _("Lift the hold"), _ALL, P.OVERLAY_KEEP, (pg.ON_HOLD,)),
    Act("seal_case", _("Seal the case"), _ALL, P.CASE_SEAL, (pg.NOT_SEALED,)),
    Act("unseal_case", _("Unseal the case"), _ALL, P.CASE_SEAL, (pg.SEALED,)),
    Act("toll_clock", _("Pause a clock"), _EVERY, P.OVERLAY_KEEP, (pg.CLOCK_RUNS,)),
    Act("resume_clock", _("Let a paused clock run on"), _EVERY, P.OVERLAY_KEEP, (pg.CLOCK_TOLLED,)),
    Act("lift_recusal", _("Lift a recusal"), _EVERY, P.CASE_REOPEN, (pg.SOMEBODY_RECUSED,)),
    Act("link_dockets", _("Link another docket"), _ALL, P.CASE_LINK),
    Act("unlink_dockets", _("End a link"), _ALL, P.CASE_LINK, (pg.LINKED_BY_HAND,)),
    Act("open_companion", _("Open a case against another respondent"), _EVERY, P.CASE_LINK,
        (pg.RESTS_ON_COMPLAINT,)),
    Act("log_ex_parte", _("Disclose an ex-parte contact"), AFTER_CHARGES[:-1], P.EX_PARTE_LOG,
        documents=(Doc.EX_PARTE,), letters=("ex_parte",)),
    Act("add_note", _("Add a note"), _EVERY, P.NOTE_ADD),
)  # fmt: skip
