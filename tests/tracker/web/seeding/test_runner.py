"""A part of the demo: its stories play, the ledger is whole, a second run adds nothing.

All of it is played by `make demo`, in tests/setup/test_demo_start.py.
"""

from datetime import datetime

import pytest
from django.utils import timezone

from tracker.cases.models import Case, Deadline
from tracker.errors import ActionRefused
from tracker.web import ledgercheck
from tracker.web.seeding import people, runner, stories
from tracker.web.seeding.stories import Story

pytestmark = pytest.mark.django_db(transaction=True)


def test_stories_reach_where_the_table_says(reference: None, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    # A duplicate and a link need the case that they name.
    alone = tuple(one for one in stories.STORIES if not (one.pile or one.other or "DUPLICATE" in one.until))
    some = alone[4::10]
    assert {story.board for story in some} == set(people.HOSTED)
    monkeypatch.setattr(stories, "STORIES", some)
    assert runner.seed("a demo password for tests", now=now, say=lambda line: None) == len(some)
    for story in stories.STORIES:
        case = Case.objects.get(complaints__draft_id=runner.draft_id(story))
        assert (case.status, case.disposition) == expected(story), story.key
    assert ledgercheck.check(None).is_whole
    late = Deadline.objects.filter(state="running", due_on__lt=timezone.localdate()).count()
    assert late < len(stories.STORIES) / 3
    assert runner.seed("a demo password for tests", now=now, say=lambda line: None) == 0


def expected(story: Story) -> tuple[str, str | None]:
    """Status and disposition that a story ends with."""
    kind, _sep, code = story.until.partition(":")
    if kind in ("closed", "review"):
        return "closed", "NO_VIOLATION" if code == "NO_FINDING" else code
    return ("investigating" if kind == "reopened" else kind), None


def test_a_story_interrupted_leaves_nothing_behind(
    reference: None, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = Story(people.HOSTED[0], "closed:NOT_A_CODE", "records", "Ann Example", "Bea Example", 4)
    monkeypatch.setattr(stories, "STORIES", (broken,))
    with pytest.raises(ActionRefused):
        runner.seed("a demo password for tests", now=now, say=lambda line: None)
    assert not Case.objects.exists()
