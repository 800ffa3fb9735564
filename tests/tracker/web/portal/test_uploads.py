"""Files: each one taken or refused alone, in words that help; the answers are never at stake."""

import socket
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.conftest import wait_until
from tests.tracker.web.portal.conftest import text_file
from tracker.cases.models import FilingDraft
from tracker.evidence.models import Exhibit
from tracker.files.models import StagedUpload


@pytest.fixture
def send(client, fill):
    fill("you")

    def go(*files, **data):
        return client.post("/file/documents/", {"files": list(files), **data}, follow=True)

    return go


def said(response):
    return [str(message) for message in response.context["messages"]]


def test_two_files_are_received_and_listed(send):
    response = send(text_file(), text_file("bill.txt", b"Bill 1800"), add="1")
    assert said(response) == ["2 files were received and are safe."]
    assert [row.original_name for row in response.context["staged"]] == ["messages.txt", "bill.txt"]


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (SimpleUploadedFile("empty.txt", b""), "empty"),
        (SimpleUploadedFile("letter.pdf", b"MZ\x90\x00" + b"\x00" * 200), "program"),
    ],
)
def test_a_file_that_cannot_be_taken_is_told_and_the_others_stay(send, file, words):
    response = send(text_file(), file, add="1")
    assert any(words in line for line in said(response))
    assert [row.original_name for row in response.context["staged"]] == ["messages.txt"]


def test_a_file_over_the_limit_is_told_and_the_others_stay(send, settings):
    settings.UPLOAD_MAX_BYTES = 200
    response = send(text_file(), text_file("huge.txt", b"a" * 300), add="1")
    assert any("huge.txt is larger than" in line for line in said(response))
    assert [row.original_name for row in response.context["staged"]] == ["messages.txt"]


def test_one_file_too_many_is_told(send, settings):
    settings.UPLOAD_MAX_FILES = 1
    response = send(text_file(), text_file("second.txt", b"two"), add="1")
    assert any("second.txt was one too many" in line for line in said(response))


def test_a_strange_name_is_shown_clean(send):
    names = ["..\\..\\etc/passwd.txt", "gnp\u202etxt.txt", "🙁" * 120 + ".txt"]
    response = send(*(text_file(name, name.encode()) for name in names), add="1")
    shown = [row.original_name for row in response.context["staged"]]
    assert shown[0] == "passwd.txt"
    assert "\u202e" not in shown[1]
    assert len(shown[2]) <= 120


def test_a_file_can_be_removed_again(send, client):
    send(text_file(), add="1")
    staged = StagedUpload.objects.get()
    response = client.post("/file/documents/", {"remove": str(staged.id)}, follow=True)
    assert said(response) == ["The file was removed."]
    assert not response.context["staged"]


def test_a_file_of_somebody_else_cannot_be_removed(send, client):
    for wrong in (str(uuid4()), "../../etc"):
        assert client.post("/file/documents/", {"remove": wrong}).status_code == 404


def test_continuing_takes_the_chosen_files_along(send, client):
    response = send(text_file())
    assert response.redirect_chain[-1][0] == "/file/review/"
    assert StagedUpload.objects.count() == 1


def test_continuing_with_a_refused_file_stays_on_the_step(send):
    response = send(SimpleUploadedFile("empty.txt", b""))
    assert response.redirect_chain[-1][0] == "/file/documents/"


def test_no_file_chosen_is_said(send):
    assert said(send(add="1")) == ["No file was chosen. Choose one or more files, then press “Add these files”."]


def test_a_file_lost_from_storage_does_not_stop_the_filing(send, client, sign, vault, caplog):
    send(text_file())
    for path in vault.rglob("*"):
        if path.is_file():
            path.write_bytes(b"altered")
    assert sign().url == "/file/receipt/"
    assert Exhibit.objects.count() == 0
    assert "were not all taken into evidence" in caplog.text
    assert StagedUpload.objects.waiting().count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_upload_cut_off_midway_leaves_the_draft_and_no_part_of_the_file(live_server, client, fill, settings):
    fill("you")
    before = FilingDraft.objects.get()
    folder = Path(settings.FILE_UPLOAD_TEMP_DIR)
    host, port = live_server.url.removeprefix("http://").split(":")
    part = (
        b'--cut\r\nContent-Disposition: form-data; name="files"; filename="long.txt"\r\n\r\n' + b"half a file " * 20_000
    )
    session = client.cookies["sessionid"].value
    head = (
        f"POST /file/documents/ HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Length: {len(part) * 4}\r\n"
        f"Content-Type: multipart/form-data; boundary=cut\r\nCookie: sessionid={session}\r\n\r\n"
    )
    with socket.create_connection((host, int(port))) as line:
        line.sendall(head.encode() + part)
        wait_until(lambda: any(folder.glob("upload-*")), seconds=10, what="the file begins to arrive")
    wait_until(lambda: not any(folder.glob("upload-*")), seconds=10, what="the part of the file is removed")
    assert StagedUpload.objects.count() == 0
    after = FilingDraft.objects.get()
    assert (after.answers, after.version) == (before.answers, before.version)
