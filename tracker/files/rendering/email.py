"""An e-mail as pages: its header table, its words, its headers as received and the list of its parts. Pure.

Attachments, inline pictures and messages within the message become files of their own, to be received in turn. Their
names belong to the message. Their sizes and SHA-256 do not: these stand with each of them, and an edition that
withholds one has to withhold them too.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.files import names
from tracker.files.fonts import find_fonts
from tracker.files.rendering import emailparts
from tracker.files.rendering.decoding import lines_of, shown_safely, unshown_notes
from tracker.files.rendering.emailparts import Mail, Part
from tracker.files.rendering.rendered import MAX_ATTACHMENTS, Attachment, CannotRender, Job, Made, SlipFacts
from tracker.files.rendering.sheet import (
    COLUMN_HEAD,
    GREY,
    INK,
    LEFT,
    LOWEST,
    NAVY,
    RIGHT,
    SECTION,
    TOOL,
    Column,
    Sheets,
    Style,
)
from tracker.files.rendering.text import missing_notes

MAX_BYTES = 128 * 1024 * 1024

_VALUES_AT = 132
_LABEL = Style("sans", 8.6, 12, GREY)
_VALUE = Style("sans", 9.6, 13.2)
_SUBJECT = Style("sans-bold", 9.6, 13.2)
_BODY = Style("serif", 10.8, 15.6)
_BODY_WIDTH = 470
_HEADERS = Style("mono", 7.6, 11.4)
_CELL = Style("sans", 8.4, 11)
_COLUMNS = (Column(54, 28), Column(94, 216), Column(322, 152), Column(482, 76, True))
_NAMES_IN_HEAD = 12
_LETTERS = re.compile(r"\w+")


def make(job: Job) -> Made:
    """Typeset an e-mail and write its attachments into the job's folder.

    Raises CannotRender when it is too large to be read. One whose words fill too many pages is answered with the
    facts for a slip sheet, and with its attachments all the same.
    """
    if job.source.stat().st_size > MAX_BYTES:
        raise CannotRender(_("This e-mail is too large to be taken apart."))
    mail = emailparts.read(job.source.read_bytes())
    kept = mail.attachments[:MAX_ATTACHMENTS]
    attachments = _written(job, kept)
    notes = [*mail.notes, *_left_notes(mail)]
    path = job.folder / "email.pdf"
    try:
        remarks = _typeset(path, job, mail, notes)
    except CannotRender as refused:
        facts = tuple((_label(name), value[:400]) for name, value in mail.fields)
        slip = SlipFacts(reason=refused.reason, facts=facts, listing=tuple(item.name for item in attachments))
        return Made(pdf=None, slip=slip, attachments=attachments, warnings=tuple(notes))
    return Made(pdf=path, how="email", tool=TOOL, attachments=attachments, warnings=tuple(remarks))


def _written(job: Job, parts: Sequence[Part]) -> tuple[Attachment, ...]:
    source = _("Attachment of %(name)s") % {"name": names.display_name(job.name)}
    out = []
    for number, part in enumerate(parts, start=1):
        path = job.folder / f"attachment-{number:03d}"
        path.write_bytes(part.data)
        out.append(Attachment(name=part.file_name, path=path, source=source))
    return tuple(out)


def _left_notes(mail: Mail) -> list[str]:
    left = len(mail.attachments) - MAX_ATTACHMENTS
    if left <= 0:
        return []
    return [
        ngettext(
            "One attachment more than a message may bring is in the original only.",
            "%(count)s attachments more than a message may bring are in the original only.",
            left,
        )
        % {"count": f"{left:,}"}
    ]


def _typeset(path: Path, job: Job, mail: Mail, notes: Sequence[str]) -> list[str]:
    note = _("Typeset from %(name)s; the original is kept") % {"name": names.display_name(job.name)}
    sheets = Sheets(path, find_fonts(job.fonts), title=_("E-mail message"), note=note)
    everything = "\n".join((mail.plain, mail.html, mail.head, *(value for name, value in mail.fields)))
    remarks = [*notes, *unshown_notes(everything), *missing_notes(sheets.setter, shown_safely(everything))]
    _header_table(sheets, mail)
    if remarks:
        sheets.notes(remarks)
    _words(sheets, mail)
    sheets.open_page()
    _headers_as_received(sheets, mail)
    if mail.parts:
        _part_list(sheets, mail)
    sheets.save()
    return remarks


def _header_table(sheets: Sheets, mail: Mail) -> None:
    sheets.y -= 0.6
    lines = [(_label(name), value, _SUBJECT if name == "Subject" else _VALUE) for name, value in mail.fields]
    if mail.attachments:
        lines.append((_("Attachments"), _attachment_line(mail.attachments), _VALUE))
    if not mail.fields:
        lines.insert(0, (_("Headers"), _("None that a message has"), _VALUE))
    for label, value, style in lines:
        sheets.down(2.2 + style.leading)
        sheets.draw(LEFT, sheets.y, label, _LABEL)
        sheets.y += style.leading
        sheets.text(shown_safely(value), style, x=_VALUES_AT, width=RIGHT - _VALUES_AT)
    sheets.down(13)
    sheets.rule(sheets.y)


def _attachment_line(parts: Sequence[Part]) -> str:
    words = [part.file_name for part in parts[:_NAMES_IN_HEAD]]
    if len(parts) > _NAMES_IN_HEAD:
        words.append(_("and %(more)s more, listed at the end") % {"more": f"{len(parts) - _NAMES_IN_HEAD:,}"})
    return " · ".join(words)


def _words(sheets: Sheets, mail: Mail) -> None:
    sheets.y -= 4
    if not mail.plain and not mail.html:
        sheets.notes([_("The message has no words of its own.")])
    if mail.plain:
        _paragraphs(sheets, mail.plain)
    if mail.html and not mail.plain:
        sheets.notes([_("The message is a web page; this is its text.")])
        _paragraphs(sheets, mail.html)
    elif mail.html and not _says_the_same(mail.html, mail.plain):
        sheets.keep(60)
        sheets.down(26)
        sheets.draw(LEFT, sheets.y, _("The same message in its web page form, as text"), SECTION)
        _paragraphs(sheets, mail.html)


def _paragraphs(sheets: Sheets, text: str) -> None:
    sheets.y -= 4
    was_blank = True
    for line in lines_of(shown_safely(text)):
        if line.strip():
            sheets.text(line.rstrip().expandtabs(8), _BODY, width=_BODY_WIDTH)
        elif not was_blank:
            sheets.down(7)
        was_blank = not line.strip()


def _says_the_same(html: str, plain: str) -> bool:
    """Whether the web page form has no word that the plain form lacks."""
    return set(_LETTERS.findall(html)) <= set(_LETTERS.findall(plain))


def _headers_as_received(sheets: Sheets, mail: Mail) -> None:
    sheets.y -= 4
    sheets.down(13)
    sheets.draw(LEFT, sheets.y, _("Message headers as received"), SECTION)
    sheets.y -= 4
    for line in lines_of(shown_safely(mail.head)):
        sheets.text(line.expandtabs(8), _HEADERS)


def _part_list(sheets: Sheets, mail: Mail) -> None:
    sheets.keep(90)
    sheets.down(24)
    sheets.draw(LEFT, sheets.y, _("Parts"), SECTION)
    _part_head(sheets)
    attached = 0
    for part in mail.parts:
        attached += not part.is_body
        cells = sheets.cells(_COLUMNS, _part_cells(part, attached), _CELL)
        height = 13 + _CELL.leading * (max(map(len, cells)) - 1) + 5
        if sheets.y - height < LOWEST:
            sheets.open_page()
            _part_head(sheets)
        sheets.y -= 13
        sheets.row(_COLUMNS, cells, _CELL)
        sheets.y -= 5
        sheets.rule(sheets.y)


def _part_head(sheets: Sheets) -> None:
    sheets.y -= 8
    sheets.rule(sheets.y, 1, NAVY)
    sheets.y -= 10
    heads = (_("Part"), _("Name"), _("Kind"), _("Kept as"))
    sheets.row(_COLUMNS, [[head] for head in heads], COLUMN_HEAD)
    sheets.y -= 5
    sheets.rule(sheets.y, 0.6, INK)


def _part_cells(part: Part, attached: int) -> tuple[str, ...]:
    if part.is_body:
        name, place = _("(words of the message)"), _("this exhibit")
    else:
        name = part.file_name
        place = _("attachment %(number)s") % {"number": attached} if attached <= MAX_ATTACHMENTS else _("original only")
    kind = shown_safely(part.kind)[:100] + (f"; charset={shown_safely(part.charset)[:40]}" if part.charset else "")
    return str(part.place), name, kind, place


def _label(name: str) -> str:
    return {
        "From": _("From"),
        "To": _("To"),
        "Cc": _("Cc"),
        "Bcc": _("Bcc"),
        "Date": _("Date"),
        "Subject": _("Subject"),
        "Message-ID": _("Message-ID"),
    }[name]
