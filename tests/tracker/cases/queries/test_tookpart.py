"""Who took part without a place on the case."""

from tests.factories.cases import Story
from tests.factories.office import make_person
from tracker.cases.actions import companions, experts, voting
from tracker.cases.actions.experts import Engagement
from tracker.cases.filingdata import RespondentData
from tracker.cases.queries import tookpart


def test_members_are_those_whose_ballot_was_counted(story: Story) -> None:
    story.to("probable_cause_review")
    story.seat_panel()
    story.vote("probable_cause", choices="ynr")
    assert tookpart.judged_probable_cause({story.case.pk}) == {one.pk for one in story.office.panel[:2]}


def test_an_expert_is_known_by_the_address(story: Story) -> None:
    story.to("investigating")
    person = make_person()
    assert tookpart.experts({story.case.pk}) == set()
    asked = Engagement("Dr. Roe", "None.", "Why?", "Please.", email=f" {person.email.upper()}")
    story.do(experts.refer_to_expert, story.office.investigator, engagement=asked)
    assert tookpart.experts({story.case.pk}) == {person.pk}


def test_who_charged_on_one_docket_does_not_judge_another_about_the_same_complaint(story: Story) -> None:
    story.to("probable_cause_review")
    person = RespondentData(name="Ines Farrow", license_number="7731")
    opened = [
        story.do(companions.open_companion, story.office.counsel, respondent=person, allegations=["A2"], reason="Both.")
        for _number in range(2)
    ]
    first, second = (story.on(case) for case in opened)
    # Two companions know each other through the case they both came from.
    assert tookpart.matter(first.case) == tookpart.matter(second.case) == {story.case.pk, *(one.pk for one in opened)}
    story.seat_panel()
    story.vote("probable_cause")
    body = voting.deciding_body(second.case, "order", "panel", story.today)
    seated = {str(one.pk) for one in story.office.panel}
    assert seated <= set(body.barred)
    # Seated on the first case is not seated here.
    assert voting.deciding_body(second.case, "probable_cause", "panel", story.today).members == frozenset()
