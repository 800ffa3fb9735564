"""Witness list and chronology."""

from dataclasses import replace

from tests.tracker.bundle import samples
from tests.tracker.bundle.rich import shelf_of
from tests.tracker.bundle.test_draw import make_book
from tracker.bundle.lists import Cite, Event, Tables, Witness
from tracker.bundle.render_lists import draw_chronology, draw_witness_list, numbers_line
from tracker.bundle.shelf import Cited


def drawn(path, draw, plan, **tables):
    book = make_book(path)
    draw(book, shelf_of(replace(plan, tables=Tables(**tables))))
    book.canvas.save()
    return book, [" ".join(text.split()) for text in samples.page_texts(path)]


def test_witnesses_stand_under_who_calls_them(rich):
    text = rich.page("Witness list Grouped")

    for words in (
        "Called by the Board Complainant A.B. Course of treatment Ex. 1 Ex. B 000001–000003 000068·V2",
        "Called by the Respondent Former office manager Sign-up practice Ex. 5 000023",
        "Not yet called Nobody yet — — —",
        "Language and access Former office manager: Language: es.",
    ):
        assert words in text


def test_cited_places_are_links(rich):
    page = next(number for number, mark in enumerate(rich.layouts[0].marks) if mark.section == "witnesses")
    targets = [link.target for link in rich.layouts[0].links if link.page == page]

    assert targets == ["exhibit:E-1", "page:E-8:33", "page:E-5:4", "section:list"]


def test_a_witness_with_many_exhibits_goes_on_in_further_rows(tmp_path, built):
    witness = Witness("One", "Called by the Board", "All", "", (Cite("E-2"),) * 130)
    book, texts = drawn(tmp_path / "a.pdf", draw_witness_list, built.plan, witnesses=(witness,))

    assert len(texts) > 2
    assert sum(text.count("One, continued") for text in texts) == 10
    assert sum(link.target == "exhibit:E-2" for link in book.links) == 130
    assert all(link.rect[1] >= 60 for link in book.links if link.target.startswith("exhibit"))


def test_many_needs_go_on_on_another_page(tmp_path, built):
    witnesses = [Witness(f"Witness {number}", "", needs="Interpreter " * 12) for number in range(40)]
    _book, texts = drawn(tmp_path / "a.pdf", draw_witness_list, built.plan, witnesses=tuple(witnesses))

    assert sum(text.count("Interpreter Interpreter") > 0 for text in texts) > 1
    assert "Witness 39: Interpreter" in " ".join(texts)


def test_events_have_a_source_and_numbers(rich):
    text = rich.page("Chronology From the ledger")

    assert "Oct 6, 2025 Complainant asks to stop. Ex. 2 000004 000068·V2" in text
    assert "Jun 12, 2026 Statement of charges: four allegations. Ledger 640 —" in text


def test_an_event_without_a_source_names_its_exhibits(tmp_path, built):
    events = (Event("2026-01-02", "Something", "", (Cite("E-1"), Cite("E-404"))), Event("", "Undated"))
    _book, texts = drawn(tmp_path / "a.pdf", draw_chronology, built.plan, chronology=events)

    assert "Jan 2, 2026 Something Ex. 1 Ex. E-404 000001–000003 —" in texts[0]
    assert "— Undated — —" in texts[0]


def test_a_long_chronology_runs_over_pages_under_its_head(tmp_path, built):
    events = tuple(Event("2026-01-02", f"Event {number} " + "word " * 30, "Ledger 1") for number in range(60))
    _book, texts = drawn(tmp_path / "a.pdf", draw_chronology, built.plan, chronology=events)

    assert len(texts) > 2
    assert all("Source" in text for text in texts)
    assert "Chronology, continued" in texts[1]


def test_what_leads_nowhere_is_no_link():
    assert numbers_line(Cited("Ex. 1", "—", "")).target == ""
    assert numbers_line(Cited("Ex. 1", "000001", "exhibit:E-1", 3)).text == "000001·V3"
