"""The clock of an order's terms. Only actions call these, in their own transaction."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from tracker.cases.actions import clocking
from tracker.cases.clocks import DeadlineKind
from tracker.cases.models import Case
from tracker.hearings.models import Order


def follow_terms(case: Case, order: Order | None, today: date, *, anchor: UUID) -> None:
    """Start the clock of the terms that are left, on the last of their due dates; none where none has a date."""
    day = last_due_on(case, order)
    if day is None:
        return
    why = clocking.set_by_step(_("Last due date of the order's terms"), day)
    clocking.open_dated(case, DeadlineKind.TERMS, day, starts_on=today, anchor=anchor, why=why)
    clocking.refresh_next_due(case)


def last_due_on(case: Case, order: Order | None) -> date | None:
    """The day on which the clock of the terms that are left would end; None where it need not be started."""
    if order is None or order.vacated_on:
        return None
    left = order.sanctions.filter(is_term=True, met_on__isnull=True, ended_by__isnull=True, due_on__isnull=False)
    days = [day for day in left.values_list("due_on", flat=True) if day]
    running = clocking.running(case, DeadlineKind.TERMS)
    return None if not days or (running and running.due_on == max(days)) else max(days)
