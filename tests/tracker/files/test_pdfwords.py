"""Names and texts in any bytes become text that a database and a page can hold."""

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Dictionary, Name

from tracker.files.pdfwords import key_bytes, name_bytes, name_text, name_words, printable, text_words


def string(data):
    return pikepdf.Object.parse(b"<" + data.hex().encode() + b">")


@pytest.mark.parametrize("data", [b"/Plain", b"/Chap\xe9\xff", "/Größe".encode(), b"/With#20blank"])
def test_a_name_and_a_key_of_the_same_bytes_are_the_same(data):
    name = pikepdf.Object.parse(data)
    (key,) = pikepdf.Object.parse(b"<< " + data + b" 1 >>").keys()

    assert name_bytes(name) == key_bytes(key)
    assert name_text(name) == key


def test_names_as_words():
    assert name_words(Name.Launch) == "/Launch"
    assert name_words(pikepdf.Object.parse(b"/A\xff")) == "/A\ufffd"
    assert name_words(None) == name_words(7) == name_words(Dictionary()) == "unknown"
    assert name_words(pikepdf.String("x"), "none") == "none"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"Chapter  one\n", "Chapter one"),
        ("\ufeffКапитал".encode("utf-16-be"), "Капитал"),
        (b"\xef\xbb\xbf\xff\xfe", "\ufffd\ufffd"),
        (b"\xfe\xff\x00\x00\x00A\x00\x07", "A"),
        (b"a\x00b", "a b"),
    ],
)
def test_texts_as_one_line(data, words):
    assert text_words(string(data)) == words


def test_what_is_no_text_has_no_words():
    assert text_words(None) == text_words(Name.A) == text_words(3) == ""


@given(st.binary(max_size=60))
def test_any_bytes_give_text_that_can_be_stored(data):
    words = text_words(string(data))

    assert words.encode().decode() == words
    assert "\x00" not in words


def test_printable_text_stays():
    assert printable("שלום, 東京 — “q”") == "שלום, 東京 — “q”"
    assert printable("a\udcff\udcfeb\x1bc\x85d") == "a\ufffdb c\ufffdd"
