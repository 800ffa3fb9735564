"""An e-mail message taken apart: headers, words, parts. Broken messages give what can be read of them. Pure.

The standard library parses; its newer header classes are left out, because they take time without bound on hostile
headers and raise what they should not. A message within the message stays one part, byte for byte.
"""

import base64
import binascii
import codecs
import mimetypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from email._policybase import Compat32
from email.message import Message
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from typing import Any

from django.utils.translation import gettext as _

from tracker.files import names
from tracker.files.rendering import markup
from tracker.files.rendering.decoding import decode

FIELDS = ("From", "To", "Cc", "Bcc", "Date", "Subject", "Message-ID")
# What is read of one header for the table; the whole of it stands among the headers as received.
MOST_OF_A_HEADER = 10_000
MAX_PARTS = 2_000

# All that the parser has been seen or could be expected to raise on bytes of any kind.
BROKEN = (
    ValueError, TypeError, LookupError, AttributeError, AssertionError, ArithmeticError, RecursionError, binascii.Error,
)  # fmt: skip
_WORD = re.compile(r"=\?([^?\s]{1,40})\?([bqBQ])\?([^?]*)\?=")
_BETWEEN_WORDS = re.compile(r"(\?=)\s+(?==\?)")
_FOLD = re.compile(r"[\r\n]+[ \t]*")
# What the parser takes for header lines; the first other line ends them.
_HEAD = re.compile(rb"(?:(?:From |[!-9;-~]*:|[\t ])[^\r\n]*(?:\r\n|\r|\n|\Z))*")
# Without the system's own table, which differs from machine to machine.
_TYPES = mimetypes.MimeTypes()


@dataclass(frozen=True)
class Part:
    """A part of a message: its place from 1, the name it bears ("" for none), its type as declared, its bytes.

    `is_body` is true for the words of the message itself; `form` is then "plain" or "html". `is_damaged` says that
    its transfer encoding was broken.
    """

    place: int
    name: str
    kind: str
    data: bytes
    is_body: bool
    form: str
    charset: str
    is_damaged: bool

    @property
    def is_message(self) -> bool:
        """Whether it is a message within the message."""
        return self.kind.startswith("message/rfc822") or self.kind.startswith("message/global")

    @property
    def file_name(self) -> str:
        """A name to keep it under, clean; made up where it bears none."""
        if self.name:
            return names.display_name(self.name)
        if self.is_message:
            subject = field_of(self.data, "Subject")
            return names.display_name(f"{subject.replace('/', '-')}.eml") if subject.strip() else "message.eml"
        kind = self.kind.partition(";")[0].strip().lower()
        return f"part-{self.place}{_TYPES.guess_extension(kind) or ''}"


@dataclass(frozen=True)
class Mail:
    """A message: (name, value) lines of its table, its headers as received, its words, its parts, and remarks."""

    fields: tuple[tuple[str, str], ...]
    head: str
    plain: str
    html: str
    parts: tuple[Part, ...]
    notes: tuple[str, ...]

    @property
    def attachments(self) -> tuple[Part, ...]:
        """The parts that are files of their own, in reading order."""
        return tuple(part for part in self.parts if not part.is_body)


def read(data: bytes) -> Mail:
    """Take a message apart. Never raises: what no parser can follow is given as its source."""
    data = data.removeprefix(codecs.BOM_UTF8)
    head = _head_of(data)
    try:
        message = BytesParser(_class=_Message, policy=_Whole()).parsebytes(data)
        parts, left = _parts(message)
    except BROKEN:
        note = _("The parts of this message cannot be told apart. Below its headers it is shown as its source.")
        body = decode(data[len(head) :])
        return Mail(_fields(_only_head(head)), decode(head).text, body.text, "", (), (note, *body.notes))
    notes = []
    if left:
        notes.append(
            _("The message has more than %(most)s parts. The rest is in the original only.")
            % {"most": f"{MAX_PARTS:,}"}
        )
    words: dict[str, list[str]] = {"plain": [], "html": []}
    for part in parts:
        if part.is_body:
            decoded = decode(part.data, part.charset)
            notes += decoded.notes
            words[part.form].append(markup.visible_text(decoded.text) if part.form == "html" else decoded.text)
        if part.is_damaged:
            notes.append(_("Part %(place)s is damaged; it may be incomplete.") % {"place": part.place})
    plain, html = ("\n\n".join(text.strip("\r\n") for text in words[form] if text.strip()) for form in words)
    return Mail(_fields(message), decode(head).text, plain, html, tuple(parts), tuple(dict.fromkeys(notes)))


def field_of(data: bytes, name: str) -> str:
    """One header of a message in words, "" where it has none."""
    message = _only_head(_head_of(data))
    return " ".join(value for found, value in _fields(message, (name,)) if found == name)


def decoded_words(value: str) -> str:
    """A header value with its encoded words (RFC 2047) decoded; what cannot be decoded stays as it is."""
    value = _BETWEEN_WORDS.sub(r"\1", _FOLD.sub(" ", value))
    out: list[str] = []
    pending, charset = b"", ""
    end = 0
    for found in _WORD.finditer(value):
        between = value[end : found.start()]
        raw = _raw_word(found.group(2).lower(), found.group(3))
        named = found.group(1).partition("*")[0].lower()
        # Writers cut letters of several bytes between two words, so neighbors are decoded together.
        if pending and (between or named != charset or raw is None):
            out.append(decode(pending, charset).text)
            pending = b""
        out.append(between)
        if raw is None:
            out.append(found.group())
        else:
            pending, charset = pending + raw, named
        end = found.end()
    if pending:
        out.append(decode(pending, charset).text)
    return "".join([*out, value[end:]])


class _Whole(Compat32):
    """Headers as text: bytes beyond ASCII are read as UTF-8 or Windows-1252, and endless ones cut."""

    def header_fetch_parse(self, name: str, value: str) -> Any:
        raw = value.encode("utf-8", "surrogateescape")
        return decode(raw[:MOST_OF_A_HEADER]).text + ("\u2026" if len(raw) > MOST_OF_A_HEADER else "")


class _Message(Message):
    """A part; messages within it are kept closed, so that their bytes stay as they were and depth costs nothing."""

    @property
    def declared_type(self) -> str:
        """The content type that it says it has."""
        return super().get_content_type()

    def get_content_type(self) -> str:
        kind = self.declared_type
        return f"x-{kind}" if kind.startswith("message/") else kind


def _head_of(data: bytes) -> bytes:
    found = _HEAD.match(data)
    return found.group() if found else b""


def _only_head(head: bytes) -> Message:
    return BytesParser(_class=_Message, policy=_Whole()).parsebytes(head, headersonly=True)


def _fields(message: Message, wanted: tuple[str, ...] = FIELDS) -> tuple[tuple[str, str], ...]:
    lines = []
    for name in wanted:
        for value in message.get_all(name) or []:
            words = " ".join(decoded_words(str(value)).split())
            lines.append((name, _with_utc(words) if name == "Date" else words))
    return tuple(lines)


def _with_utc(words: str) -> str:
    try:
        told = parsedate_to_datetime(words)
        # Without a zone ("-0000") the time is UTC already (RFC 5322, section 3.3).
        moment = told.astimezone(UTC) if told.tzinfo else told
    except BROKEN:
        return words
    return f"{words} ({moment:%Y-%m-%d %H:%M:%S} UTC)"


def _parts(message: Message) -> tuple[list[Part], bool]:
    parts: list[Part] = []
    for leaf in _leaves(message):
        if len(parts) == MAX_PARTS:
            return parts, True
        parts.append(_part(leaf, len(parts) + 1))
    return parts, False


def _leaves(message: Message) -> Iterator[Message]:
    waiting = [message]
    while waiting:
        part = waiting.pop()
        if part.is_multipart():
            waiting += reversed([item for item in part.get_payload() if isinstance(item, Message)])
        else:
            yield part


def _part(leaf: Message, place: int) -> Part:
    kind = leaf.declared_type if isinstance(leaf, _Message) else leaf.get_content_type()
    name = _name_of(leaf)
    disposition = str(leaf.get("Content-Disposition") or "").partition(";")[0].strip().lower()
    # A container whose parts were not found holds its words itself.
    is_words = kind in ("text/plain", "text/html") or kind.startswith("multipart/")
    before = len(leaf.defects)
    data = leaf.get_payload(decode=True)
    assert isinstance(data, bytes)
    charset = leaf.get_param("charset") or ""
    return Part(
        place=place,
        name=name,
        kind=kind,
        data=data,
        is_body=is_words and not name and disposition != "attachment",
        form="html" if kind == "text/html" else "plain",
        charset=str(charset[2] if isinstance(charset, tuple) else charset),
        is_damaged=len(leaf.defects) > before,
    )


def _name_of(leaf: Message) -> str:
    try:
        return decoded_words(leaf.get_filename() or "").strip()
    except BROKEN:
        # A name that cannot be read is still a name: the part is a file.
        return _("unreadable name")


def _raw_word(encoding: str, text: str) -> bytes | None:
    try:
        if encoding == "q":
            return binascii.a2b_qp(text, header=True)
        return base64.b64decode(text + "=" * (-len(text) % 4))
    except BROKEN:
        return None
