"""The product's source files as the rules see them: where each lies, what kind it is, its syntax tree."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[2]
ROOMS = (
    "boards",
    "audit",
    "access",
    "files",
    "directory",
    "notices",
    "cases",
    "evidence",
    "hearings",
    "bundle",
    "web",
)
# Files of one room in the order in which they may import each other. A `plain` file has a name of its own
# (numbering, storage, gate): it may know the models, and the queries may know it.
KINDS = ("pure", "models", "plain", "queries", "actions", "tasks")
NAMED_KINDS = ("models", "queries", "actions", "tasks")
PURE_NAMES = {
    "rules",
    "states",
    "workflow",
    "policy",
    "plan",
    "votes",
    "verify",
    "deadlines",
    "canonical",
    "render",
    "merge",
    "stamp",
    "index",
    "seal",
}
DOOR_FOLDERS = {"web", "management", "templatetags"}


@dataclass(frozen=True)
class Source:
    """One Python file: its path below the root with forward slashes, and its text."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax tree."""
        return ast.parse(self.text, self.path)

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """All of it, node by node."""
        return tuple(ast.walk(self.tree))

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts of its path, the last without `.py`."""
        return PurePosixPath(self.path).with_suffix("").parts

    @property
    def stem(self) -> str:
        """Its name without `.py`."""
        return self.parts[-1]

    @property
    def room(self) -> str:
        """The room it lies in: `web` for commands and template tags too, empty for files above all rooms."""
        return room_of(self.parts)

    @property
    def is_door(self) -> bool:
        """Whether it is a door: web, a command or a template tag."""
        return self.parts[0] == "tracker" and len(self.parts) > 2 and self.parts[1] in DOOR_FOLDERS

    @property
    def kind(self) -> str:
        """Its kind within its room, one of KINDS."""
        return kind_of(self.parts)

    @property
    def is_pure(self) -> bool:
        """Whether it is one of the files that decide without looking anything up."""
        return self.kind == "pure" and not self.is_door and bool(self.room)

    def imports(self) -> Iterator[tuple[str, int]]:
        """Every imported name in full, with its line: `from a import b` gives `a.b`."""
        for node in self.nodes:
            if isinstance(node, ast.Import):
                for alias in node.names:
                    yield alias.name, node.lineno
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                for alias in node.names:
                    yield f"{node.module}.{alias.name}", node.lineno

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """Every function and method."""
        for node in self.nodes:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node

    def public_functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """The functions other files may call."""
        for node in self.tree.body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
                yield node


def room_of(parts: tuple[str, ...]) -> str:
    """The room of a module, given the parts of its dotted name; empty when it belongs to none."""
    if parts[0] == "boards":
        return "boards"
    if parts[0] != "tracker" or len(parts) < 2:
        return ""
    if parts[1] in DOOR_FOLDERS:
        return "web"
    return parts[1] if parts[1] in ROOMS else ""


def kind_of(parts: tuple[str, ...]) -> str:
    """The kind of a module within its room, by its own name or that of its folder."""
    for name in parts[2:] if parts[0] == "tracker" else parts[1:]:
        if name in NAMED_KINDS:
            return name
    return "pure" if parts[-1] in PURE_NAMES else "plain"


def product() -> list[Source]:
    """Every Python file of the product, without migrations."""
    paths = [path for app in ("boards", "tracker") for path in sorted((ROOT / app).rglob("*.py"))]
    return [
        Source(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))
        for path in paths
        if "migrations" not in path.parts
    ]


def suite() -> list[Source]:
    """Every Python file of the tests."""
    return [
        Source(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))
        for path in sorted((ROOT / "tests").rglob("*.py"))
    ]
