"""A case that the board hears itself: who may sit, and what the record says."""

import pytest

from tests.factories.cases import Story, set_rule
from tests.factories.office import make_person
from tracker.access.policy import Role
from tracker.cases import facts
from tracker.cases.casefacts import CaseFacts
from tracker.hearings.actions import holding
from tracker.hearings.models import Hearing


@pytest.fixture
def called(story: Story) -> Story:
    """On the day of the hearing."""
    return story.before("hearing_held")


def emails(story: Story) -> list[str]:
    """Of the members who vote in the end."""
    return [member.email for member in story.office.voters]


def known(story: Story) -> CaseFacts:
    """What the next decision would rest on."""
    return facts.gather(story.case, at=story.at)


def test_the_record_names_the_members_who_sit(called: Story) -> None:
    called.do(holding.open_hearing, called.office.presiding, appearances="Both sides. ", heard_by=emails(called))
    hearing = Hearing.objects.get()
    assert set(hearing.heard_by.all()) == set(called.office.voters)
    names = ", ".join(sorted(member.full_name for member in called.office.voters))
    text = f"Both sides.\nThe board hears the case itself. Members sitting: {names}."
    assert hearing.appearances == text
    assert called.case.documents.get(kind="hearing_record").text == text
    assert set(called.entry("hearing.opened")["facts"]["heard_by"]) == {str(one.pk) for one in called.office.voters}


def test_the_officer_hears_it_alone_where_nobody_is_named(called: Story) -> None:
    called.do(holding.open_hearing, called.office.presiding, appearances="Both sides.", heard_by=["", " "])
    hearing = Hearing.objects.get()
    assert (hearing.appearances, hearing.heard_by.count()) == ("Both sides.", 0)
    assert called.entry("hearing.opened")["facts"]["heard_by"] == []


def test_who_may_not_sit(called: Story) -> None:
    office = called.office
    stranger = make_person(office.board, Role.INTAKE_ANALYST)
    for person, sentence in (
        (office.panel[0], f"{office.panel[0].full_name} may not hear the case: took part as Panel member."),
        (stranger, f"{stranger.full_name} is not a member of the board."),
    ):
        named = {"appearances": "Both sides.", "heard_by": [*emails(called), person.email]}
        assert called.refused(holding.open_hearing, office.presiding, **named) == sentence
    words = called.refused(holding.open_hearing, office.presiding, appearances="x", heard_by=["no@board.test"])
    assert words.startswith("Nobody has the e-mail address no@board.test.")
    assert Hearing.objects.get().opened_at is None


def test_fewer_than_a_quorum_do_not_hear_a_case(called: Story) -> None:
    set_rule(called.office.board, "quorum", 4)
    words = called.refused(holding.open_hearing, called.office.presiding, appearances="x", heard_by=emails(called)[:3])
    assert words == "Only who hears the case may vote on it, and the board's quorum is 4. Name at least as many."


def test_what_the_board_heard_is_not_adopted_by_time(called: Story) -> None:
    set_rule(called.office.board, "deemed_adopted", True)
    called.do(holding.open_hearing, called.office.presiding, appearances="x", heard_by=emails(called))
    called.to("board_review")
    assert (known(called).heard_by_board, known(called).deemed_adopted) == (True, False)


def test_a_new_hearing_by_the_officer_alone_lets_every_member_vote(called: Story) -> None:
    called.do(holding.open_hearing, called.office.presiding, appearances="x", heard_by=emails(called))
    assert known(called).heard_by_board
    Hearing.objects.update(vacated_at=called.at)
    Hearing.objects.create(
        board_id=called.office.board.pk,
        case=called.case,
        presiding=called.office.presiding,
        starts_at=called.at,
        place="Room 2",
        noticed_on=called.today,
    )
    assert known(called).heard_by_board
    Hearing.objects.filter(place="Room 2").update(opened_at=called.wait(1).at)
    assert not known(called).heard_by_board
