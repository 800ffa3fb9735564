"""The whole complaint on one page, in the words in which it was asked and answered."""

from django import forms
from django.utils.translation import gettext as _

from tracker.web.forms import complaint
from tracker.web.forms.dates import PartialDateField
from tracker.web.forms.setting import Setting


def sheets(setting: Setting) -> list[dict]:
    """What will be filed, step by step: label, answers and how they are shown; open questions are left out."""
    found = []
    for key in complaint.REQUIRED:
        step = complaint.BY_KEY[key]
        filled = step.form(initial=setting.answers.get(key, {}), setting=setting)
        rows = [{"label": field.label, **shown(field)} for field in filled]
        answered = [row for row in rows if row.get("lines") or row.get("text") or row.get("partial")]
        found.append({"step": step, "rows": answered})
    return found


def shown(field: forms.BoundField) -> dict:
    """An answer: as `lines` (choices), `partial` (a date) or `text`."""
    value = field.value()
    choices = dict(getattr(field.field.widget, "choices", ()))
    if choices:
        picked = value if isinstance(value, list) else [value]
        return {"lines": [str(choices[one]) for one in picked if one and one in choices]}
    if isinstance(field.field, forms.BooleanField):
        return {"lines": [_("Yes")] if value else []}
    if isinstance(field.field, PartialDateField):
        return {"partial": value}
    return {"text": value}
