"""The demo: prepare its database and static files, start server and worker, print addresses and sign-ins."""

import contextlib
import errno
import fcntl
import hashlib
import http.client
import io
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connections
from django.utils.translation import gettext as _

from tracker import checks
from tracker.access import queries
from tracker.web.supervisor import Child, Supervisor

MANAGE = str(settings.BASE_DIR / "manage.py")
THREADS = 8


def run(port: int, *, reset: bool, say: Callable[[str], None]) -> int:
    """Prepare and run the demo until it is stopped.

    Returns: the exit code, 0 after Ctrl-C. Raises: CommandError with one sentence when it cannot start.
    """
    if not settings.DEMO:
        raise CommandError(
            _("The settings here are not a demo's (RECOURSE_DEMO is not true in the environment or in .env).")
        )
    refuse_taken_port(port)
    with only_one_at_reset(reset):
        prepare(reset=reset, say=say)
        checks.refuse_unsafe_start()
        connections.close_all()
        environment = {**os.environ, "SITE_URL": os.environ.get("SITE_URL") or f"http://127.0.0.1:{port}"}
        supervisor = Supervisor(children(port), environment, say)
        return supervisor.run(answers=lambda: is_healthy(port), announce=lambda: announce(port, say))


def children(port: int) -> list[Child]:
    """The web server and the job worker, as programs to start."""
    server = [sys.executable, "-m", "gunicorn", "tracker.wsgi:application", "--bind", f"127.0.0.1:{port}"]
    server += [
        "--worker-class",
        "gthread",
        "--workers",
        "1",
        "--threads",
        str(THREADS),
        "--no-control-socket",
    ]
    server += ["--chdir", str(settings.BASE_DIR), "--graceful-timeout", "5", "--log-level", "warning"]
    worker = [sys.executable, MANAGE, "work"]
    return [Child("web server", server, essential=True), Child("job worker", worker)]


def prepare(*, reset: bool, say: Callable[[str], None]) -> None:
    """Bring database, reference data, demo cases and static files up to date; what is there is kept."""
    if reset:
        start_over(settings.DATABASES["default"])
    for folder in (
        Path(settings.VAR_DIR),
        Path(settings.FILE_UPLOAD_TEMP_DIR),
        Path(settings.EMAIL_FILE_PATH),
    ):
        folder.mkdir(parents=True, exist_ok=True)
    vault_folder = settings.STORAGES["vault"]["OPTIONS"].get("location")
    if vault_folder:
        Path(vault_folder).mkdir(parents=True, exist_ok=True)
    collecting = start_collecting(say)
    say(_("Preparing the database …"))
    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    say(_("Loading boards, rules and codes …"))
    call_command("load_reference", verbosity=0, stdout=io.StringIO())
    say(_("Making the demo cases, if there are none …"))
    call_command("seed_demo", verbosity=0, stdout=io.StringIO())
    finish_collecting(collecting)


def start_over(database: dict) -> None:
    """Delete the demo's database (given as in settings.DATABASES), files and letters.

    Raises: CommandError when the database is not a file of ours.
    """
    var = Path(settings.VAR_DIR).resolve()
    name = Path(str(database["NAME"])).resolve()
    if not database["ENGINE"].endswith("sqlite3") or not name.is_relative_to(var):
        raise CommandError(_("RESET=1 deletes only a database file under var/, and DATABASE_URL names another one."))
    for suffix in ("", "-wal", "-shm", "-journal"):
        Path(f"{name}{suffix}").unlink(missing_ok=True)
    folders = [settings.STORAGES["vault"]["OPTIONS"].get("location"), settings.EMAIL_FILE_PATH]
    folders += [settings.FILE_UPLOAD_TEMP_DIR]
    for folder in folders:
        if folder and Path(folder).resolve().is_relative_to(var):
            shutil.rmtree(folder, ignore_errors=True)
    if Path(settings.ANCHOR_FILE).resolve().is_relative_to(var):
        Path(settings.ANCHOR_FILE).unlink(missing_ok=True)


def refuse_taken_port(port: int) -> None:
    """Raises: CommandError with one sentence when the port cannot be listened on."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise CommandError(_("Port %(port)s cannot be used here.") % {"port": port}) from error
            raise CommandError(
                _("Port %(port)s is already in use. Choose another one: make demo PORT=8123") % {"port": port}
            ) from error


@contextlib.contextmanager
def only_one_at_reset(reset: bool) -> Iterator[None]:
    """Hold the mark of a running demo; starting over is refused while another one holds it."""
    Path(settings.VAR_DIR).mkdir(parents=True, exist_ok=True)
    with (Path(settings.VAR_DIR) / "demo.lock").open("w") as mark:
        try:
            fcntl.flock(mark, (fcntl.LOCK_EX if reset else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CommandError(
                _("A demo of this clone is running, or starting over. Stop it first (Ctrl-C in its window).")
            ) from error
        if reset:
            fcntl.flock(mark, fcntl.LOCK_EX)
        yield


def start_collecting(say: Callable[[str], None]) -> subprocess.Popen | None:
    """Start collectstatic beside the other work; None when nothing it reads has changed since."""
    if static_stamp().exists() and static_stamp().read_text() == static_digest():
        return None
    say(_("Collecting the static files …"))
    command = [sys.executable, MANAGE, "collectstatic", "--noinput", "--verbosity", "0"]
    return subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603


def finish_collecting(collecting: subprocess.Popen | None) -> None:
    """Wait for collectstatic. Raises: CommandError when it failed."""
    if collecting is None:
        return
    if collecting.wait():
        raise CommandError(_("The static files could not be collected; the reason is above."))
    static_stamp().write_text(static_digest())


def static_stamp() -> Path:
    """Where the digest of what was collected last is kept."""
    return Path(settings.STATIC_ROOT) / ".collected"


def static_digest() -> str:
    """SHA-256, in hex, over our static files and the locks of the packages that bring the others."""
    base = Path(settings.BASE_DIR)
    files = [base / "package-lock.json", base / "requirements.txt", base / "tracker" / "web" / "static.py"]
    files += sorted(
        path for app in ("boards", "tracker") for path in (base / app / "static").rglob("*") if path.is_file()
    )
    total = hashlib.sha256()
    for path in files:
        total.update(f"\0{path.relative_to(base)}\0".encode() + path.read_bytes())
    return total.hexdigest()


def is_healthy(port: int) -> bool:
    """Whether `/healthz` of this port answers 200."""
    asking = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        asking.request("GET", "/healthz")
        return asking.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asking.close()


def announce(port: int, say: Callable[[str], None]) -> None:
    """Print where to go and whom to sign in as."""
    site = f"http://127.0.0.1:{port}"
    say("")
    say(_("Recourse is running. Ctrl-C stops it."))
    for label, path in ((_("Public portal"), "/"), (_("Staff desk"), "/desk/"), (_("Admin site"), "/admin/")):
        say(f"  {label:<14} {site}{path}")
    say("")
    say(_("Sign-ins (each with the password %(password)s):") % {"password": settings.DEMO_PASSWORD})
    for line in sign_ins():
        say(f"  {line}")
    connections.close_all()


def sign_ins() -> list[str]:
    """One line per demo person: e-mail, roles, boards."""
    return [
        f"{person.email:<42} {', '.join(person.roles)} ({', '.join(person.boards)})" for person in queries.demo_people()
    ]
