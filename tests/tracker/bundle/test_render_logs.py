"""The logs."""

from dataclasses import replace

from tests.tracker.bundle import samples
from tests.tracker.bundle.test_draw import make_book
from tracker.bundle.manifest import manifest_digest
from tracker.bundle.render_logs import draw_custody_log, draw_hash_list, draw_withheld_log, has_withheld_log
from tracker.files.pagedigest import pages_digest


def drawn(path, draw, plan):
    book = make_book(path)
    draw(book, plan)
    book.canvas.save()
    return samples.page_texts(path)


def test_the_withheld_log_explains_every_number(tmp_path, built):
    text = " ".join(drawn(tmp_path / "a.pdf", draw_withheld_log, built.plan)[0].split())

    assert "000013–000018 E-4 6 pages W-3 Psychotherapy notes" in text
    assert "000019–000020 E-6 2 pages G-3 Not chosen for this bundle" in text
    for count in ("range 23", "edition 15", "full 6", "chosen 2", "Unexplained 0"):
        assert count in text


def test_the_log_is_there_only_where_it_is_needed(built):
    assert has_withheld_log(built.plan)
    assert not has_withheld_log(replace(built.plan, gaps=(), exhibits=built.plan.exhibits[:3]))


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
