"""Who hears and decides a case."""

from tests.factories.cases import Story
from tracker.cases.actions import people
from tracker.cases.queries import deciders


def test_who_presides_and_the_members_who_keep_to_the_record(story: Story) -> None:
    office = story.office
    story.to("charges_filed")
    story.assign(office.presiding, "presiding")
    story.assign(office.voters[0], "liaison")
    story.do(people.declare_conflict, office.presiding, has_conflict=False)
    found = deciders.deciders(story.case, story.today)
    assert {one.user_id for one in found} == {office.presiding.pk, *(one.pk for one in office.voters[1:])}
    assert [one.name for one in found] == sorted(one.name for one in found)
    story.do(people.declare_conflict, office.presiding, has_conflict=True, reason="A cousin.")
    assert office.presiding.email not in {one.email for one in deciders.deciders(story.case, story.today)}
