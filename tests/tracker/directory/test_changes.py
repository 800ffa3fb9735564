"""What changed on a row, and how faults are told."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from boards.models import Board
from tracker.directory import changes
from tracker.errors import ActionRefused, OutOfScope


def test_only_what_differs_is_kept(board):
    before, after = changes.apply(board, {"phone": "512-555-0199", "city": ""}, {"phone", "city"})
    assert (before, after) == ({"phone": "512-555-0100"}, {"phone": "512-555-0199"})
    assert board.phone == "512-555-0199"


def test_a_field_that_is_not_editable_is_refused(board):
    with pytest.raises(ActionRefused, match="slug is fixed"):
        changes.apply(board, {"slug": "x"}, {"phone"})


def test_faults_name_the_field(board):
    board.email, board.process_notes = "x", {"es": "Hola"}
    with pytest.raises(ActionRefused) as caught:
        changes.check(board, ("email", "process_notes"), texts_by_language=("process_notes",))
    assert caught.value.reasons == [
        "process_notes: the English text is missing.",
        "email: Enter a valid email address.",
    ]


@pytest.mark.parametrize("key", [uuid4(), "not-an-id"])
def test_what_does_not_exist_is_out_of_scope(db, key):
    with pytest.raises(OutOfScope):
        changes.locked(Board, key)


def test_time_zones():
    changes.check_time_zone("")
    changes.check_time_zone("America/Chicago")
    with pytest.raises(ActionRefused, match="Mars/Base is not a known time zone"):
        changes.check_time_zone("Mars/Base")


def test_plain_values_fit_json():
    one = UUID(int=1)
    assert changes.plain([date(2026, 7, 1), one, 3, None]) == ["2026-07-01", str(one), 3, None]


def test_a_row_that_someone_else_added_first_is_refused_and_the_transaction_lives(board, texas):
    with pytest.raises(ActionRefused, match="Someone else has just added this"):
        changes.insert(Board(id=uuid4(), slug=board.slug, short_code="NEW", jurisdiction=texas, as_of=board.as_of))
    assert Board.objects.count() == 1
