"""Two independent readers of the text of a PDF: PDFium, and poppler, or where that is not installed our own."""

import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pikepdf

from tracker.files.redaction import opening, operators
from tracker.files.redaction.areas import Area
from tracker.files.redaction.words import Word

TIME_LIMIT_SECONDS = 600
_PAGE_END = "\f"
_PLACED = re.compile(r'<word xMin="([-.\d]+)" yMin="([-.\d]+)" xMax="([-.\d]+)" yMax="([-.\d]+)">(.*?)</word>')
_LEAST_OVERLAP = 0.5


class ReaderFailed(Exception):
    """The outside reader ended with an error, or took too long."""


@dataclass(frozen=True)
class Reader:
    """A reader of text: its name, and what gives the text of every page of a file."""

    name: str
    texts: Callable[[Path], list[str]]


def readers() -> tuple[Reader, Reader]:
    """The two readers of this machine."""
    first = Reader(opening.VERSION, pdfium_texts)
    if shutil.which("pdftotext"):
        return first, Reader("poppler", poppler_texts)
    return first, Reader(f"pikepdf {pikepdf.__version__}", operators.texts)


def pdfium_texts(path: Path, most_pages: int | None = None) -> list[str]:
    """The text of every page, or of the first ones, as PDFium reads it. Raises CannotOpen."""
    found = []
    with opening.opened(path) as document:
        for number in range(min(len(document), most_pages or len(document))):
            page = document[number]
            text = page.get_textpage()
            found.append(text.get_text_range())
            text.close()
            page.close()
    return found


def poppler_texts(path: Path) -> list[str]:
    """The text of every page as poppler reads it, outside the visible box too. Raises ReaderFailed."""
    return _run("-enc", "UTF-8", str(path), "-").split(_PAGE_END)[:-1]


def poppler_words(path: Path, page: int, unit: float = 1.0) -> list[Word]:
    """The words of a page, counted from 1, where poppler sees them; none where it is not installed.

    `unit` is the page's user unit in points. Raises ReaderFailed.
    """
    if not shutil.which("pdftotext"):
        return []
    text = _run("-bbox", "-cropbox", "-enc", "UTF-8", "-f", str(page), "-l", str(page), str(path), "-")
    found = []
    for left, top, right, bottom, word in _PLACED.findall(text):
        box = (float(left) * unit, float(top) * unit, float(right) * unit, float(bottom) * unit)
        found.append(Word(unescape(word), box))
    return found


def lies_in(word: Word, areas: Sequence[Area]) -> bool:
    """Whether the middle line of a word runs through an area: readers differ in how high they think a letter is."""
    left, top, right, bottom = word.box
    across, down = (left + right) / 2, (top + bottom) / 2
    for area in areas:
        x, y, end, foot = (float(one) for one in (area.x, area.y, area.right, area.bottom))
        if y <= down <= foot and min(right, end) - max(left, x) > _LEAST_OVERLAP:
            return True
        if x <= across <= end and min(bottom, foot) - max(top, y) > (bottom - top) / 2:
            return True
    return False


def _run(*arguments: str) -> str:
    program = shutil.which("pdftotext") or "pdftotext"
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program, arguments of our own making
            [program, "-q", *arguments], capture_output=True, timeout=TIME_LIMIT_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ReaderFailed("The second reader did not end.") from error
    if done.returncode:
        raise ReaderFailed("The second reader could not read the file.")
    return done.stdout.decode("utf-8", "replace")
