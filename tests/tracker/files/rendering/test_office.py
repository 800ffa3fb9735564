"""Office files: pages where a program is installed, a plain sentence where not."""

import io
import shutil
import struct
import zipfile

import pypdfium2
import pytest
from PIL import Image

from tests.tracker.files.rendering.officefiles import docx, odt
from tracker.files.rendering import office
from tracker.files.rendering.rendered import CannotRender

PROGRAM = shutil.which("soffice") or ""
needs_program = pytest.mark.skipif(not PROGRAM, reason="LibreOffice is not installed")


def test_without_a_program_it_is_said(job_of):
    with pytest.raises(CannotRender, match="none is set up here"):
        office.make(job_of(docx("Words"), "docx"))


@needs_program
def test_a_document_becomes_pages(job_of):
    made = office.make(job_of(docx("The agreement of March"), "docx", office=PROGRAM))

    pdf = pypdfium2.PdfDocument(made.pdf)
    assert "The agreement of March" in pdf[0].get_textpage().get_text_bounded()
    pdf.close()
    assert (made.how, "LibreOffice" in made.tool) == ("office", True)


@needs_program
def test_rich_text_becomes_pages(job_of):
    made = office.make(job_of(rb"{\rtf1\ansi Policy on missed sessions}", "rtf", office=PROGRAM))

    pdf = pypdfium2.PdfDocument(made.pdf)
    assert "Policy on missed sessions" in pdf[0].get_textpage().get_text_bounded()
    pdf.close()


def test_a_program_that_gives_nothing_is_said(job_of, tmp_path):
    with pytest.raises(CannotRender, match="could not make pages"):
        office.make(job_of(b"no document", "docx", office=shutil.which("true")))


def test_a_program_that_does_not_end_is_ended(job_of, tmp_path, monkeypatch):
    endless = tmp_path / "endless"
    endless.write_text("#!/bin/sh\nsleep 600\n")
    endless.chmod(0o755)
    monkeypatch.setattr(office, "SECONDS", 0.2)

    with pytest.raises(CannotRender, match="did not finish"):
        office.make(job_of(docx("x"), "docx", office=str(endless)))


def test_the_sample_is_a_package(tmp_path):
    (tmp_path / "a.docx").write_bytes(docx("x"))
    assert zipfile.is_zipfile(tmp_path / "a.docx")


def test_a_program_that_is_not_there_says_nothing_of_the_file(job_of, tmp_path):
    with pytest.raises(office.ProgramMissing):
        office.make(job_of(docx("x"), "docx", office=str(tmp_path / "none")))


def bomb(unpacked, parts=1):
    """A package that says its parts unpack to so many bytes; there is next to nothing in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(parts):
            archive.writestr(f"word/{number}.xml", "")
    before, *entries = out.getvalue().split(b"PK\x01\x02")
    size = struct.pack("<I", unpacked)
    return b"PK\x01\x02".join([before, *(entry[:20] + size + entry[24:] for entry in entries)])


@pytest.mark.parametrize(
    "data", [bomb((1 << 32) - 2), bomb(office.MUCH_UNPACKED + 1), bomb(1 << 20, parts=200), bomb(0, parts=10_001)]
)
def test_a_bomb_is_not_handed_to_the_office_program(job_of, tmp_path, data):
    started = tmp_path / "started"
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {started}\n")
    program.chmod(0o755)

    with pytest.raises(CannotRender, match="more than can be opened safely"):
        office.make(job_of(data, "docx", office=str(program)))
    assert not started.exists()


@needs_program
def test_a_picture_that_lies_elsewhere_on_this_machine_is_not_fetched(job_of, tmp_path):
    """A file may point to pictures by their place; whoever sent it must not see what lies there."""
    picture = tmp_path / "secret.png"
    Image.new("RGB", (200, 200), (255, 0, 0)).save(picture)
    made = office.make(job_of(odt(f'<draw:image xlink:href="{picture.as_uri()}"/>'), "odt", office=PROGRAM))

    pdf = pypdfium2.PdfDocument(made.pdf)
    colors = {color for _count, color in pdf[0].render().to_pil().convert("RGB").getcolors(1_000_000)}
    pdf.close()
    assert (255, 0, 0) not in colors
