"""Who stood aside: whom each edition names, and never why."""

from datetime import UTC, datetime

import pytest

from tests.factories.cases import Story
from tests.factories.staffed import Staffed, make_staffed
from tracker.bundle.gather_aside import aside
from tracker.bundle.lists import Aside
from tracker.cases.actions import overlays, people

SINCE = "2026-03-02"


@pytest.fixture
def office(db: None) -> Staffed:
    """A hosted board with everybody who works there."""
    return make_staffed()


@pytest.fixture
def story(office: Staffed) -> Story:
    """A complaint from which its investigator stood aside."""
    story = Story(office)
    story.assign(office.investigator, "investigator")
    story.do(people.declare_conflict, office.investigator, has_conflict=True, reason="SECRET cousin")
    return story


def stand_aside(story: Story) -> None:
    """Two members stand aside once there is a record; one of them comes back."""
    case = story.case
    type(case).objects.filter(pk=case.pk).update(charged_at=datetime(2026, 3, 2, 15, tzinfo=UTC))
    for member in story.office.voters[:2]:
        story.do(people.declare_conflict, member, has_conflict=True, reason="SECRET partner")
    story.wait(3)
    row = {"email": story.office.voters[1].email, "reason": "SECRET mistake"}
    story.do(overlays.lift_recusal, story.office.director, **row)
    story.do(people.declare_conflict, story.office.voters[2], has_conflict=False)


def test_each_edition_names_whom_its_readers_may_know(story: Story) -> None:
    assert aside(Story(story.office).case, "board") == ()
    stand_aside(story)
    office = story.office
    members = {
        Aside(office.voters[0].full_name, "Board member", SINCE),
        Aside(office.voters[1].full_name, "Board member", SINCE, "2026-03-05"),
    }
    for edition in ("hearing", "respondent", "court"):
        assert set(aside(story.case, edition)) == members
    own = Aside(office.investigator.full_name, "Investigator", SINCE)
    assert set(aside(story.case, "board")) == {own, *members}
    assert aside(story.case, "public") == ()
    assert "SECRET" not in str(aside(story.case, "board"))
