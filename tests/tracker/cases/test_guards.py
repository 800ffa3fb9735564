"""Every guard: the facts that meet it, and the sentences of its refusal."""

from dataclasses import replace
from datetime import date

import pytest

from tracker.cases import guards as g
from tracker.cases.casefacts import AllegationFacts, CaseFacts, CountFacts, ExhibitFacts, TermFacts
from tracker.cases.guards import Guard
from tracker.cases.kinds import WaivedBy
from tracker.cases.states import Priority, Stage, Status
from tracker.cases.votes import ClosurePolicy
from tracker.cases.waivers import BOTH_SIDES

TODAY = date(2026, 3, 2)
AHEAD, BEHIND = date(2026, 3, 3), date(2026, 3, 1)
COUNT = CountFacts(1, "22 TAC 681.41", "", "denied", "proven", "")
FACTS = CaseFacts(
    today=TODAY,
    stage=Stage.FILED,
    status=Status.RECEIVED,
    priority=None,
    priority_verified=False,
    capacities=frozenset(),
    clear_of_conflict=frozenset(),
    in_conflict=frozenset(),
)
INVESTIGATOR, PRESIDING = frozenset({"investigator"}), frozenset({"presiding"})

CASES: list[tuple[str, dict, list[str]]] = [
    ("PRIORITY_SET", {}, ["No priority is set."]),
    ("PRIORITY_SET", {"priority": Priority.HIGH}, []),
    ("PRIORITY_VERIFIED", {"priority": Priority.HIGH}, ["A second person has not verified the priority."]),
    ("PRIORITY_VERIFIED", {"priority_verified": True}, []),
    (
        "OFFERABLE",
        {"exhibits": (ExhibitFacts("E-1", True, True, "offered"),)},
        ["No marked exhibit waits to be offered."],
    ),
    ("OFFERABLE", {"exhibits": (ExhibitFacts("E-1", True, True, "marked"),)}, []),
    ("RULABLE", {"exhibits": (ExhibitFacts("E-1", True, True, "marked"),)}, ["No offered exhibit waits for a ruling."]),
    ("RULABLE", {"exhibits": (ExhibitFacts("E-1", True, True, "offered"),)}, []),
    ("SANCTION_DRAFTED", {}, ["No sanction is drafted."]),
    ("SANCTION_DRAFTED", {"drafted_sanctions": ("REPRIMAND",)}, []),
    ("SOMEBODY_ASSIGNED", {}, ["Nobody is assigned."]),
    ("SOMEBODY_ASSIGNED", {"capacities": INVESTIGATOR}, []),
    ("CONTACT_DUE", {}, ["No first contact is due."]),
    ("CONTACT_DUE", {"contact_due_on": BEHIND}, []),
    ("EMERGENCY_OPEN", {}, ["No decision on emergency action is due."]),
    ("EMERGENCY_OPEN", {"emergency_due_on": BEHIND}, []),
    (
        "INFORMATION_SETTLED",
        {"information_due_on": TODAY},
        ["The information has not come, and its due date (Mar 2, 2026) is not over."],
    ),
    ("INFORMATION_SETTLED", {"information_due_on": BEHIND}, []),
    ("INFORMATION_SETTLED", {"information_due_on": AHEAD, "information_received": True}, []),
    ("INVESTIGATOR_ASSIGNED", {"capacities": PRESIDING}, ["No investigator is assigned."]),
    ("INVESTIGATOR_ASSIGNED", {"capacities": INVESTIGATOR}, []),
    ("INVESTIGATOR_CLEAR", {}, ["No investigator is assigned."]),
    (
        "INVESTIGATOR_CLEAR",
        {"capacities": INVESTIGATOR},
        ["The investigator has not answered the conflict check."],
    ),
    (
        "INVESTIGATOR_CLEAR",
        {"capacities": INVESTIGATOR, "in_conflict": INVESTIGATOR},
        ["The investigator declared a conflict: assign another."],
    ),
    ("INVESTIGATOR_CLEAR", {"capacities": INVESTIGATOR, "clear_of_conflict": INVESTIGATOR}, []),
    ("PRESIDING_CLEAR", {}, ["No presiding officer is assigned."]),
    ("PRESIDING_CLEAR", {"capacities": PRESIDING}, ["The presiding officer has not answered the conflict check."]),
    (
        "PRESIDING_CLEAR",
        {"capacities": PRESIDING, "in_conflict": PRESIDING},
        ["The presiding officer declared a conflict: assign another."],
    ),
    ("PRESIDING_CLEAR", {"capacities": PRESIDING, "clear_of_conflict": PRESIDING}, []),
    (
        "ALLEGATIONS_FOUND",
        {"allegations": (AllegationFacts("A1", True), AllegationFacts("A3", False))},
        ["Allegation A3 has no finding."],
    ),
    ("ALLEGATIONS_FOUND", {"allegations": (AllegationFacts("A1", True),)}, []),
    (
        "EVIDENCE_SETTLED",
        {"exhibits": (ExhibitFacts("E-1", False, True), ExhibitFacts("E-2", True, False))},
        ["Exhibit E-1 is still being scanned.", "Exhibit E-2 has no custody entry."],
    ),
    ("EVIDENCE_SETTLED", {"exhibits": (ExhibitFacts("E-1", True, True),)}, []),
    ("PROBABLE_CAUSE_VOTED", {}, ["No vote found probable cause with quorum and majority."]),
    ("PROBABLE_CAUSE_VOTED", {"votes": frozenset({"probable_cause"})}, []),
    ("PROBABLE_CAUSE_VOTED", {"pc_body": "staff"}, []),
    ("COUNTS_DRAFTED", {}, ["No count is drafted."]),
    ("COUNTS_DRAFTED", {"counts": (replace(COUNT, citation=""),)}, ["Count 1 cites no statute or rule."]),
    ("COUNTS_DRAFTED", {"counts": (COUNT,)}, []),
    ("COUNTS_IN_TIME", {"counts": (COUNT, replace(COUNT, number=2, late_reason="Too late."))}, ["Count 2: Too late."]),
    ("COUNTS_IN_TIME", {"counts": (COUNT,)}, []),
    ("CHARGES_ISSUED", {}, ["No charges are issued."]),
    ("CHARGES_ISSUED", {"has_issued_charges": True}, []),
    ("HEARING_DAY", {}, ["No hearing is set."]),
    ("HEARING_DAY", {"hearing_on": AHEAD}, ["The hearing is set for Mar 3, 2026."]),
    ("HEARING_DAY", {"hearing_on": TODAY}, []),
    (
        "RECORD_OPEN",
        {"record_closed": True, "status": Status.HEARING_HELD},
        ["The record of the hearing is closed. The presiding officer can reopen it."],
    ),
    ("RECORD_OPEN", {"record_closed": True, "status": Status.PROPOSED_DECISION}, [
        "The record of the hearing is closed, and the proposal rests on it. Only a remand opens it again."]),
    ("RECORD_OPEN", {}, []),
    ("RECORD_CLOSED", {}, ["The record of the hearing is open."]),
    ("RECORD_CLOSED", {"record_closed": True}, []),
    (
        "COUNTS_PROPOSED",
        {"counts": (COUNT, replace(COUNT, number=2, proposed=""))},
        ["Count 2 has no finding by the presiding officer."],
    ),
    ("COUNTS_PROPOSED", {"counts": (COUNT,)}, []),
    (
        "EXCEPTIONS_OVER",
        {"exceptions_due_on": TODAY},
        ["The time for exceptions runs until Mar 2, 2026. Waivers by both sides would do."],
    ),
    ("EXCEPTIONS_OVER", {"exceptions_due_on": TODAY, "waived_by": {"exceptions": {WaivedBy.RESPONDENT}}}, [
        "The time for exceptions runs until Mar 2, 2026. The respondent has waived it, the board's counsel has not."]),
    ("EXCEPTIONS_OVER", {"exceptions_due_on": BEHIND}, []),
    ("EXCEPTIONS_OVER", {"exceptions_due_on": AHEAD, "waived_by": {"exceptions": BOTH_SIDES}}, []),
    ("HAS_TERMS", {}, ["The order has no terms to monitor."]),
    ("HAS_TERMS", {"terms": (TermFacts("S1", "Probation", False),)}, []),
    ("MONITOR_ASSIGNED", {}, ["No compliance monitor is assigned."]),
    ("MONITOR_ASSIGNED", {"capacities": frozenset({"monitor"})}, []),
    (
        "TERMS_MET",
        {"terms": (TermFacts("S1", "Probation", True), TermFacts("S2", "Fine", False))},
        ["Term S2 has no proof: Fine."],
    ),
    ("TERMS_MET", {}, []),
    (
        "CHALLENGE_OVER",
        {"reconsideration_due_on": TODAY, "appeal_due_on": AHEAD},
        [
            "The time for reconsideration runs until Mar 2, 2026. Waivers by both sides would do.",
            "The time for judicial review runs until Mar 3, 2026. A waiver by the respondent would do.",
        ],
    ),
    (
        "CHALLENGE_OVER",
        {"reconsideration_due_on": AHEAD, "appeal_due_on": BEHIND, "waived_by": {"reconsideration": BOTH_SIDES}},
        [],
    ),
    ("NPDB_REPORTED", {"npdb_report_missing": True}, [
        "The report to the National Practitioner Data Bank is not recorded."]),
    ("NPDB_REPORTED", {}, []),
    ("CLOSED_BY_APPROVAL", {"closure_policy": ClosurePolicy(by="vote")}, [
        "This board decides closures by vote: record the vote."]),
    ("CLOSED_BY_APPROVAL", {}, []),
    ("PRESIDING_ASSIGNED", {"capacities": frozenset({"investigator"})}, ["No presiding officer is assigned."]),
    ("PRESIDING_ASSIGNED", {"capacities": frozenset({"presiding"})}, []),
    ("INTAKE_CLOSURE", {"closures": {"REFERRED": ("Approval is missing.",), "DUPLICATE": ("Approval is missing.",)}}, [
        "Approval is missing."]),
    ("INTAKE_CLOSURE", {"closures": {"REFERRED": ("Approval is missing.",), "DUPLICATE": ()}}, []),
    ("REVIEW_CLOSURE", {"closures": {"NO_VIOLATION": ("No vote.",), "REFERRED": ("No vote here.",)}}, [
        "No disposition has the approval or the vote that the board's policy asks for."]),
    ("REVIEW_CLOSURE", {"closures": {"NO_VIOLATION": ("No vote.", "No."), "REFERRED": ("No vote.",)}}, ["No vote."]),
    ("REVIEW_CLOSURE", {"closures": {"NO_VIOLATION": (), "REFERRED": ("No vote.",)}}, []),
]  # fmt: skip


@pytest.mark.parametrize(("name", "known", "reasons"), CASES, ids=lambda value: value if isinstance(value, str) else "")
def test_a_guard_gives_its_reasons(name: str, known: dict, reasons: list[str]) -> None:
    assert getattr(g, name).check(replace(FACTS, **known)) == reasons


def test_every_guard_is_seen_met_and_refused() -> None:
    ours = {name for name, value in vars(g).items() if isinstance(value, Guard)}
    assert ours == {name for name, _known, reasons in CASES if not reasons}
    assert ours == {name for name, _known, reasons in CASES if reasons}


def test_every_guard_says_in_words_what_it_asks_for() -> None:
    texts = [str(value.text) for value in vars(g).values() if isinstance(value, Guard)]
    assert all(text and text[0].isupper() for text in texts)
    assert len(set(texts)) == len(texts)
