"""Superseding a rule: a new dated row, and what bound before still does for its days."""

from datetime import date, timedelta

import pytest

from boards import queries
from boards.models import BoardRule
from tracker.directory import actions
from tracker.errors import ActionRefused, NotPermitted

RULE = {
    "key": "answer_days",
    "value": 15,
    "citation": "Code 1",
    "source_url": "https://law.example",
    "as_of": date(2026, 1, 1),
    "valid_from": date(2026, 1, 1),
}


def supersede(board, actor, at, **fields):
    return actions.supersede_rule(board.pk if board else None, **(RULE | fields), actor=actor, at=at)


def value_on(board, day):
    return queries.rule_in_force(board, "answer_days", day).value


def test_a_later_row_leaves_the_earlier_days_alone(board, administrator, at, ledger):
    first = supersede(board, administrator, at)
    supersede(board, administrator, at, value="18", valid_from=date(2026, 6, 1), citation="Code 2", reason="Amended")
    assert [value_on(board, day) for day in (date(2026, 5, 31), date(2026, 6, 1))] == [15, 18]
    assert value_on(board, date(2025, 1, 1)) == 20
    assert BoardRule.objects.get(pk=first.pk).superseded_at is None
    assert ledger.events() == ["directory.rule_superseded"] * 2
    assert ledger.last().chain == board.pk
    assert '"key":"answer_days"' in ledger.last().body
    assert "Code" not in ledger.last().body
    assert '"value":"18 calendar days"' in ledger.private()
    assert "Amended" in ledger.private()


def test_a_correction_of_the_same_day_takes_the_row_s_place_without_overwriting_it(board, administrator, at, ledger):
    first = supersede(board, administrator, at)
    second = supersede(board, administrator, at, value=16)
    first.refresh_from_db()
    assert (first.value, first.superseded_at) == (15, at)
    assert value_on(board, date(2026, 7, 1)) == 16
    assert f'"superseded":["{first.pk}"]' in ledger.last().body
    assert set(queries.rule_history(board, "answer_days")) == {first, second}


def test_an_earlier_row_replaces_the_later_ones(board, administrator, at):
    supersede(board, administrator, at)
    supersede(board, administrator, at, value=25, valid_from=date(2025, 1, 1))
    assert value_on(board, date(2026, 7, 1)) == 25


def test_a_default_row_binds_every_board_without_its_own(board, other_board, administrator, at, ledger):
    supersede(None, administrator, at, value=22)
    supersede(board, administrator, at)
    assert (value_on(board, date(2026, 7, 1)), value_on(other_board, date(2026, 7, 1))) == (15, 22)
    assert ledger.events() == ["directory.rule_superseded"] * 2


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"key": "answer_weeks"}, "answer_weeks: there is no setting named answer_weeks."),
        ({"value": "soon"}, "Answer to charges: must be a whole number"),
        ({"citation": " "}, "A rule needs its citation"),
        ({"as_of": date.today() + timedelta(days=2)}, "as of a day in the future"),
    ],
)
def test_a_bad_rule_is_refused_and_writes_nothing(board, administrator, at, ledger, fields, says):
    first = supersede(board, administrator, at)
    with pytest.raises(ActionRefused, match=says):
        supersede(board, administrator, at, **({"value": 16} | fields))
    assert list(BoardRule.objects.filter(superseded_at=None)) == [first]
    assert ledger.events() == ["directory.rule_superseded"]


def test_saying_the_same_again_is_refused(board, administrator, at):
    supersede(board, administrator, at)
    with pytest.raises(ActionRefused, match="already says so"):
        supersede(board, administrator, at)


def test_only_administrators_set_rules(board, other_board, administrator, outsider, at):
    for actor, target in ((outsider, board), (outsider, None), (administrator, other_board)):
        with pytest.raises(NotPermitted):
            supersede(target, actor, at)
    assert not BoardRule.objects.exists()
