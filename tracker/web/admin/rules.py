"""Rules: every row that ever was, and the form that supersedes one by a new dated row."""

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boards import queries as board_queries
from boards import rules
from boards.models import Board, BoardRule
from tracker.access.policy import Permission
from tracker.directory import actions
from tracker.errors import OutOfScope
from tracker.templatetags.recourse import icon, short_date
from tracker.web.admin import reach, ruletable
from tracker.web.admin.base import BoardFilter, ScopedAdmin, names_of_boards
from tracker.web.admin.reach import Reach
from tracker.web.admin.ruleforms import RuleForm, value_text
from tracker.web.admin.site import site


def settings_by_name() -> list[tuple[str, str]]:
    """Key and name of every setting there is, by name."""
    return sorted(((key, str(spec.label)) for key, spec in rules.RULES.items()), key=lambda row: row[1])


class RuleBoardFilter(BoardFilter):
    """One board, or the defaults of the installation."""

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple[str, str]]:
        """The boards in reach, and what stands in where they have no row."""
        boards = names_of_boards(reach.of(request).boards(Permission.ADMIN_READ))
        return [*((str(pk), name) for pk, name in boards), (ruletable.DEFAULTS, _("Every board (defaults)"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Rows of that board, or rows without one."""
        if self.value() == ruletable.DEFAULTS:
            return queryset.filter(board=None)
        return super().queryset(request, queryset)


class StateFilter(admin.SimpleListFilter):
    """In force, to come, or past."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple[str, str]]:
        """The states a row can be in."""
        return [(state.value, ruletable.look_of(state).word) for state in ruletable.RuleState]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """The rows in that state today."""
        return ruletable.in_state(queryset, self.value() or "", timezone.now().date())


@admin.register(BoardRule, site=site)
class RuleAdmin(ScopedAdmin):
    """Rows are never changed: a new one takes over from its day on."""

    form = RuleForm
    edits = Permission.BOARD_EDIT
    adds = True
    list_display = ("setting", "office", "dated_value", "cited", "state", "supersede")
    list_filter = (RuleBoardFilter, StateFilter)
    list_select_related = ("board",)
    search_fields = ("key", "citation", "source_url", "board__name", "board__short_code")
    search_help_text = gettext_lazy("Setting, citation, source or board")
    ordering = (F("board__name").asc(nulls_last=True), "key", "-valid_from", "-recorded_at")
    sortable_by = ()
    fieldsets = (
        (None, {"fields": ("board", "key", "value", ("valid_from", "as_of"), "citation", "source_url", "reason")}),
    )
    reading = (
        (None, {"fields": ("setting", "office", "shown", "state", "since")}),
        (gettext_lazy("Where this comes from"), {"fields": ("citation", "sources", "as_of", "imported")}),
        (gettext_lazy("When it was believed"), {"fields": ("recorded_at", "superseded_at")}),
    )

    def in_scope(self, rows: QuerySet, held: Reach) -> QuerySet:
        """Rows of the boards in reach, and the defaults behind them."""
        mine = rows.filter(board__in=held.boards(Permission.ADMIN_READ)) | rows.filter(board=None)
        return ruletable.with_state(mine, held.on)

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        """Never: a row is superseded, not changed."""
        return False

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str):
        """Settings are found by the names people know them by, too."""
        found, many = super().get_search_results(request, queryset, search_term)
        words = search_term.lower().split()
        keys = [key for key, name in settings_by_name() if words and all(word in name.lower() for word in words)]
        return found | queryset.filter(key__in=keys), many

    def heading(self, row: BoardRule) -> str:
        """The setting and whose it is."""
        return f"{self.setting_name(row)}, {self.office(row)}"

    def may_supersede(self, request: HttpRequest, row: BoardRule) -> bool:
        """Whether the person may set this setting of this board, or of all."""
        held = reach.of(request)
        if row.board_id is None:
            return held.holds(Permission.CODES_EDIT)
        return row.board_id in held.boards(Permission.BOARD_EDIT)

    def get_list_display(self, request: HttpRequest):
        """The last column offers what this person may do."""

        @admin.display(description=_("Change"))
        def supersede(row: BoardRule) -> str:
            if not self.may_supersede(request, row) or self._state(row) == ruletable.RuleState.SUPERSEDED:
                return ""
            url = ruletable.supersede_url(row.board_id, row.key)
            words = _("Supersede %(setting)s") % {"setting": self.setting_name(row)}
            return format_html('<a href="{}" aria-label="{}">{}</a>', url, words, _("Supersede"))

        return [*self.list_display[:-1], supersede]

    @admin.display(description="")
    def supersede(self, row: BoardRule) -> str:
        """Stands for the column that is made for each person."""
        return ""

    def setting_name(self, row: BoardRule) -> str:
        """The name of the setting; a key that is no longer known is shown as it is."""
        return str(rules.RULES[row.key].label) if row.key in rules.RULES else row.key

    def _state(self, row: BoardRule) -> ruletable.RuleState:
        return ruletable.state_of(row, timezone.now().date())

    @admin.display(description=gettext_lazy("Setting"))
    def setting(self, row: BoardRule) -> str:
        """Name and key, struck through when superseded."""
        gone = "gone" if self._state(row) == ruletable.RuleState.SUPERSEDED else ""
        html = '<span class="{}">{}</span><span class="second">{}</span>'
        return format_html(html, gone, self.setting_name(row), row.key)

    @admin.display(description=gettext_lazy("Board"))
    def office(self, row: BoardRule) -> str:
        """The board, or that it is everybody's default."""
        return row.board.short_code if row.board else _("Every board")

    @admin.display(description=gettext_lazy("Value"))
    def shown(self, row: BoardRule) -> str:
        """The value in words."""
        return rules.show_value(row.key, row.value) if row.key in rules.RULES else str(row.value)

    @admin.display(description=gettext_lazy("In force"))
    def since(self, row: BoardRule) -> str:
        """From which day it binds."""
        words = _("from %(day)s") if self._state(row) == ruletable.RuleState.NOT_YET else _("since %(day)s")
        return words % {"day": short_date(row.valid_from)}

    @admin.display(description=gettext_lazy("Value"))
    def dated_value(self, row: BoardRule) -> str:
        """The value, and below it since when."""
        return _two_lines(self.shown(row), self.since(row))

    @admin.display(description=gettext_lazy("Citation"))
    def cited(self, row: BoardRule) -> str:
        """The citation, and below it the day on which its source was checked."""
        return _two_lines(row.citation or "–", _("as of %(day)s") % {"day": short_date(row.as_of)})

    @admin.display(description=gettext_lazy("State"))
    def state(self, row: BoardRule) -> str:
        """Icon and word."""
        look = ruletable.look_of(self._state(row))
        return format_html('<span class="tag {}">{} {}</span>', look.css, icon(look.icon), look.word)

    @admin.display(description=gettext_lazy("Sources"))
    def sources(self, row: BoardRule) -> str:
        """One address on each line."""
        return "\n".join(part for part in row.source_url.split(";") if part)

    def tools(self, request: HttpRequest, row: BoardRule) -> list[dict[str, str]]:
        """The way to a new row."""
        if not self.may_supersede(request, row) or row.key not in rules.RULES:
            return []
        url = ruletable.supersede_url(row.board_id, row.key)
        return [{"label": _("Supersede"), "url": url, "icon": "update"}]

    def add_view(self, request: HttpRequest, form_url="", extra_context=None) -> HttpResponse:
        """First which setting of which board, then its form."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        asked = request.POST if request.method == "POST" else request.GET
        key, office = asked.get("key", ""), asked.get("board", "")
        if request.method != "POST" and (key not in rules.RULES or not office):
            return self._choose(request)
        board = self._board(request, office)
        name = str(rules.RULES[key].label) if key in rules.RULES else key
        context = {
            "title": _("Supersede: %(setting)s") % {"setting": name},
            "subtitle": board.name if board else _("Default of every board without its own row"),
            "show_save_and_continue": False,
        }
        return super().add_view(request, form_url, {**context, **(extra_context or {})})

    def _choose(self, request: HttpRequest) -> HttpResponse:
        held = reach.of(request)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Which rule?"),
            "offices": names_of_boards(held.boards(Permission.BOARD_EDIT)),
            "may_default": held.holds(Permission.CODES_EDIT),
            "settings": settings_by_name(),
            "office": request.GET.get("board", ""),
        }
        return TemplateResponse(request, "admin/choose_rule.html", context)

    def _board(self, request: HttpRequest, office: str) -> Board | None:
        if office in ("", ruletable.DEFAULTS):
            return None
        try:
            pk = UUID(office)
        except ValueError:
            raise OutOfScope from None
        if pk not in reach.of(request).boards(Permission.BOARD_EDIT):
            raise OutOfScope
        return Board.objects.get(pk=pk)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """What is in force today, to be changed."""
        key = request.GET.get("key", "")
        board = self._board(request, request.GET.get("board", ""))
        # A rule is in force by the board's own days: in its evening the next day of UTC has begun already.
        now = timezone.now()
        today = board_queries.local_day(board, now) if board else now.date()
        known = board_queries.rule_in_force(board, key, today)
        own = known.is_board_row or board is None
        return {
            "board": board.pk if board else None,
            "key": key,
            "value": value_text(key, known.value),
            "citation": known.citation if own else "",
            "source_url": known.source_url if own else "",
            "as_of": today,
            "valid_from": today,
        }

    def add_row(self, request: HttpRequest, form: RuleForm) -> BoardRule:
        """A new dated row; rows of the same or a later first day are marked as superseded."""
        board = form.cleaned_data["board"]
        names = ("key", "value", "citation", "source_url", "as_of", "valid_from", "reason")
        told = {name: form.cleaned_data[name] for name in names}
        return actions.supersede_rule(board.pk if board else None, **told, **reach.told(request))


def _two_lines(fact: str, context: str) -> str:
    return format_html('{}<span class="second">{}</span>', fact, context)
