"""Real files for the demo's evidence, made on the spot: letters and records, a scan, a photo, an e-mail, a text."""

import random
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from reportlab.lib.pagesizes import letter
from reportlab.lib.units import inch
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FONT = "DejaVuSans"
WIDTH, HEIGHT = letter


@dataclass(frozen=True)
class Words:
    """What a piece of evidence is about: names, a date in words, sentences."""

    client: str
    licensee: str
    practice: str
    day: str
    sentences: tuple[str, ...]


def font_file() -> Path:
    """The typeface of the demo's evidence; it comes by npm like all others."""
    return next((Path(settings.FONTS_DIR) / "dejavu-fonts-ttf").rglob("DejaVuSans.ttf"))


def letter_pdf(path: Path, words: Words) -> Path:
    """A one-page letter of the practice."""
    canvas = _canvas(path, f"Letter, {words.day}")
    y = _lines(canvas, HEIGHT - inch, [words.practice, "", words.day, "", f"Dear {words.client},", ""])
    y = _paragraphs(canvas, y, words.sentences)
    _lines(canvas, y - 12, ["Sincerely,", "", words.licensee])
    canvas.save()
    return path


def records_pdf(path: Path, words: Words, pages: int) -> Path:
    """Session notes, a page each."""
    canvas = _canvas(path, "Session notes")
    for page in range(1, pages + 1):
        head = [words.practice, f"Session notes, page {page} of {pages}", f"Client: {words.client}", ""]
        y = _lines(canvas, HEIGHT - inch, head)
        _paragraphs(canvas, y, words.sentences[(page - 1) % len(words.sentences) :] + words.sentences)
        canvas.showPage()
    canvas.save()
    return path


def invoice_pdf(path: Path, words: Words, cents: int) -> Path:
    """An invoice in landscape."""
    canvas = _canvas(path, "Invoice", size=(HEIGHT, WIDTH))
    lines = [words.practice, "INVOICE", words.day, f"To: {words.client}", "", *words.sentences[:2]]
    _lines(canvas, WIDTH - inch, [*lines, "", f"Total due: ${cents // 100}.{cents % 100:02d}"])
    canvas.save()
    return path


def scan_pdf(path: Path, words: Words, seed: int) -> Path:
    """A handwritten-looking page as a scanner gives it: grey, a little turned, with dust."""
    chance = random.Random(seed)  # noqa: S311 - dust, not secrets
    page = Image.new("L", (1275, 1650), 244)
    draw, type_ = ImageDraw.Draw(page), ImageFont.truetype(str(font_file()), 30)
    for number, line in enumerate(_wrapped([words.day, "", *words.sentences, "", words.client], 62)):
        draw.text((150 + chance.randint(-3, 3), 170 + number * 48), line, fill=60 + chance.randint(0, 30), font=type_)
    for _speck in range(400):
        x, y = chance.randint(0, 1274), chance.randint(0, 1649)
        draw.ellipse((x, y, x + 2, y + 2), fill=chance.randint(150, 225))
    page.rotate(0.8, fillcolor=236).filter(ImageFilter.GaussianBlur(0.6)).save(path, "PDF", resolution=150)
    return path


def photo_jpeg(path: Path, words: Words, seed: int) -> Path:
    """A photograph of a notice on a door."""
    chance = random.Random(seed)  # noqa: S311 - colors, not secrets
    photo = Image.new("RGB", (1200, 900), (chance.randint(90, 140), 110, 100))
    draw, type_ = ImageDraw.Draw(photo), ImageFont.truetype(str(font_file()), 34)
    draw.rectangle((260, 140, 940, 760), fill=(246, 243, 232))
    for number, line in enumerate(_wrapped([words.practice, words.day, "", *words.sentences[:2]], 32)):
        draw.text((300, 180 + number * 46), line, fill=(30, 30, 34), font=type_)
    photo.filter(ImageFilter.GaussianBlur(0.8)).save(path, "JPEG", quality=82)
    return path


def email_eml(path: Path, words: Words) -> Path:
    """One e-mail message."""
    message = EmailMessage()
    message["From"] = "practice@example.com"
    message["To"] = "client@example.org"
    message["Subject"] = "Your next appointment"
    message["Date"] = "Mon, 09 Mar 2026 09:12:00 -0600"
    stamp = words.day.replace(" ", ".").replace(",", "")
    message["Message-ID"] = f"<{stamp}@example.com>"
    message.set_content("\n\n".join((f"Dear {words.client},", *words.sentences, words.licensee)))
    path.write_bytes(message.as_bytes())
    return path


def messages_txt(path: Path, words: Words) -> Path:
    """Text messages copied from a phone."""
    rows = []
    for number, sentence in enumerate(words.sentences):
        who = words.licensee if number % 2 else words.client
        rows.append(f"[{words.day} {9 + number}:1{number}] {who}: {sentence}")
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def _canvas(path: Path, title: str, size: tuple[float, float] = letter) -> Canvas:
    if FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(FONT, str(font_file())))
    canvas = Canvas(str(path), pagesize=size, invariant=1)
    canvas.setTitle(title)
    canvas.setFont(FONT, 11)
    return canvas


def _lines(canvas: Canvas, y: float, lines: list[str]) -> float:
    canvas.setFont(FONT, 11)
    for line in _wrapped(lines, 82):
        canvas.drawString(inch, y, line)
        y -= 16
    return y


def _paragraphs(canvas: Canvas, y: float, sentences: tuple[str, ...]) -> float:
    for sentence in sentences:
        y = _lines(canvas, y, [sentence]) - 8
    return y


def _wrapped(lines: list[str], width: int) -> list[str]:
    found = []
    for line in lines:
        row = ""
        for word in line.split(" "):
            if row and len(row) + len(word) + 1 > width:
                found.append(row)
                row = word
            else:
                row = f"{row} {word}".strip()
        found.append(row)
    return found
