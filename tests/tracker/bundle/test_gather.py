"""From rows to plain values: exhibits, marks, numbers, people, names that may not be told."""

from datetime import timedelta

import pytest

from tests.data import mails
from tests.tracker.bundle.conftest import AT, WORKER
from tests.tracker.bundle.gathering import (
    attach,
    draft,
    freeze,
    give_redacted_copy,
    give_text,
    on_record,
    restrict,
    words_of,
)
from tracker.bundle import gather, gather_exhibits, gather_heading
from tracker.bundle.plan import Hidden, RedactedPage
from tracker.bundle.ranges import Book, Range
from tracker.evidence import actions as evidence_actions
from tracker.evidence.models import Exhibit, Rendition

EDITIONS = ("board", "hearing", "respondent", "public")


def test_an_exhibit_that_cannot_be_shown_says_why(case, receive):
    receive(content=b"%PDF-1.7 nothing", name="broken.pdf")
    receive(content=bytes(range(256)), name="odd.bin")
    items = draft(case).exhibits

    assert "PDF" in items[0].slip_reason
    assert items[1].slip_reason
    assert [item.kind for item in items] == ["slip", "slip"]


def test_a_slip_sheet_says_what_is_known_of_the_item(case, receive):
    exhibit = receive(content=bytes(range(256)), name="odd.bin")
    told = '{"reason":"A recording.","facts":[["Length","0:02:14"]],"listing":["a.txt 12"]}'
    Exhibit.objects.filter(pk=exhibit.pk).update(slip_facts=told)
    item = draft(case).exhibits[0]

    assert item.slip_reason == "A recording."
    assert item.slip_facts == (("Length", "0:02:14"),)
    assert item.listing == ("a.txt 12",)


def test_a_refused_exhibit_is_a_slip_sheet(case, receive):
    exhibit = receive(1)
    Exhibit.objects.filter(pk=exhibit.pk).update(
        state="refused", state_reason="Found: Test.EICAR.", is_renderable=False, page_count=None
    )

    item = draft(case).exhibits[0]
    assert (item.kind, item.pages) == ("slip", ())
    assert "Test.EICAR" in item.slip_reason


def test_two_parties_with_the_same_mark_do_not_collide(case, counsel, receive):
    for party in ("board", "joint"):
        exhibit = receive(1)
        evidence_actions.mark_exhibit(exhibit.pk, actor=counsel, at=AT, party=party, mark="1")

    assert [item.mark for item in draft(case).exhibits] == ["1", "E-2"]


def test_a_mark_is_the_same_whatever_else_is_chosen(case, counsel, receive):
    rows = [receive(1), receive(1)]
    for party, row in zip(("board", "joint"), rows, strict=True):
        evidence_actions.mark_exhibit(row.pk, actor=counsel, at=AT, party=party, mark="1")

    assert draft(case, chosen=[rows[1].pk]).exhibits[0].mark == "E-2"


def test_attachments_stand_under_the_mark_of_their_email(case, counsel, receive):
    email = receive(1)
    attach(email, receive(1))
    attach(email, receive(1))
    on_record(email, counsel, sponsor="T. Marsh", objection="Hearsay")
    items = draft(case, "hearing").exhibits

    assert [(item.key, item.mark, item.parent, item.party, item.state) for item in items] == [
        ("E-1", "1", "", "board", "offered"),
        ("E-1.1", "1.1", "E-1", "board", "offered"),
        ("E-1.2", "1.2", "E-1", "board", "offered"),
    ]
    assert [(item.sponsor, item.objection) for item in items] == [("T. Marsh", "Hearsay"), ("", ""), ("", "")]


def test_a_withheld_email_withholds_its_attachments(case, counsel, receive):
    email = receive(1)
    child = attach(email, receive(2))
    evidence_actions.withhold(email.pk, actor=counsel, at=AT, code="W-1", reason="Counsel's letter")
    items = draft(case).exhibits

    assert [(item.kind, item.withheld_code) for item in items] == [("withheld", "W-1")] * 2
    assert [item.withheld_reason for item in items] == ["Counsel's letter", ""]
    alone = draft(case, chosen=[child.pk])
    assert (alone.exhibits[0].kind, alone.exhibits[0].mark) == ("withheld", "E-1.1")


def test_an_email_within_an_email_withholds_what_came_out_of_it(case, counsel, receive):
    email = receive(content=mails.nested(2), name="m.eml")
    for row in email.attachments.order_by("part"):
        evidence_actions.process_exhibit(row.pk, actor=WORKER, at=AT)
    for row in email.attachments.filter(part__gt=2):
        evidence_actions.process_exhibit(row.pk, actor=WORKER, at=AT)
    on_record(email, counsel)
    inner = email.attachments.get(part=1)

    assert [item.kind for item in draft(case, "hearing").exhibits] == ["pages"] * 7
    chosen = draft(case, withheld={inner.pk: "W-1"}).exhibits
    assert [item.key for item in chosen if item.kind == "withheld"] == ["E-1.1", "E-1.3", "E-1.4"]
    evidence_actions.classify(inner.pk, actor=counsel, at=AT, confidentiality="sealed", reason="x")
    sealed = draft(case, "respondent").exhibits
    assert [item.key for item in sealed if item.withheld_code == "W-2"] == ["E-1.1", "E-1.3", "E-1.4"]


def test_an_email_counts_its_attachments_whether_they_are_in_it_or_not(case, receive):
    email, letter = receive(1), receive(2)
    attach(email, receive(1))

    assert [item.attachments for item in draft(case).exhibits] == [1, 0, 0]
    assert [item.attachments for item in draft(case, chosen=[email.pk, letter.pk]).exhibits] == [1, 0]


def test_restricted_pages_are_hidden_until_the_restriction_is_lifted(case, counsel, receive):
    exhibit = receive(4)
    give_text(exhibit, "1", "2", "3", "4")
    row = restrict(exhibit, counsel, first_page=2, last_page=3)
    item = draft(case).exhibits[0]

    assert item.hidden == (Hidden(2, 3, "W-1", "Attorney notes"),)
    assert draft(case, "respondent").exhibits[0].hidden == (Hidden(2, 3, "W-1"),)
    # The text of all pages may not travel with pages that are not shown.
    assert item.text_sha256 == ""
    evidence_actions.lift_restriction(exhibit.pk, actor=counsel, at=AT, restriction_id=row.pk, reason="Waived")
    item = draft(case).exhibits[0]
    assert item.hidden == ()
    assert item.text_sha256 == exhibit.renditions.get(kind="text").stored_file.digest


def test_classes_block_an_edition_and_part_2_leaves_its_notice(case, counsel, receive):
    exhibit = receive(2)
    classify = {"actor": counsel, "at": AT, "confidentiality": "part2", "reason": "Clinic"}
    evidence_actions.classify(exhibit.pk, **classify)
    blocked = [bool(draft(case, edition).reasons) for edition in EDITIONS]
    assert blocked == [True, True, True, True]  # nothing is on the record yet

    evidence_actions.classify(exhibit.pk, **classify, release_basis="Order of June 1")
    on_record(exhibit, counsel)
    assert [draft(case, edition).has_part2 for edition in EDITIONS] == [True, True, True, False]
    assert draft(case, "public").exhibits[0].withheld_code == "W-4"
    heading = gather_heading.heading_of(case, edition="board", freeze=1, at=AT, is_masked=False, has_part2=True)
    assert "42 CFR part 2 prohibits" in heading.confidentiality
    assert gather_heading.stamping_of(case, AT, has_part2=True).confidential == heading.confidentiality


def test_the_redacted_copy_stands_for_the_whole_in_every_edition_but_the_boards(case, counsel, receive):
    exhibit = receive(3)
    give_text(exhibit, "1", "2", "3")
    on_record(exhibit, counsel)
    copy = give_redacted_copy(exhibit, (2, "R-1"), (2, "M-1"), (2, "R-1"), (3, "R-4"))
    board, *others = (draft(case, edition).exhibits[0] for edition in EDITIONS)

    assert board.redacted == ()
    assert board.rendition.sha256 == exhibit.rendition.stored_file.digest
    for item in others:
        assert item.rendition.sha256 == copy.stored_file.digest
        assert item.redacted == (RedactedPage(2, 3, ("M-1", "R-1")), RedactedPage(3, 1, ("R-4",)))
        # The text file is that of the whole item.
        assert item.text_sha256 == ""
    text = give_text(exhibit, "1", "2", "3 less", source=copy)
    assert draft(case, "hearing").exhibits[0].text_sha256 == text.stored_file.digest


def test_a_redacted_copy_of_other_pages_stops_an_edition(case, counsel, receive):
    exhibit = receive(2)
    give_redacted_copy(exhibit, (1, "R-1"))
    whole = exhibit.renditions.get(kind="pdf")
    Rendition.objects.create(
        board=case.board, exhibit=exhibit, kind="image", stored_file=whole.stored_file, source_digest="x", tools="t",
        facts=whole.facts, made_at=AT + timedelta(days=1),
    )  # fmt: skip

    assert "is older than its pages" in draft(case, "respondent").reasons[0]
    assert draft(case, "board").reasons == ()


def test_another_number_of_pages_is_told_and_the_old_range_is_a_gap(case, receive):
    receive(2)
    receive(3)
    freeze(case, E1=(1, 1), E2=(2, 4))
    drafted = draft(case)

    assert [(item.bates_first, item.bates_last) for item in drafted.exhibits] == [(0, 0), (2, 4)]
    assert drafted.needed == {"E-1": 2, "E-2": 3}
    assert [(gap.first, gap.last, gap.key, gap.code) for gap in drafted.gaps] == [(1, 1, "E-1", "G-5")]
    assert "Exhibit E-1 gets new numbers at the end: it took 1" in drafted.notes[0]
    assert drafted.reasons == ()


def test_numbers_that_an_edition_does_not_carry_are_explained(case, counsel, receive):
    rows = [receive(1), receive(1), receive(1)]
    freeze(case, E1=(1, 1), E2=(2, 2), E3=(3, 3))
    on_record(rows[0], counsel)
    on_record(rows[1], counsel)

    def gaps(edition, chosen):
        found = draft(case, edition, chosen=[row.pk for row in chosen])
        return [(gap.first, gap.key, gap.code) for gap in found.gaps]

    assert gaps("board", rows[:1]) == [(2, "2", "G-3"), (3, "E-3", "G-3")]
    # Readers of the record do not learn of what is not on it.
    assert gaps("hearing", rows) == [(3, "", "G-4")]
    assert gaps("public", rows[:1]) == [(2, "2", "G-3"), (3, "", "G-3")]
    assert "E-3" not in words_of(draft(case, "hearing"))


def test_an_edition_gets_its_numbers_from_the_book(case, receive):
    one, two = receive(2), receive(1)
    book = Book((Range(str(two.pk), 1, 1), Range(str(one.pk), 2, 3)))
    items = gather.numbered(draft(case), book).exhibits

    assert [(item.bates_first, item.bates_last) for item in items] == [(2, 3), (1, 1)]


def test_an_edition_without_exhibits_is_told(case, receive):
    receive(1)

    assert draft(case, "hearing").reasons == ("None of the chosen exhibits belongs into this edition.",)
    assert draft(case, chosen=[]).reasons == ("Choose at least one exhibit.",)


def test_what_is_not_on_the_record_need_not_be_settled(case, counsel, receive):
    on_record(receive(1), counsel)
    receive(1, settle=False)

    assert draft(case, "hearing").reasons == ()
    assert draft(case).reasons == ("Exhibit E-2 is still being scanned and inspected.",)


def test_people_are_named_as_they_stand_in_the_case(case, counsel, receive):
    receive(1)
    line = draft(case).exhibits[0].custody[0]

    assert line.person == "board_counsel"
    assert line.at == "2026-07-02 15:00"
    assert line.ledger > 0


def test_words_about_custody_are_not_in_the_public_record(case, counsel, staff, receive):
    exhibit = receive(1)
    on_record(exhibit, counsel)
    evidence_actions.transfer_custody(
        exhibit.pk, actor=staff("records_custodian"), at=AT, act="examined", purpose="Looked for fingerprints"
    )

    assert draft(case, "hearing").exhibits[0].custody[-1].note == "Looked for fingerprints"
    assert {line.note for line in draft(case, "public").exhibits[0].custody} == {""}


def test_typefaces_of_the_installation_are_found():
    assert "sans" in gather.installed_fonts().paths


@pytest.mark.parametrize("edition", EDITIONS)
def test_gathering_asks_the_same_whatever_it_holds(case, counsel, receive, django_assert_max_num_queries, edition):
    for number in range(4):
        exhibit = receive(1, title=f"Letter {number}")
        give_text(exhibit, "page")
        on_record(exhibit, counsel)
    with django_assert_max_num_queries(24):
        assert len(draft(case, edition).exhibits) == 4
    assert gather_exhibits.exhibits_of(case)[0].key == "E-1"
