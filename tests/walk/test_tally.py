"""That a long walk is only green when nothing is missing: each thing that no walk reached is named, and fails it."""

from collections.abc import Callable

import pytest

from tests.walk.__main__ import told
from tests.walk.roads import CHOOSES, wanted_moves
from tests.walk.tally import BESIDE, ENOUGH, Tally, endings, missing
from tracker.cases.states import Status
from tracker.cases.workflow import MOVES, STEPS

WANTED = wanted_moves()


def full() -> Tally:
    """Everything reached once."""
    tally = Tally()
    tally.steps.update(key for key, row in STEPS.items() if row.sources)
    tally.moves.update(WANTED)
    tally.statuses.update(map(str, Status))
    tally.endings.update(endings())
    tally.beside.update(BESIDE)
    return tally


def outcome(tally: Tally, *, failed: bool = False) -> int:
    """The exit code of a run whose one process reached this."""
    found = [{"reached": tally.plain(), "wanted": [list(move) for move in WANTED]}]
    return told(found, 10, 1.0, failed=failed)


def test_nothing_is_missing_where_everything_was_reached(capsys: pytest.CaptureFixture[str]) -> None:
    assert missing(full(), WANTED) == []
    assert outcome(full()) == 0
    said = capsys.readouterr().out
    assert f"moves {len(WANTED)} of {len(WANTED)}" in said
    assert "missing" not in said


@pytest.mark.parametrize(
    ("take_away", "named"),
    [
        (lambda t: t.steps.pop("log_ex_parte"), "step log_ex_parte"),
        (lambda t: t.moves.pop(("remand", "board_review", "prehearing")), "move remand board_review prehearing"),
        (lambda t: t.statuses.pop("continued"), "status continued"),
        (lambda t: t.endings.pop("REVOCATION"), "ending REVOCATION"),
        (lambda t: t.beside.pop(BESIDE[0]), f"beside: {BESIDE[0]}"),
        (
            lambda t: (t.steps.pop("seal_case"), t.tried.update({"seal_case": ENOUGH})),
            f"seal_case: open {ENOUGH} times and never done",
        ),
    ],
)
def test_what_is_missing_is_named_and_fails(
    take_away: Callable[[Tally], object], named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    tally = full()
    take_away(tally)
    assert outcome(tally) == 1
    assert named in capsys.readouterr().out.splitlines()[-1]


def test_a_failed_check_fails_though_everything_was_reached() -> None:
    assert outcome(full(), failed=True) == 1


def test_every_choice_of_a_move_is_wanted() -> None:
    assert set(CHOOSES) == {key for key, row in MOVES.items() if row.target is None}
    assert {target for key, _source, target in WANTED if key == "reopen"} == set(CHOOSES["reopen"])
