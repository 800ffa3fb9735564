"""What no committed file may hold: registries, paths of one machine, inline styles and scripts."""

import json
import os
import re
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

SKIPPED = {".git", ".venv", "node_modules", "var", "staticfiles", "__pycache__", ".npm"}
SKIPPED |= {".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis"}
# Put together here, so that this file does not hold them.
REGISTRIES = [
    "registry." + "npmjs",
    "pypi" + ".org",
    "python" + "hosted",
    "registry." + "yarnpkg",
    "crates" + ".io",
]
MACHINE = [r"(?<![\w.])/" + name + "/" for name in ("work", "opt/pypi", "opt/wheels", "root", "home")]
INLINE = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>|\sstyle=[\"']|\son[a-z]+=[\"']|<style\b", re.IGNORECASE)


@cache
def committed_texts() -> list[tuple[str, str]]:
    """Path and text of every file that is not ignored, not binary."""
    found = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = sorted(set(folders) - SKIPPED)
        for name in sorted(set(names) - SKIPPED - {".env"}):
            path = Path(folder, name)
            if not path.is_file():
                continue
            with suppress(UnicodeDecodeError):
                found.append((path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")))
    return found


def lines_with(pattern: str, texts: list[tuple[str, str]]) -> list[str]:
    """`path:line` of every match."""
    return [
        f"{path}:{number}"
        for path, text in texts
        if re.search(pattern, text)
        for number, line in enumerate(text.splitlines(), start=1)
        if re.search(pattern, line)
    ]


@pytest.mark.parametrize("registry", REGISTRIES)
def test_no_registry_address(registry: str) -> None:
    assert lines_with(re.escape(registry), committed_texts()) == []


@pytest.mark.parametrize("path", MACHINE)
def test_no_machine_path(path: str) -> None:
    assert lines_with(path, committed_texts()) == []


def test_planted_address_and_path_are_found() -> None:
    texts = [("README.md", f"fine\nsee https://{REGISTRIES[0]}.example\ncd /{'work'}/main\n")]

    assert lines_with(re.escape(REGISTRIES[0]), texts) == ["README.md:2"]
    assert lines_with(MACHINE[0], texts) == ["README.md:3"]


def test_lock_of_assets_holds_digests_and_no_addresses() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    fetched = {name: entry for name, entry in packages.items() if name}

    assert "node_modules/@uswds/uswds" in fetched
    assert [name for name, entry in fetched.items() if "resolved" in entry] == []
    assert [name for name, entry in fetched.items() if not entry.get("integrity")] == []


def test_assets_are_pinned_exactly() -> None:
    wanted = json.loads((ROOT / "package.json").read_text())["dependencies"]

    assert [name for name, version in wanted.items() if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt", ".ci/requirements-node.txt"])
def test_python_locks_hold_digests_and_no_addresses(name: str) -> None:
    text = (ROOT / name).read_text()
    blocks = [block for block in re.split(r"\n(?=[a-z0-9])", text) if re.match(r"[a-z0-9][\w.-]*==", block)]

    assert blocks
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []
    assert "--index-url" not in text
    assert "://" not in re.sub(r"(?m)^#.*$", "", text)


def test_both_python_locks_pin_the_same_versions() -> None:
    # `make test` after `make demo`, and the other way round, must not swap versions in one environment.
    pins = [
        dict(re.findall(r"(?m)^([a-z0-9][\w.-]*)==(\S+)", (ROOT / name).read_text()))
        for name in ("requirements.txt", "requirements-dev.txt")
    ]

    assert pins[0].items() <= pins[1].items()


def templates() -> list[Path]:
    """Every page and letter template."""
    return sorted((ROOT / "templates").rglob("*.html"))


def test_templates_hold_no_inline_style_or_script() -> None:
    found = {str(path.relative_to(ROOT)): INLINE.findall(path.read_text()) for path in templates()}

    assert {path: hits for path, hits in found.items() if hits} == {}


@pytest.mark.parametrize("fault", ['<p style="color:red">', "<script>run()</script>", '<a onclick="go()">', "<style>"])
def test_planted_inline_code_is_found(fault: str) -> None:
    assert INLINE.search(fault)


def test_external_script_is_no_inline_code() -> None:
    assert not INLINE.search('<script src="{% static "uswds/js/uswds-init.min.js" %}"></script>')
