"""Reading a draft's answers into the plain values that filing takes."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.factories.cases import set_rule
from tests.factories.staffed import Staffed
from tracker.cases.actions import draftreading
from tracker.cases.filingdata import FilingData
from tracker.cases.models import FilingDraft
from tracker.errors import ActionRefused

AT = datetime(2026, 3, 2, 4, 30, tzinfo=UTC)
ANSWERS: dict[str, Any] = {
    "board": {"board": "tx-bhec", "profession": "counseling"},
    "who": {"name": "Leland Prewitt", "license_number": "88214", "practice": "Calm LLC", "address": "1 Main St"},
    "what": {"grounds": ["other", "sexual_misconduct"], "narrative": "He would not stop.", "occurred_from": "2026-02"},
    "you": {"name": "Maya Ortiz", "email": "maya@example.org", "safe_contact": "email", "safe_note": "after six"},
    "review": {"attested": True, "name": "Maya Ortiz"},
    "documents": {"ignored": True},
}


@pytest.fixture
def draft(office: Staffed) -> FilingDraft:
    """A draft for the office's board."""
    return FilingDraft(board=office.board, language="es")


def read(draft: FilingDraft, **changed: Any) -> FilingData:
    answers = {**ANSWERS, **{key: {**ANSWERS[key], **value} for key, value in changed.items()}}
    return draftreading.filing_data(draft, answers, at=AT)


def test_answers_become_a_complaint(draft: FilingDraft) -> None:
    data = read(draft)
    assert (data.source, data.channel, data.received_at, data.attested_by) == ("public", "portal", AT, "Maya Ortiz")
    assert (data.respondent.name, data.respondent.profession) == ("Leland Prewitt", "counseling")
    person = data.complainant
    assert (person.name, person.safe_contact, person.relation, person.language) == (
        "Maya Ortiz",
        "email after six",
        "other",
        "es",
    )
    assert [(row.ground, row.narrative) for row in data.allegations] == [
        ("other", "He would not stop."),
        ("sexual_misconduct", "He would not stop."),
    ]
    assert set(data.verbatim) == {"board", "who", "what", "you", "review"}
    assert data.attestation_version == "plain-1"


def test_the_oath_stands_where_the_board_asks_for_it(draft: FilingDraft) -> None:
    set_rule(draft.board, "oath_required", True)
    assert read(draft).attestation_version == "oath-1"


def test_reporting_by_duty_is_its_own_source(draft: FilingDraft) -> None:
    data = read(draft, you={"relation": "duty"})
    assert (data.source, data.complainant.relation) == ("duty", "duty")


def test_nothing_of_an_anonymous_person_is_kept(draft: FilingDraft) -> None:
    person = read(draft, you={"anonymous": True}).complainant
    assert person.is_anonymous
    assert (person.name, person.email, person.safe_contact) == ("", "", "")


@pytest.mark.parametrize(
    ("what", "first", "last"),
    [
        ({"occurred_from": "2026-02-03"}, date(2026, 2, 3), None),
        ({"occurred_from": "2025", "occurred_to": "2025"}, date(2025, 1, 1), date(2025, 12, 31)),
        ({"occurred_from": "2024-02", "occurred_to": "2024-02"}, date(2024, 2, 1), date(2024, 2, 29)),
        ({"occurred_to": "2026"}, date(2026, 2, 1), date(2026, 3, 1)),
        ({"occurred_to": "2026-03"}, date(2026, 2, 1), date(2026, 3, 1)),
        ({"occurred_to": "2026-03-02"}, date(2026, 2, 1), date(2026, 3, 2)),
        ({"ongoing": True, "occurred_to": "2020"}, date(2026, 2, 1), date(2026, 3, 1)),
        ({"occurred_from": "", "occurred_to": None}, None, None),
    ],
)
def test_partial_dates_mean_the_first_and_the_last_day(
    draft: FilingDraft, what: dict, first: date | None, last: date | None
) -> None:
    """It is still March 1 in Texas, whatever UTC says; a month that has begun ends today."""
    claim = read(draft, what=what).allegations[0]
    assert (claim.occurred_from, claim.occurred_to) == (first, last)


@pytest.mark.parametrize("text", ["2026-13", "2026-02-30", "spring", "0", "2026-0-1"])
def test_a_date_that_cannot_be_read_is_refused(draft: FilingDraft, text: str) -> None:
    with pytest.raises(ActionRefused) as refusal:
        read(draft, what={"occurred_from": text})
    assert refusal.value.reasons == [f"The date {text} cannot be read."]


def test_without_a_board_or_agreement_nothing_is_filed(draft: FilingDraft) -> None:
    with pytest.raises(ActionRefused) as refusal:
        read(draft, review={"attested": False})
    assert refusal.value.reasons == ["Read the statement and agree to it before you file."]
    with pytest.raises(ActionRefused) as refusal:
        read(FilingDraft())
    assert refusal.value.reasons == ["Choose the board that should get your complaint."]
