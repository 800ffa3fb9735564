"""Numbers without gaps, and codes whose typos are told without a look-up."""

from datetime import date
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.cases import set_rule
from tests.factories.office import make_board
from tracker.cases import numbering
from tracker.cases.models import Counter

signs = st.sampled_from(numbering.ALPHABET)
bodies = st.text(numbering.ALPHABET, min_size=20, max_size=20)
RECEIVED = date(2026, 3, 2)


def code_of(body: str) -> str:
    return body + numbering.check_character(body)


@given(bodies, st.integers(0, 20), signs)
def test_every_single_wrong_sign_is_told(body: str, place: int, sign: str) -> None:
    code = code_of(body)
    wrong = code[:place] + sign + code[place + 1 :]
    assert numbering.is_well_formed(wrong) is (wrong == code)


@given(bodies, st.integers(0, 20), st.integers(0, 20))
def test_every_swap_of_two_signs_is_told(body: str, first: int, second: int) -> None:
    swapped = list(code_of(body))
    swapped[first], swapped[second] = swapped[second], swapped[first]
    wrong = "".join(swapped)
    assert numbering.is_well_formed(wrong) is (wrong == code_of(body))


def test_the_last_two_signs_cannot_be_swapped_unseen() -> None:
    for last in numbering.ALPHABET:
        code = code_of("A" * 19 + last)
        swapped = code[:19] + code[20] + code[19]
        assert numbering.is_well_formed(swapped) is (swapped == code)


@given(bodies)
def test_a_missing_and_a_further_sign_are_told(body: str) -> None:
    assert numbering.is_well_formed(code_of(body))
    assert not numbering.is_well_formed(code_of(body)[:-1])
    assert not numbering.is_well_formed(code_of(body) + "0")


def test_a_code_is_random_grouped_and_well_formed() -> None:
    codes = {numbering.new_code() for _ in range(50)}
    assert len(codes) == 50
    for code in codes:
        assert [len(group) for group in code.split("-")] == [4, 4, 4, 4, 4, 1]
        assert numbering.is_well_formed(code)


def test_codes_are_typed_as_people_type() -> None:
    code = code_of("0123456789ABCDEFGHJK")
    typed = code.lower().replace("0", "o").replace("1", "l")
    assert numbering.plain(f"  {numbering.grouped(typed)} ") == code
    assert numbering.hash_code(typed) == numbering.hash_code(code)
    assert numbering.is_well_formed(numbering.grouped(typed))


@pytest.mark.parametrize("typed", ["", "U" * 21, "é" * 21, "١" * 21, "0" * 2000, "\x00"])
def test_what_cannot_be_a_code_is_not_one(typed: str) -> None:
    assert not numbering.is_well_formed(typed)


def test_a_draft_code_always_gives_the_same_tracking_code(settings: object) -> None:
    draft = numbering.new_code()
    code = numbering.code_from(draft)
    assert numbering.is_well_formed(code)
    assert numbering.code_from(draft.lower()) == code
    assert numbering.code_from(numbering.new_code()) != code
    settings.SECRET_KEY = "another"
    assert numbering.code_from(draft) != code


@pytest.mark.django_db
def test_a_number_that_was_rolled_back_is_given_again() -> None:
    assert numbering.next_number("k") == 1
    with transaction.atomic():
        assert numbering.next_number("k") == 2
        transaction.set_rollback(True)
    assert numbering.next_number("k") == 2
    assert numbering.next_number("other") == 1


@pytest.mark.django_db
def test_dockets_run_per_board_and_year() -> None:
    texas, ohio = make_board(), make_board("oh-cswmft", "CSWMFT")
    made = [numbering.next_docket(board, day) for board in (texas, ohio) for day in (RECEIVED, date(2025, 12, 31))]
    assert made == ["BHEC-2026-00001", "BHEC-2025-00001", "CSWMFT-2026-00001", "CSWMFT-2025-00001"]
    assert numbering.next_docket(texas, RECEIVED) == "BHEC-2026-00002"


@pytest.mark.django_db
@pytest.mark.parametrize("pattern", ["{BOARD}-{seq:04d}", "{YYYY}-{seq:04d}", "C{seq:04d}"])
def test_a_format_that_names_less_never_gives_a_docket_twice(pattern: str) -> None:
    boards = [make_board(), make_board("oh-cswmft", "CSWMFT")]
    for board in boards:
        set_rule(board, "docket_format", pattern)
    days = [RECEIVED, date(2025, 3, 2), date(2026, 3, 3)]
    made = [numbering.next_docket(board, day) for board in boards for day in days]
    assert len(set(made)) == len(made)


@pytest.mark.django_db
def test_the_format_is_that_of_the_day_of_receipt() -> None:
    board = make_board()
    set_rule(board, "docket_format", "N-{YYYY}-{seq}", valid_from=date(2026, 1, 1))
    assert numbering.next_docket(board, date(2025, 12, 31)) == "BHEC-2025-00001"
    assert numbering.next_docket(board, RECEIVED) == "N-2026-1"
    assert Counter.objects.count() == 2


@pytest.mark.django_db
def test_allegations_are_numbered_per_case() -> None:
    first, second = UUID(int=1), UUID(int=2)
    assert [numbering.next_allegation(pk) for pk in (first, first, second)] == [1, 2, 1]
