"""Office files: pages where a program is installed, a plain sentence where not."""

import io
import re
import shutil
import struct
import zipfile

import pypdfium2
import pytest
from PIL import Image

from tests.data import pdfs
from tests.tracker.files.rendering.officefiles import docx, odt, pptx, xlsx
from tracker.files import kinds
from tracker.files.rendering import limits, office
from tracker.files.rendering.child import render_safely
from tracker.files.rendering.rendered import CannotRender

PROGRAM = shutil.which("soffice") or ""
WORDS = "Policy on missed sessions"


def test_without_a_program_it_is_said(job_of):
    with pytest.raises(CannotRender, match="none is set up here"):
        office.make(job_of(docx("Words"), "docx"))


@pytest.mark.office
@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("docx", docx(WORDS)),
        ("xlsx", xlsx(WORDS)),
        ("pptx", pptx(WORDS)),
        ("odt", odt("", WORDS)),
        ("rtf", rb"{\rtf1\ansi %s}" % WORDS.encode()),
    ],
)
def test_a_file_of_each_kind_becomes_pages_with_its_words(job_of, kind, content):
    made = office.make(job_of(content, kind, office=PROGRAM))

    pdf = pypdfium2.PdfDocument(made.pdf)
    assert WORDS in pdf[0].get_textpage().get_text_bounded()
    assert len(pdf) == 1
    pdf.close()
    assert (made.how, "LibreOffice" in made.tool) == ("office", True)


@pytest.mark.parametrize("make", [docx, xlsx, pptx])
def test_each_sample_is_told_as_what_it_is(tmp_path, make):
    (tmp_path / "a").write_bytes(make("x"))

    assert kinds.sniff(tmp_path / "a").code == make.__name__


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


def telling(folder):
    """A stand-in for the program: keeps what it was called with and which network devices it sees, gives a page."""
    page = folder / "page.pdf"
    pdfs.letter(page)
    program = folder / "program"
    program.write_text(
        '#!/bin/sh\ncase "$1" in --version) echo LibreOffice 1; exit;; esac\n'
        f'echo "$@" >> {folder}/calls\ncat /proc/net/dev > {folder}/devices\n'
        f"cp {page} pages/document.pdf\n"
    )
    program.chmod(0o755)
    return str(program)


def test_each_job_has_a_profile_of_its_own_below_its_own_folder(job_of, tmp_path):
    program = telling(tmp_path)
    jobs = [job_of(docx("x"), "docx", office=program) for _number in range(2)]
    for job in jobs:
        office.make(job)
    called = re.findall(r"-env:UserInstallation=file://(\S+)", (tmp_path / "calls").read_text())

    assert called == [str(job.folder / "profile") for job in jobs]
    assert len(set(called)) == 2


def test_the_program_sees_no_network_where_the_system_allows_it(job_of, tmp_path):
    if not limits.can_leave_network():
        pytest.skip("this system lets no process leave the network: nothing is isolated here")
    rendered = render_safely(job_of(docx("x"), "docx", office=telling(tmp_path)))
    devices = [line.partition(":")[0].strip() for line in (tmp_path / "devices").read_text().splitlines()[2:]]

    assert rendered.how == "office"
    assert devices == ["lo"]


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


@pytest.mark.office
def test_a_picture_that_lies_elsewhere_on_this_machine_is_not_fetched(job_of, tmp_path):
    """A file may point to pictures by their place; whoever sent it must not see what lies there."""
    picture = tmp_path / "secret.png"
    Image.new("RGB", (200, 200), (255, 0, 0)).save(picture)
    made = office.make(job_of(odt(f'<draw:image xlink:href="{picture.as_uri()}"/>'), "odt", office=PROGRAM))

    pdf = pypdfium2.PdfDocument(made.pdf)
    colors = {color for _count, color in pdf[0].render().to_pil().convert("RGB").getcolors(1_000_000)}
    pdf.close()
    assert (255, 0, 0) not in colors
