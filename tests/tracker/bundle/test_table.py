"""Tables: rows never split, heads repeat, labels never end a page."""

from tests.tracker.bundle import samples
from tests.tracker.bundle.test_draw import make_book
from tracker.bundle.table import Band, Column, Line, Row, Section, Table
from tracker.bundle.tags import Linked


def draw(path, items, **options):
    book = make_book(path)
    section = Section(book, "log", "custody", ("Title", "Title, continued"))
    low = Table(
        book, [Column("Mark", 60), Column("Text", 300), Column("Bytes", 144, right=True)], section.next_page
    ).draw(section.begin("A lead."), items, **options)
    section.end()
    book.canvas.save()
    return book, low, samples.page_texts(path)


def row(number, text="text", target=""):
    return Row(([Line(f"m{number}")], [Line(text)], [Line("1,000")]), target=target)


def test_the_head_is_repeated_on_every_page(tmp_path):
    book, _low, texts = draw(tmp_path / "a.pdf", [row(number) for number in range(80)])

    assert len(texts) > 1
    assert all("Mark" in text for text in texts)
    assert "Title, continued" in texts[1]
    assert [mark.section for mark in book.marks][:2] == ["custody", ""]
    assert sum(text.count("1,000") for text in texts) == 80


def test_a_row_is_never_split(tmp_path):
    items = [row(number, f"begin{number} " + "word " * 150 + f"end{number}") for number in range(12)]
    _book, _low, texts = draw(tmp_path / "a.pdf", items)

    for number in range(12):
        page = [at for at, text in enumerate(texts) if f"begin{number} " in text]
        assert len(page) == 1
    assert "…" in texts[0]


def test_a_label_takes_a_tall_row_along(tmp_path):
    for count in range(20, 34, 2):
        tall = Row(([Line("m99")], [Line(f"line {number}") for number in range(12)], [Line("")]))
        _book, _low, texts = draw(
            tmp_path / f"{count}.pdf", [*(row(number) for number in range(count)), Band("The label"), tall]
        )
        page = next(text for text in texts if "The label" in text)
        assert "m99" in page


def test_a_range_is_broken_between_its_numbers_only(tmp_path):
    items = [Row(([Line("00000001–00000012")], [Line("00000001–00000012")], [Line("")]))]
    _book, _low, (text,) = draw(tmp_path / "a.pdf", items)

    lines = [line.strip() for line in text.splitlines()]
    assert sum("00000001–00000012" in line for line in lines) == 1  # there is room for it in the second column
    assert any(line.startswith("00000001–") and "00000012" not in line.split()[0] for line in lines)
    assert any(line.startswith("00000012") for line in lines)


def test_a_label_never_ends_a_page(tmp_path):
    for count in range(24, 34):
        items = [row(number) for number in range(count)] + [Band("The label", "ab" * 32), row(99)]
        _book, _low, texts = draw(tmp_path / f"{count}.pdf", items)
        page = next(text for text in texts if "The label" in text)
        assert "m99" in page


def test_a_row_with_a_target_is_a_link(tmp_path):
    book, low, _texts = draw(tmp_path / "a.pdf", [row(1, target="exhibit:E-1")], tight=True)

    link = next(link for link in book.links if link.target == "exhibit:E-1")
    assert link.rect[1] == low


def test_a_line_with_a_target_is_a_link_over_its_text(tmp_path):
    cells = ([Line("m1")], [Line("first"), Line("second", target="page:E-1:2")], [Line("9", target="exhibit:E-2")])
    book, _low, _texts = draw(tmp_path / "a.pdf", [Row(cells)])
    page, exhibit = [link for link in book.links if link.target != "section:list"]

    assert page.target == "page:E-1:2"
    assert 113 <= page.rect[0] < page.rect[2] < 180
    assert exhibit.rect[2] == 559
    assert exhibit.rect[3] - exhibit.rect[1] < 14


def test_a_table_is_tagged_once_over_all_its_pages(tmp_path):
    items = [Band("The label"), *[row(number, target="exhibit:E-1") for number in range(60)]]
    book, _low, texts = draw(tmp_path / "a.pdf", items)
    elements = book.tree.elements()

    assert len(texts) > 1
    assert [one.kind for one in elements].count("Table") == 1
    assert [one.kind for one in elements].count("TR") == 62
    assert [one.scope for one in elements if one.kind == "TH"].count("Column") == 3
    assert [one.columns for one in elements if one.columns > 1] == [3]
    links = [one for one in elements if one.kind == "Link" and one.parent >= 0]
    assert len(links) == 60
    assert all(elements[one.parent].kind == "TH" and isinstance(one.contents[-1], Linked) for one in links)
