"""The check of deadlines for people."""

import pytest

from tests.factories.cases import Story
from tests.factories.staffed import make_staffed
from tracker.cases.models import Deadline
from tracker.web import deadlinecheck


@pytest.mark.django_db
def test_the_verdict_names_how_many_cases_agree_or_each_row_that_does_not() -> None:
    story = Story(make_staffed())
    checked = deadlinecheck.check(None)
    assert (checked.lines, checked.cases) == ((), 1)
    assert checked.sentence == "The deadlines of 1 case agree with the ledger and the rules."
    Deadline.objects.filter(case=story.case_id, kind="intake").update(due_on="2026-12-31")
    checked = deadlinecheck.check(story.case)
    assert [line.partition(" stored")[0] for line in checked.lines] == [f"{story.docket}: intake:"]
    assert checked.sentence == "Deadlines differ from the ledger and the rules: see the lines above."
