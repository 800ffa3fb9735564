"""The control that fits a value."""

import pytest
from django import forms

from boards import rules
from tracker.web.admin.ruleforms import value_field, value_text


@pytest.mark.parametrize(
    ("key", "kind", "widget"),
    [
        ("pc_body", forms.ChoiceField, forms.Select),
        ("oath_required", forms.ChoiceField, forms.Select),
        ("ack_days", forms.CharField, forms.TextInput),
        ("public_stages", forms.CharField, forms.Textarea),
        ("unheard_of", forms.CharField, forms.TextInput),
    ],
)
def test_controls(key, kind, widget):
    field = value_field(key)

    assert isinstance(field, kind)
    assert isinstance(field.widget, widget)
    assert not field.help_text or field.help_text == rules.RULES[key].help


def test_a_number_says_its_unit():
    assert value_field("danger_screen_working_days").label == "Value in business days"


def test_only_optional_numbers_may_be_left_empty():
    assert value_field("ack_days").required
    assert not value_field("limitation_years").required


@pytest.mark.parametrize("key", list(rules.RULES))
def test_every_default_survives_its_control(key):
    default = rules.RULES[key].default
    text = value_field(key).clean(value_text(key, default))

    assert rules.parse_value(key, text) == default
