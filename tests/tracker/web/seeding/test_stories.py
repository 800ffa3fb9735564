"""The table of stories covers what the demo promises."""

import json
from collections import Counter
from pathlib import Path

from django.conf import settings

from tracker.cases import states
from tracker.cases.states import INTAKE_CLOSURES, REVIEW_CLOSURES, STAGE_OF, Status
from tracker.directory import reference
from tracker.web.seeding import demofile, roads, stories
from tracker.web.seeding.sanctions import SANCTIONS
from tracker.web.seeding.stories import NARRATIVES, STORIES


def test_different_complaints_over_every_hosted_board() -> None:
    assert len({story.key for story in STORIES}) == len(STORIES) == 113
    assert Counter(story.board for story in STORIES) == {
        "tx-bhec": 31,
        "ca-bbs": 30,
        "oh-cswmft": 30,
        "fl-csw-mft-mhc": 10,
        "wa-doh-counselors": 12,
    }
    assert set(demofile.boards()) == {board.slug for board in reference.read_hosted(settings.BASE_DIR / "fixtures")}


def test_every_stage_has_open_cases() -> None:
    reached = {STAGE_OF[Status(story.until)] for story in STORIES if story.until in Status.values}
    assert len(reached) == 4


def test_every_kind_of_ending_that_these_boards_allow_is_there() -> None:
    endings = {story.until.partition(":")[2] for story in STORIES}
    # At none of the boards does a withdrawal end the case, so WITHDRAWN cannot be played honestly.
    assert set(INTAKE_CLOSURES) | set(REVIEW_CLOSURES) <= endings | {"WITHDRAWN"}
    assert set(states.SANCTIONS) <= endings
    assert {"NO_FINDING"} <= endings
    assert {story.sanction for story in STORIES} <= {"", *SANCTIONS}


def test_a_story_is_linked_with_one_told_before_it() -> None:
    told = {story.key: place for place, story in enumerate(STORIES)}

    for place, story in enumerate(STORIES):
        joins = any(scene.startswith("join") for scene in roads.scenes(story))
        assert bool(story.other) == joins
        assert not joins or told[story.other] < place


def test_every_story_has_an_id_of_its_own() -> None:
    assert len({stories.draft_of(story.key) for story in STORIES}) == len(STORIES)


def test_every_ground_is_known_and_has_its_words() -> None:
    rows = json.loads((Path(settings.BASE_DIR) / "fixtures" / "grounds.json").read_text(encoding="utf-8"))
    known = {row["key"] for row in rows}
    used = {ground for story in STORIES for ground in story.grounds}
    assert used <= known
    assert used <= set(NARRATIVES)
