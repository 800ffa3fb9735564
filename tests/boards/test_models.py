"""What the database itself refuses, and what a row says of itself."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import override

from boards import ids
from boards.models import Board, BoardRule, ClosedDay, Ground, Jurisdiction, NpdbCode

pytestmark = pytest.mark.django_db
AT = datetime(2026, 7, 1, 12, tzinfo=UTC)


@pytest.fixture
def texas():
    return Jurisdiction.objects.create(
        id=ids.of("jurisdiction", "TX"), code="TX", name="Texas", time_zone="America/Chicago"
    )


def make_board(place, slug="tx-one", code="ONE", **fields):
    given = {"name": f"Board {slug}", "as_of": date(2026, 7, 1)} | fields
    return Board.objects.create(id=ids.of("board", slug), slug=slug, short_code=code, jurisdiction=place, **given)


def make_rule(board, **fields):
    given = {
        "key": "answer_days",
        "value": 15,
        "as_of": AT.date(),
        "valid_from": date(2026, 1, 1),
        "recorded_at": AT,
    }
    return BoardRule.objects.create(board=board, **(given | fields))


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"code": "one"}, "board_short_code_upper"),
        ({"code": ""}, "board_short_code_upper"),
        ({"slug": "TX-One"}, "board_slug_lower"),
        ({"files_online": "perhaps"}, "board_answers_known"),
        ({"written_required": ""}, "board_answers_known"),
    ],
)
def test_a_board_the_database_refuses(texas, fields, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        make_board(texas, **fields)


@pytest.mark.parametrize("same", [{"slug": "tx-one"}, {"code": "ONE"}, {"name": "Board tx-one"}])
def test_slug_short_code_and_name_are_unique(texas, same):
    make_board(texas)
    with pytest.raises(IntegrityError):
        make_board(texas, **({"slug": "tx-two", "code": "TWO"} | same))


def test_a_board_with_rules_cannot_be_deleted(texas):
    board = make_board(texas)
    make_rule(board)
    with pytest.raises(ProtectedError):
        board.delete()
    with pytest.raises(ProtectedError):
        texas.delete()


def test_one_rule_per_board_key_and_day_unless_superseded(texas):
    board = make_board(texas)
    make_rule(board, superseded_at=AT)
    make_rule(board)
    make_rule(board, valid_from=date(2026, 2, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        make_rule(board)
    make_rule(None)
    with pytest.raises(IntegrityError):
        make_rule(None)


def test_a_rule_is_not_superseded_before_it_was_recorded(texas):
    with pytest.raises(IntegrityError, match="rule_superseded_after_recorded"):
        make_rule(None, superseded_at=datetime(2026, 6, 1, tzinfo=UTC))


@pytest.mark.parametrize("offices", [(False, False), (True, True)])
def test_a_closed_day_belongs_to_one_office(texas, offices):
    by_place, by_board = offices
    board = make_board(texas)
    with pytest.raises(IntegrityError, match="closed_day_of_one_office"):
        ClosedDay.objects.create(
            jurisdiction=texas if by_place else None,
            board=board if by_board else None,
            date=date(2026, 7, 4),
            name="Day",
            source="calendar",
        )


def test_a_closed_day_stands_once_per_office_unless_retracted(texas):
    given = {"jurisdiction": texas, "date": date(2026, 7, 4), "name": "Day", "source": "calendar"}
    ClosedDay.objects.create(**given, retracted_at=AT)
    ClosedDay.objects.create(**given)
    with pytest.raises(IntegrityError):
        ClosedDay.objects.create(**given)


def test_a_code_is_not_retired_before_its_first_use():
    with pytest.raises(IntegrityError, match="npdb_code_retired_after_first_use"):
        NpdbCode.objects.create(
            id=ids.of("npdb", "basis", "01"),
            kind="basis",
            code="01",
            label="Old",
            first_use=date(2020, 1, 1),
            retired_on=date(2019, 1, 1),
        )


def test_a_board_has_its_own_zone_or_that_of_its_jurisdiction(texas):
    assert make_board(texas).zone.key == "America/Chicago"
    assert make_board(texas, "tx-two", "TWO", time_zone="America/Denver").zone.key == "America/Denver"


def test_words_come_in_the_reader_s_language():
    ground = Ground(key="other", labels={"en": "Something else", "es": "Otra cosa"}, help_texts={"en": "Help"})
    with override("es"):
        assert (ground.label, ground.help_text, ground.helps_board) == ("Otra cosa", "Help", "")
    with override("en-us"):
        assert str(ground) == "Something else"


def test_sources_are_listed(texas):
    board = make_board(texas, source_url="https://a.example;https://b.example")
    assert board.sources == ["https://a.example", "https://b.example"]
    assert (board.process_note, board.filing_deadline_note) == ("", "")
