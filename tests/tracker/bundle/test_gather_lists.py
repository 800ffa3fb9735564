"""Witnesses, chronology and matrix: what each edition tells."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from boards.models import Ground
from tests.tracker.bundle.conftest import AT
from tests.tracker.bundle.gathering import draft, on_record, person, words_of
from tracker.audit import ledger
from tracker.bundle.lists import Cite, Event, MatrixLine, Witness
from tracker.cases.models import Allegation, Case, CaseDocument, ChargingDocument, Count, Finding
from tracker.evidence import actions as evidence_actions
from tracker.hearings.models import Order

EDITIONS = ("board", "hearing", "respondent", "public")


@pytest.fixture
def exhibits(case, counsel, receive):
    """E-1 and E-2 offered, E-3 only received, E-4 withheld; with days, and sponsors of the first two."""
    rows = [receive(1, title=f"Letter {number}", dated_on=date(2025, 9, 10 + number)) for number in range(4)]
    on_record(rows[0], counsel, sponsor="Tobias Marsh")
    evidence_actions.mark_exhibit(rows[1].pk, actor=counsel, at=AT, party="respondent", sponsor="Signe Lind")
    evidence_actions.offer_exhibit(rows[1].pk, actor=counsel, at=AT)
    evidence_actions.withhold(rows[3].pk, actor=counsel, at=AT, code="W-1", reason="x")
    return rows


@pytest.fixture
def allegation(case, counsel, exhibits):
    """A1 with the first exhibit against, the second and the withheld one for it."""
    ground = Ground.objects.create(id=uuid4(), key="confidentiality", labels={"en": "Told others"})
    row = Allegation.objects.create(
        board=case.board, case=case, number=1, ground=ground, narrative="SECRET-NARRATIVE", citation="22 TAC 1",
        added_at=AT,
    )  # fmt: skip
    for exhibit, bearing in zip(exhibits, ("against", "for", "for", "for"), strict=True):
        evidence_actions.link_to_allegation(exhibit.pk, actor=counsel, at=AT, allegation_id=row.pk, bearing=bearing)
    return row


def find(case, by, value, **on):
    return Finding.objects.create(
        board=case.board, case=case, by=by, value=value, reasons="SECRET-REASONS", found_at=AT,
        burden="preponderance" if "count" in on else "", **on,
    )  # fmt: skip


@pytest.fixture
def count(case, allegation):
    charges = ChargingDocument.objects.create(board=case.board, case=case, issued_at=AT)
    row = Count.objects.create(
        board=case.board, charges=charges, number=1, citation="Rule 8.6", text="Told others what was said"
    )
    row.allegations.add(allegation)
    return row


def tables(case, edition):
    return draft(case, edition).tables


def test_witnesses_are_who_sponsors_exhibits_of_the_edition(case, exhibits):
    person(case, "expert", "Paul Achter", language="es")
    person(case, "witness", "Nora Hidden", is_sealed=True)
    sponsors = (
        Witness("Tobias Marsh", "Called by the Board", cites=(Cite("E-1"),)),
        Witness("Signe Lind", "Called by the Respondent", cites=(Cite("E-2"),)),
    )

    for edition in EDITIONS[1:]:
        assert tables(case, edition).witnesses == sponsors
    assert tables(case, "board").witnesses[2:] == (
        Witness("Paul Achter", "Not yet called", "Expert reviewer", "Language: es"),
        Witness("Witness", "Not yet called", "Witness"),
    )


def test_the_chronology_holds_dated_exhibits_that_are_shown(case, exhibits):
    def dated(edition):
        return [event.words for event in tables(case, edition).chronology if event.source.startswith("Ex.")]

    assert dated("board") == dated("respondent") == ["Letter 0", "Letter 1", "Letter 2"]
    assert dated("hearing") == dated("public") == ["Letter 0", "Letter 1"]
    assert tables(case, "hearing").chronology[0] == Event("2025-09-10", "Letter 0", "Ex. 1", (Cite("E-1"),))


def told(case, counsel, event, at=AT, **facts):
    return ledger.record(event, board_id=case.board_id, chain=case.pk, actor=counsel, at=at, facts=facts).seq


@pytest.mark.django_db(transaction=True)
def test_the_chronology_tells_each_reader_what_they_may_know(case, counsel, exhibits):
    from django.db import transaction  # noqa: PLC0415

    with transaction.atomic():
        told(case, counsel, "case.filed", AT - timedelta(days=90), docket=case.docket)
        told(case, counsel, "case.report_submitted", AT - timedelta(days=20))
        served = told(case, counsel, "case.charges_served", served_on="2026-06-30")
        told(case, counsel, "case.finding_recorded", subject="A1", value="substantiated")

    def events(edition):
        return [event.words for event in tables(case, edition).chronology if event.source.startswith("Ledger")]

    assert "Report of investigation submitted." in events("board")
    assert [words for words in events("board") if words.startswith("Exhibit")] == [
        "Exhibit 1 received.", "Exhibit A received.", "Exhibit E-3 received.",
        "Exhibit 1 offered.", "Exhibit A offered.",
    ]  # fmt: skip
    assert events("hearing") == events("respondent") == [
        "Complaint received.", "Charges served.", "Exhibit 1 offered.", "Exhibit A offered.",
    ]  # fmt: skip
    assert events("public") == ["Charges served.", "Exhibit 1 offered.", "Exhibit A offered."]
    charges = next(event for event in tables(case, "public").chronology if event.words == "Charges served.")
    assert (charges.on, charges.source) == ("2026-06-30", f"Ledger {served}")
    assert "substantiated" not in words_of(draft(case, "board"))


def test_before_charges_the_board_alone_reads_allegations_and_findings(case, allegation):
    find(case, "investigator", "substantiated", allegation=allegation)
    row = tables(case, "board").matrix[0]

    assert (row.key, row.words, row.basis) == ("A1", "Told others", "22 TAC 1")
    assert row.evidence == (
        MatrixLine(Cite("E-2"), "for", "Letter 1"),
        MatrixLine(Cite("E-3"), "for", "Letter 2"),
        MatrixLine(Cite("E-1"), "against", "Letter 0"),
    )
    assert (row.finding, row.finding_note) == ("Substantiated", "Investigator")
    for edition in EDITIONS[1:]:
        assert tables(case, edition).matrix == ()
    assert "SECRET" not in words_of(draft(case, "board"))


def test_after_charges_counts_stand_with_the_evidence_of_their_allegations(case, allegation, count):
    find(case, "investigator", "substantiated", allegation=allegation)
    for edition in EDITIONS[:3]:
        row = tables(case, edition).matrix[0]
        assert (row.key, row.words, row.basis, row.finding) == ("1", "Told others what was said", "Rule 8.6", "")
    assert [line.cite.key for line in tables(case, "board").matrix[0].evidence] == ["E-2", "E-3", "E-1"]
    for edition in ("hearing", "respondent"):
        assert [line.cite.key for line in tables(case, edition).matrix[0].evidence] == ["E-2", "E-1"]
    assert tables(case, "public").matrix == ()


def test_a_draft_of_a_finding_is_no_finding(case, count):
    def findings():
        return [(row.finding, row.finding_note) for row in tables(case, "hearing").matrix]

    def file(kind, minutes):
        CaseDocument.objects.create(
            board=case.board, case=case, kind=kind, version=1, title=kind, text="Words.", digest="ab" * 32,
            dated_on=AT.date(), filed_at=AT + timedelta(minutes=minutes),
        )  # fmt: skip

    find(case, "presiding_officer", "not_proven", count=count)
    # A settlement signed in the hearing takes the case to the board without a proposal.
    for status in ("hearing_held", "board_review"):
        Case.objects.filter(pk=case.pk).update(status=status)
        case.refresh_from_db()
        assert findings() == [("", "")]
    file("proposed_decision", 1)
    assert findings() == [("No violation found", "Presiding officer")]
    find(case, "board", "proven", count=count)
    Order.objects.bulk_create([Order(board=case.board, case=case, issued_at=None)])
    assert findings() == [("No violation found", "Presiding officer")]
    file("remand", 2)
    assert findings() == [("", "")]
