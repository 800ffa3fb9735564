"""Dividers, slip sheets, withheld sheets."""

from tests.tracker.bundle import samples
from tests.tracker.bundle.test_draw import make_book
from tests.tracker.bundle.test_places import places_of
from tests.tracker.bundle.test_plan import plan_of
from tracker.bundle.render_sheets import draw_divider, draw_sheet


def drawn(path, item, *, divider):
    plan = plan_of(item)
    book = make_book(path)
    if divider:
        draw_divider(book, plan.exhibits[0])
    else:
        draw_sheet(book, plan, plan.exhibits[0], places_of(plan, withheld=1))
    book.canvas.save()
    return " ".join(samples.page_texts(path)[0].split())


def test_a_divider_tells_its_exhibit(tmp_path):
    text = drawn(tmp_path / "a.pdf", samples.slip("E-3", 7, party="board", mark="4", sponsor="T. Marsh"), divider=True)

    for words in ("Board exhibit", "4", "Recording E-3", "000007 (1 page)", "T. Marsh", "Divider · Ex. 4"):
        assert words in text
    assert "DIVIDER SHEET: NOT EVIDENCE, NOT NUMBERED" in text


def test_a_divider_with_a_long_title_and_mark_keeps_its_foot(tmp_path):
    text = drawn(tmp_path / "a.pdf", samples.slip("E-3", 7, mark="M" * 12, title="long " * 60), divider=True)

    assert "Divider · Ex. MMMMMMMMMMMM" in text


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
