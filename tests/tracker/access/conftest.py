"""Two boards, and bare cases in the situations the policy tells apart."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count

import pytest

from boards.models import Board
from tests.factories.office import make_board
from tracker.access import gate
from tracker.access.models import Assignment, User
from tracker.audit.actors import Actor
from tracker.cases.models import Case, CaseLink

NOW = datetime(2026, 6, 3, 15, 0, tzinfo=UTC)
TODAY = NOW.date()


@pytest.fixture
def texas(db) -> Board:
    return make_board()


@pytest.fixture
def ohio(db) -> Board:
    return make_board("oh-cswmft", "CSWMFT")


@pytest.fixture
def make_case() -> Callable[..., Case]:
    numbers = count(1)

    def make(board: Board, *, charged: bool = False) -> Case:
        """A row as the acts leave it, so far as the gate looks at it."""
        return Case.objects.create(
            board=board,
            docket=f"{board.short_code}-2026-{next(numbers):05d}",
            status_since=NOW,
            received_at=NOW,
            moved_at=NOW,
            charged_at=NOW if charged else None,
        )

    return make


def assign(case: Case, user: User, capacity: str, *, ended: bool = False) -> Assignment:
    """A place on a case, left again when `ended`."""
    ended_at = NOW if ended else None
    return Assignment.objects.create(
        board=case.board, case=case, user=user, capacity=capacity, assigned_at=NOW, ended_at=ended_at
    )


def link(case: Case, other: Case, kind: str, *, ended: bool = False) -> CaseLink:
    """Two dockets that belong together, or did."""
    row = {"board": case.board, "case": case, "other": other, "kind": kind, "linked_at": NOW}
    return CaseLink.objects.create(**row, ended_at=NOW if ended else None)


@pytest.fixture
def cases(texas, ohio, make_case) -> dict[str, Case]:
    """Cases by situation; in the last three somebody has a place, or left it."""
    return {
        "plain": make_case(texas),
        "charged": make_case(texas, charged=True),
        "elsewhere": make_case(ohio),
        "elsewhere_assigned": make_case(ohio, charged=True),
        "assigned": make_case(texas),
        "charged_assigned": make_case(texas, charged=True),
        "left": make_case(texas),
    }


def reached(person, permission, cases):
    """The situations in which the check says yes, after seeing that the list says the same."""
    actor = Actor.staff(person.pk)
    by_check = {name for name, case in cases.items() if gate.can(actor, permission, case, at=NOW)}
    listed = Case.objects.filter(gate.scope_filter(person.pk, permission, on=TODAY)).values_list("pk", flat=True)
    assert len(listed) == len(set(listed))
    assert {name for name, case in cases.items() if case.pk in set(listed)} == by_check
    return by_check
