from uuid import uuid4

import pytest

from tests.tracker.notices.conftest import AT, SYSTEM
from tracker.notices import actions, queries
from tracker.notices.kinds import Recipient

pytestmark = pytest.mark.django_db


@pytest.fixture
def letters(queue):
    """Two served ones to Pat, one not served, one to somebody else, one to the respondent."""
    own, later, unserved = queue(), queue(), queue()
    other = queue(recipients=[Recipient(uuid4(), "Somebody else")])
    to_respondent = queue("notice_to_licensee")
    for notice in (own, later, other, to_respondent):
        actions.deliver(notice.pk, actor=SYSTEM, at=AT)
    return {"own": own, "later": later, "unserved": unserved, "other": other, "to_respondent": to_respondent}


def test_only_served_letters_to_that_person_newest_first(letters, pat, django_assert_num_queries):
    with django_assert_num_queries(1):
        rows = queries.letters_to(letters["own"].case_id, [pat.participant_id])
        assert all(row.pdf.digest for row in rows)
    assert rows == [letters["later"], letters["own"]]
    assert queries.letters_to(letters["own"].case_id, []) == []
    assert queries.letters_to(uuid4(), [pat.participant_id]) == []


def test_one_letter_is_found_by_its_reader_only(letters, pat):
    case_id = letters["own"].case_id
    assert queries.letter_to(letters["own"].pk, case_id, [pat.participant_id]) == letters["own"]
    for name in ("unserved", "other", "to_respondent"):
        assert queries.letter_to(letters[name].pk, case_id, [pat.participant_id]) is None
    assert queries.letter_to(letters["own"].pk, uuid4(), [pat.participant_id]) is None


def test_letters_of_a_kind_that_a_reader_may_not_know_of_are_left_out(letters):
    own, kind = letters["own"], letters["to_respondent"].kind
    case_id = own.case_id
    assert {row.kind for row in queries.letters_of_case(case_id)} == {own.kind, kind}
    assert {row.kind for row in queries.letters_of_case(case_id, but=(kind,))} == {own.kind}
    assert queries.letter_of_case(letters["to_respondent"].pk, case_id, but=(kind,)) is None
    assert queries.letter_of_case(own.pk, case_id, but=(kind,)) == own
