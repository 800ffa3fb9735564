"""Prose in which some words stand in bold: broken into lines and drawn like any paragraph."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tracker.bundle.draw import Book
from tracker.bundle.styles import Style

_BEGIN, _END = "\x02", "\x03"


@dataclass(frozen=True)
class Stretch:
    """Words of one line that stand in one style."""

    text: str
    style: Style


ProseLine = Sequence[Stretch]


def bold(text: object) -> str:
    """Mark a value so that it stands in bold where it is put into a sentence."""
    return f"{_BEGIN}{text}{_END}"


def wrap_prose(book: Book, text: str, style: Style, width: float) -> list[ProseLine]:
    """Break a text with marked values into lines at most `width` points wide."""
    if _BEGIN not in text:
        return [[Stretch(line, style)] for line in book.wrap(text, style, width)]
    lines: list[list[Stretch]] = []
    line: list[Stretch] = []
    for word in _words(text, style):
        trial = _joined(line, word)
        if line and _width(book, trial) > width:
            lines.append(line)
            trial = list(word)
        line = trial
    return [*lines, line]


def draw_prose(book: Book, x: float, y: float, lines: Sequence[ProseLine], *, leading: float) -> float:
    """Draw lines as one stretch of the open element, first baseline y; return the last baseline (points)."""
    with book.content():
        for number, line in enumerate(lines):
            y -= leading if number else 0
            at = x
            for place, part in enumerate(line):
                # The blank at which a line was broken is for readers that join the lines.
                ends = place == len(line) - 1 and number < len(lines) - 1
                at += book.text(at, y, f"{part.text} " if ends else part.text, part.style)
    return y


def _words(text: str, style: Style) -> Iterator[list[Stretch]]:
    """The words, each with its stretches: what follows a marked value without a blank belongs to its word."""
    strong = replace(style, face=f"{style.face}-bold")
    is_bold = False
    for word in text.split(" "):
        parts: list[Stretch] = []
        start = 0
        for place, letter in enumerate(f"{word}{_END}"):
            if letter in (_BEGIN, _END):
                if place > start:
                    parts.append(Stretch(word[start:place], strong if is_bold else style))
                if place < len(word):
                    is_bold = letter == _BEGIN
                start = place + 1
        if parts:
            yield parts


def _joined(line: list[Stretch], word: list[Stretch]) -> list[Stretch]:
    if not line:
        return list(word)
    last, first = line[-1], word[0]
    if last.style == first.style:
        return [*line[:-1], Stretch(f"{last.text} {first.text}", last.style), *word[1:]]
    return [*line[:-1], Stretch(f"{last.text} ", last.style), *word]


def _width(book: Book, line: ProseLine) -> float:
    return sum(book.setter.width(part.text, *part.style.pair) for part in line)
