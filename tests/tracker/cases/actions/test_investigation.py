"""Investigation: allegations, the licensee's response, findings, the report, legal review, notes."""

from datetime import date

import pytest

from tests.factories.cases import Story, set_rule
from tracker.cases import facts, workflow
from tracker.cases.actions import intake, investigation, people
from tracker.cases.models import Allegation, CaseNote, Finding
from tracker.errors import NotPermitted, OutOfScope
from tracker.notices.models import Notice


def test_the_licensee_is_notified_with_the_claims_and_without_the_name(story: Story) -> None:
    story.before("response_requested")
    story.do(investigation.notify_licensee, story.office.investigator)
    assert story.case.status == "response_requested"
    assert story.letters()[-1] == ("notice_to_licensee", "respondent")
    clock = story.clock("response")
    assert (clock.starts_on, clock.due_on, clock.state) == (date(2026, 3, 2), date(2026, 4, 1), "running")
    assert clock.explanation.startswith("30 calendar days from the notice (Mar 2, 2026) end on Wed Apr 1; rule: ")
    assert story.clock("licensee_notice").state == "met"
    entry = story.entry("case.licensee_notified")
    assert (entry["facts"]["notice"], entry["facts"]["due_on"]) == ("sent", "2026-04-01")
    letter = Notice.objects.get(kind="notice_to_licensee")
    assert "refusal to terminate" in letter.body
    assert "Ortiz" not in letter.body + letter.subject
    assert story.case.documents.get(kind="notice_of_complaint").text.startswith("A1. refusal to terminate\nA2. ")


def test_the_name_stands_in_the_notice_where_the_board_shares_it(story: Story) -> None:
    set_rule(story.office.board, "complainant_identity", "shared")
    story.to("response_requested")
    assert "Maya Ortiz" in Notice.objects.get(kind="notice_to_licensee").body


def test_a_withheld_notice_sends_nothing_and_asks_for_nothing(story: Story) -> None:
    story.before("response_requested")
    story.do(investigation.notify_licensee, story.office.investigator, withheld_reason="Records may vanish.")
    assert story.case.status == "response_requested"
    assert "notice_to_licensee" not in {kind for kind, _audience in story.letters()}
    assert "response" not in story.clocks()
    assert story.clock("licensee_notice").state == "waived"
    entry = story.entry("case.licensee_notified")
    assert entry["facts"]["notice"] == "withheld"
    assert entry["private"] == {"withheld_reason": "Records may vanish."}
    assert not story.case.documents.filter(kind="notice_of_complaint").exists()


def test_without_a_notice_going_on_needs_only_a_memo_and_adds_no_ground(story: Story) -> None:
    story.before("response_requested")
    story.do(investigation.notify_licensee, story.office.investigator, withheld_reason="Records may vanish.")
    words = story.refused(investigation.record_response, story.office.investigator)
    assert words == "Write the response, or a memo that none came."
    story.do(investigation.record_response, story.office.investigator, memo="None was asked for.")
    assert story.case.status == "investigating"
    assert story.case.allegations.count() == 2
    assert "allegation" not in story.entry("case.response_recorded")["facts"]


def test_notice_needs_a_conflict_check(story: Story) -> None:
    story.to("assigned")
    words = story.refused(investigation.notify_licensee, story.office.investigator)
    assert words == "The investigator has not answered the conflict check."
    row = {"has_conflict": True, "reason": "My cousin."}
    story.do(people.declare_conflict, story.office.investigator, **row)
    story.refused(investigation.notify_licensee, story.office.investigator, OutOfScope)
    assert workflow.decide("notify_licensee", facts.gather(story.case, at=story.at)) == (
        "The investigator declared a conflict: assign another.",
    )


def test_only_the_assigned_investigator_investigates(story: Story, office: object) -> None:
    other = Story(office).office.second
    story.before("response_requested")
    words = story.refused(investigation.notify_licensee, other, NotPermitted)
    assert words == "This needs another role: Investigator."
    story.refused(investigation.notify_licensee, office.monitor, OutOfScope)


def test_a_response_moves_the_case_on(story: Story) -> None:
    story.to("response_requested")
    story.do(investigation.record_response, story.office.investigator, text="I deny it.", memo="ignored")
    assert story.case.status == "investigating"
    assert story.clock("response").state == "met"
    assert story.case.documents.get(kind="response").text == "I deny it."
    assert story.entry("case.response_recorded")["facts"]["outcome"] == "received"
    assert story.entry("case.response_recorded")["private"] == {}


def test_before_the_day_no_memo_says_that_nothing_came(story: Story) -> None:
    story.to("response_requested")
    words = story.refused(investigation.record_response, story.office.investigator, memo="Nothing came.")
    assert words == "No response is recorded, and the licensee has until Apr 1, 2026."
    story.wait(30)
    assert story.today == date(2026, 4, 1)
    assert story.refused(investigation.record_response, story.office.investigator, memo="Nothing came.") == words


def test_silence_adds_the_ground_of_ignoring_the_board(story: Story) -> None:
    story.to("response_requested").wait(31)
    story.do(investigation.record_response, story.office.investigator, memo="Nothing came.")
    added = Allegation.objects.get(case=story.case, number=3)
    assert (added.ground.key, added.narrative) == ("noncooperation", "Nothing came.")
    assert (added.occurred_from, added.occurred_to) == (date(2026, 4, 1), story.today)
    entry = story.entry("case.response_recorded")
    assert (entry["facts"]["outcome"], entry["facts"]["allegation"]) == ("none", "A3")
    assert entry["private"] == {"note": "Nothing came."}
    assert story.case.documents.get(kind="non_response_memo").text == "Nothing came."
    assert "Allegation A3 has no finding." in story.refused(
        investigation.submit_report, story.office.investigator, report="x"
    )


def test_findings_are_rows_and_the_last_counts(story: Story) -> None:
    story.to("investigating")
    row = {"allegation": " a1 ", "value": "inconclusive", "reasons": "No record."}
    story.do(investigation.record_finding, story.office.investigator, **row)
    story.do(investigation.record_finding, story.office.investigator, **{**row, "value": "substantiated"})
    values = list(Finding.objects.filter(case=story.case).values_list("value", flat=True))
    assert values == ["inconclusive", "substantiated"]
    entry = story.entry("case.finding_recorded")
    assert (entry["facts"]["subject"], entry["facts"]["by"]) == ("A1", "investigator")
    assert entry["private"] == {"reasons": "No record."}


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"allegation": "A9"}, "This case has no allegation A9."),
        ({"value": "proven"}, "Choose what was found."),
        ({"reasons": ""}, "Give the reasons of the finding."),
    ],
)
def test_a_finding_is_refused(story: Story, data: dict, sentence: str) -> None:
    story.to("investigating")
    row = {"allegation": "A1", "value": "substantiated", "reasons": "E-1."}
    assert story.refused(investigation.record_finding, story.office.investigator, **{**row, **data}) == sentence


def test_the_report_needs_words_and_a_finding_on_every_allegation(story: Story) -> None:
    story.to("investigating")
    words = story.refused(investigation.submit_report, story.office.investigator, report="x")
    assert words == "Allegation A1 has no finding. Allegation A2 has no finding."
    story.before("report_submitted")
    assert story.refused(investigation.submit_report, story.office.investigator, report=" ") == "Write the report."
    story.do(investigation.submit_report, story.office.investigator, report="What was found.")
    assert story.case.status == "report_submitted"
    assert story.clock("investigation_target").state == "met"
    paper = story.case.documents.get(kind="report_of_investigation")
    entry = story.entry("case.report_submitted")
    assert (entry["facts"]["document"], entry["facts"]["digest"]) == (str(paper.pk), paper.digest)
    assert entry["private"] == {"summary": "What was found."}


def test_counsel_signs_the_report_off(story: Story) -> None:
    story.to("report_submitted")
    assert story.refused(investigation.pass_legal_review, story.office.counsel, memo="") == "Write the legal memo."
    words = story.refused(investigation.pass_legal_review, story.office.investigator, NotPermitted, memo="x")
    assert words == "This needs another role: Board counsel."
    story.do(investigation.pass_legal_review, story.office.counsel, memo="Sufficient.")
    assert story.case.status == "probable_cause_review"
    assert story.entry("case.legal_review_passed")["private"] == {"memo": "Sufficient."}


def test_the_panel_sends_a_case_back_with_questions_and_it_comes_again(story: Story) -> None:
    story.to("probable_cause_review").seat_panel()
    member = story.office.panel[0]
    empty = story.refused(investigation.ask_more_information, member, questions=" ")
    assert empty == "List the questions, one a line."
    story.do(investigation.ask_more_information, member, questions="Who else knew?")
    assert (story.case.stage, story.case.status) == ("investigation", "investigating")
    assert story.entry("case.more_information_asked")["private"] == {"questions": "Who else knew?"}
    story.to("probable_cause_review")
    versions = story.case.documents.filter(kind="report_of_investigation").values_list("version", flat=True)
    assert sorted(versions) == [1, 2]
    story.to("charges_filed")


def test_allegations_are_added_with_their_number(story: Story) -> None:
    row = {"ground": "other", "narrative": "He told my sister.", "occurred_from": date(2026, 1, 5)}
    added = story.do(investigation.add_allegation, story.office.intake, **row, citation="22 TAC 681.45")
    assert (added.key, added.citation) == ("A3", "22 TAC 681.45")
    entry = story.entry("case.allegation_added")
    assert entry["facts"] == {"number": 3, "ground": "other", "allegation": str(added.pk)}
    assert entry["private"] == {"narrative": "He told my sister."}
    assert story.case.version == 2


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"ground": "rudeness"}, "The ground rudeness is not offered."),
        ({"narrative": " "}, "Say in words what happened."),
        ({"occurred_from": date(2026, 3, 3)}, "A date of what happened cannot be in the future."),
        ({"occurred_from": date(1899, 1, 1)}, "A date of what happened cannot be before 1900."),
        (
            {"occurred_from": date(2026, 2, 2), "occurred_to": date(2026, 2, 1)},
            "The last day cannot be before the first day.",
        ),
    ],
)
def test_an_allegation_is_refused(story: Story, data: dict, sentence: str) -> None:
    row = {"ground": "other", "narrative": "He told my sister.", **data}
    assert story.refused(investigation.add_allegation, story.office.intake, **row) == sentence


def test_a_retired_ground_is_not_offered_for_what_is_new(story: Story) -> None:
    ground = story.case.allegations.get(number=1).ground
    ground.retired_on = date(2026, 3, 2)
    ground.save()
    row = {"ground": ground.key, "narrative": "Again."}
    words = story.refused(investigation.add_allegation, story.office.intake, **row)
    assert words == "The ground refusal_to_terminate is not offered."


def test_notes_stay_in_the_file(story: Story) -> None:
    assert story.refused(investigation.add_note, story.office.intake, text="\n") == "Write the note."
    note = story.do(investigation.add_note, story.office.intake, text="Called back.")
    assert CaseNote.objects.get() == note
    assert story.entry("case.note_added")["facts"] == {"note": str(note.pk)}
    assert story.entry("case.note_added")["private"] == {"text": "Called back."}
    words = story.refused(investigation.add_note, story.office.auditor, NotPermitted, text="x")
    assert words.startswith("This needs another role: ")


def test_telling_the_complainant_starts_the_clock_of_status_letters_again(story: Story) -> None:
    story.to("investigating").wait(40)
    row = {"method": "phone", "text": "It goes on."}
    story.do(investigation.update_complainant, story.office.manager, **row)
    clock = story.clock("status_update")
    assert (clock.starts_on, clock.state) == (story.today, "running")
    facts = {"method": "phone", "clocks": {"status_update": "renewed"}}
    assert story.entry("case.complainant_updated")["facts"] == facts
    assert story.entry("case.complainant_updated")["private"] == {"text": "It goes on."}
    nearest = min(row.due_on for row in story.case.deadlines.filter(state="running"))
    assert story.case.next_due_on == nearest
    words = story.refused(investigation.update_complainant, story.office.manager, method="owl", text="")
    assert words == "Choose how the complainant was told. Write what was said."


def test_after_the_decision_no_status_letter_is_due(story: Story) -> None:
    story.to("order_issued")
    row = {"method": "mail", "text": "Decided."}
    story.do(investigation.update_complainant, story.office.manager, **row)
    assert "status_update" not in story.clocks()


def test_the_opening_letter_names_the_goal(story: Story) -> None:
    story.to("assigned")
    letter = Notice.objects.get(kind="opening")
    assert "August 31, 2026" in letter.body or "Aug 31, 2026" in letter.body
    assert story.refused(intake.begin_review, story.office.intake, danger_found=False, priority="high", reasons="x")
