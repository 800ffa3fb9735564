import json
from uuid import uuid4

import pytest

from tests.data.statements import box
from tests.tracker.evidence.conftest import AT
from tracker.access.models import Delegation
from tracker.access.policy import Permission
from tracker.audit.models import LedgerEntry
from tracker.errors import NotPermitted, OutOfScope
from tracker.evidence import actions
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


def test_what_a_deputy_does_on_an_exhibit_names_the_person_absent(exhibit, second, counsel, staff, board):
    """Every act on exhibits says for whom a deputy acted; one with a role of the deputy's own says nobody."""
    deputy, absent = staff("enforcement_manager"), str(counsel.user_id)
    row = {"role": "board_counsel", "valid_from": AT.date(), "valid_until": AT.date(), "reason": "Ill."}
    Delegation.objects.create(board=board, absent_id=counsel.user_id, deputy_id=deputy.user_id, recorded_at=AT, **row)
    who = {"actor": deputy, "at": AT}
    actions.withhold(exhibit.pk, **who, code="W-1", reason="x")
    actions.release(exhibit.pk, **who, reason="x")
    actions.classify(exhibit.pk, **who, confidentiality="sealed", reason="x")
    pages = actions.restrict_pages(exhibit.pk, **who, first_page=1, last_page=1, code="W-1", reason="x")
    actions.lift_restriction(exhibit.pk, **who, restriction_id=pages.pk, reason="x")
    actions.draft_redaction(second.pk, **who, areas=[box(1, "60", "60", "80", "20")])
    actions.discard_redaction(second.pk, **who)
    actions.mark_exhibit(second.pk, **who)
    lent = LedgerEntry.objects.filter(chain=exhibit.case_id, body__contains=f'"actor":"{deputy.code}"')
    assert lent.count() == 8
    assert {json.loads(entry.body)["on_behalf_of"] for entry in lent} == {f"staff:{absent}"}
    actions.describe_exhibit(exhibit.pk, **who, title="Letter of May")
    own = LedgerEntry.objects.get(event="evidence.described")
    assert json.loads(own.body)["on_behalf_of"] is None
