"""From bytes to words: which encoding a text is in, and what of it no page can show as it is. Pure."""

import codecs
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    # The longer mark first: the mark of UTF-16 is how that of UTF-32 begins.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Codecs of Python itself, some of them slow without bound; no writer of text means them.
_NO_TEXT = {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"}
# Writers who say the first mean the second (WHATWG Encoding Standard, section 4.2).
_MEANT = {"ascii": "utf-8", "iso8859-1": "cp1252"}
_SHOWN_NAMES = {"cp1252": "Windows-1252", "iso8859-1": "ISO 8859-1"}

# Control characters, separators that are no line ends, and the two that turn the order of letters around.
_UNSHOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202d\u202e]")
_DIRECTION_MARKS = re.compile("[\u061c\u200e\u200f\u202a-\u202c\u2066-\u2069]")
_LINE_END = re.compile("\r\n|\n|\r")


@dataclass(frozen=True)
class Decoded:
    """A text, the name of its encoding for people, and sentences on what is not certain."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(data: bytes, declared: str = "") -> Decoded:
    """Read bytes as text: by their mark, else as `declared` (a charset name, may be nonsense), else as UTF-8,
    else as Windows-1252 or ISO 8859-1 with a note that this is a guess. Never raises.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], encoding)
    wanted = _known(declared)
    if wanted.startswith(("utf-16", "utf-32")) and b"\0" not in data:
        # A page that says so in letters of one byte is mistaken (WHATWG HTML, section 13.2.3.2).
        wanted = ""
    for encoding in dict.fromkeys((wanted, "utf-8")):
        text = _strictly(data, encoding) if encoding else None
        if text is not None:
            doubtful = bool(declared) and encoding != wanted
            return Decoded(text, _shown_name(encoding), (_not_as_declared(declared),) if doubtful else ())
    for encoding in ("cp1252", "iso8859-1"):
        text = _strictly(data, encoding)
        if text is not None:
            break
    note = _("The text is not UTF-8. It is read as %(encoding)s, which is a guess; some letters may be wrong.")
    return Decoded(text or "", _shown_name(encoding), (note % {"encoding": _shown_name(encoding)},))


def lines_of(text: str) -> list[str]:
    """The lines of a text as an editor counts them: a last line end begins no new line."""
    lines = _LINE_END.split(text)
    return lines[:-1] if lines[-1] == "" else lines


def shown_safely(text: str) -> str:
    """The text with each control character written out, such as [U+0007]; tabs and line ends stay."""
    return _UNSHOWN.sub(lambda found: f"[U+{ord(found.group()):04X}]", text)


def unshown_notes(text: str) -> list[str]:
    """Sentences on the characters of `text` that a page shows otherwise or not at all."""
    notes = []
    written = len(_UNSHOWN.findall(text))
    if written:
        notes.append(
            ngettext(
                "One control character is written out, such as [U+0007].",
                "%(count)s control characters are written out, such as [U+0007].",
                written,
            )
            % {"count": f"{written:,}"}
        )
    marks = len(_DIRECTION_MARKS.findall(text))
    if marks:
        notes.append(
            ngettext(
                "One invisible mark of writing direction is not shown.",
                "%(count)s invisible marks of writing direction are not shown.",
                marks,
            )
            % {"count": f"{marks:,}"}
        )
    return notes


def _marked(data: bytes, encoding: str) -> Decoded:
    name = encoding.upper().removesuffix("-LE").removesuffix("-BE")
    text = _strictly(data, encoding)
    if text is not None:
        return Decoded(text, name)
    damaged = _("The text says it is %(encoding)s but is damaged; \ufffd stands for what could not be read.")
    return Decoded(data.decode(encoding, "replace"), name, (damaged % {"encoding": name},))


def _known(declared: str) -> str:
    try:
        name = codecs.lookup(declared.strip().strip("\"'")).name
    except (LookupError, ValueError, UnicodeError):
        return ""
    return "" if name.replace("_", "-") in _NO_TEXT else _MEANT.get(name, name)


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    # Some codecs answer bytes for bytes (base64, zip): Python refuses them here as unknown.
    except (LookupError, ValueError, UnicodeError):
        return None


def _not_as_declared(declared: str) -> str:
    told = shown_safely(declared)[:40]
    return _("The text says it is %(declared)s, which it is not; it is read as UTF-8.") % {"declared": told}


def _shown_name(encoding: str) -> str:
    return _SHOWN_NAMES.get(encoding, encoding.upper())
