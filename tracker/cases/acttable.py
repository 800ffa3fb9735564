"""The acts of the workflow: what is done on a case without moving it. Pure."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tracker.access.policy import Permission as P
from tracker.cases import guards as g
from tracker.cases import orderguards as og
from tracker.cases import pathguards as pg
from tracker.cases.states import AFTER_CHARGES, BEFORE_CHARGES, OPEN, STATUSES_OF, Stage
from tracker.cases.states import Status as S


@dataclass(frozen=True)
class Act:
    """Something done on a case that does not move it."""

    key: str
    label: str | Promise
    sources: tuple[S, ...]
    needs: P
    guards: tuple[g.Guard, ...] = ()


_EVERY = OPEN
_ALL = tuple(S)
_HEARING = STATUSES_OF[Stage.HEARING]
_TALKS = (S.PROBABLE_CAUSE_REVIEW, *_HEARING[:-1])
# Between the proposal's filing and the board nobody touches what was proposed.
_DRAFTING = (S.HEARING_HELD, S.BOARD_REVIEW)
ACTS: tuple[Act, ...] = (
    Act("verify_priority", _("Verify the priority"), BEFORE_CHARGES, P.PRIORITY_VERIFY, (g.PRIORITY_SET,)),
    Act("assign", _("Assign somebody"), _EVERY, P.CASE_ASSIGN),
    Act("end_assignment", _("End an assignment"), _EVERY, P.CASE_ASSIGN, (g.SOMEBODY_ASSIGNED,)),
    Act("declare_conflict", _("Answer the conflict check"), _EVERY, P.CONFLICT_DECLARE),
    Act("add_allegation", _("Add an allegation"), BEFORE_CHARGES, P.ALLEGATION_ADD),
    Act("record_finding", _("Record a finding on an allegation"), (S.INVESTIGATING,), P.INVESTIGATE),
    Act("approve_closure", _("Approve a closure"), (S.INTAKE_REVIEW, S.PROBABLE_CAUSE_REVIEW), P.CLOSURE_APPROVE),
    Act("record_vote", _("Record a vote"), _EVERY, P.VOTE_RECORD),
    Act("draft_count", _("Draft a count"), (S.REPORT_SUBMITTED, S.PROBABLE_CAUSE_REVIEW), P.COUNT_DRAFT),
    Act("appear_counsel", _("Record counsel's appearance"), _EVERY, P.PAPER_RECEIVE),
    Act("propose_finding", _("Record a finding on a count"), (S.HEARING_HELD,), P.HEARING_HOLD),
    Act("record_board_finding", _("Record the board's own finding"), (S.BOARD_REVIEW,), P.BOARD_FINDING,
        (pg.HAS_COUNTS,)),
    Act("draft_sanction", _("Draft a sanction"), _DRAFTING, P.SANCTION_DRAFT, (og.SANCTIONS_OPEN,)),
    Act("remove_sanction", _("Remove a drafted sanction"), _DRAFTING, P.SANCTION_DRAFT,
        (g.SANCTION_DRAFTED, og.SANCTIONS_OPEN)),
    Act("satisfy_term", _("Record that a term was met"), (S.COMPLIANCE,), P.COMPLIANCE_MONITOR, (g.HAS_TERMS,)),
    Act("record_npdb_report", _("Record the report to the NPDB"), _EVERY, P.PAPER_RECEIVE, (pg.REPORT_DUE,)),
    Act("file_document", _("File a document"), _EVERY, P.DOCUMENT_FILE),
    Act("file_waiver", _("File a waiver"), AFTER_CHARGES[:-1], P.PAPER_RECEIVE),
    Act("mark_exhibit", _("Mark an exhibit"), AFTER_CHARGES[:-1], P.EXHIBIT_MARK),
    Act("offer_exhibit", _("Offer an exhibit"), AFTER_CHARGES[:-1], P.EXHIBIT_MARK, (g.OFFERABLE,)),
    Act("mark_hearing_exhibit", _("Mark a hearing officer's exhibit"), _HEARING, P.HEARING_HOLD),
    Act("rule_on_exhibit", _("Rule on an exhibit"), _HEARING, P.EXHIBIT_RULE, (g.RULABLE,)),
    Act("decide_emergency", _("Record the decision on emergency action"), _EVERY, P.CASE_ACCEPT, (g.EMERGENCY_OPEN,)),
    Act("update_complainant", _("Record that the complainant was told how it stands"), _EVERY, P.NOTE_ADD,
        (pg.RESTS_ON_COMPLAINT,)),
    Act("offer_settlement", _("Record an offer of settlement"), _TALKS, P.SETTLEMENT_NEGOTIATE,
        (pg.NOT_PETITION, pg.SETTLES_HERE)),
    Act("end_settlement_talks", _("Record that an offer was refused or taken back"), _TALKS, P.SETTLEMENT_NEGOTIATE,
        (pg.AGREEMENT_IN_SIGHT,)),
    Act("record_change", _("Record a change to the proposal"), (S.BOARD_REVIEW,), P.BOARD_FINDING, (pg.PROPOSED,)),
    Act("record_stay", _("Record a stay by the court"), (S.JUDICIAL_REVIEW,), P.PAPER_RECEIVE),
    Act("certify_record", _("Certify the record"), (S.JUDICIAL_REVIEW,), P.RECORD_CERTIFY,
        (pg.COURT_RECORD_SEALED,)),
    Act("report_violation", _("Report a violation of the order"), (S.COMPLIANCE,), P.COMPLIANCE_MONITOR),
    Act("record_withdrawal", _("Record that the complainant withdraws"), _EVERY, P.WITHDRAWAL_RECORD,
        (pg.RESTS_ON_COMPLAINT, pg.NO_WITHDRAWAL_OPEN)),
    Act("answer_withdrawal", _("Answer the withdrawal"), _EVERY, P.INTAKE_CLOSE, (pg.WITHDRAWAL_OPEN,)),
    Act("take_emergency_action", _("Take emergency action"), _EVERY, P.EMERGENCY_TAKE, (pg.NO_EMERGENCY,)),
    Act("serve_emergency_action", _("Record service of the emergency action"), _EVERY, P.PAPER_RECEIVE,
        (pg.EMERGENCY_IN_FORCE, pg.EMERGENCY_UNSERVED)),
    Act("hear_emergency_action", _("Record the hearing on the emergency action"), _EVERY, P.EMERGENCY_TAKE,
        (pg.EMERGENCY_IN_FORCE,)),
    Act("end_emergency_action", _("End the emergency action"), _EVERY, P.EMERGENCY_TAKE, (pg.EMERGENCY_IN_FORCE,)),
    Act("begin_abeyance", _("Hold the case in abeyance"), _EVERY, P.OVERLAY_KEEP, (pg.NOT_IN_ABEYANCE,)),
    Act("end_abeyance", _("End the abeyance"), _EVERY, P.OVERLAY_KEEP, (pg.IN_ABEYANCE,)),
    Act("place_hold", _("Place a hold"), _ALL, P.OVERLAY_KEEP, (pg.NOT_ON_HOLD,)),
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
    Act("log_ex_parte", _("Disclose an ex-parte contact"), AFTER_CHARGES[:-1], P.EX_PARTE_LOG),
    Act("add_note", _("Add a note"), _EVERY, P.NOTE_ADD),
)  # fmt: skip
