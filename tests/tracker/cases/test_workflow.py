"""The one table: T1 to T31, where each step starts, and what is open."""

from dataclasses import replace

import pytest

from tests.tracker.cases.test_guards import CASES as MAIN_CASES
from tests.tracker.cases.test_guards import FACTS
from tests.tracker.cases.test_orderguards import CASES as ORDER_CASES
from tests.tracker.cases.test_pathguards import CASES as PATH_CASES
from tracker.audit import events
from tracker.cases import guards as g
from tracker.cases import orderguards as og
from tracker.cases import pathguards as pg
from tracker.cases import workflow
from tracker.cases.acttable import ACTS
from tracker.cases.casefacts import CaseFacts
from tracker.cases.states import AFTER_CHARGES, OPEN, STAGE_OF, STATUSES_OF, Stage, Status
from tracker.cases.steptable import TRANSITIONS, Transition
from tracker.notices.kinds import KINDS

TALKS = ("probable_cause_review", *STATUSES_OF[Stage.HEARING][:-1])
BEFORE_CHARGES = STATUSES_OF[Stage.FILED] + STATUSES_OF[Stage.INVESTIGATION]
SOURCES = {
    "begin_review": ("received",),
    "request_information": ("intake_review",),
    "resume_review": ("awaiting_information",),
    "close_at_intake": ("intake_review",),
    "accept_case": ("intake_review",),
    "notify_licensee": ("assigned",),
    "record_response": ("response_requested",),
    "submit_report": ("investigating",),
    "pass_legal_review": ("report_submitted",),
    "ask_more_information": ("probable_cause_review",),
    "close_without_discipline": ("probable_cause_review",),
    "issue_charges": ("probable_cause_review",),
    "record_service": ("charges_filed",),
    "record_answer": ("answer_due",),
    "schedule_hearing": ("prehearing",),
    "open_hearing": ("hearing_scheduled",),
    "file_proposed_decision": ("hearing_held",),
    "submit_to_board": ("proposed_decision",),
    "issue_order": ("board_review",),
    "refer_to_expert": ("investigating",),
    "receive_opinion": ("expert_review",),
    "sign_settlement": TALKS,
    "enter_default": ("answer_due",),
    "continue_hearing": ("hearing_scheduled",),
    "reset_hearing": ("continued",),
    "submit_undisputed": ("prehearing",),
    "deem_adopted": ("proposed_decision", "board_review"),
    "remand": ("board_review",),
    "reject_settlement": ("board_review",),
    "take_up_reconsideration": ("order_issued", "compliance"),
    "deny_reconsideration": ("reconsideration",),
    "grant_reconsideration": ("reconsideration",),
    "record_judicial_review": ("order_issued", "compliance"),
    "decide_judicial_review": ("judicial_review",),
    "petition_violation": ("compliance",),
    "file_petition": ("compliance", "closed"),
    "submit_petition": ("prehearing",),
    "begin_compliance": ("order_issued",),
    "close_case": ("order_issued", "compliance"),
    "reopen": ("closed",),
    "verify_priority": BEFORE_CHARGES,
    "assign": OPEN,
    "end_assignment": OPEN,
    "declare_conflict": OPEN,
    "add_allegation": BEFORE_CHARGES,
    "record_finding": ("investigating",),
    "approve_closure": ("intake_review", "probable_cause_review"),
    "record_vote": OPEN,
    "offer_settlement": TALKS,
    "end_settlement_talks": TALKS,
    "record_change": ("board_review",),
    "withdraw_change": ("board_review",),
    "record_stay": ("judicial_review",),
    "certify_record": ("judicial_review",),
    "report_violation": ("compliance",),
    "record_withdrawal": OPEN,
    "answer_withdrawal": OPEN,
    "take_emergency_action": OPEN,
    "serve_emergency_action": OPEN,
    "hear_emergency_action": OPEN,
    "end_emergency_action": OPEN,
    "begin_abeyance": OPEN,
    "end_abeyance": OPEN,
    "place_hold": tuple(Status),
    "review_hold": tuple(Status),
    "lift_hold": tuple(Status),
    "seal_case": tuple(Status),
    "unseal_case": tuple(Status),
    "toll_clock": OPEN,
    "resume_clock": OPEN,
    "lift_recusal": OPEN,
    "link_dockets": tuple(Status),
    "unlink_dockets": tuple(Status),
    "open_companion": OPEN,
    "log_ex_parte": tuple(s for s in AFTER_CHARGES if s != "closed"),
    "draft_count": ("report_submitted", "probable_cause_review"),
    "appear_counsel": OPEN,
    "close_record": ("hearing_held",),
    "reopen_record": ("hearing_held",),
    "propose_finding": ("hearing_held",),
    "record_board_finding": ("board_review",),
    "draft_sanction": ("hearing_held", "board_review"),
    "remove_sanction": ("hearing_held", "board_review"),
    "satisfy_term": ("compliance",),
    "record_first_contact": ("compliance", "reconsideration", "judicial_review", "board_review", "order_issued"),
    "record_npdb_report": OPEN,
    "file_document": OPEN,
    "file_waiver": tuple(s for s in AFTER_CHARGES if s != "closed"),
    "mark_exhibit": tuple(s for s in AFTER_CHARGES if s != "closed"),
    "offer_exhibit": tuple(s for s in AFTER_CHARGES if s != "closed"),
    "mark_hearing_exhibit": STATUSES_OF[Stage.HEARING],
    "rule_on_exhibit": STATUSES_OF[Stage.HEARING],
    "decide_emergency": OPEN,
    "update_complainant": OPEN,
    "add_note": OPEN,
}
CASES = [(getattr(g, name), known, reasons) for name, known, reasons in MAIN_CASES]
CASES += [(getattr(pg, name), known, reasons) for name, known, reasons in PATH_CASES]
CASES += [(getattr(og, name), known, reasons) for name, known, reasons in ORDER_CASES]
MET: dict[g.Guard, list[dict]] = {}
for guard, known, reasons in CASES:
    if not reasons:
        MET.setdefault(guard, []).append(known)


def meeting(guards: tuple[g.Guard, ...], status: Status) -> CaseFacts:
    """Facts that meet all these guards, put together from what meets each."""
    facts = replace(FACTS, status=status, stage=STAGE_OF[status])
    capacities = {"investigator", "presiding", "monitor"}
    for guard in guards:
        facts = replace(facts, **MET[guard][-1])
    both = {"capacities": frozenset(capacities), "clear_of_conflict": frozenset(capacities)}
    return replace(facts, **both)


def test_all_thirty_one_stand_in_the_table() -> None:
    assert {int(row.number[1:]) for row in TRANSITIONS} == set(range(1, 32))


def test_keys_are_verbs_and_unique() -> None:
    keys = [row.key for row in (*TRANSITIONS, *ACTS)]
    assert len(set(keys)) == len(keys)
    assert not [key for key in keys if key.startswith("t") and key[1:].isdigit()]


@pytest.mark.parametrize("key", sorted(SOURCES))
def test_a_step_is_open_exactly_in_its_sources_with_its_guards_met(key: str) -> None:
    for status in Status:
        reasons = workflow.decide(key, meeting(workflow.step(key).guards, status))
        assert (reasons == ()) is (status in SOURCES[key]), status
        assert all(str(status.label) in reason for reason in reasons)


def test_every_step_is_covered_here() -> None:
    known = {row.key for row in TRANSITIONS if row.sources} | {act.key for act in ACTS}
    assert known == set(SOURCES)


@pytest.mark.parametrize("row", [row for row in (*TRANSITIONS, *ACTS) if row.guards], ids=lambda row: row.key)
def test_each_guard_of_a_step_closes_it(row: Transition) -> None:
    for guard in row.guards:
        failing = next(known for one, known, reasons in CASES if one is guard and reasons)
        facts = replace(FACTS, **{"status": row.sources[0], "stage": STAGE_OF[row.sources[0]], **failing})
        reasons = guard.check(facts)
        assert reasons
        assert set(reasons) <= set(workflow.decide(row.key, facts))


def test_options_list_every_step_with_its_state() -> None:
    options = workflow.options(FACTS)
    assert [option.key for option in options] == [key for key in workflow.STEPS if key in SOURCES]
    states = {option.key: option for option in options}
    assert states["begin_review"].is_open
    assert states["begin_review"].is_move
    assert not states["add_note"].is_move
    assert states["verify_priority"].fits_status
    assert states["verify_priority"].reasons == ("No priority is set.",)
    assert not states["issue_order"].fits_status
    assert states["issue_order"].reasons == ("The case is at: Received. This starts from: Board review.",)
    assert states["file_waiver"].reasons == ("This cannot be done while the case is at: Received.",)


def test_an_unknown_key_is_an_error() -> None:
    for ask in (workflow.step, lambda key: workflow.decide(key, FACTS)):
        with pytest.raises(KeyError):
            ask("fly")


def test_every_status_can_be_reached() -> None:
    assert {row.target for row in TRANSITIONS if row.target} == set(Status)


def test_stages_only_go_forward_except_by_the_named_ways_back() -> None:
    order = list(Stage)
    back = {
        row.key
        for row in TRANSITIONS
        for source in row.sources
        if row.target and order.index(STAGE_OF[row.target]) < order.index(STAGE_OF[source])
    }
    assert back == {"petition_violation", "file_petition", "grant_reconsideration"}
    assert workflow.target_stage(Status.COMPLIANCE) == Stage.DISPOSITION


@pytest.mark.parametrize("row", list(TRANSITIONS), ids=lambda row: row.key)
def test_rows_name_known_events_and_letters(row: Transition) -> None:
    assert events.spec(row.event).group == "step"
    assert set(row.letters) <= set(KINDS)
    assert str(row.label)
    assert str(row.actor)
