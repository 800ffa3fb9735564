"""The code tables all boards share: professions, grounds, and the published codes of the NPDB."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boards.models import Ground, NpdbCode, Profession
from tracker.access.policy import Permission
from tracker.directory import actions
from tracker.web.admin import reach
from tracker.web.admin.base import ActForm, ScopedAdmin, WordsFilter, day_input
from tracker.web.admin.fields import ListField, TextsField
from tracker.web.admin.reach import Reach
from tracker.web.admin.site import site
from tracker.web.forms.dates import DAY_BOUNDS

RETIREMENT = ("retire_on", "retire_reason")


class TextsForm(ActForm):
    """A form of a row with words by language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, TextsField):
                field.keep(getattr(self.instance, name))


class ProfessionForm(TextsForm):
    """The words and codes of a profession."""

    labels = TextsField(label=gettext_lazy("Name"))
    plain_labels = TextsField(
        required=False,
        label=gettext_lazy("Name in plain words"),
        help_text=gettext_lazy("As a client would say it."),
    )
    npdb_codes = ListField(
        required=False,
        label=gettext_lazy("NPDB profession codes"),
        help_text=gettext_lazy("With commas between them."),
    )

    class Meta:
        model = Profession
        fields = ("labels", "plain_labels", "license_letters", "npdb_codes", "order", "retired_on")
        widgets = {"retired_on": day_input()}


class GroundForm(TextsForm):
    """The words and codes of a ground, and its retirement."""

    labels = TextsField(label=gettext_lazy("Label"))
    help_texts = TextsField(rows=3, required=False, label=gettext_lazy("Help"))
    helps_board_texts = TextsField(rows=3, required=False, label=gettext_lazy("What helps the board"))
    npdb_codes = ListField(
        required=False,
        label=gettext_lazy("NPDB basis codes"),
        help_text=gettext_lazy("The primary one first, with commas between them."),
    )
    retire_on = forms.DateField(
        required=False,
        label=gettext_lazy("Retire from"),
        widget=day_input(),
        validators=DAY_BOUNDS,
        help_text=gettext_lazy("From this day it is not offered any more. Old cases keep it. This is not undone."),
    )
    retire_reason = forms.CharField(
        required=False,
        label=gettext_lazy("Why it is retired"),
        max_length=500,
        widget=forms.TextInput({"class": "vTextField"}),
    )

    class Meta:
        model = Ground
        fields = ("labels", "help_texts", "helps_board_texts", "npdb_codes", "order")


class OfferedFilter(WordsFilter):
    """Codes by whether they may still be chosen."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def sets(self, today: date) -> dict[str, tuple[str, Q]]:
        """Offered, or retired."""
        offered = Q(retired_on=None) | Q(retired_on__gt=today)
        return {"offered": (_("Offered"), offered), "retired": (_("Retired"), Q(retired_on__lte=today))}


class CodesAdmin(ScopedAdmin):
    """The same for everybody who may enter; edited by administrators."""

    edits = Permission.CODES_EDIT

    def in_scope(self, rows: QuerySet, held: Reach) -> QuerySet:
        """Shared by all boards."""
        return rows

    @admin.display(description=gettext_lazy("NPDB codes"))
    def codes(self, row: Profession | Ground) -> str:
        """The codes in one line."""
        return ", ".join(row.npdb_codes)


@admin.register(Profession, site=site)
class ProfessionAdmin(CodesAdmin):
    """Professions; a key is the word of the lists that are imported, and fixed."""

    form = ProfessionForm
    list_display = ("label", "key", "license_letters", "codes", "retired_on")
    list_filter = (OfferedFilter,)
    search_fields = ("key", "labels__en", "plain_labels__en", "license_letters")
    ordering = ("order", "key")
    readonly_fields = ("key",)
    fieldsets = (
        (None, {"fields": ("key", "labels", "plain_labels", "license_letters", "npdb_codes", ("order", "retired_on"))}),
    )
    reading = ((None, {"fields": ("key", "label", "plain_label", "license_letters", "codes", "order", "retired_on")}),)

    def change_row(self, request: HttpRequest, form: ProfessionForm, key: UUID) -> None:
        """One entry with old and new values."""
        actions.edit_profession(key, changes=form.changes(), **reach.told(request))


@admin.register(Ground, site=site)
class GroundAdmin(CodesAdmin):
    """Grounds; a key is what cases hold, and fixed."""

    form = GroundForm
    list_display = ("label", "key", "codes", "order", "retired_on")
    list_filter = (OfferedFilter,)
    search_fields = ("key", "labels__en", "help_texts__en")
    ordering = ("order", "key")
    readonly_fields = ("key", "retired_on")
    reading = ((None, {"fields": ("key", "label", "help_text", "helps_board", "codes", "order", "retired_on")}),)

    def get_fieldsets(self, request: HttpRequest, obj=None):
        if obj is None or not self.has_change_permission(request, obj):
            return self.reading
        words = ("key", "labels", "help_texts", "helps_board_texts", "npdb_codes", "order")
        retiring = ("retired_on",) if obj.retired_on else (RETIREMENT,)
        return ((None, {"fields": words}), (_("Retirement"), {"fields": retiring}))

    def change_row(self, request: HttpRequest, form: GroundForm, key: UUID) -> None:
        """New words are one act, the retirement another; both or none."""
        changes = {name: value for name, value in form.changes().items() if name not in RETIREMENT}
        actions.edit_ground(key, changes=changes, **reach.told(request))
        retired_on, reason = form.cleaned_data.get("retire_on"), form.cleaned_data.get("retire_reason", "")
        if retired_on:
            actions.retire_ground(key, retired_on=retired_on, reason=reason, **reach.told(request))


@admin.register(NpdbCode, site=site)
class NpdbCodeAdmin(CodesAdmin):
    """Published codes: read here, loaded from the reference files."""

    edits = None
    list_display = ("code", "label", "kind", "family", "retired_on")
    list_filter = ("kind", OfferedFilter)
    search_fields = ("code", "label", "family")
    ordering = ("kind", "code")
    reading = ((None, {"fields": ("code", "label", "kind", "family", "first_use", "retired_on")}),)
