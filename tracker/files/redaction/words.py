"""The words of a page with their places, and which of them a redaction covers."""

import ctypes
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from tracker.files.redaction.areas import Area
from tracker.files.redaction.opening import Display

# Letters reach a little beyond their boxes. Invisible text was laid under a scan by a program that guessed its places.
GROWN = 1.0
GROWN_UNSEEN = 6.0
SHORTEST = 3
MAX_CHARACTERS = 2_000_000
_SOFT_HYPHEN = 2
_FAR_APART = 1.5
_RIGHT_TO_LEFT = ("R", "AL", "AN")
_EDGES = re.compile(r"^\W+|\W+$")

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Word:
    """A word as read: its characters, its box in displayed points (left, top, right, bottom from the upper left).

    `turn` is the direction of reading: 0 across, 90 downwards, 180 upside down, 270 upwards. `is_unseen` says that it
    is written invisibly, as text recognition does.
    """

    text: str
    box: Box
    turn: int = 0
    is_unseen: bool = False

    @property
    def grown(self) -> float:
        """How near a box may come before it touches the word, in points."""
        return GROWN_UNSEEN if self.is_unseen else GROWN


@dataclass(frozen=True)
class Split:
    """The words of a page: those that stay, those that a box touches, and what the latter say one after the other."""

    kept: tuple[Word, ...]
    dropped: tuple[Word, ...]
    phrases: tuple[str, ...]

    @property
    def needles(self) -> dict[str, str]:
        """What must not be found any more, plain form → as written: words of three characters and more, phrases."""
        return needles_in([word.text for word in self.dropped] + list(self.phrases))


def plain(text: str) -> str:
    """A text without spaces and invisible signs, case-folded, so that two readers of one page can be compared."""
    signs = _folded(text)
    return "".join(sign for sign in signs if not sign.isspace() and unicodedata.category(sign) not in ("Cc", "Cf"))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def needles_in(texts: Iterable[str]) -> dict[str, str]:
    """What to search for, plain form → as written. What is shorter than three characters is left out."""
    return {needle: _EDGES.sub("", text) for text in texts if len(needle := needle_of(text)) >= SHORTEST}


def needle_of(text: str) -> str:
    """What of a text is searched for: its plain form without punctuation around it."""
    return _EDGES.sub("", plain(text))


class Text:
    """A text made ready to be searched for many needles."""

    def __init__(self, written: str) -> None:
        self.written = written
        self.plain = plain(written)

    def count(self, needle: str) -> int:
        """How often a needle stands in it, spaces or none between its letters, within longer words too."""
        return self.plain.count(needle)

    def stands_alone(self, needle: str) -> bool:
        """Whether a needle stands in it and is no part of a longer word."""
        if needle not in self.plain:
            return False
        loose = r"\s*".join(map(re.escape, needle))
        folded = "".join(sign for sign in _folded(self.written) if unicodedata.category(sign) != "Cf")
        return re.search(rf"(?<!\w){loose}(?!\w)", folded) is not None


def touches(box: Box, area: Area, grown: float = GROWN) -> bool:
    """Whether a box of a word meets an area grown by some points on each side."""
    left, top, right, bottom = box
    return (
        left < float(area.right) + grown
        and right > float(area.x) - grown
        and top < float(area.bottom) + grown
        and bottom > float(area.y) - grown
    )


def split(words: Sequence[Word], areas: Iterable[Area]) -> Split:
    """Part the words of a page by its areas. Words one after the other under one area make a phrase."""
    boxes = list(areas)
    under = [[area for area in boxes if touches(word.box, area, word.grown)] for word in words]
    return Split(
        kept=tuple(word for word, covers in zip(words, under, strict=True) if not covers),
        dropped=tuple(word for word, covers in zip(words, under, strict=True) if covers),
        phrases=tuple(phrase for area in boxes for phrase in _phrases(words, [area in one for one in under])),
    )


def _phrases(words: Sequence[Word], is_under: Sequence[bool]) -> list[str]:
    found: list[str] = []
    running: list[str] = []
    for word, under in zip(words, is_under, strict=True):
        if under:
            running.append(word.text)
            continue
        found.append(" ".join(running))
        running = []
    found.append(" ".join(running))
    return [phrase for phrase in found if " " in phrase]


def read(page: Any, unit: float = 1.0) -> list[Word]:
    """The visible words of an open page, in the library's reading order. `unit` is its user unit in points."""
    display = Display(page, unit)
    width, height = display.size
    reader = _Reader(display)
    textpage = page.get_textpage()
    try:
        for index in range(min(textpage.count_chars(), MAX_CHARACTERS)):
            reader.take(textpage.raw, index)
    finally:
        textpage.close()
    found = reader.finish()
    return [
        word for word in found if word.box[0] < width and word.box[2] > 0 and word.box[1] < height and word.box[3] > 0
    ]


class _Reader:
    """Joins characters to words: a space, a new line or a wide gap ends one."""

    def __init__(self, display: Display) -> None:
        self._display = display
        self._found: list[Word] = []
        self._signs: list[str] = []
        self._boxes: list[Box] = []
        self._is_unseen = False

    def take(self, textpage: Any, index: int) -> None:
        code = pdfium.FPDFText_GetUnicode(textpage, index)
        sign = "-" if code == _SOFT_HYPHEN else chr(code) if 0 < code <= 0x10FFFF else "\ufffd"
        if sign.isspace() or unicodedata.category(sign) == "Cc":
            self._end()
            return
        box = self._box(textpage, index)
        if self._boxes and _apart(self._boxes[-1], box):
            self._end()
        self._signs.append(sign)
        self._boxes.append(box)
        self._is_unseen = self._is_unseen or _is_unseen(textpage, index)

    def finish(self) -> list[Word]:
        self._end()
        return self._found

    def _box(self, textpage: Any, index: int) -> Box:
        loose = pdfium.FS_RECTF()
        pdfium.FPDFText_GetLooseCharBox(textpage, index, loose)
        left, right, bottom, top = (ctypes.c_double() for _name in range(4))
        seen = self._display.box(loose.left, loose.bottom, loose.right, loose.top)
        if not pdfium.FPDFText_GetCharBox(textpage, index, left, right, bottom, top):
            return seen
        tight = self._display.box(left.value, bottom.value, right.value, top.value)
        if loose.left == loose.right or loose.top == loose.bottom:
            return tight
        if left.value == right.value or bottom.value == top.value:
            return seen
        return _around([seen, tight])

    def _end(self) -> None:
        if self._signs:
            text = "".join(self._signs).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            found = Word(text, _around(self._boxes), _turn(text, self._boxes), self._is_unseen)
            self._found.append(found)
        self._signs, self._boxes, self._is_unseen = [], [], False


def _is_unseen(textpage: Any, index: int) -> bool:
    item = pdfium.FPDFText_GetTextObject(textpage, index)
    return bool(item) and pdfium.FPDFTextObj_GetTextRenderMode(item) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE


def _apart(before: Box, after: Box) -> bool:
    high = max(before[3] - before[1], before[2] - before[0], after[3] - after[1], after[2] - after[0])
    across = max(after[0] - before[2], before[0] - after[2])
    down = max(after[1] - before[3], before[1] - after[3])
    return max(across, down) > _FAR_APART * high


def _around(boxes: Sequence[Box]) -> Box:
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def _turn(text: str, boxes: Sequence[Box]) -> int:
    first, last = boxes[0], boxes[-1]
    across = (last[0] + last[2]) - (first[0] + first[2])
    down = (last[1] + last[3]) - (first[1] + first[3])
    if len(boxes) == 1 or abs(across) >= abs(down):
        is_right_to_left = any(unicodedata.bidirectional(sign) in _RIGHT_TO_LEFT for sign in text)
        return 180 if across < 0 and not is_right_to_left else 0
    return 90 if down > 0 else 270
