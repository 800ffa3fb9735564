"""Two readers of text that know nothing of each other."""

import shutil

import pytest

from tests.data import statements
from tests.data.statements import OVER_NAME, box
from tracker.files.redaction import engines, words
from tracker.files.redaction.words import Word


def test_there_are_two(tmp_path):
    path = statements.statement(tmp_path / "a.pdf", face="serif", others=("Second",))
    first, second = engines.readers()

    assert first.name != second.name
    texts = [[words.plain(text) for text in reader.texts(path)] for reader in (first, second)]
    assert texts[0] == texts[1]
    assert texts[0][1] == "second"


def test_without_poppler_our_own_takes_its_place(tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    path = statements.statement(tmp_path / "a.pdf", face="serif")

    assert [reader.name.split()[0] for reader in engines.readers()] == ["PDFium", "pikepdf"]
    assert "quarrington" in words.plain(engines.readers()[1].texts(path)[0])
    assert engines.poppler_words(path, 1) == []


def test_only_the_first_pages_on_demand(tmp_path):
    path = statements.statement(tmp_path / "a.pdf", others=("Second", "Third"))
    assert len(engines.pdfium_texts(path, 2)) == 2
    assert len(engines.pdfium_texts(path)) == 3


@pytest.mark.poppler
def test_poppler_tells_places_as_displayed(tmp_path):
    path = statements.turned(tmp_path / "a.pdf", rotate=90, crop=(50, 100, 560, 760), unit=2)
    [found] = [word for word in engines.poppler_words(path, 1, 2.0) if word.text == "Quarrington"]
    assert found.box[3] - found.box[1] > found.box[2] - found.box[0]
    assert found.box[0] == pytest.approx(2 * (792 - 122 - 100 - 3), abs=6)


@pytest.mark.poppler
@pytest.mark.parametrize("read", [engines.poppler_texts, lambda path: engines.poppler_words(path, 1)])
def test_poppler_fails_in_an_orderly_way(tmp_path, read):
    path = tmp_path / "a.pdf"
    path.write_bytes(b"nothing")
    with pytest.raises(engines.ReaderFailed):
        read(path)


@pytest.mark.parametrize(
    ("place", "is_in"),
    [
        ((170.0, 112.0, 200.0, 124.0), True),
        ((100.0, 112.0, 159.0, 124.0), False),
        ((170.0, 121.0, 200.0, 137.0), False),
        ((300.0, 60.0, 310.0, 200.0), False),
        ((300.0, 109.0, 310.0, 128.0), True),
    ],
)
def test_what_lies_in_a_box(place, is_in):
    assert engines.lies_in(Word("x", place), [box(1, 0, 0, 5, 5), OVER_NAME]) is is_in
