"""The forms of links, companion cases and ex-parte contacts: what they offer and what they give."""

import pytest

from tests.factories.cases import Story
from tests.factories.staffed import make_staffed
from tracker.cases.actions import linking, overlays
from tracker.cases.filingdata import RespondentData
from tracker.web.forms import linking as k


@pytest.fixture
def story(db: None) -> Story:
    """A complaint just filed."""
    return Story(make_staffed())


def test_a_link_is_chosen_by_its_number_and_a_sealed_docket_is_not_named(story: Story) -> None:
    other = Story(story.office, at=story.at)
    assert k.UnlinkDocketsForm(case=story.case).fields["number"].choices == [("", "Choose")]
    row = {"docket": other.docket, "kind": "consolidated", "reason": "x"}
    story.do(linking.link_dockets, story.office.manager, **row)
    form = k.UnlinkDocketsForm({"number": "1", "reason": "x"}, case=story.case)
    assert form.fields["number"].choices[1] == ("1", f"1. Consolidated with {other.docket}")
    assert form.is_valid()
    assert form.values() == {"number": 1, "reason": "x"}
    other.do(overlays.seal_case, story.office.counsel, reason="A minor.")
    assert k.UnlinkDocketsForm(case=story.case).fields["number"].choices[1] == ("1", "1. Consolidated with")


def test_a_respondent_is_given_as_one_value(story: Story) -> None:
    data = {"name": "Ines Farrow", "license_number": "7", "allegations": ["A2"], "reason": "x"}
    form = k.OpenCompanionForm(data, case=story.case)
    assert form.is_valid(), form.errors
    assert form.values() == {
        "respondent": RespondentData(name="Ines Farrow", license_number="7"),
        "allegations": ["A2"],
        "share_exhibits": False,
        "reason": "x",
    }
    assert not k.OpenCompanionForm({**data, "allegations": ["A9"]}, case=story.case).is_valid()


def test_those_who_decide_are_offered(story: Story) -> None:
    story.assign(story.office.presiding, "presiding")
    offered = {code for code, _label in k.LogExParteForm(case=story.case).fields["decider"].choices if code}
    assert offered == {one.email for one in (story.office.presiding, *story.office.panel, *story.office.voters)}
