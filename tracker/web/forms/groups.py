"""A field for a list of things with fields of their own, such as the terms of an offer or the counts of charges."""

import json
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _


class GroupsWidget(forms.Widget):
    """A group of fields for each thing: the first in sight, the others folded until they are wanted.

    `row_form` has the fields of one, `most` is how many there can be, `row_label` names the n-th (`%(n)d`).
    """

    uswds_kind = "group"
    template_name = "forms/groups.html"
    group_template = "forms/_widget.html"
    row_form: ClassVar[type[forms.Form]]
    row_label: ClassVar[str | Promise]
    most = 5

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict:
        """Each with its own fields, and what was typed before."""
        given = value if isinstance(value, list) else []
        wrong = "error" in (attrs or {}).get("class", "")
        context = super().get_context(name, None, attrs)
        context["widget"]["rows"] = [
            {
                "form": self._form(name, number, given, wrong=wrong),
                "label": str(self.row_label) % {"n": number + 1},
                "is_filled": number < len(given),
            }
            for number in range(self.most)
        ]
        return context

    def _form(self, name: str, number: int, given: list, *, wrong: bool) -> str:
        """One group of fields; where something is wrong, what is wrong stands at its own fields too."""
        typed = self.typed(given[number]) if number < len(given) and isinstance(given[number], Mapping) else {}
        kept: dict[str, Any] = {"prefix": f"{name}-{number}", "label_suffix": "", "auto_id": "id_%s"}
        if wrong and typed:
            return str(self.row_form({f"{kept['prefix']}-{key}": value for key, value in typed.items()}, **kept))
        return str(self.row_form(initial=typed, **kept))

    def typed(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """An object of the command line as a page would send it: text, and a yes or no where a box is ticked."""
        return {key: _typed(self.row_form.base_fields.get(key), value) for key, value in row.items()}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Those that have anything in them, from a page's fields or as objects from the command line."""
        if name in data:
            return _objects(data[name])
        rows = [
            {field: data.get(f"{name}-{number}-{field}", "") for field in self.row_form.base_fields}
            for number in range(self.most)
        ]
        return [row for row in rows if any(row.values())]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """A page always sends its fields."""
        return False

    def first_id(self, auto_id: str) -> str:
        """Where an error summary leads."""
        return f"{auto_id}-0-{next(iter(self.row_form.base_fields))}"

    def id_for_label(self, id_: str) -> str:
        """The group has a legend; each field has its own label."""
        return self.first_id(id_)


class GroupsField(forms.Field):
    """The cleaned value is a list of what `made` makes of each valid form.

    `object_keys` are what an object of the command line may hold. `empty`, `too_many` (`%(n)d`) and `unknown`
    (`%(key)s`) are sentences.
    """

    widget: Any = GroupsWidget
    empty: ClassVar[str | Promise]
    too_many: ClassVar[str | Promise]
    unknown: ClassVar[str | Promise]

    @property
    def object_keys(self) -> tuple[str, ...]:
        """The keys of one object."""
        return tuple(self.widget.row_form.base_fields)

    def made(self, form: forms.Form) -> Any:
        """What was said in one valid form."""
        raise NotImplementedError

    def clean(self, value: Any) -> list[Any]:
        """All of them; refused when there is none, when there are too many, or when one is not right."""
        if not value:
            raise forms.ValidationError(str(self.empty), "required")
        if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
            keys = ", ".join(self.object_keys)
            raise forms.ValidationError(_("Give a list of objects with these keys: %(keys)s.") % {"keys": keys})
        if len(value) > self.widget.most:
            raise forms.ValidationError(str(self.too_many) % {"n": self.widget.most})
        bound = [self.widget.row_form(self.widget.typed(row)) for row in value]
        faults = [fault for number, form in enumerate(bound, start=1) for fault in self._faults(form, number)]
        faults += [_("%(key)s takes one value.") % {"key": key} for row in value for key in row if _is_nested(row[key])]
        faults += [str(self.unknown) % {"key": key} for row in value for key in row if key not in self.object_keys]
        if faults:
            raise forms.ValidationError(faults)
        return [self.made(form) for form in bound]

    def _faults(self, form: forms.Form, number: int) -> list[str]:
        label = str(self.widget.row_label) % {"n": number}
        return [
            _("%(row)s, %(field)s: %(fault)s") % {"row": label, "field": form.fields[name].label, "fault": fault}
            for name, faults in form.errors.items()
            for fault in faults
        ]


def _objects(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value


def _typed(field: forms.Field | None, value: Any) -> Any:
    if isinstance(value, bool) and isinstance(field, forms.BooleanField):
        return value
    return "" if value is None or _is_nested(value) else str(value)


def _is_nested(value: Any) -> bool:
    return isinstance(value, list | Mapping)
