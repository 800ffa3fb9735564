"""Roads: every path is told by a story, and every scene of it is played and takes its time."""

import pytest

from tracker.web.seeding import clock, people, roads, runner
from tracker.web.seeding.piling import PilePlayer
from tracker.web.seeding.stories import STORIES, Story

TX = people.HOSTED[0]


def story(until: str, **fields: str) -> Story:
    """A story that ends there."""
    return Story(TX, until, "records", "Ann Example", "Bea Example", 3, **fields)


def test_every_path_is_told_by_a_story() -> None:
    assert {one.path for one in STORIES} == {"", *roads.PATHS}


@pytest.mark.parametrize("one", STORIES, ids=lambda one: one.key)
def test_every_scene_has_its_player_and_its_days(one: Story) -> None:
    scenes, player = roads.scenes(one), runner.player_of(one)

    assert all(callable(getattr(player, scene.partition(":")[0])) for scene in scenes)
    assert set(roads.phases(scenes)) <= set(clock.PACE)


@pytest.mark.parametrize(
    ("until", "last"),
    [
        ("received", ""),
        ("awaiting_information", "ask"),
        ("assigned", "accept"),
        ("hearing_scheduled", "schedule"),
        ("reopened", "reopen"),
        ("closed:NO_JURISDICTION", "close_at_intake:NO_JURISDICTION"),
        ("closed:NO_VIOLATION", "close_at_review:NO_VIOLATION"),
        ("review:REFERRED", "close_at_review:REFERRED"),
        ("closed:PROBATION", "finish"),
    ],
)
def test_a_story_of_the_main_road_plays_it_as_far_as_it_goes(until: str, last: str) -> None:
    assert [*roads.scenes(story(until)), ""][0 if not last else -2] == last


def test_only_orders_with_terms_are_monitored() -> None:
    assert "monitor" in roads.scenes(story("closed:PROBATION"))
    assert "monitor" not in roads.scenes(story("closed:REPRIMAND"))


def test_what_an_order_imposes_is_named_by_the_story_or_its_end() -> None:
    assert roads.sanction_of(story("closed:REPRIMAND")) == "REPRIMAND"
    assert roads.sanction_of(story("closed:NO_VIOLATION", path="reversed", sanction="SUSPENSION")) == "SUSPENSION"
    assert (roads.sanction_of(story("compliance")), roads.sanction_of(story("order_issued"))) == (
        "PROBATION",
        "REVOCATION",
    )


def test_the_large_case_has_a_player_of_its_own() -> None:
    assert [runner.player_of(one) for one in STORIES if one.pile] == [PilePlayer]
