"""What every step knows of its draft, and the search by state and profession.

The search serves three pages: home, the list of boards, and the second step of a complaint.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boards import queries
from boards.rules import RuleValue

# With these values a board takes complaints without a name.
ALLOWS = {"oath_required": False, "anonymous_allowed": True}


@dataclass(frozen=True)
class Setting:
    """What the steps need to know: the answers so far, the board chosen, its rules in force, today at that board."""

    answers: Mapping[str, Mapping]
    board: object  # a board, or None until one is chosen
    rules: Mapping[str, RuleValue]
    today: date

    def allows_anonymous(self) -> bool:
        """Whether this board takes complaints without a name: where it allows it and asks for no oath."""
        return self._is("anonymous_allowed") and not self._is("oath_required")

    def why_named(self) -> str:
        """Why this board cannot take a complaint without a name; empty where it can."""
        if self._is("oath_required"):
            return _("This board needs a statement under oath, and an oath needs a name.")
        if not self._is("anonymous_allowed"):
            return _("This board does not take complaints without a name.")
        return ""

    def why_named_citation(self) -> str:
        """The rule behind that, as cited; empty where no source is known."""
        in_the_way = (key for key in ("oath_required", "anonymous_allowed") if self._is(key) is not ALLOWS[key])
        return next((self.rules[key].citation for key in in_the_way), "")

    def _is(self, key: str) -> bool:
        return bool(self.rules[key].value)


class StepForm(forms.Form):
    """A form that knows the draft it belongs to."""

    def __init__(self, *args: object, setting: Setting, **kwargs: object) -> None:
        self.setting = setting
        super().__init__(*args, **{"label_suffix": "", **kwargs})

    def answers(self) -> dict:
        """What the draft keeps; also of a form with errors, then only the parts that are right."""
        return {name: value for name, value in self.cleaned_data.items() if value is not None}


class PlaceForm(forms.Form):
    """State and profession: the search of the home page, the list of boards and the second step."""

    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        help_text=gettext_lazy("Use the state where the care was given, even by video."),
        error_messages={"required": gettext_lazy("Choose the state where the care was given")},
    )
    profession = forms.ChoiceField(
        label=gettext_lazy("Profession"),
        error_messages={"required": gettext_lazy("Choose the profession of the person")},
    )

    def __init__(self, *args: object, today: date, **kwargs: object) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        states = [(row.code, row.name) for row in queries.jurisdictions()]
        self.fields["state"].choices = [("", _("Choose a state")), *states]
        professions = [
            (row.key, f"{row.plain_label} ({row.license_letters})" if row.license_letters else row.plain_label)
            for row in queries.professions_offered(today)
        ]
        self.fields["profession"].choices = [("", _("Choose a profession")), *professions]
