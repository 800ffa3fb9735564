"""Files that came in twice: what one exhibit withholds the other may show."""

import pytest

from tests.tracker.bundle.gathering import draft, give_redacted_copy, on_record, restrict

pytestmark = pytest.mark.django_db
WORDS = "Exhibit E-1 is not shown whole, but E-2 is the same file and shows more of it."


@pytest.fixture
def twins(receive):
    """E-1 and E-2, the same file."""
    return receive(pages=2, title="Session notes"), receive(pages=2, title="Session notes")


def told(case, edition="board", **values):
    return [note for note in draft(case, edition, **values).notes if "the same file" in note]


def test_the_same_file_shown_twice_needs_no_word(case, twins):
    assert twins[0].stored_file_id == twins[1].stored_file_id
    assert told(case) == []


def test_an_exhibit_withheld_whole_is_told_with_its_open_twin(case, twins):
    (note,) = told(case, withheld={twins[0].pk: "W-1"})
    assert note.startswith(WORDS)
    assert told(case, withheld={twins[0].pk: "W-1", twins[1].pk: "W-1"}) == []
    assert told(case, withheld={twins[0].pk: "W-1"}, chosen=[twins[0].pk]) == []


def test_pages_kept_out_of_one_are_told_until_they_are_kept_out_of_both(case, twins, counsel):
    restrict(twins[0], counsel)
    (note,) = told(case)
    assert note.startswith(WORDS)
    restrict(twins[1], counsel)
    assert told(case) == []


def test_areas_redacted_in_one_are_told_where_redacted_copies_are_shown(case, twins, counsel):
    for twin in twins:
        on_record(twin, counsel)
    give_redacted_copy(twins[0], (1, "R-1"))
    assert told(case) == []  # the board's own edition shows the whole copies
    (note,) = told(case, "hearing")
    assert note.startswith(WORDS)
