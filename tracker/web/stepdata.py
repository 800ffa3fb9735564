"""JSON data for a step, turned into what its form reads. Keys are the fields of the form; unknown ones are refused."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from tracker.access import gate
from tracker.audit.actors import Actor
from tracker.cases import facts, workflow
from tracker.cases.models import Case
from tracker.errors import ActionRefused
from tracker.web import textcheck
from tracker.web.steps import STEPS, Step


def find_step(key: str) -> Step:
    """The step of a key. Refused for one that is not in the table."""
    if key not in STEPS:
        raise ActionRefused(
            [_("There is no step %(key)s. The steps are: %(all)s.") % {"key": key, "all": ", ".join(STEPS)}]
        )
    return STEPS[key]


def must_be_open(step: Step, case: Case, actor: Actor, *, at: datetime) -> None:
    """Refuse a step that this person may not do or that is not open, before anything is said about its data."""
    gate.require(actor, workflow.step(step.key).needs, case, at=at)
    reasons = workflow.decide(step.key, facts.gather(case, at=at))
    if reasons:
        raise ActionRefused(reasons)


def load(path: Path | None) -> dict[str, Any]:
    """The JSON object in a file; empty without one."""
    if path is None:
        return {}
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        raise ActionRefused([_("The file %(name)s is not readable JSON in UTF-8.") % {"name": path.name}]) from None
    if not isinstance(data, dict):
        raise ActionRefused([_("The data must be one JSON object.")])
    if not textcheck.can_be_kept(data):
        raise ActionRefused([_("The data holds signs that are no text: a null character or half a character.")])
    return data


def bound_form(step: Step, case: Case, data: Mapping[str, Any], actor: Actor) -> Any:
    """A valid form of the step. Refused with one sentence for each field that is wrong."""
    form = step.form_class(data=None, case=case, actor=actor)
    unknown = [key for key in data if key not in form.fields]
    if unknown:
        names = ", ".join(form.fields)
        raise ActionRefused(
            [_("%(key)s is not asked for. The keys are: %(names)s.") % {"key": k, "names": names} for k in unknown]
        )
    form = step.form_class(
        data={key: _typed(form.fields[key], value) for key, value in data.items()}, case=case, actor=actor
    )
    if not form.is_valid():
        raise ActionRefused([_sentence(name, error) for name, errors in form.errors.items() for error in errors])
    return form


def _typed(field: forms.Field, value: Any) -> Any:
    """Structured JSON as a person would type it: lists one a line, mappings "key value", yes and no as words."""
    if hasattr(field, "object_keys") and isinstance(value, list):
        return value
    if isinstance(field, forms.MultipleChoiceField):
        return value if isinstance(value, list) else [value]
    if isinstance(value, bool):
        if isinstance(field, forms.BooleanField):
            return "on" if value else ""
        return "yes" if value else "no"
    if isinstance(value, list):
        return "\n".join(_line(item) for item in value)
    if isinstance(value, dict):
        return "\n".join(f"{key} {item}" for key, item in value.items())
    return "" if value is None else str(value)


def _line(item: Any) -> str:
    return " ".join(str(part) for part in item.values()) if isinstance(item, dict) else str(item)


def _sentence(name: str, error: str) -> str:
    return error if name == forms.forms.NON_FIELD_ERRORS else f"{name}: {error}"
