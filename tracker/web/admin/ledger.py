"""The ledger, read: every entry of the boards in reach, its facts, and its private part where that may be seen."""

import json
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boards.models import Board
from tracker.access.policy import Permission
from tracker.audit import events
from tracker.audit.models import LedgerEntry, LedgerPrivate
from tracker.cases.models import Case
from tracker.cases.queries import casefile, people
from tracker.templatetags.recourse import grouped
from tracker.web.admin import reach
from tracker.web.admin.base import BoardFilter, ScopedAdmin
from tracker.web.admin.reach import Reach
from tracker.web.admin.records import case_url
from tracker.web.admin.site import site
from tracker.web.desk import story

SHOWN_PRIVATE = "private_part"


class LedgerBoardFilter(BoardFilter):
    """One board, by the id an entry holds."""

    column = "board_id"


class GroupFilter(admin.SimpleListFilter):
    """What kind of act."""

    title = gettext_lazy("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple[str, str]]:
        """The groups of events."""
        return [(name, capfirst(name)) for name in sorted({event.group for event in events.EVENTS.values()})]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Entries of its events."""
        if not self.value():
            return queryset
        return queryset.filter(event__in=[code for code, event in events.EVENTS.items() if event.group == self.value()])


def in_words(actor: str) -> str:
    """An actor who is no person of the office: who it was in the matter, or which job."""
    kind, _sign, ref = actor.partition(":")
    words = {"filer": _("Complainant"), "respondent": _("Respondent"), "system": _("System, %(job)s") % {"job": ref}}
    return words.get(kind, ref)


class NamedEntries(ChangeList):
    """A page of entries with the names of who acted, looked up together."""

    def get_results(self, request: HttpRequest) -> None:
        """The page; each entry knows who acted."""
        super().get_results(request)
        self.result_list = list(self.result_list)
        bodies = {row.pk: json.loads(row.body) for row in self.result_list}
        names = people.names_of({body["actor"] for body in bodies.values()})
        for row in self.result_list:
            row.told = bodies[row.pk]
            row.actor_name = names.get(row.told["actor"]) or in_words(row.told["actor"])


@admin.register(LedgerEntry, site=site)
class LedgerAdmin(ScopedAdmin):
    """Entries of the boards in reach and of the installation.

    The private part of an entry is shown for cases the person sees and for the boards themselves. That of the
    installation's own chain tells of people of every board, so it is shown to nobody here.
    """

    list_display = ("number", "sentence", "about", "who", "at", "short_hash")
    list_display_links = ("number", "sentence")
    list_filter = (LedgerBoardFilter, GroupFilter)
    search_fields = ("event", "=hash", "docket")
    search_help_text = gettext_lazy("Docket number, event or whole hash")
    date_hierarchy = "at"
    ordering = ("-id",)
    sortable_by = ()
    facts = (
        (None, {"fields": ("number", "sentence", "about", "who", "at", "recorded_at", "origin")}),
        (gettext_lazy("Facts"), {"fields": ("facts_told",)}),
        (gettext_lazy("Proof"), {"fields": ("full_hash", "full_prev", "private_digest", "chain", "body")}),
    )

    def in_scope(self, rows: QuerySet, held: Reach) -> QuerySet:
        """Chains of cases and boards where the person reads the ledger, and the installation's."""
        boards = held.boards(Permission.LEDGER_VIEW)
        if not boards:
            return rows.none()
        cases = Case.objects.filter(held.cases(Permission.LEDGER_VIEW)).values("pk")
        docket = Subquery(Case.objects.filter(pk=OuterRef("chain")).values("docket")[:1])
        office = Subquery(Board.objects.filter(pk=OuterRef("board_id")).values("short_code")[:1])
        rows = rows.filter(Q(chain__in=cases) | Q(chain__in=boards) | Q(board_id=None))
        return rows.annotate(docket=docket, office=office)

    def heading(self, row: LedgerEntry) -> str:
        """The sentence."""
        return f"{self.number(row)} {self.sentence(row)}"

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whoever may enter and reads the ledger somewhere."""
        return reach.of(request).holds(Permission.LEDGER_VIEW) and super().has_module_permission(request)

    def has_view_permission(self, request: HttpRequest, obj=None) -> bool:
        """Whoever may enter and reads the ledger somewhere."""
        return reach.of(request).holds(Permission.LEDGER_VIEW) and super().has_view_permission(request, obj)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return NamedEntries

    def get_fieldsets(self, request: HttpRequest, obj=None):
        if obj is None:
            return self.facts
        obj.shown_private = self._private(request, obj)
        # Stock field sets are asked for more than once; the private part is looked up with the first.
        return (*self.facts[:2], (_("Private part"), {"fields": (SHOWN_PRIVATE,)}), self.facts[2])

    def _private(self, request: HttpRequest, row: LedgerEntry) -> dict[str, Any] | str:
        if hasattr(row, "shown_private"):
            return row.shown_private
        if not row.private_digest:
            return _("This entry has none.")
        if not self.may_see_private(request, row):
            return _("Not shown here.")
        part = LedgerPrivate.objects.filter(entry=row.pk).first()
        return json.loads(part.body) if part else _("It is no longer held.")

    def may_see_private(self, request: HttpRequest, row: LedgerEntry) -> bool:
        """Whether names and reasons of this entry are within the person's scope."""
        held = reach.of(request)
        if row.chain in held.boards(Permission.LEDGER_VIEW):
            return True
        known = events.EVENTS.get(row.event)
        on_talks = known is not None and known.group == casefile.TALKS
        wanted = Permission.SETTLEMENT_VIEW if on_talks else Permission.CASE_VIEW
        return Case.objects.filter(held.cases(wanted), pk=row.chain).exists()

    def _told(self, row: LedgerEntry) -> dict[str, Any]:
        if not hasattr(row, "told"):
            row.told = json.loads(row.body)
        return row.told

    @admin.display(description=gettext_lazy("No."))
    def number(self, row: LedgerEntry) -> str:
        """Its place in its chain."""
        return f"#{row.seq}"

    @admin.display(description=gettext_lazy("What happened"))
    def sentence(self, row: LedgerEntry) -> str:
        """The sentence of its event."""
        return story.told(row.event, self._told(row)["facts"])

    @admin.display(description=gettext_lazy("About"))
    def about(self, row: LedgerEntry) -> str:
        """The case at the desk, the board, or the installation."""
        if row.docket:
            return format_html('<a class="mono" href="{}">{}</a>', case_url(row.docket), row.docket)
        return row.office or _("Installation")

    @admin.display(description=gettext_lazy("Who"))
    def who(self, row: LedgerEntry) -> str:
        """The person's name today, or what acted."""
        actor = self._told(row)["actor"]
        if not hasattr(row, "actor_name"):
            row.actor_name = people.names_of({actor}).get(actor) or in_words(actor)
        return row.actor_name

    @admin.display(description=gettext_lazy("Origin"))
    def origin(self, row: LedgerEntry) -> str:
        """Live, demo or import."""
        return self._told(row)["origin"]

    @admin.display(description=gettext_lazy("Hash"))
    def short_hash(self, row: LedgerEntry) -> str:
        """Its beginning."""
        return format_html('<span class="mono">{}</span>', row.hash[:8])

    @admin.display(description=gettext_lazy("Hash"))
    def full_hash(self, row: LedgerEntry) -> str:
        """All of it, in groups of four."""
        return format_html('<span class="mono">{}</span>', grouped(row.hash))

    @admin.display(description=gettext_lazy("Hash before"))
    def full_prev(self, row: LedgerEntry) -> str:
        """The hash of the entry before it."""
        return format_html('<span class="mono">{}</span>', grouped(row.prev_hash))

    @admin.display(description=gettext_lazy("Facts"))
    def facts_told(self, row: LedgerEntry) -> SafeString | str:
        """Ids, codes, dates and digests, which are hashed."""
        return _listed(self._told(row)["facts"])

    @admin.display(description=gettext_lazy("Names, reasons, free text"))
    def private_part(self, row: LedgerEntry) -> SafeString | str:
        """What is bound by a salted digest and may be disposed of."""
        shown = row.shown_private
        return shown if isinstance(shown, str) else _listed(shown)


def _listed(parts: dict[str, Any]) -> SafeString | str:
    rows = (
        (name, json.dumps(value, ensure_ascii=False) if not isinstance(value, str) else value)
        for name, value in parts.items()
    )
    items = format_html_join("", "<dt>{}</dt><dd>{}</dd>", rows)
    return format_html('<dl class="told">{}</dl>', items) if items else "–"
