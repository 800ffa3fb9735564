"""The exhibit list."""

from tests.tracker.bundle import samples
from tests.tracker.bundle.test_draw import make_book
from tests.tracker.bundle.test_places import places_of
from tracker.bundle.render_list import draw_exhibit_list


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
        "Withheld in this edition: psychotherapy notes",
        "See log line 1",
        "Withheld: E-4 (see the withheld log).",
        "Not chosen for this bundle: E-6",
    ):
        assert words in joined
    assert "SEALEDTITLE" not in text


def test_every_row_is_a_link(tmp_path, built):
    book = make_book(tmp_path / "a.pdf")
    draw_exhibit_list(book, built.plan, places_of(built.plan, withheld=1))

    assert [link.target for link in book.links] == [f"exhibit:E-{number}" for number in range(1, 6)]
    assert all(link.rect[0] == 54 and link.rect[2] == 558 for link in book.links)
    assert [mark.section for mark in book.marks] == ["list"]
