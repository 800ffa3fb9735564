"""The clock of an order's terms. Only actions call these, in their own transaction."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from boards import rules as board_rules
from tracker.cases.actions import clocking
from tracker.cases.clocks import DeadlineKind
from tracker.cases.kinds import DeadlineState
from tracker.cases.models import Case, Deadline
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
    """The day on which the clock of the terms that are left would end; None where it need not be started.

    The days that a court's stay or an abeyance stopped it are not counted.
    """
    if order is None or order.vacated_on:
        return None
    left = order.sanctions.filter(is_term=True, met_on__isnull=True, ended_by__isnull=True, due_on__isnull=False)
    days = [day for day in left.values_list("due_on", flat=True) if day]
    clock = Deadline.objects.filter(case=case, kind=DeadlineKind.TERMS, state__in=clocking.NOT_OVER).first()
    if not days or (clock and clock.state == DeadlineState.TOLLED):
        return None
    last = board_rules.moved(max(days), clocking.paused(case, DeadlineKind.TERMS, since=_in_force_from(case, order)))
    return None if clock and clock.due_on == last else last


def _in_force_from(case: Case, order: Order) -> date:
    """An order that is affirmed goes on from its first day, and so do the pauses of its terms."""
    days = [order.effective_on, clocking.local_date(case, order.issued_at) if order.issued_at else None]
    return min((day for day in days if day), default=date.min)
