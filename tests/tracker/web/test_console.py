"""The command line as a door: who acts, which case, and refusals as sentences."""

import pytest
from django.core.management.base import CommandError

from tests.factories.cases import Story
from tests.factories.office import make_person
from tests.factories.staffed import make_staffed
from tracker.audit.actors import Actor
from tracker.errors import ActionRefused, IntegrityBroken, NotPermitted, OutOfScope
from tracker.web import console


@pytest.fixture
def story(db: None) -> Story:
    """A complaint just filed."""
    return Story(make_staffed())


def test_people_are_named_by_their_address(story: Story) -> None:
    person = story.office.intake
    assert console.staff_actor(f" {person.email.upper()} ") == Actor.staff(person.pk)
    gone = make_person(story.office.board, "investigator", is_active=False)
    for email in ("nobody@board.example", gone.email, ""):
        with pytest.raises(CommandError, match="Nobody with the e-mail address"):
            console.staff_actor(email)


def test_cases_are_named_by_their_docket(story: Story) -> None:
    assert console.find_case(f" {story.docket.lower()}").pk == story.case_id
    with pytest.raises(CommandError, match="There is no case BHEC-1999-00001"):
        console.find_case("BHEC-1999-00001")


def test_who_does_not_see_a_case_is_stopped(story: Story) -> None:
    console.must_see(Actor.staff(story.office.auditor.pk), story.case, at=story.at)
    with pytest.raises(OutOfScope):
        console.must_see(Actor.staff(story.office.investigator.pk), story.case, at=story.at)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ActionRefused(["One.", "Two."]), "One.\nTwo.\nNothing was changed."),
        (NotPermitted("This needs another role: Auditor."), "This needs another role: Auditor. Nothing was changed."),
        (OutOfScope(), "There is no case X-1 for this person."),
        (IntegrityBroken("The bytes are not those received."), "The bytes are not those received."),
    ],
)
def test_refusals_are_sentences_and_exit_code_1(error: Exception, words: str) -> None:
    with pytest.raises(CommandError) as refusal, console.refusals("X-1"):
        raise error
    assert str(refusal.value) == words
    assert refusal.value.returncode == 1


def test_what_is_no_refusal_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError), console.refusals():
        raise ZeroDivisionError
