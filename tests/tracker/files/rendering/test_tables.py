"""CSV: a table where it is one, lines where it is not; nothing in it is computed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.data import jobs
from tests.tracker.bundle import samples
from tracker.files.rendering import tables
from tracker.files.rendering.sheet import Sheets

LEDGER = 'Date,Payee,Amount\n2025-09-18,"Harbor, LLC","1,150.00"\n2025-09-02,"=cmd|calc","-12.50"\n'


def sheets(path):
    return Sheets(path, samples.fonts(), title="CSV file")


def test_rows_know_the_line_they_begin_on():
    assert [record.line for record in tables.parse('a,b\n"1\n2",x\n\nc,d\n')] == [1, 2, 5]
    assert tables.parse(LEDGER)[1].cells == ("2025-09-18", "Harbor, LLC", "1,150.00")


@pytest.mark.parametrize("text", ["a;b\n1,5;2\n", "a\tb\n1\t2\n", "a|b\n1|2\n"])
def test_the_delimiter_that_gives_whole_rows_is_found(text):
    assert [len(record.cells) for record in tables.parse(text)] == [2, 2]


@pytest.mark.parametrize(
    "text", ["", "one line, only\n", "a,b\n1,2,3\n", "words\nwithout\n", 'a,b\n"open,2\n', "a,b\n1\n"]
)
def test_what_is_no_table_is_read_as_lines(text):
    assert tables.parse(text) == []


def test_a_table_stands_on_the_page_with_its_head_on_each(tmp_path):
    pages = sheets(tmp_path / "a.pdf")
    rows = LEDGER + "2025-10-01,Rent,5\n" * 80
    table = tables.fit(pages, tables.parse(rows))
    tables.draw(pages, table)
    pages.save()
    found = jobs.words(tmp_path / "a.pdf")

    assert table.has_head
    assert [column.right for column in table.columns] == [False, False, True]
    assert found.count("Date Payee Amount") == jobs.page_count(tmp_path / "a.pdf") == 3
    assert "=cmd|calc" in found
    assert jobs.lowest_ink(tmp_path / "a.pdf") > 60


def test_a_table_of_numbers_has_no_head(tmp_path):
    pages = sheets(tmp_path / "a.pdf")
    table = tables.fit(pages, tables.parse("1,2\n3,4\n"))
    tables.draw(pages, table)
    pages.save()

    assert not table.has_head
    assert jobs.words(tmp_path / "a.pdf") == "CSV file 1 1 2 2 3 4"


def test_wide_columns_give_way(tmp_path):
    table = tables.fit(sheets(tmp_path / "a.pdf"), tables.parse("Day,Remark\n1," + "words " * 60 + "\n"))

    assert table.columns[-1].x + table.columns[-1].width <= 558.01
    assert len(table.rows[1][1][1]) > 2


@pytest.mark.parametrize(
    "text",
    [
        "\n".join([",".join("abcdefghijklm")] * 3),
        "\n".join([",".join(["many words here to be set"] * 11)] * 3),
        "a,b\n1," + "words " * 2000 + "\n",
    ],
)
def test_what_does_not_fit_the_page_is_no_table(tmp_path, text):
    assert tables.parse(text)
    assert tables.fit(sheets(tmp_path / "a.pdf"), tables.parse(text)) is None


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.text(st.sampled_from('a1,;\t|"\n =é\u05d0'), max_size=6), min_size=1, max_size=3), max_size=5)
)
def test_any_text_is_a_table_or_none(rows):
    for record in tables.parse("\n".join(",".join(row) for row in rows)):
        assert len(record.cells) > 1
