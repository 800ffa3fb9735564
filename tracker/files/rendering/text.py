"""Text, CSV and web pages as numbered lines: the words of the file and nothing else, in any script. Pure."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tracker.files import names
from tracker.files.fonts import find_fonts
from tracker.files.rendering import markup, tables
from tracker.files.rendering.decoding import Decoded, decode, lines_of, shown_safely, unshown_notes
from tracker.files.rendering.rendered import CannotRender, Job, Made
from tracker.files.rendering.sheet import GREY, RIGHT, TOOL, Sheets, Style
from tracker.files.typeset import Typesetter

# Four bytes a sign, and more signs than the most pages hold.
MAX_BYTES = 48 * 1024 * 1024

_TEXT_LEFT, _NUMBER_RIGHT = 80, 68
_PROSE = Style("sans", 10.2, 15)
_COLUMNS = Style("mono", 8.4, 11.8)
_NUMBER = Style("sans", 7, 9, GREY)
_MARKED_BLANK = re.compile(r"\S(?: {3,}|\t)\S")
_MOST_NAMED = 12


@dataclass(frozen=True)
class _Words:
    """What is to be set: its kind for the head, its text, and remarks to print above it."""

    title: str
    decoded: Decoded
    text: str
    notes: tuple[str, ...]


def make(job: Job) -> Made:
    """Typeset a text file, or a web page as its text. Raises CannotRender when it is too long.

    The warnings say what could not be shown as it is: guessed encodings, control characters, missing letterforms.
    """
    size = job.source.stat().st_size
    if size > MAX_BYTES:
        raise CannotRender(_("This text is too long to be set in pages."))
    words = _web_page(job) if job.kind == "html" else _plain(job)
    ending = names.suffix(names.display_name(job.name))
    note = _("%(name)s · %(encoding)s · %(size)s bytes · typeset, line numbers added") % {
        "name": names.display_name(job.name),
        "encoding": words.decoded.encoding,
        "size": f"{size:,}",
    }
    path = job.folder / "typeset.pdf"
    sheets = Sheets(path, find_fonts(job.fonts), title=words.title, note=note)
    remarks = [*words.notes, *words.decoded.notes, *unshown_notes(words.text)]
    shown = shown_safely(words.text)
    remarks += missing_notes(sheets.setter, shown)
    if remarks:
        sheets.y -= 4
        sheets.notes(remarks)
    table = tables.fit(sheets, tables.parse(shown)) if ending in ("csv", "tsv") else None
    if table:
        tables.draw(sheets, table)
    else:
        set_lines(sheets, lines_of(shown))
    sheets.save()
    return Made(pdf=path, how="typeset", tool=TOOL, warnings=tuple(remarks))


def set_lines(sheets: Sheets, lines: list[str]) -> None:
    """Set numbered lines, in equal widths where blanks seem to make columns."""
    style = _COLUMNS if _has_columns(lines) else _PROSE
    sheets.y -= 4
    if not any(line.strip() for line in lines):
        sheets.notes([_("There is no visible text in this file.")])
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            sheets.down(style.leading / 2)
            continue
        _numbered(sheets, number, line, style)


def missing_notes(setter: Typesetter, text: str) -> list[str]:
    """A sentence that names the characters of `text` for which no letterform is installed, if there are any."""
    letters = set(unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode()))
    # Apart, so that none of them joins its neighbor here that stands alone in the text.
    setter.shown(" ".join(sorted(letters)), "sans")
    missing = sorted(setter.missing)
    if not missing:
        return []
    named = "; ".join(_name_of(letter) for letter in missing[:_MOST_NAMED])
    if len(missing) > _MOST_NAMED:
        named = _("%(named)s; and %(more)s more") % {"named": named, "more": f"{len(missing) - _MOST_NAMED:,}"}
    return [_("▯ stands for characters without an installed letterform: %(named)s.") % {"named": named}]


def _plain(job: Job) -> _Words:
    decoded = decode(job.source.read_bytes())
    title = {
        "csv": _("CSV file"),
        "tsv": _("TSV file"),
        "md": _("Markdown file"),
    }.get(names.suffix(names.display_name(job.name)), _("Text file"))
    return _Words(title, decoded, decoded.text, ())


def _web_page(job: Job) -> _Words:
    data = job.source.read_bytes()
    decoded = decode(data, markup.declared_charset(data))
    ending = names.suffix(names.display_name(job.name))
    if ending == "xml":
        return _Words(_("XML file"), decoded, decoded.text, ())
    text = markup.visible_text(decoded.text)
    if not text.strip():
        note = _("No words stand outside the markup of this file; this is its source.")
        return _Words(_("Source of a web page"), decoded, decoded.text, (note,))
    if ending == "svg":
        note = _("This is the text in a drawing. Its lines and shapes are in the original only.")
        return _Words(_("Text of a drawing (SVG)"), decoded, text, (note,))
    note = _("This is the text of a web page. Its layout, pictures, styles and scripts are in the original only.")
    return _Words(_("Text of a web page"), decoded, text, (note,))


def _numbered(sheets: Sheets, number: int, line: str, style: Style) -> None:
    line = line.expandtabs(8 if style is _COLUMNS else 4)
    sheets.down(style.leading)
    sheets.draw_right(_NUMBER_RIGHT, sheets.y, str(number), _NUMBER)
    # The number stands on the baseline of the line's first words.
    sheets.y += style.leading
    sheets.text(line, style, x=_TEXT_LEFT, width=RIGHT - _TEXT_LEFT)


def _has_columns(lines: Iterable[str]) -> bool:
    return sum(1 for line in lines if _MARKED_BLANK.search(line[:1000])) >= 3


def _name_of(letter: str) -> str:
    code = f"U+{ord(letter):04X}"
    name = unicodedata.name(letter, "").lower()
    # The name of an ideograph says its number once more.
    return code if not name or code[2:].lower() in name else f"{code} {name}"
