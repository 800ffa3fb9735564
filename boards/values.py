"""The kinds of values a board's settings may have: what is accepted, and what is said of everything else.
Pure.

Every parser takes what a JSON column or a form field holds and returns the value as it is stored (JSON
types, no floats), or raises ``RuleValueError`` with a sentence that says what is expected.
"""

import json
import re
import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from boards import texts


class RuleValueError(ValueError):
    """A value that this setting cannot have; the message is for people."""


Parser = Callable[[Any], Any]
STAGES = ("filed", "investigation", "hearing", "disposition")
PRIORITIES = ("emergency", "urgent", "high", "routine", "administrative")
ROLES = (
    "intake_analyst",
    "investigator",
    "enforcement_manager",
    "board_counsel",
    "presiding_officer",
    "board_member",
    "compliance_monitor",
    "executive_director",
    "records_custodian",
)


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number within limits; with ``optional``, also none."""

    minimum: int
    maximum: int
    optional: bool = False

    def __call__(self, raw: Any) -> int | None:
        if self.optional and raw in (None, "", "none"):
            return None
        try:
            number = raw if type(raw) is int else int(str(raw).strip()) if type(raw) is str else None
        except ValueError:
            number = None
        if number is None or not self.minimum <= number <= self.maximum:
            limits = {"low": self.minimum, "high": self.maximum}
            if self.optional:
                raise RuleValueError(_("must be a whole number from %(low)d to %(high)d, or none") % limits)
            raise RuleValueError(_("must be a whole number from %(low)d to %(high)d") % limits)
        return number


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the given words."""

    words: tuple[str, ...]

    def __call__(self, raw: Any) -> str:
        if raw not in self.words:
            raise RuleValueError(_("must be one of: %(words)s") % {"words": ", ".join(self.words)})
        return str(raw)


def yes_no(raw: Any) -> bool:
    """True or false; the words yes and no are understood."""
    answers = {True: True, False: False, "yes": True, "no": False, "true": True, "false": False}
    key = raw.strip().lower() if isinstance(raw, str) else raw
    if isinstance(key, bool | str) and key in answers:
        return answers[key]
    raise RuleValueError(_("must be yes or no"))


def day_list(raw: Any) -> list[int]:
    """Numbers of days from 0 to 365, largest first: a list, or text with commas or spaces."""
    # A form shows the list as JSON, and a person may write it without the brackets.
    parts = raw if isinstance(raw, list) else str(raw).translate(dict.fromkeys(map(ord, "[],"), " ")).split()
    try:
        days = {Whole(0, 365)(part) for part in parts}
    except RuleValueError:
        raise RuleValueError(_("must be numbers of days from 0 to 365, such as 7, 1")) from None
    return sorted((day for day in days if day is not None), reverse=True)


def quorum(raw: Any) -> str | int:
    """``majority_serving`` or a fixed number of members."""
    if raw == "majority_serving":
        return "majority_serving"
    try:
        count = Whole(1, 99)(raw)
    except RuleValueError:
        count = None
    if count is None:
        raise RuleValueError(_("must be majority_serving or a number of members from 1 to 99"))
    return count


def docket_format(raw: Any) -> str:
    """A docket format: ``{seq}`` is required, ``{BOARD}`` and ``{YYYY}`` may stand beside it."""
    if not isinstance(raw, str):
        raise RuleValueError(_("must be a text"))
    try:
        fields = [name for _text, name, _spec, _conv in string.Formatter().parse(raw) if name is not None]
        sample = raw.format(BOARD="ABC", YYYY=2026, seq=1)
    except (ValueError, KeyError, IndexError) as fault:
        raise RuleValueError(_("cannot be read as a format: %(fault)s") % {"fault": fault}) from fault
    if "seq" not in fields or not set(fields) <= {"BOARD", "YYYY", "seq"}:
        raise RuleValueError(_("must contain {seq}, and may contain {BOARD} and {YYYY}"))
    if not re.fullmatch(r"[A-Z0-9][A-Z0-9-]{2,39}", sample):
        raise RuleValueError(_("must make docket numbers of capital letters, digits and hyphens"))
    return raw


def _mapping(raw: Any, keys: Mapping[str, Parser]) -> dict[str, Any]:
    raw = _loaded(raw)
    if not isinstance(raw, Mapping) or set(raw) != set(keys):
        raise RuleValueError(_("must have exactly these parts: %(keys)s") % {"keys": ", ".join(keys)})
    value = {}
    for key, parse in keys.items():
        try:
            value[key] = parse(raw[key])
        except RuleValueError as fault:
            raise RuleValueError(f"{key}: {fault}") from fault
    return value


def _loaded(raw: Any) -> Any:
    if not isinstance(raw, str):
        return raw
    try:
        return json.loads(raw)
    except ValueError as fault:
        raise RuleValueError(_("is not valid JSON")) from fault


def _list(raw: Any, parse: Parser) -> list[Any]:
    raw = _loaded(raw)
    if not isinstance(raw, list) or not raw:
        raise RuleValueError(_("must be a list with at least one entry"))
    return [parse(item) for item in raw]


def _word(raw: Any) -> str:
    if not isinstance(raw, str) or not raw.strip() or len(raw) > 80:
        raise RuleValueError(_("must be a text of 1 to 80 characters"))
    return raw.strip()


def _texts(raw: Any) -> dict[str, str]:
    found = texts.faults(raw)
    if found:
        raise RuleValueError("; ".join(found))
    return dict(raw)


def closure_approvers(raw: Any) -> dict[str, Any]:
    """``{"by": "approval" or "vote", "roles": [...], "count": n}``: who must agree to a closure."""
    parts: dict[str, Parser] = {
        "by": Choice(("approval", "vote")),
        "roles": lambda roles: _list(roles, Choice(ROLES)),
        "count": Whole(1, 9),
    }
    return _mapping(raw, parts)


def public_from(raw: Any) -> dict[str, Any]:
    """``{"event": "charges" | "probable_cause" | "order" | "never", "plus_days": n}``."""
    events = Choice(("charges", "probable_cause", "order", "never"))
    return _mapping(raw, {"event": events, "plus_days": Whole(0, 365)})


def priority_scheme(raw: Any) -> list[dict[str, str]]:
    """``[{"code", "label", "canonical"}]``: the board's own levels, each with its canonical priority."""
    parts: dict[str, Parser] = {"code": _word, "label": _word, "canonical": Choice(PRIORITIES)}
    levels = _list(raw, lambda item: _mapping(item, parts))
    if len({level["code"] for level in levels}) != len(levels):
        raise RuleValueError(_("has the same code twice"))
    return levels


def exhibit_scheme(raw: Any) -> dict[str, str]:
    """How each party's exhibits are marked: numbers, letters, or a prefix followed by a number ("J-")."""

    def style(value: Any) -> str:
        if value in ("numbers", "letters") or re.fullmatch(r"[A-Z]{1,4}-", str(value)):
            return str(value)
        raise RuleValueError(_("must be numbers, letters or a prefix such as J-"))

    return _mapping(raw, dict.fromkeys(("board", "respondent", "joint", "presiding_officer"), style))


def retention_rules(raw: Any) -> dict[str, Any]:
    """Outcome family → ``keep`` or years after closing; ``default`` is required."""
    raw = _loaded(raw)
    outcomes = ("default", "no_action", "action", "order")
    if not isinstance(raw, Mapping) or "default" not in raw or not set(raw) <= set(outcomes):
        raise RuleValueError(_("must have a default, and may have: no_action, action, order"))
    return {key: "keep" if item == "keep" else Whole(1, 100)(item) for key, item in raw.items()}


def public_stages(raw: Any) -> list[dict[str, Any]]:
    """Which stages the tracking page may name, in order, with their public words by language."""
    parts: dict[str, Parser] = {"stage": Choice(STAGES), "label": _texts, "meaning": _texts, "next": _texts}
    stages = _list(raw, lambda item: _mapping(item, parts))
    named = [stage["stage"] for stage in stages]
    if named != [stage for stage in STAGES if stage in named]:
        raise RuleValueError(_("must name each stage once, in order"))
    return stages


STAMP_CORNERS = ("bottom_right", "bottom_left", "bottom_center", "top_right", "top_left")


def bates(raw: Any) -> dict[str, Any]:
    """``{"prefix", "digits", "start", "position": "bottom_right", "size_pt": "8.5"}``; size in points.

    The prefix is the word ``docket`` (the docket number and a hyphen) or the board's own text, printed as it is.
    """
    parts: dict[str, Parser] = {
        "prefix": _prefix,
        "digits": Whole(4, 9),
        "start": Whole(1, 999999),
        "position": Choice(STAMP_CORNERS),
        "size_pt": _points,
    }
    return _mapping(raw, parts)


def _prefix(raw: Any) -> str:
    if not isinstance(raw, str) or not re.fullmatch(r"[A-Za-z0-9._-]{1,24}", raw):
        raise RuleValueError(_("must be docket, or up to 24 letters, digits, dots, hyphens and underscores"))
    return raw


def _points(raw: Any) -> str:
    try:
        size = Decimal(str(raw))
    except InvalidOperation as fault:
        raise RuleValueError(_("must be a size in points")) from fault
    if not size.is_finite() or not Decimal(6) <= size <= Decimal(14):
        raise RuleValueError(_("must be a size from 6 to 14 points"))
    return str(size)
