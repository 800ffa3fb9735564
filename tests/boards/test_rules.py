"""The settings as one door: every key, defaults that pass their own parser, words for people."""

import pytest

from boards import rules

KEYS = [
    "ack_days",
    "danger_screen_working_days",
    "intake_days",
    "schedule_days",
    "respondent_notice_days",
    "response_days",
    "response_day_kind",
    "investigation_target_days",
    "status_update_every_days",
    "pc_body",
    "closure_approvers",
    "answer_days",
    "hearing_notice_min_days",
    "exhibit_exchange_days",
    "proposed_decision_days",
    "exceptions_days",
    "board_action_days",
    "deemed_adopted",
    "order_effective_days",
    "reconsideration_days",
    "appeal_days",
    "summary_hearing_days",
    "npdb_report_days",
    "limitation_years",
    "public_from",
    "letter_of_concern_public",
    "complainant_identity",
    "anonymous_allowed",
    "oath_required",
    "release_required",
    "complaint_copy_to_respondent",
    "priority_scheme",
    "docket_format",
    "exhibit_scheme",
    "quorum",
    "vote_rule",
    "burden_of_proof",
    "retention_rules",
    "withdrawal_ends_case",
    "first_contact_days",
    "mail_days",
    "public_stages",
    "bates",
    "signature_required",
]


def test_every_setting_stands_in_the_table():
    assert set(KEYS) <= set(rules.RULES)


@pytest.mark.parametrize("key", rules.RULES)
def test_a_default_is_a_value_its_own_parser_accepts(key):
    found = rules.default_value(key)
    assert rules.parse_value(key, found.value) == found.value
    assert found.is_default
    assert rules.show_value(key, found.value)
    assert str(rules.RULES[key].label)
    assert str(rules.RULES[key].help)


def test_a_default_cannot_be_changed_through_a_copy():
    rules.default_value("closure_approvers").value["roles"].append("king")
    assert rules.default_value("closure_approvers").value["roles"] == ["executive_director"]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("ack_days", 10),
        ("response_days", 30),
        ("answer_days", 20),
        ("first_contact_days", 10),
        ("board_action_days", 100),
        ("limitation_years", None),
        ("complainant_identity", "masked"),
        ("pc_body", "panel"),
        ("vote_rule", "majority_of_quorum"),
        ("quorum", "majority_serving"),
        ("docket_format", "{BOARD}-{YYYY}-{seq:05d}"),
        ("anonymous_allowed", True),
        ("oath_required", False),
    ],
)
def test_defaults_of_the_design(key, value):
    assert rules.default_value(key).value == value


def test_only_the_limitation_is_substance():
    assert [key for key, spec in rules.RULES.items() if spec.law is rules.Law.SUBSTANCE] == ["limitation_years"]


def test_an_unknown_key_is_named():
    with pytest.raises(rules.RuleValueError, match="no setting named answer_weeks"):
        rules.parse_value("answer_weeks", 3)


@pytest.mark.parametrize(
    ("key", "kind"),
    [("response_days", "business"), ("answer_days", "calendar"), ("danger_screen_working_days", "business")],
)
def test_which_days_a_setting_counts(key, kind):
    in_force = {"response_day_kind": rules.RuleValue("response_day_kind", "business")}
    assert rules.day_kind_of(key, in_force) == kind


@pytest.mark.parametrize(
    ("key", "value", "text"),
    [
        ("answer_days", 15, "15 calendar days"),
        ("deemed_adopted", True, "Yes"),
        ("limitation_years", None, "none"),
        ("vote_rule", "majority_of_quorum", "majority of quorum"),
        ("priority_scheme", [{"code": "1", "label": "U", "canonical": "urgent"}], "1"),
        ("public_from", {"event": "charges", "plus_days": 10}, "event: charges; plus_days: 10"),
    ],
)
def test_values_for_people(key, value, text):
    assert rules.show_value(key, value) == text


def test_a_rule_is_named_by_its_citation_or_as_a_default():
    cited = rules.RuleValue("answer_days", 15, citation="Gov. Code 1", is_default=False)
    assert cited.named == "Answer to charges, Gov. Code 1"
    assert rules.default_value("answer_days").named == "Answer to charges, default"
