"""Why a complaint cannot be filed, in whole sentences."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from tracker.cases.filingdata import (
    AllegationData,
    ComplainantData,
    FilingData,
    RespondentData,
    allegation_faults,
    faults,
)

AT = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
CLAIM = AllegationData("other", "He would not let me stop.", date(2026, 2, 2), date(2026, 2, 9))
WHOLE = FilingData(
    board_id=UUID(int=1),
    draft_id=UUID(int=2),
    source="public",
    channel="mail",
    received_at=AT,
    complainant=ComplainantData(name="Maya Ortiz", relation="client"),
    respondent=RespondentData(name="Leland Prewitt"),
    allegations=(CLAIM,),
    attestation_version="plain-1",
    attestation_text="True.",
    attested_by="Maya Ortiz",
)


def found(*, anonymous: bool = True, oath: bool = False, **fields: object) -> list[str]:
    data = replace(WHOLE, **fields)
    return faults(data, at=AT, today=TODAY, anonymous_allowed=anonymous, oath_required=oath)


def test_a_whole_complaint_has_no_faults() -> None:
    assert found() == []
    assert found(oath=True) == []


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"respondent": RespondentData(name=" \n")}, "Name the person the complaint is about."),
        ({"allegations": ()}, "Choose at least one ground."),
        ({"source": "rumor"}, "The source of the complaint is not known: rumor."),
        ({"channel": "pigeon"}, "The channel of the complaint is not known: pigeon."),
        ({"received_at": AT + timedelta(minutes=3)}, "The day of receipt cannot be in the future."),
        ({"received_at": datetime(1899, 12, 31, tzinfo=UTC)}, "The day of receipt is before 1900."),
        ({"complainant": None}, "Say who complains, or that the complaint is anonymous."),
        (
            {"complainant": ComplainantData(name="M", relation="aunt")},
            "The relation of the complainant is not known: aunt.",
        ),
        ({"complainant": ComplainantData(name=" ")}, "Give the complainant's name."),
        ({"attested_by": " "}, "The complaint must be signed: type the name under the statement."),
    ],
)
def test_each_fault_is_told(fields: dict, sentence: str) -> None:
    assert found(**fields) == [sentence]


def test_all_faults_are_told_together() -> None:
    assert len(found(respondent=RespondentData(name=""), allegations=(), attested_by="")) == 3


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        (replace(CLAIM, narrative=" "), "Say in words what happened."),
        (replace(CLAIM, occurred_to=date(2026, 3, 3)), "A date of what happened cannot be in the future."),
        (replace(CLAIM, occurred_from=date(1899, 12, 31)), "A date of what happened cannot be before 1900."),
        (replace(CLAIM, occurred_from=date(2026, 2, 10)), "The last day cannot be before the first day."),
    ],
)
def test_claims_need_words_and_possible_dates(claim: AllegationData, sentence: str) -> None:
    assert allegation_faults(claim, TODAY) == [sentence]
    assert found(allegations=(CLAIM, claim)) == [sentence]


def test_dates_may_be_unknown() -> None:
    assert allegation_faults(AllegationData("other", "Words."), TODAY) == []
    assert allegation_faults(AllegationData("other", "Words.", None, TODAY), TODAY) == []


def test_two_wrong_days_of_one_claim_are_one_sentence() -> None:
    future = replace(CLAIM, occurred_from=date(2027, 1, 1), occurred_to=date(2027, 1, 2))
    assert allegation_faults(future, TODAY) == ["A date of what happened cannot be in the future."]


def test_an_anonymous_complaint_needs_a_board_that_takes_it() -> None:
    nobody = ComplainantData(is_anonymous=True)
    assert found(complainant=nobody, attested_by="") == []
    assert found(complainant=nobody, anonymous=False) == ["This board does not take complaints without a name."]
    assert found(complainant=nobody, oath=True) == [
        "This board needs a statement under oath, and an oath needs a name."
    ]


def test_the_board_itself_may_move_without_a_complainant() -> None:
    assert found(complainant=None, source="board_motion") == []
