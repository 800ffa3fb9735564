"""Expert review: who is asked, what is frozen, which clock runs, and what comes back."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.factories.cases import Story
from tracker.cases.actions import experts, investigation
from tracker.cases.actions.experts import Engagement
from tracker.cases.models import ExpertReview, Participant

ASKED = Engagement(
    name="Dr. Ada Roe",
    conflict_check="Knows neither side.",
    questions="Was it below the standard of care?",
    letter="Please review the file.",
    email="roe@expert.example",
)


@pytest.fixture
def ready(story: Story) -> Story:
    return story.to("investigating")


def test_an_expert_is_asked_and_answers(ready: Story) -> None:
    office = ready.office
    row = ready.do(experts.refer_to_expert, office.investigator, engagement=ASKED)
    assert ready.case.status == "expert_review"
    assert (row.expert.role, row.expert.identity.name, row.conflict_check) == (
        "expert", "Dr. Ada Roe", "Knows neither side.",
    )  # fmt: skip
    letter = ready.case.documents.get(kind="engagement_letter")
    assert letter.text == "Please review the file.\n\nWas it below the standard of care?"
    entry = ready.entry("case.expert_engaged")
    assert entry["facts"]["due_on"] == ready.clock("expert_opinion").due_on.isoformat()
    assert entry["private"] == {"expert": "Dr. Ada Roe", "questions": "Was it below the standard of care?"}
    words = ready.refused(investigation.submit_report, office.investigator, report="x")
    assert words.startswith("The case is at: Expert review.")

    ready.wait(9)
    came = ready.today - timedelta(days=1)
    ready.do(experts.receive_opinion, office.investigator, received_on=came, text="Below the standard.", why_none="x")
    assert ready.case.status == "investigating"
    assert ready.clock("expert_opinion").state == "met"
    row.refresh_from_db()
    assert (row.opinion.text, row.opinion.dated_on, row.received_on) == ("Below the standard.", came, came)
    assert ready.entry("case.opinion_received")["facts"]["outcome"] == "received"
    assert ready.entry("case.opinion_received")["private"] == {"opinion": "Below the standard."}


def test_none_came_and_the_same_expert_is_asked_again(ready: Story) -> None:
    person = ready.office.investigator
    ready.do(experts.refer_to_expert, person, engagement=ASKED)
    ready.do(experts.receive_opinion, person, received_on=ready.today, why_none="Fell ill.")
    assert ready.entry("case.opinion_received")["facts"]["outcome"] == "none"
    assert ready.case.documents.get(kind="expert_opinion").title == "No opinion came"
    assert ExpertReview.objects.get().received_on is None
    ready.do(experts.refer_to_expert, person, engagement=ASKED)
    assert Participant.objects.filter(case=ready.case, role="expert").count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": " "}, "Give the expert's name."),
        ({"email": ""}, "Give an e-mail or mailing address of the expert."),
        ({"conflict_check": ""}, "Write what the expert answered to the conflict check."),
        ({"questions": "\n"}, "List the questions, one a line."),
        ({"letter": ""}, "Write the engagement letter."),
    ],
)
def test_asking_is_refused(ready: Story, changes: dict, sentence: str) -> None:
    asked = replace(ASKED, **changes)
    assert ready.refused(experts.refer_to_expert, ready.office.investigator, engagement=asked) == sentence


def test_an_opinion_is_refused(ready: Story) -> None:
    person = ready.office.investigator
    ready.do(experts.refer_to_expert, person, engagement=ASKED)
    for data, sentence in (
        ({"text": " "}, "Write the opinion, or say why none came."),
        ({"received_on": date(2030, 1, 1)}, "The opinion cannot be in the future."),
        ({"received_on": date(2026, 3, 1)}, "The opinion cannot be before the engagement."),
    ):
        row = {"received_on": ready.today, "text": "x", **data}
        assert ready.refused(experts.receive_opinion, person, **row) == sentence
