"""What changed on a row, checked by the model's own rules before anything is written."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import available_timezones

from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist, ObjectDoesNotExist, ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from boards import texts
from tracker.errors import ActionRefused, OutOfScope

Row = TypeVar("Row", bound=models.Model)


def locked(model: type[Row], key: UUID | str) -> Row:
    """The row with this id, locked for the transaction; OutOfScope when there is none."""
    try:
        return model._default_manager.select_for_update().get(pk=key)
    except (ObjectDoesNotExist, ValidationError):
        raise OutOfScope from None


def apply(
    row: models.Model, changes: Mapping[str, Any], editable: Collection[str]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Set the changed fields on a row (not saved): what they were and what they are, ready for the ledger.

    Fields that keep their value are left out. ActionRefused for a field that may not be edited.
    """
    fixed = [name for name in changes if name not in editable]
    if fixed:
        raise ActionRefused([_("%(name)s is fixed and cannot be changed.") % {"name": name} for name in fixed])
    before, after = {}, {}
    for name, value in changes.items():
        old = getattr(row, name)
        if old != value:
            before[name], after[name] = plain(old), plain(value)
            setattr(row, name, value)
    return before, after


def check(row: models.Model, names: Collection[str], *, texts_by_language: Collection[str] = ()) -> None:
    """Let the model check these fields and its constraints; ActionRefused, one sentence for each fault."""
    others = {field.name for field in row._meta.fields if field.name not in names}
    reasons = [
        f"{name}: {fault}."
        for name in texts_by_language
        if name in names and getattr(row, name)
        for fault in texts.faults(getattr(row, name))
    ]
    try:
        row.full_clean(exclude=others, validate_constraints=False)
        # Without exclusions: a constraint that joins a changed field with a fixed one must be seen too.
        row.validate_constraints()
    except ValidationError as error:
        reasons += reasons_of(error, row)
    if reasons:
        raise ActionRefused(reasons)


def insert(row: models.Model) -> None:
    """Add a row; ActionRefused when someone else added its like between our look and now."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise ActionRefused([_("Someone else has just added this. Reload the page.")]) from error


def reasons_of(error: ValidationError, row: models.Model | None = None) -> list[str]:
    """The sentences of a validation error, each with the name of its field."""
    if not hasattr(error, "error_dict"):
        return list(error.messages)
    return [f"{_label(row, name)}{text}" for name, found in error.message_dict.items() for text in found]


def _label(row: models.Model | None, name: str) -> str:
    if row is None or name == NON_FIELD_ERRORS:
        return ""
    try:
        field = row._meta.get_field(name)
    except FieldDoesNotExist:
        return f"{name}: "
    return f"{getattr(field, 'verbose_name', name)}: "


def check_time_zone(name: str) -> None:
    """Refuse a name that is no IANA time zone; an empty one is allowed."""
    if name and name not in available_timezones():
        raise ActionRefused([_("%(name)s is not a known time zone.") % {"name": name}])


def plain(value: Any) -> Any:
    """A value as JSON can hold it: dates and ids as text."""
    if isinstance(value, date | UUID):
        return str(value)
    if isinstance(value, list | tuple | set):
        return [plain(item) for item in value]
    return value
