"""Signing: the core stays, the result passes the strict check, and what cannot be signed leaves nothing behind."""

import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pikepdf
import pytest

from tests.tracker.bundle import signing
from tests.tracker.bundle.signing import AT
from tracker.bundle.sign import sign
from tracker.bundle.signature_hole import VALID
from tracker.bundle.signer import SigningFailed


@pytest.mark.parametrize("kind", ["ec", "rsa"])
def test_a_signature_is_one_update_behind_the_untouched_core(built, tmp_path, kind):
    key = signing.signer(kind)
    signed = sign(built.path, tmp_path / "s.pdf", key, at=AT)
    report = signed.report
    core, whole = built.path.read_bytes(), (tmp_path / "s.pdf").read_bytes()

    assert whole.startswith(core)
    assert signed.file_sha256 == sha256(whole).hexdigest()
    assert whole[len(core) :].count(b"%%EOF") == 1
    assert len(whole) - len(core) < 16_000
    assert (report.status, report.signer, report.signed_at) == (VALID, key.subject, "2026-11-18 16:43")
    assert report.fingerprint == key.certificate_sha256
    assert "signer's own word" in report.sentences[1]


def test_the_document_keeps_its_words_and_gains_no_others(built, tmp_path):
    sign(built.path, tmp_path / "s.pdf", signing.signer(), at=AT)
    with pikepdf.open(built.path) as old, pikepdf.open(tmp_path / "s.pdf") as new:
        assert dict(new.docinfo) == dict(old.docinfo)
        assert set(new.Root.keys()) - set(old.Root.keys()) == {"/AcroForm", "/Extensions", "/Perms", "/Version"}
        assert new.Root.Perms.DocMDP.Reference[0].TransformParams.P == 1
        assert len(new.pages) == len(old.pages)


def test_a_timestamp_is_asked_for_and_told(built, tmp_path):
    with signing.timestamp_authority() as (url, _certificate):
        report = sign(built.path, tmp_path / "s.pdf", signing.signer(), at=AT, timestamp_url=url).report

    assert report.timestamp == "2026-11-18 16:44"
    assert "not on the list" in report.sentences[1]


@pytest.mark.parametrize(
    ("key", "at", "url", "words"),
    [
        (signing.signer(until=AT - timedelta(days=1)), AT, "", "not valid on that day"),
        (signing.signer(), datetime(2019, 1, 1, tzinfo=UTC), "", "not valid on that day"),
        (signing.signer(), AT, "http://127.0.0.1:9/", "did not answer"),
        (signing.signer(), AT, "file:///etc/passwd", "not an HTTP address"),
        (replace(signing.signer(), key=signing.signer().key), AT, "", "does not fit its certificate"),
    ],
)
def test_what_cannot_be_signed_leaves_nothing(built, tmp_path, key, at, url, words):
    with pytest.raises(SigningFailed, match=words):
        sign(built.path, tmp_path / "s.pdf", key, at=at, timestamp_url=url)
    assert not (tmp_path / "s.pdf").exists()


def test_an_answer_without_end_is_refused(built, tmp_path):
    with signing.timestamp_authority() as (url, _certificate), pytest.raises(SigningFailed, match="too long"):
        sign(built.path, tmp_path / "s.pdf", signing.signer(), at=AT, timestamp_url=url.replace("/tsa", "/long"))


def test_a_file_is_signed_once_and_only_when_sealed(built, tmp_path):
    sign(built.path, tmp_path / "s.pdf", signing.signer(), at=AT)
    with pytest.raises(SigningFailed):
        sign(tmp_path / "s.pdf", tmp_path / "t.pdf", signing.signer(), at=AT)
    (tmp_path / "u.pdf").write_bytes(b"%PDF-1.7\nnothing")
    with pytest.raises(SigningFailed):
        sign(tmp_path / "u.pdf", tmp_path / "t.pdf", signing.signer(), at=AT)
    assert not (tmp_path / "t.pdf").exists()


@pytest.mark.poppler
@pytest.mark.qpdf
def test_other_programs_agree(built, tmp_path):
    sign(built.path, tmp_path / "s.pdf", signing.signer(), at=AT)
    said = subprocess.run(["pdfsig", tmp_path / "s.pdf"], capture_output=True, text=True, check=False).stdout

    for words in ("ETSI.CAdES.detached", "Total document signed", "Signature is Valid"):
        assert words in said
    subprocess.run(["qpdf", "--check", tmp_path / "s.pdf"], check=True, capture_output=True)
