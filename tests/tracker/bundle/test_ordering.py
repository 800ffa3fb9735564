"""The order a bundle begins with, and moving."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.bundle.ordering import Placed, moved, usual_order


def uid(number: int) -> UUID:
    return UUID(int=number)


def placed(number: int, mark: str = "", party: str = "", parent: int = 0, part: int = 0) -> Placed:
    return Placed(uid(number * 100 + part), number, part, uid(parent * 100) if parent else None, party, mark)


def numbers(order: list[UUID]) -> list[int]:
    return [one.int // 100 if one.int % 100 == 0 else one.int for one in order]


def test_without_marks_the_numbers_count() -> None:
    assert numbers(usual_order([placed(3), placed(1), placed(2)])) == [1, 2, 3]


@pytest.mark.parametrize(
    ("party", "marks"),
    [
        ("board", ["1", "2", "10", "11"]),
        ("respondent", ["A", "B", "Z", "AA", "BB"]),
        ("joint", ["J-1", "J-2", "J-10"]),
        ("presiding_officer", ["HO-1", "HO-2", "HO-10"]),
    ],
)
def test_marks_are_ordered_as_people_count_them(party: str, marks: list[str]) -> None:
    rows = [placed(100 - index, mark, party) for index, mark in enumerate(marks)]

    assert numbers(usual_order(list(reversed(rows)))) == [row.number for row in rows]


def test_the_board_comes_first_and_what_is_not_marked_last() -> None:
    rows = [placed(1), placed(2, "HO-1", "presiding_officer"), placed(3, "J-1", "joint"), placed(4, "A", "respondent")]
    rows += [placed(5, "9", "board"), placed(6, "?", "")]

    assert numbers(usual_order(rows)) == [5, 4, 3, 2, 6, 1]


def test_the_order_of_the_last_bundle_is_kept_and_new_ones_follow() -> None:
    rows = [placed(number) for number in (1, 2, 3, 4)]

    assert numbers(usual_order(rows, before=[uid(300), uid(100), uid(99900)])) == [3, 1, 2, 4]
    assert numbers(usual_order(rows, before=[uid(200), uid(100)])) == [2, 1, 3, 4]


def test_a_narrower_bundle_sends_nothing_to_the_end() -> None:
    rows = [placed(number, str(number), "board") for number in (1, 2, 3)]
    rows += [placed(4, "A", "respondent"), placed(5, "B", "respondent"), placed(6, "HO-1", "presiding_officer")]

    assert numbers(usual_order(rows, before=[uid(100), uid(300), uid(400), uid(600)])) == [1, 2, 3, 4, 5, 6]
    assert numbers(usual_order(rows, before=[uid(200), uid(400), uid(600)])) == [1, 2, 3, 4, 5, 6]


@given(st.permutations(range(1, 8)), st.integers(0, 7))
def test_what_was_in_the_last_bundle_keeps_its_order(order: list[int], kept: int) -> None:
    before = [uid(number * 100) for number in order[:kept]]
    found = usual_order([placed(number) for number in range(1, 8)], before=before)

    assert sorted(found) == [uid(number * 100) for number in range(1, 8)]
    assert [one for one in found if one in before] == before


def test_attachments_follow_their_mail_by_part_whatever_was_before() -> None:
    rows = [placed(1), placed(2), placed(1, parent=1, part=2), placed(1, parent=1, part=1)]

    assert usual_order(rows, before=[uid(101), uid(200)]) == [uid(200), uid(100), uid(101), uid(102)]


def test_moving_stops_at_the_ends() -> None:
    assert moved(["a", "b", "c"], "a", 1) == ["b", "a", "c"]
    assert moved(["a", "b", "c"], "a", -1) == ["a", "b", "c"]
    assert moved(["a", "b", "c"], "c", 1) == ["a", "b", "c"]
    assert moved(["a", "b", "c"], "x", 1) == ["a", "b", "c"]


@given(st.lists(st.integers(1, 60), unique=True), st.lists(st.integers(1, 80)))
def test_every_exhibit_is_there_exactly_once(found: list[int], before: list[int]) -> None:
    rows = [placed(number) for number in found]

    assert sorted(numbers(usual_order(rows, [uid(one * 100) for one in before]))) == sorted(found)
