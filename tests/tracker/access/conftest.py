"""Two boards, and bare cases in the situations the policy tells apart."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count

import pytest

from boards.models import Board
from tests.factories.office import make_board
from tracker.access.models import Assignment, User
from tracker.cases.models import Case

NOW = datetime(2026, 6, 3, 15, 0, tzinfo=UTC)


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
