"""E-mail as pages: what counsel reads first, everything else after it, attachments as files."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.data import jobs
from tests.data.mails import HEAD, HTML, INNER, PDF, PLAIN, mixed
from tracker.files.rendering import email
from tracker.files.rendering.rendered import CannotRender


def made(folder, data):
    return email.make(jobs.job(folder, data, "message.eml", "email"))


def test_a_message_with_attachments(tmp_path):
    done = made(tmp_path, mixed(PLAIN, PDF, b"Content-Type: message/rfc822\r\n\r\n" + INNER))
    found = jobs.words(done.pdf)

    assert (done.how, done.slip, done.warnings) == ("email", None, ())
    assert "From Marian <m@x.example> To a@y.example Subject Retreat" in found
    assert "Attachments a.pdf · Inner-one.eml café" in found
    assert "café" in found
    assert "Message headers as received From: Marian" in found
    assert "2 a.pdf application/pdf attachment 1" in found
    assert [(item.name, item.source) for item in done.attachments] == [
        ("a.pdf", "Attachment of message.eml"),
        ("Inner-one.eml", "Attachment of message.eml"),
    ]
    assert [item.path.read_bytes() for item in done.attachments] == [b"%PDF-1.4\n", INNER]


def test_the_pages_name_attachments_and_tell_nothing_of_what_is_in_them(tmp_path):
    other = PDF.replace(b"JVBERi0xLjQK", b"JVBERi0xLjQKJVhYWFhYWFhYWFgK")
    one, two = (made(tmp_path, mixed(PLAIN, part)).pdf.read_bytes() for part in (PDF, other))

    assert one == two


def test_words_of_every_script_are_read_again_by_both_engines(tmp_path):
    lines = ("אפשר לסיים את הטיפול", "يمكنك إنهاء العلاج", "आप कभी भी", "Вы можете")
    done = made(tmp_path, HEAD + b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + "\n".join(lines).encode())

    for line in lines:
        assert line in jobs.words(done.pdf)
        assert line in jobs.poppler_words(done.pdf)


def test_a_message_that_is_only_a_web_page_is_its_words(tmp_path):
    found = jobs.words(made(tmp_path, HEAD + HTML).pdf)

    assert "The message is a web page; this is its text. café" in found


def test_a_web_page_form_is_shown_where_it_says_more(tmp_path):
    same = mixed(PLAIN, HTML, kind=b"alternative")
    more = mixed(PLAIN, HTML.replace(b"</p>", b" and terms</p>"), kind=b"alternative")

    assert "web page form" not in jobs.words(made(tmp_path, same).pdf)
    assert "The same message in its web page form, as text café and terms" in jobs.words(made(tmp_path, more).pdf)


def test_a_message_without_words_or_headers_says_so(tmp_path):
    found = jobs.words(made(tmp_path, b"\n\n").pdf)

    assert "Headers None that a message has" in found
    assert "The message has no words of its own." in found


def test_a_missing_letterform_is_drawn_and_named_on_the_page(tmp_path):
    told = made(tmp_path, HEAD + "Content-Type: text/plain\r\n\r\nthanks \U0001f44d".encode())

    assert len(told.warnings) == 1
    assert "thanks ▯" in jobs.words(told.pdf)
    assert "U+1F44D thumbs up sign" in jobs.words(told.pdf)


def test_more_attachments_than_a_message_may_bring_are_counted(tmp_path):
    done = made(tmp_path, mixed(PLAIN, *[PDF] * 203))
    found = jobs.words(done.pdf)

    assert len(done.attachments) == 200
    assert done.warnings == ("3 attachments more than a message may bring are in the original only.",)
    assert "and 191 more, listed at the end" in found
    assert found.count("original only") == 4
    assert jobs.lowest_ink(done.pdf) > 60


def test_a_message_of_too_many_pages_keeps_its_attachments(tmp_path):
    words = b"Content-Type: text/plain\r\n\r\n" + b"x\r\n" * 100_000
    done = made(tmp_path, mixed(words, PDF))

    assert (done.pdf, done.how) == (None, "")
    assert "longer than 2,000 pages" in done.slip.reason
    assert ("Subject", "Retreat") in done.slip.facts
    assert done.slip.listing == ("a.pdf",)
    assert done.attachments[0].path.read_bytes() == b"%PDF-1.4\n"


def test_a_message_too_large_to_read_gets_a_reason(tmp_path, monkeypatch):
    monkeypatch.setattr(email, "MAX_BYTES", 10)

    with pytest.raises(CannotRender, match="too large"):
        made(tmp_path, HEAD)


def test_a_header_of_a_megabyte_is_shown_whole(tmp_path):
    done = made(tmp_path, b"From: a\nSubject: s\nX-Long: " + b"word " * 200_000 + b"end-of-it\n\nbody")

    assert "end-of-it" in jobs.words(done.pdf)


def test_the_same_message_gives_the_same_bytes(tmp_path):
    data = mixed(PLAIN, PDF, "Content-Type: text/plain\r\n\r\nالعلاج".encode())

    assert made(tmp_path, data).pdf.read_bytes() == made(tmp_path, data).pdf.read_bytes()


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_become_pages(tmp_path, data, with_head):
    done = made(tmp_path, (HEAD if with_head else b"") + data)

    assert jobs.page_count(done.pdf) >= 2
