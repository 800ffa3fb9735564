"""Which rule binds on which day, which days are closed, which boards take a complaint; with query counts."""

from datetime import UTC, date, datetime

import pytest

from boards import ids, queries, rules
from boards.models import Board, BoardRule, ClosedDay, Ground, Jurisdiction, Profession

pytestmark = pytest.mark.django_db
AT = datetime(2026, 7, 1, 12, tzinfo=UTC)


@pytest.fixture
def texas():
    return Jurisdiction.objects.create(
        id=ids.of("jurisdiction", "TX"), code="TX", name="Texas", time_zone="America/Chicago"
    )


@pytest.fixture
def board(texas):
    return make_board(texas, "tx-one", "ONE", hosted=True)


def make_board(place, slug, code, **fields):
    given = {"name": slug, "as_of": date(2026, 7, 1)} | fields
    return Board.objects.create(id=ids.of("board", slug), slug=slug, short_code=code, jurisdiction=place, **given)


def make_rule(board, value, valid_from, *, key="answer_days", superseded_at=None, citation=""):
    return BoardRule.objects.create(
        board=board,
        key=key,
        value=value,
        citation=citation,
        source_url="https://law.example",
        as_of=date(2026, 1, 1),
        valid_from=valid_from,
        recorded_at=datetime(2026, 1, 1, tzinfo=UTC),
        superseded_at=superseded_at,
    )


def in_force(board, on, key="answer_days"):
    one, all_of_them = queries.rule_in_force(board, key, on), queries.rules_in_force(board, on)
    assert one == all_of_them[key]
    return one


def test_without_rows_the_built_in_default_binds_and_says_so(board):
    found = in_force(board, date(2026, 7, 1))
    assert (found.value, found.is_default, found.rule_id) == (20, True, None)


def test_a_default_row_wins_over_the_built_in_one_and_a_board_row_over_both(board):
    default = make_rule(None, 25, date(2026, 1, 1))
    assert in_force(board, date(2026, 7, 1)).rule_id == default.pk
    own = make_rule(board, 15, date(2020, 1, 1), citation="Code 1")
    found = in_force(board, date(2026, 7, 1))
    assert (found.value, found.rule_id, found.citation) == (15, own.pk, "Code 1")
    assert (found.is_default, found.is_board_row) == (False, True)
    assert in_force(None, date(2026, 7, 1)).value == 25


def test_the_latest_row_valid_on_the_day_binds(board):
    make_rule(board, 15, date(2020, 1, 1))
    make_rule(board, 18, date(2026, 6, 1))
    make_rule(board, 30, date(2027, 1, 1))
    assert [in_force(board, day).value for day in (date(2026, 5, 31), date(2026, 6, 1), date(2027, 1, 1))] == [
        15,
        18,
        30,
    ]
    assert in_force(board, date(2019, 12, 31)).is_default


def test_a_superseded_row_never_binds(board):
    make_rule(board, 15, date(2020, 1, 1))
    make_rule(board, 99, date(2026, 6, 1), superseded_at=AT)
    assert in_force(board, date(2026, 7, 1)).value == 15


def test_another_board_s_rows_do_not_matter(texas, board):
    make_rule(make_board(texas, "tx-two", "TWO"), 99, date(2020, 1, 1))
    assert in_force(board, date(2026, 7, 1)).is_default


def test_an_unknown_key_is_an_error_and_an_unknown_row_is_ignored(board):
    make_rule(board, 1, date(2020, 1, 1), key="gone_days")
    assert "gone_days" not in queries.rules_in_force(board, date(2026, 7, 1))
    with pytest.raises(KeyError):
        queries.rule_in_force(board, "never_days", date(2026, 7, 1))


@pytest.mark.parametrize("rows", [1, 30])
def test_all_rules_of_a_day_cost_one_query(board, rows, django_assert_num_queries):
    for month in range(rows):
        make_rule(board, 15, date(2020 + month // 12, month % 12 + 1, 1))
    with django_assert_num_queries(1):
        assert set(queries.rules_in_force(board, date(2026, 7, 1))) == set(rules.RULES)


def test_history_shows_every_row_newest_first(board):
    old, new = make_rule(board, 15, date(2020, 1, 1)), make_rule(board, 18, date(2026, 6, 1))
    gone = make_rule(board, 99, date(2026, 6, 1), superseded_at=AT)
    assert set(queries.rule_history(board, "answer_days")) == {old, new, gone}
    assert queries.rule_history(board, "answer_days").last() == old


def close(day, name, **fields):
    return ClosedDay.objects.create(date=day, name=name, source="calendar", **fields)


def test_closed_days_of_jurisdiction_and_board(texas, board):
    other = make_board(texas, "tx-two", "TWO")
    close(date(2026, 7, 4), "Fourth", jurisdiction=texas)
    close(date(2026, 7, 6), "Move", board=board)
    close(date(2026, 7, 7), "Not ours", board=other)
    close(date(2026, 7, 8), "Open after all", jurisdiction=texas, retracted_at=AT)
    close(date(2026, 7, 4), "Our own name", board=board)
    close(date(2026, 8, 1), "Later", jurisdiction=texas)
    assert queries.closed_days(board, date(2026, 7, 4), date(2026, 7, 31)) == {
        date(2026, 7, 4): "Our own name",
        date(2026, 7, 6): "Move",
    }


def test_a_due_date_with_its_reason_costs_two_queries(board, texas, django_assert_num_queries):
    make_rule(board, 30, date(2020, 1, 1), key="response_days", citation="22 TAC 884.10")
    close(date(2026, 8, 3), "Office move", board=board)
    with django_assert_num_queries(2):
        found = queries.due(board, "response_days", starts_on=date(2026, 7, 2), start_label="service")
    assert found.due_on == date(2026, 8, 4)
    assert found.explanation == (
        "30 calendar days from service (Jul 2, 2026) end on Sat Aug 1, so it moves to Tue Aug 4; "
        "closed days skipped: Mon Aug 3 (Office move); rule: Response of the licensee, 22 TAC 884.10."
    )


def test_the_response_may_count_business_days_and_mail(board):
    make_rule(board, 20, date(2020, 1, 1), key="response_days")
    make_rule(board, "business", date(2020, 1, 1), key="response_day_kind")
    make_rule(board, 3, date(2020, 1, 1), key="mail_days")
    found = queries.due(board, "response_days", starts_on=date(2026, 7, 1), start_label="service", mail=True)
    assert (found.computed.day_kind, found.computed.mail_days, found.due_on) == ("business", 3, date(2026, 8, 3))


def test_boards_for_a_profession_hosted_ones_first(texas, board):
    craft = Profession.objects.create(id=ids.of("profession", "counseling"), key="counseling", labels={"en": "C"})
    other = make_board(texas, "tx-a", "A")
    make_board(texas, "tx-none", "NONE")
    for one in (other, board):
        one.professions.add(craft)
    assert list(queries.boards_accepting("counseling", "tx")) == [board, other]
    assert not queries.boards_accepting("counseling", "CA")
    assert not queries.boards_accepting("psychology", "TX")


def test_retired_words_are_not_offered_but_found():
    for key, retired_on in (("old", date(2026, 1, 1)), ("soon", date(2027, 1, 1)), ("now", None)):
        Ground.objects.create(id=ids.of("ground", key), key=key, labels={"en": key}, retired_on=retired_on)
        Profession.objects.create(id=ids.of("profession", key), key=key, labels={"en": key}, retired_on=retired_on)
    on = date(2026, 7, 1)
    assert {ground.key for ground in queries.grounds_offered(on)} == {"soon", "now"}
    assert {craft.key for craft in queries.professions_offered(on)} == {"soon", "now"}
    assert set(queries.grounds_by_key(["old", "now"])) == {"old", "now"}


def test_the_zone_of_a_board(board):
    assert queries.board_zone(board).key == "America/Chicago"


def test_one_setting_on_several_days_in_one_query(board, django_assert_num_queries):
    make_rule(board, 10, date(2020, 1, 1), key="response_days")
    make_rule(board, 20, date(2026, 1, 1), key="response_days")
    days = [date(2019, 5, 1), date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 1)]
    with django_assert_num_queries(1):
        found = queries.rule_on_days(board, "response_days", days)
    assert {day: rule.value for day, rule in found.items()} == {days[0]: 30, days[1]: 10, days[2]: 20}
    assert all(found[day] == queries.rule_in_force(board, "response_days", day) for day in days)


def test_a_setting_of_several_boards_each_on_its_own_day(board, texas, django_assert_num_queries):
    other, third = make_board(texas, "tx-two", "TWO"), make_board(texas, "tx-three", "THREE")
    make_rule(None, 40, date(2020, 1, 1))
    make_rule(board, 15, date(2026, 1, 1))
    make_rule(board, 21, date(2026, 7, 1))
    days = {board.pk: date(2026, 7, 1), other.pk: date(2026, 7, 1), third.pk: date(2019, 1, 1)}
    with django_assert_num_queries(1):
        found = queries.values_in_force("answer_days", days)
    assert found == {board.pk: 21, other.pk: 40, third.pk: 20}
    assert queries.values_in_force("answer_days", {board.pk: date(2026, 6, 30)}) == {board.pk: 15}


def test_the_day_of_a_moment_is_the_board_s(board):
    assert queries.local_day(board, datetime(2026, 7, 1, 4, 59, tzinfo=UTC)) == date(2026, 6, 30)
    assert queries.local_day(board, datetime(2026, 7, 1, 5, 0, tzinfo=UTC)) == date(2026, 7, 1)
