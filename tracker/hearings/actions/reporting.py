"""The report of an action to the National Practitioner Data Bank."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tracker.audit.actors import Actor
from tracker.cases.actions import clocking, moving
from tracker.cases.clocks import DeadlineKind, told
from tracker.cases.kinds import DeadlineState
from tracker.cases.models import Case
from tracker.hearings.models import EmergencyAction, Order


@transaction.atomic
def record_npdb_report(
    case_id: UUID, *, actor: Actor, at: datetime, reported_on: date, reference: str, seen: int | None = None
) -> Order | EmergencyAction:
    """Record that an action was reported to the NPDB (45 CFR 60.9): of several that wait, the one taken first.

    Of an order that a court reversed after it was reported, the report that voids the earlier one is recorded.
    Refused where nothing is due, without the report's number, or for a day in the future or before the action. Its
    clock ends when no report is left. Ledger: hearing.npdb_reported.
    """
    begun = moving.begin(case_id, "record_npdb_report", actor=actor, at=at, seen=seen)
    action = _waiting(begun.case)
    voids = isinstance(action, Order) and action.reversed_on is not None
    faults = [] if reference.strip() else [_("Give the number of the report.")]
    faults += [_("The report cannot be in the future.")] if reported_on > begun.today else []
    if reported_on < _taken_on(begun.case, action):
        faults.append(_("The action cannot be reported before it was taken."))
    moving.refuse_if(faults)
    column = "npdb_voided_on" if voids else "npdb_reported_on"
    type(action).objects.filter(pk=action.pk).update(**{column: reported_on})
    is_order = isinstance(action, Order)
    others = EmergencyAction.objects.filter(case=begun.case, npdb_reported_on__isnull=True).exists()
    is_last = not others and (is_order or not begun.facts.npdb_report_missing)
    if is_last:
        clocking.end_clocks(begun.case, [DeadlineKind.NPDB_REPORT], reported_on)
    subject = "order" if is_order else "emergency"
    moving.finish_act(
        begun,
        "hearing.npdb_reported",
        facts={
            "reported_on": reported_on.isoformat(),
            subject: str(action.pk),
            **({"voids": True} if voids else {}),
            **told({DeadlineKind.NPDB_REPORT: DeadlineState.MET if is_last else None}),
        },
        private={"reference": reference},
    )
    action.refresh_from_db()
    return action


def _taken_on(case: Case, action: Order | EmergencyAction) -> date:
    """The day of the action, or of the reversal that makes a report of it void."""
    if isinstance(action, EmergencyAction):
        return clocking.local_date(case, action.taken_at)
    assert action.issued_at is not None  # noqa: S101 - only issued orders wait
    return action.reversed_on or clocking.local_date(case, action.issued_at)


def _waiting(case: Case) -> Order | EmergencyAction:
    """What waits for its report; the step's guard says that something does."""
    emergency = EmergencyAction.objects.filter(case=case, npdb_reported_on__isnull=True).order_by("taken_at").first()
    return emergency or Order.objects.filter(case=case, issued_at__isnull=False).order_by("issued_at")[::-1][0]
