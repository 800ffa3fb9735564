"""From the table of stories to cases: each story in one transaction."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from django.db import transaction

from tracker.audit import actions as ledger_actions
from tracker.cases.queries import lookups
from tracker.web.seeding import clock as told
from tracker.web.seeding import people, roads, stories
from tracker.web.seeding.hearing import HearingPlayer
from tracker.web.seeding.paths_dockets import PathPlayer
from tracker.web.seeding.piling import PilePlayer
from tracker.web.seeding.stories import Story


def seed(password: str, *, now: datetime, say: Callable[[str], None]) -> int:
    """Make the demo's people and the stories that are not there yet. Returns how many cases were made."""
    since = datetime.combine(people.SINCE, datetime.min.time(), tzinfo=now.tzinfo)
    with transaction.atomic():
        offices = people.make_people(password, at=since)
    missing = [story for story in stories.STORIES if not lookups.by_draft(draft_id(story))]
    if not missing:
        return 0
    people.appoint_deputies(offices, at=now)
    with TemporaryDirectory() as folder:
        for story in missing:
            with transaction.atomic():
                play(story, offices[story.board], now, Path(folder))
            say(f"{story.board}: {story.respondent}, {story.path or story.until}")
    ledger_actions.make_anchor(actor=people.SEEDER, at=now)
    return len(missing)


def draft_id(story: Story) -> UUID:
    """The id that makes a story the same however often the demo is made."""
    return stories.draft_of(story.key)


def play(story: Story, office: people.Office, now: datetime, folder: Path) -> None:
    """One story from filing to where it stands."""
    scenes = roads.scenes(story)
    clock = told.ToldClock(told.start_of(roads.phases(scenes), story.rest, now), now, story.key)
    player = player_of(story)(story, office, clock, folder)
    player.file()
    for scene in scenes:
        method, *given = scene.split(":")
        getattr(player, method)(*given)


def player_of(story: Story) -> type[HearingPlayer]:
    """Who plays a story."""
    if story.pile:
        return PilePlayer
    return PathPlayer if story.path else HearingPlayer
