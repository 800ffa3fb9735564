"""The public page that checks bundles: plain answers, nothing kept, no way to wear the server out."""

import io
import re
import zipfile
from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from boards.models import Board
from tests.data import pdfs
from tests.factories.docketed import Docketed
from tests.factories.staffed import make_staffed
from tests.tracker.bundle import cores, samples, signing
from tests.tracker.bundle.cores import two_pages, two_signed_pages, with_a_changed_page
from tests.tracker.bundle.test_planning import plan_of
from tracker.audit.actors import Actor
from tracker.audit.models import LedgerEntry
from tracker.bundle import actions as bundles
from tracker.bundle.actions import build
from tracker.bundle.plan import Limits
from tracker.bundle.planning import Extras
from tracker.bundle.signer import DEMO_NAME
from tracker.files import storage
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


@pytest.fixture
def package(settings, tmp_path):
    """The bytes of a package that the site built, sealed and signed with the key of its board."""
    office = make_staffed()
    settings.SIGNING_KEYS_DIR = tmp_path
    give_key(signing.signer(), tmp_path / office.board.short_code)
    story = Docketed(office).file()
    story.receive("scan.pdf", pdfs.scan(tmp_path / "scan.pdf", 2, dpi=40).read_bytes(), "Scan")
    asked = bundles.request_bundle(
        story.case.pk, actor=Actor.staff(office.counsel.pk), at=datetime.now(UTC), format="zip", queue=False
    )
    done = build.run(asked[0].pk, actor=Actor.system("worker"), clock=lambda: datetime.now(UTC))
    return storage.copy_verified(done.stored_file, tmp_path / "bag.zip").read_bytes()


def give_key(key, place):
    """Lay a key and its certificate into the folder of keys, as files that begin with `place`."""
    made = x509.load_der_x509_certificate(key.certificate)
    place.with_suffix(".crt.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private = serialization.load_der_private_key(key.key, None)
    pem = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, signing.PLAIN
    place.with_suffix(".pem").write_bytes(private.private_bytes(*pem))


def volume_of(package):
    """Name and bytes of the only volume in a package."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        (name,) = [name for name in archive.namelist() if re.fullmatch(r"[^/]+/data/[^/]+\.pdf", name)]
        return name.rpartition("/")[2], archive.read(name)


def send(client, data, address="/verify/", name="bundle.pdf"):
    return client.post(address, {"file": SimpleUploadedFile(name, data)})


def words(response):
    """The text of a page, without the places where a line may break."""
    return response.content.decode().replace("<wbr>", "")


def entry(event):
    return LedgerEntry.objects.get(event=event).seq


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
    text = words(send(client, with_a_changed_page(sealed, "BHP-2026-0417-000002")))

    assert "The bundle was altered" in text
    assert "The file was changed after it was sealed." in text
    assert "Exhibit E-1, page 2 (BHP-2026-0417-000002) is not the page that was sealed." in text
    assert "ask the board for a fresh copy" in text
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("data", [b"hello", b"PK\x05\x06" + b"\0" * 18, b"%PDF-1.7 nothing"])
def test_another_file_is_not_ours(client, data, folder):
    text = send(client, data).content.decode()

    assert "Not a bundle of ours" in text
    assert list(folder.iterdir()) == []


def test_one_of_several_volumes_is_not_called_the_bundle(client, tmp_path, folder):
    facts = samples.rendition(pdfs.letter(tmp_path / "a.pdf", 4), tmp_path / "E-1.pdf")
    plan = plan_of(samples.shown("E-1", facts, 1), extras=Extras(limits=Limits(sheets=2)))
    text = words(send(client, cores.build(plan, tmp_path)[1].read_bytes()))

    assert text.count("This volume is intact") == 2  # heading and title
    assert "The bundle is intact" not in text
    assert "This is volume 2 of 2." in text


def test_an_empty_file_is_told_as_what_it_is(client, folder):
    text = send(client, b"").content.decode()

    assert "is empty: no byte of it arrived. Choose the file again." in text
    assert "Not a bundle of ours" not in text
    assert list(folder.iterdir()) == []


def test_a_volume_of_this_site_is_told_with_board_entry_and_signature(client, package, folder):
    sealed_at = LedgerEntry.objects.get(event="bundle.volume_sealed")
    text = words(send(client, volume_of(package)[1]))

    assert "The bundle is intact" in text
    assert f"By the <strong>{Board.objects.get(pk=sealed_at.board_id).name}</strong>" in text
    assert f"ledger entry {sealed_at.seq}" in text
    assert "Yes, and trusted here" in text
    assert "Board of Behavioral Health Practice" in text  # the name in the certificate
    assert "nobody changed it since" in text
    assert list(folder.iterdir()) == []


def test_a_package_of_this_site_is_told_with_its_files(client, package, folder):
    name, _volume = volume_of(package)
    text = words(send(client, package, name="bag.zip"))

    assert "The bundle is intact" in text
    assert "Files in the package" in text
    assert f"{name}</dt>" in text
    assert f"ledger entry {entry('bundle.volume_sealed')}" in text
    assert f"The package is recorded in the ledger, entry {entry('bundle.sealed')}" in text
    assert list(folder.iterdir()) == []


def test_a_changed_page_is_named_in_a_volume_and_in_a_package(client, package):
    name, volume = volume_of(package)
    label = f"{name.partition('-board-')[0]}-000002"
    changed = with_a_changed_page(volume, label)
    at = package.index(volume)
    told = f"Exhibit E-1, page 2 ({label}) is not the page that was sealed."

    assert told in words(send(client, changed))
    text = words(send(client, package[:at] + changed + package[at + len(changed) :], name="bag.zip"))
    assert "The bundle was altered" in text
    assert f"{name} is not as it was sealed:" in text
    assert told in text


@pytest.mark.parametrize(
    ("owner", "change", "told"),
    [
        ("Somebody", 0, "Yes, but not by a certificate that is known here"),
        (DEMO_NAME, 0, "With a demonstration key, which proves nothing"),
        ("Somebody", 1, "The signature is broken"),
    ],
)
def test_the_standing_of_a_signature_is_told(client, tmp_path, owner, change, told):
    data = bytearray(two_signed_pages(tmp_path, signing.signer(name=owner)).read_bytes())
    data[data.rindex(b"/Contents <") + 400] ^= change

    assert told in words(send(client, bytes(data)))


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
