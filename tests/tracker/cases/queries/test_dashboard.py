"""Figures of the home page, counted by the boards' own calendars."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.factories.docketed import Docketed, now
from tests.factories.staffed import make_staffed
from tracker.cases.models import Case
from tracker.cases.queries import dashboard, readers


@pytest.fixture
def office(db):
    return make_staffed()


def home(person, at):
    return dashboard.home(readers.reader(person.pk, at=at))


def test_months_are_those_of_the_board(office):
    first = Docketed(office).file().case
    # Half past two in London is still October in Texas.
    Case.objects.filter(pk=first.pk).update(
        received_at=datetime(2026, 11, 1, 2, 30, tzinfo=UTC), moved_at=datetime(2026, 11, 2, tzinfo=UTC)
    )
    found = dashboard.months(readers.reader(office.counsel.pk, at=datetime(2026, 11, 20, tzinfo=UTC)))

    assert [month.day for month in found if month.filed] == [date(2026, 10, 1)]
    assert [month.day for month in found][:1] == [date(2025, 12, 1)]
    assert [month.is_running for month in found] == [False] * 11 + [True]


def test_closings_are_counted_in_their_month(office):
    story = Docketed(office, at=datetime(2026, 5, 20, 15, tzinfo=UTC)).reviewed()
    data = {"disposition": "NO_JURISDICTION", "reason": "Not ours", "agrees": "yes"}
    story.do("approve_closure", office.director, data)
    story.wait(30).do("close_at_intake", office.intake, data)
    found = dashboard.months(readers.reader(office.counsel.pk, at=datetime(2026, 11, 20, tzinfo=UTC)))

    assert {(month.day, month.filed, month.closed) for month in found if month.filed or month.closed} == {
        (date(2026, 5, 1), 1, 0),
        (date(2026, 6, 1), 0, 1),
    }


def test_without_whole_cases_there_is_no_chart(office):
    story = Docketed(office).charged()

    assert dashboard.months(readers.reader(office.voters[0].pk, at=story.at)) == []


def test_alerts_name_the_oldest(office):
    late = Docketed(office).file()
    Docketed(office, at=now() - timedelta(days=30)).file()
    alerts = {alert.kind: alert for alert in home(office.manager, now()).alerts}

    assert (alerts["screen"].number, alerts["screen"].docket) == (2, late.case.docket)
    assert (alerts["stalled"].number, alerts["stalled"].docket) == (1, late.case.docket)
    assert "unverified" not in alerts


def test_due_rows_leave_out_windows_that_are_over(office):
    story = Docketed(office).file()
    story.case.deadlines.filter(kind="danger_screen").update(kind="exceptions")

    assert "Exceptions to the proposed decision" not in [row.kind for row in home(office.manager, now()).due]


def test_groups_of_due_rows(office):
    Docketed(office, at=now()).file()
    groups = [row.group for row in home(office.manager, now()).due]

    assert groups == sorted(groups, key=["Overdue", "Today and this week", "Later"].index)
    assert "Today and this week" in groups


def test_a_place_held_by_somebody_with_a_conflict_is_told(office):
    story = Docketed(office).investigating()
    assert "conflict" not in {alert.kind for alert in home(office.manager, now()).alerts}
    story.do("declare_conflict", office.investigator, {"has_conflict": "yes", "reason": "A cousin."})
    alert = next(alert for alert in home(office.manager, now()).alerts if alert.kind == "conflict")

    assert (alert.number, alert.docket) == (1, story.case.docket)
    assert home(office.investigator, now()).alerts == []
    row = {"email": office.investigator.email, "capacity": "investigator", "reason": "Conflict."}
    story.do("end_assignment", office.manager, row)
    assert "conflict" not in {alert.kind for alert in home(office.manager, now()).alerts}
