"""Checking: any changed byte is found, what is not ours is told apart, nothing ends in a traceback."""

import json
import os
import re
from dataclasses import replace

import pikepdf
import pytest

from tests.data import pdfs
from tests.tracker.bundle import samples, signing
from tests.tracker.bundle.cores import build, reseal, two_pages, two_signed_pages, with_a_changed_page
from tests.tracker.bundle.test_planning import plan_of
from tracker.bundle.plan import WITHDRAWN_PAGES, Hidden, Limits
from tracker.bundle.planning import Extras
from tracker.bundle.sign import sign
from tracker.bundle.verify import LedgerMatch, Outcome, VerifyResult, verify, with_ledger

MATCH = LedgerMatch(1024, "2026-11-18 16:43 UTC", "Board of Behavioral Health Practice")


@pytest.fixture(scope="module")
def letter(tmp_path_factory):
    """A folder with the copy of an exhibit of six pages, and its facts."""
    folder = tmp_path_factory.mktemp("letter")
    return folder, samples.rendition(pdfs.letter(folder / "a.pdf", 6), folder / "E-1.pdf")


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """The smallest bundle: one page."""
    folder = tmp_path_factory.mktemp("small")
    facts = samples.rendition(pdfs.shaped(folder / "a.pdf", media=(0, 0, 612, 792)), folder / "E-1.pdf")
    return build(plan_of(samples.shown("E-1", facts, 1)), folder)[0]


@pytest.fixture(scope="module")
def signed(tmp_path_factory):
    """A file signed as its manifest announces, its unsigned core, and the key."""
    folder, key = tmp_path_factory.mktemp("signed"), signing.signer()
    return two_signed_pages(folder, key), two_pages(tmp_path_factory.mktemp("core"), key), key


def test_a_finished_bundle_is_intact_and_says_what_that_proves(built):
    result = verify(built.path)

    assert (result.outcome, result.exit_code) == (Outcome.INTACT, 0)
    assert "every byte is as it was sealed" in result.sentences[0]
    assert result.sentences[1] == "It is not signed."
    assert "not forgery" in result.sentences[2]
    assert (result.docket, result.edition, result.freeze, result.volume) == ("BHP-2026-0417", "board", 3, 1)
    assert result.file_sha256 == built.sealed.file_sha256


def test_the_ledger_is_asked_for_the_seal(built):
    asked = []

    def lookup(manifest, seal):
        asked.append((manifest, seal))
        return MATCH

    result = verify(str(built.path), lookup)

    assert asked == [(built.sealed.manifest_sha256, built.sealed.seal_sha256)]
    assert "entry 1024" in result.sentences[2]
    assert result.ledger == MATCH
    assert "forgery is not excluded" in verify(built.path, lambda _manifest, _seal: None).sentences[2]


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


def test_a_signed_file_is_intact_and_signed_by_whom_it_names(signed):
    path, _core, key = signed
    result = verify(path, lambda _manifest, _seal: MATCH, [key.certificate])

    assert (result.exit_code, result.signature.status) == (0, "valid")
    assert result.signature.fingerprint == key.certificate_sha256
    assert "signed by Board of Behavioral Health Practice" in result.sentences[1]
    assert "any change since the signing" in verify(path, trusted=[key.certificate]).sentences[-1]


def test_a_required_signature_that_is_missing_or_unknown_is_told_by_its_own_code(signed):
    path, core, _key = signed
    for file, words in ((path, "not on the list"), (core, "Its signature is missing.")):
        result = verify(file)
        assert (result.outcome, result.exit_code) == (Outcome.INTACT, 3)
        assert words in result.sentences[1]
        assert "do not rely on this copy" in " ".join(result.sentences)


def test_flips_anywhere_in_a_signed_file_are_found(signed, tmp_path):
    path, core, key = signed
    data, size = bytearray(path.read_bytes()), core.stat().st_size
    target = tmp_path / "x.pdf"
    target.write_bytes(data)
    places = [*range(0, size, 4001), *range(size - 30, size + 30), *range(size, len(data), 53)]
    with target.open("r+b", buffering=0) as file:
        for number, at in enumerate(places):
            os.pwrite(file.fileno(), bytes([data[at] ^ 1 << number % 8]), at)
            outcome = verify(target, trusted=[key.certificate]).outcome
            os.pwrite(file.fileno(), bytes([data[at]]), at)
            assert outcome is Outcome.ALTERED, at


def test_a_signature_that_nobody_announced_is_an_alteration(built, tmp_path):
    key = signing.signer()
    sign(built.path, tmp_path / "x.pdf", key, at=signing.AT)
    result = verify(tmp_path / "x.pdf", trusted=[key.certificate])

    assert result.exit_code == 1
    assert "does not announce" in result.sentences[0]


def test_another_signature_than_the_recorded_one_is_said(signed):
    path, _core, _key = signed
    result = verify(path, lambda _manifest, _seal: replace(MATCH, file_sha256="ab" * 32))

    assert "another signature" in result.sentences[-1]


def test_every_volume_is_checked_for_what_must_stand_in_it(letter):
    folder, facts = letter
    plan = plan_of(samples.shown("E-1", facts, 1), samples.slip("E-2", 7), extras=Extras(limits=Limits(sheets=3)))
    files = build(plan, folder)
    results = [verify(path) for path in files]

    assert [result.volume for result in results] == [1, 2, 3]
    assert {result.exit_code for result in results} == {0}
    assert len({result.manifest_sha256 for result in results}) == 1


def test_hidden_and_withdrawn_pages_are_no_difference(letter):
    folder, facts = letter
    hidden = (Hidden(2, 3, "W-4"), Hidden(5, 5, WITHDRAWN_PAGES))
    path = build(plan_of(samples.shown("E-1", facts, 1, hidden=hidden), docket="BHP-2026-0418"), folder)[0]

    assert verify(path).exit_code == 0
    with pikepdf.open(path) as pdf:
        sheet = next(page for page in pdf.pages if page.label == "BHP-2026-0417-000002–000003")
        sheet.obj.Contents[-1].write(b"q BT /RcsB 8 Tf (BHP-2026-0417-000002) Tj ET Q")
        pdf.save(folder / "x.pdf")
    result = verify(folder / "x.pdf")

    assert "The sheet BHP-2026-0417-000002–000003 does not carry its number." in result.sentences


def test_a_result_survives_being_written_down(signed):
    path, _core, key = signed
    result = verify(path, lambda _manifest, _seal: MATCH, [key.certificate])
    package = replace(result, kind="zip", members=(("v1.pdf", result),))

    assert VerifyResult.from_plain(json.loads(json.dumps(package.to_plain()))) == package


def test_what_the_ledger_says_of_a_package(signed):
    path, _core, key = signed
    one = verify(path, trusted=[key.certificate])
    package = replace(one, kind="zip", members=(("v1.pdf", one),), sentences=("Intact.",))
    known = {one.seal_sha256: MATCH, one.file_sha256: MATCH}

    assert (
        "The package is recorded in the ledger, entry 1024"
        in with_ledger(package, lambda _manifest, digest: known.get(digest)).sentences[-1]
    )
    partly = with_ledger(package, lambda _manifest, digest: MATCH if digest == one.seal_sha256 else None)
    assert "beside the PDFs" in partly.sentences[-1]
    assert "v1.pdf was not found" in with_ledger(package, lambda _manifest, _digest: None).sentences[1]


def test_a_changed_page_is_named(built, tmp_path):
    (tmp_path / "x.pdf").write_bytes(with_a_changed_page(built.path.read_bytes(), "BHP-2026-0417-000006"))
    result = verify(tmp_path / "x.pdf")

    assert result.exit_code == 1
    assert "Exhibit 2, page 3 (BHP-2026-0417-000006) is not the page that was sealed." in result.sentences


def test_a_change_outside_the_pages_is_said_to_be_elsewhere(built, tmp_path):
    data = bytearray(built.path.read_bytes())
    data[-2] ^= 1
    (tmp_path / "x.pdf").write_bytes(data)

    assert "elsewhere" in verify(tmp_path / "x.pdf").sentences[1]


def test_a_changed_note_on_a_page_is_found_and_no_page_is_said_to_be_whole(tmp_path):
    """Page digests do not cover notes; the seal does, and the words must not claim more."""
    facts = samples.rendition(pdfs.hostile(tmp_path / "a.pdf"), tmp_path / "E-1.pdf")
    path = build(plan_of(samples.shown("E-1", facts, 1)), tmp_path)[0]
    data = path.read_bytes()
    assert data.count(b"(a note)") == 1
    path.write_bytes(data.replace(b"(a note)", b"(a lie!)"))
    result = verify(path)

    assert result.exit_code == 1
    assert result.sentences[0] == "The file was changed after it was sealed."
    assert "Text and drawings of every exhibit page" in result.sentences[1]
    assert "in a note or link on a page" in result.sentences[1]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda data: data + b"%%EOF\n", "6 bytes were added"),
        (lambda data: data + bytes(200_000), "missing or damaged"),
        (lambda data: data + bytes(100_000), "100,000 bytes were added"),
        (lambda data: data[:-400], "missing or damaged"),
        (lambda data: data[: len(data) // 2], "missing or damaged"),
        (
            lambda data: re.sub(rb"RCS1 len=\d{12}", b"RCS1 len=000000000010", data),
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
    (tmp_path / "x.pdf").write_bytes(with_a_changed_page(built.path.read_bytes(), "BHP-2026-0417-000006"))
    reseal(tmp_path / "x.pdf")
    result = verify(tmp_path / "x.pdf")

    assert result.sentences == ("Exhibit 2, page 3 (BHP-2026-0417-000006) is not the page that was sealed.",)


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
