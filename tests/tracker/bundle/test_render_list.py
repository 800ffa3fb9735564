"""The exhibit list."""

from dataclasses import replace

from tests.tracker.bundle import samples
from tests.tracker.bundle.rich import many, shelf_of
from tests.tracker.bundle.test_draw import make_book
from tracker.bundle.plan import WITHDRAWN_PAGES, Hidden
from tracker.bundle.render_list import draw_exhibit_list, hidden_words


def drawn(path, plan, number=1):
    book = make_book(path)
    draw_exhibit_list(book, shelf_of(plan, number))
    book.canvas.save()
    return book, [" ".join(text.split()) for text in samples.page_texts(path)]


def test_every_exhibit_has_its_row(built):
    text = samples.page_texts(built.path)[2]
    joined = " ".join(text.split())

    for words in (
        "Board exhibits",
        "Exhibits not yet marked",
        "Respondent’s exhibits",
        "Verified complaint, form 12-A, with two attachments",
        "000001–000003",
        "Obj. hearsay, overruled",
        "Sponsor: T. Marsh",
        "Slip sheet; original kept",
        "Withheld in this edition: Psychotherapy notes",
        "See log line 1",
        "Withheld: E-4 (see the withheld log).",
        "Not chosen for this bundle: E-6",
    ):
        assert words in joined
    assert "SEALEDTITLE" not in text


def test_every_row_is_a_link(tmp_path, built):
    book, _texts = drawn(tmp_path / "a.pdf", built.plan)

    assert [link.target for link in book.links] == [f"exhibit:E-{number}" for number in range(1, 6)]
    assert all(link.rect[0] == 54 and link.rect[2] == 558 for link in book.links)
    assert [mark.section for mark in book.marks] == ["list"]


def test_what_is_not_shown_whole_is_said_in_its_row(rich):
    text = rich.page("Exhibit list Bates numbers begin")

    for words in (
        "Admitted over objection",
        "Objection: Hearsay",
        "Overruled, Tr. 41:7",
        "Redacted in part: 2 pages",
        "000022–000024 withheld: log line 2",
        "000027 withdrawn: log line 3",
        "Hearing officer’s exhibits",
        "000036–000075 V2·2",
        "with the volume where it is not this one",
        "Not chosen for this bundle: E-77",
        "Every other number that no page carries is explained in the withheld log.",
    ):
        assert words in text
    assert "Not part of the record of this edition:" not in text  # its key is not told


def test_many_hidden_stretches_are_cut_short(tmp_path, built):
    hidden = tuple(Hidden(page, page, "W-1", line=page) for page in (1, 3, 5, 7))
    item = replace(built.plan.exhibits[1], hidden=hidden)
    _book, texts = drawn(tmp_path / "a.pdf", replace(built.plan, exhibits=(item,)))

    assert "More pages are not shown: see the log" in texts[0]
    assert "log line 7" not in texts[0]
    withdrawn = replace(hidden[0], code=WITHDRAWN_PAGES)
    assert hidden_words(built.plan, item, withdrawn) == "000004 withdrawn: log line 1"


def test_a_later_volume_lists_its_own_exhibits(tmp_path):
    _book, texts = drawn(tmp_path / "a.pdf", many(40, sheets=20), 2)
    text = " ".join(texts)

    assert "Exhibits of this volume; the list of the whole bundle is in volume 1, page iii." in text
    assert "E-21" in text
    assert "E-20 " not in text


def test_a_long_row_of_marks_is_cut(tmp_path, built):
    withheld = tuple(samples.withheld(f"E-{number}", number, number) for number in range(1, 60))
    _book, texts = drawn(tmp_path / "a.pdf", replace(built.plan, exhibits=withheld, gaps=()))

    assert "and 19 more (see the withheld log)" in " ".join(texts)
