"""How far ahead or late people are told, and that every clock has somebody who is."""

from datetime import date, timedelta

import pytest

from tracker.cases import reminders
from tracker.cases.clocks import WINDOWS, DeadlineKind

DUE = date(2026, 4, 1)


def level(kind: str, today: date, *, ahead: list[int], starts_on: date = date(2026, 3, 2)) -> str:
    return reminders.level(kind, DUE, today, starts_on=starts_on, ahead=ahead, escalate_after=7)


@pytest.mark.parametrize(
    ("days_before", "expected"),
    [
        (8, ""),
        (7, "ahead_7"),
        (2, "ahead_7"),
        (1, "ahead_1"),
        (0, "ahead_1"),
        (-1, "overdue"),
        (-7, "overdue"),
        (-8, "escalated"),
    ],
)
def test_the_nearest_reminder_that_is_reached_counts(days_before: int, expected: str) -> None:
    today = DUE - timedelta(days=days_before)
    assert level("response", today, ahead=[7, 1]) == expected


def test_a_short_clock_is_not_reminded_of_on_the_day_it_starts() -> None:
    two_days = {"starts_on": DUE - timedelta(days=2), "ahead": [7, 1]}
    assert level("danger_screen", DUE - timedelta(days=2), **two_days) == ""
    assert level("danger_screen", DUE - timedelta(days=1), **two_days) == "ahead_1"


def test_a_goal_is_never_escalated_and_without_days_ahead_nobody_is_reminded() -> None:
    late = DUE + timedelta(days=90)
    assert level("investigation_target", late, ahead=[7]) == "overdue"
    assert level("response", DUE, ahead=[]) == ""


def test_every_clock_but_a_window_for_others_has_somebody_who_is_told() -> None:
    assert set(DeadlineKind) - set(WINDOWS) <= set(reminders.WHO)
    assert all(who.places or who.roles for who in reminders.WHO.values())
