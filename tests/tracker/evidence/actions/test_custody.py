import pytest

from tests.tracker.evidence.conftest import AT
from tracker.audit.models import LedgerEntry
from tracker.errors import ActionRefused, NotPermitted, OutOfScope
from tracker.evidence import actions
from tracker.evidence.models import CustodyEvent

pytestmark = pytest.mark.django_db
HANDOVER = {"released_by": "R. Abara", "received_by": "Evidence room", "purpose": "Storage", "location": "Shelf 4"}


@pytest.fixture
def custodian(staff):
    return staff("records_custodian")


def transfer(exhibit, actor, **values):
    return actions.transfer_custody(exhibit.pk, actor=actor, at=AT, **(HANDOVER | values))


def test_names_who_gave_who_took_and_why(exhibit, custodian):
    event = transfer(exhibit, custodian)
    entry = LedgerEntry.objects.order_by("seq").last()
    assert (event.act, event.seq, event.released_by, event.received_by) == (
        "transferred",
        4,
        "R. Abara",
        "Evidence room",
    )
    assert (event.purpose, event.location, event.ledger_seq) == ("Storage", "Shelf 4", entry.seq)
    assert (entry.event, event.digest) == ("evidence.custody_changed", exhibit.stored_file.digest)
    assert "Abara" not in entry.body


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"purpose": " "}, "purpose"),
        ({"received_by": ""}, "Name who"),
        ({"act": "returned", "released_by": ""}, "Name who"),
        ({"act": "destroyed"}, "what happened"),
        ({"act": "received"}, "what happened"),
    ],
)
def test_refuses_half_an_account(exhibit, custodian, values, reason):
    before = CustodyEvent.objects.count()
    with pytest.raises(ActionRefused, match=reason):
        transfer(exhibit, custodian, **values)
    assert CustodyEvent.objects.count() == before


def test_an_examination_needs_no_second_person(exhibit, custodian):
    assert transfer(exhibit, custodian, act="examined", released_by="", received_by="").act == "examined"


def test_an_investigator_may_on_their_own_case_only(exhibit, receive, other_case, staff):
    investigator = staff("investigator")
    transfer(exhibit, investigator)
    with pytest.raises(OutOfScope):
        transfer(receive(case_id=other_case.pk), investigator)


def test_says_who_may(exhibit, counsel):
    with pytest.raises(NotPermitted, match="Records custodian"):
        transfer(exhibit, counsel)
