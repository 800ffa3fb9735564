"""The seven steps: what each takes, what it refuses and in which words, what the draft keeps."""

from datetime import date

import pytest

from boards import queries
from tests.factories.offices import make_board
from tracker.web.forms import complaint
from tracker.web.forms.setting import Setting

pytestmark = pytest.mark.once

WHAT = {
    "grounds": ["refusal_to_terminate", "other"],
    "occurred_from_0": "2",
    "occurred_from_1": "",
    "occurred_from_2": "2026",
    "occurred_to_0": "4",
    "occurred_to_1": "20",
    "occurred_to_2": "2026",
    "narrative": "I said that I wanted to stop.",
    "raised": "yes",
}
YOU = {"relation": "client", "name": "Maya Ortiz-Bell", "email": "maya@example.com", "safe_contact": "any"}


@pytest.fixture
def setting(offices, today):
    def make(board=None, **answers):
        return Setting(answers, board, queries.rules_in_force(board, today), today)

    return make


def filled(form, data, setting):
    found = form(data, setting=setting)
    found.is_valid()
    return found


def test_the_only_board_of_state_and_profession_is_chosen(setting):
    form = filled(complaint.BoardForm, {"state": "TX", "profession": "counseling"}, setting())
    assert form.answers() == {"state": "TX", "profession": "counseling", "board": "tx-bhec"}


def test_among_several_boards_one_must_be_chosen(setting, offices):
    second = make_board(offices.texas.jurisdiction, offices.counseling, "tx-two", "TWO")
    data = {"state": "TX", "profession": "counseling"}
    form = filled(complaint.BoardForm, data, setting())
    assert form.errors["board"] == ["Choose the board that should get your complaint"]
    assert {slug for slug, _label in form.fields["board"].widget.choices} == {"tx-bhec", second.slug}
    assert filled(complaint.BoardForm, {**data, "board": "tx-two"}, setting()).answers()["board"] == "tx-two"


def test_a_board_of_another_state_is_not_taken_over(setting):
    form = filled(complaint.BoardForm, {"state": "TX", "profession": "counseling", "board": "ut-dopl"}, setting())
    assert form.answers()["board"] == "tx-bhec"


def test_a_state_without_a_board_says_so(setting, offices):
    offices.texas.professions.clear()
    form = filled(complaint.BoardForm, {"state": "TX", "profession": "counseling"}, setting())
    assert "We know no board" in form.non_field_errors()[0]


def test_who_needs_a_name_only(setting):
    assert filled(complaint.WhoForm, {"name": "Leland Prewitt"}, setting()).is_valid()
    form = filled(complaint.WhoForm, {"license_number": "LPC 88214"}, setting())
    assert form.errors == {"name": ["Give the name of the person, as you know it"]}
    assert form.answers()["license_number"] == "LPC 88214"


def test_what_happened_is_kept_as_it_was_told(setting):
    kept = filled(complaint.WhatForm, WHAT, setting()).answers()
    assert kept == {
        "grounds": ["refusal_to_terminate", "other"],
        "occurred_from": "2026-02",
        "occurred_to": "2026-04-20",
        "ongoing": False,
        "narrative": "I said that I wanted to stop.",
        "raised": "yes",
    }


def test_reason_words_and_days_are_asked_for_in_plain_words(setting):
    form = filled(complaint.WhatForm, {"occurred_from_0": "12", "occurred_from_2": "2026"}, setting())
    assert form.errors["grounds"] == ["Choose at least one reason, or “Something else”"]
    assert form.errors["narrative"] == ["Tell us what happened in your own words"]
    assert form.errors["occurred_from"] == ["The first day cannot be in the future. Today is June 3, 2026"]


@pytest.mark.parametrize("year", ["1899", "0", "26"])
def test_a_year_before_1900_is_refused(setting, year):
    form = filled(complaint.WhatForm, {**WHAT, "occurred_from_2": year}, setting())
    assert form.errors["occurred_from"] == ["The year must be 1900 or later, in four numbers"]


def test_the_last_day_may_not_be_before_the_first(setting):
    form = filled(complaint.WhatForm, {**WHAT, "occurred_to_0": "1", "occurred_to_1": ""}, setting())
    assert form.errors["occurred_to"] == ["The last day cannot be before the first day"]


def test_any_script_and_emoji_are_words(setting):
    words = "قال لي «لا» — 彼は言った 🙁 नहीं"
    assert filled(complaint.WhatForm, {**WHAT, "narrative": words}, setting()).answers()["narrative"] == words


def test_words_over_the_limit_are_told_not_cut(setting):
    form = filled(complaint.WhatForm, {**WHAT, "narrative": "a" * 20_001}, setting())
    assert "20000" in form.errors["narrative"][0]


def test_a_retired_reason_is_not_offered(setting, today):
    queries.grounds_offered(today).filter(key="other").update(retired_on=date(2026, 1, 1))
    form = filled(complaint.WhatForm, WHAT, setting())
    assert "other" in form.errors["grounds"][0]
    assert [row["ground"].key for row in form.ground_rows][-1] == "confidentiality_breach"


def test_something_else_stands_last_and_a_chosen_folded_reason_opens_the_fold(setting, monkeypatch):
    monkeypatch.setattr(complaint, "MAIN_GROUNDS", 2)
    form = complaint.WhatForm(initial={"grounds": ["confidentiality_breach"]}, setting=setting())
    assert [row["first"] for row in form.ground_rows] == [True, True, False, False, True]
    assert form.folded_open
    assert not complaint.WhatForm(setting=setting()).folded_open


def test_a_name_or_anonymous(setting, offices):
    assert filled(complaint.YouForm, YOU, setting(offices.texas)).is_valid()
    form = filled(complaint.YouForm, {"relation": "client"}, setting(offices.texas))
    assert form.errors["name"] == ["Give your name, or choose “File without my name”"]
    assert filled(complaint.YouForm, {"relation": "client", "anonymous": "on"}, setting(offices.texas)).is_valid()


def test_where_an_oath_is_required_nobody_files_without_a_name(setting, offices):
    under_oath = setting(offices.oath)
    assert under_oath.why_named() == "This board needs a statement under oath, and an oath needs a name."
    form = filled(complaint.YouForm, {"relation": "client", "anonymous": "on"}, under_oath)
    assert form.errors["name"] == ["Give your name. This board cannot take a complaint without one"]
    assert form.cleaned_data["anonymous"] is False


@pytest.mark.parametrize(("way", "field"), [("email", "email"), ("phone", "phone"), ("mail", "address")])
def test_a_safe_way_needs_its_address(setting, offices, way, field):
    data = {"relation": "client", "name": "Maya", "safe_contact": way}
    form = filled(complaint.YouForm, data, setting(offices.texas))
    assert list(form.errors) == [field]


def test_an_incomplete_email_is_told_once(setting, offices):
    form = filled(complaint.YouForm, {**YOU, "email": "maya@", "safe_contact": "email"}, setting(offices.texas))
    assert form.errors["email"] == ["This e-mail address is not complete. It looks like name@example.com"]


def test_the_review_wants_the_box_and_a_signature(setting, offices):
    form = filled(complaint.ReviewForm, {"attestation_version": "plain-1"}, setting(offices.texas))
    assert set(form.errors) == {"attested", "name"}
    signed = {"attestation_version": "plain-1", "attested": "on", "name": "Maya"}
    assert filled(complaint.ReviewForm, signed, setting(offices.texas)).is_valid()


def test_an_anonymous_complaint_is_not_signed(setting, offices):
    anonymous = setting(offices.texas, you={"anonymous": True})
    form = filled(complaint.ReviewForm, {"attestation_version": "plain-1", "attested": "on"}, anonymous)
    assert form.is_valid()
    assert "name" not in form.fields


def test_the_first_open_step_and_the_holes():
    assert complaint.first_open({}) == "start"
    assert complaint.first_open({"start": {"read": True}, "board": {}}) == "who"
    whole = {key: {"x": 1} for key in complaint.STEP_KEYS}
    assert complaint.first_open(whole) == "review"
    assert complaint.missing(whole) == []
    assert complaint.missing({**whole, "what": {"unfinished": True}}) == ["what"]
    assert complaint.missing({}) == ["board", "who", "what", "you"]
