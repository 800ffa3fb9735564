"""The table of stories covers what the demo promises."""

import json
from collections import Counter
from pathlib import Path

from django.conf import settings

from tracker.cases.states import INTAKE_CLOSURES, REVIEW_CLOSURES, STAGE_OF, Status
from tracker.directory import reference
from tracker.web.seeding import demofile
from tracker.web.seeding.hearing import SANCTIONS
from tracker.web.seeding.stories import NARRATIVES, STORIES


def test_different_complaints_over_every_hosted_board() -> None:
    assert len({story.key for story in STORIES}) == len(STORIES) == 68
    assert Counter(story.board for story in STORIES) == {
        "tx-bhec": 20,
        "ca-bbs": 20,
        "oh-cswmft": 20,
        "fl-csw-mft-mhc": 4,
        "wa-doh-counselors": 4,
    }
    assert set(demofile.boards()) == {board.slug for board in reference.read_hosted(settings.BASE_DIR / "fixtures")}


def test_every_stage_has_open_cases() -> None:
    reached = {STAGE_OF[Status(story.until)] for story in STORIES if story.until in Status.values}
    assert len(reached) == 4


def test_every_kind_of_ending_that_these_boards_allow_is_there() -> None:
    endings = {story.until.partition(":")[2] for story in STORIES}
    # At none of the boards does a withdrawal end the case, so WITHDRAWN cannot be played honestly.
    assert set(INTAKE_CLOSURES) | set(REVIEW_CLOSURES) <= endings | {"WITHDRAWN"}
    assert {"PROBATION", "REPRIMAND", "SUSPENSION", "SURRENDER", "CE_ORDER", "CITATION_FINE", "NO_FINDING"} <= endings
    assert set(SANCTIONS) - endings <= {"REVOCATION"}


def test_every_ground_is_known_and_has_its_words() -> None:
    rows = json.loads((Path(settings.BASE_DIR) / "fixtures" / "grounds.json").read_text(encoding="utf-8"))
    known = {row["key"] for row in rows}
    used = {ground for story in STORIES for ground in story.grounds}
    assert used <= known
    assert used <= set(NARRATIVES)
