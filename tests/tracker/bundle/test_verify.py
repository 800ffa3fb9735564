"""Checking: any changed byte is found, what is not ours is told apart, nothing ends in a traceback."""

import os
from dataclasses import replace

import pikepdf
import pytest

from tests.data import pdfs
from tests.tracker.bundle import samples
from tests.tracker.bundle.test_plan import plan_of
from tracker.bundle import stages
from tracker.bundle.seal import TAG
from tracker.bundle.verify import LedgerMatch, Outcome, verify


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """The smallest bundle: one page."""
    folder = tmp_path_factory.mktemp("small")
    facts = samples.rendition(pdfs.shaped(folder / "a.pdf", media=(0, 0, 612, 792)), folder / "E-1.pdf")
    plan = replace(plan_of(samples.shown("E-1", facts, 1)), fonts=tuple(sorted(samples.fonts().pins.items())))
    return stages.build(plan, folder, samples.fonts()).path


def test_a_finished_bundle_is_intact_and_says_what_that_proves(built):
    result = verify(built.path)

    assert (result.outcome, result.exit_code) == (Outcome.INTACT, 0)
    assert "every byte is as it was sealed" in result.sentences[0]
    assert "not forgery" in result.sentences[1]
    assert (result.docket, result.edition, result.freeze) == ("BHP-2026-0417", "board", 3)
    assert result.file_sha256 == built.sealed.file_sha256


def test_the_ledger_is_asked_for_the_seal(built):
    asked = []

    def lookup(manifest, seal):
        asked.append((manifest, seal))
        return LedgerMatch(1024, "2026-11-18 16:43 UTC")

    result = verify(str(built.path), lookup)

    assert asked == [(built.sealed.manifest_sha256, built.sealed.seal_sha256)]
    assert "entry 1024" in result.sentences[1]
    assert "forgery is not excluded" in verify(built.path, lambda _manifest, _seal: None).sentences[1]


def test_two_flips_in_every_byte_of_the_end_and_a_sample_of_the_rest_are_found(small, tmp_path):
    """The last bytes hold trailer and seal; the rest is covered by one digest, so a sample stands for it."""
    data = bytearray(small.read_bytes())
    target = tmp_path / "x.pdf"
    places = sorted({*range(0, len(data), 997), *range(len(data) - 700, len(data)), 0, 5, 20})
    target.write_bytes(data)
    with target.open("r+b", buffering=0) as file:
        for at in places:
            for bit in (0x01, 0x40):
                os.pwrite(file.fileno(), bytes([data[at] ^ bit]), at)
                outcome = verify(target).outcome
                os.pwrite(file.fileno(), bytes([data[at]]), at)
                assert outcome is Outcome.ALTERED, (at, bit)
    assert verify(target).outcome is Outcome.INTACT


def test_a_changed_page_is_named(built, tmp_path):
    data = bytearray(built.path.read_bytes())
    with pikepdf.open(built.path) as pdf:
        raw = bytes(pdf.pages[10].Resources.XObject.Im0.read_raw_bytes())
    data[data.find(raw) + len(raw) // 2] ^= 1
    (tmp_path / "x.pdf").write_bytes(data)
    result = verify(tmp_path / "x.pdf")

    assert result.exit_code == 1
    assert "Exhibit 2, page 3 (BHP-2026-0417-000006) is not the page that was sealed." in result.sentences


def test_a_change_outside_the_pages_is_said_to_be_elsewhere(built, tmp_path):
    data = bytearray(built.path.read_bytes())
    data[-2] ^= 1
    (tmp_path / "x.pdf").write_bytes(data)

    assert "elsewhere" in verify(tmp_path / "x.pdf").sentences[1]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda data: data + b"%%EOF\n", "6 bytes were added"),
        (lambda data: data[:-400], "missing or damaged"),
        (lambda data: data[: len(data) // 2], "missing or damaged"),
        (
            lambda data: TAG.sub(b"/RCSSeal (RCS1 len=000000000010 sha256=" + b"0" * 64 + b")", data),
            "impossible length",
        ),
        (lambda data: data.replace(b"RCSSeal", b"RCSReal"), "missing or damaged"),
    ],
)
def test_our_file_with_a_damaged_seal_is_altered_and_not_foreign(built, tmp_path, change, words):
    (tmp_path / "x.pdf").write_bytes(change(built.path.read_bytes()))
    result = verify(tmp_path / "x.pdf")

    assert result.exit_code == 1
    assert words in result.sentences[0]


def test_a_seal_computed_anew_over_changed_pages_is_found(built, tmp_path):
    """A clumsy forger changes a page and seals again, but leaves the manifest."""
    from tracker.bundle.seal import _patch  # noqa: PLC0415

    with pikepdf.open(built.path) as pdf:
        page = pdf.pages[4].obj
        page.Contents[1].write(b"BT ET")
        pdf.trailer.RCSSeal = pikepdf.String("RCS1 len=000000000000 sha256=" + "0" * 64)
        pdf.save(tmp_path / "x.pdf", static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    _patch(tmp_path / "x.pdf", built.sealed.manifest_sha256[:32].encode())
    result = verify(tmp_path / "x.pdf")

    assert result.sentences == ("Exhibit 1, page 1 (BHP-2026-0417-000001) is not the page that was sealed.",)


@pytest.mark.parametrize(
    "make",
    [
        pdfs.letter,
        pdfs.hostile,
        pdfs.truncated,
        lambda path: path.write_bytes(b"no PDF at all") and path,
        lambda path: path.write_bytes(b"") and path,
        lambda path: path.mkdir() or path,
        lambda path: path,
    ],
)
def test_what_is_not_ours_is_told_so(tmp_path, make):
    make(tmp_path / "a.pdf")
    result = verify(tmp_path / "a.pdf")

    assert (result.outcome, result.exit_code) == (Outcome.NOT_OURS, 2)
    assert len(result.sentences) == 1
