"""A date as people remember it: month and year are enough, the day may be left open.

Its value is text, `2026-02` or `2026-02-03`, so that a draft keeps exactly what was known.
"""

from calendar import monthrange
from datetime import date

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

EARLIEST, LATEST = 1900, 2200
# For every field that takes a whole day: terms are counted from it, and far enough out there is no day to count to.
DAY_BOUNDS = (
    MinValueValidator(date(EARLIEST, 1, 1), gettext_lazy("The year must be 1900 or later.")),
    MaxValueValidator(date(LATEST, 12, 31), gettext_lazy("The year must be 2200 or earlier.")),
)


class PartialDateWidget(forms.MultiWidget):
    """Month as a list, day and year as numbers, in the shape of USWDS's memorable date."""

    template_name = "forms/partial_date.html"
    group_template = "forms/_widget.html"

    def __init__(self, attrs: dict | None = None) -> None:
        number = {"inputmode": "numeric", "autocomplete": "off"}
        super().__init__(
            [
                forms.Select({"class": "usa-select m"}, choices=[("", "–"), *((str(n), m) for n, m in MONTHS.items())]),
                forms.TextInput({"class": "usa-input d", "maxlength": "2", **number}),
                forms.TextInput({"class": "usa-input y", "maxlength": "4", **number}),
            ],
            attrs,
        )

    def decompress(self, value: str | None) -> list[str]:
        """The parts of a kept value."""
        if not value:
            return ["", "", ""]
        year, month, *day = value.split("-")
        return [str(int(month)), str(int(day[0])) if day else "", str(int(year))]

    def get_context(self, name: str, value: object, attrs: dict | None) -> dict:
        """Each part with its own label, and red only where the field is wrong."""
        wrong = "usa-input--error" in (attrs or {}).pop("class", "")
        context = super().get_context(name, value, attrs)
        for part, label in zip(context["widget"]["subwidgets"], (_("Month"), _("Day"), _("Year")), strict=True):
            part["label"] = label
            part["attrs"].pop("aria-describedby", None)
            if wrong:
                part["attrs"]["class"] += " usa-input--error"
        return context

    def first_id(self, auto_id: str) -> str:
        """Where an error summary leads."""
        return f"{auto_id}_0"


class PartialDateField(forms.Field):
    """Month, day (may be empty) and year; the cleaned value is `YYYY-MM` or `YYYY-MM-DD`, or an empty text."""

    widget = PartialDateWidget
    default_error_messages = {
        "incomplete": gettext_lazy("Give at least a month and a year"),
        "impossible": gettext_lazy("There is no such day. Check month, day and year"),
        "ancient": gettext_lazy("The year must be 1900 or later, in four numbers"),
    }

    def to_python(self, value: list[str] | None) -> str:
        """The kept form of the three parts."""
        month, day, year = ((part or "").strip() for part in value or ["", "", ""])
        if not (month or day or year):
            return ""
        if not (month and year):
            raise forms.ValidationError(self.error_messages["incomplete"], "incomplete")
        if not (month.isdecimal() and year.isdecimal() and (day.isdecimal() or not day)) or len(month + day + year) > 8:
            raise forms.ValidationError(self.error_messages["impossible"], "impossible")
        if not EARLIEST <= int(year) <= 9999:
            raise forms.ValidationError(self.error_messages["ancient"], "ancient")
        try:
            whole = date(int(year), int(month), int(day or 1))
        except ValueError:
            raise forms.ValidationError(self.error_messages["impossible"], "impossible") from None
        return whole.isoformat() if day else f"{whole:%Y-%m}"

    def has_changed(self, initial: str | None, data: list[str] | None) -> bool:
        """Whether the parts differ from the kept value."""
        return self.widget.decompress(initial) != list(data or [])


def first_day(partial: str) -> date | None:
    """The earliest day a partial date can mean."""
    if not partial:
        return None
    return date.fromisoformat(partial if len(partial) == 10 else f"{partial}-01")


def last_day(partial: str, today: date) -> date | None:
    """The latest day a partial date can mean, never later than today where its month has begun."""
    if not partial:
        return None
    start = first_day(partial)
    if len(partial) == 10:
        return start
    end = start.replace(day=monthrange(start.year, start.month)[1])
    return today if start <= today < end else end


def future_words(label: str, today: date) -> str:
    """What is said of a day that has not come yet."""
    return _("%(label)s cannot be in the future. Today is %(today)s") % {
        "label": label,
        "today": date_format(today, "F j, Y"),
    }
