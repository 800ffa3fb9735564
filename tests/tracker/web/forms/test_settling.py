"""The forms of settlement and default, and the field for the terms of an offer."""

import json
from datetime import date
from typing import Any

import pytest

from tests.factories.cases import Story, set_rule
from tests.factories.staffed import make_staffed
from tracker.audit.actors import Actor
from tracker.errors import ActionRefused
from tracker.hearings.actions import negotiating
from tracker.hearings.actions.negotiating import TermData
from tracker.web import stepdata
from tracker.web.forms import settling as s
from tracker.web.forms.court import CountsField
from tracker.web.steps import STEPS

OFFER = {"side": "board", "offered_on": "2026-03-02", "text": "x"}


def cleaned(value: Any) -> Any:
    """What the field makes of a value, or its faults."""
    form = type("Bare", (s.forms.Form,), {"terms": s.TermsField()})({"terms": value})
    return form.cleaned_data["terms"] if form.is_valid() else list(form.errors["terms"])


def test_terms_are_objects_on_the_command_line() -> None:
    given = [
        {"code": "PROBATION", "days": 365, "terms": "Supervision", "due_on": "2026-09-01", "is_stayed": True},
        {"code": "CITATION_FINE", "amount": "500.07"},
    ]
    assert cleaned(given) == [
        TermData("PROBATION", days=365, terms="Supervision", is_stayed=True, due_on=date(2026, 9, 1)),
        TermData("CITATION_FINE", amount_cents=50_007),
    ]
    assert cleaned('[{"code": "REPRIMAND"}]') == [TermData("REPRIMAND")]


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ([], "Fill in at least one term."),
        ("REPRIMAND", "Give a list of objects with these keys: code, days, amount, terms, is_stayed, due_on."),
        (["REPRIMAND"], "Give a list of objects with these keys: code, days, amount, terms, is_stayed, due_on."),
        ([{"code": "REPRIMAND"}] * 6, "An offer has at most 5 terms."),
        ([{"code": "REPRIMAND", "day": 1}], "day is no key of a term."),
        ([{"code": "REPRIMAND"}, {"code": "CENSURE", "days": "x"}], "Term 2, Length in days: Enter a whole number."),
        ([{"code": "REPRIMAND", "due_on": ["x"]}], "due_on takes one value."),
        ([{"code": "REPRIMAND", "due_on": "9999-12-31"}], "Term 1, Due on: The year must be 2200 or earlier."),
    ],
)
def test_what_is_no_term_is_told(value: Any, fault: str) -> None:
    assert cleaned(value) == [fault]


def test_a_page_sends_the_fields_of_each_term_and_keeps_what_was_typed() -> None:
    page = {
        "terms-0-code": "REPRIMAND",
        "terms-2-code": "PROBATION",
        "terms-2-days": "365",
        "terms-2-terms": "Supervision",
    }
    form = type("Bare", (s.forms.Form,), {"terms": s.TermsField(label="Terms")})(page)
    assert form.is_valid()
    assert form.cleaned_data["terms"] == [TermData("REPRIMAND"), TermData("PROBATION", 365, terms="Supervision")]
    html = str(form["terms"])
    assert html.count("<details") == 4
    # The second filled term moves up, and is in sight.
    assert html.count('<details class="term" open') == 1
    assert 'name="terms-1-days" value="365"' in html
    assert 'for="id_terms-0-code"' in html


@pytest.fixture
def story(db: None) -> Story:
    """A complaint just filed."""
    return Story(make_staffed())


def test_the_door_takes_a_list_of_terms(story: Story) -> None:
    actor = Actor.staff(story.office.counsel.pk)
    data = {**OFFER, "terms": [{"code": "CITATION_FINE", "amount": 500}]}
    form = stepdata.bound_form(STEPS["offer_settlement"], story.case, data, actor)
    assert form.values()["terms"] == [TermData("CITATION_FINE", amount_cents=50_000)]
    with pytest.raises(ActionRefused) as refusal:
        stepdata.bound_form(STEPS["offer_settlement"], story.case, {**OFFER, "terms": ["x"]}, actor)
    assert refusal.value.reasons[0].startswith("terms: Give a list of objects")


def test_the_statement_on_military_service_is_asked_by_the_boards_rule(story: Story) -> None:
    assert "military_affidavit" in s.EnterDefaultForm({"packet": "x"}, case=story.case).errors
    set_rule(story.office.board, "military_affidavit_required", value=False)
    assert s.EnterDefaultForm({"packet": "x"}, case=story.case).is_valid()


ODD = (True, False, 5, -1, 0.5, [], ["x"], {}, {"a": 1}, None, "\0")


@pytest.mark.parametrize("field_class", [s.TermsField, CountsField])
@pytest.mark.parametrize("as_text", [True, False])
def test_whatever_stands_in_an_object_is_told_and_shown_again(field_class: Any, *, as_text: bool) -> None:
    bare = type("Bare", (s.forms.Form,), {"list": field_class(label="List")})
    fine = {"code": "REPRIMAND"} if field_class is s.TermsField else {"citation": "Term 1", "text": "x"}
    assert bare({"list": [fine]}).is_valid()
    for key in field_class().object_keys:
        for value in ODD:
            given = [{**fine, key: value}]
            if as_text:
                given = json.dumps(given)
            form = bare({"list": given})
            if isinstance(value, list | dict):
                assert f"{key} takes one value." in form.errors["list"], (key, value)
            assert form.is_valid() is not bool(form.errors)
            assert f'name="list-0-{key}"' in str(form["list"].as_field_group())
    for value in (5, True, None, {}, "x", [5], [None], [[]]):
        assert "list" in bare({"list": json.dumps(value)}).errors


def test_a_yes_is_one_for_a_box_only() -> None:
    row = {"code": "PROBATION", "days": 5, "terms": 5}
    assert cleaned([{**row, "is_stayed": True}]) == [TermData("PROBATION", 5, terms="5", is_stayed=True)]
    for key in ("code", "days", "amount", "due_on"):
        assert cleaned([{**row, key: True}])[0].startswith("Term 1, ")


@pytest.mark.django_db
def test_who_signs_reads_the_terms_that_are_signed() -> None:
    story = Story(make_staffed()).to("prehearing")
    terms = [TermData("PROBATION", days=365, terms="Supervision."), TermData("REPRIMAND")]
    row = {"side": "board", "text": "x", "terms": terms, "offered_on": story.today}
    story.do(negotiating.offer_settlement, story.office.counsel, **row)
    told = s.SignSettlementForm(case=story.case).fields["text"].help_text
    assert told.endswith("The terms of open offer 1 are added below it: Probation, 365 days: Supervision; Reprimand.")
