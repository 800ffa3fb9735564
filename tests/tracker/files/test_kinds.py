import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.data import bytes as made
from tracker.files import kinds

CASES = {
    "pdf": made.pdf(),
    "pdf, cut off": made.pdf()[:300],
    "pdf, after other bytes": b"\x00\x01" + made.pdf(),
    "jpeg": made.image("JPEG"),
    "png": made.image("PNG"),
    "png, cut off": made.image("PNG", (400, 400))[:200],
    "gif": made.image("GIF"),
    "tiff": made.image("TIFF"),
    "webp": made.image("WEBP"),
    "heic": made.heic(),
    "text": "Grüße, 你好 😀\n".encode(),
    "text, UTF-16": "Grüße".encode("utf-16"),
    "text, old": "Grüße\n".encode("cp1252"),
    "email": made.mail(),
    "docx": made.docx(),
    "xlsx": made.archive("[Content_Types].xml", "xl/workbook.xml"),
    "odt": made.archive("content.xml", first=("mimetype", b"application/vnd.oasis.opendocument.text")),
    "macros": made.docx(macros=True),
    "zip": made.archive("a.txt"),
    "zip, broken": b"PK\x03\x04" + b"\x07" * 50,
    "program": made.WINDOWS_PROGRAM,
    "program, script": made.SCRIPT,
    "program, Java": made.archive("META-INF/MANIFEST.MF"),
    "program, holding a PDF header": made.WINDOWS_PROGRAM + made.pdf(),
    "html": b"  <!DOCTYPE html><title>x</title>",
    "html, drawing": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
    "rtf": b"{\\rtf1 x}",
    "wav": b"RIFF\x24\x00\x00\x00WAVEfmt ",
    "mp3": b"ID3\x04\x00\x00",
    "mp4": b"\x00\x00\x00\x18ftypisom" + b"\x00" * 40,
    "mov": b"\x00\x00\x00\x14ftypqt  " + b"\x00" * 40,
    "m4a": b"\x00\x00\x00\x18ftypM4A " + b"\x00" * 40,
    "empty": b"",
    "other": bytes(range(256)) * 4,
    "other, only called a JPEG": b"\xff\xd8\xff" + b"nothing" * 20,
}


@pytest.mark.parametrize("named", list(CASES))
def test_tells_the_kind_from_the_content(tmp_path, named):
    path = tmp_path / "misleading.pdf"
    path.write_bytes(CASES[named])
    assert kinds.sniff(path).code == named.partition(",")[0]


def test_text_with_a_control_sign_late_in_the_file_is_no_text(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"line\n" * 200_000 + b"\x00\x01")
    assert kinds.sniff(path).code == "other"


SEND = "Send a PDF, photo, text or Word file instead"
NO_PROGRAMS = "We cannot take programs. Send a photo or PDF instead"


@pytest.mark.parametrize(
    ("code", "name", "sentence"),
    [
        ("program", "photo.pdf", f"This file is named .pdf but holds a program. {NO_PROGRAMS}"),
        ("program", "setup", f"This file holds a program. {NO_PROGRAMS}"),
        ("zip", "a.zip", f"We cannot take this kind of file: archive (ZIP). {SEND}"),
        ("html", "a.pdf", f"This file is named .pdf but is another kind of file: web page. {SEND}"),
        ("other", "a.pdf", f"We cannot tell what kind of file this is. {SEND}"),
        (
            "empty",
            "a.pdf",
            "This file is empty, so there is nothing in it to read. Check the file and send it again",
        ),
    ],
)
def test_the_public_is_told_why_a_file_is_refused(code, name, sentence):
    assert kinds.public_refusal(kinds.KINDS[code], name) == sentence


@pytest.mark.parametrize("kind", kinds.PUBLIC)
def test_the_public_may_send_what_the_list_allows(kind):
    assert kinds.public_refusal(kind, "any.exe") == ""


def test_an_unknown_kind_is_described_for_staff_where_it_can_be(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"fLaC\x00\x00\x00\x22" + b"\x00" * 64)
    assert kinds.describe(path) == "audio/flac"
    path.write_bytes(b"\x01")
    assert kinds.describe(path) == ""


HEADS = [content[:64] for content in CASES.values() if content]


@given(head=st.sampled_from(HEADS), rest=st.binary(max_size=600), cut=st.integers(0, 64))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=300)
def test_no_bytes_are_too_odd_to_have_a_kind(tmp_path, head, rest, cut):
    path = tmp_path / "odd"
    path.write_bytes(head[:cut] + rest)
    kind = kinds.sniff(path)
    assert kinds.public_refusal(kind, "odd.pdf") == "" or not kind.public
