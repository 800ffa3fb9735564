"""The forms of overlays: what they offer on a case, and what they give to the acts."""

from datetime import timedelta
from typing import Any

import pytest

from tests.factories.cases import Story
from tests.factories.staffed import Staffed, make_staffed
from tracker.cases.actions import people, tolling
from tracker.cases.actions.experts import Engagement
from tracker.web.forms import overlays as o


@pytest.fixture
def office(db: None) -> Staffed:
    return make_staffed()


def offered(form: Any, name: str) -> list[str]:
    """The codes of a choice."""
    return [code for code, _label in form.fields[name].choices if code]


def test_clocks_and_people_are_offered_as_the_case_has_them(office: Staffed) -> None:
    story = Story(office).wait(2)
    assert offered(o.ResumeClockForm(case=story.case), "kind") == []
    assert offered(o.LiftRecusalForm(case=story.case), "email") == []
    row = {"kind": "status_update", "reason": "Flood.", "from_on": story.today}
    story.do(tolling.toll_clock, office.manager, **row)
    assert offered(o.ResumeClockForm(case=story.case), "kind") == ["status_update"]
    running = offered(o.TollClockForm(case=story.case), "kind")
    assert "danger_screen" in running
    assert "status_update" not in running
    story.assign(office.investigator, "investigator")
    story.do(people.declare_conflict, office.investigator, has_conflict=True, reason="A cousin.")
    assert offered(o.LiftRecusalForm(case=story.case), "email") == [office.investigator.email]


def test_an_engagement_is_given_as_one_value(office: Staffed) -> None:
    story = Story(office)
    data = {"name": "Dr. Roe", "email": "roe@expert.example", "conflict_check": "None.", "questions": "Why?"}
    form = o.ReferToExpertForm({**data, "letter": "Please."}, case=story.case)
    assert form.is_valid()
    assert form.values() == {
        "engagement": Engagement("Dr. Roe", "None.", "Why?", "Please.", email="roe@expert.example", address="")
    }
    assert not o.ReferToExpertForm({**data}, case=story.case).is_valid()


def test_days_are_dates(office: Staffed) -> None:
    story = Story(office)
    day = story.today + timedelta(days=9)
    form = o.PlaceHoldForm({"reason": "A lawsuit.", "review_on": day.isoformat()}, case=story.case)
    assert form.is_valid()
    assert form.values() == {"reason": "A lawsuit.", "review_on": day, "ends_on": None}
