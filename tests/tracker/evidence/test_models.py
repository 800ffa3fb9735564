import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from tests.tracker.evidence.conftest import AT
from tracker.audit import guards
from tracker.evidence.models import CustodyEvent, Exhibit, Marking

pytestmark = pytest.mark.django_db


def refused(change):
    with pytest.raises(IntegrityError), transaction.atomic():
        change()


def test_custody_only_grows(exhibit):
    guards.install(connection)
    event = CustodyEvent.objects.first()
    for change in (
        lambda: CustodyEvent.objects.filter(pk=event.pk).update(purpose="x"),
        lambda: CustodyEvent.objects.filter(pk=event.pk)._raw_delete(using="default"),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


@pytest.mark.parametrize(
    "values",
    [
        {"state": "unknown"},
        {"state": "received"},
        {"state": "refused"},
        {"settled_at": None},
        {"page_count": 0},
        {"confidentiality": "secret"},
        {"withheld_code": "W-1"},
        {"withheld_reason": "x"},
    ],
)
def test_the_database_refuses_what_can_never_be(exhibit, values):
    refused(lambda: Exhibit.objects.filter(pk=exhibit.pk).update(**values))


def test_a_number_is_given_once(exhibit, receive):
    other = receive(b"other")
    refused(lambda: Exhibit.objects.filter(pk=other.pk).update(number=exhibit.number))


@pytest.mark.parametrize(
    "values",
    [
        {"state": "unknown"},
        {"party": "nobody"},
        {"state": "admitted"},
        {"state": "excluded", "ruled_at": AT, "offered_at": AT},
    ],
)
def test_no_ruling_without_an_officer(marked, values):
    refused(lambda: Marking.objects.filter(pk=marked.pk).update(**values))


def test_one_live_mark_for_an_exhibit(marked):
    twin = {name: getattr(marked, name) for name in ("board_id", "case_id", "exhibit_id", "party", "marked_at")}
    refused(lambda: Marking.objects.create(**twin, mark="9"))
