"""A contact with a decider outside the record is written down and disclosed."""

from datetime import timedelta
from typing import Any

import pytest

from tests.factories.cases import Story
from tracker.cases.actions import exparte
from tracker.cases.models import ExParteContact
from tracker.errors import NotPermitted
from tracker.notices.models import Notice


@pytest.fixture
def charged(story: Story) -> Story:
    """Charges are served, somebody presides."""
    story.to("answer_due")
    story.assign(story.office.presiding, "presiding")
    return story


def row(story: Story, **changed: Any) -> dict[str, Any]:
    """What is disclosed."""
    known = {"decider": story.office.presiding.email, "contact_on": story.today, "by_whom": "A neighbor"}
    return {**known, "text": "He is a good man.", **changed}


def test_a_contact_is_in_the_record_and_told_to_the_respondent(charged: Story) -> None:
    office = charged.office
    contact = charged.do(exparte.log_ex_parte, office.presiding, **row(charged))
    assert (contact.decider, contact.by_whom, contact.paper.kind) == (office.presiding, "A neighbor", "ex_parte")
    assert "He is a good man." in contact.paper.text
    assert office.presiding.full_name in contact.paper.text
    entry = charged.entry("case.ex_parte_logged")
    assert entry["facts"]["decider"] == str(office.presiding.pk)
    assert entry["private"] == {"who": "A neighbor", "summary": "He is a good man."}
    assert charged.letters()[-1] == ("ex_parte", "respondent")
    words = Notice.objects.filter(kind="ex_parte").get().body
    assert "A neighbor was in contact with" in words
    assert "He is a good man." in words
    # A member who votes is told of as well, by any of those who may.
    charged.do(exparte.log_ex_parte, office.voters[0], **row(charged, decider=office.voters[0].email.upper()))
    assert ExParteContact.objects.count() == 2


def test_a_contact_is_refused(charged: Story) -> None:
    office, act = charged.office, exparte.log_ex_parte
    nobody = "Nobody with this e-mail address hears or decides this case."
    for person in (office.panel[0], office.investigator, office.counsel):
        assert charged.refused(act, office.counsel, **row(charged, decider=person.email)) == nobody
    blank = {"by_whom": " ", "text": "", "contact_on": charged.today + timedelta(days=1)}
    assert charged.refused(act, office.counsel, **row(charged, **blank)) == (
        "Say who made the contact. Write what was said. The contact cannot be in the future."
    )
    early = row(charged, contact_on=charged.today - timedelta(days=400))
    assert charged.refused(act, office.manager, **early) == "The contact cannot be before the complaint."
    charged.refused(act, office.investigator, NotPermitted, **row(charged))
