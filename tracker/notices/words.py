"""A letter's words: its template and merge values become frozen plain text.

The text has a light form that the page and the PDF both draw: paragraphs parted by an empty line, `## `
before a heading, `- ` before an item of a list.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import formats, translation

from boards.models import Board
from tracker.notices.kinds import Audience, NoticeKind

_BLANK_LINES = re.compile(r"\n\s*\n+")


@dataclass(frozen=True)
class Words:
    """What a letter says."""

    subject: str
    body: str


@dataclass(frozen=True)
class Block:
    """One piece of a body: `paragraph`, `heading` or `item`, and its text in one line."""

    form: str
    text: str


def write(
    kind: NoticeKind,
    audience: Audience,
    *,
    board: Board,
    letter_date: date,
    salutation: str,
    merge: Mapping[str, object],
    language: str,
) -> Words:
    """The words of one letter. Raises ValueError when the kind has no such audience or merge values are
    missing.
    """
    if audience not in kind.audiences:
        raise ValueError(f"The letter {kind.code} is not for the {audience.value}.")
    missing = [key for key in kind.required if merge.get(key) in (None, "", [], ())]
    unknown = [key for key in merge if key not in (*kind.required, *kind.optional)]
    if missing or unknown:
        raise ValueError(f"The letter {kind.code} misses {missing} and does not know {unknown}.")
    with translation.override(language):
        values = {key: _shown(value, board.zone) for key, value in merge.items()}
        context = {
            **dict.fromkeys(kind.optional, ""),
            **values,
            "board": board,
            "letter_date": _shown(letter_date, board.zone),
            "salutation": _one_line(salutation),
            "tracking_page": f"{settings.SITE_URL}/track/",
        }
        body = render_to_string(kind.template(audience), context)
        return Words(subject=str(kind.title), body=_tidy(body))


def blocks(body: str) -> list[Block]:
    """A frozen body cut into what is drawn."""
    found = []
    for part in _BLANK_LINES.split(body.strip()):
        lines = part.split("\n")
        if all(line.startswith("- ") for line in lines):
            found += [Block("item", line[2:]) for line in lines]
        elif part.startswith("## "):
            found.append(Block("heading", " ".join(part[3:].split())))
        else:
            found.append(Block("paragraph", " ".join(part.split())))
    return found


def _shown(value: object, zone: ZoneInfo) -> object:
    if isinstance(value, bool) or value is None:
        return value or ""
    if isinstance(value, datetime):
        local = value.astimezone(zone)
        return f"{formats.date_format(local, 'F j, Y, g:i A')} {local.tzname()}"
    if isinstance(value, date):
        return formats.date_format(value, "F j, Y")
    if isinstance(value, list | tuple):
        return [_one_line(str(item)) for item in value]
    return "\n\n".join(_one_line(part) for part in _BLANK_LINES.split(str(value).strip()))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _tidy(body: str) -> str:
    parts = _BLANK_LINES.split("\n".join(line.strip() for line in body.strip().split("\n")))
    return "\n\n".join(part.strip("\n") for part in parts if part.strip())
