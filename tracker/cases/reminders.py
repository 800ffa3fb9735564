"""Who is told of what is due, and how far ahead or late. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from tracker.access.policy import Capacity, Role
from tracker.cases.clocks import CLOCKS, DeadlineKind

AHEAD = "ahead_"


class Level(TextChoices):
    """How urgent a matter is, beside the days ahead of a deadline."""

    OVERDUE = "overdue", _("Overdue")
    ESCALATED = "escalated", _("Overdue for long")
    REVIEW = "review", _("To be reviewed")
    STUCK = "stuck", _("Nothing was done for long")


class Overlaid(TextChoices):
    """Matters that are no deadlines."""

    HOLD = "hold", _("Hold")
    ABEYANCE = "abeyance", _("Abeyance")
    STUCK = "stuck", _("Stuck case")
    RECORD = "record", _("Record of a hearing")


@dataclass(frozen=True)
class Who:
    """The places on the case whose holders are told; everybody of the roles where nobody has such a place.

    Those of the roles `also` are told in any case.
    """

    places: tuple[Capacity, ...]
    roles: tuple[Role, ...]
    also: tuple[Role, ...] = ()


_K = DeadlineKind
_INTAKE = Who((Capacity.INTAKE,), (Role.INTAKE_ANALYST,))
_INVESTIGATION = Who((Capacity.INVESTIGATOR,), (Role.ENFORCEMENT_MANAGER,))
_PAPERS = Who((), (Role.ENFORCEMENT_MANAGER,))
_PRESIDING = Who((Capacity.PRESIDING,), ())
_PARTIES = Who((Capacity.PROSECUTOR, Capacity.PRESIDING), (Role.BOARD_COUNSEL,))
_DIRECTOR = Who((), (Role.EXECUTIVE_DIRECTOR,))
_MONITOR = Who((Capacity.MONITOR,), (Role.COMPLIANCE_MONITOR,))
_KEEPERS = Who((), (Role.BOARD_COUNSEL, Role.ENFORCEMENT_MANAGER))
_ON_THE_CASE = (Capacity.INTAKE, Capacity.INVESTIGATOR, Capacity.PROSECUTOR, Capacity.MONITOR)
WHO: Mapping[str, Who] = {
    **dict.fromkeys((_K.DANGER_SCREEN, _K.ACKNOWLEDGEMENT, _K.INTAKE, _K.INFORMATION), _INTAKE),
    **dict.fromkeys((_K.LICENSEE_NOTICE, _K.RESPONSE, _K.INVESTIGATION_TARGET), _INVESTIGATION),
    **dict.fromkeys((_K.STATUS_UPDATE, _K.EXPERT_OPINION), _INVESTIGATION),
    **dict.fromkeys((_K.SCHEDULE, _K.ANSWER, _K.NPDB_REPORT, _K.WITHDRAWAL_ANSWER, _K.EMERGENCY_NOTICE), _PAPERS),
    **dict.fromkeys((_K.HEARING, _K.EXHIBIT_EXCHANGE), _PARTIES),
    **dict.fromkeys((_K.EMERGENCY_ACTION, _K.EMERGENCY_HEARING, _K.EMERGENCY_EXPIRY, _K.BOARD_ACTION), _DIRECTOR),
    _K.RECONSIDERATION_DECISION: _DIRECTOR,
    _K.PROPOSED_DECISION: _PRESIDING,
    _K.CERTIFIED_RECORD: Who((), (Role.RECORDS_CUSTODIAN,)),
    **dict.fromkeys((_K.TERMS, _K.VIOLATION_RESPONSE, _K.FIRST_CONTACT), _MONITOR),
    Overlaid.HOLD: _KEEPERS,
    Overlaid.ABEYANCE: _KEEPERS,
    Overlaid.RECORD: Who((Capacity.PRESIDING,), (), also=(Role.ENFORCEMENT_MANAGER,)),
    Overlaid.STUCK: Who(_ON_THE_CASE, (Role.ENFORCEMENT_MANAGER,)),
}
# Told too, once a deadline is overdue for as long as the board's rule says.
ESCALATES_TO = Role.EXECUTIVE_DIRECTOR


def level(kind: str, due_on: date, today: date, *, starts_on: date, ahead: Sequence[int], escalate_after: int) -> str:
    """How urgent a deadline is on a day; empty when nobody is to be told yet.

    `ahead` are the board's days of reminder before a deadline, of which the nearest that is reached counts; those
    before the day after its start say nothing new. `escalate_after` are days after it; what is only a goal is never
    escalated.
    """
    left = (due_on - today).days
    if left < 0:
        clock = CLOCKS.get(DeadlineKind(kind))
        escalates = -left > escalate_after and not (clock and clock.is_goal)
        return Level.ESCALATED if escalates else Level.OVERDUE
    reached = [days for days in ahead if left <= days < (due_on - starts_on).days]
    return f"{AHEAD}{min(reached)}" if reached else ""
