"""Setting one line of text in any script: fallback typefaces, order from right to left, joined letters.

No character vanishes: one without a glyph in any installed typeface is drawn as ▯ and reported in `missing`.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bidi import algorithm as bidi
from bidi.mirror import MIRRORED
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import ShapedStr, shapeStr
from reportlab.pdfgen.canvas import Canvas

from tracker.files.fonts import FALLBACKS, FontFiles

PLACEHOLDER = "\u25af"
SOFT_HYPHEN = "\u00ad"
# Arabic is set in DejaVu: its joined letters have characters of their own, so the text can be searched; Noto's are
# put together from parts and extract as private characters. Noto Sans Arabic serves what DejaVu has not.
_SCRIPTS = (
    ("HEBREW", "hebrew"),
    ("ARABIC", "dejavu"),
    ("ARABIC", "arabic"),
    ("DEVANAGARI", "devanagari"),
)
_CONTROLS = {chr(code) for code in [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C]}


@dataclass(frozen=True)
class Run:
    """A stretch of one typeface and direction, in visual order. `kind` is "plain", "shaped" or "indic"."""

    font: str
    text: str
    kind: str
    source: str


class Typesetter:
    """Measures and draws lines with one set of typefaces; remembers what could not be drawn."""

    def __init__(self, files: FontFiles) -> None:
        self._files = files
        self._fonts: dict[str, Any] = {}
        self._runs: dict[tuple[str, str, bool | None], list[Run]] = {}
        self._units: dict[tuple[str, str], float] = {}
        self.missing: set[str] = set()

    def font(self, face: str) -> Any:
        """The loaded typeface of a face, or None where it is not installed."""
        if face not in self._fonts:
            self._fonts[face] = self._files.load(face)
        return self._fonts[face]

    def width(self, text: str, face: str, size: float) -> float:
        """Width of a line in points."""
        unit = self._units.get((text, face))
        if unit is None:
            # Widths are linear in the size, and most lines are measured more than once.
            unit = self._units[text, face] = sum(_run_width(run, 1000) for run in self.runs(text, face))
        return unit * size / 1000

    def draw(
        self,
        canvas: Canvas,
        at: tuple[float, float],
        text: str,
        style: tuple[str, float],
        *,
        turned: bool | None = None,
    ) -> float:
        """Draw a line from the point `at` to the right in (face, size); return its width in points.

        `turned` says whether the line belongs to a text that reads from the right; its first letter tells where None.
        """
        face, size = style
        x, y = at
        for run in self.runs(text, face, turned):
            line = canvas.beginText(x, y)
            line.setFont(run.font, size)
            shaped = run.text if run.kind == "plain" else shapeStr(run.text, run.font, size)
            if run.kind == "indic":
                # Conjuncts have no characters of their own; without this they extract as private ones.
                line._code.append(f"/Span <</ActualText <FEFF{run.source.encode('utf-16-be').hex().upper()}>>> BDC")
            line.textOut(shaped)
            if run.kind == "indic":
                line._code.append("EMC")
            canvas.drawText(line)
            x += _run_width(run, size)
        return x - at[0]

    def forget(self) -> None:
        """Let go of the lines measured so far, which would fill the memory in a text of thousands of pages."""
        self._runs.clear()
        self._units.clear()

    def runs(self, text: str, face: str, turned: bool | None = None) -> list[Run]:
        """Split a line into runs in visual order; `turned` as for `draw`."""
        found = self._runs.get((text, face, turned))
        if found is None:
            found = self._runs[text, face, turned] = self._split(text, face, turned)
        return found

    def _split(self, text: str, face: str, turned: bool | None) -> list[Run]:
        text = self.shown(text, face)
        if not text:
            return []
        if not turned and (text.isascii() or self._is_simple(text, face)):
            return [Run(self.font(face).fontName, text, "plain", text)]
        levels = _levels(text, turned)
        faces = self._faces(text, face)
        pieces: list[tuple[int, str, str]] = []
        for letter, level, chosen in zip(text, levels, faces, strict=True):
            if chosen == "":
                continue
            if pieces and pieces[-1][:2] == (level, chosen):
                pieces[-1] = (level, chosen, pieces[-1][2] + letter)
            else:
                pieces.append((level, chosen, letter))
        return [self._run(*piece) for piece in _visual(pieces)]

    def _is_simple(self, text: str, face: str) -> bool:
        """Whether all of it is read from left to right and set in one face: Latin, Greek, Cyrillic, dashes, quotes."""
        return all((letter < "\u0590" or "\u2010" <= letter <= "\u2027") and self._has(face, letter) for letter in text)

    def _run(self, level: int, face: str, text: str) -> Run:
        name = self.font(face).fontName
        if face == "arabic" or (face == "dejavu" and any(_is_arabic(letter) for letter in text)):
            return Run(name, text, "shaped", text)
        if face == "devanagari":
            return Run(name, text, "indic", text)
        if level % 2:
            clusters = _clusters(text)
            turned = "".join(MIRRORED.get(item, item) for item in reversed(clusters))
            return Run(name, turned, "plain", text)
        return Run(name, text, "plain", text)

    def _faces(self, text: str, face: str) -> list[str]:
        """Choose a face for each character; "" for what is drawn as nothing (a joiner outside its script)."""
        out: list[str] = []
        before = ""
        for letter in text:
            chosen = self._face_of(letter, face, before)
            out.append(chosen)
            before = chosen or before
        return out

    def _face_of(self, letter: str, face: str, before: str) -> str:
        name = unicodedata.name(letter, "")
        for word, script in _SCRIPTS:
            if name.startswith(word) and self._has(script, letter):
                return script
        if _is_invisible(letter):
            return before if before and self._has(before, letter) else ""
        if unicodedata.combining(letter) and before and self._has(before, letter):
            return before
        if before in ("arabic", "hebrew", "devanagari", "dejavu") and letter == " " and self._has(before, letter):
            return before
        for candidate in (face, *FALLBACKS):
            if self._has(candidate, letter):
                return candidate
        return ""

    def _has(self, face: str, letter: str) -> bool:
        font = self.font(face)
        return font is not None and ord(letter) in font.face.charToGlyph

    def shown(self, text: str, face: str) -> str:
        """Replace characters without a glyph by ▯ and note them in `missing`."""
        if text.isascii() and text.isprintable():
            return text
        out = []
        for letter in clean(text):
            drawn = letter.isascii() or _is_invisible(letter) or self._face_of(letter, face, "")
            if not drawn:
                self.missing.add(letter)
            out.append(letter if drawn else PLACEHOLDER)
        return "".join(out)


def _is_invisible(letter: str) -> bool:
    return unicodedata.category(letter) == "Cf" or "VARIATION SELECTOR" in unicodedata.name(letter, "")


def clean(text: str) -> str:
    """Drop direction controls, and turn line ends, tabs and other control characters into spaces."""
    text = unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode())
    return "".join(
        " " if unicodedata.category(letter) in ("Cc", "Zl", "Zp") else letter
        for letter in text
        if letter not in _CONTROLS and letter != SOFT_HYPHEN
    )


def _levels(text: str, turned: bool | None) -> list[int]:
    """Embedding levels of each character (rules of UAX 9 up to L1), base direction as told or from the first letter.

    Boundary neutrals, which the algorithm leaves out (rule X9), take the level of what stands before them.
    """
    levels = iter(_plain_levels("".join(letter for letter in text if not _is_boundary(letter)), turned))
    out: list[int] = []
    for letter in text:
        out.append((out[-1] if out else 0) if _is_boundary(letter) else next(levels))
    return out


def _is_arabic(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("ARABIC")


def _is_boundary(letter: str) -> bool:
    return unicodedata.bidirectional(letter) == "BN"


def _plain_levels(text: str, turned: bool | None) -> list[int]:
    storage = bidi.get_empty_storage()
    base = int(bidi.get_base_level(text) if turned is None else turned)
    storage["base_level"] = base
    storage["base_dir"] = ("L", "R")[base]
    bidi.get_embedding_levels(text, storage, False, False)
    bidi.explicit_embed_and_overrides(storage, False)
    bidi.resolve_weak_types(storage, False)
    bidi.resolve_neutral_types(storage, False)
    bidi.resolve_implicit_levels(storage, False)
    return [item["level"] for item in storage["chars"]]


def _visual(pieces: list[tuple[int, str, str]]) -> list[tuple[int, str, str]]:
    """Order runs as they are seen (rule L2)."""
    out = list(pieces)
    highest = max((piece[0] for piece in out), default=0)
    for level in range(highest, 0, -1):
        start = 0
        while start < len(out):
            stop = start
            while stop < len(out) and out[stop][0] >= level:
                stop += 1
            out[start:stop] = out[start:stop][::-1]
            start = stop + 1
    return out


def _clusters(text: str) -> list[str]:
    out: list[str] = []
    for letter in text:
        if out and unicodedata.combining(letter):
            out[-1] += letter
        else:
            out.append(letter)
    return out


def _run_width(run: Run, size: float) -> float:
    if run.kind == "plain":
        return float(pdfmetrics.stringWidth(run.text, run.font, size))
    shaped = shapeStr(run.text, run.font, size)
    if isinstance(shaped, ShapedStr):
        return float(sum(item.x_advance for item in shaped.__shapeData__)) * size / 1000
    return float(pdfmetrics.stringWidth(shaped, run.font, size))


def words_of(text: str) -> Iterable[str]:
    """Split at ordinary spaces only: a no-break space keeps its words together."""
    return [word for word in text.split(" ") if word]


def wrap(setter: Typesetter, text: str, style: tuple[str, float], width: float) -> list[str]:
    """Break a text into lines at most `width` points wide; a word too long is broken where it must."""
    face, size = style
    lines: list[str] = []
    line = ""
    for word in words_of(setter.shown(text, face)):
        trial = f"{line} {word}" if line else word
        if setter.width(trial, face, size) <= width:
            line = trial
            continue
        if line:
            lines.append(line)
        while setter.width(word, face, size) > width and len(word) > 1:
            cut = fitting(setter, word, style, width)
            lines.append(word[:cut])
            word = word[cut:]
        line = word
    return [*lines, line] if line else lines or [""]


def balanced(setter: Typesetter, text: str, style: tuple[str, float], width: float) -> list[str]:
    """Wrap with lines as even as they can be without needing one more."""
    lines = wrap(setter, text, style, width)
    low, high = width / 2, width
    while len(lines) > 1 and high - low > 2:
        middle = (low + high) / 2
        if len(wrap(setter, text, style, middle)) <= len(lines):
            high = middle
        else:
            low = middle
    return wrap(setter, text, style, high) if len(lines) > 1 else lines


def fitting(setter: Typesetter, word: str, style: tuple[str, float], width: float) -> int:
    """How many letters of a word go into `width` points; at least one."""
    low, high = 1, len(word)
    while low < high:
        middle = (low + high + 1) // 2
        if setter.width(word[:middle], *style) <= width:
            low = middle
        else:
            high = middle - 1
    return low
