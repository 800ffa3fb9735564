"""The allegation matrix."""

from dataclasses import replace

from tests.tracker.bundle import samples
from tests.tracker.bundle.rich import shelf_of
from tests.tracker.bundle.test_draw import make_book
from tracker.bundle.lists import Cite, MatrixLine, MatrixRow, Tables
from tracker.bundle.render_matrix import draw_matrix, not_final


def drawn(path, plan, *rows):
    book = make_book(path)
    draw_matrix(book, shelf_of(replace(plan, tables=Tables(matrix=rows))))
    book.canvas.save()
    return book, [" ".join(text.split()) for text in samples.page_texts(path)]


def test_every_piece_of_evidence_has_its_line_and_link(rich):
    text = rich.page("Allegations, evidence and findings Bates")
    page = next(number for number, mark in enumerate(rich.layouts[0].marks) if mark.section == "matrix")

    for words in ("Business relationship with a client", "rule 8.2(a)", "Ex. 5: two payments", "000021", "volume 2"):
        assert words in text
    assert "Against" in text
    targets = [link.target for link in rich.layouts[0].links if link.page == page]
    assert targets == ["page:E-5:2", "page:E-8:33", "section:list"]


def test_boxes_are_empty_until_there_is_a_finding(tmp_path, built):
    open_row = MatrixRow("1", "An allegation", "", (MatrixLine(Cite("E-1"), "for"),))
    book, texts = drawn(tmp_path / "a.pdf", built.plan, open_row)

    assert "Proved Not proved Withdrawn" in texts[0]
    assert [one.alt for one in book.tree.elements() if one.kind == "Figure"] == [
        "No finding yet: empty boxes for proved, not proved, withdrawn"
    ]
    book, texts = drawn(
        tmp_path / "b.pdf", built.plan, replace(open_row, finding="Dismissed", finding_note="The board")
    )
    assert "Dismissed" in texts[0]
    assert "Withdrawn" not in texts[0]
    assert not [one for one in book.tree.elements() if one.kind == "Figure"]


def test_an_allegation_without_evidence_says_so(tmp_path, built):
    _book, texts = drawn(tmp_path / "a.pdf", built.plan, MatrixRow("1", "An allegation", "", ()))

    assert "No evidence designated" in texts[0]


def test_the_sentence_on_allegations_stands_on_every_page(tmp_path, built):
    rows = [
        MatrixRow(
            str(number),
            "An allegation with a name of some length " * number,
            "rule " * 40,
            tuple(
                MatrixLine(Cite("E-2", page % 8), "for" if page % 2 else "against", "note " * 20)
                for page in range(count)
            ),
        )
        for number, count in enumerate((2, 3, 90, 1, 14, 0, 9), start=1)
    ]
    book, texts = drawn(tmp_path / "a.pdf", built.plan, *rows)

    assert len(texts) > 4
    assert all(text.count(not_final()) == 1 for text in texts)
    assert "3, cont." in " ".join(texts)
    assert all(60 < link.rect[1] < 690 for link in book.links if link.target != "section:list")
    assert sum(link.target != "section:list" for link in book.links) == 119


def test_cells_that_stand_for_many_rows_say_so(tmp_path, built):
    row = MatrixRow("1", "An allegation", "", tuple(MatrixLine(Cite("E-2", page), "for") for page in (1, 2, 3)))
    book, _texts = drawn(tmp_path / "a.pdf", built.plan, row)

    assert [(one.kind, one.rows) for one in book.tree.elements() if one.rows > 1] == [("TH", 3), ("TD", 3), ("TD", 3)]
