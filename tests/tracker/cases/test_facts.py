"""Gathering what decisions need to know: in a fixed number of queries, and only what still counts."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.cases import Story, claim, set_rule
from tests.factories.staffed import Staffed
from tracker.cases import facts
from tracker.cases.actions import investigation, overlays, papers, people, voting
from tracker.cases.casefacts import CaseFacts, CountFacts
from tracker.hearings.actions import drafting, record, reopening


def gathered(story: Story) -> CaseFacts:
    """What is known now."""
    return facts.gather(story.case, at=story.at)


def queries(story: Story) -> int:
    """How many queries that takes."""
    case = story.case
    with CaptureQueriesContext(connection) as seen:
        facts.gather(case, at=story.at)
    return len(seen)


def test_a_fresh_complaint(story: Story) -> None:
    known = gathered(story)
    assert (known.today, known.stage, known.status) == (date(2026, 3, 2), "filed", "received")
    assert (known.priority, known.priority_verified) == (None, False)
    assert [(row.key, row.has_finding) for row in known.allegations] == [("A1", False), ("A2", False)]
    assert known.counts == ()
    assert known.closures == {}
    assert known.pc_body == "panel"


def test_the_day_is_the_boards(office: Staffed) -> None:
    story = Story(office)
    story.at = story.at.replace(day=3, hour=5, minute=30)
    assert gathered(story).today == date(2026, 3, 2)


def test_places_and_the_last_answer_to_the_conflict_check(story: Story) -> None:
    story.assign(story.office.investigator, "investigator")
    assert gathered(story).clear_of_conflict == gathered(story).in_conflict == frozenset()
    person, director = story.office.investigator, story.office.director
    for answer in (False, True, False):
        if answer or not gathered(story).somebody_recused:
            story.do(people.declare_conflict, person, has_conflict=answer, reason="A cousin.")
        else:
            story.do(overlays.lift_recusal, director, email=person.email, reason="Another cousin.")
        known = gathered(story)
        assert known.somebody_recused is answer
        assert known.capacities == {"investigator"}
        assert known.in_conflict == ({"investigator"} if answer else frozenset())
        assert known.clear_of_conflict == (frozenset() if answer else {"investigator"})


def test_one_of_a_panel_with_a_conflict_taints_the_place(story: Story) -> None:
    story.seat_panel()
    for member, answer in zip(story.office.panel, (False, True, False), strict=True):
        story.do(people.declare_conflict, member, has_conflict=answer, reason="A cousin.")
    assert gathered(story).in_conflict == {"panel"}
    assert gathered(story).clear_of_conflict == frozenset()


def test_counts_tell_what_was_answered_and_found(story: Story) -> None:
    story.to("board_review")
    assert gathered(story).counts == (CountFacts(1, "22 TAC 681.41", "", "denied", "proven", ""),)
    assert gathered(story).has_issued_charges


def test_before_charges_only_a_draft_counts(story: Story) -> None:
    """A reopened case has old charges: without new counts there is nothing to issue."""
    story.to("closed")
    story.do(reopening.reopen, story.office.director, to="probable_cause_review", reason="Again.")
    assert gathered(story).counts == ()
    story.charge(citation="22 TAC 681.50")
    assert [row.citation for row in gathered(story).counts] == ["22 TAC 681.50"]
    story.to("prehearing")
    assert [row.citation for row in gathered(story).counts] == ["22 TAC 681.50", "22 TAC 681.41"]


def test_limitation_is_that_of_the_day_the_conduct_ended(office: Staffed) -> None:
    set_rule(office.board, "limitation_years", 9, valid_from=date(2000, 1, 1))
    set_rule(office.board, "limitation_years", 1, valid_from=date(2025, 1, 1))
    old = claim(occurred_from=date(2020, 1, 1), occurred_to=date(2020, 6, 1))
    late = claim("other", occurred_from=date(2025, 1, 2), occurred_to=date(2025, 1, 9))
    undated = claim("other", occurred_from=None, occurred_to=None)
    story = Story(office, allegations=(old, late, undated)).to("report_submitted")
    for keys in (["A1"], ["A2"], ["A2", "A3"], ["A1", "A2"]):
        story.charge(allegations=keys)
    assert [bool(row.late_reason) for row in gathered(story).counts] == [False, True, False, True]
    rule = facts.limitation(story.case.board, story.case.allegations.filter(number=1), date(2026, 3, 2))
    assert (rule.value, rule.key) == (9, "limitation_years")
    assert facts.limitation(story.case.board, [], date(2026, 3, 2)).value == 1


def test_questions_are_those_since_the_case_came_here(story: Story) -> None:
    story.to("probable_cause_review").seat_panel()
    vote = story.vote("probable_cause")
    assert facts.open_questions(story.case) == [vote]
    assert gathered(story).votes == {"probable_cause"}
    story.do(investigation.ask_more_information, story.office.panel[0], questions="Who?")
    assert facts.open_questions(story.case) == []
    story.to("probable_cause_review")
    assert gathered(story).votes == frozenset()


def test_closures_tell_what_each_ending_lacks(story: Story) -> None:
    story.to("probable_cause_review")
    lacking = ("Approval is missing: Executive director.",)
    closures = gathered(story).closures
    assert closures["NO_VIOLATION"] == lacking
    assert closures["WITHDRAWN"] == ("At this board a withdrawal does not end the case.", *lacking)
    story.do(voting.approve_closure, story.office.director, disposition="NO_VIOLATION")
    assert gathered(story).closures["NO_VIOLATION"] == ()
    assert gathered(story).closures["REFERRED"] == lacking


def test_at_a_board_that_votes_each_ending_needs_its_vote(story: Story) -> None:
    set_rule(story.office.board, "closure_approvers", {"by": "vote", "roles": ["board_member"], "count": 1})
    story.to("probable_cause_review").seat_panel()
    story.vote("closure", "NO_VIOLATION")
    closures = gathered(story).closures
    assert closures["NO_VIOLATION"] == ()
    assert closures["LETTER_OF_CONCERN"] == ("No vote decided to close: Letter of concern.",)
    story.vote("closure", "NO_VIOLATION", choices="nnn")
    assert gathered(story).closures["NO_VIOLATION"] == ("No vote decided to close: No violation.",)


def test_an_order_and_its_terms(story: Story) -> None:
    story.to("order_issued")
    known = gathered(story)
    assert (known.order_is_issued, known.drafted_sanctions) == (True, ())
    assert [(term.key, term.label, term.is_met) for term in known.terms] == [("S1", "Probation", False)]
    assert known.npdb_report_missing
    assert (known.reconsideration_due_on, known.appeal_due_on) == (
        story.clock("reconsideration").due_on,
        story.clock("appeal").due_on,
    )


def test_a_side_that_waives_alone_is_known_and_waives_nothing(story: Story) -> None:
    story.to("charges_filed")
    for period, side in (("exceptions", "prosecution"), ("answer", "both")):
        story.waive(period, side)
    known = gathered(story)
    assert known.waived_by == {"exceptions": {"prosecution"}, "answer": {"prosecution", "respondent"}}
    assert (known.waivers, known.challenges_open) == ({"answer"}, False)
    # One that is on file from before waivers named a side was given by both.
    story.case.documents.filter(kind="waiver").update(given_by="")
    assert gathered(story).waivers == {"answer", "exceptions"}


def test_a_hearing_is_set_then_its_record_is_open_then_closed(story: Story) -> None:
    def known() -> tuple[date | None, bool]:
        facts_now = gathered(story)
        return facts_now.hearing_on, facts_now.record_closed

    story.to("hearing_scheduled")
    assert known() == (date(2026, 4, 1), False)
    story.to("hearing_held")
    assert known() == (None, False)
    story.do(record.close_record, story.office.presiding)
    assert known() == (None, True)
    for status in ("proposed_decision", "board_review"):
        story.to(status)
        assert known() == (None, True), "what the proposal rests on stays as it is"
    story.to("order_issued")
    assert known() == (None, False)


def test_reopening_spends_what_was_waived(story: Story) -> None:
    assert facts.begun_anew(story.case) is None
    story.to("order_issued")
    story.waive("appeal")
    assert gathered(story).waivers == {"appeal"}
    story.to("closed")
    story.do(reopening.reopen, story.office.director, to="investigating", reason="Again.")
    assert facts.begun_anew(story.case) == story.at
    assert gathered(story).waivers == frozenset()


CODES = ("NO_VIOLATION", "REFERRED", "LETTER_OF_CONCERN", "NO_JURISDICTION", "TIME_BARRED", "DUPLICATE")


def test_the_number_of_queries_does_not_grow_at_intake(office: Staffed) -> None:
    small = Story(office).to("intake_review")
    large = Story(office, allegations=tuple(claim("other") for _ in range(6))).to("intake_review")
    for number in range(5):
        row = {"kind": "motion", "title": f"Motion {number}", "text": "Compel."}
        large.do(papers.file_document, office.manager, **row)
    assert queries(small) == queries(large) <= 26


@pytest.mark.once
def test_the_number_of_queries_does_not_grow_at_review(office: Staffed) -> None:
    small, large = (Story(office).before("charges_filed") for _ in range(2))
    for _ in range(4):
        large.charge(allegations=["A1", "A2"])
    for story, codes in ((small, CODES[:1]), (large, CODES)):
        for code in codes:
            story.do(voting.approve_closure, office.director, disposition=code)
    assert queries(small) == queries(large) <= 26


@pytest.mark.once
def test_the_number_of_queries_does_not_grow_before_the_board(office: Staffed) -> None:
    small, large = (Story(office).before("order_issued") for _ in range(2))
    for _ in range(4):
        large.do(drafting.draft_sanction, office.director, code="REPRIMAND")
        large.vote("order", "adopt")
    assert queries(small) == queries(large) <= 26
