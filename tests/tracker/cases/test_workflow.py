"""The one table: T1 to T31, where each step starts, and what is open."""

from dataclasses import replace

import pytest

from tests.tracker.cases.test_guards import CASES, FACTS
from tracker.audit import events
from tracker.cases import guards as g
from tracker.cases import workflow
from tracker.cases.casefacts import CaseFacts
from tracker.cases.states import AFTER_CHARGES, OPEN, STAGE_OF, STATUSES_OF, Stage, Status
from tracker.cases.steptable import ACTS, TRANSITIONS, Transition
from tracker.notices.kinds import KINDS

OFFERED = {1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 15, 16, 18, 20, 21, 22, 23, 27, 29, 30}
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
    "record_vote": ("probable_cause_review", "board_review"),
    "draft_count": ("report_submitted", "probable_cause_review"),
    "appear_counsel": OPEN,
    "propose_finding": ("hearing_held",),
    "record_board_finding": ("board_review",),
    "draft_sanction": ("hearing_held", "proposed_decision", "board_review"),
    "remove_sanction": ("hearing_held", "proposed_decision", "board_review"),
    "satisfy_term": ("compliance",),
    "record_npdb_report": ("order_issued", "compliance"),
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
MET = {}
for name, known, reasons in CASES:
    if not reasons:
        MET.setdefault(getattr(g, name), []).append(known)


def meeting(guards: tuple[g.Guard, ...], status: Status) -> CaseFacts:
    """Facts that meet all these guards, put together from what meets each."""
    facts = replace(FACTS, status=status, stage=STAGE_OF[status])
    capacities = {"investigator", "presiding", "monitor"}
    for guard in guards:
        facts = replace(facts, **MET[guard][-1])
    both = {"capacities": frozenset(capacities), "clear_of_conflict": frozenset(capacities)}
    return replace(facts, **both)


def test_all_thirty_one_stand_in_the_table_and_the_right_ones_are_offered() -> None:
    numbers = {int(row.number[1:]) for row in TRANSITIONS}
    assert numbers == set(range(1, 32))
    assert {int(row.number[1:]) for row in TRANSITIONS if row.offered} == OFFERED
    assert {int(row.number[1:]) for row in TRANSITIONS if not row.offered} == set(range(1, 32)) - OFFERED


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


def test_every_offered_step_is_covered_here() -> None:
    offered = {row.key for row in TRANSITIONS if row.offered and row.sources} | {act.key for act in ACTS}
    assert offered == set(SOURCES)


@pytest.mark.parametrize("row", [row for row in (*TRANSITIONS, *ACTS) if row.guards], ids=lambda row: row.key)
def test_each_guard_of_a_step_closes_it(row: Transition) -> None:
    for guard in row.guards:
        failing = next(known for name, known, reasons in CASES if getattr(g, name) is guard and reasons)
        facts = replace(FACTS, status=row.sources[0], stage=STAGE_OF[row.sources[0]], **failing)
        reasons = guard.check(facts)
        assert reasons
        assert set(reasons) <= set(workflow.decide(row.key, facts))


@pytest.mark.parametrize("key", [row.key for row in TRANSITIONS if not row.offered])
def test_what_is_not_offered_says_so(key: str) -> None:
    row = workflow.MOVES[key]
    facts = replace(FACTS, status=row.sources[0], stage=STAGE_OF[row.sources[0]])
    assert workflow.decide(key, facts) == ("This step is not offered yet.",)
    assert key not in {option.key for option in workflow.options(facts)}


def test_options_list_every_offered_step_with_its_state() -> None:
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


def test_every_status_can_be_reached_or_is_not_offered_yet() -> None:
    reached = {row.target for row in TRANSITIONS if row.offered and row.target}
    waiting = {row.target for row in TRANSITIONS if not row.offered and row.target} - reached
    assert reached | waiting == set(Status)
    assert waiting == {Status.EXPERT_REVIEW, Status.CONTINUED, Status.RECONSIDERATION, Status.JUDICIAL_REVIEW}


def test_stages_only_go_forward_except_by_the_named_ways_back() -> None:
    order = list(Stage)
    back = {
        row.key
        for row in TRANSITIONS
        for source in row.sources
        if row.target and order.index(STAGE_OF[row.target]) < order.index(STAGE_OF[source])
    }
    assert back == {"petition_violation"}
    assert workflow.target_stage(Status.COMPLIANCE) == Stage.DISPOSITION


@pytest.mark.parametrize("row", [row for row in TRANSITIONS if row.offered], ids=lambda row: row.key)
def test_offered_rows_name_known_events_and_letters(row: Transition) -> None:
    assert events.spec(row.event).group == "step"
    assert set(row.letters) <= set(KINDS)
    assert str(row.label)
    assert str(row.actor)
