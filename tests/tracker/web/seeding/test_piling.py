"""Playing the large case: sixty exhibits, each with its mark, its ruling and its restriction."""

from datetime import datetime
from pathlib import Path

import pytest

from tracker.cases.models import Case
from tracker.web.seeding import people, runner, stories

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_large_case_has_everything_that_its_table_says(reference: None, now: datetime, tmp_path: Path) -> None:
    (story,) = (one for one in stories.STORIES if one.pile)
    offices = people.make_people(
        "a demo password for tests", at=datetime.combine(people.SINCE, datetime.min.time(), now.tzinfo)
    )
    runner.play(story, offices[story.board], now, tmp_path)
    case = Case.objects.get(complaints__draft_id=runner.draft_id(story))
    own = case.exhibits.filter(parent=None)

    assert own.count() == 60
    assert case.exhibits.filter(parent__isnull=False).count() == 2
    assert not case.exhibits.exclude(state="cleared").exists()
    marks = {f"{row.party} {row.mark}" for row in case.markings.all()}
    assert {"board 1", "respondent A", "joint J-1", "presiding_officer HO-1"} <= marks
    states = {row.state for row in case.markings.all()}
    assert states == {"marked", "offered", "admitted", "admitted_over_objection", "excluded", "withdrawn"}
    kinds = {row.kind for exhibit in own for row in exhibit.renditions.all()}
    assert {"pdf", "image", "typeset", "email", "text"} <= kinds
    assert own.filter(restrictions__isnull=False).count() == 2
    assert {row.confidentiality for row in own} >= {"part2", "psychotherapy_notes"}
