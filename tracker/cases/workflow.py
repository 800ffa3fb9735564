"""The one table of steps, and what is open now. Pure: no database.

*Shape in code, numbers in data*: which step may follow stands here; how many days it may take is a dated row of the
board. Numbers T1 to T31 are those of the domain model; they are for reviewers and never for callers, who use the keys.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from tracker.access.policy import Permission
from tracker.cases.acttable import ACTS, Act
from tracker.cases.casefacts import CaseFacts
from tracker.cases.states import STAGE_OF, Status
from tracker.cases.steptable import TRANSITIONS, Transition

STEPS: Mapping[str, Transition | Act] = {
    **{step.key: step for step in TRANSITIONS},
    **{step.key: step for step in ACTS},
}
MOVES: Mapping[str, Transition] = {step.key: step for step in TRANSITIONS}


@dataclass(frozen=True)
class Option:
    """A step of a case now: open, or closed with the reasons. `fits_status` is false where only the status is wrong."""

    key: str
    label: str | Promise
    needs: Permission
    reasons: tuple[str, ...]
    fits_status: bool
    is_move: bool

    @property
    def is_open(self) -> bool:
        """Whether the step can be done now, by somebody who may."""
        return not self.reasons


def step(key: str) -> Transition | Act:
    """The row of a key. Raises KeyError for one that is not in the table."""
    return STEPS[key]


def decide(key: str, facts: CaseFacts) -> tuple[str, ...]:
    """Why a step is closed, in whole sentences; empty when it is open.

    Raises KeyError for a key that is not in the table.
    """
    row = STEPS[key]
    if facts.status not in row.sources:
        return (_wrong_status(row, facts),)
    return tuple(reason for guard in row.guards for reason in guard.check(facts))


def options(facts: CaseFacts) -> list[Option]:
    """Every offered step with its state now, in the order of the table."""
    found = []
    for row in STEPS.values():
        if not row.sources:
            continue
        fits = facts.status in row.sources
        found.append(Option(row.key, row.label, row.needs, decide(row.key, facts), fits, isinstance(row, Transition)))
    return found


def target_stage(status: Status) -> str:
    """The stage that a status belongs to."""
    return STAGE_OF[status]


def _wrong_status(row: Transition | Act, facts: CaseFacts) -> str:
    names = ", ".join(str(source.label) for source in row.sources) if len(row.sources) <= 4 else ""
    if not names:
        return _("This cannot be done while the case is at: %(now)s.") % {"now": facts.status.label}
    return _("The case is at: %(now)s. This starts from: %(from)s.") % {
        "now": facts.status.label,
        "from": names,
    }
