"""The queue below its page: edges of pages, capped counts, who has a place."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.factories.docketed import Docketed, now
from tests.factories.office import make_person
from tests.factories.staffed import make_staffed
from tracker.access.models import Delegation
from tracker.access.policy import Role
from tracker.cases.models import Case
from tracker.cases.queries import queue, readers
from tracker.cases.queries.queue import Wanted


@pytest.fixture
def office(db):
    return make_staffed()


@pytest.fixture
def reader(office):
    return readers.reader(office.manager.pk, at=now())


def test_cases_without_a_due_date_come_last_on_every_page(office, reader, monkeypatch):
    monkeypatch.setattr(queue, "PAGE", 1)
    dockets = [Docketed(office, at=now() - timedelta(days=days)).file().case.docket for days in (9, 5, 5)]
    Case.objects.filter(docket__in=dockets[1:]).update(next_due_on=None)
    found, wanted = [], Wanted()
    for _page in dockets:
        page = queue.page(reader, wanted)
        found += [row.docket for row in page.rows]
        wanted = Wanted(after=page.later)
    assert found == dockets
    assert page.later is None
    back = queue.page(reader, Wanted(before=page.earlier))
    assert [row.docket for row in back.rows] == dockets[1:2]
    assert [row.docket for row in queue.page(reader, Wanted(before=back.earlier)).rows] == dockets[:1]


def test_an_edge_that_is_gone_is_still_a_place(office, reader):
    docket = Docketed(office, at=now()).file().case.docket

    assert [row.docket for row in queue.page(reader, Wanted(after=("2000-01-01", uuid4()))).rows] == [docket]
    assert queue.page(reader, Wanted(after=("2999-01-01", uuid4()))).rows == []


def test_counts_stop_at_the_cap(office, reader, monkeypatch):
    monkeypatch.setattr(queue, "CAP", 1)
    for _number in range(3):
        Docketed(office, at=now()).file()

    assert queue.capped(reader.cases()) == 2
    assert queue.page(reader, Wanted()).total == 2


def test_assignees_are_those_with_a_place_on_an_open_case(office, reader):
    Docketed(office).investigating()

    assert queue.assignees(reader) == [(office.investigator.pk, office.investigator.full_name)]


def test_saved_views_below_home(office, reader):
    old = Docketed(office).file()
    old.do("begin_review", office.intake, {"priority": "high", "reasons": "x"})

    assert [case.pk for case in queue.stalled(reader)] == [old.case.pk]
    assert [case.pk for case in queue.unverified(reader)] == [old.case.pk]
    assert [case.pk for case in queue.mine(reader)] == [old.case.pk]


def test_a_deputy_finds_the_cases_of_who_is_away_marked_with_the_name(office):
    """Those with a place of the lent role; a case of one's own is not marked, and afterwards nothing is left."""
    deputy = make_person(office.board, Role.INVESTIGATOR)
    theirs, own = Docketed(office).investigating(), Docketed(office).reviewed()
    own.assign(deputy, "investigator")
    Docketed(office).file()
    when = now()
    row = {"role": Role.INVESTIGATOR, "valid_from": when.date(), "valid_until": when.date(), "reason": "Ill."}
    away = office.investigator
    Delegation.objects.create(board=office.board, absent=away, deputy=deputy, recorded_at=when, **row)

    found = {row.docket: row.stands_for for row in queue.page(readers.reader(deputy.pk, at=when), Wanted("mine")).rows}
    assert found == {theirs.case.docket: away.full_name, own.case.docket: ""}
    later = readers.reader(deputy.pk, at=when + timedelta(days=1))
    assert [row.docket for row in queue.page(later, Wanted("mine")).rows] == [own.case.docket]


def test_who_only_stands_in_at_a_board_has_all_of_it_for_somebody(office):
    deputy, case, when = make_person(), Docketed(office).file().case, now()
    row = {"role": Role.INTAKE_ANALYST, "valid_from": when.date(), "valid_until": when.date(), "reason": "Ill."}
    Delegation.objects.create(board=office.board, absent=office.intake, deputy=deputy, recorded_at=when, **row)

    page = queue.page(readers.reader(deputy.pk, at=when), Wanted("mine"))
    assert [(row.docket, row.stands_for) for row in page.rows] == [(case.docket, office.intake.full_name)]
