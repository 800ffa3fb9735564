"""What a row of the table of settings says, and short ways to write the usual kinds. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from boards import values


class Law(StrEnum):
    """Which date decides which version of a rule binds."""

    PROCEDURE = "procedure"
    SUBSTANCE = "substance"


class Unit(StrEnum):
    """What a number counts; empty for other kinds of values."""

    NONE = ""
    CALENDAR_DAYS = "calendar days"
    BUSINESS_DAYS = "business days"
    BOARD_DAYS = "days"
    YEARS = "years"


@dataclass(frozen=True, slots=True)
class RuleSpec:
    """One setting: ``parse`` accepts what is stored or typed and raises ``RuleValueError``; texts are
    translatable.
    """

    key: str
    parse: values.Parser
    default: Any
    label: Any
    help: Any
    unit: Unit = Unit.NONE
    law: Law = Law.PROCEDURE

    @property
    def words(self) -> tuple[str, ...]:
        """The allowed words of a choice; empty for other kinds."""
        return self.parse.words if isinstance(self.parse, values.Choice) else ()


def days(key: str, default: int, label: Any, help_text: Any, *, unit: Unit = Unit.CALENDAR_DAYS) -> RuleSpec:
    """A number of days from 0 to 3650."""
    return RuleSpec(key, values.Whole(0, 3650), default, label, help_text, unit)


def yes_no(key: str, default: bool, label: Any, help_text: Any) -> RuleSpec:
    """Yes or no."""
    return RuleSpec(key, values.yes_no, default, label, help_text)


def choice(key: str, words: tuple[str, ...], label: Any, help_text: Any) -> RuleSpec:
    """A choice whose first word is the default."""
    return RuleSpec(key, values.Choice(words), words[0], label, help_text)
