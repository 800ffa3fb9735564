"""Joining generated pages and renditions."""

from dataclasses import replace

import pytest

from tests.data import pdfs
from tracker.bundle.merge import generated_indexes, merge, rendition_path
from tracker.bundle.render import Layout


def test_every_page_is_in_its_place(built):
    layout = Layout.read(built.folder)
    with merge(built.plan, layout, built.folder) as pdf:
        assert len(pdf.pages) == layout.places(built.plan).total == 27
        scan = layout.places(built.plan).divider_index("E-2") + 1
        assert all("/Im0" in pdf.pages[scan + number].Resources.XObject for number in range(8))
    assert generated_indexes(built.plan, layout)[:6] == [0, 1, 2, 3, 7, 16]
    assert len(generated_indexes(built.plan, layout)) == len(layout.marks)


def test_a_rendition_without_its_pages_is_refused(built, tmp_path):
    layout = Layout.read(built.folder)
    for item in built.plan.exhibits:
        if item.pages:
            pdfs.letter(rendition_path(tmp_path, item.key), 1)
    (tmp_path / "generated.pdf").write_bytes((built.folder / "generated.pdf").read_bytes())

    with pytest.raises(ValueError, match="could not be joined"):
        merge(built.plan, layout, tmp_path)


def test_a_missing_rendition_is_refused(built, tmp_path):
    with pytest.raises(ValueError, match="could not be joined"):
        merge(replace(built.plan), Layout.read(built.folder), tmp_path)


def test_renditions_lie_under_their_key(tmp_path):
    assert rendition_path(tmp_path, "E-1") == tmp_path / "E-1.pdf"
