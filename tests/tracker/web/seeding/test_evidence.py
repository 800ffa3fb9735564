"""The demo's evidence is what its name says."""

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from tracker.files import kinds
from tracker.web.seeding import evidence

WORDS = evidence.Words("Maya Ortiz-Bell", "Leland Prewitt", "Prewitt Counseling", "Mar 3, 2026", ("One.", "Two words."))


@pytest.mark.parametrize(
    ("name", "make", "kind"),
    [
        ("a.pdf", lambda path: evidence.letter_pdf(path, WORDS), "pdf"),
        ("b.pdf", lambda path: evidence.records_pdf(path, WORDS, 4), "pdf"),
        ("c.pdf", lambda path: evidence.invoice_pdf(path, WORDS, 123456), "pdf"),
        ("d.pdf", lambda path: evidence.scan_pdf(path, WORDS, 7), "pdf"),
        ("e.jpg", lambda path: evidence.photo_jpeg(path, WORDS, 7), "jpeg"),
        ("f.eml", lambda path: evidence.email_eml(path, WORDS), "email"),
        ("g.txt", lambda path: evidence.messages_txt(path, WORDS), "text"),
    ],
)
def test_each_file_is_of_its_kind(tmp_path: Path, name: str, make: Callable[[Path], Path], kind: str) -> None:
    path = make(tmp_path / name)
    assert kinds.sniff(path).code == kind


def test_records_have_their_pages_and_an_invoice_lies_on_its_side(tmp_path: Path) -> None:
    with pikepdf.open(evidence.records_pdf(tmp_path / "r.pdf", WORDS, 5)) as records:
        assert len(records.pages) == 5
    with pikepdf.open(evidence.invoice_pdf(tmp_path / "i.pdf", WORDS, 5000)) as invoice:
        left, bottom, right, top = invoice.pages[0].mediabox
        assert right - left > top - bottom
