"""What a file is, found in its content: never from its name, never from a browser's word.

A first look reads the signature; for archives and images the structure is opened too, since a signature alone
lies easily. Staff may receive any kind, because evidence is what it is; the public may send the kinds marked
`public`.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import puremagic
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.files import names, structure


@dataclass(frozen=True)
class Kind:
    """A kind of file: our code, media type, its name in a sentence, the endings that belong to it, who may
    send it.
    """

    code: str
    media_type: str
    label: Promise
    suffixes: tuple[str, ...]
    public: bool = False


_ALL = (
    Kind("pdf", "application/pdf", gettext_lazy("PDF"), ("pdf",), public=True),
    Kind("jpeg", "image/jpeg", gettext_lazy("photo (JPEG)"), ("jpg", "jpeg"), public=True),
    Kind("png", "image/png", gettext_lazy("image (PNG)"), ("png",), public=True),
    Kind("gif", "image/gif", gettext_lazy("image (GIF)"), ("gif",), public=True),
    Kind("webp", "image/webp", gettext_lazy("image (WebP)"), ("webp",), public=True),
    Kind("tiff", "image/tiff", gettext_lazy("image (TIFF)"), ("tif", "tiff"), public=True),
    Kind("heic", "image/heic", gettext_lazy("photo (HEIC)"), ("heic", "heif"), public=True),
    Kind("text", "text/plain", gettext_lazy("text"), ("txt", "csv", "md", "log", "text"), public=True),
    Kind("email", "message/rfc822", gettext_lazy("e-mail"), ("eml",), public=True),
    Kind(
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        gettext_lazy("Word document"),
        ("docx",),
        public=True,
    ),
    Kind(
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        gettext_lazy("Excel workbook"),
        ("xlsx",),
        public=True,
    ),
    Kind(
        "pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        gettext_lazy("PowerPoint presentation"),
        ("pptx",),
    ),
    Kind(
        "odt",
        "application/vnd.oasis.opendocument.text",
        gettext_lazy("OpenDocument text"),
        ("odt",),
        public=True,
    ),
    Kind("mp3", "audio/mpeg", gettext_lazy("sound recording (MP3)"), ("mp3",), public=True),
    Kind("wav", "audio/wav", gettext_lazy("sound recording (WAV)"), ("wav",), public=True),
    Kind("m4a", "audio/mp4", gettext_lazy("sound recording (M4A)"), ("m4a",), public=True),
    Kind("mp4", "video/mp4", gettext_lazy("video (MP4)"), ("mp4", "m4v"), public=True),
    Kind("mov", "video/quicktime", gettext_lazy("video (QuickTime)"), ("mov",), public=True),
    Kind("rtf", "application/rtf", gettext_lazy("rich text"), ("rtf",)),
    Kind("html", "text/html", gettext_lazy("web page"), ("html", "htm", "svg", "xml")),
    Kind(
        "macros",
        "application/vnd.ms-office",
        gettext_lazy("Office file with macros"),
        ("docm", "xlsm", "pptm"),
    ),
    Kind("ole", "application/x-ole-storage", gettext_lazy("older Office file"), ("doc", "xls", "ppt", "msg")),
    Kind("zip", "application/zip", gettext_lazy("archive (ZIP)"), ("zip",)),
    Kind("program", "application/x-executable", gettext_lazy("program"), ("bin",)),
    Kind("empty", "application/x-empty", gettext_lazy("empty file"), ()),
    Kind("other", "application/octet-stream", gettext_lazy("file of an unknown kind"), ()),
)
KINDS = {kind.code: kind for kind in _ALL}
PUBLIC = tuple(kind for kind in _ALL if kind.public)

HEAD_BYTES = 4096
PDF_HEADER_WITHIN = 1024

_PROGRAMS = (
    b"MZ",  # Windows, DOS
    b"\x7fELF",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",  # Apple
    b"\xca\xfe\xba\xbe",  # Apple (several processors) and Java
    b"#!",
    b"dex\n",
    b"\0asm",
    b"L\0\0\0\x01\x14\x02\0",  # Windows shortcut
)
_PLAIN_SIGNATURES = (
    (b"%PDF-", "pdf"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"{\\rtf", "rtf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"ID3", "mp3"),
)
_BRANDS = {
    b"heic": "heic", b"heix": "heic", b"heim": "heic", b"heis": "heic", b"mif1": "heic", b"msf1": "heic",
    b"M4A ": "m4a", b"M4B ": "m4a", b"qt  ": "mov",
}  # fmt: skip
_MARKUP = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body|script|svg|\?xml)\b", re.IGNORECASE)


def sniff(path: Path) -> Kind:
    """The kind of the file at `path`, from its bytes. Never raises for odd content: what fits nothing is
    `other`.
    """
    with path.open("rb") as opened:
        head = opened.read(HEAD_BYTES)
    return KINDS[_code(path, head)]


def describe(path: Path) -> str:
    """A finer name of an `other` file for staff, such as `audio/flac`; empty where it cannot be told."""
    try:
        return puremagic.from_file(str(path), mime=True)
    except (puremagic.PureError, ValueError, OSError):
        return ""


def public_refusal(kind: Kind, original_name: str) -> str:
    """Why the public may not send such a file, as a sentence for the person; empty when they may."""
    if kind.public:
        return ""
    if kind.code == "empty":
        return _("This file is empty, so there is nothing in it to read. Check the file and send it again")
    ending = names.suffix(names.display_name(original_name))
    if ending and ending not in kind.suffixes and kind.code == "program":
        return _(
            "This file is named .%(ending)s but holds a program. We cannot take programs. Send a photo or PDF instead"
        ) % {"ending": ending}
    if kind.code == "program":
        return _("This file holds a program. We cannot take programs. Send a photo or PDF instead")
    if kind.code == "other":
        return _("We cannot tell what kind of file this is. Send a PDF, photo, text or Word file instead")
    if ending and ending not in kind.suffixes:
        return _(
            "This file is named .%(ending)s but is another kind of file: %(label)s. "
            "Send a PDF, photo, text or Word file instead"
        ) % {"ending": ending, "label": kind.label}
    return _("We cannot take this kind of file: %(label)s. Send a PDF, photo, text or Word file instead") % {
        "label": kind.label
    }


def _code(path: Path, head: bytes) -> str:
    if not head:
        return "empty"
    if head.startswith(_PROGRAMS):
        return "program"
    if head.startswith(b"PK\x03\x04"):
        return structure.zip_code(path)
    for signature, code in _PLAIN_SIGNATURES:
        if head.startswith(signature):
            return structure.image_code(path, code)
    if head[:4] == b"RIFF":
        return {b"WEBP": structure.image_code(path, "webp"), b"WAVE": "wav"}.get(head[8:12], "other")
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], "mp4")
    if head[:1] == b"\xff" and head[1:2] in (b"\xfb", b"\xf3", b"\xf2"):
        return "mp3"
    if b"%PDF-" in head[:PDF_HEADER_WITHIN]:
        return "pdf"
    if not structure.is_text(path):
        return "other"
    if _MARKUP.match(head):
        return "html"
    return "email" if structure.is_email(head) else "text"
