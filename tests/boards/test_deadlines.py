"""The deadline engine against a table worked out by hand, sentences people can check, and a slow obvious engine."""

import csv
import json
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boards import deadlines, filing, rules
from boards.deadlines import DayKind, Pause

INDEPENDENCE = {date(2026, 7, 3): "Independence Day (observed)"}
DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
TEN_YEARS = st.dates(date(2020, 1, 1), date(2029, 12, 31))
ROOT = Path(__file__).parents[2]


def read(path):
    with open(ROOT / path, newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def stored(name):
    return json.loads((ROOT / "fixtures" / name).read_text(encoding="utf-8"))


def closed_by_state():
    found = defaultdict(dict)
    for row in read("fixtures/closed_days.csv"):
        found[row["jurisdiction"]][date.fromisoformat(row["date"])] = row["name"]
    return found


BY_STATE = closed_by_state()
CLOSED = {board["slug"]: BY_STATE[board["jurisdiction"]] for board in stored("hosted.json")}
BOARD_RULES = {(row["board"], row["key"]): row["value"] for row in stored("rules.json")}
BY_HAND = read("tests/data/deadlines.csv")
DAY_RULES = [key for key, spec in rules.RULES.items() if str(spec.unit).endswith("days")]


def due(starts_on, days, kind=DayKind.CALENDAR, closed=None, mail_days=0, pauses=()):
    return deadlines.compute_deadline(
        starts_on=starts_on, days=days, day_kind=kind, closed=closed or {}, mail_days=mail_days, pauses=pauses
    )


def slow_engine(starts_on, days, kind, closed, mail_days, paused=frozenset()):
    """Walk one day at a time with a counter, as a clerk would with a wall calendar."""
    day, counted = starts_on, 0
    while counted < days:
        day = day + timedelta(days=1)
        is_open = day.strftime("%a") not in ("Sat", "Sun") and day not in closed
        if (kind is DayKind.CALENDAR or is_open) and day not in paused:
            counted += 1
    for _ in range(mail_days):
        day = day + timedelta(days=1)
        while day in paused:
            day = day + timedelta(days=1)
    while day.strftime("%a") in ("Sat", "Sun") or day in closed or (day in paused and day > starts_on):
        day = day + timedelta(days=1)
    return day


@given(
    starts_on=DAYS,
    days=st.integers(0, 200),
    kind=st.sampled_from(DayKind),
    closed=st.sets(DAYS, max_size=150).map(lambda days: dict.fromkeys(days, "Closed")),
    mail_days=st.integers(0, 5),
    pauses=st.lists(st.tuples(st.integers(-20, 150), st.integers(0, 40)), max_size=3),
)
def test_the_engine_agrees_with_a_slow_obvious_one(starts_on, days, kind, closed, mail_days, pauses):
    begun = [(starts_on + timedelta(days=first), length) for first, length in pauses]
    stood = [Pause(first, first + timedelta(days=length)) for first, length in begun]
    paused = {first + timedelta(days=n) for first, length in begun for n in range(length + 1)}
    found = due(starts_on, days, kind, closed, mail_days, stood)
    assert found.due_on == slow_engine(starts_on, days, kind, closed, mail_days, paused)
    assert found.due_on < deadlines.horizon(starts_on, days, mail_days, stood) or closed
    assert deadlines.is_business_day(found.due_on, closed)
    assert found.ends_on <= found.due_on
    assert all(day in closed and day.weekday() < 5 for day, _ in found.skipped)


@pytest.mark.parametrize("row", BY_HAND, ids=lambda row: f"{row['board']}-{row['rule']}-{row['starts_on']}")
def test_a_deadline_worked_out_by_hand(row):
    starts_on, number, rule = date.fromisoformat(row["starts_on"]), int(row["value"]), row["rule"]
    closed = CLOSED[row["board"]]
    assert {date.fromisoformat(day) for day in row["closed"].split()} <= set(closed)
    stood = [Pause(*map(date.fromisoformat, pause.split("/"))) for pause in row["pauses"].split()]
    kept = BOARD_RULES.get((row["board"], rule), number)
    assert number == (kept["plus_days"] if rule == "public_from" else kept)
    if rule == "limitation_years":
        found = filing.years_after(starts_on, number)
    elif rule == "public_from":
        found = filing.public_on(starts_on, number)
    elif rule == "terms":
        found = deadlines.moved(starts_on, stood)
    else:
        found = due(starts_on, number, DayKind(row["days"]), closed, int(row["mail"]), stood).due_on
    assert found == date.fromisoformat(row["expected"]), row["worked"]


def test_the_table_worked_out_by_hand_covers_every_board_and_every_sort():
    assert len(BY_HAND) >= 60
    assert {row["board"] for row in BY_HAND} == set(CLOSED)
    assert {"limitation_years", "public_from", "board_action_days", "appeal_days"} <= {row["rule"] for row in BY_HAND}
    for column, sort in (("pauses", "/"), ("mail", "3"), ("days", "business"), ("closed", "-"), ("expected", "2028")):
        assert any(sort in row[column] for row in BY_HAND), column


@given(
    board=st.sampled_from(sorted(CLOSED)),
    key=st.sampled_from(DAY_RULES),
    starts_on=TEN_YEARS,
    mail_days=st.sampled_from((0, 3, 5)),
    pauses=st.lists(st.tuples(st.integers(-10, 120), st.integers(0, 60)), max_size=2),
)
def test_the_engine_agrees_with_the_slow_one_on_ten_years_of_the_boards_own_rules(
    board, key, starts_on, mail_days, pauses
):
    def value(name):
        return BOARD_RULES.get((board, name), rules.RULES[name].default)

    in_force = {"response_day_kind": rules.RuleValue("response_day_kind", value("response_day_kind"))}
    kind = rules.day_kind_of(key, in_force)
    begun = [(starts_on + timedelta(days=first), length) for first, length in pauses]
    paused = {first + timedelta(days=n) for first, length in begun for n in range(length + 1)}
    stood = [Pause(first, first + timedelta(days=length)) for first, length in begun]
    found = due(starts_on, value(key), kind, CLOSED[board], mail_days, stood).due_on
    assert found == slow_engine(starts_on, value(key), kind, CLOSED[board], mail_days, paused)


def test_a_named_day_moves_once_for_each_day_that_its_clock_stood_still():
    first, second = (Pause(date(2026, 3, day), date(2026, 3, day + 4)) for day in (2, 4))
    assert deadlines.paused_days([first, second]) == 7
    assert deadlines.moved(date(2026, 6, 1), [second], counted=[first]) == date(2026, 6, 3)
    assert deadlines.moved(date(2026, 6, 1), [first, second]) == date(2026, 6, 8)
    assert deadlines.moved(date(2026, 6, 1), []) == date(2026, 6, 1)


@given(DAYS, st.integers(0, 90), st.sets(DAYS, max_size=30))
def test_business_days_counted_back_give_the_number(starts_on, days, closed):
    names = dict.fromkeys(closed, "Closed")
    found = due(starts_on, days, DayKind.BUSINESS, names)
    if days:
        assert deadlines.business_days_between(starts_on, found.ends_on, names) == days


@given(DAYS, st.integers(0, 200), st.integers(0, 10))
def test_nothing_within_the_horizon_is_missed(starts_on, days, mail_days):
    for kind in DayKind:
        assert due(starts_on, days, kind, {}, mail_days).due_on < deadlines.horizon(starts_on, days, mail_days)


def test_an_end_on_a_saturday_moves_to_monday_and_says_so():
    found = due(date(2026, 7, 2), 30)
    assert found.due_on == date(2026, 8, 3)
    assert deadlines.explain(found, start_label="service") == (
        "30 calendar days from service (Jul 2, 2026) end on Sat Aug 1, so it moves to Mon Aug 3."
    )


def test_an_end_on_an_open_day_stays():
    found = due(date(2026, 7, 1), 20)
    assert (found.ends_on, found.due_on, found.is_moved) == (date(2026, 7, 21), date(2026, 7, 21), False)
    assert deadlines.explain(found, start_label="receipt", rule="22 TAC 884.10") == (
        "20 calendar days from receipt (Jul 1, 2026) end on Tue Jul 21; rule: 22 TAC 884.10."
    )


def test_business_days_skip_closed_days_and_name_them():
    found = due(date(2026, 7, 1), 3, DayKind.BUSINESS, INDEPENDENCE)
    assert found.due_on == date(2026, 7, 7)
    assert found.skipped == ((date(2026, 7, 3), "Independence Day (observed)"),)
    assert deadlines.explain(found, start_label="receipt") == (
        "3 business days from receipt (Jul 1, 2026) end on Tue Jul 7; "
        "closed days skipped: Fri Jul 3 (Independence Day (observed))."
    )


def test_a_move_over_a_weekend_and_a_closed_monday_names_the_closed_day():
    labor_day = {date(2026, 9, 7): "Labor Day"}
    found = due(date(2026, 8, 6), 30, closed=labor_day)
    assert (found.ends_on, found.due_on) == (date(2026, 9, 5), date(2026, 9, 8))
    assert found.skipped == ((date(2026, 9, 7), "Labor Day"),)


def test_a_closed_saturday_is_no_skipped_day():
    found = due(date(2026, 7, 2), 3, DayKind.BUSINESS, {date(2026, 7, 4): "Independence Day"})
    assert (found.due_on, found.skipped) == (date(2026, 7, 7), ())


def test_days_for_mail_are_added_and_named():
    found = due(date(2026, 7, 1), 20, mail_days=3)
    assert found.due_on == date(2026, 7, 24)
    assert "20 calendar days and 3 days for mail from service" in deadlines.explain(found, start_label="service")


def test_days_of_a_pause_are_not_counted_and_it_is_told_with_its_reason():
    pause = Pause(date(2026, 7, 6), date(2026, 7, 15), "Criminal case.")
    found = due(date(2026, 7, 1), 20, pauses=[pause])
    assert (found.due_on, found.pauses, pause.days) == (date(2026, 7, 31), (pause,), 10)
    assert deadlines.explain(found, start_label="receipt") == (
        "20 calendar days from receipt (Jul 1, 2026) end on Fri Jul 31; "
        "paused from Mon Jul 6 to Wed Jul 15 (Criminal case)."
    )


def test_business_days_and_mail_days_of_a_pause_are_not_counted_either():
    weekend_and_monday = Pause(date(2026, 7, 11), date(2026, 7, 13))
    assert due(date(2026, 7, 8), 3, DayKind.BUSINESS, pauses=[weekend_and_monday]).due_on == date(2026, 7, 14)
    assert due(date(2026, 7, 8), 2, mail_days=1, pauses=[weekend_and_monday]).due_on == date(2026, 7, 14)


def test_no_deadline_moves_onto_a_day_of_a_pause():
    monday = Pause(date(2026, 8, 3), date(2026, 8, 3), "Storm")
    found = due(date(2026, 7, 2), 30, pauses=[monday])
    assert (found.ends_on, found.due_on, found.pauses) == (date(2026, 8, 1), date(2026, 8, 4), (monday,))


def test_a_pause_before_the_start_or_after_the_end_says_nothing():
    others = [Pause(date(2026, 6, 1), date(2026, 7, 1)), Pause(date(2026, 7, 22), date(2026, 7, 30))]
    found = due(date(2026, 7, 1), 20, pauses=others)
    assert (found.due_on, found.pauses) == (date(2026, 7, 21), ())


def test_another_year_is_written_out_and_one_day_is_singular():
    found = due(date(2026, 12, 31), 1)
    assert deadlines.explain(found, start_label="receipt") == (
        "1 calendar day from receipt (Dec 31, 2026) ends on Fri Jan 1, 2027."
    )


@pytest.mark.parametrize(("days", "mail_days"), [(-1, 0), (1, -1)])
def test_negative_numbers_are_refused(days, mail_days):
    with pytest.raises(ValueError, match="zero or more"):
        due(date(2026, 7, 1), days, mail_days=mail_days)
