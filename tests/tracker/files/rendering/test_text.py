"""Text files as pages: every script, every word, honest remarks, and never anything but pages or a reason."""

import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.data import jobs
from tracker.files.rendering import text
from tracker.files.rendering.rendered import CannotRender

LINES = (
    "You may end therapy at any time.",
    "Quý vị có thể ngừng trị liệu bất cứ lúc nào",
    "Вы можете прекратить терапию",
    "אפשר לסיים את הטיפול בכל עת",
    "يمكنك إنهاء العلاج",
    "आप कभी भी चिकित्सा समाप्त कर सकते हैं",
)


def made(folder, data, name="notes.txt", kind="text"):
    return text.make(jobs.job(folder, data, name, kind))


def test_every_script_is_read_again_by_both_engines(tmp_path):
    done = made(tmp_path, "\n".join(LINES).encode())

    assert (done.how, done.slip, done.attachments, done.warnings) == ("typeset", None, (), ())
    for line in LINES:
        plain = unicodedata.normalize("NFKC", line)
        assert plain in jobs.words(done.pdf)
        assert plain in jobs.poppler_words(done.pdf)


def test_what_reads_from_the_right_stands_at_the_right(tmp_path):
    done = made(tmp_path, "abc\nאבג\n".encode())
    left, right = jobs.places(done.pdf, "abc"), jobs.places(done.pdf, "אבג")

    assert left == pytest.approx(80, abs=2)
    assert right > 500


def test_a_character_without_a_letterform_is_shown_and_named(tmp_path):
    done = made(tmp_path, "hello \U00013080 \U0001f44d".encode())

    assert "▯ ▯" in jobs.words(done.pdf)
    assert "U+13080 egyptian hieroglyph d010" in done.warnings[0]
    assert "U+1F44D thumbs up sign" in jobs.words(done.pdf)


def test_many_missing_characters_are_counted(tmp_path):
    done = made(tmp_path, "".join(chr(0x13080 + number) for number in range(40)).encode())

    assert done.warnings[0].endswith("; and 28 more.")


def test_ideographs_are_drawn_or_named_by_their_numbers(tmp_path):
    done = made(tmp_path, "中文".encode())

    assert "中文" in jobs.words(done.pdf) or "U+4E2D; U+6587" in done.warnings[0]


def test_lines_are_numbered_as_in_the_file(tmp_path):
    found = jobs.words(made(tmp_path, b"first\n\n\nfourth\r\nfifth").pdf)

    assert "1 first 4 fourth 5 fifth" in found
    assert "notes.txt · UTF-8 · 21 bytes · typeset, line numbers added" in found


def test_another_encoding_and_control_characters_are_remarked_on_the_page(tmp_path):
    done = made(tmp_path, b"caf\xe9 \x1b[2J")

    assert "café [U+001B][2J" in jobs.words(done.pdf)
    assert "read as Windows-1252, which is a guess" in jobs.words(done.pdf)
    assert len(done.warnings) == 2


def test_blanks_that_make_columns_are_kept(tmp_path):
    done = made(tmp_path, b"\n".join(b"2026-05-0%d   09:00   Room %d" % (day, day) for day in range(1, 5)))

    assert "Mono" in done.pdf.read_bytes().decode("latin-1")


def test_csv_is_a_table_and_formulas_stay_words(tmp_path):
    data = b'Date,Memo\n2025-09-18,"=HYPERLINK(""http://x"")"\n'

    assert '2 2025-09-18 =HYPERLINK("http://x")' in jobs.words(made(tmp_path, data, "ledger.csv").pdf)
    assert "CSV file" in jobs.words(made(tmp_path, data, "ledger.csv").pdf)
    # The same words under another name are lines.
    assert '"=HYPERLINK(""http://x"")"' in jobs.words(made(tmp_path, data, "ledger.txt").pdf)


def test_csv_that_is_no_table_is_lines(tmp_path):
    assert "a,b 2 1,2,3" in jobs.words(made(tmp_path, b"a,b\n1,2,3\n", "x.csv").pdf)


def test_a_web_page_is_its_words_and_says_so(tmp_path):
    data = "<html><head><script>alert('never')</script></head><p>Dear A.</p><p>Pay €5</p></html>".encode()
    done = made(tmp_path, data, "page.html", "html")

    assert "Dear A. 3 Pay €5" in jobs.words(done.pdf)
    assert "never" not in jobs.words(done.pdf)
    assert "This is the text of a web page." in jobs.words(done.pdf)


@pytest.mark.parametrize(
    ("name", "data", "title", "word"),
    [
        ("plan.svg", b"<svg><text>Room 2</text></svg>", "Text of a drawing (SVG)", "Room 2"),
        ("data.xml", b"<?xml version='1.0'?><a b='kept'/>", "XML file", "b='kept'"),
        ("app.html", b"<html><script>run()</script></html>", "Source of a web page", "run()"),
    ],
)
def test_other_markup_shows_what_a_reader_needs(tmp_path, name, data, title, word):
    found = jobs.words(made(tmp_path, data, name, "html").pdf)

    assert title in found
    assert word in found


def test_an_empty_text_says_so(tmp_path):
    assert "There is no visible text in this file." in jobs.words(made(tmp_path, b" \n \n").pdf)


def test_the_same_text_gives_the_same_bytes_and_leaves_the_foot_free(tmp_path):
    data = "".join(f"line {number} {line}\n" for number in range(40) for line in LINES).encode()
    first, second = made(tmp_path, data), made(tmp_path, data)

    assert first.pdf.read_bytes() == second.pdf.read_bytes()
    assert jobs.page_count(first.pdf) > 3
    assert jobs.lowest_ink(first.pdf) > 60


@pytest.mark.parametrize("data", [b"x\n" * 120_000, b"x " * (text.MAX_BYTES // 2 + 1)])
def test_a_text_beyond_all_pages_gets_a_reason_and_is_never_cut(tmp_path, data):
    with pytest.raises(CannotRender) as refused:
        made(tmp_path, data)

    assert refused.value.reason.endswith(".")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400), st.sampled_from([("a.txt", "text"), ("a.csv", "text"), ("a.html", "html")]))
def test_any_bytes_become_pages(tmp_path, data, named):
    name, kind = named

    assert jobs.page_count(made(tmp_path, data, name, kind).pdf) >= 1
