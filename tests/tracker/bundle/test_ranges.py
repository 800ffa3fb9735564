"""The numbers of a case."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tracker.bundle.ranges import Book, Range


def spans(book):
    return [(row.exhibit_id, row.first, row.last, row.is_retired) for row in book.ranges]


def test_the_first_range_begins_where_the_rule_says():
    book = Book(start=41).reserve([("a", 2), ("b", 1)])

    assert spans(book) == [("a", 41, 42, False), ("b", 43, 43, False)]
    assert book.next_number == 44


def test_a_later_rule_does_not_move_the_numbers():
    book = Book((Range("a", 1, 2),), start=900).reserve([("b", 1)])

    assert spans(book)[1] == ("b", 3, 3, False)


def test_another_count_of_pages_gets_a_new_range_at_the_end():
    book = Book().reserve([("a", 1), ("b", 4)])
    after = book.reserve([("b", 4), ("a", 3), ("c", 1)])

    assert spans(after) == [("a", 1, 1, True), ("b", 2, 5, False), ("a", 6, 8, False), ("c", 9, 9, False)]
    assert after.held("a").count == 3
    assert after.fitting("a", 3) == Range("a", 6, 8)
    assert after.fitting("a", 4) is None
    assert after.held("z") is None


FREEZES = st.lists(st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(1, 9)), max_size=8), max_size=8)


@given(FREEZES, st.integers(1, 5000))
def test_ranges_follow_each_other_and_are_never_changed(freezes, start):
    book = Book(start=start)
    for wanted in freezes:
        before, book = book, book.reserve(wanted)
        for old, new in zip(before.ranges, book.ranges, strict=False):
            assert (old.exhibit_id, old.first, old.last) == (new.exhibit_id, new.first, new.last)
            assert new.is_retired or not old.is_retired
        for exhibit_id, count in dict(wanted).items():
            assert book.fitting(exhibit_id, count)
    assert all(left.last + 1 == right.first for left, right in pairwise(book.ranges))
    assert not book.ranges or book.ranges[0].first == start
    in_use = [row.exhibit_id for row in book.ranges if not row.is_retired]
    assert len(in_use) == len(set(in_use))
