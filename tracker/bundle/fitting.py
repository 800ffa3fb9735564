"""Words made to fit a width: lines cut short, ranges of numbers broken only between two numbers."""

import re

from tracker.bundle.styles import Style
from tracker.files.typeset import Typesetter

_RANGE = re.compile(r"(?<=\d)–(?=\d)")


def shorten(setter: Typesetter, words: str, style: Style, width: float) -> str:
    """Cut a line with an ellipsis so that it is at most `width` points wide."""
    words = setter.shown(words, style.face)
    if setter.width(words, *style.pair) <= width:
        return words
    while words and setter.width(words + "…", *style.pair) > width:
        words = words[:-1]
    return words.rstrip() + "…"


def whole_numbers(setter: Typesetter, words: str, style: Style, width: float) -> str:
    """Put a blank behind the dash of each range of numbers wider than `width` points, so that it is broken there."""
    if "–" not in words:
        return words
    return " ".join(
        _RANGE.sub("– ", word) if setter.width(word, *style.pair) > width else word for word in words.split(" ")
    )
