"""Texts by language: ``{"en": "...", "es": "..."}``, English required. Pure."""

from collections.abc import Mapping
from datetime import date

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

Texts = Mapping[str, str]


def text_in(texts: Texts | None, language: str | None) -> str:
    """The text in a language ("es-mx" falls back to "es"), else in English, else an empty string."""
    if not texts:
        return ""
    code = (language or "en").lower()
    for wanted in (code, code.split("-")[0], "en"):
        if texts.get(wanted):
            return texts[wanted]
    return ""


def in_english(text: str) -> dict[str, str]:
    """Wrap an English text for storage; an empty text makes an empty mapping."""
    return {"en": text} if text else {}


def faults(texts: object) -> list[str]:
    """What is wrong with a value that should be texts by language; empty when nothing is."""
    if not isinstance(texts, Mapping):
        return ['must be texts by language, such as {"en": "…"}']
    found = []
    if not texts.get("en"):
        found.append("the English text is missing")
    found += [f"the text for {code} is not a text" for code, text in texts.items() if not isinstance(text, str)]
    return found


def short_date(day: date, *, with_year: bool = True) -> str:
    """A date as people write it here: "Jul 2, 2026"."""
    text = f"{MONTHS[day.month - 1]} {day.day}"
    return f"{text}, {day.year}" if with_year else text
