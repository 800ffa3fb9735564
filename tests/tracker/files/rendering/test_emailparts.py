"""Messages taken apart: headers, words and parts, byte for byte, however broken the message is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.data.mails import HEAD, HTML, INNER, PDF, PLAIN, mixed
from tracker.files.rendering import emailparts
from tracker.files.rendering.emailparts import decoded_words, field_of, read


def test_a_message_of_several_parts():
    mail = read(mixed(PLAIN, PDF, b"Content-Type: message/rfc822\r\n\r\n" + INNER))

    assert mail.fields == (("From", "Marian <m@x.example>"), ("To", "a@y.example"), ("Subject", "Retreat"))
    assert mail.head.startswith("From: Marian")
    assert "boundary" in mail.head
    assert "preamble" not in mail.head
    assert mail.plain == "café"
    assert [(part.place, part.file_name, part.kind) for part in mail.attachments] == [
        (2, "a.pdf", "application/pdf"),
        (3, "Inner-one.eml", "message/rfc822"),
    ]
    assert mail.attachments[0].data == b"%PDF-1.4\n"
    assert mail.notes == ()


def test_a_message_within_stays_byte_for_byte():
    inner = read(mixed(b"Content-Type: message/rfc822\r\n\r\n" + INNER)).attachments[0]

    assert inner.data == INNER
    assert inner.is_message
    # Some programs pack it, which they may not.
    packed = b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\nRnJvbTogeAoKaGk="
    assert read(mixed(packed)).attachments[0].data == b"From: x\n\nhi"


def test_both_forms_of_the_words_are_kept():
    mail = read(mixed(PLAIN, HTML, kind=b"alternative"))

    assert (mail.plain, mail.html, mail.attachments) == ("café", "café", ())


@pytest.mark.parametrize(
    ("part", "name"),
    [
        (b"Content-Type: image/png\r\nContent-ID: <1>\r\n\r\nx", "part-1.png"),
        (b"Content-Type: image/x-own\r\n\r\nx", "part-1"),
        (b"Content-Disposition: attachment; filename=../../etc/passwd\r\n\r\nx", "passwd"),
        (b"Content-Disposition: attachment; filename==?utf-8?b?w6kucGRm?=\r\n\r\nx", "é.pdf"),
        (b"Content-Disposition: attachment; filename*=utf-8''%C3%A9.pdf\r\n\r\nx", "é.pdf"),
        (b'Content-Disposition: attachment; filename="\xc3\xa9\xe2\x80\xaefdp.exe"\r\n\r\nx', "éfdp.exe"),
        (b"Content-Type: text/plain; name=notes.txt\r\n\r\nx", "notes.txt"),
        (b"Content-Type: message/rfc822\r\n\r\nx", "message.eml"),
        (b"Content-Disposition: attachment\r\n\r\nx", "part-1.txt"),
        (b"Content-Disposition: attachment; filename*=x\0y''a%20b\r\n\r\nx", "unreadable name"),
    ],
)
def test_names_are_read_cleaned_or_made(part, name):
    assert [found.file_name for found in read(mixed(part)).attachments] == [name]


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("plain", "plain"),
        ("=?utf-8?q?Mari=C3=A1n_O?= <m@x>", "Marián O <m@x>"),
        ("=?utf-8?b?4oKs?= =?utf-8?b?NQ==?=", "€5"),
        # One letter cut in two words.
        ("=?utf-8?b?4oI=?= =?utf-8?b?rA==?=", "€"),
        ("=?nonsense?q?=E9?=", "é"),
        ("=?utf-8?b?!?=", ""),
        ("=?utf-8?b?a?=", "=?utf-8?b?a?="),
        ("=?utf-8*en?q?a?= b", "a b"),
        ("=?utf-8?q?a?= and =?utf-8?q?b?=", "a and b"),
        ("=?utf-8?q?=C3=A9?= =?iso-8859-1?q?=E9?=", "éé"),
        ("folded\r\n  line", "folded line"),
        ("=?q?", "=?q?"),
    ],
)
def test_encoded_words_are_decoded(raw, words):
    assert decoded_words(raw) == words


@pytest.mark.parametrize(
    ("date", "shown"),
    [
        (b"Thu, 18 Sep 2025 21:14:09 -0500", "Thu, 18 Sep 2025 21:14:09 -0500 (2025-09-19 02:14:09 UTC)"),
        (b"Thu, 18 Sep 2025 21:14:09 -0000", "Thu, 18 Sep 2025 21:14:09 -0000 (2025-09-18 21:14:09 UTC)"),
        (b"yesterday", "yesterday"),
        (b"Mon, 99 Foo 9999999999 99:99 +99999", "Mon, 99 Foo 9999999999 99:99 +99999"),
        (b"Fri, 31 Dec 9999 23:00:00 -2359", "Fri, 31 Dec 9999 23:00:00 -2359"),
    ],
)
def test_a_date_is_shown_as_received_and_in_utc(date, shown):
    assert dict(read(b"Date: " + date + b"\n\n").fields) == {"Date": shown}


def test_every_sender_named_is_shown():
    assert [value for _, value in read(b"From: a\nFrom: b\n\n").fields] == ["a", "b"]


def test_bytes_beyond_ascii_in_headers_are_read():
    assert field_of(b"Subject: \xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d\n\n", "Subject") == "שלום"
    assert field_of(b"Subject: caf\xe9\n\n", "Subject") == "café"
    assert field_of(b"\n\n", "Subject") == ""


def test_an_endless_header_is_cut_in_the_table_only():
    mail = read(b"From: a\nSubject: " + b"x" * 1_000_000 + b"\n\nbody")

    assert len(dict(mail.fields)["Subject"]) <= emailparts.MOST_OF_A_HEADER + 1
    assert len(mail.head) > 1_000_000


def test_fifty_messages_within_each_other_are_one_attachment():
    data = INNER
    for _ in range(50):
        data = HEAD + b"Content-Type: message/rfc822\r\n\r\n" + data
    mail = read(data)

    assert len(mail.attachments) == 1
    assert mail.attachments[0].data.endswith(INNER)


def test_containers_within_each_other_without_end_are_shown_as_source():
    data = HEAD + b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(3000))
    mail = read(data)

    assert "cannot be told apart" in mail.notes[0]
    assert "--2999" in mail.plain
    assert dict(mail.fields)["Subject"] == "Retreat"


def test_too_many_parts_are_counted(monkeypatch):
    monkeypatch.setattr(emailparts, "MAX_PARTS", 3)
    mail = read(mixed(*[PDF] * 5))

    assert len(mail.parts) == 3
    assert "more than 3 parts" in mail.notes[0]


@pytest.mark.parametrize(
    "part",
    [
        b'Content-Type: text/plain; charset="x\0y"\r\n\r\nwords',
        b"Content-Type: text/plain; charset*=nope''x%00y\r\n\r\nwords",
        b"Content-Type: multipart/mixed\r\n\r\nwords",
        b"Content-Type: ;;;\r\n\r\nwords",
        b"no header here, words",
    ],
)
def test_words_survive_a_broken_part(part):
    assert "words" in read(mixed(part)).plain


def test_a_damaged_attachment_is_told():
    broken = PDF.replace(b"JVBERi0xLjQK", b"!!!JVBERi0xLjQ")

    assert read(mixed(broken)).notes == ("Part 1 is damaged; it may be incomplete.",)


def test_no_headers_and_nothing_at_all():
    assert read(b"\n\nhello").plain == "hello"
    assert read(b"hello").plain == "hello"
    assert read(b"").parts[0].data == b""
    assert read(b"\xef\xbb\xbfSubject: x\n\n").fields == (("Subject", "x"),)


_BITS = [
    b"From: a\n", b"Subject: =?utf-8?b?4oI?=\n", b"Content-Type: multipart/mixed; boundary=b\n", b"\n", b"--b\n",
    b"--b--\n", b"Content-Type: text/html; charset=utf-7\n", b"Content-Transfer-Encoding: base64\n", b"<p>&#x;<![",
    b"Content-Transfer-Encoding: x-uuencode\n", b"begin 644 x\n", b"Content-Type: message/rfc822\n", b"\r", b"\0",
    b" ;", b"\xff",
    b"Content-Disposition: attachment; filename*0*=x''%ff; filename*1=\n", b"Date: 1 Jan\n", b"Content-Type: x\n",
    b"Content-Transfer-Encoding: quoted-printable\n", b"=3D=\n", b"Content-Type: message/delivery-status\n",
]  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(_BITS), st.binary(max_size=8)), max_size=14))
def test_any_bytes_are_taken_apart(bits):
    mail = read(b"".join(bits))

    assert all(part.file_name for part in mail.parts)
