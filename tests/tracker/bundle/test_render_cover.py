"""The cover."""

from dataclasses import replace
from itertools import pairwise

from tests.tracker.bundle import samples
from tests.tracker.bundle.rich import FINGERPRINT, NOTICE, many, shelf_of
from tests.tracker.bundle.test_draw import make_book
from tracker.bundle.manifest import manifest_digest
from tracker.bundle.plan import Signing
from tracker.bundle.render_cover import MOST_ON_COVER, draw_cover, number_range


def drawn(path, plan, number=1, **lengths):
    book = make_book(path)
    draw_cover(book, shelf_of(plan, number, **lengths))
    book.canvas.save()
    return book, " ".join(samples.page_texts(path)[0].split())


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
        "Not signed electronically",
        "Contains confidential material.",
    ):
        assert words in text
    assert "Whole bundle" not in text


def test_the_manifests_digest_is_printed_whole(built):
    text = "".join(samples.page_texts(built.path)[0].split())

    assert manifest_digest(built.plan) in text


def test_a_first_volume_of_several_tells_the_whole(rich):
    text = rich.texts()[0]

    for words in (
        "Volume 1 of 2",
        "6 exhibits, 1 to 5",
        "BHP-2026-0417-000001 to 000031",
        "Whole bundle BHP-2026-0417-000001 to 000076 8 exhibits, 2 volumes",
        "DEMONSTRATION KEY: made on the spot; proves nothing about who signed",
        "Witness list iv",
        "Chronology v",
        "Allegations, evidence and findings vi",
        "Redaction and withheld log A-1",
        NOTICE,
        "Do not file in a public docket.",
    ):
        assert words in text


def test_a_later_volume_lists_what_it_holds(rich):
    text = rich.texts(2)[0]

    for words in (
        "Volume 2 of 2",
        "2 exhibits, B to HO-1",
        "In this volume Bates B Title of E-8 000036–000075 HO-1 Recording E-9 000076",
        "The exhibit list of the whole bundle is in volume 1, page iii.",
        "Certificate: volume 1, page ii",
        "V2-i",
    ):
        assert words in text
    targets = [link.target for link in rich.layouts[1].links if link.page == 0]
    assert targets == ["exhibit:E-8", "exhibit:E-9", "section:list"]


def test_a_later_volume_with_many_exhibits_has_a_list_behind_its_cover(tmp_path):
    _book, text = drawn(tmp_path / "a.pdf", many(2 * MOST_ON_COVER + 4, sheets=MOST_ON_COVER + 2), 2, list=1)

    assert "In this volume" not in text
    assert "Exhibits 000011" in text


def test_a_signature_is_named_by_its_certificate(tmp_path, built):
    plan = replace(built.plan, signing=Signing(FINGERPRINT, "CN=Board of Behavioral Health Practice"))
    _book, text = drawn(tmp_path / "a.pdf", plan)

    assert f"Certificate {FINGERPRINT[:16]}… CN=Board of Behavioral Health Practice" in text
    assert "DEMONSTRATION" not in text


def test_the_public_edition_is_not_called_confidential(tmp_path, built):
    plan = replace(built.plan, heading=replace(built.plan.heading, edition="public"))

    assert "confidential" not in drawn(tmp_path / "a.pdf", plan)[1].lower()
    plan = replace(plan, heading=replace(plan.heading, confidentiality=NOTICE))
    text = drawn(tmp_path / "b.pdf", plan)[1]
    assert NOTICE in text
    assert "Do not file" not in text


def test_long_names_stay_on_the_page_and_leave_the_contents_room(tmp_path, built):
    heading = replace(
        built.plan.heading,
        board="Board of Examiners of Marriage and Family Therapists, Counselors and Other Professions of the State",
        respondent="Maximiliana Wilhelmina Featherstonehaugh-Cholmondeley de la Vega y Montenegro",
        facts=(("Hearing", "Dec 14, 2026"), ("Before", "A name"), ("Charges", "One"), ("More", "Two " * 20)),
        custodian="",
        confidentiality="Sealed by order. " * 60,
    )
    book, text = drawn(tmp_path / "a.pdf", replace(built.plan, heading=heading), witnesses=1, chronology=1, matrix=1)

    assert "Featherstonehaugh".upper() in text
    assert "The board’s records custodian" in text
    assert "…" in text
    assert len(book.links) == 9
    assert min(link.rect[1] for link in book.links) > 150
    for left in {link.rect[0] for link in book.links}:
        lows = [link.rect[1] for link in book.links if link.rect[0] == left]
        assert all(upper - lower >= 10.6 for upper, lower in pairwise(lows))


def test_one_number_has_no_range(built):
    plan = replace(built.plan, exhibits=built.plan.exhibits[2:3])

    assert number_range(plan) == "BHP-2026-0417-000012"


def test_what_has_no_room_on_a_later_cover_is_counted_and_nothing_overlaps(tmp_path):
    long = {"confidentiality": "Sealed by order. " * 60, "board": "Board of Examiners of " + "Therapists " * 9}
    facts = (("Hearing", "Dec 14, 2026"), ("Before", "A name"), ("Charges", "One"), ("More", "Two " * 20))
    plan = many(MOST_ON_COVER + 8, sheets=8, facts=facts, **long)
    book, text = drawn(tmp_path / "a.pdf", plan, 2)
    lows = [link.rect[1] for link in book.links if link.target.startswith("exhibit:")]

    assert 0 < len(lows) < MOST_ON_COVER
    assert f"and {MOST_ON_COVER - len(lows)} more exhibit" in text
    assert all(upper - lower >= 10.6 for upper, lower in pairwise(lows))
