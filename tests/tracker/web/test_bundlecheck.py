"""Checking in a process of its own: the answer is the same, and a file that takes too much ends its check only."""

import threading
from argparse import ArgumentParser

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from tests.data import pdfs
from tests.tracker.bundle import signing
from tests.tracker.bundle.cores import two_signed_pages
from tracker.bundle.verify import Outcome
from tracker.web import bundlecheck


@pytest.fixture(scope="module")
def key():
    return signing.signer()


@pytest.fixture(scope="module")
def signed(tmp_path_factory, key):
    """A signed file whose manifest requires the signature."""
    return two_signed_pages(tmp_path_factory.mktemp("signed"), key)


@pytest.fixture
def pem(tmp_path, key):
    path = tmp_path / "board.pem"
    path.write_bytes(x509.load_der_x509_certificate(key.certificate).public_bytes(serialization.Encoding.PEM))
    return path


def options(*arguments):
    parser = ArgumentParser()
    bundlecheck.add_arguments(parser)
    found = vars(parser.parse_args(list(map(str, arguments))))
    return found.pop("file"), found


def run(*arguments):
    """The exit code, what was said and what was warned of."""
    said, warned = [], []
    file, found = options(*arguments)
    return bundlecheck.run(file, said.append, warned.append, **found), "\n".join(said), warned


@pytest.mark.django_db
def test_the_command_says_what_was_found(signed, pem, tmp_path):
    code, said, warned = run(signed, "--trusted", pem)

    assert (code, warned) == (0, [])
    assert said.startswith("intact\n")
    assert "manifest " in said
    code, said, _warned = run(signed)
    assert code == 3
    assert "do not rely on this copy" in said
    (tmp_path / "x.pdf").write_bytes(signed.read_bytes()[:-1])
    assert run(tmp_path / "x.pdf")[0] == 1
    assert run(tmp_path / "none.pdf")[:2] == (2, "not_ours\nThere is no such file, or it is empty.")


@pytest.mark.django_db
def test_a_list_of_certificates_that_cannot_be_read_is_a_wrong_call(signed, tmp_path):
    code, said, warned = run(signed, "--trusted", tmp_path / "none.pem")

    assert (code, said) == (2, "")
    assert warned == ["The certificate none.pem cannot be read."]


def test_a_child_answers_what_the_file_is_and_leaves_nothing(signed, pem, tmp_path, settings):
    settings.SIGNING_TRUST = [str(pem)]
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "tmp"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir()
    result = bundlecheck.check_apart(signed)

    assert (result.outcome, result.signature.status, result.ledger) == (Outcome.INTACT, "valid", None)
    assert list(settings.FILE_UPLOAD_TEMP_DIR.iterdir()) == []
    assert bundlecheck.check_apart(pdfs.letter(tmp_path / "a.pdf")).outcome is Outcome.NOT_OURS


def test_a_key_folder_that_cannot_be_read_leaves_the_check_without_trust(signed, tmp_path, settings):
    settings.SIGNING_TRUST = [str(tmp_path / "none.pem")]

    assert bundlecheck.check_apart(signed).signature.status == "untrusted"


@pytest.mark.parametrize(("name", "value"), [("VERIFY_SECONDS", 0.01)])
def test_a_check_that_takes_too_long_ends_without_an_answer(signed, settings, name, value):
    setattr(settings, name, value)

    with pytest.raises(bundlecheck.NotFinished):
        bundlecheck.check_apart(signed)


def test_more_checks_than_places_wait_and_are_then_told(signed, monkeypatch):
    monkeypatch.setattr(bundlecheck, "_places", threading.BoundedSemaphore(1))
    monkeypatch.setattr(bundlecheck, "WAIT_SECONDS", 0.01)
    with bundlecheck._place(), pytest.raises(bundlecheck.Busy):
        bundlecheck.check_apart(signed)
    assert bundlecheck.check_apart(signed).outcome is Outcome.INTACT
