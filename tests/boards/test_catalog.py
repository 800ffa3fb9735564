"""The table of settings says of each what it counts and when it binds."""

import pytest

from boards import catalog, values
from boards.catalog import RULES, Law, Unit


@pytest.mark.parametrize("key", [key for key in RULES if key.endswith("_days") and key != "reminder_days"])
def test_days_have_a_unit_and_accept_only_whole_numbers(key):
    spec = RULES[key]
    assert spec.unit in (Unit.CALENDAR_DAYS, Unit.BUSINESS_DAYS, Unit.BOARD_DAYS)
    with pytest.raises(values.RuleValueError):
        spec.parse("soon")


def test_a_choice_lists_its_words_and_others_do_not():
    assert RULES["burden_of_proof"].words == ("preponderance", "clear_and_convincing")
    assert RULES["answer_days"].words == ()


def test_keys_and_rows_agree():
    assert all(key == spec.key for key, spec in RULES.items())
    assert all(isinstance(spec.law, Law) for spec in RULES.values())
    assert len(RULES) == len(catalog.RULES) >= 44


def test_a_signature_is_required_only_where_a_board_says_so():
    spec = RULES["signature_required"]

    assert (spec.default, spec.law, spec.words) == (False, Law.PROCEDURE, ())
    assert spec.parse("yes") is True
