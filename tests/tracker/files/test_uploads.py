import hashlib
import os
import socket
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.test import RequestFactory

from tracker.files import uploads

BOUNDARY = "cut"


@pytest.fixture(autouse=True)
def temporary(settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "tmp"
    settings.UPLOAD_MAX_BYTES = 100_000
    return tmp_path / "tmp"


def part(field, content, name=None):
    disposition = f'form-data; name="{field}"' + (f'; filename="{name}"' if name is not None else "")
    head = f"--{BOUNDARY}\r\nContent-Disposition: {disposition}\r\n"
    kind = "Content-Type: application/octet-stream\r\n" if name is not None else ""
    return (head + kind + "\r\n").encode() + content + b"\r\n"


def post(*parts):
    body = b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()
    return RequestFactory().generic("POST", "/", body, content_type=f"multipart/form-data; boundary={BOUNDARY}")


def left(folder):
    return list(folder.glob("*")) if folder.exists() else []


def test_hashes_a_file_while_it_arrives(temporary):
    content = os.urandom(90_000)
    request = post(part("note", b"hello"), part("file", content, "letter.pdf"))
    upload = request.FILES["file"]
    assert (upload.digest, upload.size) == (hashlib.sha256(content).hexdigest(), len(content))
    assert upload.path.read_bytes() == content
    assert request.POST["note"] == "hello"
    request.close()
    assert left(temporary) == []


def test_over_the_limit_only_that_file_is_dropped(temporary):
    request = post(
        part("file", b"first", "a.txt"),
        part("file", b"x" * 100_001, "big\u202e.txt"),
        part("note", b"my words"),
        part("file", b"last", "c.txt"),
    )
    assert [upload.read() for upload in request.FILES.getlist("file")] == [b"first", b"last"]
    assert request.POST["note"] == "my words"
    assert uploads.refused(request.META, "file") == [uploads.RefusedUpload("file", "big.txt", "too_large")]
    assert uploads.refused(request.META, "other") == []
    request.close()
    assert left(temporary) == []


def test_exactly_the_limit_is_taken():
    request = post(part("file", b"x" * 100_000, "a.txt"))
    assert request.FILES["file"].size == 100_000
    request.close()


def test_more_files_than_allowed_are_skipped_and_the_others_stay(settings):
    settings.UPLOAD_MAX_FILES = 2
    request = post(*(part("file", str(n).encode(), f"{n}.txt") for n in range(4)), part("note", b"x"))
    assert [upload.read() for upload in request.FILES.getlist("file")] == [b"0", b"1"]
    assert [refusal.reason for refusal in uploads.refused(request.META)] == ["too_many", "too_many"]
    assert request.POST["note"] == "x"
    request.close()


def test_an_empty_file_arrives_as_empty():
    request = post(part("file", b"", "empty.pdf"))
    assert request.FILES["file"].size == 0
    assert request.FILES["file"].digest == hashlib.sha256(b"").hexdigest()
    request.close()


@pytest.mark.parametrize("name", ["../../etc/passwd", "x" * 300 + ".pdf", "😀\u202efdp.exe", "a." + "b" * 300, "...."])
def test_odd_names_arrive_clean(name):
    request = post(part("file", b"x", name), part("note", b"y"))
    for upload in request.FILES.getlist("file"):
        assert "/" not in upload.original_name
        assert "\u202e" not in upload.original_name
        assert 0 < len(upload.original_name) <= 120
    assert request.POST["note"] == "y"
    request.close()


def test_a_body_that_ends_midway_leaves_nothing(temporary):
    body = part("note", b"kept") + part("file", b"x" * 50_000, "a.txt")[:-20_000]
    request = RequestFactory().generic("POST", "/", body, content_type=f"multipart/form-data; boundary={BOUNDARY}")
    assert "file" not in request.FILES
    assert request.POST["note"] == "kept"
    assert left(temporary) == []


def test_a_connection_cut_off_midway_leaves_nothing(temporary, settings, free_port):
    settings.UPLOAD_MAX_BYTES = 10_000_000
    seen = {}

    def application(environ, start_response):
        request = WSGIRequest(environ)
        try:
            seen["files"] = list(request.FILES)
        except OSError as error:
            seen["error"] = type(error).__name__
        request.close()
        start_response("204 No Content", [])
        return []

    class Quiet(WSGIRequestHandler):
        def log_message(self, *args):
            pass

        def handle(self):
            try:
                super().handle()
            except OSError:
                seen["closed"] = True

    server = make_server("127.0.0.1", free_port(), application, handler_class=Quiet)
    thread = threading.Thread(target=server.handle_request)
    thread.start()
    with socket.create_connection(server.server_address) as link:
        head = f"POST / HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary={BOUNDARY}\r\n"
        link.sendall((head + "Content-Length: 900000\r\n\r\n").encode() + part("file", b"x" * 600_000, "a.txt")[:-10])
        deadline = time.monotonic() + 10
        while not left(temporary) and time.monotonic() < deadline:
            time.sleep(0.01)
        assert left(temporary)
    thread.join(timeout=20)
    server.server_close()
    assert seen.get("files", []) == []
    assert left(temporary) == []


def test_sweeps_what_a_killed_server_left(temporary):
    temporary.mkdir()
    now = datetime(2026, 6, 3, tzinfo=UTC)
    for name, days in (("upload-old", 2), ("upload-new", 0), ("other-old", 2)):
        path: Path = temporary / name
        path.write_bytes(b"x")
        moment = (now - timedelta(days=days)).timestamp()
        os.utime(path, (moment, moment))
    assert uploads.sweep_temporary(before=now - timedelta(days=1)) == 1
    assert sorted(path.name for path in left(temporary)) == ["other-old", "upload-new"]


def test_folders_of_checks_that_a_killed_server_left_are_swept(temporary):
    now = datetime.now(UTC)
    for name, days in (("verify-old", 3), ("verify-new", 0)):
        (temporary / name).mkdir(parents=True)
        (temporary / name / "volume.pdf").write_bytes(b"x")
        moment = (now - timedelta(days=days)).timestamp()
        os.utime(temporary / name, (moment, moment))

    assert uploads.sweep_temporary(before=now - timedelta(days=1)) == 1
    assert [path.name for path in left(temporary)] == ["verify-new"]
