"""Deadline arithmetic: dates and closed days in, a date and its explanation out. Pure.

The day of the event is not counted. Business days are Monday to Friday less closed days. An end on a weekend
or a closed day moves to the next business day. Days added for mail are calendar days and follow the counted
ones.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.translation import gettext, ngettext

from boards import texts

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
ONE_DAY = timedelta(days=1)


class DayKind(StrEnum):
    """Which days count."""

    CALENDAR = "calendar"
    BUSINESS = "business"


@dataclass(frozen=True, slots=True)
class Computed:
    """A due date and how it came about.

    ``ends_on`` is where the count ended, before any move; ``skipped`` are the closed days not counted or
    moved over, with their names; ``due_on`` is the date that binds.
    """

    starts_on: date
    days: int
    day_kind: DayKind
    mail_days: int
    ends_on: date
    due_on: date
    skipped: tuple[tuple[date, str], ...] = ()

    @property
    def is_moved(self) -> bool:
        """True when the count ended on a weekend or closed day."""
        return self.due_on != self.ends_on


def is_business_day(day: date, closed: Mapping[date, str]) -> bool:
    """Monday to Friday and not a closed day."""
    return day.weekday() < 5 and day not in closed


def next_business_day(day: date, closed: Mapping[date, str]) -> date:
    """The day itself if it is a business day, else the first one after it."""
    while not is_business_day(day, closed):
        day += ONE_DAY
    return day


def business_days_between(start: date, end: date, closed: Mapping[date, str]) -> int:
    """Business days after ``start`` up to and including ``end``; 0 when ``end`` is not later."""
    span = (end - start).days
    return sum(is_business_day(start + timedelta(days=n), closed) for n in range(1, span + 1))


def horizon(starts_on: date, days: int, mail_days: int = 0) -> date:
    """The last day whose closing can matter to such a deadline, with a margin: load closed days up to it."""
    return starts_on + timedelta(days=days * 2 + mail_days + 60)


def compute_deadline(
    *,
    starts_on: date,
    days: int,
    day_kind: DayKind | str = DayKind.CALENDAR,
    closed: Mapping[date, str] | None = None,
    mail_days: int = 0,
) -> Computed:
    """When a number of days after an event ends.

    ``starts_on`` is the local date of the event (not counted), ``days`` and ``mail_days`` are zero or more,
    ``closed`` maps each closed day to its name and must reach as far as ``horizon`` says. ValueError on
    negative numbers.
    """
    if days < 0 or mail_days < 0:
        raise ValueError("A deadline counts zero or more days.")
    kind = DayKind(day_kind)
    closed = closed or {}
    if kind is DayKind.CALENDAR:
        counted_to = starts_on + timedelta(days=days)
    else:
        counted_to = _count_business_days(starts_on, days, closed)
    ends_on = counted_to + timedelta(days=mail_days)
    due_on = next_business_day(ends_on, closed)
    first = starts_on + ONE_DAY if kind is DayKind.BUSINESS else ends_on
    skipped = _closed_weekdays(first, counted_to, closed) if kind is DayKind.BUSINESS else []
    skipped += _closed_weekdays(ends_on, due_on, closed)
    return Computed(starts_on, days, kind, mail_days, ends_on, due_on, tuple(dict.fromkeys(skipped)))


def _count_business_days(day: date, days: int, closed: Mapping[date, str]) -> date:
    left = days
    while left:
        day += ONE_DAY
        left -= is_business_day(day, closed)
    return day


def _closed_weekdays(first: date, last: date, closed: Mapping[date, str]) -> list[tuple[date, str]]:
    return sorted((day, name) for day, name in closed.items() if first <= day <= last and day.weekday() < 5)


def explain(computed: Computed, *, start_label: str, rule: str = "") -> str:
    """One sentence: the days, the event they start from, closed days skipped, the move, the rule.

    ``start_label`` names the event ("service"), ``rule`` the source of the number ("22 TAC 884.10"). Example:
    "30 calendar days from service (Jul 2, 2026) end on Sat Aug 1, so it moves to Mon Aug 3."
    """
    year = computed.starts_on.year
    parts = [_opening(computed, start_label), " ", _weekday_date(computed.ends_on, year)]
    if computed.is_moved:
        moved = _weekday_date(computed.due_on, year)
        parts.append(gettext(", so it moves to %(date)s") % {"date": moved})
    if computed.skipped:
        names = ", ".join(f"{_weekday_date(day, year)} ({name})" for day, name in computed.skipped)
        parts.append(gettext("; closed days skipped: %(days)s") % {"days": names})
    if rule:
        parts.append(gettext("; rule: %(rule)s") % {"rule": rule})
    return "".join(parts) + "."


def _opening(computed: Computed, start_label: str) -> str:
    if computed.day_kind is DayKind.BUSINESS:
        words = ngettext("%(days)d business day", "%(days)d business days", computed.days)
    else:
        words = ngettext("%(days)d calendar day", "%(days)d calendar days", computed.days)
    words = words % {"days": computed.days}
    if computed.mail_days:
        mail = ngettext("%(days)d day for mail", "%(days)d days for mail", computed.mail_days)
        words = gettext("%(days)s and %(mail)s") % {
            "days": words,
            "mail": mail % {"days": computed.mail_days},
        }
    start = texts.short_date(computed.starts_on)
    sentence = ngettext(
        "%(days)s from %(event)s (%(start)s) ends on",
        "%(days)s from %(event)s (%(start)s) end on",
        1 if computed.days == 1 and not computed.mail_days else 2,
    )
    return sentence % {"days": words, "event": start_label, "start": start}


def _weekday_date(day: date, year: int) -> str:
    return f"{WEEKDAYS[day.weekday()]} {texts.short_date(day, with_year=day.year != year)}"
