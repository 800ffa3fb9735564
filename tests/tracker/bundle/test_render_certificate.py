"""The certificate."""

from dataclasses import replace

import pypdfium2

from tests.tracker.bundle import samples
from tests.tracker.bundle.rich import FINGERPRINT, many, shelf_of
from tests.tracker.bundle.test_draw import make_book
from tracker.bundle.plan import Signing
from tracker.bundle.render_certificate import draw_certificate


def joined(text):
    return " ".join(text.split())


def drawn(path, plan):
    book = make_book(path)
    draw_certificate(book, shelf_of(plan))
    book.canvas.save()
    return [joined(text) for text in samples.page_texts(path)]


def test_the_certificate_names_the_custodian_and_the_ledger_entry(built):
    text = joined(samples.page_texts(built.path)[1])

    for words in (
        "I, Rosalind Okonkwo, am the Records Custodian of the Board of Behavioral Health Practice",
        "Federal Rules of Evidence 902(11), (13) and (14)",
        "November 18, 2026, 16:42:07 UTC (freeze 3)",
        "BHP-2026-0417-000001 to 000023",
        "in the ledger of this docket at entry 1,023.",
        "explained in the withheld log, page A-1",
        "the hash list, page A-3",
        "The files of this bundle are not signed electronically.",
        "I declare under penalty of perjury",
        "To be signed by hand.",
    ):
        assert words in text
    for words in ("redacted", "volumes", "DEMONSTRATION"):
        assert words not in text


def test_the_values_that_identify_the_bundle_are_bold(built):
    with pypdfium2.PdfDocument(built.path) as pdf:
        page = pdf[1]
        textpage = page.get_textpage()
        text = textpage.get_text_range()
        bold = "".join(
            text[place] for place in range(len(text)) if pypdfium2.raw.FPDFText_GetFontWeight(textpage, place) > 500
        )

    for words in ("November 18, 2026, 16:42:07 UTC", "BHP-2026-0417-000001 to 000023", "1,023"):
        assert words in joined(bold)
    assert "Rosalind" not in bold


def test_without_a_custodian_the_name_is_left_blank(tmp_path, built):
    plan = replace(
        built.plan, heading=replace(built.plan.heading, custodian=""), gaps=(), exhibits=built.plan.exhibits[:1]
    )
    (text,) = drawn(tmp_path / "a.pdf", plan)

    assert "I am the Records Custodian of" in text
    assert "Records Custodian (name)" in text
    assert "withheld log" not in text


def test_volumes_redactions_and_a_demonstration_key_are_told_on_one_page(rich):
    text = rich.page("Certificate of the records custodian I,")

    for words in (
        "2 redacted pages are images of the page",
        "The bundle has 2 volumes: BHP-2026-0417-hearing-freeze-3-v1.pdf, BHP-2026-0417-hearing-freeze-3-v2.pdf.",
        "signed with the key of CN=Demonstration",
        FINGERPRINT,
        "DEMONSTRATION KEY: made on the spot; proves nothing about who signed.",
        "Date and place",
        "MANIFEST SHA-256",
    ):
        assert words in text
    assert rich.layouts[0].lengths["certificate"] == 1


def test_a_real_key_is_not_called_a_demonstration(tmp_path, built):
    (text,) = drawn(tmp_path / "a.pdf", replace(built.plan, signing=Signing(FINGERPRINT)))

    assert "Each file is signed with the key of the certificate" in text
    assert "DEMONSTRATION" not in text


def test_many_volumes_are_named_by_the_first_and_the_last(tmp_path):
    texts = drawn(tmp_path / "a.pdf", many(40, sheets=2))

    assert "The bundle has 20 volumes, from BHP-2026-0417-board-freeze-3-v1.pdf to" in texts[0]


def test_a_statement_too_long_for_a_page_goes_on_with_oath_and_signature_together(tmp_path, built):
    heading = replace(built.plan.heading, board="Board of " + "Very Long Names " * 90, custodian="Name " * 30)
    texts = drawn(tmp_path / "a.pdf", replace(built.plan, heading=heading))

    assert len(texts) == 2
    assert "Certificate of the records custodian, continued" in texts[1]
    for words in ("I declare under penalty", "Date and place", "MANIFEST SHA-256"):
        assert words not in texts[0]
        assert words in texts[1]
