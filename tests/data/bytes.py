"""Small real files of many kinds, and odd ones, made by code."""

import io
import zipfile
from email.message import EmailMessage

from PIL import Image
from reportlab.pdfgen.canvas import Canvas

WINDOWS_PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00" * 200
SCRIPT = b"#!/bin/sh\nrm -rf /\n"


def pdf(text: str = "A letter", pages: int = 1) -> bytes:
    """A PDF with a line of text on each page."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for number in range(1, pages + 1):
        canvas.drawString(72, 720, f"{text} {number}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def image(form: str = "PNG", size: tuple[int, int] = (40, 30)) -> bytes:
    """A picture in one of Pillow's formats."""
    out = io.BytesIO()
    Image.new("RGB", size, (120, 60, 20)).save(out, form)
    return out.getvalue()


def heic() -> bytes:
    """The first box of an iPhone photo; enough to be told by its brand."""
    return b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00heicmif1" + b"\x00" * 64


def archive(*entries: str, first: tuple[str, bytes] | None = None) -> bytes:
    """A ZIP with these entries."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        if first:
            file.writestr(*first)
        for entry in entries:
            file.writestr(entry, "<x/>")
    return out.getvalue()


def docx(*, macros: bool = False) -> bytes:
    """A Word file by its structure, with or without a macro project."""
    entries = ["[Content_Types].xml", "word/document.xml"]
    return archive(*entries, *(["word/vbaProject.bin"] if macros else []))


def mail() -> bytes:
    """An e-mail with headers and two lines."""
    message = EmailMessage()
    message["From"], message["To"] = "pat@example.org", "office@example.org"
    message["Subject"], message["Date"] = "Our session", "Tue, 03 Jun 2025 10:00:00 +0000"
    message.set_content("First line\nSecond line\n")
    return message.as_bytes()
