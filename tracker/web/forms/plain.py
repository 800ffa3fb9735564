"""What forms of the desk say of a field that was left empty: what to do, not that something is required."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

FILL_IN = gettext_lazy("Fill this in.")
CHOOSE = gettext_lazy("Choose one.")
CHOOSE_SOME = gettext_lazy("Choose at least one.")
GIVE_THE_DAY = gettext_lazy("Give the day.")
# Words that do not say which field they are about; a summary of errors puts its label before them.
NAMELESS = (FILL_IN, CHOOSE, CHOOSE_SOME, GIVE_THE_DAY, forms.Field.default_error_messages["required"])


def speak_plainly(fields: dict[str, forms.Field]) -> None:
    """Give each field words of its own for being empty, unless it has some already."""
    unspoken = forms.Field.default_error_messages["required"]
    for field in fields.values():
        if field.error_messages.get("required") == unspoken:
            field.error_messages["required"] = _words(field)


def _words(field: forms.Field) -> Any:
    if isinstance(field, forms.MultipleChoiceField):
        return CHOOSE_SOME
    if isinstance(field, forms.ChoiceField):
        return CHOOSE
    return GIVE_THE_DAY if isinstance(field, forms.DateField) else FILL_IN


class PlainForm(forms.Form):
    """A form that says of an empty field what to do."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        speak_plainly(self.fields)
