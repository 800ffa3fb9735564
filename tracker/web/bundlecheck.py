"""The command that checks a bundle, and how the site runs it on a stranger's file: in a process of its own, with
limits, so that the site goes on whatever the file does to it.
"""

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
from argparse import SUPPRESS
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from django.conf import settings
from django.core.management.base import CommandParser
from django.utils import translation

from tracker.bundle import keys
from tracker.bundle.verify import VerifyResult
from tracker.files import uploads
from tracker.web import bundlefile

AT_ONCE = 2
WAIT_SECONDS = 20
MOST_ANSWER_BYTES = 16 * 1024 * 1024
_places = threading.BoundedSemaphore(AT_ONCE)


class Busy(Exception):
    """As many checks as this server takes are under way."""


class NotFinished(Exception):
    """The check ended without an answer: it took too long or too much, or broke."""


def check_apart(path: Path) -> VerifyResult:
    """Check a PDF or package in a child process, in the language of this thread; the ledger is not asked.

    Raises Busy, or NotFinished after VERIFY_SECONDS or with more than VERIFY_MEMORY_MB.
    """
    with (
        _place(),
        tempfile.TemporaryDirectory(prefix=uploads.CHECK_PREFIX, dir=settings.FILE_UPLOAD_TEMP_DIR) as folder,
    ):
        trusted, answer = Path(folder) / "trusted.pem", Path(folder) / "answer.json"
        trusted.write_bytes(_known())
        command = [
            sys.executable, str(settings.BASE_DIR / "manage.py"), "verify_bundle", str(path), "--answer", str(answer),
            "--language", translation.get_language() or settings.LANGUAGE_CODE, "--trusted", str(trusted),
        ]  # fmt: skip
        _run(command, Path(folder))
        try:
            if answer.stat().st_size > MOST_ANSWER_BYTES:
                raise NotFinished
            return VerifyResult.from_plain(json.loads(answer.read_bytes()))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise NotFinished from error


@contextmanager
def _place() -> Iterator[None]:
    if not _places.acquire(timeout=WAIT_SECONDS):
        raise Busy
    try:
        yield
    finally:
        _places.release()


def _known() -> bytes:
    try:
        found = keys.trusted()
    except keys.KeyUnusable:
        found = ()
    certificates = [x509.load_der_x509_certificate(item) for item in found]
    return b"".join(item.public_bytes(serialization.Encoding.PEM) for item in certificates)


def _run(command: list[str], folder: Path) -> None:
    """Run the child in a session of its own, and end all of it when its time is over."""
    environment = {**os.environ, "TMPDIR": str(folder)}
    with subprocess.Popen(  # noqa: S603 - our own program, and a path that we chose
        command,
        cwd=settings.BASE_DIR,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as child:
        try:
            child.wait(timeout=settings.VERIFY_SECONDS)
        except subprocess.TimeoutExpired as error:
            os.killpg(child.pid, signal.SIGKILL)
            raise NotFinished from error


def add_arguments(parser: CommandParser) -> None:
    """What the command takes; `--answer` and `--language` are for `check_apart`."""
    parser.add_argument("file", type=Path)
    words = "certificates (PEM) whose signatures count beside this installation's own"
    parser.add_argument("--trusted", type=Path, nargs="*", default=[], help=words)
    parser.add_argument("--answer", type=Path, help=SUPPRESS)
    parser.add_argument("--language", default="", help=SUPPRESS)


def run(file: Path, say: Callable[[str], object], warn: Callable[[str], object], **options: Any) -> int:
    """Check a file for the command line and answer the exit code.

    With `answer` the result is written to that file as JSON, under this module's limits and without the ledger. A file
    named as trusted that holds no certificate is a wrong call: 2, and nothing is checked.
    """
    answer, trusted = options["answer"], options["trusted"]
    with translation.override(options["language"] or settings.LANGUAGE_CODE):
        if answer:
            _limit_myself(file)
            result = bundlefile.check(file, warn, trusted=trusted, ask_ledger=False)
            answer.write_text(json.dumps(result.to_plain()))
            return 0
        try:
            keys.read_certificates(trusted)
        except keys.KeyUnusable as error:
            warn(str(error))
            return 2
        result = bundlefile.check(file, warn, trusted=trusted)
    say("\n".join([str(result.outcome), *result.sentences]))
    if result.exit_code in (0, 3):
        say(f"sha256 {result.file_sha256}\nmanifest {result.manifest_sha256}")
    return result.exit_code


def _limit_myself(path: Path) -> None:
    """Bound memory and processor time. A file may be mapped into memory, so its size comes on top."""
    size = path.stat().st_size if path.is_file() else 0
    for kind, value in (
        (resource.RLIMIT_AS, settings.VERIFY_MEMORY_MB * 1024 * 1024 + size),
        (resource.RLIMIT_CPU, 2 * settings.VERIFY_SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        _soft, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))
