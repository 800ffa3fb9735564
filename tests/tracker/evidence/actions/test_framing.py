import json
from uuid import uuid4

import pytest

from tests.tracker.evidence.conftest import AT
from tracker.access.policy import Permission
from tracker.errors import NotPermitted, OutOfScope
from tracker.evidence.actions import framing

pytestmark = pytest.mark.django_db


def test_gives_the_exhibit_of_a_case_to_those_who_may(exhibit, counsel):
    found = framing.begin(exhibit.pk, Permission.EVIDENCE_RESTRICT, actor=counsel, at=AT)
    assert (found, found.case.board_id) == (exhibit, exhibit.board_id)


def test_says_who_may_and_hides_what_is_out_of_scope(exhibit, counsel, staff, other_case, receive):
    with pytest.raises(NotPermitted):
        framing.begin(exhibit.pk, Permission.EXHIBIT_RULE, actor=counsel, at=AT)
    elsewhere = receive(case_id=other_case.pk)
    for exhibit_id in (elsewhere.pk, uuid4()):
        with pytest.raises(OutOfScope):
            framing.begin(exhibit_id, Permission.EVIDENCE_VIEW, actor=staff("investigator"), at=AT)


def test_who_sees_the_record_only_acts_on_what_they_brought_in(exhibit, receive, staff):
    officer = staff("presiding_officer")
    own = receive(b"order", actor=officer)
    assert framing.begin(own.pk, Permission.EVIDENCE_RECEIVE, actor=officer, at=AT) == own
    with pytest.raises(OutOfScope):
        framing.begin(exhibit.pk, Permission.EVIDENCE_RECEIVE, actor=officer, at=AT)


def test_an_entry_names_its_exhibit(exhibit, counsel):
    entry = framing.record("evidence.released", exhibit, actor=counsel, at=AT, private={"reason": "Because"})
    assert json.loads(entry.body)["facts"] == {"exhibit": "E-1", "exhibit_id": str(exhibit.pk)}
    assert (entry.chain, entry.board_id) == (exhibit.case_id, exhibit.board_id)
