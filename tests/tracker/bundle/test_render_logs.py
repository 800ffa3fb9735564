"""Custody log and hash list."""

from dataclasses import replace

from tests.tracker.bundle import samples
from tests.tracker.bundle.rich import shelf_of
from tests.tracker.bundle.test_draw import make_book
from tracker.bundle.manifest import manifest_digest
from tracker.bundle.render_logs import draw_custody_log, draw_hash_list
from tracker.files.pagedigest import pages_digest


def drawn(path, draw, plan):
    book = make_book(path)
    draw(book, shelf_of(plan))
    book.canvas.save()
    return samples.page_texts(path)


def test_the_custody_log_tells_acts_and_ledger_numbers(tmp_path, built):
    text = " ".join(drawn(tmp_path / "a.pdf", draw_custody_log, built.plan)[0].split())

    assert "2026-02-11 15:00 Received T. Marsh Portal upload 311" in text
    assert "Exhibit E-4 Withheld in this edition" in text
    assert built.plan.exhibits[0].native.sha256 in text


def test_a_long_custody_runs_over_pages(tmp_path, built):
    item = replace(built.plan.exhibits[0], custody=samples.custody(*["Received"] * 59))
    texts = drawn(tmp_path / "a.pdf", draw_custody_log, replace(built.plan, exhibits=(item,)))

    assert len(texts) == 2
    assert all("Ledger" in text for text in texts)


def test_the_hash_list_has_item_pages_and_manifest(tmp_path, built):
    text = drawn(tmp_path / "a.pdf", draw_hash_list, built.plan)[0]
    first = built.plan.exhibits[0]

    assert first.native.sha256 in text
    assert pages_digest([page.sha256 for page in first.pages]) in text
    assert manifest_digest(built.plan) in text
    assert "withheld in this edition" in text


def test_the_digest_of_pages_is_that_of_the_pages_shown(rich):
    text = rich.page("Hash list SHA-256.")
    item = rich.plan.by_key()["E-5"]
    shown = [page.sha256 for page in item.pages if page.sha256]

    assert len(shown) == 7
    assert pages_digest(shown) in text


def test_pages_without_a_clear_margin_or_any_room_are_listed(tmp_path, built):
    item = built.plan.exhibits[1]
    pages = [replace(page, strip=0) for page in item.pages[:3]]
    tiny = replace(item.pages[3], box=("0", "0", "20", "20"))
    item = replace(item, pages=(*pages, tiny, *item.pages[4:]))
    text = " ".join(drawn(tmp_path / "a.pdf", draw_hash_list, replace(built.plan, exhibits=(item,)))[0].split())

    assert "† No clear margin; the number is printed over content: 000004–000006" in text
    assert "‡ No room for a number on the page: 000007" in text
