"""Playing the large case: sixty exhibits, each with its mark, its ruling and its restriction."""

from datetime import datetime
from pathlib import Path

import pytest

from tracker.audit.actors import Actor
from tracker.bundle import actions as bundles
from tracker.bundle import verifyzip
from tracker.bundle.actions import build
from tracker.bundle.models import Edition
from tracker.cases.models import Case
from tracker.files import storage
from tracker.web.seeding import people, runner, stories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]


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
    assert built_in_every_edition(case, offices[story.board].actor("counsel"), now) == {
        "board": ("sealed", "intact"),
        "hearing": ("sealed", "intact"),
        "respondent": ("sealed", "intact"),
        "public": ("sealed", "intact"),
        "court": ("sealed", "intact"),
    }


def built_in_every_edition(case: Case, counsel: Actor, now: datetime) -> dict[str, tuple[str, str]]:
    """One freeze in every edition, as a ZIP; how each build ended and what a check of its file says."""
    asked = bundles.request_bundle(case.pk, actor=counsel, at=now, editions=Edition.values, format="zip", queue=False)
    found = {}
    for export in asked:
        done = build.run(export.pk, actor=Actor.system("worker", counsel.origin), clock=lambda: now)
        assert done is not None
        assert done.stored_file is not None, done.reason
        path = storage.local_path(done.stored_file)
        assert path is not None
        found[export.edition] = (str(done.status), str(verifyzip.examine_any(path).outcome))
    assert len({export.freeze for export in asked}) == 1
    return found
