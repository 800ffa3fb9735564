"""The large case's table, and that each of its files is of its kind."""

from collections import Counter
from pathlib import Path

import pytest

from tracker.evidence.states import Confidentiality, PageCode, Party, WithheldCode
from tracker.files import kinds
from tracker.web.seeding import evidence, pile
from tracker.web.seeding.pile import MAKERS, PILE, Item

WORDS = evidence.Words("Client", "Celeste Marchetti", "Marchetti Counseling", "Mar 3, 2026", ("One.", "Two words."))
KINDS = {
    "letter": "pdf", "records": "pdf", "invoice": "pdf", "scan": "pdf", "photo": "jpeg", "email": "email",
    "messages": "text", "tiff": "tiff", "png": "png", "gif": "gif", "webp": "webp", "heic": "heic", "mail": "email",
    "csv": "text", "html": "html", "markdown": "text", "text": "text", "docx": "docx", "rtf": "rtf", "wav": "wav",
    "zip": "zip", "broken": "pdf",
}  # fmt: skip


@pytest.mark.parametrize("kind", sorted(MAKERS))
def test_each_file_is_of_its_kind(tmp_path: Path, kind: str) -> None:
    path = pile.make(Item(kind, "title"), tmp_path / "item", WORDS, 3)
    assert kinds.sniff(path).code == KINDS[kind]


def test_with_the_complaints_own_files_there_are_sixty() -> None:
    assert len(PILE) + 2 == 60
    assert {item.kind for item in PILE} == set(MAKERS)


def test_every_party_fate_and_restriction_is_there() -> None:
    assert {item.party for item in PILE} == set(Party.values)
    fates = Counter(item.fate for item in PILE)
    assert set(fates) == {"", "marked", "offered", "admitted", "objection", "excluded", "withdrawn"}
    restrictions = {item.restrict for item in PILE if item.restrict}
    known = {*WithheldCode.values, *Confidentiality.values, *(f"pages:{rest}" for rest in ("2-3:W-1", "1-1:W-5"))}
    assert restrictions <= known
    assert all(item.restrict.split(":")[2] in PageCode.values for item in PILE if item.restrict.startswith("pages"))
