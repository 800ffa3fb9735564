"""What every table of the site has in common: its scope, saving through an act, refusals as form errors."""

import hashlib
import json
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from boards.models import Board
from tracker.access.policy import Permission
from tracker.errors import ActionRefused, NotPermitted, OutOfScope
from tracker.web.admin import reach
from tracker.web.admin.reach import Reach
from tracker.web.forms.dates import DAY_BOUNDS

LEFT_OUT = ("_delete", "_history")


def day_input() -> forms.DateInput:
    """The browser's own calendar."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def fingerprint(row: models.Model) -> str:
    """A digest of what a row holds, to tell whether it is still the one that was shown."""
    # Signing in changes nothing that a form shows.
    columns = [field.attname for field in row._meta.concrete_fields if field.name != "last_login"]
    held: dict[str, Any] = {name: str(getattr(row, name)) for name in columns}
    held |= {
        field.name: sorted(str(one.pk) for one in getattr(row, field.name).all()) for field in row._meta.many_to_many
    }
    return hashlib.sha256(json.dumps(held, sort_keys=True).encode()).hexdigest()


class ActForm(forms.ModelForm):
    """A form that is saved by an act: the act decides what is unique and what is allowed."""

    request: HttpRequest
    refusals: tuple[str, ...] = ()
    asides: ClassVar[tuple[str, ...]] = ()  # fields that change nothing by themselves
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.fields["seen"].initial = self.now = "" if self.instance._state.adding else fingerprint(self.instance)

    def clean(self) -> dict[str, Any]:
        """The reasons of an act that refused stand above the fields; what was typed stays."""
        known = super().clean()
        for reason in self.refusals:
            self.add_error(None, reason)
        if self.now != known.get("seen", ""):
            self.add_error(None, _("Somebody else changed this while you were writing. Reload the page to see it."))
        return known

    def _post_clean(self) -> None:
        # Only what each field can hold: what is unique and what fits together is left to the act.
        forms.models.construct_instance(self, self.instance, self._meta.fields, self._meta.exclude)
        try:
            self.instance.clean_fields(exclude=self._get_validation_exclusions())
        except ValidationError as error:
            self._update_errors(error)

    def changes(self) -> dict[str, Any]:
        """What was changed, field by field, as the acts take it."""
        left_out = (*self.asides, "seen")
        return {name: self.cleaned_data[name] for name in self.changed_data if name not in left_out}


class ScopedAdmin(admin.ModelAdmin):
    """A table as far as the person reaches. Nothing is deleted; what is saved is saved by `add_row` or `change_row`.

    `edits` is the permission that opens its forms (None: it is only read here), `adds` whether rows are added here,
    `reading` the field sets for those who only read.
    """

    form = ActForm
    edits: ClassVar[Permission | None] = None
    adds: ClassVar[bool] = False
    reading: ClassVar[tuple] = ()
    list_per_page = 50
    list_max_show_all = 200
    show_full_result_count = False
    save_as = False
    actions: ClassVar[tuple] = ()
    formfield_overrides: ClassVar[dict] = {
        models.DateField: {"widget": day_input(), "validators": DAY_BOUNDS},
        models.URLField: {"widget": forms.URLInput({"class": "vTextField"}), "assume_scheme": "https"},
    }

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """No patterns in the address: one that never ends would hold a web process for good."""
        return "regex" not in lookup and super().lookup_allowed(lookup, value, request)

    def in_scope(self, rows: QuerySet, held: Reach) -> QuerySet:
        """The rows the person may see."""
        raise NotImplementedError

    def may_edit(self, row: models.Model, held: Reach) -> bool:
        """Whether the person may change this row, which they see."""
        return held.holds(self.edits)

    def add_row(self, request: HttpRequest, form: ActForm) -> models.Model:
        """Add a row by an act."""
        raise NotImplementedError

    def change_row(self, request: HttpRequest, form: ActForm, key: UUID) -> None:
        """Change a row by an act."""
        raise NotImplementedError

    def tools(self, request: HttpRequest, row: models.Model) -> list[dict[str, str]]:
        """Links above a row: `label`, `url`, `icon`."""
        return []

    def heading(self, row: models.Model) -> str:
        """What stands above a row."""
        return str(row)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return self.in_scope(super().get_queryset(request), reach.of(request))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return reach.of(request).holds(Permission.ADMIN_READ)

    def has_view_permission(self, request: HttpRequest, obj=None) -> bool:
        return reach.of(request).holds(Permission.ADMIN_READ)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.adds and reach.of(request).holds(self.edits)

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        held = reach.of(request)
        if self.edits is None or not held.holds(self.edits):
            return False
        return obj is None or self.may_edit(obj, held)

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        """Never: rows are retired, ended, superseded or retracted."""
        return False

    def get_urls(self):
        # An address without a name is Django's old way to a row.
        return [url for url in super().get_urls() if url.name and not url.name.endswith(LEFT_OUT)]

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts, object_id) -> HttpResponse:
        # One answer for what does not exist and what lies at another board.
        raise OutOfScope

    def get_fieldsets(self, request: HttpRequest, obj=None):
        if obj is not None and self.reading and not self.has_change_permission(request, obj):
            return self.reading
        return super().get_fieldsets(request, obj)

    def get_form(self, request: HttpRequest, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        # A class of this request alone: the factory makes a new one each time.
        form.request, form.refusals = request, getattr(request, "refusals", ())
        return form

    def changelist_view(self, request, extra_context=None):
        """The list, under the name of its rows."""
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """The form; when its act refuses, the same form with the reasons, and nothing was written."""
        context = {"show_save_and_add_another": False, **(extra_context or {})}
        if object_id is not None:
            row = self.get_object(request, object_id)
            if row is not None:
                context |= {"title": self.heading(row), "subtitle": "", "tools": self.tools(request, row)}
        try:
            return super().changeform_view(request, object_id, form_url, context)
        except ActionRefused as refusal:
            request.refusals = tuple(refusal.reasons)
        except NotPermitted as refusal:
            request.refusals = (refusal.who_may,)
        return super().changeform_view(request, object_id, form_url, context)

    def save_model(self, request: HttpRequest, obj, form: ActForm, change: bool) -> None:
        """One act for one form."""
        if change:
            request.is_unchanged = not form.has_changed() or set(form.changed_data) <= {*form.asides}
            self.change_row(request, form, obj.pk)
        else:
            obj.pk = self.add_row(request, form).pk

    def response_add(self, request: HttpRequest, obj, post_url_continue=None) -> HttpResponse:
        """The answer names the row as the act wrote it."""
        return super().response_add(request, self.model._base_manager.get(pk=obj.pk), post_url_continue)

    def save_related(self, request: HttpRequest, form, formsets, change: bool) -> None:
        """The act has written everything already."""

    def message_user(self, request: HttpRequest, message, *args: Any, **kwargs: Any) -> None:
        """A form that came back as it was says so."""
        words = _("Nothing was changed.") if getattr(request, "is_unchanged", False) else message
        super().message_user(request, words, *args, **kwargs)

    def log_addition(self, request: HttpRequest, obj, message) -> None:
        """The ledger has the entry."""

    def log_change(self, request: HttpRequest, obj, message) -> None:
        """The ledger has the entry."""


class WordsFilter(admin.SimpleListFilter):
    """A filter of a few named sets of rows: `sets` maps a value to its label and condition on a day."""

    def sets(self, today: date) -> dict[str, tuple[str, Q]]:
        """Value, label and condition of each set."""
        raise NotImplementedError

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple[str, str]]:
        """The labels, in their order."""
        return [(value, label) for value, (label, _rows) in self.sets(reach.of(request).on).items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """The rows of the chosen set."""
        found = self.sets(reach.of(request).on).get(self.value() or "")
        return queryset.filter(found[1]) if found else queryset


class BoardFilter(admin.SimpleListFilter):
    """Narrow a list to one board within reach; not shown to those who have only one."""

    title = _("board")
    parameter_name = "at_board"
    column = "board"

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple[str, str]]:
        """The boards in reach, by name."""
        boards = reach.of(request).boards(Permission.ADMIN_READ)
        if len(boards) < 2:
            return []
        return [(str(pk), name) for pk, name in names_of_boards(boards)]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """The rows of that board."""
        try:
            return queryset.filter(**{self.column: UUID(self.value())}) if self.value() else queryset
        except ValueError:
            return queryset.none()


def names_of_boards(boards: set[UUID]) -> list[tuple[UUID, str]]:
    """Id and name of boards, by name."""
    return list(Board.objects.filter(pk__in=boards).order_by("name").values_list("pk", "name"))
