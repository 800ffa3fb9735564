"""Rules as a table for people."""

from datetime import date

from boards import rules
from boards.models import BoardRule
from tests.factories.offices import make_rule
from tracker.web.admin import ruletable
from tracker.web.admin.ruletable import RuleState

TODAY = date(2026, 6, 3)


def test_every_setting_has_a_row_even_without_a_board(db):
    assert [row.key for row in ruletable.rows_of(None, TODAY)] == list(rules.RULES)
    assert {row.state for row in ruletable.rows_of(None, TODAY)} == {RuleState.DEFAULT}


def test_a_row_tells_its_source_and_how_to_supersede_it(office):
    make_rule(office.board, "ack_days", 5, source_url="https://law.example/a?b=1;not a page")

    row = next(row for row in ruletable.rows_of(office.board, TODAY) if row.key == "ack_days")

    assert (row.value, row.since, row.citation) == ("5 calendar days", date(2020, 1, 1), "22 TAC 884.10")
    assert [source.host for source in row.sources] == ["law.example", "not a page"]
    assert row.supersede_url == f"/admin/boards/boardrule/add/?board={office.board.pk}&key=ack_days"
    assert row.look.word == "In force"


def test_the_table_takes_three_queries(office, django_assert_num_queries):
    make_rule(office.board, "ack_days", 5)
    make_rule(office.board, "mail_days", 3, valid_from=date(2030, 1, 1))
    with django_assert_num_queries(3):
        ruletable.rows_of(office.board, TODAY)


def test_states_of_rows(office):
    def row(**fields):
        made = make_rule(fields.pop("board", office.board), "ack_days", 5, **fields)
        return ruletable.with_state(BoardRule.objects.filter(pk=made.pk), TODAY)

    old, new = row(valid_from=date(2019, 1, 1)), row(valid_from=date(2021, 1, 1))
    to_come, default = row(valid_from=date(2026, 6, 4)), row(board=None, citation="")
    states = [ruletable.state_of(one.get(), TODAY) for one in (old, new, to_come, default)]

    assert states == [RuleState.SUPERSEDED, RuleState.IN_FORCE, RuleState.NOT_YET, RuleState.DEFAULT]
    for one, state in zip((old, new, to_come, default), states, strict=True):
        assert [ruletable.in_state(one, other, TODAY).exists() for other in RuleState] == [
            other == state for other in RuleState
        ]
