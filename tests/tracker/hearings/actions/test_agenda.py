"""Who is told that a matter is before the board, and of what."""

from dataclasses import replace

import pytest

from tests.factories.cases import Story, set_rule
from tests.tracker.hearings.actions.test_defaulting import ANSWER, PACKET
from tests.tracker.hearings.actions.test_settling import signed
from tracker.cases import facts
from tracker.cases.actions import charging
from tracker.cases.actions.moving import Begun
from tracker.cases.states import CaseKind
from tracker.cases.workflow import MOVES
from tracker.hearings.actions import agenda, defaulting, holding
from tracker.notices.models import Notice

BOTH = [("board_agenda", "respondent"), ("board_agenda", "complainant")]


def told(story: Story, audience: str = "respondent", kind: str = "board_agenda") -> str:
    """What the last letter says."""
    rows = Notice.objects.filter(case_id=story.case_id, kind=kind, audience=audience)
    return rows.order_by("-id")[0].body


def sent(story: Story, key: str, number: int) -> list[tuple[str, str]]:
    """The last so many letters, after seeing that they are those of the step's row."""
    found = story.letters()[-number:]
    assert {kind for kind, _audience in found} == set(MOVES[key].letters)
    return found


def test_the_respondent_learns_what_the_board_has_and_by_when_it_must_act(story: Story) -> None:
    story.before("board_review").move("board_review")
    assert sent(story, "submit_to_board", 2) == BOTH
    body = told(story)
    assert f"The proposed decision in docket number {story.docket} is now before the board." in body
    assert "The board must act by July 10, 2026." in body
    assert "becomes its order" not in body


def test_the_complainant_learns_that_it_is_there_and_nothing_of_it(story: Story) -> None:
    body = told(story.to("board_review"), "complainant")
    assert f"Your complaint about Leland Prewitt, docket number {story.docket}, is now before the board." in body
    assert not [word for word in ("propos", "July", "default", "settle", "Probation") if word in body]


@pytest.mark.parametrize(("days", "said"), [(14, True), (140, False)])
def test_where_silence_adopts_it_the_letter_says_so_until_that_day_is_over(story: Story, days: int, said: bool) -> None:
    set_rule(story.office.board, "deemed_adopted", value=True)
    story.to("proposed_decision").wait(days).do(holding.submit_to_board, story.office.manager)
    body = told(story)
    assert ("must act by" in body) is said
    assert ("If it does not, the proposed decision becomes its order as it stands." in body) is said


def test_a_petition_that_was_heard_comes_before_the_board_as_a_petition(story: Story) -> None:
    known = facts.gather(story.case, at=story.at)
    begun = Begun("submit_to_board", story.case, known, None, story.at, story.today)
    assert agenda.proposed(begun) == "proposal"
    assert agenda.proposed(replace(begun, facts=replace(known, kind=CaseKind.REINSTATEMENT))) == "petition"


def test_a_default_is_told_with_the_way_to_set_it_aside(story: Story) -> None:
    story.to("answer_due").wait(22).do(defaulting.enter_default, story.office.counsel, **PACKET)
    assert sent(story, "enter_default", 3) == [("default", "respondent"), *BOTH]
    assert "no answer came in time" in told(story)
    assert "ask it to set the default aside" in told(story)
    assert "must act by" not in told(story)


@pytest.mark.parametrize("election", ["informal", "waived"])
def test_who_asked_to_speak_to_the_board_is_told_how(story: Story, election: str) -> None:
    set_rule(story.office.board, "election_of_rights", value=True)
    row = {**ANSWER, "received_on": story.to("answer_due").today, "election": election}
    story.do(charging.record_answer, story.office.manager, **row)
    story.do(defaulting.submit_undisputed, story.office.manager)
    assert sent(story, "submit_undisputed", 2) == BOTH
    assert "no hearing is held" in told(story)
    assert ("You asked to speak to the board" in told(story)) is (election == "informal")


@pytest.mark.parametrize("status", ["prehearing", "hearing_scheduled"])
def test_a_settlement_is_told_to_the_respondent_alone(story: Story, status: str) -> None:
    before = story.to(status).letters()
    signed(story, status)
    witness = [("hearing_vacated", "complainant")] if status == "hearing_scheduled" else []
    assert story.letters() == [*before, ("settlement_agenda", "respondent"), *witness]
    assert {"settlement_agenda", "hearing_vacated"} == set(MOVES["sign_settlement"].letters)
    body = told(story, kind="settlement_agenda")
    assert "It binds nobody until the board accepts it." in body
    assert ("The hearing that was set does not take place." in body) is (status == "hearing_scheduled")
