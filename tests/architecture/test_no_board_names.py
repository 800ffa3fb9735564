"""No code names a board: what a hosted board does otherwise stands in its rows, so that rows alone decide."""

import ast
import csv
import json
import re
from collections.abc import Iterator

import pytest

from tests.architecture.sources import ROOT, Source, product

DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
COMMENTS = re.compile(r"{#.*?#}|{% comment .*?{% endcomment %}|/\*.*?\*/|^\s*//[^\n]*", re.DOTALL | re.MULTILINE)


def board_words() -> list[str]:
    """Slug, short code and name of every hosted board, and the name of its state."""
    hosted = json.loads((ROOT / "fixtures" / "hosted.json").read_text())
    with (ROOT / "fixtures" / "jurisdictions.csv").open(newline="") as lines:
        states = {row["code"]: row["name"] for row in csv.DictReader(lines)}
    found = [row[part] for row in hosted for part in ("slug", "short_code", "name")]
    return [*found, *(states[row["jurisdiction"]] for row in hosted)]


def pattern_of(words: list[str]) -> re.Pattern[str]:
    """Any of the words, whole, in any case, with hyphens, underscores or spaces between their parts."""
    parts = ("[-_ ]".join(map(re.escape, re.split(r"[-_ ]", word))) for word in words)
    return re.compile(rf"(?<![a-z0-9])(?:{'|'.join(parts)})(?![a-z0-9])", re.IGNORECASE)


def spoken(source: Source) -> Iterator[tuple[str, int]]:
    """Every string literal and identifier of a file with its line; no docstrings, no comments."""
    docstrings = {
        id(node.body[0].value)
        for node in source.nodes
        if isinstance(node, DOCUMENTED) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in source.nodes:
        line = getattr(node, "lineno", 0)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value, line
        for name in ("id", "attr", "arg", "name", "asname"):
            if isinstance(getattr(node, name, None), str):
                yield getattr(node, name), line


def named_in(source: Source, pattern: re.Pattern[str]) -> list[str]:
    """`path:line word` of every literal and identifier that names a board."""
    hits = ((pattern.search(text), line) for text, line in spoken(source))
    return [f"{source.path}:{line} {hit.group()}" for hit, line in hits if hit]


def test_no_python_file_names_a_hosted_board() -> None:
    pattern = pattern_of(board_words())

    assert [hit for source in product() for hit in named_in(source, pattern)] == []


def test_no_template_or_script_names_a_hosted_board() -> None:
    pattern = pattern_of(board_words())
    pages = sorted(path for path in (ROOT / "templates").rglob("*") if path.is_file())
    scripts = sorted((ROOT / "tracker" / "static").rglob("*.js"))
    texts = {path: COMMENTS.sub("", path.read_text(encoding="utf-8")) for path in (*pages, *scripts)}

    assert {
        str(path.relative_to(ROOT)): hit.group() for path, text in texts.items() if (hit := pattern.search(text))
    } == {}


@pytest.mark.parametrize(
    "fault",
    [
        'SLUG = "tx-bhec"',
        "texas_days = 3",
        'text = f"Such as BHEC-{year}"',
        "if board.is_tx_bhec: pass",
        'def f(ohio="x"): pass',
    ],
)
def test_a_planted_name_is_found(fault: str) -> None:
    assert named_in(Source("tracker/planted.py", fault), pattern_of(board_words())) != []


@pytest.mark.parametrize("fine", ['"""As in Texas."""', "x = 1  # California asks for it", 'word = "Ohioan"'])
def test_docstrings_comments_and_longer_words_are_left_alone(fine: str) -> None:
    assert named_in(Source("tracker/planted.py", fine), pattern_of(board_words())) == []
