"""People in a case: names stand in one table, contacts encrypted."""

import pytest
from django.db import IntegrityError, connection, transaction

from tests.factories.cases import START, Story
from tracker.cases.filingdata import ComplainantData
from tracker.cases.models import Identity, Participant


def test_counsel_represents_somebody_and_roles_are_known(story: Story) -> None:
    row = {"board": story.office.board, "case": story.case, "label": "x", "since": START}
    for role in ("counsel", "bystander"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Participant.objects.create(**row, role=role)


def test_a_name_or_else_the_label(office: object) -> None:
    story = Story(office, complainant=ComplainantData(is_anonymous=True))
    respondent, complainant = (story.case.participants.get(role=role) for role in ("respondent", "complainant"))
    assert (respondent.name, complainant.name) == ("Leland Prewitt", "Complainant")
    assert str(respondent) == "Respondent"


def test_contacts_are_unreadable_in_the_table(story: Story) -> None:
    person = Identity.objects.get(participant__role="complainant")
    assert person.email == "maya@example.org"
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, email, phone FROM tracker_identity WHERE name = %s", ["Maya Ortiz"])
        name, email, _phone = cursor.fetchone()
    assert name == "Maya Ortiz"
    assert "maya" not in email
    assert "Ortiz" not in str(person)
