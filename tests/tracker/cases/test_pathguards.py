"""Every guard off the main road: the facts that meet it, and the sentences of its refusal."""

from dataclasses import replace

import pytest

from tests.tracker.cases.test_guards import AHEAD, BEHIND, COUNT, FACTS, TODAY
from tracker.cases import pathguards as pg
from tracker.cases.casefacts import CountFacts
from tracker.cases.guards import Guard
from tracker.cases.kinds import WaivedBy
from tracker.cases.states import CaseKind, Status
from tracker.cases.waivers import BOTH_SIDES

DISPUTED = replace(COUNT, answer="denied")
ADMITTED = replace(COUNT, answer="admitted")

CASES: list[tuple[str, dict, list[str]]] = [
    ("LINKED_BY_HAND", {}, ["No link that staff made is in force."]),
    ("LINKED_BY_HAND", {"is_linked_by_hand": True}, []),
    ("AGREEMENT_IN_SIGHT", {}, ["No offer of settlement is open."]),
    ("AGREEMENT_IN_SIGHT", {"open_offer": "respondent"}, []),
    ("SETTLES_HERE", {"status": Status.PROBABLE_CAUSE_REVIEW}, [
        "At this board a case is settled only after charges are issued."]),
    ("SETTLES_HERE", {"status": Status.PROBABLE_CAUSE_REVIEW, "informal_track": True}, []),
    ("SETTLES_HERE", {"status": Status.CHARGES_FILED}, []),
    ("SETTLES_HERE", {"informal_track": True}, []),
    ("SERVICE_PROVEN", {}, ["Service of the charges is not proven."]),
    ("SERVICE_PROVEN", {"is_served": True}, []),
    ("NO_ANSWER", {"is_answered": True, "answer_due_on": BEHIND}, ["An answer is on file."]),
    ("NO_ANSWER", {"answer_due_on": TODAY}, [
        "The time to answer runs until Mar 2, 2026. A waiver by the respondent would do."]),
    ("NO_ANSWER", {"answer_due_on": AHEAD, "waived_by": {"answer": BOTH_SIDES}}, []),
    ("NO_ANSWER", {"answer_due_on": BEHIND}, []),
    ("NOT_PETITION", {"kind": CaseKind.MODIFICATION}, ["A petition is granted or denied, not settled."]),
    ("NOT_PETITION", {"kind": CaseKind.VIOLATION}, []),
    ("NOTHING_DISPUTED", {}, ["No count is answered."]),
    ("NOTHING_DISPUTED", {"counts": (ADMITTED, replace(DISPUTED, number=2))}, [
        "Count 2 is disputed, so it needs a hearing."]),
    ("NOTHING_DISPUTED", {"counts": (ADMITTED,), "election": "formal"}, ["The respondent asked for a formal hearing."]),
    ("NOTHING_DISPUTED", {"counts": (DISPUTED,), "election": "informal"}, []),
    ("HAS_COUNTS", {"counts": (COUNT,), "before_board": "settlement"}, [
        "A settlement is accepted or rejected: nothing is found on the counts."]),
    ("NOTHING_DISPUTED", {"counts": (DISPUTED,), "election": "waived"}, []),
    ("NOTHING_DISPUTED", {"counts": (ADMITTED, replace(COUNT, number=2, answer="not_contested"))}, []),
    ("IS_PETITION", {}, ["This docket is not a petition."]),
    ("IS_PETITION", {"kind": CaseKind.VIOLATION}, ["This docket is not a petition."]),
    ("IS_PETITION", {"kind": CaseKind.REINSTATEMENT}, []),
    ("DEEMED", {}, ["At this board a proposal is not adopted by time alone."]),
    ("DEEMED", {"deemed_adopted": True, "before_board": "settlement"}, [
        "Only a proposed decision can be adopted by time alone."]),
    ("DEEMED", {"deemed_adopted": True, "status": Status.PROPOSED_DECISION, "board_action_due_on": BEHIND}, []),
    ("DEEMED", {"deemed_adopted": True, "status": Status.PROPOSED_DECISION, "kind": CaseKind.REINSTATEMENT}, [
        "Only a proposed decision can be adopted by time alone."]),
    ("DEEMED", {"deemed_adopted": True, "before_board": "proposal", "board_action_due_on": BEHIND,
        "voted_on": BEHIND}, ["The board voted in time. Issue what it decided."]),
    ("DEEMED", {"deemed_adopted": True, "before_board": "proposal", "board_action_due_on": BEHIND,
        "voted_on": TODAY}, []),
    ("DEEMED", {"deemed_adopted": True, "before_board": "proposal"}, ["No time for action by the board is running."]),
    ("DEEMED", {"deemed_adopted": True, "before_board": "proposal", "board_action_due_on": TODAY}, [
        "The board may act until Mar 2, 2026."]),
    ("DEEMED", {"deemed_adopted": True, "before_board": "proposal", "board_action_due_on": BEHIND}, []),
    ("DEEMED", {"heard_by_board": True, "before_board": "proposal", "board_action_due_on": BEHIND}, [
        "The board heard the case itself, so that only its vote decides."]),
    ("REMAND_VOTED", {"votes": frozenset({"order:adopt"})}, ["The board has not voted to remand."]),
    ("REMAND_VOTED", {"votes": frozenset({"order:remand"})}, []),
    ("REMANDABLE", {"before_board": "settlement"}, ["A settlement is accepted or rejected, not remanded."]),
    ("REMANDABLE", {"before_board": "reconsideration"}, ["No charges were issued, so there is nothing to hear."]),
    ("REMANDABLE", {"before_board": "petition", "kind": CaseKind.REINSTATEMENT}, []),
    ("REMANDABLE", {"before_board": "default", "has_issued_charges": True}, []),
    ("SETTLEMENT_BEFORE_BOARD", {"before_board": "proposal"}, ["No settlement is before the board."]),
    ("SETTLEMENT_BEFORE_BOARD", {"before_board": "settlement"}, []),
    ("REJECTION_VOTED", {}, ["The board has not voted to reject the settlement."]),
    ("REJECTION_VOTED", {"votes": frozenset({"order:reject_settlement"})}, []),
    ("RECONSIDERATION_IN_TIME", {}, ["The time for reconsideration is not running."]),
    ("RECONSIDERATION_IN_TIME", {"reconsideration_due_on": BEHIND}, []),
    ("RECONSIDERATION_IN_TIME", {"reconsideration_due_on": BEHIND, "filed_on": BEHIND}, []),
    ("RECONSIDERATION_IN_TIME", {"reconsideration_due_on": BEHIND, "filed_on": TODAY}, [
        "The time for reconsideration ended on Mar 1, 2026."]),
    ("RECONSIDERATION_IN_TIME", {"reconsideration_due_on": AHEAD, "waived_by": {"reconsideration": BOTH_SIDES}}, [
        "The time for reconsideration was waived."]),
    ("RECONSIDERATION_IN_TIME", {"reconsideration_due_on": AHEAD, "waived_by": {
        "reconsideration": {WaivedBy.RESPONDENT}}}, []),
    ("RECONSIDERATION_IN_TIME", {"reconsideration_due_on": TODAY}, []),
    ("APPEAL_IN_TIME", {"appeal_due_on": BEHIND, "filed_on": BEHIND}, []),
    ("APPEAL_IN_TIME", {"appeal_due_on": BEHIND, "filed_on": TODAY}, [
        "The time for judicial review ended on Mar 1, 2026."]),
    ("APPEAL_IN_TIME", {"appeal_due_on": TODAY}, []),
    ("ORDER_STANDS", {"order_is_vacated": True}, ["The order was set aside."]),
    ("ORDER_STANDS", {}, []),
    ("RECONSIDERATION_REFUSED", {"reconsideration_decision_due_on": BEHIND}, [
        "The board has not voted to deny the petition."]),
    ("RECONSIDERATION_REFUSED", {"silence_denies": True, "reconsideration_decision_due_on": TODAY}, [
        "The board has not voted to deny it, and may act until Mar 2, 2026."]),
    ("RECONSIDERATION_REFUSED", {"silence_denies": True, "reconsideration_decision_due_on": BEHIND}, []),
    ("RECONSIDERATION_REFUSED", {"silence_denies": True, "reconsideration_decision_due_on": BEHIND,
        "voted_on": BEHIND}, ["The board voted in time. Record what it decided."]),
    ("NOT_DENIED_BY_TIME", {"silence_denies": True, "reconsideration_decision_due_on": BEHIND, "voted_on": BEHIND}, []),
    ("RECONSIDERATION_REFUSED", {"votes": frozenset({"order:deny_reconsideration"})}, []),
    ("PROPOSED", {}, ["No proposed decision is before the board."]),
    ("PROPOSED", {"before_board": "proposal"}, []),
    ("HAS_COUNTS", {}, ["This docket has no counts to find on."]),
    ("HAS_COUNTS", {"counts": (CountFacts(1, "Rule 12", "", "denied", "", ""),)}, []),
    ("RECONSIDERATION_VOTED", {}, ["The board has not voted to reconsider."]),
    ("RECONSIDERATION_VOTED", {"votes": frozenset({"order:reconsider"})}, []),
    ("NOT_DENIED_BY_TIME", {"silence_denies": True, "reconsideration_decision_due_on": BEHIND}, [
        "The time to act is over: the petition is denied by law."]),
    ("NOT_DENIED_BY_TIME", {"silence_denies": True, "reconsideration_decision_due_on": TODAY}, []),
    ("NOT_DENIED_BY_TIME", {"silence_denies": True}, []),
    ("NOT_DENIED_BY_TIME", {"reconsideration_decision_due_on": BEHIND}, []),
    ("VIOLATION_REPORTED", {}, ["No violation is reported."]),
    ("VIOLATION_REPORTED", {"violation_reported": True}, []),
    ("PETITIONS_DECIDED", {"pending_petitions": ("BHEC-2026-00007",)}, [
        "A petition on this order is not decided yet."]),
    ("PETITIONS_DECIDED", {}, []),
    ("PETITION_RIPE", {}, ["No discipline of this docket is in force."]),
    ("PETITION_RIPE", {"discipline_in_force": True, "petition_from": AHEAD}, [
        "A petition may be filed from Mar 3, 2026 on."]),
    ("PETITION_RIPE", {"discipline_in_force": True, "petition_from": TODAY}, []),
    ("EMERGENCY_IN_FORCE", {}, ["No emergency action is in force."]),
    ("EMERGENCY_IN_FORCE", {"emergency": "SUMMARY_SUSPENSION"}, []),
    ("NO_EMERGENCY", {"emergency": "SUMMARY_SUSPENSION"}, ["An emergency action is in force already."]),
    ("NO_EMERGENCY", {}, []),
    ("EMERGENCY_UNSERVED", {"emergency_served": True}, ["Service of the emergency action is recorded already."]),
    ("EMERGENCY_UNSERVED", {"emergency": "SUMMARY_SUSPENSION"}, []),
    ("NO_EMERGENCY_LEFT", {"emergency": "SUMMARY_SUSPENSION"}, ["An emergency action is in force. End it first."]),
    ("NO_EMERGENCY_LEFT", {}, []),
    ("REPORT_DUE", {}, ["No report to the National Practitioner Data Bank is due."]),
    ("REPORT_DUE", {"npdb_report_missing": True}, []),
    ("REPORT_DUE", {"emergency_report_missing": True}, []),
    ("SOMEBODY_RECUSED", {}, ["Nobody is recused."]),
    ("SOMEBODY_RECUSED", {"somebody_recused": True}, []),
    ("CLOCK_RUNS", {}, ["No clock that counts days is running."]),
    ("CLOCK_RUNS", {"a_clock_runs": True}, []),
    ("CLOCK_TOLLED", {}, ["No clock is paused by itself."]),
    ("CLOCK_TOLLED", {"a_clock_is_tolled": True}, []),
    ("RESTS_ON_COMPLAINT", {"kind": CaseKind.REINSTATEMENT}, ["This docket rests on no complaint."]),
    ("RESTS_ON_COMPLAINT", {"kind": CaseKind.COMPLAINT}, []),
    ("COURT_RECORD_SEALED", {}, [
        "No court record was built and sealed since the petition to the court came. Build that bundle first."]),
    ("COURT_RECORD_SEALED", {"court_record_sealed": True}, []),
    ("IN_ABEYANCE", {}, ["The case is not in abeyance."]),
    ("IN_ABEYANCE", {"in_abeyance": True}, []),
    ("NOT_IN_ABEYANCE", {"in_abeyance": True}, ["The case is in abeyance already."]),
    ("NOT_IN_ABEYANCE", {}, []),
    ("ON_HOLD", {}, ["No hold is in force."]),
    ("ON_HOLD", {"on_hold": True}, []),
    ("NOT_ON_HOLD", {"on_hold": True}, ["A hold is in force already."]),
    ("NOT_ON_HOLD", {}, []),
    ("SEALED", {}, ["The case is not sealed."]),
    ("SEALED", {"is_sealed": True}, []),
    ("NOT_SEALED", {"is_sealed": True}, ["The case is sealed already."]),
    ("NOT_SEALED", {}, []),
    ("NO_WITHDRAWAL_OPEN", {"withdrawal_unanswered": True}, ["A withdrawal waits for its answer already."]),
    ("NO_WITHDRAWAL_OPEN", {}, []),
    ("WITHDRAWAL_OPEN", {}, ["No withdrawal waits for an answer."]),
    ("WITHDRAWAL_OPEN", {"withdrawal_unanswered": True}, []),
]  # fmt: skip


@pytest.mark.parametrize(("name", "known", "reasons"), CASES, ids=lambda value: value if isinstance(value, str) else "")
def test_a_guard_gives_its_reasons(name: str, known: dict, reasons: list[str]) -> None:
    assert getattr(pg, name).check(replace(FACTS, **known)) == reasons


def test_every_guard_is_seen_met_and_refused() -> None:
    ours = {name for name, value in vars(pg).items() if isinstance(value, Guard)}
    assert ours == {name for name, _known, reasons in CASES if not reasons}
    assert ours == {name for name, _known, reasons in CASES if reasons}


def test_every_guard_says_in_words_what_it_asks_for() -> None:
    texts = [str(value.text) for value in vars(pg).values() if isinstance(value, Guard)]
    assert all(text and text[0].isupper() for text in texts)
    assert len(set(texts)) == len(texts)
