"""What a step knows: whether a name is needed, and the search by state and profession."""

import pytest

from boards import queries
from tests.factories.offices import make_rule
from tracker.web.forms.setting import PlaceForm, Setting

pytestmark = pytest.mark.once


def test_a_board_that_wants_names_says_why(offices, today):
    make_rule(offices.texas, "anonymous_allowed", False)
    setting = Setting({}, offices.texas, queries.rules_in_force(offices.texas, today), today)
    assert not setting.allows_anonymous()
    assert setting.why_named() == "This board does not take complaints without a name."
    assert setting.why_named_citation() == "22 TAC 884.10"


def test_by_default_a_name_is_not_needed(offices, today):
    setting = Setting({}, None, queries.rules_in_force(None, today), today)
    assert setting.allows_anonymous()
    assert setting.why_named() == ""
    assert setting.why_named_citation() == ""


def test_the_search_offers_every_state_and_profession(offices, today):
    form = PlaceForm(today=today)
    assert [code for code, _name in form.fields["state"].choices] == ["", "OH", "TX", "UT"]
    assert form.fields["profession"].choices == [
        ("", "Choose a profession"),
        ("counseling", "Counselor or psychotherapist (LPC)"),
    ]
