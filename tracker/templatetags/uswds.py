"""Tags of the form templates: controls with USWDS classes, names of what describes them, the error summary."""

from django import template
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

from tracker.web.forms.plain import NAMELESS
from tracker.web.forms.renderer import CLASSES, widget_kind

register = template.Library()


@register.filter
def kind(field: BoundField) -> str:
    """The shape of the control."""
    return widget_kind(field)


@register.filter
def control(field: BoundField) -> SafeString:
    """The control itself, with USWDS classes; ids of help and errors are joined by Django."""
    classes = [CLASSES.get(widget_kind(field), "usa-input")]
    if own := field.field.widget.attrs.get("class"):
        classes.append(own)
    if field.errors:
        classes.append("usa-input--error")
    return field.as_widget(attrs={"class": " ".join(classes)})


@register.filter
def target(field: BoundField) -> str:
    """The id that an error summary links to: the first control of the field."""
    widget = field.field.widget
    if hasattr(widget, "first_id"):
        return widget.first_id(field.auto_id)
    if widget_kind(field) in {"checkboxes", "radios"}:
        return f"{field.auto_id}_0"
    return field.id_for_label or field.auto_id


@register.simple_tag
def error_rows(form: BaseForm) -> list[dict[str, str]]:
    """Every error of a form in page order: the words, and the id of the control it speaks of."""
    rows = [{"words": str(words), "target": ""} for words in form.non_field_errors()]
    for field in form:
        rows.extend({"words": _naming(field, str(words)), "target": target(field)} for words in field.errors)
    return rows


def _naming(field: BoundField, words: str) -> str:
    """The words, and where they only say that a field is empty also which field that is."""
    return f"{field.label}: {words}" if words in map(str, NAMELESS) else words
