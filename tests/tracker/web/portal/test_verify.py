"""The public page that checks bundles: plain answers, nothing kept, no way to wear the server out."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.tracker.bundle.cores import two_pages
from tracker.bundle import queries
from tracker.bundle.verify import LedgerMatch
from tracker.web import bundlecheck

pytestmark = [pytest.mark.django_db, pytest.mark.once]
CODE = "0123456789ABCDEF"


@pytest.fixture(scope="module")
def sealed(tmp_path_factory):
    """The bytes of a sealed file."""
    return two_pages(tmp_path_factory.mktemp("sealed")).read_bytes()


@pytest.fixture
def folder(settings, tmp_path):
    """Where files lie while they are checked."""
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "tmp"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir()
    return settings.FILE_UPLOAD_TEMP_DIR


def send(client, data, address="/verify/", name="bundle.pdf"):
    return client.post(address, {"file": SimpleUploadedFile(name, data)})


def test_the_page_says_what_a_check_can_say(client):
    response = client.get("/verify/")

    assert response.status_code == 200
    assert "What a check can say" in response.content.decode()
    assert 'href="/verify/"' in client.get("/").content.decode()


def test_an_intact_file_is_told_with_what_it_proves_and_is_not_kept(client, sealed, folder):
    response = send(client, sealed, name="my copy.pdf")
    text = response.content.decode()

    assert "The bundle is intact" in text
    assert "BHP-2026-0417" in text
    assert "Not found in the ledger of this site" in text
    assert "Somebody who makes a whole new bundle is not excluded" in text
    assert "It is not signed." in text
    assert "no-store" in response["Cache-Control"]
    assert list(folder.iterdir()) == []


def test_an_altered_file_is_told_with_the_page_that_differs(client, sealed, folder):
    at = sealed.index(b"endstream", len(sealed) // 2) - 20
    text = send(client, sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]).content.decode()

    assert "The bundle was altered" in text
    assert "The file was changed after it was sealed." in text
    assert "ask the board for a fresh copy" in text
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("data", [b"hello", b"", b"PK\x05\x06" + b"\0" * 18, b"%PDF-1.7 nothing"])
def test_another_file_is_not_ours(client, data, folder):
    text = send(client, data).content.decode()

    assert "Not a bundle of ours" in text or "Choose the file first" in text
    assert list(folder.iterdir()) == []


def test_a_ledger_match_names_board_and_time_and_no_person(client, sealed, monkeypatch):
    match = LedgerMatch(12, "2026-11-18 16:43 UTC", "Board of Behavioral Health Practice")
    monkeypatch.setattr(queries, "recorded_seal", lambda _manifest, _seal: match)
    text = send(client, sealed).content.decode()

    assert "records custodian’s office of the <strong>Board of Behavioral Health Practice</strong>" in text
    assert "ledger entry 12" in text
    assert "nobody changed it since" in text


def test_no_file_and_a_file_too_large_are_told(client, sealed, settings, folder):
    assert "Choose the file first." in client.post("/verify/", {}).content.decode()
    settings.VERIFY_MAX_BYTES = 1000
    assert "larger than this page can take" in send(client, sealed).content.decode()
    assert list(folder.iterdir()) == []


def test_the_disk_is_not_filled(client, sealed, settings, folder):
    settings.VERIFY_KEEP_FREE_BYTES = 2**60

    assert "larger than this page can take" in send(client, sealed).content.decode()
    assert list(folder.iterdir()) == []


def test_the_limit_of_the_portal_does_not_bind_here(client, sealed, settings):
    settings.UPLOAD_MAX_BYTES = 1000

    assert "The bundle is intact" in send(client, sealed).content.decode()


def test_the_printed_address_works_in_capitals_and_compares_the_file(client, sealed, monkeypatch):
    for address in (f"/VERIFY/{CODE}", f"/VERIFY/{CODE}/", f"/verify/{CODE.lower()}/"):
        text = client.get(address).content.decode()
        assert f"{CODE}</span> is not in the ledger" in text
        assert f'action="{address}"' in text
    assert client.get("/VERIFY/0123").status_code == 404
    assert "belongs to another bundle than this file" in send(client, sealed, f"/VERIFY/{CODE}").content.decode()


def test_a_form_without_its_token_is_refused(sealed):
    assert send(Client(enforce_csrf_checks=True), sealed).status_code == 403


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [(bundlecheck.Busy, 503, "Try again in a minute"), (bundlecheck.NotFinished, 200, "could not be finished")],
)
def test_a_check_without_an_answer_is_told(client, sealed, folder, monkeypatch, error, status, words):
    def fail(_path):
        raise error

    monkeypatch.setattr(bundlecheck, "check_apart", fail)
    response = send(client, sealed)

    assert response.status_code == status
    assert words in response.content.decode()
    assert list(folder.iterdir()) == []


def test_checks_are_counted_and_over_the_limit_the_body_is_left_alone(client, sealed, settings, folder):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "verify": (1, 600)}
    assert client.post("/verify/", {}).status_code == 200
    response = send(client, sealed)

    assert response.status_code == 429
    assert "Too many checks" in response.content.decode()
    assert client.get("/verify/").status_code == 200
    assert client.get(f"/VERIFY/{CODE}").status_code == 429
    assert list(folder.iterdir()) == []
