"""Second looks, inside a file: whether it really is what its first bytes say. Bounded against hostile
content.
"""

import codecs
import re
import struct
import warnings
import zipfile
import zlib
from pathlib import Path

from PIL import Image

MAX_ARCHIVE_ENTRIES = 10_000
CHUNK_BYTES = 256 * 1024

_IMAGES = {"jpeg": "JPEG", "png": "PNG", "gif": "GIF", "tiff": "TIFF", "webp": "WEBP"}
# What the imaging library raises on hostile headers beside its own error.
_BROKEN_IMAGE = (
    OSError, ValueError, SyntaxError, TypeError, LookupError, ArithmeticError, EOFError, MemoryError, struct.error,
    Image.DecompressionBombError, Image.DecompressionBombWarning,
)  # fmt: skip
_BROKEN_ARCHIVE = (
    zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, ValueError, LookupError, RuntimeError,
)  # fmt: skip
_HEADER_LINE = re.compile(rb"[A-Za-z][A-Za-z0-9-]{0,60}:[ \t]?\S?")
_MAIL_HEADERS = {
    b"from",
    b"to",
    b"date",
    b"subject",
    b"message-id",
    b"received",
    b"return-path",
    b"mime-version",
}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def zip_code(path: Path) -> str:
    """What a ZIP container is, from its list of entries; nothing is unpacked. A broken one stays `zip`."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.namelist()
            if len(entries) > MAX_ARCHIVE_ENTRIES:
                return "zip"
            if entries[:1] == ["mimetype"]:
                return _open_document(archive)
    except _BROKEN_ARCHIVE:
        return "zip"
    if "META-INF/MANIFEST.MF" in entries or "AndroidManifest.xml" in entries:
        return "program"
    if "[Content_Types].xml" not in entries:
        return "zip"
    if any(entry.lower().endswith("vbaproject.bin") for entry in entries):
        return "macros"
    parts = (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"), ("ppt/presentation.xml", "pptx"))
    return next((code for part, code in parts if part in entries), "zip")


def _open_document(archive: zipfile.ZipFile) -> str:
    if archive.infolist()[0].file_size > 100:
        return "zip"
    declared = archive.read("mimetype")
    has_scripts = any(entry.startswith(("Basic/", "Scripts/")) for entry in archive.namelist())
    if declared == b"application/vnd.oasis.opendocument.text" and "content.xml" in archive.namelist():
        return "macros" if has_scripts else "odt"
    return "zip"


def image_code(path: Path, code: str) -> str:
    """`code` when it is no image kind or when the image's header can be read, else `other`.

    Only the header is parsed, so a picture cut off midway stays a picture: it is evidence all the same.
    """
    if code not in _IMAGES:
        return code
    try:
        with warnings.catch_warnings():
            # A damaged header is warned about and read all the same; a bomb is refused.
            warnings.simplefilter("ignore", UserWarning)
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=[_IMAGES[code]]):
                return code
    except _BROKEN_IMAGE:
        return "other"


def is_text(path: Path) -> bool:
    """Whether the whole file is text: UTF-8, UTF-16 with its mark, or an old Western encoding, without
    control signs.
    """
    with path.open("rb") as opened:
        head = opened.read(4)
    encoding = next((name for mark, name in _BOMS if head.startswith(mark)), "utf-8")
    return _reads_as(path, encoding) or (encoding == "utf-8" and _reads_as(path, "cp1252"))


def is_email(head: bytes) -> bool:
    """Whether text begins as a mail message does: header lines, a sender, and one more header of mail."""
    fields: set[bytes] = set()
    for line in head.removeprefix(codecs.BOM_UTF8).splitlines():
        if not line:
            break
        if line[:1] in b" \t":
            continue
        if not _HEADER_LINE.match(line):
            return False
        fields.add(line.split(b":", 1)[0].lower())
    return b"from" in fields and len(fields & _MAIL_HEADERS) >= 3


def _reads_as(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as opened:
            while chunk := opened.read(CHUNK_BYTES):
                if _CONTROL.search(decoder.decode(chunk)):
                    return False
        return not _CONTROL.search(decoder.decode(b"", final=True))
    except UnicodeDecodeError:
        return False
