"""Who hears and decides a case."""

from uuid import UUID

from tests.factories.cases import Story
from tracker.cases.actions import people, voting
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


def test_a_member_who_can_never_vote_on_the_order_is_not_among_them(story: Story) -> None:
    liaison, *others = story.to("charges_filed").office.voters
    story.assign(liaison, "liaison")
    row = {"email": liaison.email, "capacity": "liaison", "reason": "Over."}
    story.do(people.end_assignment, story.office.manager, **row)
    found = {one.user_id for one in deciders.deciders(story.case, story.today)}
    body = voting.deciding_body(story.case, "order", "panel", story.today)
    assert found == {one.pk for one in others} == {UUID(user) for user in body.members - body.barred.keys()}
