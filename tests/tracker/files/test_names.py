import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.files import names


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("letter.pdf", "letter.pdf"),
        ("C:\\Users\\pat\\letter.pdf", "letter.pdf"),
        ("/etc/passwd", "passwd"),
        ("../../up.pdf", "up.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("a\x00b\r\nc.pdf", "a b c.pdf"),
        ("  many   spaces .pdf ", "many spaces .pdf"),
        ("", "file"),
        ("...", "file"),
        ("\u202e\u200f", "file"),
        ("\u200d", "file"),
        ("фото 😀👨‍👩‍👧.jpg", "фото 😀👨‍👩‍👧.jpg"),
        ("שלום.pdf", "שלום.pdf"),
        ("e\u0301.txt", "é.txt"),
    ],
)
def test_shows_the_last_part_in_one_line_without_tricks(raw, shown):
    assert names.display_name(raw) == shown


def test_cuts_300_characters_and_keeps_the_suffix():
    shown = names.display_name("x" * 300 + ".pdf")
    assert len(shown) == names.MAX_CHARS
    assert shown.endswith("….pdf")


def test_does_not_cut_within_a_joined_emoji():
    family = "👨‍👩‍👧"
    shown = names.display_name("a" * (names.MAX_CHARS - 7) + family * 40 + ".png")
    stem = shown.removesuffix("….png")
    assert not stem.endswith("\u200d")
    assert len(shown) <= names.MAX_CHARS


@given(st.text(max_size=400))
def test_any_text_gives_one_short_line(raw):
    shown = names.display_name(raw)
    assert 0 < len(shown) <= names.MAX_CHARS
    assert "/" not in shown
    assert "\\" not in shown
    assert not any(unicodedata.category(char) in ("Cc", "Zl", "Zp") for char in shown)


@pytest.mark.parametrize(
    ("name", "suffixes", "saved"),
    [
        ("letter.pdf", ("pdf",), "letter.pdf"),
        ("LETTER.PDF", ("pdf",), "LETTER.PDF"),
        ("letter.exe", ("pdf",), "letter.exe.pdf"),
        ("letter", ("jpg", "jpeg"), "letter.jpg"),
        ('a:b"c.pdf', ("pdf",), "a_b_c.pdf"),
        ("setup.exe", (), "setup.exe.bin"),
    ],
)
def test_is_saved_under_an_ending_that_belongs_to_its_content(name, suffixes, saved):
    assert names.download_name(name, suffixes) == saved
