"""The demo's large case: exhibits of every kind that a board receives, made on the spot, and what became of each."""

import csv
import io
import math
import struct
import wave
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import pillow_heif
from PIL import Image, ImageDraw, ImageFont

from tracker.web.seeding import evidence
from tracker.web.seeding.evidence import Words


@dataclass(frozen=True)
class Item:
    """One exhibit: how it is made, its title and source, who marks it and what becomes of it.

    `fate` is "" (never marked), "marked", "offered", "admitted", "objection", "excluded" or "withdrawn"; `restrict` a
    withholding code, a class of confidentiality, or "pages:first-last:code".
    """

    kind: str
    title: str
    source: str = "Complainant"
    party: str = "board"
    fate: str = "admitted"
    restrict: str = ""
    number: int = 0


I = Item  # noqa: E741 - the table is easier to read so
PILE: tuple[Item, ...] = (
    I("letter", "Letter ending the sessions"),
    I("records", "Session notes, first half year", "Practice, subpoena", number=6),
    I("records", "Session notes, second half year", "Practice, subpoena", restrict="pages:2-3:W-1", number=5),
    I("scan", "Handwritten diary page"),
    I("tiff", "Consent forms, scanned", "Practice, subpoena"),
    I("photo", "Photograph of the office door", "Investigator Nakamura"),
    I("photo", "Photograph of the certificate on the wall", "Investigator Nakamura"),
    I("png", "Screenshot of the practice’s web site", "Investigator Nakamura"),
    I("heic", "Photograph of a business card"),
    I("gif", "Logo used on the invoices"),
    I("webp", "Picture from the practice’s profile"),
    I("email", "E-mail on the next appointment", fate="objection"),
    I("mail", "E-mail with the unsigned agreement and a photograph"),
    I("messages", "Text messages, March"),
    I("messages", "Text messages, April"),
    I("invoice", "Invoice, March"),
    I("invoice", "Invoice, April"),
    I("invoice", "Invoice, May", fate="excluded"),
    I("csv", "Appointment calendar as exported", "Practice, subpoena"),
    I("html", "Practice’s page on qualifications, as saved", "Investigator Nakamura"),
    I("markdown", "Notes of an interview", "Investigator Nakamura", fate=""),
    I("docx", "Treatment agreement, draft", "Practice, subpoena"),
    I("rtf", "Policy on missed sessions", "Practice, subpoena"),
    I("wav", "Voicemail of March 3"),
    I("zip", "Export of the practice’s portal", "Practice, subpoena"),
    I("broken", "Insurer’s statement, damaged on arrival", "Insurer"),
    I("letter", "Advice of counsel to the practice", "Practice, by mistake", fate="", restrict="W-1"),
    I("records", "Treatment record of a substance use program", "Program", fate="", restrict="part2", number=4),
    I("records", "Psychotherapy notes kept apart", "Practice, subpoena", fate="", restrict="psychotherapy_notes"),
    I("letter", "Letter of another client", "Third person", fate="", restrict="W-5"),
    I("letter", "Verification of licensure", "Licensing unit"),
    I("letter", "Letter of the supervising agency", "Agency"),
    I("scan", "Sign-in sheet of January", "Practice, subpoena"),
    I("scan", "Sign-in sheet of February", "Practice, subpoena"),
    I("scan", "Sign-in sheet of March", "Practice, subpoena", fate="withdrawn"),
    I("letter", "Curriculum of the training course", "Respondent", "respondent"),
    I("letter", "Letter of a colleague", "Respondent", "respondent", fate="objection"),
    I("records", "Log of supervision", "Respondent", "respondent", number=3),
    I("photo", "Photograph of the waiting room", "Respondent", "respondent"),
    I("email", "E-mail on the end of treatment", "Respondent", "respondent"),
    I("messages", "Messages as the respondent has them", "Respondent", "respondent", fate="excluded"),
    I("invoice", "Corrected invoice", "Respondent", "respondent"),
    I("letter", "Certificate of attendance", "Respondent", "respondent"),
    I("scan", "Page of the respondent’s calendar", "Respondent", "respondent"),
    I("letter", "Stipulation on the dates of the sessions", "Both sides", "joint"),
    I("csv", "Agreed list of sessions", "Both sides", "joint"),
    I("letter", "Agreed description of the premises", "Both sides", "joint"),
    I("letter", "Notice of hearing with proof of service", "Hearing officer", "presiding_officer"),
    I("letter", "Order on the pre-hearing conference", "Hearing officer", "presiding_officer"),
    I("records", "Records of the later therapist", "Later therapist", number=4),
    I("letter", "Opinion of the expert", "Expert", fate="offered"),
    I("letter", "Résumé of the expert", "Expert", fate="offered"),
    I("scan", "Receipt for the training course", fate="marked"),
    I("photo", "Envelope with its postmark", fate="marked"),
    I("text", "Transcript of the voicemail in three scripts", "Investigator Nakamura"),
    I("messages", "Messages to a friend", "Friend", fate="offered"),
    I("photo", "Photograph of the corridor", "Respondent", "respondent", fate=""),
    I("letter", "Letter of the insurer", "Insurer", restrict="pages:1-1:W-5", fate=""),
)  # fmt: skip


def make(item: Item, path: Path, words: Words, seed: int) -> Path:
    """Make the file of an item at `path`, whose ending is put on; return where it is."""
    ending, maker = MAKERS[item.kind]
    return maker(path.with_suffix(ending), words, item.number or seed)


def _tiff(path: Path, words: Words, _seed: int) -> Path:
    pages = [_picture((1275, 1650), f"{words.practice}\nConsent form, page {number}") for number in (1, 2, 3)]
    first, *rest = [page.convert("L").point(lambda level: 255 * (level > 128)).convert("1") for page in pages]
    first.save(path, "TIFF", save_all=True, append_images=rest, compression="group4", dpi=(150, 150))
    return path


def _picture(size: tuple[int, int], text: str) -> Image.Image:
    image = Image.new("RGB", size, (250, 249, 245))
    font = ImageFont.truetype(str(evidence.font_file()), max(14, size[0] // 26))
    ImageDraw.Draw(image).multiline_text((size[0] // 10, size[1] // 8), text, fill=(28, 30, 40), font=font, spacing=8)
    return image


def _saved(form: str) -> Callable[[Path, Words, int], Path]:
    def save(path: Path, words: Words, seed: int) -> Path:
        _picture((900, 600), f"{words.practice}\n{words.day}\nNo. {seed}").save(path, form)
        return path

    return save


def _heic(path: Path, words: Words, _seed: int) -> Path:
    pillow_heif.from_pillow(_picture((1000, 640), f"{words.licensee}, PhD\n{words.practice}")).save(path, quality=60)
    return path


def _mail(path: Path, words: Words, seed: int) -> Path:
    message = EmailMessage()
    message["From"], message["To"] = "practice@example.com", "client@example.org"
    message["Subject"] = "The agreement"
    message["Date"] = "Tue, 10 Mar 2026 10:12:00 -0600"
    message["Message-ID"] = f"<agreement-{seed}@example.com>"
    message.set_content("Please find attached what we spoke about.\n\n" + "\n\n".join(words.sentences))
    agreement = evidence.letter_pdf(path.with_name("agreement.pdf"), words)
    photo = evidence.photo_jpeg(path.with_name("desk.jpg"), words, seed)
    message.add_attachment(agreement.read_bytes(), maintype="application", subtype="pdf", filename="agreement.pdf")
    message.add_attachment(photo.read_bytes(), maintype="image", subtype="jpeg", filename="desk.jpg")
    path.write_bytes(message.as_bytes())
    return path


def _csv(path: Path, _words: Words, seed: int) -> Path:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["Date", "Start", "Minutes", "Kind", "Fee"])
    for week in range(40):
        day = f"2025-{1 + week // 4:02d}-{1 + week % 4 * 7:02d}"
        writer.writerow([day, "15:00", 50, "Session", f"{120 + seed % 9}"])
    path.write_text(out.getvalue(), encoding="utf-8")
    return path


def _html(path: Path, words: Words, _seed: int) -> Path:
    path.write_text(
        f"<html><head><title>{words.practice}</title><script>track()</script></head>"
        f"<body><h1>{words.licensee}, PhD</h1>"
        "<p>Doctor of psychology. Licensed in four states.</p><ul><li>Couples</li><li>Grief</li></ul></body></html>",
        encoding="utf-8",
    )
    return path


def _markdown(path: Path, words: Words, _seed: int) -> Path:
    lines = ("# Interview", "", f"*{words.day}*, by telephone", "", *(f"- {line}" for line in words.sentences))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _scripts(path: Path, words: Words, _seed: int) -> Path:
    english, hebrew, arabic = "English: Please call me back.", "עברית: נא להתקשר אליי", "العربية: من فضلك اتصل بي"
    lines = (words.day, english, hebrew, arabic, "Español: llámame")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _docx(path: Path, words: Words, _seed: int) -> Path:
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in (words.practice, *words.sentences))
    kinds = "http://schemas.openxmlformats.org/package/2006/content-types"
    links = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    body = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{kinds}"><Default Extension="rels" ContentType="{relations}"/>'
        f'<Override PartName="/word/document.xml" ContentType="{body}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{links}"><Relationship Id="r1" Type="{office}" '
        'Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{main}"><w:body>{paragraphs}</w:body></w:document>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' + text)
    return path


def _rtf(path: Path, words: Words, _seed: int) -> Path:
    path.write_text(r"{\rtf1\ansi " + r"\par ".join(words.sentences) + "}", encoding="ascii", errors="replace")
    return path


def _wav(path: Path, _words: Words, seed: int) -> Path:
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        tone = 300 + seed % 200
        frames = (int(9000 * math.sin(2 * math.pi * tone * step / 8000)) for step in range(8000 * 4))
        sound.writeframes(b"".join(struct.pack("<h", frame) for frame in frames))
    return path


def _zip(path: Path, words: Words, _seed: int) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for number, line in enumerate(words.sentences, start=1):
            archive.writestr(f"portal/message-{number}.txt", line)
    return path


def _broken(path: Path, words: Words, _seed: int) -> Path:
    whole = evidence.letter_pdf(path, words).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    return path


MAKERS: dict[str, tuple[str, Callable[[Path, Words, int], Path]]] = {
    "letter": (".pdf", lambda path, words, _seed: evidence.letter_pdf(path, words)),
    "records": (".pdf", lambda path, words, pages: evidence.records_pdf(path, words, min(pages, 8))),
    "invoice": (".pdf", lambda path, words, seed: evidence.invoice_pdf(path, words, 9000 + seed * 137)),
    "scan": (".pdf", evidence.scan_pdf),
    "photo": (".jpg", evidence.photo_jpeg),
    "email": (".eml", lambda path, words, _seed: evidence.email_eml(path, words)),
    "messages": (".txt", lambda path, words, _seed: evidence.messages_txt(path, words)),
    "tiff": (".tif", _tiff),
    "png": (".png", _saved("PNG")),
    "gif": (".gif", _saved("GIF")),
    "webp": (".webp", _saved("WEBP")),
    "heic": (".heic", _heic),
    "mail": (".eml", _mail),
    "csv": (".csv", _csv),
    "html": (".html", _html),
    "markdown": (".md", _markdown),
    "text": (".txt", _scripts),
    "docx": (".docx", _docx),
    "rtf": (".rtf", _rtf),
    "wav": (".wav", _wav),
    "zip": (".zip", _zip),
    "broken": (".pdf", _broken),
}
