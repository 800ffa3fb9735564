"""Where links and bookmarks lead: names of every kind are resolved, circles end, nothing leads astray."""

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from tests.data import awkward, broken
from tracker.files import pdflinks
from tracker.files.pdflinks import Destinations, OutlineItem, read_outline


def test_name_trees_that_go_in_a_circle_end():
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    node = pdf.make_indirect(Dictionary())
    node.Kids = Array([node])
    pdf.Root.Names = Dictionary(Dests=node)

    targets = Destinations(pdf)

    assert targets.resolve(String("a")) is None
    assert targets.resolve(Array([page.obj, Name.Fit]))[0].objgen == page.obj.objgen
    assert targets.resolve(Array([0, Name.Fit]))[0].objgen == page.obj.objgen
    assert targets.resolve(Array([5, Name.Fit])) is None


@pytest.mark.parametrize("value", [None, 7, Array([]), Array([True]), Array([Dictionary()]), String("none")])
def test_what_is_no_destination_leads_nowhere(value):
    pdf = pikepdf.new()
    pdf.add_blank_page()

    assert Destinations(pdf).resolve(value) is None


def test_names_that_refer_to_themselves_end():
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.Root.Dests = Dictionary(a=Name.b, b=Name.a)

    assert Destinations(pdf).resolve(Name.a) is None


def test_a_destination_without_a_view_shows_the_whole_page():
    pdf = pikepdf.new()
    page = pdf.add_blank_page().obj
    targets = Destinations(pdf)

    assert targets.resolve(Array([page]))[1] == Name.Fit
    assert list(targets.resolve(Array([page, Name.XYZ, 0, 100, 0])))[1:] == [Name.XYZ, 0, 100, 0]


def test_names_in_any_bytes_are_found(tmp_path):
    with pikepdf.open(broken.foreign_dests(tmp_path / "a.pdf")) as pdf:
        link = pdf.pages[0].obj.Annots[0]
        target = Destinations(pdf).of_holder(link)

        assert target[0].objgen == pdf.pages[1].obj.objgen


def test_bookmarks_are_bounded_and_those_without_words_or_place_are_left_out(tmp_path, monkeypatch):
    with pikepdf.open(awkward.bookmarks(tmp_path / "a.pdf")) as pdf:
        found = read_outline(pdf, Destinations(pdf))
        assert found[0] == OutlineItem(0, "Level 0", 1)
        assert [item.level for item in found] == list(range(pdflinks.MAX_OUTLINE_DEPTH))
        assert max(len(item.title) for item in found) <= pdflinks.MAX_OUTLINE_TITLE
        monkeypatch.setattr(pdflinks, "MAX_OUTLINE_ITEMS", 3)
        assert len(read_outline(pdf, Destinations(pdf))) == 3


def test_a_document_without_bookmarks_has_none():
    pdf = pikepdf.new()
    pdf.Root.Outlines = String("none")

    assert read_outline(pdf, Destinations(pdf)) == []
