"""Whether a page is one picture that is black where it must be; what is no such page is a fault."""

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from tests.data import statements
from tests.data.statements import FONTS, OVER_NAME, box
from tracker.files.redaction import pixels, rebuild


@pytest.fixture(params=["text", "scan", "pure"])
def derived(request, tmp_path):
    source, target = tmp_path / "a.pdf", tmp_path / "b.pdf"
    if request.param == "text":
        statements.statement(source)
    else:
        statements.scan(source, is_pure=request.param == "pure")
    rebuild.redact(source, [OVER_NAME], target, fonts=FONTS)
    return target


def test_black_in_the_box_and_nowhere_else(derived):
    assert pixels.faults(derived, [OVER_NAME]) == []
    assert pixels.faults(derived, [OVER_NAME, box(1, 20, 300, 300, 100)]) == [1]
    assert pixels.faults(derived, [box(2, 0, 0, 9, 9)]) == [2]


def test_a_page_that_was_never_redrawn(tmp_path):
    path = statements.statement(tmp_path / "a.pdf")
    assert pixels.faults(path, [OVER_NAME]) == [1]


def test_a_picture_that_is_not_black_there(tmp_path):
    path = statements.scan(tmp_path / "a.pdf")
    assert pixels.faults(path, [OVER_NAME]) == [1]


def more_pictures(pdf, page):
    page.Resources.XObject.Other = page.Resources.XObject.Picture


def a_picture_in_the_layer(pdf, page):
    page.Resources.XObject.Words.Resources.XObject = Dictionary(P=page.Resources.XObject.Picture)


def a_turn(pdf, page):
    page.Rotate = 90


def a_crop(pdf, page):
    page.CropBox = Array([0, 0, 100, 100])


def a_comment(pdf, page):
    page.Annots.append(pdf.make_indirect(Dictionary(Subtype=Name.Text, Rect=Array([0, 0, 9, 9]))))


def no_picture(pdf, page):
    del page.Resources["/XObject"]


def a_broken_picture(pdf, page):
    del page.Resources.XObject.Picture["/Width"]


@pytest.mark.parametrize(
    "change", [more_pictures, a_picture_in_the_layer, a_turn, a_crop, a_comment, no_picture, a_broken_picture]
)
def test_whatever_else_the_page_holds_is_a_fault(tmp_path, change):
    source, target, other = (tmp_path / name for name in ("a.pdf", "b.pdf", "c.pdf"))
    rebuild.redact(statements.statement(source, face="sans"), [OVER_NAME], target, fonts=FONTS)
    with pikepdf.open(target) as pdf:
        change(pdf, pdf.pages[0].obj)
        pdf.save(other)
    assert pixels.faults(other, [OVER_NAME]) == [1]
