"""That the walker would see it: an act that is not one transaction, and a row that a refusal changed."""

import pytest
from django.db import transaction
from django.db.transaction import TransactionManagementError

from tests.factories.office import make_person
from tests.walk import snapshot
from tests.walk.attempts import Died, dying
from tracker.access.models import User


def two_people() -> None:
    """Two rows, one after the other; the machine goes down at the second."""
    with dying(2):
        make_person()
        make_person()


@pytest.mark.django_db
def test_what_died_half_way_in_one_transaction_left_nothing() -> None:
    before = snapshot.taken(whole=True)
    with pytest.raises(Died):
        transaction.atomic(two_people)()
    assert snapshot.difference(before, snapshot.taken(whole=True)) == []


@pytest.mark.django_db
def test_what_died_half_way_without_one_is_seen() -> None:
    with pytest.raises(Died):
        two_people()
    with pytest.raises(TransactionManagementError):
        snapshot.taken(whole=True)


@pytest.mark.django_db
def test_a_whole_look_sees_a_row_that_was_changed_in_place() -> None:
    person = make_person()
    counted, whole = snapshot.taken(), snapshot.taken(whole=True)
    User.objects.filter(pk=person.pk).update(full_name="Somebody else")
    assert snapshot.difference(counted, snapshot.taken()) == []
    (changed,) = snapshot.difference(whole, snapshot.taken(whole=True))
    assert changed.startswith("tracker_user: ")
    assert "Somebody else" in changed
