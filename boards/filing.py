"""Days that no office has to act on: the limitation period of a complaint, and from when a case is public. Pure.

The limitation is substance, so the one in force on the date of the conduct applies; the caller looks it up. Being late
does not stop a filing: the board decides (closure ``TIME_BARRED``). The answer says which incidents are out
of time and why.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext, ngettext

from boards import texts


@dataclass(frozen=True, slots=True)
class Incident:
    """When something happened: first and last day, either may be unknown."""

    occurred_from: date | None = None
    occurred_to: date | None = None

    @property
    def ended_on(self) -> date | None:
        """The day from which the period runs: the last day of the conduct, as far as known."""
        return self.occurred_to or self.occurred_from


@dataclass(frozen=True, slots=True)
class FilingWindow:
    """``accepted`` when at least one incident is in time or undated; ``reasons`` explain the answer."""

    accepted: bool
    reasons: tuple[str, ...]

    @property
    def is_late(self) -> bool:
        """Every incident is out of time."""
        return not self.accepted


def years_after(day: date, years: int) -> date:
    """The same calendar day so many years later; February 29 becomes March 1, the later of two readings."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def public_on(event_on: date, plus_days: int) -> date:
    """The day from which a case is public: so many calendar days after the event that the board's rule names.

    It is no deadline: nobody has to act on it, so no weekend moves it. Source: s. 456.073(10), F.S.
    """
    return event_on + timedelta(days=plus_days)


def filing_window(
    limitation_years: int | None, incidents: Iterable[Incident | date], received_on: date
) -> FilingWindow:
    """Accepted or late, with reasons.

    ``limitation_years`` is None where the board sets no limit. Incidents may be given as single dates. An
    incident without a date cannot be judged and counts as in time.
    """
    if limitation_years is None:
        return FilingWindow(True, (gettext("This board sets no time limit for filing."),))
    found = [item if isinstance(item, Incident) else Incident(item, item) for item in incidents]
    reasons, in_time = [], not found
    for incident in found:
        if incident.ended_on is None:
            in_time = True
            reasons.append(gettext("Something without a date cannot be judged late."))
            continue
        last = years_after(incident.ended_on, limitation_years)
        in_time = in_time or received_on <= last
        reasons.append(_reason(incident.ended_on, last, received_on, limitation_years))
    return FilingWindow(in_time, tuple(dict.fromkeys(reasons)))


def _reason(ended_on: date, last: date, received_on: date, years: int) -> str:
    text = ngettext(
        "What ended on %(ended)s could be filed for %(years)d year, until %(last)s: %(answer)s.",
        "What ended on %(ended)s could be filed for %(years)d years, until %(last)s: %(answer)s.",
        years,
    )
    if received_on <= last:
        answer = gettext("in time")
    else:
        answer = gettext("too late, received on %(day)s") % {"day": texts.short_date(received_on)}
    dates = {"ended": texts.short_date(ended_on), "last": texts.short_date(last)}
    return text % {**dates, "years": years, "answer": answer}
