"""A list of boards as CSV: read whole, every bad cell named by row and column, before anything is loaded.
Pure.

Rows are counted as a spreadsheet shows them: the headings are row 1.
"""

import csv
import io
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _

from boards import rules
from tracker.directory import shortcodes

URLS = ("website", "complaint_url", "license_lookup_url")
ANSWERS = ("files_online", "files_by_mail", "files_by_email", "phone_inquiries", "written_required")
PLAIN = {"parent_agency": 250, "mailing_address": 250, "city": 80}
NOTES = {"filing_deadline_note": 500, "process_note": 500}
RULE_COLUMNS = {
    "response_days": "response_days",
    "acknowledgement_days": "ack_days",
    "anonymous_accepted": "anonymous_allowed",
    "notarization_required": "oath_required",
}
COLUMNS = (
    "jurisdiction",
    "board_name",
    "parent_agency",
    "professions",
    "website",
    "complaint_url",
    "license_lookup_url",
    "phone",
    "email",
    "mailing_address",
    "city",
    "state",
    "postal_code",
    "files_online",
    "files_by_mail",
    "files_by_email",
    "phone_inquiries",
    "written_required",
    "notarization_required",
    "anonymous_accepted",
    "response_days",
    "acknowledgement_days",
    "filing_deadline_note",
    "process_note",
    "source_url",
)
LONGEST_NAME = 250
LONGEST_URL = 500
_url = URLValidator(schemes=["http", "https"])


class BadList(Exception):
    """The list cannot be loaded; ``faults`` name each bad cell."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = list(faults)
        super().__init__(" ".join(self.faults))


@dataclass(frozen=True)
class HostedBoard:
    """A board whose slug and short code are given, matched by jurisdiction and name."""

    slug: str
    short_code: str
    jurisdiction: str
    name: str
    hosted: bool = True
    time_zone: str = ""

    @property
    def matches(self) -> tuple[str, str]:
        """The key by which a row is recognized."""
        return self.jurisdiction, self.name.casefold()


@dataclass(frozen=True)
class BoardRow:
    """One good row: the board's own fields, its professions, and the settings its columns state."""

    number: int
    jurisdiction: str
    name: str
    slug: str
    fields: Mapping[str, Any]
    professions: tuple[str, ...]
    rules: Mapping[str, Any]
    hosted: HostedBoard | None = None


@dataclass
class _Cell:
    """Collects what is wrong with the cells of one row."""

    number: int
    cells: Mapping[str, str]
    faults: list[str] = field(default_factory=list)

    def text(self, column: str) -> str:
        return self.cells[column].strip()

    def bad(self, column: str, why: str) -> None:
        at = {"row": self.number, "column": column, "why": why}
        self.faults.append(_("Row %(row)d, column %(column)s: %(why)s.") % at)

    def limited(self, column: str, longest: int) -> str:
        text = self.text(column)
        if len(text) > longest:
            self.bad(column, _("longer than %(longest)d characters") % {"longest": longest})
        if any(ord(sign) < 32 for sign in text):
            self.bad(column, _("holds a line break or control character"))
        return text

    def matching(self, column: str, check: Callable[[str], bool], why: str) -> str:
        text = self.text(column)
        if text and not check(text):
            self.bad(column, why)
        return text


def read(
    content: bytes,
    *,
    jurisdictions: Mapping[str, str],
    professions: Collection[str],
    hosted: Sequence[HostedBoard] = (),
) -> list[BoardRow]:
    """Every row of the list, in order; BadList naming every bad cell when one is bad.

    ``jurisdictions`` maps codes to names, ``professions`` are the known keys, ``hosted`` the boards whose
    slug and short code are given.
    """
    known = {board.matches: board for board in hosted}
    faults: list[str] = []
    rows: list[BoardRow] = []
    first_seen: dict[str, int] = {}
    for number, cells in _records(content):
        cell = _Cell(number, cells)
        row = _read_row(cell, jurisdictions, professions, known)
        if row.slug in first_seen:
            cell.bad("board_name", _("the same board as in row %(row)d") % {"row": first_seen[row.slug]})
        first_seen.setdefault(row.slug, number)
        faults += cell.faults
        rows.append(row)
    if not rows:
        faults.append(_("The list has no rows."))
    if faults:
        raise BadList(faults)
    return rows


def _records(content: bytes) -> list[tuple[int, dict[str, str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        at = content[: fault.start].count(b"\n") + 1
        raise BadList([_("The list is not UTF-8 text (line %(line)d).") % {"line": at}]) from fault
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as fault:
        raise BadList([_("The list cannot be read as CSV: %(fault)s.") % {"fault": fault}]) from fault
    headings = [name.strip() for name in lines[0]] if lines else []
    faults = [_("The column %(name)s is missing.") % {"name": n} for n in COLUMNS if n not in headings]
    faults += [_("The column %(name)s is not known.") % {"name": n or "?"} for n in headings if n not in COLUMNS]
    faults += [
        _("The column %(name)s stands twice.") % {"name": name}
        for name in dict.fromkeys(headings)
        if headings.count(name) > 1
    ]
    numbered = [(number, line) for number, line in enumerate(lines[1:], start=2) if line]
    for number, line in numbered:
        if len(line) != len(headings):
            row = {"row": number, "found": len(line), "wanted": len(headings)}
            faults.append(_("Row %(row)d has %(found)d cells instead of %(wanted)d.") % row)
    if faults:
        raise BadList(faults)
    return [(number, dict(zip(headings, line, strict=True))) for number, line in numbered]


def _read_row(
    cell: _Cell,
    jurisdictions: Mapping[str, str],
    professions: Collection[str],
    known: Mapping[tuple[str, str], HostedBoard],
) -> BoardRow:
    code = cell.text("jurisdiction")
    if code not in jurisdictions:
        cell.bad("jurisdiction", _("%(code)s is not a known jurisdiction") % {"code": code or _("nothing")})
    name = cell.limited("board_name", LONGEST_NAME)
    if not name:
        cell.bad("board_name", _("the name is missing"))
    hosted = known.get((code, name.casefold()))
    fields: dict[str, Any] = {column: cell.limited(column, longest) for column, longest in PLAIN.items()}
    fields |= {column: _read_url(cell, column) for column in URLS}
    fields |= _read_contacts(cell, jurisdictions)
    fields |= {column: _read_answer(cell, column) or "unknown" for column in ANSWERS}
    fields |= {f"{column}s": _in_english(cell.limited(column, longest)) for column, longest in NOTES.items()}
    fields["source_url"] = _read_sources(cell)
    return BoardRow(
        number=cell.number,
        jurisdiction=code,
        name=name,
        slug=hosted.slug if hosted else shortcodes.slug_for(code, name),
        fields=fields,
        professions=_read_professions(cell, professions),
        rules=_read_rules(cell),
        hosted=hosted,
    )


def _in_english(text: str) -> dict[str, str]:
    return {"en": text} if text else {}


def _is_url(text: str) -> bool:
    try:
        _url(text)
    except ValidationError:
        return False
    return len(text) <= LONGEST_URL


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _read_url(cell: _Cell, column: str) -> str:
    return cell.matching(column, _is_url, _("not a web address of at most 500 characters"))


def _read_contacts(cell: _Cell, jurisdictions: Mapping[str, str]) -> dict[str, str]:
    phone = r"[0-9+().\-/ ]{7,40}( ?(ext\.?|x) ?[0-9]{1,6})?"
    return {
        "phone": cell.matching("phone", lambda t: bool(re.fullmatch(phone, t)), _("not a phone number")),
        "email": cell.matching("email", _is_email, _("not an email address")),
        "state": cell.matching("state", lambda t: t in jurisdictions, _("not a known state code")),
        "postal_code": cell.matching(
            "postal_code", lambda t: bool(re.fullmatch(r"[0-9]{5}(-[0-9]{4})?", t)), _("not a ZIP code")
        ),
    }


def _read_answer(cell: _Cell, column: str) -> str:
    return cell.matching(column, lambda text: text in ("yes", "no"), _("must be yes, no or empty"))


def _read_sources(cell: _Cell) -> str:
    parts = [part.strip() for part in cell.text("source_url").split(";") if part.strip()]
    if not parts:
        cell.bad("source_url", _("at least one source is needed"))
    for part in parts:
        if not _is_url(part):
            cell.bad("source_url", _("%(part)s is not a web address") % {"part": part[:60]})
    return ";".join(parts)


def _read_professions(cell: _Cell, known: Collection[str]) -> tuple[str, ...]:
    keys = [key.strip() for key in cell.text("professions").split(";") if key.strip()]
    if not keys:
        cell.bad("professions", _("at least one profession is needed"))
    for key in keys:
        if key not in known:
            cell.bad("professions", _("%(key)s is not a known profession") % {"key": key[:40]})
    return tuple(dict.fromkeys(keys))


def _read_rules(cell: _Cell) -> dict[str, Any]:
    found = {}
    for column, key in RULE_COLUMNS.items():
        if not cell.text(column):
            continue
        try:
            found[key] = rules.parse_value(key, cell.text(column))
        except rules.RuleValueError as fault:
            cell.bad(column, str(fault))
    return found
