"""Breaking lines of evidence: spaces stay, nothing is lost, and time grows with the length only. Pure."""

import re
import unicodedata
from collections.abc import Iterator

from tracker.files.typeset import Typesetter, fitting

_TOKEN = re.compile(r" +|[^ ]+")
# No line holds more signs of any size used here, so a word without end is measured in bits of this length.
_MOST_IN_LINE = 400


def is_right_to_left(text: str) -> bool:
    """Whether a line reads from the right: its first letter with a direction decides (UAX #9, rule P2)."""
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def broken(setter: Typesetter, text: str, style: tuple[str, float], width: float) -> Iterator[str]:
    """Break one line of text into lines at most `width` points wide in `style` (face, size in points).

    Unlike `typeset.wrap` it keeps the spaces at the beginning and between words; only those where it breaks go.
    """
    line, used = "", 0.0
    for token in _TOKEN.findall(setter.shown(text, style[0])):
        for piece in _pieces(token):
            wide = setter.width(piece, *style)
            if line and used + wide > width:
                if line.strip():
                    yield line.rstrip(" ")
                line, used = "", 0.0
                if piece.isspace():
                    continue
            # An indent wider than the page would push the words out of it.
            if piece.isspace() and wide > width / 2:
                continue
            while wide > width and len(piece) > 1:
                cut = fitting(setter, piece, style, width)
                yield piece[:cut]
                piece = piece[cut:]
                wide = setter.width(piece, *style)
            line, used = line + piece, used + wide
    yield line


def _pieces(token: str) -> Iterator[str]:
    for start in range(0, len(token), _MOST_IN_LINE):
        yield token[start : start + _MOST_IN_LINE]
