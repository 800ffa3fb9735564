"""What is put back is what was played, and nothing is put back where anything may be different."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from functools import partial
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import override_settings
from django.utils import translation

from tests.factories import rows
from tests.factories.docketed import Docketed
from tests.factories.kept import MEMORY
from tests.factories.office import make_person
from tests.factories.staffed import Staffed, make_staffed

pytestmark = pytest.mark.django_db


class TakenBack(Exception):
    """Ends a transaction without a trace."""


@contextmanager
def another_test(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """An empty database and no state that is known, as each test begins; taken back at the end."""
    MEMORY.begin(patch)
    with suppress(TakenBack), transaction.atomic():
        yield
        raise TakenBack


def is_put_back(act: Callable[[], object]) -> bool:
    """Whether a call is carried out without a statement of the product's own."""
    before = MEMORY.written
    act()
    return MEMORY.written == before


def tell(office: Staffed) -> Docketed:
    """A story that no other test tells."""
    return Docketed(office).file(respondent="Nobody Else")


def files_of(vault: Path) -> dict[str, bytes]:
    """Everything in the vault."""
    return {path.relative_to(vault).as_posix(): path.read_bytes() for path in vault.rglob("*") if path.is_file()}


def test_put_back_is_as_played(vault, monkeypatch):
    seen = []
    for _time in range(2):
        with another_test(monkeypatch):
            office, waiting = make_staffed(), len(connection.run_on_commit)
            story = Docketed(office).file(respondent="Known Here Only").charged()
            left = (story.at, vars(story.case)["version"], [one.pk for one in story.exhibits], story.office is office)
            late = len(connection.run_on_commit) - waiting
            seen.append((rows.read(), files_of(vault), left, late, MEMORY.states))

    assert seen[0] == seen[1]
    assert seen[0][1]
    assert rows.filled() == []


def test_what_goes_on_from_there_is_put_back_too_and_acts_go_on(monkeypatch):
    for time in range(2):
        with another_test(monkeypatch):
            story = Docketed(make_staffed()).reviewed()
            assert is_put_back(story.investigating) or time == 0
            story.do("add_note", story.office.investigator, {"text": "The chain of entries goes on."})
            assert story.case.notes.count() == 2


def _write(_office: Staffed) -> AbstractContextManager[object]:
    make_person()
    return nullcontext()


def _take_back(office: Staffed) -> AbstractContextManager[object]:
    with suppress(TakenBack), transaction.atomic():
        Docketed(office).file()
        raise TakenBack
    return nullcontext()


@pytest.mark.parametrize(
    "change",
    [
        _write,
        _take_back,
        lambda office: override_settings(SITE_URL="https://elsewhere.example"),
        lambda office: translation.override("es"),
    ],
    ids=["a row", "a change taken back", "a setting", "a language"],
)
def test_where_anything_differs_the_story_is_played(change, monkeypatch):
    with another_test(monkeypatch):
        tell(make_staffed())
    with another_test(monkeypatch):
        office = make_staffed()
        assert is_put_back(partial(tell, office))
    with another_test(monkeypatch):
        office = make_staffed()
        with change(office):
            assert not is_put_back(partial(tell, office))


def test_where_the_product_is_patched_the_story_is_played(monkeypatch):
    with another_test(monkeypatch):
        tell(make_staffed())
    monkeypatch.setenv("NOBODY_READS_THIS", "1")
    with another_test(monkeypatch):
        office = make_staffed()
        assert not is_put_back(partial(tell, office))
