"""File names as people may see them. Pure.

A name is somebody else's text: it may hold a path, signs that turn its order around so that `exe.pdf` reads
as `fdp.exe`, or three hundred characters. What is kept and shown is the last part, in one line, without such
signs.
"""

import re
import unicodedata

MAX_CHARS = 120
FALLBACK = "file"
MAX_SUFFIX = 12

# U+061C, U+200E, U+200F, U+202A–E, U+2066–9: Unicode's bidirectional controls (UAX #9).
_BIDI = dict.fromkeys((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
# Joiners are format characters too, but emoji and several scripts cannot be written without them.
_JOINERS = "\u200c\u200d"
_RESERVED = re.compile(r'[<>:"|?*]')


def display_name(raw: str, limit: int = MAX_CHARS) -> str:
    """The last part of a name in at most `limit` characters, its suffix kept; `file` when nothing is left."""
    name = unicodedata.normalize("NFC", raw.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1])
    name = "".join(char if _is_shown(char) else " " for char in name.translate(_BIDI))
    name = " ".join(name.split()).strip(". ") if name.strip(". ") else ""
    return _shorten(name, limit) if name.strip(_JOINERS + " ") else FALLBACK


def suffix(name: str) -> str:
    """The ending of a name without its dot, in lower case; empty where there is none."""
    stem, dot, ending = name.rpartition(".")
    return ending.lower() if dot and stem and ending.isalnum() and len(ending) <= MAX_SUFFIX else ""


def download_name(name: str, suffixes: tuple[str, ...]) -> str:
    """A name to save under: its ending is one that belongs to the content, so that nothing else opens it."""
    clean = _RESERVED.sub("_", display_name(name))
    if not suffixes:
        return f"{clean}.bin" if suffix(clean) != "bin" else clean
    return clean if suffix(clean) in suffixes else f"{clean}.{suffixes[0]}"


def _is_shown(char: str) -> bool:
    return char in _JOINERS or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def _shorten(name: str, limit: int) -> str:
    if len(name) <= limit:
        return name
    ending = suffix(name)
    tail = f"…{'.' + ending if ending else ''}"
    stem = name[: limit - len(tail)]
    # Never cut between a sign and what modifies it.
    while stem and (unicodedata.combining(name[len(stem)]) or _joins(stem[-1]) or _joins(name[len(stem)])):
        stem = stem[:-1]
    return (stem.rstrip() or name[: limit - len(tail)]) + tail


def _joins(char: str) -> bool:
    return char in _JOINERS or "\ufe00" <= char <= "\ufe0f" or "\U0001f3fb" <= char <= "\U0001f3ff"
