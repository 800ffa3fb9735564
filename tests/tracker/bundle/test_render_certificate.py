"""The certificate."""

from dataclasses import replace

from tests.tracker.bundle import samples
from tests.tracker.bundle.test_draw import make_book
from tests.tracker.bundle.test_places import places_of
from tracker.bundle.render_certificate import draw_certificate


def joined(text):
    return " ".join(text.split())


def test_the_certificate_names_the_custodian_and_the_ledger_entry(built):
    text = joined(samples.page_texts(built.path)[1])

    for words in (
        "I, Rosalind Okonkwo, am the Records Custodian of the Board of Behavioral Health Practice",
        "November 18, 2026, 16:42:07 UTC (freeze 3)",
        "BHP-2026-0417-000001 to 000023",
        "in the ledger of this docket at entry 1,023.",
        "explained in the withheld log, page A-1",
        "the hash list, page A-3",
        "To be signed by hand.",
    ):
        assert words in text


def test_without_a_custodian_the_name_is_left_blank(tmp_path, built):
    plan = replace(
        built.plan, heading=replace(built.plan.heading, custodian=""), gaps=(), exhibits=built.plan.exhibits[:1]
    )
    book = make_book(tmp_path / "a.pdf")
    draw_certificate(book, plan, places_of(plan))
    book.canvas.save()
    text = joined(samples.page_texts(tmp_path / "a.pdf")[0])

    assert "I am the Records Custodian of" in text
    assert "Records Custodian (name)" in text
    assert "withheld log" not in text
