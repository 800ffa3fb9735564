"""Slugs and short codes of boards: made once, when a board is first loaded, and never changed. Pure."""

import re
import unicodedata
from collections.abc import Collection

from django.utils.text import slugify

SMALL_WORDS = frozenset(("a", "an", "and", "for", "in", "of", "on", "the", "to"))
LONGEST_CODE = 12
LONGEST_SLUG = 200


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


def slug_for(jurisdiction: str, name: str) -> str:
    """``{jurisdiction}-{slugified name}``, at most 200 characters."""
    return f"{jurisdiction.lower()}-{slugify(name)}"[:LONGEST_SLUG].strip("-")


def short_code_for(jurisdiction: str, name: str, state_name: str, taken: Collection[str]) -> str:
    """A code for docket numbers: the jurisdiction and the initials of the name, with a number when taken.

    Words of the state's name and small words are left out, since the jurisdiction already says them.
    """
    known = {*SMALL_WORDS, *_plain(state_name).lower().split()}
    words = re.findall(r"[a-z0-9]+", _plain(name).lower().replace("'", ""))
    initials = "".join(word[0] for word in words if word not in known) or "B"
    base = f"{jurisdiction}{initials}".upper()[:LONGEST_CODE]
    code, number = base, 2
    while code in taken:
        suffix = str(number)
        code, number = base[: LONGEST_CODE - len(suffix)] + suffix, number + 1
    return code
