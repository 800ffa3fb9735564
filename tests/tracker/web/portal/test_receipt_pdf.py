"""The receipt on paper: two pages at most, the code on the first, nothing cut."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from types import SimpleNamespace
from uuid import uuid4

import pypdfium2
import pytest

from tracker.cases.queries.public import PublicDate, Receipt
from tracker.web.portal import receipt_pdf

DIGEST = "3fa1c09e77b24d1095ee8a6102cdf7b861d420a95c3e9f07b1a8e46d33f27c50"


@dataclass
class Given:
    original_name: str
    stored_file: SimpleNamespace


@pytest.fixture
def found(offices):
    explanation = "21 calendar days from receipt (Jun 3, 2026) end on Wed Jun 24."
    return Receipt(
        complaint_id=uuid4(),
        case_id=uuid4(),
        docket="BHEC-2026-00412",
        board=offices.texas,
        received_at=datetime(2026, 6, 4, 3, 14, tzinfo=UTC),
        digest=DIGEST,
        is_anonymous=False,
        can_be_written_to=True,
        attestation_text="",
        dates=(PublicDate("intake", "Intake", date(2026, 6, 24), explanation, True, "running"),),
        anchor="12 " + DIGEST,
    )


def pages_of(data):
    document = pypdfium2.PdfDocument(data)
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return texts


def test_docket_code_files_and_dates_stand_on_it(found):
    files = [Given("messages.txt", SimpleNamespace(size=1200, digest=DIGEST))]
    (page,) = pages_of(receipt_pdf.draw(found, files, "7QKM-4TXR-92WD-1234-5678-9"))
    assert "BHEC-2026-00412" in page
    assert "7QKM-4TXR-92WD-1234-5678-9" in page
    assert "Wednesday, June 3, 2026, at 10:14 PM CDT" in " ".join(page.split())
    assert "3fa1 c09e 77b2 4d10" in page
    assert "About Wednesday, June 24, 2026" in page
    assert "21 calendar days from receipt" in page
    assert "Page 1 of 1" in page
    assert f"12 {DIGEST}" in " ".join(page.split())


def test_without_code_and_files_it_says_so(found):
    text = pages_of(receipt_pdf.draw(found, [], ""))[0]
    assert "It was shown right after filing" in text
    assert "You can add some at any time" in text


def test_twenty_files_with_long_names_fit_two_pages_with_the_code_on_the_first(found):
    name = "a-very-long-name-of-a-file-" * 4 + ".pdf"
    files = [Given(name[:120], SimpleNamespace(size=1200, digest=DIGEST)) for _ in range(20)]
    first, *rest = pages_of(receipt_pdf.draw(found, files, "7QKM-4TXR-92WD-1234-5678-9"))
    assert "7QKM-4TXR-92WD-1234-5678-9" in first
    assert len(rest) <= 2
