"""A page that breaks or stalls its reader costs that page only."""

import os
import signal
import time

import pytest

from tests.data import pdfs
from tracker.files.rendering import limits, strip, strip_apart
from tracker.files.rendering.strip_apart import Looked, look


def words_of(tmp_path):
    return (tmp_path / "a.txt").read_text(encoding="utf-8").split("\f")


@pytest.fixture
def hostile(monkeypatch):
    """Let the reader meet pages, counted from 1, on which it does something else, before or after it wrote words."""
    true_words, true_places = strip._text, strip._clear_places

    def hostile(act, numbers, *, at="_clear_places"):
        seen = {"page": 0}

        def does(page, true):
            seen["page"] = int(true_words(page).partition("page ")[2].split()[0])
            if seen["page"] in numbers:
                act()
            return true(page)

        monkeypatch.setattr(strip, at, lambda page: does(page, true_places if at == "_clear_places" else true_words))

    return hostile


def crash():
    os.kill(os.getpid(), signal.SIGKILL)


def stall():
    time.sleep(60)


def exhaust():
    raise MemoryError


def test_pages_that_do_no_harm_are_all_seen(tmp_path):
    pdfs.letter(tmp_path / "a.pdf", 3)
    looked = look(tmp_path / "a.pdf", tmp_path / "a.txt", 3, 60)

    assert (all(looked.strips), len(looked.strips), looked.unread) == (True, 3, ())
    assert ["page 2 of 3" in words for words in words_of(tmp_path)] == [False, True, False]


@pytest.mark.parametrize("act", [crash, exhaust])
@pytest.mark.parametrize("at", ["_clear_places", "_text"])
@pytest.mark.parametrize("number", [1, 2, 3])
def test_one_page_that_breaks_its_reader_is_passed_over(tmp_path, hostile, act, at, number):
    hostile(act, {number}, at=at)
    pdfs.letter(tmp_path / "a.pdf", 3)
    looked = look(tmp_path / "a.pdf", tmp_path / "a.txt", 3, 60)

    assert (looked.unread, [bool(bits) for bits in looked.strips].index(False) + 1) == ((number,), number)
    expected = [f"page {page} of 3" if page != number else "" for page in (1, 2, 3)]
    assert all((part in words) if part else not words for part, words in zip(expected, words_of(tmp_path), strict=True))


def test_a_page_that_stalls_its_reader_is_passed_over(tmp_path, hostile, monkeypatch):
    monkeypatch.setattr(strip_apart, "SECONDS_FOR_A_PAGE", 0.3)
    hostile(stall, {2})
    pdfs.letter(tmp_path / "a.pdf", 3)

    before = limits.children()
    assert look(tmp_path / "a.pdf", tmp_path / "a.txt", 3, 60).unread == (2,)
    assert limits.children() == before


def test_it_gives_up_after_a_few(tmp_path, hostile):
    hostile(crash, range(2, 9))
    pdfs.letter(tmp_path / "a.pdf", 9)
    looked = look(tmp_path / "a.pdf", tmp_path / "a.txt", 9, 60)

    assert looked.unread == tuple(range(2, 10))
    assert (len(looked.strips), len(words_of(tmp_path))) == (9, 9)


@pytest.mark.parametrize("seconds", [0, -5])
def test_without_time_nothing_is_seen_and_the_pages_count_all_the_same(tmp_path, seconds):
    pdfs.letter(tmp_path / "a.pdf", 2)

    assert look(tmp_path / "a.pdf", tmp_path / "a.txt", 2, seconds) == Looked((0, 0), (1, 2))
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "\f"


def test_a_copy_that_this_reader_cannot_open_has_no_clear_place(tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"no PDF")

    assert look(tmp_path / "a.pdf", tmp_path / "a.txt", 2, 60) == Looked((0, 0), (1, 2))
