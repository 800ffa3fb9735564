"""The form of a new row, and the control that fits a setting's value: a choice, a number, a text, or JSON."""

import json
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from boards import rules, values
from boards.models import Board, BoardRule
from tracker.access.policy import Permission
from tracker.web.admin import reach
from tracker.web.admin.base import ActForm, day_input
from tracker.web.admin.fields import AddressesField
from tracker.web.forms.dates import DAY_BOUNDS

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


class RuleForm(ActForm):
    """A new row for one setting. Board and setting come with the address; what is in force is filled in."""

    board = forms.ModelChoiceField(Board.objects.none(), widget=forms.HiddenInput, required=False)
    key = forms.CharField(widget=forms.HiddenInput)
    citation = forms.CharField(
        label=_("Citation"),
        max_length=250,
        required=False,
        help_text=_("The law, or the decision of the board, such as 22 TAC 884.10."),
        widget=forms.TextInput({"class": "vTextField"}),
    )
    source_url = AddressesField()
    as_of = forms.DateField(
        label=_("As of"),
        widget=day_input(),
        validators=DAY_BOUNDS,
        help_text=_("The day on which you checked the source."),
    )
    valid_from = forms.DateField(
        label=_("In force from"),
        widget=day_input(),
        validators=DAY_BOUNDS,
        help_text=_("The row before it ends the day before. Open cases keep what they began with."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Kept in the private part of the ledger."),
    )

    class Meta:
        model = BoardRule
        fields = ("board", "key", "value", "citation", "source_url", "as_of", "valid_from")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "board" not in self.fields:
            return
        mine = reach.of(self.request).boards(Permission.BOARD_EDIT)
        self.fields["board"].queryset = Board.objects.filter(pk__in=mine)
        key = str(self.data.get("key") if self.is_bound else self.initial.get("key", ""))
        self.fields["value"] = value_field(key)

    def clean_value(self) -> Any:
        """The value as stored; what is wrong with it stands at the field."""
        try:
            return rules.parse_value(self.data.get("key", ""), self.cleaned_data["value"])
        except rules.RuleValueError as fault:
            words = str(fault)
            raise forms.ValidationError(f"{words[:1].upper()}{words[1:]}.") from fault
