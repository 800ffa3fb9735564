"""Suggested closed days leave out those on which a state's offices may work."""

import csv
from datetime import date
from pathlib import Path

import pytest

from tracker.directory import suggestions

FOLDER = Path(__file__).resolve().parents[3] / "fixtures"
WORKING = suggestions.read_working_days(FOLDER)


def days(place, year):
    return {found.date: found.name for found in suggestions.closed_days(place, [year], WORKING)}


@pytest.mark.parametrize("day", [date(2026, 4, 3), date(2026, 3, 31), date(2026, 7, 3)])
def test_texas_works_on_days_the_package_closes(day):
    assert day not in days("TX", 2026)


def test_a_holiday_on_which_offices_work_does_not_move_either():
    florida = days("FL", 2027)
    assert date(2027, 6, 18) not in florida
    assert florida[date(2027, 7, 5)] == "Independence Day (observed)"


def test_real_holidays_stay():
    assert days("TX", 2026)[date(2026, 11, 26)] == "Thanksgiving Day"
    assert days("CA", 2026)[date(2026, 3, 31)] == "Cesar Chavez Day"
    assert days("OH", 2026)[date(2026, 10, 12)] == "Columbus Day"


def test_two_names_of_one_day_are_told_apart():
    assert days("TX", 2027)[date(2027, 12, 24)] == "Christmas Eve"


def test_only_the_years_asked_for():
    assert {day.year for day in days("CA", 2027)} == {2027}


def test_the_file_of_closed_days_holds_what_is_suggested():
    with (FOLDER / "closed_days.csv").open(newline="") as lines:
        filed = {(row["jurisdiction"], row["date"]) for row in csv.DictReader(lines)}
    suggested = {
        (place, found.date.isoformat())
        for place in ("CA", "FL", "OH", "TX", "WA")
        for found in suggestions.closed_days(place, [2025, 2026, 2027], WORKING)
    }
    assert filed == suggested
