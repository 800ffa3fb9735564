"""A few kilobytes that would keep the worker busy for hours, or take all memory, are told in time."""

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from tests.data import pdfs
from tracker.files import pdfbudget
from tracker.files.pagedigest import PageTooComplex
from tracker.files.pdf import REASONS, NotRenderable, inspect_and_rewrite


def shared_content(path, *, pages: int, content: bytes):
    """Pages that all show one and the same stream."""
    with pikepdf.new() as made:
        stream = made.make_stream(content)
        for _number in range(pages):
            made.add_blank_page().obj.Contents = stream
        made.save(path)
    return path


def with_drawn(path, *, pages: int, drawn: int):
    """Pages with many annotations that are drawn into them."""
    with pikepdf.new() as made:
        look = made.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 1, 1]))
        one = Dictionary(Type=Name.Annot, Subtype=Name.Screen, Rect=Array([0, 0, 9, 9]), AP=Dictionary(N=look))
        for _number in range(pages):
            made.add_blank_page().obj.Annots = Array([one] * drawn)
        made.save(path)
    return path


def refused(source):
    """The reason for which a file cannot be shown; no copy is left."""
    copy = source.with_name("rendition.pdf")
    with pytest.raises(NotRenderable) as told:
        inspect_and_rewrite(source, copy)
    assert not copy.exists()
    return told.value.reason


def test_a_small_file_with_millions_of_operators_is_not_parsed(tmp_path):
    source = shared_content(tmp_path / "a.pdf", pages=1, content=b"q Q " * 3_000_000)

    assert source.stat().st_size < 100_000
    assert refused(source) == REASONS["too_complex"]


def test_content_that_many_pages_share_counts_for_each(tmp_path, monkeypatch):
    monkeypatch.setattr(pdfbudget, "MAX_OPERATORS", 1_000)
    monkeypatch.setattr(pdfbudget, "MAX_BYTES", 10_000)

    assert refused(shared_content(tmp_path / "a.pdf", pages=11, content=b"q Q " * 50)) == REASONS["too_complex"]
    assert refused(shared_content(tmp_path / "b.pdf", pages=11, content=b" " * 1_000)) == REASONS["too_complex"]
    fine = shared_content(tmp_path / "c.pdf", pages=9, content=b"q Q " * 50)
    assert inspect_and_rewrite(fine, tmp_path / "copy.pdf").page_count == 9


def test_a_page_with_too_many_streams_is_told_before_they_are_read(tmp_path):
    with pikepdf.new() as made:
        page = made.add_blank_page().obj
        page.Contents = Array([made.make_stream(b"q Q")] * (pdfbudget.MAX_STREAMS_PER_PAGE + 1))
        with pytest.raises(PageTooComplex):
            pdfbudget.Budget().spend(page)


def test_too_many_on_a_page_or_on_all_are_not_drawn(tmp_path, monkeypatch):
    most = pdfbudget.MAX_BURNED_PER_PAGE
    assert refused(with_drawn(tmp_path / "a.pdf", pages=1, drawn=most + 1)) == REASONS["too_complex"]

    monkeypatch.setattr(pdfbudget, "MAX_BURNED", 20)
    assert refused(with_drawn(tmp_path / "b.pdf", pages=3, drawn=7)) == REASONS["too_complex"]
    assert inspect_and_rewrite(with_drawn(tmp_path / "c.pdf", pages=2, drawn=7), tmp_path / "copy.pdf").page_count


def test_annotations_that_pages_share_count_for_each(tmp_path, monkeypatch):
    monkeypatch.setattr(pdfbudget, "MAX_ANNOTATIONS", 5)

    assert refused(with_drawn(tmp_path / "a.pdf", pages=3, drawn=2)) == REASONS["too_complex"]


def test_objects_that_pages_share_count_for_each(tmp_path, monkeypatch):
    source = pdfs.letter(tmp_path / "a.pdf", 3)
    assert inspect_and_rewrite(source, tmp_path / "copy.pdf").page_count == 3

    monkeypatch.setattr(pdfbudget, "MAX_OBJECTS", 10)
    assert refused(source) == REASONS["too_complex"]
