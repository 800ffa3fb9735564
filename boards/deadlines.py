"""Deadline arithmetic: dates and closed days in, a date and its explanation out. Pure.

The day of the event is not counted. Business days are Monday to Friday less closed days. An end on a weekend
or a closed day moves to the next business day. Days added for mail are calendar days and follow the counted
ones. Days of a pause are not days at all: none is counted, none is added for mail, and no deadline ends on one.
"""

from collections.abc import Mapping, Sequence
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
class Pause:
    """Days on which a clock stood still, the first and the last included, and why."""

    starts_on: date
    ends_on: date
    reason: str = ""

    def holds(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.starts_on <= day <= self.ends_on

    @property
    def days(self) -> int:
        """How many calendar days it lasts."""
        return (self.ends_on - self.starts_on).days + 1


@dataclass(frozen=True, slots=True)
class Computed:
    """A due date and how it came about.

    ``ends_on`` is where the count ended, before any move; ``skipped`` are the closed days not counted or
    moved over, with their names; ``pauses`` those that moved it; ``due_on`` is the date that binds.
    """

    starts_on: date
    days: int
    day_kind: DayKind
    mail_days: int
    ends_on: date
    due_on: date
    skipped: tuple[tuple[date, str], ...] = ()
    pauses: tuple[Pause, ...] = ()

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


def horizon(starts_on: date, days: int, mail_days: int = 0, pauses: Sequence[Pause] = ()) -> date:
    """The last day whose closing can matter to such a deadline, with a margin: load closed days up to it."""
    paused = sum(pause.days for pause in pauses)
    return starts_on + timedelta(days=days * 2 + mail_days + paused + 60)


def compute_deadline(
    *,
    starts_on: date,
    days: int,
    day_kind: DayKind | str = DayKind.CALENDAR,
    closed: Mapping[date, str] | None = None,
    mail_days: int = 0,
    pauses: Sequence[Pause] = (),
) -> Computed:
    """When a number of days after an event ends.

    ``starts_on`` is the local date of the event (not counted), ``days`` and ``mail_days`` are zero or more,
    ``closed`` maps each closed day to its name and must reach as far as ``horizon`` says, ``pauses`` are days
    on which the clock stood still; they may overlap. ValueError on negative numbers.
    """
    if days < 0 or mail_days < 0:
        raise ValueError("A deadline counts zero or more days.")
    kind = DayKind(day_kind)
    closed = closed or {}
    shut = closed if kind is DayKind.BUSINESS else None
    counted_to = _count(starts_on, days, shut, pauses)
    ends_on = _count(counted_to, mail_days, None, pauses)
    due_on = next_business_day(ends_on, closed)
    while any(pause.holds(due_on) for pause in pauses) and due_on > starts_on:
        due_on = next_business_day(due_on + ONE_DAY, closed)
    first = starts_on + ONE_DAY if kind is DayKind.BUSINESS else ends_on
    skipped = _closed_weekdays(first, counted_to, closed) if kind is DayKind.BUSINESS else []
    skipped += _closed_weekdays(ends_on, due_on, closed)
    stood = tuple(pause for pause in pauses if pause.starts_on <= due_on and pause.ends_on > starts_on)
    return Computed(starts_on, days, kind, mail_days, ends_on, due_on, tuple(dict.fromkeys(skipped)), stood)


def moved(due_on: date, pauses: Sequence[Pause], *, counted: Sequence[Pause] = ()) -> date:
    """A day that somebody named, later by the calendar days on which its clock stood still.

    ``counted`` are pauses that moved it already; a day in several pauses counts once. No closed day moves it further:
    it was named, not counted.
    """
    return due_on + timedelta(days=paused_days([*counted, *pauses]) - paused_days(counted))


def paused_days(pauses: Sequence[Pause]) -> int:
    """How many calendar days lie in one pause at least."""
    days = (range(pause.starts_on.toordinal(), pause.ends_on.toordinal() + 1) for pause in pauses)
    return len({day for span in days for day in span})


def _count(day: date, days: int, closed: Mapping[date, str] | None, pauses: Sequence[Pause]) -> date:
    """So many days on: business days where closed days are given, and none of a pause."""
    if closed is None and not pauses:
        return day + timedelta(days=days)
    left = days
    while left:
        day += ONE_DAY
        is_open = closed is None or is_business_day(day, closed)
        left -= is_open and not any(pause.holds(day) for pause in pauses)
    return day


def _closed_weekdays(first: date, last: date, closed: Mapping[date, str]) -> list[tuple[date, str]]:
    return sorted((day, name) for day, name in closed.items() if first <= day <= last and day.weekday() < 5)


def explain(computed: Computed, *, start_label: str, rule: str = "") -> str:
    """One sentence: the days, the event they start from, closed days skipped, the move, the rule.

    Pauses are told with their reasons. ``start_label`` names the event ("service"), ``rule`` the source of the
    number ("22 TAC 884.10"). Example:
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
    parts += [_told(pause, year) for pause in computed.pauses]
    if rule:
        parts.append(gettext("; rule: %(rule)s") % {"rule": rule})
    return "".join(parts) + "."


def _told(pause: Pause, year: int) -> str:
    first, last = _weekday_date(pause.starts_on, year), _weekday_date(pause.ends_on, year)
    words = gettext("; paused from %(first)s to %(last)s") % {"first": first, "last": last}
    return f"{words} ({pause.reason.strip().rstrip('.')})" if pause.reason.strip() else words


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
