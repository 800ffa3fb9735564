from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests.factories.office import make_person
from tests.tracker.access.conftest import NOW, assign
from tracker.access.models import ConflictDeclaration, Membership, User
from tracker.access.policy import Capacity, Role

pytestmark = pytest.mark.django_db


def refused(make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


def test_person_is_found_by_address_in_any_case():
    person = make_person(email="pat@board.example")

    assert User.objects.get_by_natural_key(" Pat@Board.EXAMPLE ") == person


@pytest.mark.parametrize("email", ["Pat@board.example", "PAT@BOARD.EXAMPLE"])
def test_address_is_kept_in_lower_case(email):
    refused(lambda: make_person(email=email))


def test_address_is_used_once():
    make_person(email="pat@board.example")
    refused(lambda: make_person(email="pat@board.example"))


def test_django_permissions_open_nothing():
    person = make_person()

    assert not person.has_perm("tracker.change_case")
    assert not person.has_module_perms("tracker")
    assert not hasattr(person, "is_superuser")
    assert person.is_staff is True
    assert make_person(is_active=False).is_staff is False


def test_rows_name_themselves(texas, make_case):
    person = make_person(texas, Role.INVESTIGATOR, full_name="Pat Doe")
    case = make_case(texas)
    conflict = ConflictDeclaration(board=texas, case=case, user=person, has_conflict=True, declared_at=NOW)

    assert str(person) == "Pat Doe"
    assert str(User(email="a@b.example")) == "a@b.example"
    assert str(Membership.objects.get()) == "Pat Doe, Investigator"
    assert str(assign(case, person, Capacity.PANEL)) == "Pat Doe, Panel member"
    assert str(conflict) == "Pat Doe: conflict"


def membership(board, person, **fields):
    row = {"role": Role.AUDITOR, "valid_from": date(2026, 1, 1), **fields}
    return Membership.objects.create(board=board, user=person, **row)


def test_a_role_is_open_once_at_a_board(texas, ohio):
    person = make_person()
    membership(texas, person)

    refused(lambda: membership(texas, person))
    membership(ohio, person)
    membership(texas, person, role=Role.ADMINISTRATOR)
    membership(texas, person, valid_from=date(2025, 1, 1), valid_until=date(2025, 12, 31))


@pytest.mark.parametrize("fault", [{"valid_until": date(2025, 12, 31)}, {"role": "king"}])
def test_faulty_memberships_are_refused(texas, fault):
    refused(lambda: membership(texas, make_person(), **fault))


def test_a_place_on_a_case_is_open_once_and_known(texas, make_case):
    case, person = make_case(texas), make_person()
    assign(case, person, Capacity.PANEL, ended=True)
    assign(case, person, Capacity.PANEL)

    refused(lambda: assign(case, person, Capacity.PANEL))
    refused(lambda: assign(case, person, "king"))
