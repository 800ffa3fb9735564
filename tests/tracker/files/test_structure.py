import struct
import zlib

import pytest

from tests.data import bytes as made
from tracker.files import structure


def test_an_archive_with_too_many_entries_is_only_an_archive(tmp_path, monkeypatch):
    path = tmp_path / "a"
    path.write_bytes(made.docx())
    assert structure.zip_code(path) == "docx"
    monkeypatch.setattr(structure, "MAX_ARCHIVE_ENTRIES", 1)
    assert structure.zip_code(path) == "zip"


def test_open_document_with_scripts_counts_as_macros(tmp_path):
    path = tmp_path / "a"
    mimetype = ("mimetype", b"application/vnd.oasis.opendocument.text")
    path.write_bytes(made.archive("content.xml", "Basic/x.xml", first=mimetype))
    assert structure.zip_code(path) == "macros"


def test_a_huge_mimetype_entry_is_not_read(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(made.archive("content.xml", first=("mimetype", b"x" * 5000)))
    assert structure.zip_code(path) == "zip"


def test_a_picture_bomb_is_no_picture(tmp_path):
    path = tmp_path / "a"
    # A PNG whose header claims 100,000 × 100,000 pixels; the header's checksum is recomputed.
    plain = made.image("PNG")
    header = b"IHDR" + struct.pack(">II", 100_000, 100_000) + plain[24:29]
    path.write_bytes(plain[:12] + header + struct.pack(">I", zlib.crc32(header)) + plain[33:])
    assert structure.image_code(path, "png") == "other"


@pytest.mark.parametrize(
    ("head", "is_mail"),
    [
        (b"From: a@b\nTo: c@d\nSubject: x\n\nbody", True),
        (b"Received: by x\n\tcontinued\nFrom: a@b\nDate: y\n\n", True),
        (b"Dear board,\nFrom: the start\n", False),
        (b"Name: Pat\nFrom: Austin\n\n", False),
    ],
)
def test_mail_begins_with_headers_of_mail(head, is_mail):
    assert structure.is_email(head) is is_mail
