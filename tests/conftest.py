"""What every test may ask for: a clean vault, real services, real processes on the test's data."""

import contextlib
import gc
import os
import random
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope
from django.conf import settings as django_settings
from django.db import connection, connections
from django.test import TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tests import schema
from tests.factories.kept import MEMORY

# No test depends on how fast the machine is.
hypothesis_settings.register_profile("any_speed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("any_speed")

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = ("chromium", "/usr/bin/chromium")
TOOLS = {
    "journey": (CHROMIUM, "chromium"),
    "clamd": (("clamd", "/usr/sbin/clamd"), "clamav-daemon"),
    "poppler": (("pdftotext",), "poppler-utils"),
    "qpdf": (("qpdf",), "qpdf"),
    "office": (("soffice",), "libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui"),
}


def find_program(names: tuple[str, ...]) -> str | None:
    """The path of the first of these programs that is installed."""
    return next((path for name in names if (path := shutil.which(name))), None)


def need(mark: str) -> str:
    """The program a mark stands for; without it the test is skipped, or fails where CI=true.

    TOOLS_NOT_HERE names marks, with blanks between them, whose programs this machine cannot have.
    """
    names, package = TOOLS[mark]
    path = find_program(names)
    if path:
        return path
    reason = f"{names[0]} is not installed: sudo apt-get install {package}"
    if os.environ.get("CI") == "true" and mark not in os.environ.get("TOOLS_NOT_HERE", "").split():
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With ONLY_DATABASE_TESTS, leave out what would only run the same again on another database.

    That is what touches none, what is marked `once`, and what looks at pages in a browser; the journey of a whole
    case runs on both.
    """
    if not os.environ.get("ONLY_DATABASE_TESTS"):
        return
    kept = [item for item in items if _uses_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if not _uses_database(item)])
    items[:] = kept


def _uses_database(item: pytest.Item) -> bool:
    if item.path.parent.name == "journeys" and item.path.name != "test_whole_case.py":
        return False
    if item.get_closest_marker("once"):
        return False
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(item.get_closest_marker("django_db") or fixtures & {"db", "transactional_db", "live_server"})


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Honor the marks that name a tool, and the one that needs concurrent writers."""
    for mark in TOOLS:
        if item.get_closest_marker(mark):
            need(mark)
    if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
        pytest.skip("needs concurrent writers: set DATABASE_URL=postgres://user@host:port/name")


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: the collector of garbage need not look through it again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None, django_db_blocker: Any) -> Iterator[bool]:
    """The test database is there already, as a copy of one whose migrations have run."""
    with django_db_blocker.unblock():
        schema.place(connection)
    yield True
    with django_db_blocker.unblock():
        schema.remove(connection)


@pytest.fixture(scope="session", autouse=True)
def emptied_between_tests() -> Iterator[None]:
    """After a test that commits, and only then, the tables are emptied, those that are guarded too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: schema.empty(connection))
        yield


@pytest.fixture(autouse=True)
def kept_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is marked `@kept` in the factories is played once for all tests, but never where the product is patched."""
    MEMORY.begin(monkeypatch)


@pytest.fixture(autouse=True)
def vault(settings: Any, tmp_path: Path) -> Path:
    """An empty folder that holds the evidence of this test only."""
    folder = tmp_path / "vault"
    folder.mkdir()
    backend = "django.core.files.storage.FileSystemStorage"
    settings.STORAGES = {
        **settings.STORAGES,
        "vault": {"BACKEND": backend, "OPTIONS": {"location": str(folder)}},
    }
    settings.ANCHOR_FILE = str(tmp_path / "anchors.txt")
    return folder


def free_port() -> int:
    """A port nobody listens on, below the range the system hands out by itself."""
    for _ in range(200):
        port = random.randrange(20000, 32000)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise RuntimeError("no free port between 20000 and 32000")


@pytest.fixture(name="free_port")
def free_port_fixture() -> Callable[[], int]:
    """Ask for as many free ports as the test needs."""
    return free_port


def wait_until(ready: Callable[[], bool], *, seconds: float, what: str) -> None:
    """Poll until `ready` is true. Raises: TimeoutError naming `what` after `seconds`."""
    deadline = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what} within {seconds} seconds")
        time.sleep(0.05)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


@dataclass(frozen=True)
class ClamdServer:
    """A running clamd that knows one signature, `eicar`, and takes streams of up to `limit_bytes`."""

    host: str
    port: int
    eicar: bytes
    limit_bytes: int


@pytest.fixture(scope="session")
def clamd_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClamdServer]:
    """The real clamd on loopback, with a signature for the harmless EICAR file and no other."""
    program = need("clamd")
    folder = tmp_path_factory.mktemp("clamd")
    # Joined at run time, so that no scanner ever takes this file for the real thing.
    eicar = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
    (folder / "db").mkdir()
    (folder / "db" / "test.ndb").write_text(f"Test.EICAR:0:*:{eicar[:40].hex()}\n")
    port = free_port()
    config = folder / "clamd.conf"
    config.write_text(
        f"Foreground yes\nLogFile {folder}/log\nTCPSocket {port}\nTCPAddr 127.0.0.1\n"
        f"DatabaseDirectory {folder}/db\nStreamMaxLength 8M\nMaxThreads 4\n"
    )
    folder.chmod(0o755)
    process = subprocess.Popen([program, f"--config-file={config}"], stdout=subprocess.DEVNULL)
    try:
        wait_until(lambda: _listens(port), seconds=60, what="clamd listens")
        yield ClamdServer("127.0.0.1", port, eicar, 8 * 1024 * 1024)
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture
def clamd(clamd_server: ClamdServer, settings: Any) -> ClamdServer:
    """The product scans with the real clamd during this test."""
    settings.SCANNER = "clamd"
    settings.CLAMD_HOST, settings.CLAMD_PORT = clamd_server.host, clamd_server.port
    return clamd_server


@dataclass
class Mailbox:
    """A mail server: what it took, and whom it refuses (address → its answer, such as `550 no such user`)."""

    host: str
    port: int
    taken: list[Envelope] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Envelope, address: str, options: list[str]) -> str:
        """Take or refuse one recipient."""
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:
        """Keep the letter."""
        self.taken.append(envelope)
        return "250 taken"


@pytest.fixture
def smtp(settings: Any) -> Iterator[Mailbox]:
    """The product mails over real SMTP, on loopback, during this test; the mailbox is empty at first."""
    mailbox = Mailbox("127.0.0.1", free_port())
    controller = Controller(mailbox, hostname=mailbox.host, port=mailbox.port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = mailbox.host, mailbox.port
    yield mailbox
    controller.stop()


@pytest.fixture
def child_environment(transactional_db: None, vault: Path) -> dict[str, str]:
    """The environment in which another process of the product works on this test's database and vault."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{database['NAME']}"
    else:
        account = f"{database['USER']}:{database['PASSWORD']}".rstrip(":")
        url = f"postgres://{account}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "tracker.settings",
        "RECOURSE_IGNORE_ENV_FILE": "1",
        "RECOURSE_DEMO": "true",
        "DEMO_PASSWORD": "correct-horse-battery",
        "SECRET_KEY": django_settings.SECRET_KEY,
        "FIELD_KEYS": ",".join(django_settings.FIELD_KEYS),
        "DATABASE_URL": url,
        "VAULT_OPTIONS": f'{{"location": "{vault}"}}',
        "ANCHOR_FILE": str(vault.parent / "anchors.txt"),
        "EMAIL_FILE_PATH": str(vault.parent / "mail"),
        "SIGNING_KEYS_DIR": str(vault.parent / "keys"),
    }


@pytest.fixture
def manage(child_environment: dict[str, str]) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run `manage.py …` as its own process: `manage("case_status", docket)`."""

    def run(*arguments: object, timeout: float = 120) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(ROOT / "manage.py"), *map(str, arguments)]
        return subprocess.run(
            command,
            cwd=ROOT,
            env=child_environment,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )

    return run


@pytest.fixture
def together() -> Callable[..., list[Any]]:
    """Run functions at the same moment, each in a thread with its own connection.

    `together(f, g, …)` returns, in their order, what each returned or the exception it raised.
    """

    def run(*functions: Callable[[], Any]) -> list[Any]:
        results: list[Any] = [None] * len(functions)
        gate = threading.Barrier(len(functions))

        def one(index: int) -> None:
            gate.wait(timeout=30)
            try:
                results[index] = functions[index]()
            except Exception as error:  # noqa: BLE001 - what it raised is the answer
                results[index] = error
            finally:
                connections.close_all()

        threads = [threading.Thread(target=one, args=(index,)) for index in range(len(functions))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return results

    return run
