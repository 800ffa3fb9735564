from datetime import date

import pytest

from tests.factories.office import make_board, make_person
from tracker.access import queries
from tracker.access.models import Delegation, Membership
from tracker.access.policy import Role

pytestmark = pytest.mark.django_db


def test_demo_people_with_roles_and_boards_sorted():
    texas, ohio = make_board(), make_board("oh-cswmft", "CSWMFT")
    person = make_person(texas, Role.RECORDS_CUSTODIAN, email="b@demo.example", is_demo=True)
    Membership.objects.create(user=person, board=ohio, role=Role.ADMINISTRATOR, valid_from=date(2026, 1, 1))
    make_person(texas, Role.AUDITOR, email="a@demo.example", is_demo=True)

    assert queries.demo_people() == [
        queries.DemoPerson("a@demo.example", ("Auditor",), ("BHEC",)),
        queries.DemoPerson("b@demo.example", ("Administrator", "Records custodian"), ("BHEC", "CSWMFT")),
    ]


def test_people_of_an_office_and_closed_sign_ins_are_not_told():
    board = make_board()
    make_person(board, Role.AUDITOR)
    make_person(board, Role.AUDITOR, is_demo=True, is_active=False)

    assert queries.demo_people() == []


def test_ended_roles_are_not_told():
    person = make_person(make_board(), Role.AUDITOR, is_demo=True)
    Membership.objects.update(valid_until=date(2026, 1, 1))

    assert queries.demo_people() == [queries.DemoPerson(person.email, (), ())]


def test_asks_two_queries_however_many_people(django_assert_num_queries):
    board = make_board()
    for _ in range(3):
        make_person(board, Role.AUDITOR, is_demo=True)

    with django_assert_num_queries(2):
        queries.demo_people()


def test_deputies_are_told_while_they_stand_in_and_listed_before():
    board = make_board()
    absent, deputy = make_person(board, Role.INVESTIGATOR), make_person(board, Role.INTAKE_ANALYST)
    days = {"valid_from": date(2026, 3, 2), "valid_until": date(2026, 3, 9)}
    row = {"role": Role.INVESTIGATOR, "reason": "On leave.", "recorded_at": "2026-03-01T00:00Z", **days}
    kept = Delegation.objects.create(board=board, absent=absent, deputy=deputy, **row)
    told = queries.StandingIn(
        kept.pk, "BHEC", absent.full_name, deputy.full_name, "Investigator", *days.values(), "On leave."
    )
    assert queries.stands_in_for(deputy.pk, date(2026, 3, 2)) == [told]
    assert (
        queries.stands_in_for(deputy.pk, date(2026, 3, 1)) == queries.stands_in_for(absent.pk, date(2026, 3, 2)) == []
    )
    assert queries.delegations_at([board.pk], date(2026, 3, 1)) == [told]
    assert queries.delegations_at([board.pk], date(2026, 3, 10)) == queries.delegations_at([], date(2026, 3, 1)) == []
