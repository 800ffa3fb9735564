"""The daily round says what it did, and does nothing the second time."""

import pytest

from tests.factories.cases import Story, set_rule
from tests.factories.staffed import make_staffed
from tracker.audit.actors import Actor, Origin
from tracker.hearings.actions import bylaw, emergency
from tracker.web import daily

DAILY = Actor.system("daily", Origin.DEMO)


@pytest.mark.django_db
def test_the_round_tells_what_the_law_did_and_who_is_reminded() -> None:
    story = Story(make_staffed())
    set_rule(story.office.board, "emergency_by", "executive_director")
    set_rule(story.office.board, "summary_expires_days", 5)
    row = {"code": "SUMMARY_SUSPENSION", "finding": "Danger.", "effective_on": story.today}
    story.do(emergency.take_emergency_action, story.office.director, **row)
    story.wait(6)
    lines = daily.go_round(story.at, actor=DAILY)
    assert lines[0] == f"{story.docket}: end_emergency_action recorded"
    assert f"{story.docket}: danger_screen, overdue" in lines
    assert lines[-1].startswith(f"{story.office.board.short_code}: people who are told by mail: ")
    assert daily.go_round(story.at, actor=DAILY) == []


def test_a_refusal_is_told_with_its_reasons() -> None:
    done = bylaw.Done("X-1", "deem_adopted", ("A vote came in time.",))
    assert daily._law(done) == "X-1: deem_adopted could not be recorded: A vote came in time."
