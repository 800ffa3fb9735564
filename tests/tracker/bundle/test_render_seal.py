"""The strip with the manifest's digest."""

from dataclasses import replace

from tests.tracker.bundle import samples
from tests.tracker.bundle.rich import shelf_of
from tests.tracker.bundle.test_draw import make_book
from tracker.bundle.draw import PageMark
from tracker.bundle.render_seal import seal_strip


def drawn(path, plan):
    book = make_book(path)
    book.open(PageMark("front"))
    shelf = shelf_of(plan)
    seal_strip(book, shelf)
    book.close()
    book.canvas.save()
    return book, " ".join(samples.page_texts(path)[0].split()), shelf.digest


def test_the_digest_is_printed_whole_and_how_to_compare_it(tmp_path, built):
    book, text, digest = drawn(tmp_path / "a.pdf", built.plan)

    assert digest in text.replace(" ", "")
    assert "manifest.json" in text
    assert "verify_bundle" in text
    assert not [one for one in book.tree.elements() if one.kind == "Figure"]


def test_an_address_and_a_code_only_where_the_page_exists(tmp_path, built):
    plan = replace(built.plan, heading=replace(built.plan.heading, verify_url="https://bundles.example/verify/"))
    book, text, digest = drawn(tmp_path / "a.pdf", plan)

    assert "Check this file at bundles.example/verify" in text
    assert "verify_bundle" not in text
    (figure,) = [one for one in book.tree.elements() if one.kind == "Figure"]
    assert figure.alt == f"QR code: HTTPS://BUNDLES.EXAMPLE/VERIFY/{digest[:16].upper()}"
