"""How far a person reaches."""

import pytest
from django.contrib.auth.models import AnonymousUser

from tests.factories.office import make_person
from tests.factories.staffed import make_staffed
from tracker.access.models import Membership
from tracker.access.policy import Permission, Role
from tracker.web.admin import reach


@pytest.fixture
def ask(rf, db):
    def of(person):
        request = rf.get("/admin/")
        request.user = person
        return request

    return of


def test_boards_by_permission(ask):
    office, second = make_staffed(), make_staffed("oh-two", "TWO")
    person = office.administrator
    Membership.objects.create(user=person, board=second.board, role=Role.AUDITOR, valid_from="2020-01-01")
    held = reach.of(ask(person))

    assert held.boards(Permission.ADMIN_READ) == {office.board.pk, second.board.pk}
    assert held.boards(Permission.BOARD_EDIT) == {office.board.pk}
    assert held.holds(Permission.CODES_EDIT)


def test_nobody_without_a_sign_in(ask):
    assert not reach.of(ask(AnonymousUser())).holds(Permission.ADMIN_READ)


def test_asked_once_a_request(ask, django_assert_num_queries):
    request = ask(make_staffed().administrator)
    with django_assert_num_queries(1):
        for _again in range(3):
            reach.of(request).boards(Permission.ADMIN_READ)


def test_another_person_on_the_same_request_is_asked_anew(ask):
    request = ask(make_staffed().administrator)
    assert reach.of(request).holds(Permission.ADMIN_READ)

    request.user = make_person()

    assert not reach.of(request).holds(Permission.ADMIN_READ)


def test_who_acts(ask):
    person = make_person()

    told = reach.told(ask(person))

    assert told["actor"].user_id == person.pk
    assert told["at"].tzinfo is not None
