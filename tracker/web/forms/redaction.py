"""Boxes of a redaction as a plain list, one row each; it works without drawing them."""

from collections.abc import Iterable
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy

from tracker.evidence.states import AreaCode
from tracker.files.redaction import areas
from tracker.files.redaction.areas import Area

MAX_ROWS = 500
SPARE_ROWS = 2
PREFIX = "box"


class Points(forms.DecimalField):
    """A length in points, to hundredths."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "size": 6, "autocomplete": "off"})

    def __init__(self, label: object) -> None:
        super().__init__(label=label, min_value=Decimal(0), max_value=Decimal(20_000), decimal_places=2)


class BoxForm(forms.Form):
    """One box. An empty row is no box."""

    x = Points(gettext_lazy("From the left"))
    y = Points(gettext_lazy("From the top"))
    width = Points(gettext_lazy("Width"))
    height = Points(gettext_lazy("Height"))
    code = forms.ChoiceField(
        label=gettext_lazy("Reason"),
        choices=[("", gettext_lazy("Choose")), *((code.value, f"{code.value} {code.label}") for code in AreaCode)],
    )


class BoxFormSet(forms.BaseFormSet):
    """The boxes of one page."""

    def areas(self, page: int) -> tuple[Area, ...]:
        """What was typed, without the rows to be removed. Ask after `is_valid()`."""
        kept = [form.cleaned_data for form in self.forms if form.has_changed() and form not in self.deleted_forms]
        return tuple(
            areas.make(page, (row["x"], row["y"], row["width"], row["height"]), row["code"]) for row in kept if row
        )

    def faults(self) -> list[str]:
        """Everything that is wrong, with the number of its row."""
        found = [str(words) for words in self.non_form_errors()]
        for number, form in enumerate(self.forms, start=1):
            for name, errors in form.errors.items():
                label = form.fields[name].label if name in form.fields else ""
                found += [f"{number}. {label}: {words}" for words in errors]
        return found


Boxes = forms.formset_factory(
    BoxForm,
    formset=BoxFormSet,
    extra=SPARE_ROWS,
    can_delete=True,
    max_num=MAX_ROWS,
    absolute_max=MAX_ROWS,
    validate_max=True,
)


def of_page(found: Iterable[Area]) -> BoxFormSet:
    """The list filled with boxes."""
    return Boxes(prefix=PREFIX, initial=[_row(one) for one in found])


def posted(data: object) -> BoxFormSet:
    """The list as it was sent."""
    return Boxes(data, prefix=PREFIX)


def _row(one: Area) -> dict[str, object]:
    plain = {name: format(getattr(one, name).normalize(), "f") for name in ("x", "y", "width", "height")}
    return plain | {"code": one.code}
