"""Forms as USWDS wants them: one field group per field, errors at the field and in a summary on top."""

from pathlib import Path

import django.forms
from django.conf import settings
from django.forms import renderers, widgets
from django.forms.boundfield import BoundField
from django.template.backends.django import DjangoTemplates
from django.utils.functional import cached_property


class UswdsRenderer(renderers.DjangoTemplates):
    """Django's form renderer with our field template; widgets keep Django's own, so the admin is left alone."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"

    @cached_property
    def engine(self) -> DjangoTemplates:
        """An engine that sees our templates first and Django's widget templates after them."""
        return DjangoTemplates(
            {
                "APP_DIRS": True,
                "DIRS": [settings.BASE_DIR / "templates", Path(django.forms.__file__).parent / "templates"],
                "NAME": "uswds-forms",
                "OPTIONS": {"builtins": ["tracker.templatetags.uswds"]},
            }
        )


KINDS: tuple[tuple[type[widgets.Widget], str], ...] = (
    (widgets.CheckboxSelectMultiple, "checkboxes"),
    (widgets.RadioSelect, "radios"),
    (widgets.CheckboxInput, "checkbox"),
    (widgets.Textarea, "textarea"),
    (widgets.SelectMultiple, "select"),
    (widgets.Select, "select"),
    (widgets.FileInput, "file"),
    (widgets.MultiWidget, "group"),
)
CLASSES = {
    "textarea": "usa-textarea",
    "select": "usa-select",
    "checkbox": "usa-checkbox__input",
    "input": "usa-input",
    "file": "usa-input file",
}


def widget_kind(field: BoundField) -> str:
    """The shape of a field's control: input, textarea, select, checkbox, checkboxes, radios, file or group."""
    widget = field.field.widget
    return getattr(widget, "uswds_kind", None) or next(
        (kind for base, kind in KINDS if isinstance(widget, base)), "input"
    )
