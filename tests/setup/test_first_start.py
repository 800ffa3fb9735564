"""What a new user meets when the machine is not ready: one clear sentence and a non-zero code."""

import os
import socket
import stat
import subprocess
import sys

import pytest

NOWHERE = "http://127.0.0.1:9"


def sentences(answer):
    """What was said on standard error, without the line make adds."""
    return [line for line in answer.stderr.splitlines() if not line.startswith("make")]


@pytest.fixture
def listener():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


@pytest.fixture
def offline():
    """An index that cannot be reached, whatever this machine is configured to use."""
    return {
        "PIP_INDEX_URL": NOWHERE,
        "PIP_CONFIG_FILE": os.devnull,
        "npm_config_registry": NOWHERE,
        "npm_config_userconfig": os.devnull,
        "UV_INDEX_URL": NOWHERE,
        "UV_DEFAULT_INDEX": NOWHERE,
        "UV_NO_CONFIG": "1",
    }


def test_a_port_in_use(bare_clone, make, listener):
    answer = make(bare_clone, "demo", f"PORT={listener}")

    assert answer.returncode != 0
    assert sentences(answer) == [
        f"Port {listener} is already in use. Stop the program that uses it, or choose another port: make demo PORT=8123"
    ]
    assert not (bare_clone / ".venv").exists()


@pytest.mark.parametrize("port", ["eighty", "0", "65536", "-1", "80 80"])
def test_a_port_that_is_none(bare_clone, make, port):
    answer = make(bare_clone, "demo", f"PORT={port}")

    assert answer.returncode != 0
    assert sentences(answer)[-1].startswith("PORT must be a number from 1 to 65535") or "--port" in answer.stderr


@pytest.mark.parametrize("target", ["demo", "test"])
def test_a_python_too_old(bare_clone, make, tmp_path, target):
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\necho 3.9\n")
    old.chmod(0o755)

    answer = make(bare_clone, target, f"PYTHON={old}")

    assert answer.returncode != 0
    assert sentences(answer) == [
        f"Recourse needs Python 3.11 or newer, and {old} is 3.9. Choose another one: make PYTHON=python3.12"
    ]


def test_no_python_at_all(bare_clone, make):
    answer = make(bare_clone, "demo", "PYTHON=/nonexistent/python3")

    assert answer.returncode != 0
    assert "could not be run" in sentences(answer)[-1]


@pytest.mark.parametrize("target", ["demo", "test"])
def test_an_index_out_of_reach(bare_clone, make, offline, free_port, target):
    answer = make(bare_clone, target, f"PORT={free_port()}", **offline)

    assert answer.returncode != 0
    assert sentences(answer) == [
        "The Python packages could not be installed: the package index could not be reached. "
        "The log is var/setup/packages.log."
    ]
    assert (bare_clone / "var" / "setup" / "packages.log").stat().st_size > 0


def test_assets_out_of_reach(bare_clone, make, offline, free_port):
    # The packages are taken as installed, so that the set-up comes to the assets.
    subprocess.run([sys.executable, "-m", "venv", str(bare_clone / ".venv")], check=True)
    code = (
        "import importlib.util as u; s = u.spec_from_file_location('setup', '.ci/setup.py');"
        "m = u.module_from_spec(s); s.loader.exec_module(m);"
        "[m.stamp_of(n).write_text(m.digest(m.ROOT / n)) for n in ('requirements.txt', '.ci/requirements-node.txt')]"
    )
    subprocess.run([sys.executable, "-c", code], cwd=bare_clone, check=True)

    answer = make(bare_clone, "demo", f"PORT={free_port()}", **offline)

    assert answer.returncode != 0
    assert "npm" in sentences(answer)[-1]
    assert len(sentences(answer)) == 1
    assert not (bare_clone / ".env").exists()


def test_env_is_written_once_and_for_its_owner_only(setup_module, tmp_path):
    place = tmp_path / ".env"

    setup_module.write_env(place)
    first = place.read_text()
    setup_module.write_env(place)

    assert place.read_text() == first
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    names = [line.split("=")[0] for line in first.splitlines() if not line.startswith("#")]
    assert names == ["RECOURSE_DEMO", "SECRET_KEY", "FIELD_KEYS", "DEMO_PASSWORD"]


def test_secrets_differ_from_clone_to_clone(setup_module, tmp_path):
    setup_module.write_env(tmp_path / "one")
    setup_module.write_env(tmp_path / "two")

    assert (tmp_path / "one").read_text() != (tmp_path / "two").read_text()


def test_what_is_installed_is_told_by_content(setup_module, tmp_path):
    lock = tmp_path / "lock"
    lock.write_text("a==1")
    before = setup_module.digest(lock)
    lock.touch()

    assert setup_module.digest(lock) == before

    lock.write_text("a==2")

    assert setup_module.digest(lock) != before


def test_a_failure_of_another_kind_is_not_blamed_on_the_network(setup_module, monkeypatch, tmp_path):
    monkeypatch.setattr(setup_module, "ROOT", tmp_path)
    monkeypatch.setattr(setup_module, "LOGS", tmp_path)
    (tmp_path / "packages.log").write_text("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE")

    told = setup_module.why("packages", "The Python packages could not be installed", "package index")

    assert told == "The Python packages could not be installed. The log is packages.log."
