"""Holding the hearing: setting it, opening it, finding, proposing, handing over."""

from datetime import date, timedelta

import pytest

from tests.factories.cases import Story, set_rule
from tests.factories.office import make_person
from tracker.access.policy import Role
from tracker.cases.actions import people
from tracker.cases.models import Deadline, Finding
from tracker.errors import NotPermitted, OutOfScope
from tracker.hearings.actions import holding
from tracker.hearings.models import Hearing
from tracker.notices.models import Notice

ONLY = "Only the presiding officer assigned to this case may do this."


def notice(story: Story, *, days: int = 30, **fields: object) -> dict:
    """What the notice says."""
    row = {"starts_at": story.at + timedelta(days=days), "place": "Room 1", "prehearing_order": "Exhibits in 14 days."}
    return {**row, **fields}


def test_the_hearing_is_set_with_notice_clocks_papers_and_letters(story: Story) -> None:
    story.before("hearing_scheduled")
    hearing = story.do(holding.schedule_hearing, story.office.presiding, **notice(story))
    assert (hearing.presiding, hearing.noticed_on, hearing.opened_at) == (
        story.office.presiding,
        date(2026, 3, 2),
        None,
    )
    assert story.case.status == "hearing_scheduled"
    assert story.clock("hearing").due_on == date(2026, 4, 1)
    assert story.clock("hearing").explanation == "Set by the notice of hearing: Apr 1, 2026."
    exchange = story.clock("exhibit_exchange")
    assert (exchange.due_on, exchange.explanation) == (
        date(2026, 3, 18),
        "14 calendar days before the hearing (Apr 1, 2026).",
    )
    assert story.letters()[-2:] == [("notice_of_hearing", "respondent"), ("notice_of_hearing", "complainant")]
    entry = story.entry("hearing.scheduled")
    assert entry["facts"]["hearing"] == str(hearing.pk)
    assert (entry["facts"]["starts_on"], entry["facts"]["notice_days"]) == ("2026-04-01", 30)
    assert entry["private"] == {"place": "Room 1"}
    kinds = {paper.kind for paper in story.case.documents.all()}
    assert {"notice_of_hearing", "prehearing_order"} <= kinds
    assert "Room 1" in Notice.objects.filter(kind="notice_of_hearing")[0].body


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"days": 19}, "Notice must be at least 20 days; this date gives 19. A waiver by the respondent would do."),
        ({"days": -1}, "The hearing cannot be set for a day that is over."),
        ({"place": " "}, "Say where the hearing is held."),
        ({"prehearing_order": ""}, "Write the prehearing order."),
    ],
)
def test_a_notice_is_refused(story: Story, fields: dict, sentence: str) -> None:
    story.before("hearing_scheduled")
    words = story.refused(holding.schedule_hearing, story.office.presiding, **notice(story, **fields))
    assert words == sentence


def test_the_boards_days_of_notice_bind(story: Story) -> None:
    set_rule(story.office.board, "hearing_notice_min_days", 45)
    story.before("hearing_scheduled")
    words = story.refused(holding.schedule_hearing, story.office.presiding, **notice(story))
    assert words.startswith("Notice must be at least 45 days; this date gives 30.")


def test_a_waiver_of_notice_lets_it_be_set_sooner(story: Story) -> None:
    story.before("hearing_scheduled")
    story.waive("hearing_notice", "respondent")
    story.do(holding.schedule_hearing, story.office.presiding, **notice(story, days=1))
    assert "exhibit_exchange" not in story.clocks()


def test_a_waiver_of_the_exchange_starts_no_clock_of_it(story: Story) -> None:
    story.before("hearing_scheduled")
    story.waive("exhibit_exchange")
    story.do(holding.schedule_hearing, story.office.presiding, **notice(story))
    assert "exhibit_exchange" not in story.clocks()


def test_nobody_presides_without_the_conflict_check(story: Story) -> None:
    story.to("prehearing")
    words = story.refused(holding.schedule_hearing, story.office.presiding, **notice(story))
    assert words == "No presiding officer is assigned."
    story.assign(story.office.presiding, "presiding")
    words = story.refused(holding.schedule_hearing, story.office.presiding, **notice(story))
    assert words == "The presiding officer has not answered the conflict check."
    story.do(people.declare_conflict, story.office.presiding, has_conflict=True, reason="His neighbor.")
    story.refused(holding.schedule_hearing, story.office.presiding, OutOfScope, **notice(story))


def test_the_role_alone_does_not_preside(story: Story) -> None:
    other = make_person(story.office.board, Role.PRESIDING_OFFICER)
    story.before("hearing_scheduled")
    assert story.refused(holding.schedule_hearing, other, NotPermitted, **notice(story)) == ONLY
    story.before("hearing_held")
    assert story.refused(holding.open_hearing, other, NotPermitted, appearances="x") == ONLY
    story.to("hearing_held")
    row = {"count": 1, "value": "proven", "reasons": "x"}
    assert story.refused(holding.propose_finding, other, NotPermitted, **row) == ONLY
    story.before("proposed_decision")
    assert story.refused(holding.file_proposed_decision, other, NotPermitted, text="x") == ONLY


def test_the_presiding_officer_sees_no_case_before_its_charges(story: Story) -> None:
    story.to("probable_cause_review")
    story.refused(holding.schedule_hearing, story.office.presiding, OutOfScope, **notice(story))


def test_the_hearing_opens_on_its_day(story: Story) -> None:
    story.to("hearing_scheduled")
    words = story.refused(holding.open_hearing, story.office.presiding, appearances="x")
    assert words == "The hearing is set for Apr 1, 2026."
    story.wait(30)
    assert story.refused(holding.open_hearing, story.office.presiding, appearances=" ") == "Record who appeared."
    story.do(holding.open_hearing, story.office.presiding, appearances="Both sides.")
    hearing = Hearing.objects.get()
    assert (hearing.opened_at, hearing.appearances, hearing.closed_at) == (story.at, "Both sides.", None)
    assert story.case.status == "hearing_held"
    assert {story.clock(kind).state for kind in ("hearing", "exhibit_exchange")} == {"met"}
    # The case is submitted when its record closes, so nothing is due before that.
    assert "proposed_decision" not in story.clocks()
    assert story.entry("hearing.opened")["private"] == {"appearances": "Both sides."}


@pytest.mark.parametrize("burden", ["preponderance", "clear_and_convincing"])
def test_findings_on_counts_record_the_burden(story: Story, burden: str) -> None:
    set_rule(story.office.board, "burden_of_proof", burden)
    story.to("hearing_held")
    row = {"count": 1, "value": "proven", "reasons": "E-1."}
    found = story.do(holding.propose_finding, story.office.presiding, **row)
    assert (found.by, found.value, found.burden, found.author) == (
        "presiding_officer",
        "proven",
        burden,
        story.office.presiding,
    )
    entry = story.entry("case.finding_recorded")
    assert (entry["facts"]["subject"], entry["facts"]["burden"]) == ("C1", burden)
    assert entry["private"] == {"reasons": "E-1."}


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"count": 2}, "The charges have no count 2."),
        ({"value": "substantiated"}, "Choose what was found."),
        ({"reasons": " "}, "Give the reasons of the finding."),
    ],
)
def test_a_finding_is_refused(story: Story, fields: dict, sentence: str) -> None:
    story.to("hearing_held")
    row = {"count": 1, "value": "proven", "reasons": "E-1.", **fields}
    assert story.refused(holding.propose_finding, story.office.presiding, **row) == sentence


def test_a_proposed_decision_closes_the_record(story: Story) -> None:
    story.to("hearing_held")
    words = story.refused(holding.file_proposed_decision, story.office.presiding, text="x")
    assert words == "Count 1 has no finding by the presiding officer."
    story.before("proposed_decision")
    words = story.refused(holding.file_proposed_decision, story.office.presiding, text="")
    assert words == "Write the proposed decision."
    story.do(holding.file_proposed_decision, story.office.presiding, text="Probation is proposed.")
    assert Hearing.objects.get().closed_at == story.at
    assert not Deadline.objects.filter(kind="proposed_decision").exists()
    clock = story.clock("exceptions")
    assert (clock.starts_on, clock.due_on) == (story.today, date(2026, 4, 13))
    paper = story.case.documents.get(kind="proposed_decision")
    assert story.entry("hearing.decision_proposed")["facts"]["digest"] == paper.digest
    assert story.entry("hearing.decision_proposed")["private"] == {"summary": "Probation is proposed."}
    # Gov. Code 11517(c)(2): a hundred days from the day on which the agency received the proposal.
    assert (story.clock("board_action").starts_on, story.clock("board_action").due_on) == (
        story.today,
        date(2026, 7, 10),
    )


def test_a_proposed_decision_is_served_on_the_respondent_and_its_words_on_nobody_else(story: Story) -> None:
    story.before("proposed_decision")
    story.do(holding.file_proposed_decision, story.office.presiding, text="Probation is proposed.")
    assert story.letters()[-2:] == [("proposed_decision", "respondent"), ("proposed_decision", "complainant")]
    served = Notice.objects.get(kind="proposed_decision", audience="respondent").body
    assert "Probation is proposed." in served
    assert "They must reach the board by April 13, 2026." in served
    told = Notice.objects.get(kind="proposed_decision", audience="complainant").body
    assert "You do not need to do anything now." in told
    assert "Probation" not in told
    other = Story(story.office).before("proposed_decision")
    other.waive("exceptions")
    other.do(holding.file_proposed_decision, other.office.presiding, text="Probation is proposed.")
    served = Notice.objects.get(case_id=other.case_id, kind="proposed_decision", audience="respondent").body
    assert "No time for exceptions is running" in served


def test_the_board_gets_it_when_the_time_for_exceptions_is_over_or_waived(story: Story) -> None:
    story.to("proposed_decision")
    words = story.refused(holding.submit_to_board, story.office.manager)
    assert words == "The time for exceptions runs until Apr 13, 2026. Waivers by both sides would do."
    other = Story(story.office).to("proposed_decision")
    other.waive("exceptions")
    for one in (other, story.wait(13)):
        one.do(holding.submit_to_board, one.office.manager, note="For the June meeting.")
        assert one.case.status == "board_review"
        assert one.clock("board_action").starts_on == date(2026, 4, 1)
    assert story.entry("hearing.sent_to_board")["private"] == {"note": "For the June meeting."}


def test_the_board_may_find_differently(story: Story) -> None:
    story.to("board_review")
    row = {"count": 1, "value": "not_proven", "reasons": "The witness was not credible."}
    story.refused(holding.record_board_finding, story.office.presiding, NotPermitted, **row)
    story.do(holding.record_board_finding, story.office.director, **row)
    assert [found.by for found in Finding.objects.filter(count__number=1)] == ["presiding_officer", "board"]
