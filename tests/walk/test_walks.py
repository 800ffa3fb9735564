"""A state machine drives cases of every hosted board; the long run is `make walk`. Faults found once are kept."""

import threading

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.walk import checks
from tests.walk.goals import Goal
from tests.walk.tally import Tally
from tests.walk.walker import Walk, case_of
from tests.walk.world import World, build
from tracker.cases.models import Case

SEEDS = st.integers(0, 2**32 - 1)


@pytest.fixture
def world(db: None) -> World:
    return build()


def machine_of(world: World, slug: str) -> type[RuleBasedStateMachine]:
    """A machine that walks a case of one board. Each example is a transaction of its own that leaves nothing."""

    class Cases(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.tally = Tally()
            self.example = transaction.atomic()
            self.example.__enter__()

        @initialize(seed=SEEDS)
        def file(self, seed: int) -> None:
            self.walk = Walk(world, seed, self.tally, slug)

        @rule(dice=SEEDS)
        def go_on(self, dice: int) -> None:
            """Seven turns, so that a case gets far within an example."""
            self.walk.dice.seed(dice)
            for _turn in range(7):
                self.walk.turn()

        @rule(dice=SEEDS)
        def try_what_is_shut(self, dice: int) -> None:
            self.walk.dice.seed(dice)
            self.walk.turn(shut=True)

        @invariant()
        def everything_holds(self) -> None:
            for pk in self.walk.dockets:
                checks.quick(case_of(pk))

        def teardown(self) -> None:
            if hasattr(self, "walk"):
                self.walk.check_thoroughly()
            transaction.set_rollback(True)
            self.example.__exit__(None, None, None)

    return Cases


def test_no_sequence_of_steps_reaches_a_state_the_law_does_not_know(world: World) -> None:
    """At every hosted board. The first example of each is the simplest there is, and goes nowhere."""
    assert len(world.offices) >= 6
    for slug in sorted(world.offices):
        run_state_machine_as_test(
            machine_of(world, slug),
            settings=settings(
                max_examples=2,
                stateful_step_count=4,
                deadline=None,
                phases=(Phase.explicit, Phase.generate),
                suppress_health_check=list(HealthCheck),
            ),
        )


def test_a_walk_from_the_same_seed_and_goal_goes_the_same_way(world: World) -> None:
    told = []
    for _time in range(2):
        with transaction.atomic():
            tally = Tally()
            Walk(world, 3, tally, goal=Goal("accept_case")).go(20)
            told.append(tally.plain())
            transaction.set_rollback(True)
    assert told[0] == told[1]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_several_walkers_at_once_leave_whole_cases() -> None:
    world = build()
    first = Walk(world, 7, Tally())
    first.go(25)
    walkers = [Walk(world, seed, Tally(), with_others=first) for seed in (11, 12, 13)]
    faults: list[Exception] = []

    def go(walk: Walk) -> None:
        try:
            walk.go(40)
        except Exception as fault:  # noqa: BLE001 - told by the test below
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=(walk,)) for walk in walkers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []
    for pk in Case.objects.values_list("pk", flat=True):
        checks.quick(case_of(pk))
        checks.thorough(case_of(pk), max(walk.at for walk in walkers))
    assert sum(sum(walk.tally.steps.values()) for walk in walkers) > 10
