"""Which letter goes to whom."""

import pytest

from tests.factories.cases import Story, set_rule
from tracker.cases.actions import letters, people
from tracker.cases.filingdata import ComplainantData
from tracker.cases.kinds import ParticipantRole
from tracker.notices.models import NoticeRecipient

EXPECTED = [
    ("acknowledgement", "complainant"),
    ("opening", "complainant"),
    ("notice_to_licensee", "respondent"),
    ("charges", "respondent"),
    ("scheduling", "respondent"),
    ("notice_of_hearing", "respondent"),
    ("notice_of_hearing", "complainant"),
    ("proposed_decision", "respondent"),
    ("proposed_decision", "complainant"),
    ("board_agenda", "respondent"),
    ("board_agenda", "complainant"),
    ("order", "respondent"),
    ("order", "complainant"),
    ("closing", "complainant"),
    ("closing", "respondent"),
]


def test_a_whole_case_sends_its_letters_in_order(story: Story) -> None:
    story.to("closed")
    assert story.letters() == EXPECTED


def test_every_letter_leaves_an_entry_with_ids_only(story: Story) -> None:
    story.to("assigned")
    entry = story.entry("notice.queued")
    assert "Maya" not in str(entry["facts"])
    assert entry["facts"]["kind"] == "opening"


def test_an_anonymous_complainant_gets_none(office: object) -> None:
    story = Story(office, complainant=ComplainantData(is_anonymous=True)).to("closed")
    assert {audience for _kind, audience in story.letters()} == {"respondent"}


def test_who_asked_not_to_be_written_to_is_not(office: object) -> None:
    quiet = ComplainantData(name="Maya Ortiz", email="maya@example.org", safe_contact="none at home")
    story = Story(office, complainant=quiet).to("assigned")
    assert story.letters() == []
    assert story.clock("acknowledgement").state == "waived"


def test_counsel_takes_the_place_of_the_respondent(story: Story) -> None:
    story.to("assigned")
    row = {"name": "Ann Bell", "email": "bell@law.example"}
    counsel = story.do(people.appear_counsel, story.office.manager, **row)
    story.to("closed")
    rows = NoticeRecipient.objects.filter(notice__case_id=story.case_id, notice__audience="respondent")
    assert {row.participant_id for row in rows} == {counsel.pk}
    assert {row.on_behalf for row in rows} == {True}


@pytest.mark.parametrize(("rule", "expected"), [("shared", "Maya Ortiz"), ("masked", ""), ("sealed", "")])
def test_the_name_is_told_only_where_the_board_shares_it(story: Story, rule: str, expected: str) -> None:
    set_rule(story.office.board, "complainant_identity", rule)
    assert letters.complainant_name_for_respondent(story.case, story.today) == expected


def test_names_as_the_board_knows_them(story: Story) -> None:
    assert letters.respondent_name(story.case) == "Leland Prewitt"
    assert letters.participants(story.case, ParticipantRole.COUNSEL) == []
    row = {"actor": None, "at": story.at}
    assert letters.to_complainant(
        Story(story.office, complainant=None, source="board_motion").case, "x", {}, **row
    ) is (False)
