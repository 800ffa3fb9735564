"""Bytes become words: a declared or likely encoding, doubt said aloud, and control characters written out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.files.rendering.decoding import decode, lines_of, shown_safely, unshown_notes


@pytest.mark.parametrize(
    ("data", "declared", "text", "encoding"),
    [
        ("naïve".encode(), "", "naïve", "UTF-8"),
        (b"\xef\xbb\xbfa", "", "a", "UTF-8"),
        ("\ufeffgrün".encode("utf-16-le"), "", "grün", "UTF-16"),
        ("\ufeffgrün".encode("utf-32-le"), "", "grün", "UTF-32"),
        ("привет".encode("koi8-r"), "koi8-r", "привет", "KOI8-R"),
        ("日本".encode("iso-2022-jp"), "ISO-2022-JP", "日本", "ISO2022_JP"),
        (b"\x93quoted\x94", "iso-8859-1", "“quoted”", "Windows-1252"),
        (b"plain", "us-ascii", "plain", "UTF-8"),
    ],
)
def test_what_is_certain_is_read_without_a_note(data, declared, text, encoding):
    decoded = decode(data, declared)

    assert (decoded.text, decoded.encoding, decoded.notes) == (text, encoding, ())


def test_a_guess_is_said_to_be_one():
    western, older = decode(b"caf\xe9"), decode(b"caf\xe9\x81")

    assert (western.text, western.encoding) == ("café", "Windows-1252")
    assert "guess" in western.notes[0]
    assert older.encoding == "ISO 8859-1"
    assert "guess" in older.notes[0]


@pytest.mark.parametrize("declared", ["nonsense", "idna", "unicode_escape", "zip", "base64", "x\0y", "utf-16"])
def test_a_false_declaration_is_told_and_not_believed(declared):
    decoded = decode("é \\x41!".encode(), declared)

    assert decoded.text == "é \\x41!"
    assert "which it is not" in decoded.notes[0]


def test_a_text_cut_off_in_a_letter_keeps_the_rest():
    decoded = decode("\ufeffabc".encode("utf-16-le")[:-1])

    assert decoded.text.startswith("ab")
    assert "damaged" in decoded.notes[0]


@given(st.binary(max_size=200), st.text(max_size=20))
def test_any_bytes_with_any_declaration_are_read(data, declared):
    assert isinstance(decode(data, declared).text, str)


def test_lines_are_counted_as_an_editor_does():
    assert lines_of("a\r\nb\rc\n\nd\n") == ["a", "b", "c", "", "d"]
    assert lines_of("") == []
    assert lines_of("a\x0cb") == ["a\x0cb"]


def test_control_characters_are_written_out():
    text = "bell\x07 exe\u202efdp\ttab\nnext"

    assert shown_safely(text) == "bell[U+0007] exe[U+202E]fdp\ttab\nnext"
    assert unshown_notes(text) == ["2 control characters are written out, such as [U+0007]."]
    assert unshown_notes("a\u200fb") == ["One invisible mark of writing direction is not shown."]
    assert unshown_notes("plain\n") == []
