"""The pulse: at most one sign of life a second, each stage told at once, steps counted."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.tracker.bundle import samples
from tests.tracker.bundle.conftest import AT
from tracker.bundle.actions.pulse import EVERY, Pulse
from tracker.bundle.plan import Limits


class Told:
    """A clock that stands still until it is moved, and the signs of life."""

    def __init__(self):
        self.at = AT
        self.beats = []

    def clock(self):
        return self.at

    def beat(self, **seen):
        self.beats.append((seen["stage"], seen["detail"], seen["done"], seen["steps"]))

    def later(self, by=EVERY):
        self.at += by


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    return samples.whole_plan(tmp_path_factory.mktemp("pulse"))


@pytest.fixture
def told():
    return Told()


def test_a_stage_is_told_at_once_and_its_steps_once_a_second(plan, told):
    pulse = Pulse(plan, told.beat, told.clock)
    count = len(plan.exhibits)
    pulse("render", "")
    pulse("assemble", "E-1")
    pulse("assemble", "E-2")
    told.later(EVERY - timedelta(milliseconds=1))
    pulse("assemble", "E-3")
    told.later(timedelta(milliseconds=1))
    pulse("assemble", "E-4")

    assert told.beats == [("render", "", 0, 0), ("assemble", "E-1", 0, count), ("assemble", "E-4", 3, count)]


def test_volumes_verified_by_turns_look_like_one_stage(plan, told):
    split = replace(plan, limits=Limits(sheets=8))
    pulse = Pulse(split, told.beat, told.clock)
    for stage, detail in [("assemble", "E-1"), ("verify", "v1"), ("assemble", "E-2"), ("verify", "v2"), ("pack", "v1")]:
        told.later()
        pulse(stage, detail)

    stages = [stage for stage, *_rest in told.beats]
    assert stages.index("pack") == len(stages) - 1
    assert stages == sorted(stages, key=["assemble", "verify", "pack"].index)


def test_what_is_watched_ends_the_build_even_between_signs_of_life(plan, told):
    pulse = Pulse(plan, told.beat, told.clock)
    pulse("assemble", "E-1")

    def broken():
        raise ValueError("broken")

    pulse.watch(broken)
    with pytest.raises(ValueError, match="broken"):
        pulse("assemble", "E-2")
