"""Setting an order aside, and what follows from it. Only actions call these, in their own transaction."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from tracker.cases.actions import clocking, moving
from tracker.cases.clocks import MONITORED, DeadlineKind, Turn
from tracker.cases.kinds import DeadlineState
from tracker.cases.models import ChargingDocument
from tracker.hearings.actions import petitions
from tracker.hearings.models import Order, Sanction


def vacate(begun: moving.Begun, order: Order, on: date) -> None:
    """Set an order aside: nothing of it is in force from that day, and no term of it is monitored."""
    Order.objects.filter(pk=order.pk).update(vacated_on=order.vacated_on or on, reconsidered_at=None, remanded_at=None)
    clocking.end_clocks(begun.case, MONITORED, begun.today, state=DeadlineState.SUPERSEDED)
    petitions.set_aside(begun, order)


def clear_for_hearing(begun: moving.Begun) -> Mapping[str, Any]:
    """Clear the table for another hearing: default and drafted sanctions fall. Returns the columns of the case.

    A stipulation whose order fell is settlement talk again, which who presides must not read.
    """
    ChargingDocument.objects.filter(case=begun.case, defaulted_at__isnull=False).update(defaulted_at=None)
    Sanction.objects.filter(order__case=begun.case, order__issued_at__isnull=True).delete()
    return {"decided_at": None} | ({"stipulated_at": None} if begun.case.charged_at else {})


def reverse(begun: moving.Begun, order: Order, on: date) -> None:
    """Set an order aside for good, as a court decided."""
    vacate(begun, order, on)
    Order.objects.filter(pk=order.pk).update(reversed_on=on)


def void_report(begun: moving.Begun, order: Order, on: date, *, anchor: UUID) -> None:
    """After a reversal: a report of the order that was made must be declared void; one that was not falls away."""
    turn = report_turn(begun, order)
    if turn == Turn.OPENED:
        clocking.open_clock(begun.case, DeadlineKind.NPDB_REPORT, on, anchor=anchor)
    elif turn:
        clocking.end_clocks(begun.case, [DeadlineKind.NPDB_REPORT], begun.today, state=DeadlineState.SUPERSEDED)
    clocking.refresh_next_due(begun.case)


def report_turn(begun: moving.Begun, order: Order) -> str:
    """What a reversal does to the clock of the report to the NPDB, for the ledger; empty where it runs on."""
    if order.npdb_reported_on:
        return Turn.OPENED
    return "" if begun.facts.emergency_report_missing else DeadlineState.SUPERSEDED
