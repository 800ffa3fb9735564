"""Pages: the same bytes each time, a head on each, a foot left free, and never too many."""

import pytest

from tests.data import jobs
from tests.tracker.bundle import samples
from tracker.files.rendering import sheet
from tracker.files.rendering.rendered import CannotRender
from tracker.files.rendering.sheet import Column, Sheets, Style

STYLE = Style("serif", 10, 14)


def sheets(path, **more):
    return Sheets(path, samples.fonts(), title="Text file", **more)


def filled(path, lines):
    pages = sheets(path, note="notes.txt")
    for number in range(lines):
        pages.text(f"line {number} \u0627\u0644\u0639\u0644\u0627\u062c", STYLE)
    pages.save()
    return path


def test_the_same_words_give_the_same_bytes(tmp_path):
    assert filled(tmp_path / "a.pdf", 90).read_bytes() == filled(tmp_path / "b.pdf", 90).read_bytes()


def test_lines_flow_over_pages_above_the_stamp(tmp_path):
    path = filled(tmp_path / "a.pdf", 120)

    assert jobs.page_count(path) == 3
    assert "line 119" in jobs.words(path)
    assert jobs.words(path).count("Text file, continued") == 2
    assert jobs.lowest_ink(path) > 60


def test_too_many_pages_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(sheet, "MAX_PAGES", 2)

    with pytest.raises(CannotRender, match="longer than 2 pages"):
        filled(tmp_path / "a.pdf", 120)


def test_a_long_note_is_cut_in_the_head(tmp_path):
    pages = sheets(tmp_path / "a.pdf", note="name " * 100)
    pages.save()

    assert jobs.words(tmp_path / "a.pdf").endswith("name...")


def test_a_row_of_a_table_ends_below_its_highest_cell(tmp_path):
    pages = sheets(tmp_path / "a.pdf")
    columns = (Column(54, 60), Column(130, 60, right=True))
    pages.y = 500
    pages.row(columns, pages.cells(columns, ("one\ntwo\nthree", "4"), STYLE), STYLE)
    pages.save()

    assert pages.y == 472
    assert jobs.words(tmp_path / "a.pdf") == "Text file one two three 4"


def test_keep_and_down_go_to_the_next_page_where_this_one_is_full(tmp_path):
    pages = sheets(tmp_path / "a.pdf")
    pages.keep(100)
    assert pages.pages == 1
    pages.y = 100
    pages.keep(100)
    assert pages.pages == 2
    pages.y = 70
    assert pages.down(10)
    assert not pages.down(10)
    assert pages.pages == 3
