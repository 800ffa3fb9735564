"""The deadline engine against sentences people can check by hand, and against a slow obvious engine."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boards import deadlines
from boards.deadlines import DayKind

INDEPENDENCE = {date(2026, 7, 3): "Independence Day (observed)"}
DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))


def due(starts_on, days, kind=DayKind.CALENDAR, closed=None, mail_days=0):
    return deadlines.compute_deadline(
        starts_on=starts_on, days=days, day_kind=kind, closed=closed or {}, mail_days=mail_days
    )


def slow_engine(starts_on, days, kind, closed, mail_days):
    """Walk one day at a time with a counter, as a clerk would with a wall calendar."""
    day, counted = starts_on, 0
    while counted < days:
        day = day + timedelta(days=1)
        is_open = day.strftime("%a") not in ("Sat", "Sun") and day not in closed
        if kind is DayKind.CALENDAR or is_open:
            counted += 1
    for _ in range(mail_days):
        day = day + timedelta(days=1)
    while day.strftime("%a") in ("Sat", "Sun") or day in closed:
        day = day + timedelta(days=1)
    return day


@given(
    starts_on=DAYS,
    days=st.integers(0, 200),
    kind=st.sampled_from(DayKind),
    closed=st.sets(DAYS, max_size=150).map(lambda days: dict.fromkeys(days, "Closed")),
    mail_days=st.integers(0, 5),
)
def test_the_engine_agrees_with_a_slow_obvious_one(starts_on, days, kind, closed, mail_days):
    found = due(starts_on, days, kind, closed, mail_days)
    assert found.due_on == slow_engine(starts_on, days, kind, closed, mail_days)
    assert deadlines.is_business_day(found.due_on, closed)
    assert found.ends_on <= found.due_on
    assert all(day in closed and day.weekday() < 5 for day, _ in found.skipped)


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


def test_another_year_is_written_out_and_one_day_is_singular():
    found = due(date(2026, 12, 31), 1)
    assert deadlines.explain(found, start_label="receipt") == (
        "1 calendar day from receipt (Dec 31, 2026) ends on Fri Jan 1, 2027."
    )


@pytest.mark.parametrize(("days", "mail_days"), [(-1, 0), (1, -1)])
def test_negative_numbers_are_refused(days, mail_days):
    with pytest.raises(ValueError, match="zero or more"):
        due(date(2026, 7, 1), days, mail_days=mail_days)
