"""Names that leave the board in no edition: the respondents of companion cases whom nobody has charged."""

from datetime import timedelta

import pytest

from tests.tracker.bundle.conftest import AT
from tests.tracker.bundle.gathering import draft, give_redacted_copy, give_text, on_record, person, words_of
from tracker.cases.models import Case, CaseLink
from tracker.cases.states import Stage, Status
from tracker.evidence.models import Exhibit

NAMES = "Exhibit E-1 names who is masked in this edition on page 2: redact or withhold them."


def companion(case, name, of=None):
    """A case of the same complaint against somebody else, linked with the case or with another companion."""
    dates = {"received_at": AT - timedelta(days=9), "status_since": AT, "moved_at": AT}
    docket = f"BHEC-2026-0000{Case.objects.count() + 1}"
    where = {"stage": Stage.INVESTIGATION, "status": Status.INVESTIGATING}
    other = Case.objects.create(board=case.board, docket=docket, **where, **dates)
    CaseLink.objects.create(board=case.board, case=other, other=of or case, kind="same_complaint", linked_at=AT)
    person(other, "respondent", name, email=f"{name.split()[-1].lower()}@clinic.example")
    return other


@pytest.fixture
def exhibit(case, counsel, receive):
    """On the record; its second page and what is said of it name Ines Farrow."""
    exhibit = receive(2, title="Letter of Ines Farrow to Robin Vale", source="farrow@clinic.example")
    give_text(exhibit, "Dear Board,", "Ines Farrow knew of it.")
    on_record(exhibit, counsel)
    return exhibit


@pytest.mark.parametrize("edition", ["respondent", "public"])
def test_what_leaves_the_board_does_not_name_who_is_not_charged(case, exhibit, edition):
    other = companion(case, "Ines Farrow")
    drafted = draft(case, edition)

    assert drafted.is_masked
    assert drafted.exhibits[0].title == "Letter of [Other licensee] to Robin Vale"
    assert drafted.exhibits[0].source == "[Other licensee]"
    assert NAMES in drafted.reasons
    give_redacted_copy(exhibit, (2, "R-1"))
    assert "farrow" not in words_of(draft(case, edition)).casefold()
    # The other docket names its own respondent, and this one is charged.
    Case.objects.filter(pk=other.pk).update(charged_at=AT)
    assert draft(case, edition).exhibits[0].title == "Letter of Ines Farrow to Robin Vale"


def test_a_companion_of_a_companion_is_masked_too(case, exhibit):
    first = companion(case, "Lee Able")
    companion(case, "Ines Farrow", of=first)

    assert draft(case, "public").exhibits[0].title == "Letter of [Other licensee] to Robin Vale"


def test_the_board_and_the_hearing_read_the_name(case, exhibit):
    companion(case, "Ines Farrow")

    for edition in ("board", "hearing"):
        assert draft(case, edition).exhibits[0].title == "Letter of Ines Farrow to Robin Vale"


def test_a_respondent_of_both_dockets_keeps_the_name(case, exhibit):
    companion(case, "Robin Vale")

    assert draft(case, "respondent").exhibits[0].title == "Letter of Ines Farrow to Robin Vale"


def test_a_redacted_copy_that_stayed_behind_is_told(case, exhibit, receive, counsel):
    source = receive(2)
    Exhibit.objects.filter(pk=source.pk).update(case=companion(case, "Lee Able"), number=9)
    Exhibit.objects.filter(pk=exhibit.pk).update(shares=source)
    note = "Exhibit E-1 came by reference, and its redacted copy stayed behind. Redact it here where it must be."
    assert note not in draft(case, "respondent").notes
    give_redacted_copy(source, (1, "R-1"))

    assert note in draft(case, "respondent").notes
    assert note not in draft(case, "board").notes
    give_redacted_copy(exhibit, (2, "R-1"))
    assert note not in draft(case, "respondent").notes
