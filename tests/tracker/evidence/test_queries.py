from uuid import uuid4

import pytest
from django.db import connection

from tests.tracker.evidence.conftest import AT, process
from tracker.access.models import Assignment
from tracker.access.policy import Capacity
from tracker.audit import guards
from tracker.cases.models import Case
from tracker.errors import ActionRefused, OutOfScope
from tracker.evidence import actions, queries
from tracker.evidence.models import CustodyEvent, Exhibit
from tracker.files.rendering.rendered import SlipFacts

pytestmark = pytest.mark.django_db


def seen(case, actor):
    case.refresh_from_db()
    return [row.key for row in queries.exhibits_for(case, actor, at=AT)]


@pytest.fixture
def record(case, receive, counsel, staff):
    """E-1 only received, E-2 marked, E-3 offered, E-4 admitted, E-5 excluded."""
    officer = staff("presiding_officer")
    rows = [process(receive(str(number).encode())) for number in range(5)]
    for row in rows[1:]:
        actions.mark_exhibit(row.pk, actor=counsel, at=AT)
    for row in rows[2:]:
        actions.offer_exhibit(row.pk, actor=counsel, at=AT)
    actions.rule_on_exhibit(rows[3].pk, actor=officer, at=AT, ruling="admitted")
    actions.rule_on_exhibit(rows[4].pk, actor=officer, at=AT, ruling="excluded", reasons="x")
    return rows


ALL = ["E-1", "E-2", "E-3", "E-4", "E-5"]
NO_NAMES = ("", "E-", "E-x", "²", "9" * 30, "E-1.", "E-1.x")


@pytest.mark.parametrize(
    ("role", "keys"),
    [
        ("board_counsel", ALL),
        ("auditor", ALL),
        ("investigator", ALL),
        ("board_member", ["E-3", "E-4"]),
        ("presiding_officer", ["E-3", "E-4", "E-5"]),
    ],
)
def test_who_sees_only_the_record_sees_offered_exhibits_only(record, case, staff, role, keys):
    assert seen(case, staff(role)) == keys


def test_a_panel_member_sees_the_file(record, case, staff):
    member = staff("board_member")
    Assignment.objects.create(
        board=case.board, case=case, user_id=member.user_id, capacity=Capacity.PANEL, assigned_at=AT
    )
    assert seen(case, member) == ALL


def test_before_charges_there_is_no_record(record, case, staff):
    Case.objects.filter(pk=case.pk).update(stage="investigation", status="investigating", charged_at=None)
    assert seen(case, staff("board_member")) == []


def test_what_may_not_be_seen_looks_like_what_is_not_there(record, staff):
    member = staff("board_member")
    assert queries.visible_exhibit(record[2].pk, member, at=AT) == record[2]
    for exhibit_id in (record[0].pk, uuid4()):
        with pytest.raises(OutOfScope):
            queries.visible_exhibit(exhibit_id, member, at=AT)


def test_bytes_leave_only_once_cleared(receive, counsel):
    exhibit = receive()
    with pytest.raises(ActionRefused, match="E-1: Scanning"):
        queries.downloadable_exhibit(exhibit.pk, counsel, at=AT)
    process(exhibit)
    assert queries.downloadable_exhibit(exhibit.pk, counsel, at=AT) == exhibit


def attach(parent, child, part=1):
    Exhibit.objects.filter(pk=child.pk).update(number=parent.number, part=part, parent=parent)


def test_attachments_follow_their_email_onto_the_record(record, case, staff, receive, counsel):
    unoffered, offered, excluded = record[1], record[2], record[4]
    for parent in (unoffered, offered, excluded):
        for part in (1, 2):
            attach(parent, process(receive(f"{parent.pk} {part}".encode())), part)
    child = Exhibit.objects.get(number=3, part=2)
    actions.classify(child.pk, actor=counsel, at=AT, confidentiality="part2", reason="x")

    assert seen(case, staff("board_member")) == ["E-3", "E-3.1", "E-4"]
    assert seen(case, staff("presiding_officer")) == ["E-3", "E-3.1", "E-4", "E-5", "E-5.1", "E-5.2"]
    assert seen(case, counsel)[:4] == ["E-1", "E-2", "E-2.1", "E-2.2"]
    actions.classify(child.pk, actor=counsel, at=AT, confidentiality="part2", reason="x", release_basis="Order 3")
    assert "E-3.2" in seen(case, staff("board_member"))


def test_the_officer_sees_their_own_papers(record, case, staff, receive):
    officer = staff("presiding_officer")
    receive(b"notice", actor=officer)

    assert seen(case, officer) == ["E-3", "E-4", "E-5", "E-6"]
    assert seen(case, staff("board_member")) == ["E-3", "E-4"]


def test_an_original_with_closed_parts_is_not_handed_to_readers_of_the_record(case, receive, counsel, staff):
    exhibit = process(receive())
    actions.mark_exhibit(exhibit.pk, actor=counsel, at=AT)
    actions.offer_exhibit(exhibit.pk, actor=counsel, at=AT)
    case.refresh_from_db()
    member = staff("board_member")
    assert queries.downloadable_exhibit(exhibit.pk, member, at=AT) == exhibit

    by = {"actor": counsel, "at": AT}
    row = actions.restrict_pages(exhibit.pk, **by, first_page=1, last_page=1, code="W-1", reason="x")
    assert queries.has_closed_pages(exhibit)
    with pytest.raises(ActionRefused, match="Parts of exhibit E-1 are withheld"):
        queries.downloadable_exhibit(exhibit.pk, member, at=AT)
    assert queries.downloadable_exhibit(exhibit.pk, counsel, at=AT) == exhibit
    actions.lift_restriction(exhibit.pk, **by, restriction_id=row.pk, reason="x")
    assert queries.downloadable_exhibit(exhibit.pk, member, at=AT) == exhibit

    child = process(receive(b"attached"))
    attach(exhibit, child)
    actions.withhold(child.pk, **by, code="W-1", reason="x")
    with pytest.raises(ActionRefused, match="Parts of exhibit"):
        queries.downloadable_exhibit(exhibit.pk, member, at=AT)


def test_notes_stand_on_the_slip_sheet_of_what_has_no_pages():
    slip = SlipFacts("No pages.", (("From", "a@example.org"), ("Note", "Two are left.")))
    assert queries.notes_on(Exhibit(slip_facts=slip.to_json())) == ["Two are left."]
    assert queries.notes_on(Exhibit()) == []


@pytest.mark.parametrize(
    ("key", "place"), [("E-1", (1, 0)), ("e-7.2", (7, 2)), (" 1 ", (1, 0)), *((key, (0, 0)) for key in NO_NAMES)]
)
def test_a_name_says_number_and_part(key, place):
    assert queries.place_of(key) == place


def test_custody_comes_by_exhibit_and_in_order(record, django_assert_num_queries):
    with django_assert_num_queries(1):
        custody = queries.custody_of(record)
    assert {row.key: [event.act for event in custody[row.pk]] for row in record} == {
        key: ["received", "examined", "copied"] for key in ALL
    }
    assert queries.custody_of([]) == {}


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_whatever_it_holds(
    case, receive, counsel, allegation, django_assert_num_queries, count
):
    for number in range(count):
        row = process(receive(content=None if number == 0 else str(number).encode()))
        actions.mark_exhibit(row.pk, actor=counsel, at=AT)
        actions.link_to_allegation(row.pk, actor=counsel, at=AT, allegation_id=allegation.pk)
    case.refresh_from_db()
    rows = queries.exhibits_for(case, counsel, at=AT)
    with django_assert_num_queries(5):
        for row in rows:
            assert row.marking.mark
            assert row.rendition or row.not_renderable_reason
            assert [link.allegation.key for link in row.links.all()] == ["A1"]
            assert row.stored_file.digest


def test_the_guards_of_the_case_ask_once(record, receive, case, django_assert_num_queries):
    receive()
    with django_assert_num_queries(1):
        facts = case.exhibits.settled_facts()
    assert [fact[:3] for fact in facts] == [(key, True, True) for key in ALL] + [("E-6", False, True)]
    live = {row.key: row.marking.state if row.marking else "" for row in case.exhibits.all()}
    assert {fact[0]: fact[3] for fact in facts} == live
    assert len(set(live.values())) > 2
    assert case.exhibits.cleared().count() == 5
    Exhibit.objects.filter(number=6).exists()


@pytest.mark.django_db(transaction=True)
def test_custody_and_exhibits_are_what_the_ledger_tells(case, receive):
    exhibits = [process(receive(b"one")), receive(b"two")]
    assert queries.evidence_faults(case.pk) == []

    guards.drop(connection)
    try:
        first, second = (CustodyEvent.objects.filter(exhibit_id=one.pk).order_by("seq")[0] for one in exhibits)
        CustodyEvent.objects.filter(pk=first.pk).update(actor="staff:somebody")
        CustodyEvent.objects.filter(pk=second.pk)._raw_delete("default")
        CustodyEvent.objects.filter(exhibit_id=exhibits[0].pk, seq=2).update(digest="0" * 64)
        found = queries.evidence_faults(case.pk)
        altered = list(CustodyEvent.objects.filter(exhibit_id=exhibits[0].pk).values_list("ledger_seq", flat=True)[:2])
        assert found == [
            *(f"the custody entry of ledger entry {seq} is altered" for seq in altered),
            f"the custody entry of ledger entry {second.ledger_seq} is missing",
        ]
        Exhibit.objects.filter(pk=exhibits[1].pk)._raw_delete("default")
        assert "E-2 is missing" in queries.evidence_faults(case.pk)
    finally:
        guards.install(connection)
