"""From rows to plain values."""

from datetime import date, timedelta

import pytest

from tests.tracker.bundle.conftest import AT
from tracker.access.models import Membership, User
from tracker.audit.models import Anchor
from tracker.bundle import gather
from tracker.evidence import actions as evidence_actions
from tracker.evidence.models import Exhibit
from tracker.hearings.models import Hearing


def test_an_exhibit_that_cannot_be_shown_says_why(case, receive):
    receive(content=b"%PDF-1.7 nothing", name="broken.pdf")
    receive(content=b"plain words", name="note.txt")
    items = gather.draft(case, None, {}).exhibits

    assert "PDF" in items[0].slip_reason
    assert items[1].native.kind == "Text"
    assert items[1].slip_reason


def test_a_refused_exhibit_is_a_slip_sheet(case, receive):
    exhibit = receive(1)
    Exhibit.objects.filter(pk=exhibit.pk).update(
        state="refused", state_reason="Found: Test.EICAR.", is_renderable=False, page_count=None
    )

    item = gather.draft(case, None, {}).exhibits[0]
    assert (item.kind, item.pages) == ("slip", ())
    assert "Test.EICAR" in item.slip_reason


def test_two_parties_with_the_same_mark_do_not_collide(case, counsel, receive):
    for party in ("board", "joint"):
        exhibit = receive(1)
        evidence_actions.mark_exhibit(exhibit.pk, actor=counsel, at=AT, party=party, mark="1")

    assert [item.mark for item in gather.draft(case, None, {}).exhibits] == ["1", "E-2"]


def test_other_pages_than_reserved_stop_an_export(case, counsel, receive):
    from tests.tracker.bundle.actions.test_requesting import request  # noqa: PLC0415

    exhibit = receive(2)
    request(case, counsel)
    Exhibit.objects.filter(pk=exhibit.pk).update(page_count=5)

    assert "another number of pages" in gather.draft(case, None, {}).reasons[0]


def test_people_are_named_as_they_stand_in_the_case(case, counsel, receive):
    receive(1)
    line = gather.draft(case, None, {}).exhibits[0].custody[0]

    assert line.person == "board_counsel"
    assert line.at == "2026-07-02 15:00"
    assert line.ledger > 0


def test_the_heading_tells_the_hearing(case, staff):
    officer = staff("presiding_officer", "Theodora Quill")
    Hearing.objects.create(
        board=case.board,
        case=case,
        presiding_id=officer.user_id,
        starts_at=AT + timedelta(days=30),
        place="Room 1",
        noticed_on=date(2026, 7, 2),
    )
    heading = gather.heading(case, edition="board", freeze=2, at=AT)

    assert heading.facts == (("Hearing", "Aug 1, 2026, 10:00 a.m."), ("Before", "Theodora Quill"))
    assert heading.freeze == 2


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({}, "Cora Keeper"),
        ({"valid_until": date(2026, 7, 1)}, ""),
        ({"valid_from": date(2026, 8, 1)}, ""),
    ],
)
def test_the_custodian_is_who_holds_the_role_that_day(board, values, name):
    user = User.objects.create(email="cora@example.org", full_name="Cora Keeper")
    row = {"valid_from": date(2026, 1, 1)} | values
    Membership.objects.create(board=board, user=user, role="records_custodian", **row)

    assert gather.custodian(board.pk, AT) == name


def test_the_chains_name_head_and_anchor(case, receive):
    receive(1)
    assert gather.chains(case).anchor_number == 0
    Anchor.objects.create(number=1, at=AT, root="ab" * 32, prev_hash="0" * 64, hash="cd" * 32, leaf_count=1)
    chains = gather.chains(case)

    assert chains.custody_seq >= 2
    assert (chains.anchor_number, chains.anchor_at) == (1, "2026-07-02T15:00:00Z")


def test_typefaces_of_the_installation_are_found():
    assert "sans" in gather.installed_fonts().paths
