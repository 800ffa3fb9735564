"""What a board's rules say: one door to the settings, their values, and the arithmetic of days. Pure.

Procedure (days, who decides) follows the rule in force on the date of the step; substance (what may be
charged, the limitation) the rule in force on the date of the conduct. The table is in ``boards.catalog``,
the accepted values in ``boards.values``, the engine in ``boards.deadlines`` and ``boards.filing``.
"""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from boards.catalog import RULES, Law, RuleSpec, Unit
from boards.deadlines import (
    Computed,
    DayKind,
    Pause,
    business_days_between,
    compute_deadline,
    explain,
    horizon,
    is_business_day,
    moved,
    next_business_day,
    paused_days,
)
from boards.filing import FilingWindow, Incident, filing_window, public_on
from boards.values import RuleValueError

__all__ = [
    "RULES",
    "Computed",
    "DayKind",
    "FilingWindow",
    "Incident",
    "Law",
    "Pause",
    "RuleSpec",
    "RuleValue",
    "RuleValueError",
    "Unit",
    "business_days_between",
    "compute_deadline",
    "day_kind_of",
    "default_value",
    "explain",
    "filing_window",
    "horizon",
    "is_business_day",
    "moved",
    "next_business_day",
    "parse_value",
    "paused_days",
    "public_on",
    "show_value",
]


@dataclass(frozen=True, slots=True)
class RuleValue:
    """A setting as it binds a board on a day. ``is_default`` says that neither board nor installation has a
    row.
    """

    key: str
    value: Any
    rule_id: UUID | None = None
    citation: str = ""
    source_url: str = ""
    as_of: date | None = None
    is_default: bool = True
    is_board_row: bool = False

    @property
    def named(self) -> str:
        """How a sentence names this rule: its label and citation, or that it is a default."""
        label = RULES[self.key].label
        if self.citation:
            return f"{label}, {self.citation}"
        return _("%(label)s, default") % {"label": label} if self.is_default else str(label)


def parse_value(key: str, raw: Any) -> Any:
    """The value as stored, from JSON or form text; RuleValueError when the key is unknown or the value does
    not fit.
    """
    if key not in RULES:
        raise RuleValueError(_("there is no setting named %(key)s") % {"key": key})
    return RULES[key].parse(raw)


def default_value(key: str) -> RuleValue:
    """The built-in default of a setting, marked as default."""
    return RuleValue(key=key, value=deepcopy(RULES[key].default))


def day_kind_of(key: str, in_force: Mapping[str, RuleValue]) -> DayKind:
    """Which days a setting counts: only the response has a choice, ``response_day_kind``."""
    unit = RULES[key].unit
    if unit is Unit.BOARD_DAYS:
        return DayKind(in_force["response_day_kind"].value)
    return DayKind.BUSINESS if unit is Unit.BUSINESS_DAYS else DayKind.CALENDAR


def show_value(key: str, value: Any) -> str:
    """A value for people: "30 calendar days", "Yes", "none"; structured values as compact text."""
    unit = RULES[key].unit
    if value is None:
        return _("none")
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, int) and unit:
        return f"{value} {_(unit.value)}"
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {_show_part(part)}" for name, part in value.items())
    if isinstance(value, list):
        return ", ".join(_show_part(part) for part in value)
    return str(value).replace("_", " ") if RULES[key].words else str(value)


def _show_part(part: Any) -> str:
    if isinstance(part, Mapping):
        return str(part.get("code") or part.get("stage"))
    return ", ".join(map(str, part)) if isinstance(part, list) else str(part)
