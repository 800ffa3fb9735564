"""Stories that leave the main road, a few of every kind; all of them are played once by `make demo`.

What the whole demo shows is asked in tests/setup/test_demo_start.py.
"""

from datetime import datetime
from pathlib import Path

import pytest

from tests.tracker.web.seeding.test_runner import expected
from tracker.cases.models import Case, CaseLink
from tracker.web import deadlinecheck, ledgercheck
from tracker.web.seeding import people, runner, stories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]
PLAYED = ("default entered", "settlement rejected", "reversed", "restricted", "recused", "breached", "companion")


def test_stories_leave_the_main_road_by_the_real_acts(
    offices: dict[str, people.Office], now: datetime, tmp_path: Path
) -> None:
    told: dict[str, Case] = {}
    for story in stories.STORIES:
        if story.path in PLAYED:
            runner.play(story, offices[story.board], now, tmp_path)
            cases = Case.objects.filter(complaints__draft_id=runner.draft_id(story)).order_by("id")
            told[story.path] = cases[0]
            assert (cases[0].status, cases[0].disposition) == expected(story)

    assert set(told) == set(PLAYED)
    assert ledgercheck.check(None).is_whole
    assert deadlinecheck.check(None).lines == ()
    assert told["default entered"].charging_documents.get().defaulted_at is not None
    assert [row.state for row in told["settlement rejected"].settlements.all()] == ["rejected"]
    reversed_order = told["reversed"].orders.get()
    assert (reversed_order.reversed_on is None, reversed_order.npdb_voided_on is None) == (False, False)
    assert told["restricted"].emergency_actions.get().served_on is not None
    assert told["recused"].assignments.filter(ended_at__isnull=True).get().user.email.startswith("d.marsh")
    petition = told["breached"].violation_reports.get().petition
    assert (petition.status, petition.charging_documents.get().counts.count()) == ("answer_due", 2)
    link = CaseLink.objects.get(kind="same_complaint")
    assert (link.other.docket, link.case.exhibits.filter(shares__isnull=False).count()) == (told["companion"].docket, 2)
