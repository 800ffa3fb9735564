"""People of a case: named for those who may see names, labels for all others."""

import pytest

from tests.factories.docketed import Docketed
from tests.factories.staffed import make_staffed
from tracker.cases.models import Identity
from tracker.cases.queries import casefile, people, readers


@pytest.fixture
def office(db):
    return make_staffed()


def seen(person, story):
    return casefile.find(readers.reader(person.pk, at=story.at), story.case.docket)


def test_the_file_has_names_and_contacts(office):
    found = {person.role: person for person in people.people(seen(office.counsel, Docketed(office).file()))}

    assert found["complainant"].name == "Maya Ortiz-Bell"
    assert ("safe_contact", "e-mail only") in found["complainant"].contacts
    assert found["respondent"].license_number == "LPC 88214"


def test_the_record_names_the_respondent_and_counsel_only(office):
    story = Docketed(office).charged()
    story.do("appear_counsel", office.manager, {"name": "Harlan Voss", "email": "voss@law.example"})
    found = {person.role: person for person in people.people(seen(office.voters[0], story))}

    assert found["complainant"].name == "Complainant"
    assert found["respondent"].name == "Robin Vale"
    assert found["counsel"].name == "Harlan Voss"
    assert {(person.contacts, person.license_number, person.practice, person.note) for person in found.values()} == {
        ((), "", "", "")
    }


def test_a_sealed_identity_is_a_label_for_everyone(office):
    story = Docketed(office).file()
    Identity.objects.update(is_sealed=True)

    assert [person.name for person in people.people(seen(office.counsel, story))] == ["Respondent", "Complainant"]
    assert {person.contacts for person in people.people(seen(office.counsel, story))} == {()}


def test_places_with_their_conflict_checks(office):
    story = Docketed(office).scheduled()
    whole = {(place.capacity, place.conflict) for place in people.places(seen(office.counsel, story))}
    record = people.places(seen(office.voters[0], story))

    assert {("investigator", False), ("panel", False), ("presiding", False)} <= whole
    assert [(place.capacity, place.conflict) for place in record] == [("presiding", None)]


def test_names_of_actors(office):
    code = f"staff:{office.counsel.pk}"

    assert people.names_of([code, "system:worker", "filer:x"]) == {code: office.counsel.full_name}
