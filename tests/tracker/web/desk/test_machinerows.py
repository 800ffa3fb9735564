"""What the page says of each step under a board's rules."""

from dataclasses import replace

import pytest

from boards import rules
from tracker.access.policy import Permission
from tracker.cases.acttable import ACTS
from tracker.cases.clocks import CLOCKS, DeadlineKind
from tracker.cases.steptable import TRANSITIONS
from tracker.web.desk import machinerows


def in_force(**values):
    """The built-in defaults with some values set."""
    defaults = {key: rules.default_value(key) for key in rules.RULES}
    return {**defaults, **{key: replace(defaults[key], value=value) for key, value in values.items()}}


def row_of(key, **values):
    index = next(i for i, row in enumerate(TRANSITIONS) if row.key == key)
    return machinerows.rows(in_force(**values))[index]


def test_every_step_has_a_row():
    assert [row["label"] for row in machinerows.rows(in_force())] == [row.label for row in TRANSITIONS]


def test_a_step_that_a_rule_leaves_out_says_which():
    assert row_of("deem_adopted")["missing"] == "Not used here. Deemed adopted: No"
    assert row_of("deem_adopted", deemed_adopted=True)["missing"] == ""
    assert row_of("issue_order")["missing"] == ""


def test_a_step_that_a_rule_leaves_out_from_one_status_says_from_where():
    words = "Not used here from: Probable cause review. Informal track: No"
    assert row_of("sign_settlement")["missing"] == words
    there = row_of("sign_settlement", informal_track=True, informal_paper="statement_of_allegations")
    assert there["missing"] == ""
    assert there["documents"] == ["Stipulation signed by both sides (before charges: statement of allegations)"]


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"answer_days": 21}, "Answer to the charges (21 calendar days)"),
        ({"answer_days": 15}, "Answer to the charges (15 calendar days)"),
    ],
)
def test_clocks_name_the_boards_days(values, says):
    assert row_of("record_service", **values)["clocks"] == {"opens": [says]}


@pytest.mark.parametrize(
    ("key", "values", "says"),
    [
        (
            "schedule_hearing",
            {"hearing_notice_min_days": 45, "exhibit_exchange_days": 14},
            [
                "Hearing (the day that is set, 45 calendar days ahead at least)",
                "Exchange of exhibits (14 calendar days before the hearing)",
            ],
        ),
        (
            "begin_compliance",
            {},
            [
                "Terms of the order (the last due date in the order)",
                "First contact with the licensee (10 calendar days)",
            ],
        ),
    ],
)
def test_a_day_that_a_step_names_is_told_with_what_sets_it(key, values, says):
    assert row_of(key, **values)["clocks"]["opens"] == says


def act_of(key, **values):
    index = next(i for i, act in enumerate(ACTS) if act.key == key)
    return machinerows.act_rows(in_force(**values))[index]


@pytest.mark.parametrize(("days", "says"), [(0, "none: it lasts until the final order"), (14, "14 calendar days")])
def test_acts_have_conditions_papers_letters_and_clocks_too(days, says):
    row = act_of("take_emergency_action", summary_expires_days=days)
    assert row["guards"] == ["No emergency action is in force"]
    assert row["asks"][0] == "There is a written finding of immediate danger"
    assert row["documents"] == ["Finding of immediate danger"]
    assert row["letters"] == ["Emergency action"]
    assert f"End of the emergency action ({says})" in row["clocks"]["opens"]
    assert row["clocks"]["closes"] == ["Decide on emergency action"]
    assert act_of("mark_exhibit")["clocks"] == {}


def test_every_clock_has_days_or_words_for_what_sets_it():
    assert set(CLOCKS) | set(machinerows.SET_BY) == set(DeadlineKind)


def test_days_of_the_response_are_of_the_boards_kind():
    told = row_of("notify_licensee", response_days=20, response_day_kind="business")["clocks"]
    assert told["opens"] == ["Response of the licensee (20 business days)"]
    assert told["closes"] == ["Notice to the licensee"]


def test_the_charges_go_by_the_name_of_the_board():
    assert "Charges (accusation)" in row_of("issue_charges", charging_paper="accusation")["documents"]


def test_who_acts_depends_on_who_finds_probable_cause():
    assert machinerows.roles_here(Permission.PROBABLE_CAUSE, in_force()) == "Board member"
    staff = machinerows.roles_here(Permission.PROBABLE_CAUSE, in_force(pc_body="staff"))
    assert staff == "Board member, Board counsel"


def test_the_shaping_rules_say_where_they_come_from():
    found = {one.label: one for one in machinerows.shaping(in_force(burden_of_proof="clear_and_convincing"))}
    assert found["Burden of proof"].value == "clear and convincing"
    assert found["Burden of proof"].is_default
