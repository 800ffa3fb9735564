"""Page content with broken syntax is set apart: what follows it is read as such, and it looks as it did."""

import pikepdf
import pytest
from pikepdf import Dictionary, Name

from tests.data import awkward, broken, pdfs
from tests.data.awkward import painted
from tests.proof import engines
from tracker.files import pdfisolate
from tracker.files.pdf import inspect_and_rewrite
from tracker.files.pdfisolate import is_sound, isolate_broken


@pytest.mark.parametrize("make", [pdfs.letter, pdfs.scan, pdfs.linked, awkward.inherited, awkward.geometries])
def test_sound_pages_are_left_alone(tmp_path, make):
    with pikepdf.open(make(tmp_path / "a.pdf")) as pdf:
        assert isolate_broken(pdf) == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"q Q Q Q",
        b"1 0 0 rg 1 2 3 4 re f",
        b"q BI /W 1 /H 1 /BPC 8 /CS /G ID q EI Q",
        b"BT /F1 12 Tf [(a) 20 (b\\))] TJ ET",
        b"1 2 3 scn unknown /Pattern cs",
        b"\xe9\xff 0 g",
        b"% a remark",
    ],
)
def test_what_ends_where_it_ends_is_sound(content):
    assert is_sound(content)


@pytest.mark.parametrize(
    "content",
    [b"(open", b"BT <12", b"[ /a", b"<< /a 1", b"BI /W 9 ID", b"0 cm", b"1 2 re", b"/F1 Tf", b"12", b"(x) ) 0 g"],
)
def test_what_takes_along_what_follows_is_not(content):
    assert not is_sound(content)


def test_content_too_long_to_be_looked_at_is_set_apart(monkeypatch):
    monkeypatch.setattr(pdfisolate, "MAX_READ", 10)

    assert not is_sound(b"0 0 1 rg 0 0 9 9 re f")


def test_a_broken_page_is_drawn_as_a_picture_with_its_own_resources():
    pdf = painted(2)
    pdf.pages[1].obj.Contents = pdf.make_stream(b"1 0 0 rg 0 0 9 9 re f (open")

    assert isolate_broken(pdf) == ["p2 /Contents: broken syntax, drawn as one picture"]
    page = pdf.pages[1].obj
    assert page.Contents.read_bytes() == b"/RcsPage Do"
    assert page.Resources.XObject.RcsPage.read_bytes() == b"1 0 0 rg 0 0 9 9 re f (open"
    assert page.Resources.XObject.RcsPage.Resources.Font.F1.BaseFont == Name.Helvetica
    assert isolate_broken(pdf) == []


def test_resources_may_be_inherited_or_missing():
    pdf = painted(2)
    one, two = (page.obj for page in pdf.pages)
    pdf.Root.Pages.Resources = Dictionary(Font=Dictionary(F9=one.Resources.Font.F1))
    for page in (one, two):
        del page.Resources
        page.Contents = pdf.make_stream(b"(open")
    del two.Parent
    isolate_broken(pdf)

    assert "/F9" in one.Resources.XObject.RcsPage.Resources.Font
    assert "/Resources" not in two.Resources.XObject.RcsPage


def test_pages_look_as_they_did(tmp_path):
    source = broken.swallowing(tmp_path / "a.pdf")
    facts = inspect_and_rewrite(source, tmp_path / "copy.pdf")
    pages = range(len(broken.SWALLOWING))
    before, after = (engines.pdfium_pictures(path, pages) for path in (source, tmp_path / "copy.pdf"))

    assert [old.tobytes() == new.tobytes() for old, new in zip(before, after, strict=True)] == [True] * len(pages)
    assert len(facts.removed) == 9
