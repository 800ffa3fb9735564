"""The ledger, read: every entry of the boards in reach, its facts, and its private part where that may be seen."""

import json
from collections.abc import Sequence
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
from tracker.cases.queries import people, untold
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


def read(rows: Sequence[Any], held: Reach) -> None:
    """Read the body of each entry: `told` is what a person may know of it, `is_masked` whether that is not all.

    As at the desk, no docket is named that the person does not see, and no offer to who may not know of talks.
    """
    bodies = {row.pk: json.loads(row.body) for row in rows}
    hidden = _hidden(untold.dockets_named(body["facts"] for body in bodies.values()), held)
    ended = {row.chain for row in rows if untold.names_offer(bodies[row.pk]["facts"])}
    talks = Case.objects.filter(held.cases(Permission.SETTLEMENT_VIEW), pk__in=ended)
    known = set(talks.values_list("pk", flat=True)) if ended else set()
    for row in rows:
        body = bodies[row.pk]
        facts = untold.masked(body["facts"], hidden, knows_talks=row.chain in known)
        row.is_masked = facts is not body["facts"]
        row.told = {**body, "facts": facts}


def _hidden(named: set[str], held: Reach) -> set[str]:
    if not named:
        return set()
    seen = held.cases(Permission.CASE_VIEW) | held.cases(Permission.RECORD_VIEW)
    return named - set(Case.objects.filter(seen, docket__in=named).values_list("docket", flat=True))


class NamedEntries(ChangeList):
    """A page of entries with the names of who acted, looked up together."""

    def get_results(self, request: HttpRequest) -> None:
        """The page; each entry knows who acted and what it may tell."""
        super().get_results(request)
        self.result_list = list(self.result_list)
        read(self.result_list, reach.of(request))
        names = people.names_of({row.told["actor"] for row in self.result_list})
        for row in self.result_list:
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
        """Chains of cases and boards where the person reads the ledger, and the installation's.

        Entries on settlement talks are for those who may know of them, as at the desk.
        """
        boards = held.boards(Permission.LEDGER_VIEW)
        if not boards:
            return rows.none()
        cases = Case.objects.filter(held.cases(Permission.LEDGER_VIEW)).values("pk")
        docket = Subquery(Case.objects.filter(pk=OuterRef("chain")).values("docket")[:1])
        office = Subquery(Board.objects.filter(pk=OuterRef("board_id")).values("short_code")[:1])
        rows = rows.filter(Q(chain__in=cases) | Q(chain__in=boards) | Q(board_id=None))
        known = Case.objects.filter(held.cases(Permission.SETTLEMENT_VIEW)).values("pk")
        rows = rows.exclude(untold.talks() & ~Q(chain__in=known))
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

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> LedgerEntry | None:
        """The entry, with what the person may know of it."""
        row = super().get_object(request, object_id, from_field)
        if row is not None:
            read([row], reach.of(request))
        return row

    def get_fieldsets(self, request: HttpRequest, obj=None):
        if obj is None:
            return self.facts
        obj.shown_private = self._private(request, obj)
        # Stock field sets are asked for more than once; the private part is looked up with the first.
        # The body is the text that is hashed: whole or not at all.
        proof = tuple(name for name in self.facts[2][1]["fields"] if name != "body" or not obj.is_masked)
        private = (_("Private part"), {"fields": (SHOWN_PRIVATE,)})
        return (*self.facts[:2], private, (self.facts[2][0], {"fields": proof}))

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
        """Whether names and reasons of this entry are within the person's scope; those of a masked one are not."""
        held = reach.of(request)
        if row.is_masked:
            return False
        if row.chain in held.boards(Permission.LEDGER_VIEW):
            return True
        known = events.EVENTS.get(row.event)
        on_talks = known is not None and known.group == untold.TALKS
        wanted = Permission.SETTLEMENT_VIEW if on_talks else Permission.CASE_VIEW
        return Case.objects.filter(held.cases(wanted), pk=row.chain).exists()

    @admin.display(description=gettext_lazy("No."))
    def number(self, row: LedgerEntry) -> str:
        """Its place in its chain."""
        return f"#{row.seq}"

    @admin.display(description=gettext_lazy("What happened"))
    def sentence(self, row: LedgerEntry) -> str:
        """The sentence of its event."""
        return story.told(row.event, row.told["facts"])

    @admin.display(description=gettext_lazy("About"))
    def about(self, row: LedgerEntry) -> str:
        """The case at the desk, the board, or the installation."""
        if row.docket:
            return format_html('<a class="mono" href="{}">{}</a>', case_url(row.docket), row.docket)
        return row.office or _("Installation")

    @admin.display(description=gettext_lazy("Who"))
    def who(self, row: LedgerEntry) -> str:
        """The person's name today, or what acted."""
        actor = row.told["actor"]
        if not hasattr(row, "actor_name"):
            row.actor_name = people.names_of({actor}).get(actor) or in_words(actor)
        return row.actor_name

    @admin.display(description=gettext_lazy("Origin"))
    def origin(self, row: LedgerEntry) -> str:
        """Live, demo or import."""
        return row.told["origin"]

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
        return _listed(row.told["facts"])

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
