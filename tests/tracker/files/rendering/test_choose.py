"""From a file of any kind to its copy, or to why there is none."""

import io
from dataclasses import replace
from email import message_from_bytes
from email.policy import default

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.data import broken, pdfs
from tests.data import bytes as made
from tracker.files.fonts import FontsMissing
from tracker.files.kinds import KINDS
from tracker.files.rendering import email, sheet, strip
from tracker.files.rendering.choose import RENDERERS, render
from tracker.files.rendering.rendered import Rendered


def test_a_pdf_gets_a_copy_its_text_and_its_clear_places(job_of, tmp_path):
    rendered = render(job_of(pdfs.letter(tmp_path / "a.pdf", 2).read_bytes(), "pdf"))

    assert (rendered.how, rendered.facts.page_count, rendered.slip) == ("pdf", 2, None)
    assert "page 2 of 2" in rendered.text.read_text(encoding="utf-8")
    assert all(page.strip > 0 for page in rendered.facts.pages)


@pytest.mark.parametrize(("data", "kind"), [(made.pdf()[:300], "pdf"), (b"", "empty"), (b"MZ" * 50, "program")])
def test_what_has_no_pages_says_why(job_of, data, kind):
    rendered = render(job_of(data, kind))

    assert (rendered.rendition, rendered.facts, rendered.text) == (None, None, None)
    assert rendered.slip.reason.endswith(".")


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize(
    "data", [b"", b"\0" * 3000, b"%PDF-1.7\nnothing", b"PK\x03\x04" + b"x" * 100, b"\xff\xd8\xff\xe0"]
)
def test_any_bytes_of_any_kind_end_in_pages_or_a_reason(job_of, kind, data):
    rendered = render(job_of(data, kind))

    assert bool(rendered.rendition) != bool(rendered.slip and rendered.slip.reason)


# A sound file of each kind, to be damaged.
SOUND = {
    "pdf": made.pdf(pages=2),
    **{kind: made.image(kind.upper()) for kind in ("jpeg", "png", "gif", "webp", "tiff")},
    "heic": made.heic(),
    "text": "Words, \u05d0\u05d1, \u65e5\n".encode() * 5,
    "html": b"<html><body><p>Words<table><tr><td>x</table></body></html>",
    "email": made.mail(),
    "zip": made.archive("a.txt", "b/c.txt"),
    "docx": made.docx(),
    "wav": b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x44\xac\0\0\x88\x58\1\0\2\0\x10\0data\0\0\0\0",
    "mp4": b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\0\0\0\x08moov" * 3,
    "other": b"\x1f\x8b\x08\0" + bytes(40),
}


@pytest.mark.parametrize("kind", sorted(SOUND))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1), noise=st.binary(min_size=1, max_size=24), is_cut=st.booleans())
def test_a_file_damaged_anywhere_ends_in_pages_or_a_reason(job_of, kind, place, noise, is_cut):
    sound = SOUND[kind]
    at = int(place * len(sound))
    rendered = render(job_of(sound[:at] + noise + (b"" if is_cut else sound[at + len(noise) :]), kind))

    assert bool(rendered.rendition) != bool(rendered.slip and rendered.slip.reason)
    assert Rendered.from_json(rendered.to_json()) == rendered


def test_a_picture_has_no_text_to_keep(job_of):
    rendered = render(job_of(made.image("PNG"), "png"))

    assert (rendered.facts.page_count, rendered.text) == (1, None)


def test_what_the_pages_do_not_show_is_kept_with_their_facts(job_of):
    frames = [Image.new("RGB", (9, 9), color) for color in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    rendered = render(job_of(out.getvalue(), "gif"))

    assert rendered.facts.warnings[0] == "The file holds 2 pictures; the first is shown."
    assert rendered.warnings == rendered.facts.warnings


def test_what_the_reader_had_to_mend_is_said_in_plain_words_first(job_of):
    warnings = render(job_of(broken.wrong_offsets(made.pdf()), "pdf")).facts.warnings

    assert warnings[0].startswith("The file was damaged in places, which were mended in the copy.")
    assert len(warnings) > 1


def test_what_a_slip_sheet_does_not_show_stands_on_it(job_of, monkeypatch):
    monkeypatch.setattr(sheet, "MAX_PAGES", 0)
    monkeypatch.setattr(email, "MAX_ATTACHMENTS", 0)
    mail = message_from_bytes(made.mail(), policy=default)
    mail.add_attachment(b"words", maintype="text", subtype="plain", filename="note.txt")
    rendered = render(job_of(mail.as_bytes(), "email"))

    assert "One attachment more" in rendered.warnings[0]
    assert {("Note", words) for words in rendered.warnings} <= set(rendered.slip.facts)


def test_pages_that_break_the_reader_of_words_are_in_the_copy_and_named(job_of, tmp_path, monkeypatch):
    monkeypatch.setattr(strip, "pages", lambda *given: 1 / 0)
    rendered = render(job_of(pdfs.letter(tmp_path / "a.pdf", 2).read_bytes(), "pdf"))

    assert (rendered.facts.page_count, rendered.text) == (2, None)
    assert [page.strip for page in rendered.facts.pages] == [0, 0]
    assert rendered.facts.warnings[0].startswith("The words of pages 1, 2 could not be read")


def test_typefaces_that_are_missing_are_no_slip_sheet(job_of, tmp_path):
    for kind, data in (("text", b"words"), ("email", made.mail())):
        with pytest.raises(FontsMissing):
            render(replace(job_of(data, kind), fonts=tmp_path))


def test_every_renderer_belongs_to_a_known_kind():
    assert set(RENDERERS) <= set(KINDS)
