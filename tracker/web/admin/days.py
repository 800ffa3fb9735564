"""Closed days: added, checked by a person, retracted; never moved or removed."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from boards.models import Board, ClosedDay
from tracker.access.policy import Permission
from tracker.directory import actions
from tracker.errors import ActionRefused
from tracker.templatetags.recourse import icon
from tracker.web.admin import reach
from tracker.web.admin.base import ActForm, ScopedAdmin, WordsFilter, day_input
from tracker.web.admin.reach import Reach
from tracker.web.admin.site import site

BOARD, STATE = "board", "state"


def offices(held: Reach) -> list[tuple[str, Any]]:
    """The boards a person edits, and the states they lie in, as choices."""
    boards = Board.objects.filter(pk__in=held.boards(Permission.BOARD_EDIT)).select_related("jurisdiction")
    places = {board.jurisdiction.pk: board.jurisdiction.name for board in boards}
    states = sorted(((f"{STATE}:{pk}", name) for pk, name in places.items()), key=lambda row: row[1])
    return [
        (_("One board"), [(f"{BOARD}:{board.pk}", board.name) for board in boards.order_by("name")]),
        (_("Every board of a state"), states),
    ]


class NewDayForm(ActForm):
    """A day on which an office is closed."""

    office = forms.ChoiceField(label=gettext_lazy("Closed at"))

    class Meta:
        model = ClosedDay
        fields = ("date", "name", "source")
        widgets = {"date": day_input()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].choices = offices(reach.of(self.request))
        self.fields["source"].help_text = _("The calendar or law that says so.")


class DayForm(ActForm):
    """What may still be said about a day: that somebody checked it, or that the office works after all."""

    checked = forms.BooleanField(label=gettext_lazy("I checked this day against the office's calendar"), required=False)
    retraction = forms.CharField(
        label=gettext_lazy("Retract: why the office works on this day after all"),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("Deadlines computed before keep what they used. Leave empty to keep the day."),
    )

    class Meta:
        model = ClosedDay
        fields = ()

    def clean(self) -> dict[str, Any]:
        """One act for one form."""
        known = super().clean()
        if known.get("checked") and known.get("retraction"):
            self.add_error("retraction", _("Check the day or retract it, not both."))
        return known


class StateFilter(WordsFilter):
    """Days by what a person said about them."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def sets(self, today: date) -> dict[str, tuple[str, Q]]:
        """To be checked, checked, retracted."""
        kept = Q(retracted_at=None)
        return {
            "open": (_("Not checked"), kept & Q(reviewed=False)),
            "checked": (_("Checked"), kept & Q(reviewed=True)),
            "retracted": (_("Retracted"), ~kept),
        }


@admin.register(ClosedDay, site=site)
class ClosedDayAdmin(ScopedAdmin):
    """Closed days of the boards in reach and of their states."""

    edits = Permission.BOARD_EDIT
    adds = True
    actions = ("mark_checked",)
    list_display = ("date", "name", "office", "source", "state")
    list_display_links = ("date", "name")
    list_filter = (StateFilter,)
    list_select_related = ("board", "jurisdiction")
    search_fields = ("name", "source", "board__name", "board__short_code", "jurisdiction__name", "date")
    date_hierarchy = "date"
    ordering = ("-date", "name")
    facts = ("date", "name", "office", "source", "state")

    def in_scope(self, rows: QuerySet, held: Reach) -> QuerySet:
        """Days of boards in reach and of the states they lie in."""
        boards = held.boards(Permission.ADMIN_READ)
        places = Board.objects.filter(pk__in=boards).values("jurisdiction")
        return rows.filter(Q(board__in=boards) | Q(jurisdiction__in=places))

    def may_edit(self, row: ClosedDay, held: Reach) -> bool:
        """Until it is retracted; a state's days by the administrators of its boards."""
        boards = held.boards(Permission.BOARD_EDIT)
        if row.retracted_at:
            return False
        if row.board_id:
            return row.board_id in boards
        return Board.objects.filter(pk__in=boards, jurisdiction=row.jurisdiction_id).exists()

    def get_form(self, request: HttpRequest, obj=None, change=False, **kwargs):
        self_form = NewDayForm if obj is None else DayForm
        return super().get_form(request, obj, change, form=self_form, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj=None):
        return self.facts if obj is not None else ()

    def get_fieldsets(self, request: HttpRequest, obj=None):
        if obj is None:
            return ((None, {"fields": ("office", "date", "name", "source")}),)
        facts = (None, {"fields": self.facts})
        if not self.has_change_permission(request, obj):
            return (facts,)
        left = ("retraction",) if obj.reviewed else ("checked", "retraction")
        return (facts, (_("What you found"), {"fields": left}))

    @admin.display(description=gettext_lazy("Closed at"))
    def office(self, row: ClosedDay) -> str:
        """The board, or the state of all its boards."""
        return row.board.name if row.board else _("every board, %(state)s") % {"state": row.jurisdiction.name}

    @admin.display(description=gettext_lazy("State"))
    def state(self, row: ClosedDay) -> str:
        """Checked, not yet checked, or retracted."""
        name, css, word = ("check", "ok", _("Checked")) if row.reviewed else ("warning", "soon", _("Not checked"))
        if row.retracted_at:
            name, css, word = "history", "", _("Retracted")
        return format_html('<span class="tag {}">{} {}</span>', css, icon(name), word)

    def add_row(self, request: HttpRequest, form: NewDayForm) -> ClosedDay:
        """A day of one board or of a state."""
        told = {name: form.cleaned_data[name] for name in ("date", "name", "source")}
        kind, _sign, pk = form.cleaned_data["office"].partition(":")
        office = {"board_id": UUID(pk)} if kind == BOARD else {"jurisdiction_id": UUID(pk)}
        return actions.add_closed_day(**told, **office, **reach.told(request))

    def change_row(self, request: HttpRequest, form: DayForm, key: UUID) -> None:
        """Checked, or retracted with the reason."""
        reason = form.cleaned_data.get("retraction", "")
        if reason:
            actions.retract_closed_day(key, reason=reason, **reach.told(request))
        elif form.cleaned_data.get("checked"):
            actions.review_closed_day(key, **reach.told(request))

    @admin.action(permissions=["change"], description=gettext_lazy("Say that the chosen days are checked"))
    def mark_checked(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Each day by its own act; what was refused is told."""
        done, left = 0, []
        for day in queryset.select_related("board", "jurisdiction"):
            try:
                if not self.may_edit(day, reach.of(request)):
                    raise ActionRefused([_("It is retracted, or another board's.")])
                actions.review_closed_day(day.pk, **reach.told(request))
                done += 1
            except ActionRefused as refusal:
                left.append(f"{day}: {' '.join(refusal.reasons)}")
        words = ngettext("%(count)d day is checked.", "%(count)d days are checked.", done)
        if done:
            messages.success(request, words % {"count": done})
        for line in left:
            messages.warning(request, line)
