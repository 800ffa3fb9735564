import io
import socket
import threading

import pytest

from tests.data import bytes as made
from tracker.files import scanning
from tracker.files.models import ScanState


def test_without_a_scanner_a_file_is_not_called_clean(settings, tmp_path):
    settings.SCANNER = ""
    path = tmp_path / "x"
    path.write_bytes(b"x")
    assert scanning.get_scanner().scan(path) == scanning.ScanResult(ScanState.NOT_SCANNED)


def test_a_scanner_can_be_named_by_its_path(settings):
    settings.SCANNER = "tracker.files.scanning.NullScanner"
    assert isinstance(scanning.get_scanner(), scanning.NullScanner)


@pytest.mark.clamd
def test_clamd_tells_clean_from_infected(clamd, tmp_path):
    scanner = scanning.get_scanner()
    path = tmp_path / "x"
    path.write_bytes(made.pdf())
    assert scanner.scan(path) == scanning.ScanResult(ScanState.CLEAN, "", "clamd")
    path.write_bytes(clamd.eicar)
    found = scanner.scan(path)
    assert (found.state, found.engine) == (ScanState.INFECTED, "clamd")
    assert "EICAR" in found.signature


@pytest.mark.clamd
def test_clamd_reads_an_open_file_from_its_beginning(clamd):
    opened = io.BytesIO(clamd.eicar)
    opened.seek(30)
    assert scanning.get_scanner().scan(opened).state == ScanState.INFECTED


@pytest.mark.clamd
def test_over_clamds_own_limit_there_is_no_verdict(clamd):
    too_much = io.BytesIO(b"a" * (clamd.limit_bytes + 1024 * 1024))
    with pytest.raises(scanning.ScannerUnavailable):
        scanning.get_scanner().scan(too_much)


def test_a_scanner_that_is_down_gives_no_verdict(free_port):
    scanner = scanning.ClamdScanner("127.0.0.1", free_port(), 2)
    with pytest.raises(scanning.ScannerUnavailable, match="does not answer"):
        scanner.scan(io.BytesIO(b"x"))


@pytest.mark.parametrize("answer", [b"", b"stream: OKAY\0", b"INSTREAM: Out of memory ERROR\0", b"\xff\xfe\0"])
def test_any_other_answer_gives_no_verdict(answer, free_port):
    server = socket.create_server(("127.0.0.1", free_port()))

    def serve():
        link, _address = server.accept()
        while link.recv(65536)[-4:] != b"\0\0\0\0":
            pass
        link.sendall(answer)
        link.close()

    thread = threading.Thread(target=serve)
    thread.start()
    scanner = scanning.ClamdScanner("127.0.0.1", server.getsockname()[1], 5)
    with pytest.raises(scanning.ScannerUnavailable):
        scanner.scan(io.BytesIO(b"x"))
    thread.join()
    server.close()


def test_a_silent_scanner_gives_no_verdict(free_port):
    server = socket.create_server(("127.0.0.1", free_port()))
    scanner = scanning.ClamdScanner("127.0.0.1", server.getsockname()[1], 0.2)
    with pytest.raises(scanning.ScannerUnavailable):
        scanner.scan(io.BytesIO(b"x"))
    server.close()
