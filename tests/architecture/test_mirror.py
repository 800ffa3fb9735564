"""Tests mirror code: every file with something to run has a test file of its name, and none is left over."""

from collections.abc import Iterable
from pathlib import PurePosixPath

from tests.architecture.sources import ROOT, Source, product

# Tables of addresses and classes that only show rows are run by the tests of the pages.
WITHOUT_TESTS_OF_THEIR_OWN = {"__init__", "apps", "urls", "wsgi", "admin", "settings"}


def has_something_to_run(source: Source) -> bool:
    """Whether a file has a public function, or a class with a public method."""
    return any(not function.name.startswith("_") for function in source.functions())


def missing_tests(sources: Iterable[Source], test_paths: set[str]) -> list[str]:
    """The code files without a test: `tests/<folder>/test_<file>.py`, or further up for a subfolder."""
    found = []
    for source in sources:
        if source.stem in WITHOUT_TESTS_OF_THEIR_OWN or not has_something_to_run(source):
            continue
        if not candidates(source.path) & test_paths:
            found.append(source.path)
    return found


def leftover_tests(code_paths: set[str], test_paths: set[str]) -> list[str]:
    """The test files below tests/boards and tests/tracker that mirror no code file."""
    mirrored = {path for code in code_paths for path in candidates(code)}
    return sorted(test_paths - mirrored)


def candidates(path: str) -> set[str]:
    """Where the test of a code file may lie: beside its place in the tree, or up to its room's folder.

    A subfolder may be part of the name (`cases/models/case.py` → `cases/test_models_case.py`), and the parts of one
    whole may share its test: `bundle/render_cover.py` → `bundle/test_render.py`, `web/desk/rows.py` →
    `web/test_desk.py`.
    """
    place = PurePosixPath(path)
    folder, stem = place.parent, place.stem
    if stem == "__init__":
        folder, stem = folder.parent, folder.name
    names = {stem, stem.partition("_")[0]}
    found = {f"tests/{folder}/test_{name}.py" for name in names}
    while len(folder.parts) > 2:
        names |= {folder.name, f"{folder.name}_{stem}"}
        folder = folder.parent
        found |= {f"tests/{folder}/test_{name}.py" for name in names}
    return found


def all_tests() -> set[str]:
    """The test files that mirror code."""
    folders = [ROOT / "tests" / "boards", ROOT / "tests" / "tracker"]
    return {path.relative_to(ROOT).as_posix() for folder in folders for path in folder.rglob("test_*.py")}


def test_every_file_has_its_test() -> None:
    found = missing_tests(product(), all_tests())

    assert not found, "\n".join(found)


def test_every_test_has_its_file() -> None:
    assert leftover_tests({source.path for source in product()}, all_tests()) == []


def test_a_missing_test_is_found() -> None:
    code = Source("tracker/cases/actions/intake.py", "def begin_review(pk):\n    return pk\n")

    assert missing_tests([code], {"tests/tracker/cases/test_closing.py"}) == [code.path]
    assert missing_tests([code], {"tests/tracker/cases/actions/test_intake.py"}) == []
    assert missing_tests([code], {"tests/tracker/cases/test_intake.py"}) == []


def test_a_leftover_test_is_found() -> None:
    left = {"tests/tracker/cases/test_gone.py", "tests/boards/test_rules.py"}

    assert leftover_tests({"boards/rules.py"}, left) == ["tests/tracker/cases/test_gone.py"]
