"""One choice per row: the ballots of a meeting, the answers to each count.

A page sends one value per row; the command line sends lines such as `name answer`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _


class PerRowWidget(forms.Widget):
    """A label and a list for each row, inside the group's own legend."""

    uswds_kind = "group"
    template_name = "forms/per_row.html"
    group_template = "forms/_widget.html"

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[tuple[str, str]] = ()
        self.answers: Sequence[tuple[str, Any]] = ()

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict:
        """Each row with its own name, and what was chosen before."""
        given = value if isinstance(value, Mapping) else {}
        wrong = "error" in (attrs or {}).get("class", "")
        context = super().get_context(name, None, attrs)
        context["widget"]["rows"] = [
            {
                "name": f"{name}-{number}",
                "id": f"{(attrs or {}).get('id', f'id_{name}')}_{number}",
                "label": label,
                "wrong": wrong,
                "options": [(code, text, given.get(key, "") == code) for code, text in self.answers],
            }
            for number, (key, label) in enumerate(self.rows)
        ]
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:
        """Row key to answer, from a page's lists or from typed lines."""
        if name in data:
            return _typed(str(data[name]))
        return {key: data.get(f"{name}-{number}", "") for number, (key, _label) in enumerate(self.rows)}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """A page always sends its lists."""
        return False

    def first_id(self, auto_id: str) -> str:
        """Where an error summary leads."""
        return f"{auto_id}_0"

    def id_for_label(self, id_: str) -> str:
        """The group has a legend; each list has its own label."""
        return f"{id_}_0"


class PerRowField(forms.Field):
    """The cleaned value maps a row's key to its answer; rows left empty are not in it."""

    widget = PerRowWidget

    def set_rows(self, rows: Sequence[tuple[str, str]], answers: Sequence[tuple[str, Any]]) -> None:
        """What is asked: the rows (key, label) and the answers (code, label)."""
        self.widget.rows = rows
        self.widget.answers = [("", _("–")), *answers]

    def clean(self, value: Any) -> dict[str, str]:
        """The answered rows; refused when none is."""
        given = {key: answer for key, answer in (value or {}).items() if answer}
        if self.required and not given:
            raise forms.ValidationError(_("Choose at least one answer."), "required")
        return given


def _typed(text: str) -> dict[str, str]:
    """Lines such as `member@board.example yes` or `1: not contested`."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        key, _sep, answer = line.strip().replace(",", " ").replace(":", " ").partition(" ")
        if key:
            found[key.lower()] = "_".join(answer.lower().split())
    return found
