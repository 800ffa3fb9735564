"""Prepare a clone for `make demo` and `make test`: virtual environment, packages, front-end assets, `.env`.

Standard library only, since nothing is installed yet. What is already there, as told by the digest of its
lock file, is not touched, so a second start is fast. A failure ends with one sentence; the whole log stays in
var/setup/.
"""

import argparse
import base64
import contextlib
import errno
import fcntl
import hashlib
import os
import secrets
import shutil
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
LOGS = ROOT / "var" / "setup"
UNREACHABLE = (
    "connection broken",
    "connectionerror",
    "newconnectionerror",
    "max retries exceeded",
    "timed out",
    "temporary failure in name resolution",
    "could not find a version that satisfies",
    "no matching distribution found",
    "dns error",
    "failed to fetch",
    "client error (connect)",
    "econnrefused",
    "enotfound",
    "eai_again",
    "etimedout",
    "enetunreach",
    "econnreset",
)


class SetupFailed(Exception):
    """Preparation cannot go on; the text is the one sentence to print."""


def main(argv: list[str]) -> int:
    """Prepare for the purpose named on the command line; for `demo`, become the demo afterwards.

    Returns: 0 when all is ready, 1 after printing the sentence that says why not.
    """
    parser = argparse.ArgumentParser()
    parser.add_argument("purpose", choices=("demo", "test"))
    parser.add_argument("--port", default="8000")
    parser.add_argument("--reset", action="store_true")
    options = parser.parse_args(argv)
    try:
        if options.purpose == "demo":
            check_port(options.port)
        LOGS.mkdir(parents=True, exist_ok=True)
        with one_at_a_time():
            prepare(options.purpose)
    except SetupFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    if options.purpose == "demo":
        arguments = ["manage.py", "demo", "--port", options.port] + (["--reset"] if options.reset else [])
        os.chdir(ROOT)
        sys.stdout.flush()
        os.execv(VENV_PYTHON, [str(VENV_PYTHON), *arguments])  # noqa: S606
    return 0


def prepare(purpose: str) -> None:
    """Bring environment, packages and assets up to date, and for the demo write `.env` once."""
    requirements = "requirements.txt" if purpose == "demo" else "requirements-dev.txt"
    fetching = start_npm() if shutil.which("npm") else None
    try:
        make_venv()
        install(requirements)
    except BaseException:
        if fetching:
            fetching.kill()
            fetching.wait()
        raise
    if fetching is None and not assets_ready():
        install(".ci/requirements-node.txt")
        fetching = start_npm()
    finish_npm(fetching)
    if purpose == "demo":
        write_env(ROOT / ".env")


def check_port(text: str) -> None:
    """Refuse a port that is no number or that somebody else listens on, before anything is installed."""
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise SetupFailed(f"PORT must be a number from 1 to 65535, not {text!r}.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(text)))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise SetupFailed(
                    f"Port {text} is already in use. Stop the program that uses it, "
                    "or choose another port: make demo PORT=8123"
                ) from error
            raise SetupFailed(f"Port {text} cannot be used here ({error.strerror}).") from error


@contextlib.contextmanager
def one_at_a_time():
    """Let a second set-up in the same clone wait for the first, rather than install over it."""
    with (LOGS / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def digest(*paths: Path) -> str:
    """SHA-256, in hex, over this Python's version and the content of the named files."""
    total = hashlib.sha256(f"{sys.version_info[0]}.{sys.version_info[1]}".encode())
    for path in paths:
        total.update(b"\0" + path.read_bytes())
    return total.hexdigest()


def make_venv() -> None:
    """Create `.venv` where it is missing, broken, or made by another Python version."""
    wanted = f"{sys.version_info[0]}.{sys.version_info[1]}."
    config = VENV / "pyvenv.cfg"
    if VENV_PYTHON.exists() and config.exists():
        versions = [line for line in config.read_text().splitlines() if line.startswith("version")]
        if any(line.partition("=")[2].strip().startswith(wanted) for line in versions):
            return
    say("Creating .venv")
    shutil.rmtree(VENV, ignore_errors=True)
    if run("venv", [sys.executable, "-m", "venv", str(VENV)]):
        raise SetupFailed(
            "Python could not make a virtual environment; on Debian or Ubuntu install the package "
            f"python3-venv. The log is {log_name('venv')}."
        )


def install(requirements: str) -> None:
    """Install a hash-locked requirements file into `.venv`, unless this very content is already there."""
    if stamp_of(requirements).exists() and stamp_of(requirements).read_text() == digest(ROOT / requirements):
        return
    say(f"Installing the packages of {requirements}")
    stamp_of(requirements).unlink(missing_ok=True)
    shared = ["--require-hashes", "-r", str(ROOT / requirements)]
    pip = [str(VENV_PYTHON), "-m", "pip", "install", "--no-input", "--disable-pip-version-check", "--retries", "2"]
    uv = shutil.which("uv")
    by_uv = uv and run("packages", [uv, "pip", "install", "--python", str(VENV_PYTHON), *shared]) == 0
    if not by_uv and run("packages", [*pip, *shared]):
        raise SetupFailed(why("packages", "The Python packages could not be installed", "package index"))
    # The development lock holds every pin of the other one, which a test makes sure of.
    for name in {requirements, "requirements.txt" if "-dev" in requirements else requirements}:
        stamp_of(name).write_text(digest(ROOT / name))


def stamp_of(requirements: str) -> Path:
    """The file that keeps the digest of what was installed last from a requirements file."""
    return VENV / f".installed-{Path(requirements).stem}"


def assets_ready() -> bool:
    """Whether node_modules was filled from the lock file as it is now."""
    stamp = ROOT / "node_modules" / ".installed"
    return stamp.exists() and stamp.read_text() == digest(ROOT / "package-lock.json")


def start_npm() -> "subprocess.Popen[bytes] | None":
    """Start fetching the front-end assets beside the other work; None when they are there."""
    if assets_ready():
        return None
    say("Fetching the front-end assets")
    path = f"{os.environ.get('PATH', '')}{os.pathsep}{VENV / 'bin'}"
    npm = shutil.which("npm", path=path)
    if npm is None:
        raise SetupFailed("npm is missing in .venv although it was installed; remove .venv and start again.")
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=2"]
    command += ["--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000"]
    with (LOGS / "assets.log").open("wb") as log:
        return subprocess.Popen(  # noqa: S603
            command,
            cwd=ROOT,
            env={**os.environ, "PATH": path},
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
        )


def finish_npm(fetching: "subprocess.Popen[bytes] | None") -> None:
    """Wait for the assets and stamp them. There is no other style sheet: a failure ends the set-up."""
    if fetching is None:
        return
    if fetching.wait():
        raise SetupFailed(why("assets", "The front-end assets could not be fetched", "npm registry"))
    (ROOT / "node_modules" / ".installed").write_text(digest(ROOT / "package-lock.json"))


def write_env(path: Path) -> None:
    """Write the demo's `.env`, readable by its owner only, unless there is one."""
    key = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
    lines = [
        "# Written once by make demo. Explained in .env.example. Never commit it.",
        "RECOURSE_DEMO=true",
        f"SECRET_KEY={secrets.token_urlsafe(50)}",
        f"FIELD_KEYS={key}",
        f"DEMO_PASSWORD=demo-{secrets.token_hex(5)}",
    ]
    with contextlib.suppress(FileExistsError):
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write("\n".join(lines) + "\n")


def run(name: str, command: list[str]) -> int:
    """Run a program with its output in var/setup/NAME.log. Returns: its exit code."""
    with (LOGS / f"{name}.log").open("wb") as log:
        done = subprocess.run(command, cwd=ROOT, stdout=log, stderr=log, stdin=subprocess.DEVNULL)  # noqa: S603
    return done.returncode


def why(name: str, what: str, source: str) -> str:
    """One sentence for a failed download: unreachable source or another reason, and where the log is."""
    text = (LOGS / f"{name}.log").read_text(errors="replace").lower()
    if any(sign in text for sign in UNREACHABLE):
        what = f"{what}: the {source} could not be reached"
    return f"{what}. The log is {log_name(name)}."


def log_name(name: str) -> str:
    """Path of a log as seen from the clone."""
    return str((LOGS / f"{name}.log").relative_to(ROOT))


def say(text: str) -> None:
    """Tell what is going on, at once."""
    print(f"{text} …", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
