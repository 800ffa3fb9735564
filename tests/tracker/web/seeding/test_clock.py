"""The told clock."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tracker.web.seeding.clock import PACE, ToldClock, start_of

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


@given(st.lists(st.sampled_from(sorted(PACE)), min_size=1, max_size=25), st.integers(0, 90))
def test_a_story_moves_forward_and_never_passes_the_present(phases: list[str], rest: int) -> None:
    clock = ToldClock(start_of(phases, rest, NOW), NOW, "seed")
    before = clock.at
    for phase in phases:
        clock.phase(phase)
        assert before < clock.at < NOW
        before = clock.at


def test_phases_end_on_working_days() -> None:
    clock = ToldClock(NOW - timedelta(days=300), NOW, "seed")
    assert all(clock.days(1).weekday() < 5 for _ in range(60))


def test_the_same_story_has_the_same_times() -> None:
    first, second = (ToldClock(NOW - timedelta(days=100), NOW, "key") for _ in range(2))
    assert [first.days(3) for _ in range(5)] == [second.days(3) for _ in range(5)]
