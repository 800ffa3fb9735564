"""The typefaces of letters, and text in any script set with the first face that has its signs.

Noto faces come from the folder of the setting FONTS_DIR. A sign that no face has is drawn as a box, never
dropped.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from xml.sax.saxutils import escape

from bidi.algorithm import get_display
from django.conf import settings
from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

SERIF, SERIF_BOLD, SANS, SANS_BOLD = "LetterSerif", "LetterSerifBold", "LetterSans", "LetterSansBold"
_NOTO = "@expo-google-fonts/noto-{family}/{weight}/Noto{face}_{weight}.ttf"
_FACES = {
    SERIF: _NOTO.format(family="serif", face="Serif", weight="400Regular"),
    SERIF_BOLD: _NOTO.format(family="serif", face="Serif", weight="700Bold"),
    SANS: _NOTO.format(family="sans", face="Sans", weight="400Regular"),
    SANS_BOLD: _NOTO.format(family="sans", face="Sans", weight="700Bold"),
    "LetterHebrew": _NOTO.format(family="sans-hebrew", face="SansHebrew", weight="400Regular"),
    "LetterArabic": _NOTO.format(family="sans-arabic", face="SansArabic", weight="400Regular"),
    "LetterLast": "dejavu-fonts-ttf/ttf/DejaVuSans.ttf",
}
# Wider faces where the system has them (Han, Kana, Hangul).
_SYSTEM_FACES = {
    "LetterHan": Path("/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf"),
    "LetterHangul": Path("/usr/share/fonts/truetype/nanum/NanumGothic.ttf"),
}
# Words of scripts written from right to left, with the spaces between them; those whose letters join; Indic scripts.
_RIGHT_TO_LEFT = re.compile(
    r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+(?:\s+[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+)*"
)
_JOINED = re.compile(r"[\u0600-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")
_SHAPED = re.compile(r"[\u0600-\u08ff\u0900-\u0dff\ufb50-\ufdff\ufe70-\ufefc]")


@dataclass(frozen=True)
class Run:
    """Text that one face can draw."""

    face: str
    text: str


@lru_cache(maxsize=1)
def faces() -> dict[str, TTFont]:
    """All faces, registered once per process, in the order in which they are tried."""
    rl_config.ttfAsciiReadable = 0
    folder = Path(settings.FONTS_DIR)
    found = {name: TTFont(name, str(folder / path)) for name, path in _FACES.items()}
    found |= {name: TTFont(name, str(path)) for name, path in _SYSTEM_FACES.items() if path.is_file()}
    for font in found.values():
        pdfmetrics.registerFont(font)
    return found


def runs(text: str, face: str) -> list[Run]:
    """`text` in display order, cut into runs by the first face that has each sign; `face` is tried first."""
    text = _RIGHT_TO_LEFT.sub(_in_display_order, text)
    found: list[Run] = []
    for char in text:
        chosen = _face_for(char, face)
        if found and (found[-1].face == chosen or char == " "):
            found[-1] = Run(found[-1].face, found[-1].text + char)
        else:
            found.append(Run(chosen, char))
    return found


def markup(text: str, face: str) -> str:
    """`text` as reportlab paragraph markup, every run in a face that has its signs."""
    return "".join(f'<font name="{run.face}">{escape(run.text)}</font>' for run in runs(text, face))


def needs_shaping(text: str) -> bool:
    """Whether letters of `text` change with their neighbors, so that it must be drawn by the shaping engine."""
    return bool(_SHAPED.search(text))


def _in_display_order(found: re.Match[str]) -> str:
    """Words from right to left. Joined letters stay as they are: the shaping engine turns each word around itself."""
    words = re.split(r"(\s+)", found.group())
    return "".join(word if _JOINED.search(word) else str(get_display(word)) for word in reversed(words))


def _face_for(char: str, face: str) -> str:
    if ord(char) in faces()[face].face.charToGlyph:
        return face
    return next((name for name, font in faces().items() if ord(char) in font.face.charToGlyph), face)
