"""A clone of the project in a folder of its own, as a new user has it."""

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from tests.conftest import ROOT

BROUGHT = ("Makefile", ".ci", "package.json", "package-lock.json", ".npmrc", "requirements.txt", "requirements-dev.txt")


@pytest.fixture
def bare_clone(tmp_path: Path) -> Path:
    """What the set-up itself needs, and nothing installed."""
    clone = tmp_path / "clone"
    clone.mkdir()
    for name in BROUGHT:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, clone / name)
        else:
            shutil.copy(source, clone / name)
    return clone


@pytest.fixture
def user_environment(tmp_path: Path) -> dict[str, str]:
    """A shell of a user who has set nothing and never installed anything."""
    home = tmp_path / "home"
    home.mkdir()
    return {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8"}


@pytest.fixture
def make(user_environment: dict[str, str]) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run make in a clone: `make(clone, "demo", "PORT=8123", PIP_INDEX_URL=…)`; this Python, unless another is told."""

    def run(clone: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        python = [] if any(word.startswith("PYTHON=") for word in arguments) else [f"PYTHON={sys.executable}"]
        return subprocess.run(
            ["make", "--no-print-directory", *python, *arguments],
            cwd=clone,
            env={**user_environment, **environment},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
            stdin=subprocess.DEVNULL,
        )

    return run


@pytest.fixture(scope="session")
def setup_module() -> ModuleType:
    """`.ci/setup.py` as a module."""
    spec = importlib.util.spec_from_file_location("recourse_setup", ROOT / ".ci" / "setup.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
