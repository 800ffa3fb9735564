"""The control that fits a setting's value: a choice, yes or no, a number, a text, or JSON."""

import json
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from boards import rules, values

YES_NO = (("yes", _("Yes")), ("no", _("No")))


def value_field(key: str) -> forms.Field:
    """The form field of a setting, with its help; a plain text for a key nobody knows."""
    spec = rules.RULES.get(key)
    if spec is None:
        return forms.CharField(label=_("Value"))
    if spec.words:
        choices = [(word, word.replace("_", " ")) for word in spec.words]
        return forms.ChoiceField(label=_("Value"), choices=choices, help_text=spec.help)
    if spec.parse is values.yes_no:
        return forms.ChoiceField(label=_("Value"), choices=YES_NO, help_text=spec.help)
    if isinstance(spec.default, dict | list):
        area = forms.Textarea({"rows": 12, "class": "code", "spellcheck": "false"})
        return forms.CharField(label=_("Value, as JSON"), widget=area, help_text=spec.help)
    unit = format_lazy(_("Value in {unit}"), unit=_(spec.unit.value)) if spec.unit else _("Value")
    optional = isinstance(spec.parse, values.Whole) and spec.parse.optional
    return forms.CharField(label=unit, required=not optional, max_length=200, help_text=spec.help)


def value_text(key: str, value: Any) -> str:
    """A stored value as its control shows it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict | list):
        return json.dumps(value, indent=2, ensure_ascii=False)
    return "" if value is None else str(value)
