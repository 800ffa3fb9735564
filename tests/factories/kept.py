"""What a story has played once is put back row by row the next time it is asked for, in the same process.

To play a case to its hearing takes seconds, to write its rows again milliseconds. A call is put back only if nothing
can be different: it starts from a state of the database that calls of this kind alone have led to from an empty one,
by the same call, under the same settings, inside a transaction that is taken back after the test. In every other case
the story is played. Ids and times are those of the first time. What a test itself does is never kept: only the ways
to where it begins are marked `@kept`.
"""

import functools
import pickle
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import UserSettingsHolder, settings
from django.db import connection
from django.db.models import Model
from django.utils import timezone, translation

from tests.factories import rows

PLAIN = (str, bytes, int, float, bool, type(None), date, datetime, UUID, Enum)
READING = ("SELECT", "SAVEPOINT", "RELEASE SAVEPOINT")
EMPTY, LOST = 0, -1


class Untold(Exception):
    """A value that cannot be part of what a call is known by."""


@dataclass(frozen=True)
class Played:
    """What one call did: to the rows, to the vault, to what waits for the commit; and what it left and answered."""

    state: int
    script: list[tuple[str, list[rows.Row]]]
    files: dict[str, bytes]
    waiting: list[Any]
    left: bytes


class Memory:
    """All that was played in this process, and where the database of the running test stands."""

    def __init__(self) -> None:
        self.played: dict[Any, Played] = {}
        self.states = 0
        self.written = 0
        self._patch: Any = None
        self._state: int | None = None
        self._seen = 0

    def begin(self, patch: Any) -> None:
        """A test begins; by `patch`, a `pytest.MonkeyPatch`, it may change how the product works."""
        self._patch, self._state = patch, None
        if self.count not in connection.execute_wrappers:
            connection.execute_wrappers.append(self.count)

    def count(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        """See every statement that may change a row, or take a change back."""
        if not isinstance(sql, str) or not sql.startswith(READING):
            self.written += 1
        return execute(sql, params, many, context)

    def state(self) -> int:
        """Where the database stands, or `LOST`."""
        blocks = connection.atomic_blocks
        if self._patch is None or not blocks or not blocks[0]._from_testcase or self._is_patched():
            return LOST
        if self._state is None:
            self.stands(LOST if rows.filled() else EMPTY)
        if self._seen != self.written:
            self._state = LOST
        return self._state

    def _is_patched(self) -> bool:
        # One name is patched in every test, by the plugin for Django.
        names = {name for _target, name, _value in self._patch._setattr}
        return bool(names - {"DNS_NAME"} or self._patch._setitem)

    def stands(self, state: int) -> None:
        """The database stands there now."""
        self._state, self._seen = state, self.written


MEMORY = Memory()


def kept(act: Callable[..., Any]) -> Callable[..., Any]:
    """Put back what this method or function did the last time, if nothing is different; else let it play."""

    @functools.wraps(act)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        state = MEMORY.state()
        if state == LOST:
            return act(*args, **kwargs)
        owner = args[0] if args and not isinstance(args[0], (*PLAIN, Model)) else None
        try:
            key = (state, act.__module__, act.__qualname__, _told(list(args)), _told(kwargs), _surroundings())
        except Untold:
            return act(*args, **kwargs)
        if key in MEMORY.played:
            return _put_back(MEMORY.played[key], owner)
        before, files, waiting = rows.read(), _files(), len(connection.run_on_commit)
        answer = act(*args, **kwargs)
        _keep(key, before, files, waiting, owner, answer)
        return answer

    return wrapped


def _keep(key: Any, before: rows.State, files: dict[str, bytes], waiting: int, owner: Any, answer: Any) -> None:
    script = rows.script(rows.difference(before, rows.read()))
    added = {name: content for name, content in _files().items() if name not in files}
    late = [(func, robust) for _ids, func, robust in connection.run_on_commit[waiting:]]
    MEMORY.states += 1
    itself = answer is owner and owner is not None
    mine = {} if owner is None or is_frozen(owner) else _changing(owner)
    left = pickle.dumps((mine, itself, None if itself else answer))
    MEMORY.played[key] = Played(MEMORY.states, script, added, late, left)
    MEMORY.stands(MEMORY.states)


def _put_back(played: Played, owner: Any) -> Any:
    rows.carry_out(played.script)
    folder = Path(settings.STORAGES["vault"]["OPTIONS"]["location"])
    for name, content in played.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    connection.run_on_commit += [(set(connection.savepoint_ids), func, robust) for func, robust in played.waiting]
    MEMORY.stands(played.state)
    mine, itself, answer = pickle.loads(played.left)  # noqa: S301 - our own, of a moment ago
    for name, value in mine.items():
        old = vars(owner).get(name)
        if isinstance(old, Model) and isinstance(value, Model) and old.pk == value.pk:
            # Who holds the row of before sees it as a story leaves it.
            vars(old).update(vars(value))
        else:
            setattr(owner, name, value)
    return owner if itself else answer


def is_frozen(owner: Any) -> bool:
    """Whether a call can leave nothing in it."""
    return is_dataclass(owner) and owner.__dataclass_params__.frozen


def _changing(owner: Any) -> dict[str, Any]:
    return {name: value for name, value in vars(owner).items() if not is_frozen(value)}


def _told(value: Any) -> Any:
    """What a value is known by. Raises: Untold."""
    if isinstance(value, PLAIN):
        return (_class(value), value)
    if isinstance(value, Model):
        return (value._meta.label, value.pk)
    if isinstance(value, list | tuple):
        return tuple(map(_told, value))
    if isinstance(value, dict):
        return tuple((name, _told(one)) for name, one in value.items())
    if is_dataclass(value) and not isinstance(value, type):
        return (_class(value), *(_told(getattr(value, one.name)) for one in fields(value)))
    if type(value).__module__.startswith("tests.factories."):
        return (_class(value), _told(vars(value)))
    raise Untold(type(value))


def _class(value: Any) -> str:
    return f"{type(value).__module__}.{type(value).__qualname__}"


def _surroundings() -> Any:
    """The settings that differ from the run's, except for where this test's files lie; language and time zone."""
    changed, holder = {}, settings._wrapped
    while isinstance(holder, UserSettingsHolder):
        if holder._deleted:
            raise Untold(holder)
        changed = {name: value for name, value in vars(holder).items() if name.isupper()} | changed
        holder = holder.default_settings
    changed.pop("ANCHOR_FILE", None)
    vault = settings.STORAGES["vault"]
    if set(vault["OPTIONS"]) != {"location"}:
        raise Untold(vault)
    changed["STORAGES"] = {**settings.STORAGES, "vault": vault["BACKEND"]}
    told = tuple(sorted((name, repr(value)) for name, value in changed.items()))
    return (told, translation.get_language(), timezone.get_current_timezone_name())


def _files() -> dict[str, bytes]:
    folder = Path(settings.STORAGES["vault"]["OPTIONS"]["location"])
    found = {}
    for path in folder.rglob("*"):
        with suppress(IsADirectoryError):
            found[path.relative_to(folder).as_posix()] = path.read_bytes()
    return found
