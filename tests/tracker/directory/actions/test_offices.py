"""Acts on boards and closed days: done, refused, and the line each leaves."""

from datetime import date, timedelta

import pytest

from boards.models import Board, ClosedDay
from tracker.directory import actions
from tracker.errors import ActionRefused, NotPermitted

CALENDAR = {"date": date(2026, 12, 24), "name": "Christmas Eve", "source": "Office calendar"}


def edit(board, administrator, at, **changes):
    return actions.edit_board(board.pk, changes=changes, actor=administrator, at=at)


def test_editing_a_board_keeps_old_and_new_in_the_private_part(board, administrator, at, ledger):
    edit(board, administrator, at, phone="512-555-0199", process_notes={"en": "Short note."})
    board.refresh_from_db()
    assert (board.phone, board.process_note, board.as_of) == ("512-555-0199", "Short note.", at.date())
    assert ledger.events() == ["directory.board_edited"]
    assert (ledger.last().board_id, ledger.last().chain) == (board.pk, board.pk)
    assert '"fields":["phone","process_notes"]' in ledger.last().body
    assert "512-555" not in ledger.last().body
    assert "512-555-0100" in ledger.private()
    assert "512-555-0199" in ledger.private()


def test_an_edit_that_changes_nothing_leaves_nothing(board, administrator, at, ledger):
    edit(board, administrator, at, phone=board.phone, professions=[craft.pk for craft in board.professions.all()])
    assert ledger.events() == []
    assert Board.objects.get(pk=board.pk).as_of == date(2026, 1, 1)


def test_professions_are_set_by_id(board, psychology, administrator, at, ledger):
    edit(board, administrator, at, professions=[psychology.pk])
    assert [craft.key for craft in board.professions.all()] == ["psychology"]
    assert "psychology" in ledger.private()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"slug": "tx-x"}, "slug is fixed"),
        ({"short_code": "X"}, "short_code is fixed"),
        ({"jurisdiction": None}, "jurisdiction is fixed"),
        ({"email": "x"}, "email: Enter a valid email address."),
        ({"website": "javascript:alert(1)"}, "website: Enter a valid URL."),
        ({"files_online": "perhaps"}, "not a valid choice"),
        ({"name": "Board TWO"}, "already exists"),
        ({"time_zone": "Mars/Base"}, "Mars/Base is not a known time zone"),
        ({"process_notes": {"es": "Nota"}}, "the English text is missing"),
        ({"professions": []}, "at least one known profession"),
    ],
)
def test_a_bad_edit_is_refused_and_writes_nothing(board, other_board, administrator, at, ledger, changes, says):
    with pytest.raises(ActionRefused, match=says):
        edit(board, administrator, at, **({"phone": "512-555-0199"} | changes))
    assert ledger.events() == []
    assert Board.objects.get(pk=board.pk).phone == "512-555-0100"


@pytest.mark.parametrize("days", [1, -4000])
def test_facts_are_as_of_a_day_between_those_known_and_today(board, administrator, at, days):
    with pytest.raises(ActionRefused, match="as of a day in the future"):
        actions.edit_board(
            board.pk,
            changes={"phone": "512-555-0199"},
            as_of=at.date() + timedelta(days=days),
            actor=administrator,
            at=at,
        )


def test_only_an_administrator_of_that_board_edits_it(board, other_board, administrator, outsider, at, ledger):
    for actor, target in ((outsider, board), (administrator, other_board)):
        with pytest.raises(NotPermitted):
            actions.edit_board(target.pk, changes={"phone": "512-555-0199"}, actor=actor, at=at)
    assert ledger.events() == []


def test_a_closed_day_of_a_board_and_of_a_jurisdiction(board, texas, administrator, at, ledger):
    own = actions.add_closed_day(**CALENDAR, board_id=board.pk, actor=administrator, at=at)
    assert ledger.last().chain == board.pk
    assert "Christmas" not in ledger.last().body
    assert "Christmas Eve" in ledger.private()
    shared = actions.add_closed_day(**CALENDAR, jurisdiction_id=texas.pk, actor=administrator, at=at)
    assert ledger.last().board_id is None
    assert own.reviewed
    assert shared.reviewed


@pytest.mark.parametrize(
    ("offices", "fields", "says"),
    [
        ((), {}, "one board or to one jurisdiction"),
        (("board", "jurisdiction"), {}, "one board or to one jurisdiction"),
        (("board",), {"name": " "}, "name: This field cannot be blank."),
        (("board",), {"source": ""}, "source: This field cannot be blank."),
    ],
)
def test_a_bad_closed_day_is_refused(board, texas, administrator, at, ledger, offices, fields, says):
    ids = {"board": {"board_id": board.pk}, "jurisdiction": {"jurisdiction_id": texas.pk}}
    given = {name: value for office in offices for name, value in ids[office].items()}
    with pytest.raises(ActionRefused, match=says):
        actions.add_closed_day(**(CALENDAR | fields), **given, actor=administrator, at=at)
    assert ledger.events() == []
    assert not ClosedDay.objects.exists()


def test_the_same_day_twice_is_refused(board, administrator, at):
    actions.add_closed_day(**CALENDAR, board_id=board.pk, actor=administrator, at=at)
    with pytest.raises(ActionRefused, match="2026-12-24 is already a closed day"):
        actions.add_closed_day(**CALENDAR, board_id=board.pk, actor=administrator, at=at)


def test_reviewing_and_retracting(board, texas, administrator, outsider, at, ledger):
    day = ClosedDay.objects.create(jurisdiction=texas, date=date(2026, 4, 3), name="Good Friday", source="list")
    with pytest.raises(NotPermitted):
        actions.review_closed_day(day.pk, actor=outsider, at=at)
    assert actions.review_closed_day(day.pk, actor=administrator, at=at).reviewed
    with pytest.raises(ActionRefused, match="checked before"):
        actions.review_closed_day(day.pk, actor=administrator, at=at)
    with pytest.raises(ActionRefused, match="A reason is needed"):
        actions.retract_closed_day(day.pk, reason=" ", actor=administrator, at=at)
    actions.retract_closed_day(day.pk, reason="The office works.", actor=administrator, at=at)
    with pytest.raises(ActionRefused, match="retracted already"):
        actions.retract_closed_day(day.pk, reason="Again", actor=administrator, at=at)
    assert ledger.events() == ["directory.closed_day_reviewed", "directory.closed_day_retracted"]
    assert "The office works." in ledger.private()
    actions.add_closed_day(
        date=day.date, name="Good Friday", source="Office", jurisdiction_id=texas.pk, actor=administrator, at=at
    )
