"""The complaint on one page: every answer in the words of its question, nothing that was left open."""

from boards import queries
from tracker.web.forms.complaint import WhatForm
from tracker.web.forms.setting import Setting
from tracker.web.portal import review


def setting_with(offices, today, **answers):
    board = offices.texas
    base = {"board": {"state": "TX", "profession": "counseling", "board": "tx-bhec"}}
    return Setting({**base, **answers}, board, queries.rules_in_force(board, today), today)


def test_answers_are_shown_and_open_questions_are_not(offices, today):
    what = {"grounds": ["other"], "occurred_from": "2026-02", "narrative": "My words", "ongoing": True}
    sheets = review.sheets(setting_with(offices, today, who={"name": "Leland Prewitt"}, what=what))
    rows = {row["label"]: row for sheet in sheets for row in sheet["rows"]}
    assert rows["State"]["lines"] == ["Texas"]
    assert rows["Board"]["lines"] == ["Texas Behavioral Health Executive Council"]
    assert rows["Name of the person"]["text"] == "Leland Prewitt"
    assert rows["What is your complaint about?"]["lines"] == ["Something else"]
    assert rows["First time"]["partial"] == "2026-02"
    assert rows["It is still going on"]["lines"] == ["Yes"]
    assert "Last time" not in rows
    assert "Your name" not in rows


def test_a_choice_that_is_no_longer_offered_is_not_invented(offices, today):
    form = WhatForm(initial={"grounds": ["gone"]}, setting=setting_with(offices, today))
    assert review.shown(form["grounds"]) == {"lines": []}
