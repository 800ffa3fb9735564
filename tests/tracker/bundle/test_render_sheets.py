"""Dividers, slip sheets, withheld sheets."""

from dataclasses import replace

from tests.tracker.bundle import samples
from tests.tracker.bundle.rich import shelf_of
from tests.tracker.bundle.test_draw import make_book
from tests.tracker.bundle.test_planning import plan_of
from tracker.bundle.plan import Limits
from tracker.bundle.planning import Extras
from tracker.bundle.render_sheets import draw_divider, draw_sheet


def drawn(path, item, *, divider):
    shelf = shelf_of(plan_of(item))
    book = make_book(path)
    (draw_divider if divider else draw_sheet)(book, shelf, shelf.places.placed[0])
    book.canvas.save()
    texts = samples.page_texts(path)
    assert len(texts) == 1
    return " ".join(texts[0].split())


def test_a_divider_tells_its_exhibit(tmp_path):
    item = samples.slip(
        "E-3", 7, party="board", mark="4", sponsor="T. Marsh", objection="Hearsay", state_note="Reserved"
    )
    text = drawn(tmp_path / "a.pdf", item, divider=True)

    for words in (
        "Board exhibit",
        "4",
        "Recording E-3",
        "000007 (1 page)",
        "T. Marsh",
        "State Offered · Reserved",
        "Objection Hearsay",
        "Divider · Ex. 4",
    ):
        assert words in text
    assert "DIVIDER SHEET: NOT EVIDENCE, NOT NUMBERED" in text


def test_a_divider_with_a_long_title_and_mark_keeps_its_foot(tmp_path):
    text = drawn(tmp_path / "a.pdf", samples.slip("E-3", 7, mark="M" * 12, title="long " * 60), divider=True)

    assert "Divider · Ex. MMMMMMMMMMMM" in text


def test_a_divider_tells_what_of_its_exhibit_is_not_shown(rich):
    text = rich.page("Divider · Ex. 5")

    assert "Pages not shown 000022–000024 withheld: log line 2 000027 withdrawn: log line 3" in text
    assert "Redacted in part 2 pages" in rich.page("Divider · Ex. 2")
    assert "Attached to Exhibit 3" in rich.page("Divider · Ex. 3.1")
    assert "Hearing officer’s exhibit" in rich.page("Divider · Ex. HO-1", 2)


def test_an_exhibit_that_goes_on_in_the_next_volume_has_a_divider_there(tmp_path, built):
    plan = plan_of(built.plan.exhibits[1], extras=Extras(limits=Limits(sheets=5)))
    shelf = shelf_of(plan, 2)
    book = make_book(tmp_path / "a.pdf")
    draw_divider(book, shelf, shelf.places.placed[0])
    book.canvas.save()
    text = " ".join(samples.page_texts(tmp_path / "a.pdf")[0].split())

    assert "Continued from volume 1" in text
    assert "In this volume from 000009" in text


def test_a_slip_sheet_says_why_and_what_but_not_its_number(tmp_path):
    text = drawn(tmp_path / "a.pdf", samples.slip("E-3", 7), divider=False)

    for words in (
        "Exhibit E-3",
        "Slip sheet",
        "A recording cannot be shown on paper.",
        "voicemail.m4a",
        "1,084,117 bytes",
    ):
        assert words in text
    assert "000007" not in text


def test_a_slip_sheet_lists_what_is_inside_as_far_as_it_goes(rich):
    text = rich.page("Exhibit 3 Slip sheet")

    assert "Length 2 min 14.3 s" in text
    assert "Content of the original Sheet 0: rows Sheet 1: rows" in text
    assert "Sheet 59" not in text
    assert "more lines" in text
    assert "Attached to Exhibit 3" in rich.page("Exhibit 3.1 Slip sheet")


def test_a_slip_sheet_stays_one_sheet_however_much_there_is_to_say(tmp_path):
    item = samples.slip(
        "E-3",
        7,
        slip_reason="A reason. " * 60,
        slip_facts=tuple((f"Label {number}", "value " * 80) for number in range(60)),
        listing=("line " * 90,) * 200,
    )
    text = drawn(tmp_path / "a.pdf", item, divider=False)

    assert "Label 1 " in text
    assert "Label 59" not in text


def test_a_withheld_sheet_shows_nothing_of_its_exhibit(tmp_path):
    item = samples.withheld("E-4", 13, 18)
    for divider in (True, False):
        text = drawn(tmp_path / "a.pdf", item, divider=divider)
        assert "Withheld in this edition" in text
        for secret in ("SEALEDTITLE", "voicemail", "Respondent", item.native.sha256[:32]):
            assert secret not in text
    assert "6 pages are withheld" in text
    assert "W-3: Psychotherapy notes" in text
    assert "Withheld log, line 1 (page A-1)" in text
    assert "000013" not in text


def test_withheld_pages_of_a_shown_exhibit_are_named_without_their_number(rich):
    text = rich.page("Pages 3 to 5 of 12")

    assert "Exhibit 5 Withheld sheet" in text
    assert "3 pages are withheld. Their numbers are kept, so that citations agree in every edition. The other" in text
    assert "W-1: Privileged" in text
    assert "Redaction and withheld log, line 2 (page A-1)" in text
    assert "000022" not in text
    assert "Page 12 of 12" in rich.page("W-3: Psychotherapy notes Log Redaction and withheld log, line 4")


def test_the_kind_of_a_broken_pdf_is_said_plainly(tmp_path):
    item = samples.slip("E-3", 7)
    item = replace(item, native=replace(item.native, kind="PDF document"))

    assert "This PDF cannot be shown as pages" in drawn(tmp_path / "a.pdf", item, divider=False)
