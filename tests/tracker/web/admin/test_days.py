"""Closed days: added, checked, retracted."""

from datetime import date

import pytest
from django.utils import timezone

from boards.models import ClosedDay
from tests.factories.office import make_board, make_jurisdiction, make_person
from tests.tracker.web.admin.conftest import errors_of
from tracker.access.policy import Role

LIST = "/admin/boards/closedday/"
ADD = f"{LIST}add/"


def make_day(board=None, place=None, day=date(2026, 12, 24), **fields):
    row = {"name": "Closed", "source": "Calendar", **fields}
    return ClosedDay.objects.create(board=board, jurisdiction=place, date=day, **row)


@pytest.fixture
def day(office):
    return make_day(office.board)


@pytest.fixture
def path(day):
    return f"{LIST}{day.pk}/change/"


def test_adding_a_day_of_one_board(office, save_as, entries):
    data = {"office": f"board:{office.board.pk}", "date": "2026-12-31", "name": "Year end", "source": "Order 12"}

    assert save_as(office.administrator, ADD, **data).status_code == 302

    row = ClosedDay.objects.get()
    assert (row.board, row.jurisdiction, row.date, row.reviewed) == (office.board, None, date(2026, 12, 31), True)
    [(event, body, private)] = entries()
    assert (event, body["board"], private) == ("directory.closed_day_added", str(office.board.pk), {"name": "Year end"})


def test_adding_a_day_of_every_board_of_a_state(office, save_as):
    place = office.board.jurisdiction
    data = {"office": f"state:{place.pk}", "date": "2026-12-31", "name": "Year end", "source": "Law"}

    assert save_as(office.administrator, ADD, **data).status_code == 302

    assert ClosedDay.objects.get().jurisdiction == place


def test_a_day_twice_is_refused_in_the_form(office, day, save_as, entries):
    data = {"office": f"board:{office.board.pk}", "date": "2026-12-24", "name": "Again", "source": "Order 12"}

    page = save_as(office.administrator, ADD, **data)

    assert errors_of(page)[""] == ["2026-12-24 is already a closed day."]
    assert ClosedDay.objects.count() == 1
    assert entries() == []


def test_only_ones_own_offices_are_offered(office, other, open_as, save_as, entries):
    make_board("oh-far", "FAR", jurisdiction=make_jurisdiction("OH", "Ohio", "America/New_York"))
    text = open_as(office.administrator, ADD).content.decode()

    assert office.board.name in text
    assert other.name not in text
    assert "Ohio" not in text
    data = {"office": f"board:{other.pk}", "date": "2026-12-31", "name": "x", "source": "y"}
    assert "office" in errors_of(save_as(office.administrator, ADD, **data))
    assert entries() == []


def test_checking_a_day(office, day, path, save_as, entries):
    assert save_as(office.administrator, path, checked="on").status_code == 302

    day.refresh_from_db()
    assert day.reviewed
    assert [event for event, _body, _private in entries()] == ["directory.closed_day_reviewed"]


def test_retracting_a_day_keeps_its_row(office, day, path, save_as, open_as, entries):
    assert save_as(office.administrator, path, retraction="The office works.").status_code == 302

    day.refresh_from_db()
    assert day.retracted_at is not None
    assert [(event, private) for event, _b, private in entries()] == [
        ("directory.closed_day_retracted", {"reason": "The office works."})
    ]
    assert 'name="_save"' not in open_as(office.administrator, path).content.decode()


def test_checking_and_retracting_at_once_is_refused(office, day, path, save_as, entries):
    page = save_as(office.administrator, path, checked="on", retraction="Works")

    assert errors_of(page)["retraction"] == ["Check the day or retract it, not both."]
    assert entries() == []


def test_saving_nothing_writes_nothing(office, path, save_as, entries):
    assert save_as(office.administrator, path).status_code == 302
    assert entries() == []


def test_many_days_are_checked_each_by_its_own_act(office, day, send_as, entries):
    second = make_day(office.board, day=date(2026, 12, 25))
    done = make_day(office.board, day=date(2026, 12, 26), reviewed=True)
    gone = make_day(office.board, day=date(2026, 12, 27), retracted_at=timezone.now())
    chosen = [str(row.pk) for row in (day, second, done, gone)]

    page = send_as(office.administrator, LIST, {"action": "mark_checked", "_selected_action": chosen})

    assert page.status_code == 302
    assert [event for event, _body, _private in entries()] == ["directory.closed_day_reviewed"] * 2
    told = [str(message) for message in page.wsgi_request._messages]
    assert "2 days are checked." in told
    assert sum("2026-12-26" in line or "2026-12-27" in line for line in told) == 2


def test_readers_check_nothing(office, day, path, open_as, send_as, entries):
    assert 'name="checked"' not in open_as(office.auditor, path).content.decode()
    assert send_as(office.auditor, path, {"checked": "on"}).status_code == 403
    send_as(office.auditor, LIST, {"action": "mark_checked", "_selected_action": [str(day.pk)]})
    assert open_as(office.auditor, ADD).status_code == 403
    assert entries() == []


def test_days_of_other_boards_and_states_are_out_of_reach(office, other, open_as, send_as, entries):
    ohio = make_jurisdiction("OH", "Ohio", "America/New_York")
    make_person(make_board("oh-far", "FAR", jurisdiction=ohio), Role.ADMINISTRATOR)
    theirs, far = make_day(other, name="Theirs"), make_day(place=ohio, name="Far")
    shared = make_day(place=office.board.jurisdiction, name="Shared")

    text = open_as(office.administrator, LIST).content.decode()

    assert "Shared" in text
    assert "Theirs" not in text
    assert "Far<" not in text
    for row, status in ((theirs, 404), (far, 404), (shared, 200)):
        assert open_as(office.administrator, f"{LIST}{row.pk}/change/").status_code == status
    send_as(office.administrator, LIST, {"action": "mark_checked", "_selected_action": [str(theirs.pk)]})
    assert entries() == []


@pytest.mark.parametrize(("state", "names"), [("open", ["A"]), ("checked", ["B"]), ("retracted", ["C"])])
def test_filter_by_state(office, open_as, state, names):
    make_day(office.board, name="A")
    make_day(office.board, day=date(2026, 1, 2), name="B", reviewed=True)
    make_day(office.board, day=date(2026, 1, 3), name="C", retracted_at=timezone.now())

    rows = open_as(office.administrator, LIST, state=state).context["cl"].result_list

    assert [row.name for row in rows] == names


def test_the_list_takes_the_same_queries_for_one_day_and_three(office, day, count_as):
    one = count_as(office.administrator, LIST)
    make_day(office.board, day=date(2026, 12, 25))
    make_day(place=office.board.jurisdiction, day=date(2026, 12, 26))

    assert count_as(office.administrator, LIST) == one == 11
