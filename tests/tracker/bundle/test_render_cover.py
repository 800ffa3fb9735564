"""The cover."""

from dataclasses import replace

from tests.tracker.bundle import samples
from tests.tracker.bundle.test_draw import make_book
from tests.tracker.bundle.test_places import places_of
from tracker.bundle.draw import PageMark
from tracker.bundle.manifest import manifest_digest
from tracker.bundle.render_cover import dots, draw_cover, number_range, seal_strip


def test_the_cover_says_what_the_bundle_is(built):
    text = samples.page_texts(built.path)[0]

    for words in (
        "STATE OF JEFFERSON",
        "Board of Behavioral Health Practice",
        "MARIAN L. OSTRANDER, LPC",
        "License No. LPC-104882",
        "BHP-2026-0417",
        "Evidence Bundle",
        "Volume 1 of 1",
        "5 exhibits, 1 to B",
        "BHP-2026-0417-000001 to 000023",
        "21 numbers, 6 of them withheld",
        "November 18, 2026, 16:42:07 UTC",
        "Freeze 3 of this docket",
        "Rosalind Okonkwo, Records Custodian",
        "27 pages",
    ):
        assert words in text


def test_the_manifests_digest_is_printed_whole(built):
    text = "".join(samples.page_texts(built.path)[0].split())

    assert manifest_digest(built.plan) in text


def test_long_names_stay_on_the_page(tmp_path, built):
    heading = replace(
        built.plan.heading,
        board="Board of Examiners of Marriage and Family Therapists, Counselors and Other Professions of the State",
        respondent="Maximiliana Wilhelmina Featherstonehaugh-Cholmondeley de la Vega y Montenegro",
        facts=(("Hearing", "Dec 14, 2026"), ("Before", "A name"), ("Charges", "One"), ("More", "Two " * 20)),
        custodian="",
    )
    plan = replace(built.plan, heading=heading)
    book = make_book(tmp_path / "a.pdf")
    draw_cover(book, plan, places_of(plan, withheld=1))
    book.canvas.save()
    text = samples.page_texts(tmp_path / "a.pdf")[0]

    assert "Featherstonehaugh".upper() in text.replace("\r\n", " ")
    assert "The board’s records custodian" in text


def test_one_number_has_no_range(built):
    plan = replace(built.plan, exhibits=built.plan.exhibits[2:3])

    assert number_range(plan) == "BHP-2026-0417-000012"


def test_leaders_and_strip_are_drawn(tmp_path, built):
    book = make_book(tmp_path / "a.pdf")
    book.open(PageMark("front"))
    dots(book, 60, 300, 100)
    seal_strip(book, built.plan)
    book.close()
    book.canvas.save()

    assert "manifest.json" in samples.page_texts(tmp_path / "a.pdf")[0]
