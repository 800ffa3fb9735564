"""E-mails of which an edition does not show all: how much came along, what their pages and slip sheets tell of it."""

import json
from email.message import EmailMessage
from types import SimpleNamespace

import pytest

from tests.data import mails
from tests.tracker.bundle.conftest import AT, WORKER
from tests.tracker.bundle.gathering import draft, give_redacted_copy, give_text, on_record, restrict
from tracker.bundle import gather_mail
from tracker.bundle.plan import UNKNOWN
from tracker.evidence import actions as evidence_actions
from tracker.evidence.models import Exhibit

NAME = "Letter of counsel, XYZZY.txt"


@pytest.fixture
def email(case, counsel, receive):
    """E-1 on the record, with the letters E-1.1 and E-1.2."""
    message = EmailMessage()
    message["From"], message["Subject"] = "a@example.org", "Two letters"
    message.set_content("See below.")
    for name in ("plain.txt", NAME):
        message.add_attachment(f"{len(name)} words".encode(), maintype="text", subtype="plain", filename=name)
    row = receive(content=message.as_bytes(), name="m.eml")
    settle(row)
    on_record(row, counsel)
    return row


def settle(row):
    for part in row.attachments.order_by("part"):
        evidence_actions.process_exhibit(part.pk, actor=WORKER, at=AT)


def letter(row, part=2):
    return row.attachments.get(part=part)


def test_what_came_out_of_an_email_is_counted_at_any_depth(case, receive):
    row = receive(content=mails.nested(2), name="m.eml")
    settle(row)
    settle(row)
    items = draft(case, chosen=[one.pk for one in case.exhibits.exclude(part=4)]).exhibits

    assert [(item.key, item.origin, item.attachments) for item in items] == [
        ("E-1", "", 6),
        ("E-1.1", "E-1", 2),
        ("E-1.2", "E-1", 2),
        ("E-1.3", "E-1.1", 0),
        ("E-1.5", "E-1.2", 0),
        ("E-1.6", "E-1.2", 0),
    ]


def test_what_cannot_be_told_is_no_number():
    def row(number, part=0, **values):
        parent = 7 if part else None
        given = {"origin_id": parent, "is_origin_told": bool(part), "shares_id": None, "kind": "email"} | values
        return SimpleNamespace(
            pk=number, part=part, parent_id=parent, stored_file=SimpleNamespace(kind=given.pop("kind")), **given
        )

    def counted(*rows):
        return gather_mail.counts([row(7), *rows])

    assert counted(row(1, 1), row(2, 2, origin_id=1, kind="pdf")) == {7: 2, 1: 1}
    assert counted(row(1, 1), row(2, 2, is_origin_told=False, kind="pdf")) == {7: 2, 1: UNKNOWN}
    assert counted(row(1, 200), row(2, 3, kind="pdf")) == {7: UNKNOWN, 1: UNKNOWN}
    assert gather_mail.counts([row(7, shares_id=9), row(1, shares_id=9, kind="pdf")]) == {7: UNKNOWN}


@pytest.mark.parametrize("edition", ["respondent", "hearing", "public", "court"])
def test_a_page_that_names_what_an_edition_withholds_stops_it(case, counsel, email, edition):
    evidence_actions.withhold(letter(email).pk, actor=counsel, at=AT, code="W-1", reason="Counsel")

    assert draft(case, edition).reasons == (
        "The page of exhibit E-1 names its attachment E-1.2, which this edition withholds. Redact pages 1 to 2 or "
        "withhold E-1 too.",
    )


def test_the_board_is_told_and_reads_it(case, counsel, email):
    evidence_actions.withhold(letter(email).pk, actor=counsel, at=AT, code="W-1", reason="Counsel")
    drafted = draft(case)

    assert drafted.reasons == ()
    assert drafted.notes == (
        "Exhibit E-1 names its attachment E-1.2, which this edition does not show, on pages 1 to 2.",
    )


def test_a_sealed_attachment_stops_the_editions_that_leave_it_out(case, counsel, email):
    part = letter(email)
    evidence_actions.classify(part.pk, actor=counsel, at=AT, confidentiality="sealed", reason="x")

    assert [len(draft(case, one).reasons) for one in ("board", "hearing", "respondent", "public")] == [0, 0, 1, 1]
    # Who does not choose it cannot name it either.
    others = [row.pk for row in case.exhibits.exclude(pk=part.pk)]
    assert [len(draft(case, one, chosen=others).reasons) for one in ("hearing", "respondent")] == [0, 1]


def test_what_was_not_chosen_is_told_without_its_name(case, email):
    drafted = draft(case, "hearing", chosen=[email.pk, letter(email, 1).pk])

    assert drafted.reasons == ()
    assert ["E-1.2" in note for note in drafted.notes] == [True]
    assert "XYZZY" not in str(drafted.notes)


def test_pages_that_do_not_name_it_any_more_may_go(case, counsel, email):
    evidence_actions.withhold(letter(email).pk, actor=counsel, at=AT, code="W-1", reason="Counsel")
    restrict(email, counsel, first_page=2, last_page=2)
    assert "Redact page 1 or" in draft(case, "hearing").reasons[0]

    copy = give_redacted_copy(email, (1, "R-3"))
    assert draft(case, "hearing").reasons == ()
    give_text(email, f"Attachments {NAME}", "", source=copy)
    assert "Redact page 1 or" in draft(case, "hearing").reasons[0]


def test_a_page_without_a_text_to_search_counts_as_naming(case, counsel, email):
    evidence_actions.withhold(letter(email).pk, actor=counsel, at=AT, code="W-1", reason="Counsel")
    email.renditions.filter(kind="text").delete()

    assert "Redact pages 1 to 2 or" in draft(case, "hearing").reasons[0]


def test_a_slip_sheet_lists_only_what_the_edition_shows(case, counsel, email):
    told = {"reason": "Too long.", "facts": [], "listing": ["plain.txt", NAME]}
    Exhibit.objects.filter(pk=email.pk).update(is_renderable=False, page_count=None, slip_facts=json.dumps(told))
    assert draft(case, "hearing").exhibits[0].listing == ("plain.txt", NAME)

    evidence_actions.withhold(letter(email).pk, actor=counsel, at=AT, code="W-1", reason="Counsel")
    drafted = draft(case, "hearing")
    assert drafted.exhibits[0].listing == ("plain.txt",)
    assert drafted.reasons == ()


LONG = "Minutes of the meeting of the ethics committee, March 3.docx"


@pytest.mark.parametrize(
    ("text", "name", "is_told"),
    [
        ("Attachments a\npdf\na . PDF", "a.pdf", True),
        ("Attachments b.pdf", "a.pdf", False),
        (f"SHA-256 {'ab' * 32}", "a.pdf", True),
        ("2 Minutes of the meeting of the application/msword attachment 1\nethics committee, March 3.docx", LONG, True),
        ("We keep minutes of the meeting, the committee says.", LONG, False),
        ("Le\u0301ttre de\nMu\u00f1oz.txt", "L\u00e9ttre de Mun\u0303oz.txt", True),
    ],
)
def test_a_name_is_found_however_it_is_broken(text, name, is_told):
    part = SimpleNamespace(original_name=name, stored_file=SimpleNamespace(digest="ab" * 32))

    assert gather_mail.tells(text, part) is is_told
