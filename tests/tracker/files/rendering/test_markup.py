"""The words of web pages, whatever their markup is like."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.files.rendering.markup import declared_charset, visible_text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>Dear <b>A.</b>,\n the   room</p><p>is kept</p>", "Dear A., the room\n\nis kept"),
        ("one<br>two<br/><br>three", "one\ntwo\n\nthree"),
        ("<ol><li>Pay<li>Sign<ul><li>twice</ul></ol>", "1. Pay\n2. Sign\n\n    • twice"),
        ("<table><tr><th>Date<th>Amount</tr><tr><td>Oct 1</td><td>5</td></tr></table>", "Date\tAmount\nOct 1\t5"),
        ("<pre>a\n   b</pre>", "a\n   b"),
        ("<img alt='Logo of the house' src=x>", "[Logo of the house]"),
        ("<title>Retreat</title><script>alert('x<b>y')</script><style>p{}</style>words", "Retreat\n\nwords"),
        ("a<!-- hidden <b>remark</b> -->b", "ab"),
        ("a<!-- never closed", "a never closed"),
        ("5 < 6 &amp; 7 &lt; 8", "5 < 6 & 7 < 8"),
        ("<svg><style/><text>Floor plan</text><text>Room 2</text></svg>", "Floor plan\nRoom 2"),
        ("<![CDATA[kept]]> <![if !mso]>too<![endif]>", "kept too"),
        ("over<hr>under", "over\n———\nunder"),
        ("", ""),
    ],
)
def test_visible_words_are_kept_in_their_blocks(source, text):
    assert visible_text(source) == text


@pytest.mark.parametrize(
    "bit", ["<", "<a ", "<!--", "<![x[>", "&", '<a b="', "<a b='>", "</", "<?", "<ul><li>", "<script>"]
)
def test_endless_markup_ends(bit):
    assert isinstance(visible_text(bit * 30_000), str)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(["<", ">", "!", "[", "]", "--", "a", " ", "p", "/", "&#", ";", "'", '"', "=", "?"])))
def test_no_markup_breaks_it(bits):
    assert isinstance(visible_text("".join(bits)), str)


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        (b"<meta charset=windows-1255>", "windows-1255"),
        (b'<meta http-equiv=x content="text/html; charset=koi8-r">', "koi8-r"),
        (b"<?xml version='1.0' encoding='iso-8859-2'?>", "iso-8859-2"),
        (b"<p>charset=x</p>", ""),
    ],
)
def test_the_charset_is_what_the_page_says(data, charset):
    assert declared_charset(data) == charset
