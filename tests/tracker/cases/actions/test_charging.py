"""Charges: drafting counts, issuing, service, the answer."""

from datetime import date, timedelta

import pytest

from tests.factories.cases import Story, claim, set_rule
from tracker.cases.actions import charging, people, tolling
from tracker.cases.models import ChargingDocument, Count
from tracker.cases.queries import recomputed
from tracker.errors import NotPermitted
from tracker.notices.models import Notice

SERVICE = {"method": "certified_mail", "proof": "9407 1000."}
ANSWER = {"answers": {"1": "denied"}, "text": "Denied."}


def test_a_count_rests_on_allegations_and_cites_the_law(story: Story) -> None:
    story.to("report_submitted")
    count = story.charge(allegations=[" a1", "A2 ", ""])
    assert (count.number, count.citation) == (1, "22 TAC 681.41")
    assert [row.key for row in count.allegations.all()] == ["A1", "A2"]
    entry = story.entry("case.count_drafted")
    assert entry["facts"] == {"number": 1, "allegations": "A1,A2", "count": str(count.pk)}
    assert entry["private"] == {"citation": "22 TAC 681.41", "text": "Fostered dependency."}
    assert story.charge().number == 2
    assert ChargingDocument.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"allegations": []}, "Name the allegations that the count rests on."),
        ({"allegations": ["A1", "A9"]}, "This case has no allegation A9."),
        ({"citation": " "}, "Cite the statute or rule."),
        ({"text": ""}, "Write the charge in words."),
    ],
)
def test_a_count_is_refused(story: Story, data: dict, sentence: str) -> None:
    story.to("report_submitted")
    row = {"allegations": ["A1"], "citation": "22 TAC 681.41", "text": "Fostered.", **data}
    assert story.refused(charging.draft_count, story.office.counsel, **row) == sentence


def test_a_count_keeps_the_limitation_in_force_when_the_conduct_ended(office: object) -> None:
    """Substance follows the law of the day of the conduct, whatever binds today."""
    old = set_rule(office.board, "limitation_years", 5, valid_from=date(2000, 1, 1))
    new = set_rule(office.board, "limitation_years", 1, valid_from=date(2025, 1, 1))
    before = claim(occurred_from=date(2024, 2, 1), occurred_to=date(2024, 12, 31))
    across = claim("other", occurred_from=date(2024, 12, 1), occurred_to=date(2025, 2, 1))
    undated = claim("sexual_misconduct", occurred_from=None, occurred_to=None)
    story = Story(office, allegations=(before, across, undated)).to("report_submitted")
    assert story.charge(allegations=["A1"]).rule_id == old.pk
    assert story.charge(allegations=["A2"]).rule_id == new.pk
    assert story.charge(allegations=["A1", "A2"]).rule_id == new.pk
    assert story.charge(allegations=["A3"]).rule_id == new.pk


def test_where_no_rule_is_kept_the_count_keeps_none(story: Story) -> None:
    story.to("report_submitted")
    assert story.charge().rule_id is None


def test_charges_out_of_time_are_not_issued(office: object) -> None:
    set_rule(office.board, "limitation_years", 5, valid_from=date(2000, 1, 1))
    set_rule(office.board, "limitation_years", 1, valid_from=date(2025, 1, 1))
    in_time = claim(occurred_from=date(2022, 2, 1), occurred_to=date(2022, 12, 31))
    too_late = claim("other", occurred_from=date(2025, 1, 5), occurred_to=date(2025, 2, 1))
    story = Story(office, allegations=(in_time, too_late)).to("probable_cause_review")
    story.seat_panel()
    story.charge(allegations=["A1"])
    story.charge(allegations=["A2"])
    story.vote("probable_cause")
    words = story.refused(charging.issue_charges, office.panel[0], memo="x")
    assert words == (
        "Count 2: What ended on Feb 1, 2025 could be filed for 1 year, until Feb 1, 2026: "
        "too late, received on Mar 2, 2026."
    )


def test_charges_open_the_record_and_go_to_the_respondent(story: Story) -> None:
    story.before("charges_filed")
    story.do(charging.issue_charges, story.office.panel[0], memo="Probable cause on A1.")
    case = story.case
    assert (case.stage, case.status, case.charged_at) == ("hearing", "charges_filed", story.at)
    assert ChargingDocument.objects.get().issued_at == story.at
    paper = case.documents.get(kind="charges")
    assert "Count 1. 22 TAC 681.41. Fostered dependency." in paper.text
    assert "Allegations are not a final determination." in paper.text
    assert story.letters()[-1] == ("charges", "respondent")
    entry = story.entry("case.charges_issued")
    assert (entry["facts"]["counts"], entry["facts"]["digest"]) == (1, paper.digest)
    assert entry["facts"]["vote"] == str(case.votes.get().pk)
    assert entry["private"] == {"memo": "Probable cause on A1."}
    assert case.votes.get().used_at == story.at


def test_charges_are_refused(story: Story) -> None:
    story.to("probable_cause_review").seat_panel()
    member = story.office.panel[0]
    words = story.refused(charging.issue_charges, member, memo="x")
    assert words == "No vote found probable cause with quorum and majority. No count is drafted."
    story.before("charges_filed")
    assert story.refused(charging.issue_charges, member, memo=" ") == "Write the probable cause memo."
    words = story.refused(charging.issue_charges, story.office.counsel, NotPermitted, memo="x")
    assert words.startswith("This needs another role: ")


def test_where_staff_find_cause_counsel_issues_without_a_vote(story: Story) -> None:
    set_rule(story.office.board, "pc_body", "staff")
    story.to("probable_cause_review")
    story.charge()
    story.do(charging.issue_charges, story.office.counsel, memo="Cause.")
    assert story.entry("case.charges_issued")["facts"]["vote"] is None


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"event": "charges", "plus_days": 0}, date(2026, 3, 17)),
        ({"event": "probable_cause", "plus_days": 10}, date(2026, 3, 12)),
        ({"event": "order", "plus_days": 0}, None),
        ({"event": "never", "plus_days": 0}, None),
    ],
)
def test_charges_turn_public_by_the_boards_rule(story: Story, rule: dict, expected: date | None) -> None:
    set_rule(story.office.board, "public_from", rule)
    story.before("charges_filed").wait(15)
    story.do(charging.issue_charges, story.office.panel[0], memo="Cause.")
    begun = charging.moving.Begun("issue_charges", story.case, None, None, story.at, story.today)
    assert charging.public_from(begun) == expected
    said = f"public from March {expected.day}, 2026" if expected else "public from"
    assert (said in Notice.objects.get(kind="charges").body) == bool(expected)


def test_the_time_to_answer_runs_from_service(story: Story) -> None:
    story.to("charges_filed").wait(5)
    served_on = story.today - timedelta(days=2)
    story.do(charging.record_service, story.office.manager, **SERVICE, served_on=served_on)
    clock = story.clock("answer")
    assert (clock.starts_on, clock.due_on) == (served_on, date(2026, 3, 25))
    assert clock.explanation.startswith("20 calendar days from service of the charges (Mar 5, 2026) end on Wed Mar 25")
    paper = story.case.documents.get(kind="proof_of_service")
    assert (paper.service_method, paper.dated_on) == ("certified_mail", served_on)
    facts = story.entry("case.charges_served")["facts"]
    assert (facts["method"], facts["served_on"], facts["due_on"]) == ("certified_mail", "2026-03-05", "2026-03-25")
    assert ChargingDocument.objects.get().served_on == served_on
    nearest = min(row.due_on for row in story.case.deadlines.filter(state="running"))
    assert story.case.next_due_on == nearest


@pytest.mark.parametrize(
    ("method", "due_on", "said"),
    [
        ("certified_mail", date(2026, 3, 27), "20 calendar days and 5 days for mail from service"),
        ("personal", date(2026, 3, 23), "20 calendar days from service"),
    ],
)
def test_days_for_mail_are_added_where_the_charges_came_by_mail(
    story: Story, method: str, due_on: date, said: str
) -> None:
    set_rule(story.office.board, "mail_days", 5, valid_from=date(2026, 3, 1))
    story.to("charges_filed")
    row = {**SERVICE, "method": method, "served_on": story.today}
    story.do(charging.record_service, story.office.manager, **row)
    clock = story.clock("answer")
    assert (clock.due_on, clock.explanation.startswith(said)) == (due_on, True)
    assert story.entry("case.charges_served")["facts"]["due_on"] == due_on.isoformat()
    assert recomputed.differences(story.case) == []
    # Paused and resumed, it still counts as it was served.
    row = {"kind": "answer", "reason": "Flood.", "from_on": story.wait(7).today}
    story.do(tolling.toll_clock, story.office.manager, **row)
    story.do(tolling.resume_clock, story.office.manager, kind="answer", on=story.today)
    assert ("mail" in story.clock("answer").explanation) == (method == "certified_mail")
    assert recomputed.differences(story.case) == []


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"proof": " "}, "Describe the proof of service."),
        ({"method": "owl"}, "Choose how the charges were served."),
        ({"served_on": date(2026, 3, 3)}, "The day of service cannot be in the future."),
        ({"served_on": date(2026, 3, 1)}, "The charges cannot be served before they were issued."),
    ],
)
def test_service_is_refused(story: Story, data: dict, sentence: str) -> None:
    story.to("charges_filed")
    row = {**SERVICE, "served_on": story.today, **data}
    assert story.refused(charging.record_service, story.office.manager, **row) == sentence


def test_the_answer_takes_the_case_to_prehearing(story: Story) -> None:
    story.to("answer_due").wait(10)
    row = {"answers": {"1": "denied", "my dear": "board"}, "received_on": story.today - timedelta(days=1)}
    story.do(charging.record_answer, story.office.manager, **{**ANSWER, **row})
    assert story.case.status == "prehearing"
    assert Count.objects.get().answer == "denied"
    clock = story.clock("answer")
    assert (clock.state, clock.ended_on) == ("met", row["received_on"])
    facts = story.entry("case.answer_recorded")["facts"]
    assert facts["answers"] == {"1": "denied"}
    assert facts["late"] is False
    assert ChargingDocument.objects.get().hearing_requested_on == row["received_on"]
    assert story.letters()[-1] == ("scheduling", "respondent")
    body = Notice.objects.get(kind="scheduling").body
    assert "on March 11, 2026. It is on file. The next step is a hearing." in body
    assert "at least 20 days ahead" in body


@pytest.mark.parametrize(
    ("answer", "election", "is_told"),
    [("admitted", "", False), ("admitted", "informal", False), ("admitted", "formal", True), ("denied", "", True)],
)
def test_a_hearing_is_announced_where_one_follows(story: Story, answer: str, election: str, is_told: bool) -> None:
    set_rule(story.office.board, "election_of_rights", value=bool(election))
    story.to("answer_due").waive("hearing_notice")
    row = {**ANSWER, "answers": {"1": answer}, "election": election, "received_on": story.today}
    story.do(charging.record_answer, story.office.manager, **row)
    assert (("scheduling", "respondent") in story.letters()) is is_told
    assert not Notice.objects.filter(kind="scheduling", body__contains="days ahead").exists()


def test_a_late_answer_is_taken_for_good_cause_only(story: Story) -> None:
    story.to("answer_due").wait(22)
    row = {**ANSWER, "received_on": story.today}
    words = story.refused(charging.record_answer, story.office.manager, **row)
    assert words == "The answer is late. It can be taken only for good cause: say which."
    story.do(charging.record_answer, story.office.manager, **row, good_cause="He was in hospital.")
    entry = story.entry("case.answer_recorded")
    assert entry["facts"]["late"] is True
    assert entry["private"] == {"note": "He was in hospital."}


def test_an_answer_that_came_in_time_may_be_typed_in_later(story: Story) -> None:
    story.to("answer_due").wait(25)
    row = {**ANSWER, "received_on": story.today - timedelta(days=6)}
    story.do(charging.record_answer, story.office.manager, **row)
    assert story.entry("case.answer_recorded")["facts"]["late"] is False


def test_a_waiver_of_the_time_to_answer_ends_its_clock(story: Story) -> None:
    story.to("answer_due")
    story.waive("answer")
    assert story.clock("answer").state == "waived"
    story.wait(40).do(charging.record_answer, story.office.manager, **ANSWER, received_on=story.today)


def test_a_waiver_filed_before_service_ends_the_clock_as_it_starts(story: Story) -> None:
    story.to("charges_filed")
    story.waive("answer")
    story.do(charging.record_service, story.office.manager, **SERVICE, served_on=story.today)
    assert story.clock("answer").state == "waived"
    assert recomputed.differences(story.case) == []


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"answers": {}}, "Count 1 needs an answer: admitted, denied or not contested."),
        ({"answers": {"1": "perhaps"}}, "Count 1 needs an answer: admitted, denied or not contested."),
        ({"text": " "}, "Write what the answer says."),
        ({"received_on": date(2026, 3, 3)}, "The answer cannot have come in the future."),
    ],
)
def test_an_answer_is_refused(story: Story, data: dict, sentence: str) -> None:
    story.to("answer_due")
    row = {**ANSWER, "received_on": story.today, **data}
    assert story.refused(charging.record_answer, story.office.manager, **row) == sentence


def test_a_board_may_ask_for_an_election_of_rights(story: Story) -> None:
    set_rule(story.office.board, "election_of_rights", value=True)
    story.to("answer_due")
    assert "one of three ways" in Notice.objects.get(kind="charges").body
    act, manager = charging.record_answer, story.office.manager
    row = {**ANSWER, "received_on": story.today}
    assert story.refused(act, manager, **row) == "Say how the respondent wants the charges decided."
    for election in ("informal", "waived"):
        words = story.refused(act, manager, **row, election=election)
        assert words == "A count that is denied needs a formal hearing."
    story.do(act, manager, **row, election="formal")
    assert ChargingDocument.objects.get().election == "formal"
    assert story.entry("case.answer_recorded")["facts"]["election"] == "formal"


def test_elsewhere_nobody_elects(story: Story) -> None:
    story.to("answer_due")
    assert "one of three ways" not in Notice.objects.get(kind="charges").body
    row = {**ANSWER, "received_on": story.today, "election": "formal"}
    words = story.refused(charging.record_answer, story.office.manager, **row)
    assert words == "This board does not ask for an election of rights."


def test_counsel_gets_the_charges_once_counsel_appeared(story: Story) -> None:
    story.before("charges_filed")
    row = {"name": "Ann Bell", "email": "bell@law.example"}
    story.do(people.appear_counsel, story.office.manager, **row)
    story.do(charging.issue_charges, story.office.panel[0], memo="Cause.")
    recipients = Notice.objects.get(kind="charges").recipients.all()
    assert [row.name for row in recipients] == ["Ann Bell"]
