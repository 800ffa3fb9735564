"""What each kind of value accepts and what it says of everything else."""

import pytest

from boards import values
from boards.values import RuleValueError


@pytest.mark.parametrize(("raw", "value"), [(30, 30), ("30", 30), (" 7 ", 7), (0, 0)])
def test_whole_numbers(raw, value):
    assert values.Whole(0, 100)(raw) == value


@pytest.mark.parametrize("raw", ["", "x", "1.5", 1.5, True, None, -1, 101, [], "１２x"])
def test_what_is_no_whole_number(raw):
    with pytest.raises(RuleValueError, match="whole number from 0 to 100"):
        values.Whole(0, 100)(raw)


@pytest.mark.parametrize("raw", [None, "", "none"])
def test_an_optional_number_may_be_none(raw):
    assert values.Whole(1, 9, optional=True)(raw) is None


@pytest.mark.parametrize(("raw", "value"), [(True, True), ("Yes", True), ("no", False), (False, False)])
def test_yes_and_no(raw, value):
    assert values.yes_no(raw) is value


@pytest.mark.parametrize("raw", ["maybe", 1, 0, None, [], ""])
def test_what_is_neither_yes_nor_no(raw):
    with pytest.raises(RuleValueError, match="yes or no"):
        values.yes_no(raw)


@pytest.mark.parametrize(("raw", "value"), [("majority_serving", "majority_serving"), ("5", 5), (3, 3)])
def test_quorum(raw, value):
    assert values.quorum(raw) == value


@pytest.mark.parametrize("raw", ["most", 0, None, True])
def test_no_quorum(raw):
    with pytest.raises(RuleValueError, match="number of members"):
        values.quorum(raw)


@pytest.mark.parametrize("raw", ["{BOARD}-{YYYY}-{seq:05d}", "{seq:07d}", "A-{BOARD}-{seq}"])
def test_docket_formats(raw):
    assert values.docket_format(raw) == raw


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        ("{BOARD}-{YYYY}", "must contain"),
        ("{seq.__class__}", "must contain|capital"),
        ("{seq", "cannot be read"),
        ("{other}-{seq}", "cannot be read"),
        ("{seq:05q}", "cannot be read"),
        ("case {seq}", "capital letters"),
        ("{}-{seq}", "cannot be read"),
        (7, "must be a text"),
    ],
)
def test_bad_docket_formats(raw, says):
    with pytest.raises(RuleValueError, match=says):
        values.docket_format(raw)


BATES = {"prefix": "docket", "digits": 6, "start": 1, "position": "bottom_right", "size_pt": "8.5"}
GOOD = [
    (values.closure_approvers, {"by": "approval", "roles": ["investigator"], "count": 2}),
    (values.public_from, {"event": "order", "plus_days": 10}),
    (values.priority_scheme, [{"code": "1", "label": "Urgent", "canonical": "urgent"}]),
    (
        values.exhibit_scheme,
        {"board": "numbers", "respondent": "letters", "joint": "J-", "presiding_officer": "ALJ-"},
    ),
    (values.retention_rules, {"default": "keep", "no_action": 5}),
    (
        values.public_stages,
        [{"stage": "filed", "label": {"en": "F"}, "meaning": {"en": "M"}, "next": {"en": "N"}}],
    ),
    (values.bates, BATES),
    (values.bates, {**BATES, "prefix": "TX_BHEC-2.", "position": "top_left"}),
]


@pytest.mark.parametrize(("parse", "value"), GOOD)
def test_structured_values_are_kept_as_they_are(parse, value):
    assert parse(value) == value


@pytest.mark.parametrize(
    ("parse", "raw", "says"),
    [
        (values.closure_approvers, {"by": "approval", "roles": [], "count": 1}, "roles: must be a list"),
        (
            values.closure_approvers,
            {"by": "approval", "roles": ["king"], "count": 1},
            "roles: must be one of",
        ),
        (values.closure_approvers, "{", "not valid JSON"),
        (values.closure_approvers, {"roles": ["investigator"], "count": 1}, "exactly these parts"),
        (values.public_from, {"event": "charges", "plus_days": -1}, "plus_days: must be a whole number"),
        (
            values.priority_scheme,
            [{"code": "1", "label": "", "canonical": "urgent"}],
            "label: must be a text",
        ),
        (values.priority_scheme, [{"code": "1", "label": "A", "canonical": "high"}] * 2, "same code twice"),
        (
            values.exhibit_scheme,
            dict.fromkeys(("board", "respondent", "joint", "presiding_officer"), "?"),
            "board:",
        ),
        (values.retention_rules, {"no_action": 5}, "must have a default"),
        (
            values.public_stages,
            [{"stage": "filed", "label": {}, "meaning": {"en": "M"}, "next": {"en": "N"}}],
            "English",
        ),
        (values.bates, {**BATES, "size_pt": "NaN"}, "size from 6 to 14"),
        (values.bates, {**BATES, "size_pt": "big"}, "size in points"),
        (values.bates, {**BATES, "digits": 3}, "digits: must be a whole number"),
        (values.bates, {**BATES, "prefix": ""}, "prefix: must be docket, or up to 24"),
        (values.bates, {**BATES, "prefix": "no spaces"}, "prefix: must be docket, or up to 24"),
        (values.bates, {**BATES, "prefix": 7}, "prefix: must be docket, or up to 24"),
        (values.bates, {**BATES, "position": "middle"}, "position: must be one of"),
    ],
)
def test_structured_values_say_what_is_wrong(parse, raw, says):
    with pytest.raises(RuleValueError, match=says):
        parse(raw)


def test_public_stages_stand_in_order():
    words = {"label": {"en": "L"}, "meaning": {"en": "M"}, "next": {"en": "N"}}
    with pytest.raises(RuleValueError, match="once, in order"):
        values.public_stages([{"stage": "hearing", **words}, {"stage": "filed", **words}])


@pytest.mark.parametrize(
    ("raw", "value"),
    [([1, 7], [7, 1]), ("7, 1", [7, 1]), ("14 7 7", [14, 7]), ("[\n  7,\n  1\n]", [7, 1]), ("", [])],
)
def test_lists_of_days_stand_with_the_largest_first(raw, value):
    assert values.day_list(raw) == value


@pytest.mark.parametrize("raw", ["soon", [366], "7; 1", ["7.5"]])
def test_what_is_no_list_of_days(raw):
    with pytest.raises(RuleValueError, match="numbers of days from 0 to 365"):
        values.day_list(raw)
