"""The forms of papers that are filed by hand."""

from datetime import date
from typing import Any

import pytest

from tests.factories.cases import Story
from tests.factories.staffed import make_staffed
from tracker.cases.kinds import FILED_BY_HAND
from tracker.web.forms import papers as p

pytestmark = pytest.mark.once
WAIVER = {"period": "appeal", "given_by": "respondent", "signed_on": "2026-03-02", "text": "Waived."}


@pytest.fixture
def story(db: None) -> Story:
    """A complaint just filed."""
    return Story(make_staffed())


def waiver(story: Story, **data: Any) -> p.FileWaiverForm:
    """A waiver as it is filled in."""
    return p.FileWaiverForm({**WAIVER, **data}, case=story.case)


def test_a_waiver_says_for_what_by_whom_and_when(story: Story) -> None:
    form = waiver(story)
    assert form.is_valid()
    assert form.values() == {**WAIVER, "signed_on": date(2026, 3, 2)}
    assert [code for code, _label in form.fields["given_by"].choices] == ["respondent", "prosecution", "both"]
    assert form.fields["signed_on"].initial == form.today()


def test_a_waiver_leaves_nothing_open(story: Story) -> None:
    for name in WAIVER:
        assert set(waiver(story, **{name: ""}).errors) == {name}
    assert set(waiver(story, period="lunch", given_by="court").errors) == {"period", "given_by"}


def test_a_paper_of_a_step_is_not_offered(story: Story) -> None:
    form = p.FileDocumentForm(case=story.case)
    assert [code for code, _label in form.fields["kind"].choices] == ["", *FILED_BY_HAND]
