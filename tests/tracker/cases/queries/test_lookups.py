"""Plain look-ups for commands and checks."""

import pytest

from tests.factories.docketed import Docketed
from tests.factories.staffed import make_staffed
from tracker.cases.models import Case, Complaint
from tracker.cases.queries import lookups

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def case() -> Case:
    """A filed case."""
    story = Docketed(make_staffed())
    story.file()
    return story.case


def test_a_docket_is_found_as_people_type_it(case: Case) -> None:
    assert lookups.by_docket(f" {case.docket.lower()} ") == case
    assert lookups.by_docket("BHEC-1999-00001") is None


def test_a_draft_leads_to_its_case(case: Case) -> None:
    complaint = Complaint.objects.get()
    assert lookups.by_draft(complaint.draft_id) == case
    assert lookups.by_draft(case.pk) is None


def test_deadlines_come_by_due_date(case: Case) -> None:
    days = [row.due_on for row in lookups.deadlines_of(case)]
    assert days == sorted(days)
    assert len(days) == case.deadlines.count() > 3


def test_where_cases_stand_and_what_the_ledger_tells(case: Case) -> None:
    assert lookups.standing([case.pk, case.board_id]) == {case.pk: (case.docket, "received")}
    assert lookups.told_status(case.pk) == "received"
    assert lookups.told_status(case.board_id) is None
