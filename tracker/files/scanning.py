"""Looking for viruses: one base, no scanner, or clamd, chosen by the setting SCANNER.

A scanner answers or raises `ScannerUnavailable`; it never guesses. Whoever asks keeps the file in quarantine
then.
"""

import socket
import struct
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from tracker.files.models import ScanState
from tracker.files.storage import Readable

CHUNK_BYTES = 256 * 1024
ANSWER_BYTES = 4096


class ScannerUnavailable(Exception):
    """The scanner gave no verdict: it is down, too slow, or refuses the file. The text is a sentence for
    staff.
    """


@dataclass(frozen=True)
class ScanResult:
    """A verdict: state, the name of what was found, and which engine looked."""

    state: ScanState
    signature: str = ""
    engine: str = ""


class Scanner:
    """Base of all scanners."""

    def scan(self, source: Path | Readable) -> ScanResult:
        """Look through a file from its beginning. Raises `ScannerUnavailable` when there is no verdict."""
        if isinstance(source, Path):
            with source.open("rb") as opened:
                return self.scan_stream(opened)
        source.seek(0)
        return self.scan_stream(source)

    def scan_stream(self, stream: Readable) -> ScanResult:
        """The verdict on a stream; each scanner has its own."""
        raise NotImplementedError


class NullScanner(Scanner):
    """No scanner is set up. It says so: the file counts as not scanned, never as clean."""

    def scan_stream(self, stream: Readable) -> ScanResult:
        """Always `not_scanned`."""
        return ScanResult(ScanState.NOT_SCANNED)


class ClamdScanner(Scanner):
    """clamd over TCP, by its INSTREAM command: `zINSTREAM`, chunks with their length, a zero length."""

    def __init__(self, host: str, port: int, timeout: float) -> None:
        self.host, self.port, self.timeout = host, port, timeout

    def scan_stream(self, stream: Readable) -> ScanResult:
        """Clean or infected by clamd's word; every other answer, and silence, is `ScannerUnavailable`."""
        try:
            with socket.create_connection((self.host, self.port), timeout=self.timeout) as link:
                link.settimeout(self.timeout)
                link.sendall(b"zINSTREAM\0")
                cut_short = self._send(link, stream)
                answer = self._receive(link)
        except OSError as error:
            raise ScannerUnavailable(
                _("The virus scanner does not answer (%(error)s).") % {"error": type(error).__name__}
            ) from error
        return self._verdict(answer, cut_short=cut_short)

    def _send(self, link: socket.socket, stream: Readable) -> bool:
        """Send all chunks; true when clamd stopped listening, which it does over its size limit after saying
        why.
        """
        try:
            while chunk := stream.read(CHUNK_BYTES):
                link.sendall(struct.pack(">I", len(chunk)) + chunk)
            link.sendall(struct.pack(">I", 0))
        except (BrokenPipeError, ConnectionResetError):
            return True
        return False

    def _receive(self, link: socket.socket) -> str:
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < ANSWER_BYTES:
            part = link.recv(ANSWER_BYTES)
            if not part:
                break
            answer += part
        return answer.rstrip(b"\0\n").decode("utf-8", "replace").removeprefix("stream: ")

    def _verdict(self, answer: str, *, cut_short: bool) -> ScanResult:
        if answer.endswith(" FOUND"):
            return ScanResult(ScanState.INFECTED, answer.removesuffix(" FOUND")[:200], "clamd")
        if answer == "OK" and not cut_short:
            return ScanResult(ScanState.CLEAN, "", "clamd")
        raise ScannerUnavailable(
            _("The virus scanner gave no verdict: %(answer)s.") % {"answer": answer[:200] or _("no answer")}
        )


def get_scanner() -> Scanner:
    """The scanner of the setting SCANNER: empty for none, `clamd`, or a dotted path to a `Scanner`."""
    if not settings.SCANNER:
        return NullScanner()
    if settings.SCANNER == "clamd":
        return ClamdScanner(settings.CLAMD_HOST, settings.CLAMD_PORT, settings.CLAMD_TIMEOUT_SECONDS)
    scanner: Scanner = import_string(settings.SCANNER)()
    return scanner
