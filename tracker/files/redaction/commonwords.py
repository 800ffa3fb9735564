"""Words that stand in every English text. That one of them is covered and also stands elsewhere tells nothing."""

import re
from collections.abc import Mapping

_WRITTEN = """
the and for with that this from was were are has have had not but his her hers she him they them their theirs you your
yours our ours who whom whose which when where what why how all any can could would should shall will may might must
been being into than then there here its one two out off about after again before during did does done upon said such
these those also only other others some more most less each every per via etc over under between because until while
both either neither nor yet very just
"""
_COMMON = frozenset(_WRITTEN.split())
_LETTERS = re.compile(r"[a-z]+")


def is_common(text: str) -> bool:
    """Whether a text is one such word in small letters; Will and May may be names."""
    bare = text.strip(".,;:!?()\"'")
    return bool(_LETTERS.fullmatch(bare)) and bare in _COMMON


def telling(needles: Mapping[str, str]) -> frozenset[str]:
    """Of needles (plain form → as written) those that tell something."""
    return frozenset(needle for needle, written in needles.items() if not is_common(written))
