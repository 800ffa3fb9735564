"""Who took part without a place on the case."""

from tests.factories.cases import Story
from tests.factories.office import make_person
from tracker.cases.actions import experts
from tracker.cases.actions.experts import Engagement
from tracker.cases.queries import tookpart


def test_members_are_those_whose_ballot_was_counted(story: Story) -> None:
    story.to("probable_cause_review")
    story.seat_panel()
    story.vote("probable_cause", choices="ynr")
    assert tookpart.judged_probable_cause(story.case) == {one.pk for one in story.office.panel[:2]}


def test_an_expert_is_known_by_the_address(story: Story) -> None:
    story.to("investigating")
    person = make_person()
    assert tookpart.experts(story.case) == set()
    asked = Engagement("Dr. Roe", "None.", "Why?", "Please.", email=f" {person.email.upper()}")
    story.do(experts.refer_to_expert, story.office.investigator, engagement=asked)
    assert tookpart.experts(story.case) == {person.pk}
