"""The rules of the floor plan, each a function from source files to findings, `path:line: what is wrong`."""

import ast
from collections.abc import Callable, Iterator

from tests.architecture.sources import KINDS, ROOMS, Source, kind_of, room_of

Finding = str
Rule = Callable[[list[Source]], Iterator[Finding]]

CLOCKS = {"now", "utcnow", "today", "localtime", "localdate", "time_ns"}
CLOCK_OWNERS = {"timezone", "datetime", "date", "time", "dt"}
WRITES = {"save", "create", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
STAGES = {"render", "merge", "stamp", "index", "seal"}
# The rows of the task library are the worker's own business; no room knows them.
# The worker owns its queue; the demo's evidence saves canvases and pictures, no rows.
DOORS_WITH_ROWS = {"tracker/web/worker.py", "tracker/web/seeding/evidence.py", "tracker/web/seeding/pile.py"}
# The only place that may ask the clock below the doors: when an entry was really made.
CLOCK_READERS = {"tracker/audit/ledger.py"}
# Enumerations with labels; they need no database.
LABELED_VALUES = {"django.db.models.TextChoices", "django.db.models.IntegerChoices"}
MOST_LINES = 400
MOST_FUNCTION_LINES = 60
MOST_POSITIONAL = 4
MOST_COMMAND_LINES = 30


def imports_go_down(sources: list[Source]) -> Iterator[Finding]:
    """A room imports only rooms below it, and never the files above all rooms."""
    for source in sources:
        for name, line in source.imports():
            parts = tuple(name.split("."))
            if parts[0] not in ("boards", "tracker") or not source.room:
                continue
            target = room_of(parts)
            if source.room == "boards" and parts[0] == "tracker":
                yield f"{source.path}:{line}: boards imports {name}"
            elif not target and parts[:2] != ("tracker", "errors") and source.room != "web":
                yield f"{source.path}:{line}: {source.room} imports {name}, which lies above all rooms"
            elif target and ROOMS.index(target) > ROOMS.index(source.room):
                yield f"{source.path}:{line}: {source.room} imports {name} from a higher room"


def kinds_go_down(sources: list[Source]) -> Iterator[Finding]:
    """Within a room: pure files < models < queries < actions < tasks."""
    for source in sources:
        if not source.room or source.is_door:
            continue
        for name, line in source.imports():
            parts = tuple(name.split("."))
            if room_of(parts) != source.room:
                continue
            # Only a module counts, not what is imported from it: cut to the room's own files.
            module = parts[: 3 if parts[0] == "tracker" else 2]
            theirs = kind_of(module)
            if theirs != "plain" and KINDS.index(theirs) > KINDS.index(source.kind):
                yield f"{source.path}:{line}: {source.kind} imports {name}"


def pure_files_are_pure(sources: list[Source]) -> Iterator[Finding]:
    """No database, settings, models or clock where things are decided."""
    for source in sources:
        if not source.is_pure:
            continue
        for name, line in source.imports():
            if name not in LABELED_VALUES and _is_impure(name):
                yield f"{source.path}:{line}: pure file imports {name}"
        for node in source.nodes:
            if isinstance(node, ast.Attribute) and node.attr == "objects":
                yield f"{source.path}:{node.lineno}: pure file reads rows"


def _is_impure(name: str) -> bool:
    ours = name.split(".")[0] in ("boards", "tracker")
    if ours:
        return bool({"models", "queries", "actions"} & set(name.split(".")))
    return name.startswith(("django.db", "django.conf", "django.http", "django.apps"))


def no_clock_below_the_doors(sources: list[Source]) -> Iterator[Finding]:
    """Time is an argument."""
    for source in sources:
        if source.is_door or not source.room or source.path in CLOCK_READERS:
            continue
        for node in source.nodes:
            if isinstance(node, ast.keyword) and node.arg in ("auto_now", "auto_now_add"):
                yield f"{source.path}:{node.value.lineno}: {node.arg}"
            if not isinstance(node, ast.Attribute):
                continue
            owner = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
            if owner in CLOCK_OWNERS and (node.attr in CLOCKS or (owner, node.attr) == ("time", "time")):
                yield f"{source.path}:{node.lineno}: reads the clock ({owner}.{node.attr})"


def doors_do_not_write(sources: list[Source]) -> Iterator[Finding]:
    """A door neither reads nor changes rows itself, writes no ledger line, and makes no bytes of a bundle."""
    for source in sources:
        if not source.is_door or source.path in DOORS_WITH_ROWS:
            continue
        for name, line in source.imports():
            parts = name.split(".")
            if parts[:3] == ["tracker", "audit", "ledger"]:
                yield f"{source.path}:{line}: door imports the ledger"
            if parts[:2] == ["tracker", "bundle"] and STAGES & set(parts[2:3]):
                yield f"{source.path}:{line}: door imports the bundle stage {parts[2]}"
        for node in source.nodes:
            # A model may be named as a type or for its choices; its rows are read by queries.
            if isinstance(node, ast.Attribute) and node.attr == "objects" and "admin" not in source.parts:
                yield f"{source.path}:{node.lineno}: door reads rows itself ({ast.unparse(node)})"
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _writes(node.func):
                yield f"{source.path}:{node.lineno}: door writes (.{node.func.attr})"


def _writes(call: ast.Attribute) -> bool:
    if call.attr in WRITES:
        return True
    # A dictionary has .update too, so only that of a query counts.
    chain = ast.unparse(call.value)
    return call.attr == "update" and (".objects" in chain or ".filter(" in chain or ".all()" in chain)


def only_web_speaks_http(sources: list[Source]) -> Iterator[Finding]:
    """Nothing below a door knows requests and responses."""
    for source in sources:
        if source.is_door or not source.room:
            continue
        for name, line in source.imports():
            if name.startswith(("django.http", "django.shortcuts", "django.contrib.messages", "django.forms")):
                yield f"{source.path}:{line}: imports {name}"


def actions_name_their_actor(sources: list[Source]) -> Iterator[Finding]:
    """Every act takes `actor` and `at` by keyword, and has a docstring.

    An act is a public function of an actions file that opens the transaction; the others there are parts of acts.
    """
    for source in sources:
        if source.is_door or source.kind != "actions":
            continue
        for function in source.public_functions():
            if not _opens_transaction(function):
                continue
            keywords = {argument.arg for argument in function.args.kwonlyargs}
            where = f"{source.path}:{function.lineno}: {function.name}"
            for name in ("actor", "at"):
                if name not in keywords:
                    yield f"{where} has no keyword-only {name}"
            if not ast.get_docstring(function):
                yield f"{where} has no docstring"


def _opens_transaction(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(ast.unparse(decorator).startswith("transaction.atomic") for decorator in function.decorator_list)


def public_functions_are_explained(sources: list[Source]) -> Iterator[Finding]:
    """Each room has a package docstring, each file one, and each public function below the doors."""
    for source in sources:
        if source.room and not ast.get_docstring(source.tree) and source.text.strip():
            yield f"{source.path}:1: no docstring"
        is_room = source.stem == "__init__" and len(source.parts) == 3 and source.parts[1] in ROOMS
        if is_room and not ast.get_docstring(source.tree):
            yield f"{source.path}:1: the room has no package docstring"
        if source.is_door:
            continue
        for function in source.public_functions():
            if not ast.get_docstring(function):
                yield f"{source.path}:{function.lineno}: {function.name} has no docstring"


def sizes_are_kept(sources: list[Source]) -> Iterator[Finding]:
    """Files and functions stay small enough to be read at once."""
    for source in sources:
        lines = source.text.count("\n")
        if lines > MOST_LINES:
            yield f"{source.path}:1: {lines} lines"
        if "commands" in source.parts and source.stem != "__init__":
            told = sum(1 for line in source.text.splitlines() if line.strip())
            if told > MOST_COMMAND_LINES:
                yield f"{source.path}:1: a command of {told} lines"
        for function in source.functions():
            length = (function.end_lineno or function.lineno) - function.lineno + 1 - _docstring_lines(function)
            if length > MOST_FUNCTION_LINES:
                yield f"{source.path}:{function.lineno}: {function.name} has {length} lines"


def _docstring_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    # An explanation is no length: what counts is what must be followed.
    first = function.body[0]
    return (first.end_lineno or 0) - first.lineno + 1 if ast.get_docstring(function) else 0


def arguments_are_few(sources: list[Source]) -> Iterator[Finding]:
    """More than four values by position cannot be told apart at the call."""
    for source in sources:
        for function in source.functions():
            positional = [*function.args.posonlyargs, *function.args.args]
            if positional and positional[0].arg in ("self", "cls"):
                positional = positional[1:]
            if len(positional) > MOST_POSITIONAL:
                yield f"{source.path}:{function.lineno}: {function.name} takes {len(positional)} by position"


def no_hidden_effects(sources: list[Source]) -> Iterator[Finding]:
    """No signals (but for the guards, after a migration) and no logic in save()."""
    for source in sources:
        for name, line in source.imports():
            is_signal = name.startswith(("django.dispatch", "django.db.models.signals"))
            if is_signal and source.path != "tracker/apps.py":
                yield f"{source.path}:{line}: imports {name}"
        for function in source.functions():
            if function.name == "save" and source.kind == "models":
                yield f"{source.path}:{function.lineno}: overrides save()"


def names_say_what_they_are(sources: list[Source]) -> Iterator[Finding]:
    """No module is called by what it is not about."""
    for source in sources:
        for name in source.parts:
            if name in ("utils", "util", "helpers", "common", "core", "misc"):
                yield f"{source.path}:1: a module named {name}"


def only_tasks_know_the_task_library(sources: list[Source]) -> Iterator[Finding]:
    """Jobs are declared in tasks.py and run by the worker; nothing else knows how."""
    for source in sources:
        if source.stem == "tasks" or source.path == "tracker/web/worker.py":
            continue
        for name, line in source.imports():
            if name.split(".")[0] in ("django_tasks", "django_tasks_db"):
                yield f"{source.path}:{line}: imports {name}"


RULES: tuple[Rule, ...] = (
    imports_go_down,
    kinds_go_down,
    pure_files_are_pure,
    no_clock_below_the_doors,
    doors_do_not_write,
    only_web_speaks_http,
    actions_name_their_actor,
    public_functions_are_explained,
    sizes_are_kept,
    arguments_are_few,
    no_hidden_effects,
    names_say_what_they_are,
    only_tasks_know_the_task_library,
)
