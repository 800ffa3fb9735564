"""Cases and exhibits: read here as far as the person sees them, worked on at the desk."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.access.policy import Permission
from tracker.cases.models import Case
from tracker.evidence.models import Exhibit
from tracker.evidence.states import Confidentiality
from tracker.templatetags.recourse import grouped, short_date, stage_meter, state_tag
from tracker.web.admin.base import BoardFilter, ScopedAdmin
from tracker.web.admin.reach import Reach
from tracker.web.admin.site import site


def case_url(docket: str) -> str:
    """The case at the desk."""
    return reverse("desk:case", args=[docket])


@admin.register(Case, site=site)
class CaseAdmin(ScopedAdmin):
    """Cases within scope."""

    list_display = ("docket", "board_code", "stage_shown", "standing", "priority", "received", "desk")
    list_filter = (BoardFilter, "stage", "status", "priority", "disposition")
    list_select_related = ("board__jurisdiction",)
    search_fields = ("docket",)
    search_help_text = gettext_lazy("Docket number")
    ordering = ("-received_at", "id")
    reading = (
        (None, {"fields": ("docket", "board", "profession", "stage_shown", "status", "status_since", "disposition")}),
        (gettext_lazy("Priority"), {"fields": ("priority", "priority_verified_by")}),
        (
            gettext_lazy("Dates"),
            {"fields": ("received_at", "opened_at", "charged_at", "decided_at", "closed_at", "next_due_on")},
        ),
    )

    def in_scope(self, rows: QuerySet, held: Reach) -> QuerySet:
        """The cases whose file the person sees."""
        return rows.filter(held.cases(Permission.CASE_VIEW))

    @admin.display(description=gettext_lazy("Board"), ordering="board__short_code")
    def board_code(self, row: Case) -> str:
        """The board by its short code."""
        return row.board.short_code

    @admin.display(description=gettext_lazy("Stage"), ordering="stage")
    def stage_shown(self, row: Case) -> str:
        """The stage meter with its word."""
        return stage_meter(row.stage)

    @admin.display(description=gettext_lazy("Status"), ordering="status")
    def standing(self, row: Case) -> str:
        """The status, and below it how a closed case ended."""
        ended = row.get_disposition_display() if row.disposition else ""
        return format_html('{}<span class="second">{}</span>', row.get_status_display(), ended)

    @admin.display(description=gettext_lazy("Received"), ordering="received_at")
    def received(self, row: Case) -> str:
        """The day it reached the board, there."""
        return short_date(row.received_at.astimezone(row.board.zone).date())

    @admin.display(description=gettext_lazy("At the desk"))
    def desk(self, row: Case) -> str:
        """The way to where work is done."""
        words = _("Open %(docket)s at the desk") % {"docket": row.docket}
        return format_html('<a href="{}" aria-label="{}">{}</a>', case_url(row.docket), words, _("Open"))

    def tools(self, request: HttpRequest, row: Case) -> list[dict[str, str]]:
        """The case at the desk, its exhibits and its chain of the ledger."""
        exhibits = f"{reverse('admin:tracker_exhibit_changelist')}?case__id__exact={row.pk}"
        chain = f"{reverse('admin:tracker_ledgerentry_changelist')}?chain__exact={row.pk}"
        return [
            {"label": _("Open at the desk"), "url": case_url(row.docket), "icon": "launch"},
            {"label": _("Exhibits"), "url": exhibits, "icon": "attach_file"},
            {"label": _("Ledger"), "url": chain, "icon": "history"},
        ]


@admin.register(Exhibit, site=site)
class ExhibitAdmin(ScopedAdmin):
    """Exhibits of the cases within scope."""

    list_display = ("key", "docket", "what", "state_shown", "received", "digest", "desk")
    list_filter = (BoardFilter, "state", "confidentiality", "withheld_code")
    list_select_related = ("case", "stored_file", "board__jurisdiction")
    search_fields = ("case__docket", "title", "original_name", "stored_file__digest")
    search_help_text = gettext_lazy("Docket number, title, file name or SHA-256")
    ordering = ("-received_at", "-number")
    reading = (
        (None, {"fields": ("key", "docket", "title", "source", "dated_on")}),
        (
            gettext_lazy("As received"),
            {"fields": ("original_name", "media_type", "size", "full_digest", "received_at", "page_count")},
        ),
        (
            gettext_lazy("State"),
            {"fields": ("state_shown", "state_reason", "not_renderable_reason", "confidentiality", "release_basis")},
        ),
        (gettext_lazy("Withheld"), {"fields": ("withheld_code", "withheld_reason")}),
    )

    def in_scope(self, rows: QuerySet, held: Reach) -> QuerySet:
        """The evidence of the cases whose file the person sees."""
        cases = Case.objects.filter(held.cases(Permission.CASE_VIEW) & held.cases(Permission.EVIDENCE_VIEW))
        return rows.filter(case__in=cases)

    @admin.display(description=gettext_lazy("Exhibit"), ordering="number")
    def key(self, row: Exhibit) -> str:
        """Its name for ever."""
        return row.key

    @admin.display(description=gettext_lazy("Docket"), ordering="case__docket")
    def docket(self, row: Exhibit) -> str:
        """The case it belongs to."""
        url = reverse("admin:tracker_case_change", args=[row.case_id])
        return format_html('<a class="mono" href="{}">{}</a>', url, row.case.docket)

    @admin.display(description=gettext_lazy("What"), ordering="title")
    def what(self, row: Exhibit) -> str:
        """The title, and below it the class where it has one."""
        special = "" if row.confidentiality == Confidentiality.NONE else row.get_confidentiality_display()
        return format_html('{}<span class="second">{}</span>', row.title, special)

    @admin.display(description=gettext_lazy("Received"), ordering="received_at")
    def received(self, row: Exhibit) -> str:
        """The day it was received, at the board."""
        return short_date(row.received_at.astimezone(row.board.zone).date())

    @admin.display(description=gettext_lazy("State"), ordering="state")
    def state_shown(self, row: Exhibit) -> str:
        """Icon and word."""
        return state_tag(row.state, row.get_state_display())

    @admin.display(description=gettext_lazy("SHA-256"))
    def digest(self, row: Exhibit) -> str:
        """The beginning of its digest."""
        return format_html('<span class="mono">{}</span>', row.stored_file.digest[:8])

    @admin.display(description=gettext_lazy("SHA-256"))
    def full_digest(self, row: Exhibit) -> str:
        """The digest in groups of four."""
        return format_html('<span class="mono">{}</span>', grouped(row.stored_file.digest))

    @admin.display(description=gettext_lazy("Type"))
    def media_type(self, row: Exhibit) -> str:
        """What its content is."""
        return row.stored_file.media_type

    @admin.display(description=gettext_lazy("Size in bytes"))
    def size(self, row: Exhibit) -> int:
        """How large it is."""
        return row.stored_file.size

    @admin.display(description=gettext_lazy("At the desk"))
    def desk(self, row: Exhibit) -> str:
        """The way to where work is done."""
        words = _("Open %(exhibit)s of %(docket)s at the desk") % {"exhibit": row.key, "docket": row.case.docket}
        url = reverse("desk:exhibit", args=[row.case.docket, row.key])
        return format_html('<a href="{}" aria-label="{}">{}</a>', url, words, _("Open"))

    def tools(self, request: HttpRequest, row: Exhibit) -> list[dict[str, str]]:
        """The exhibit at the desk."""
        url = reverse("desk:exhibit", args=[row.case.docket, row.key])
        return [{"label": _("Open at the desk"), "url": url, "icon": "launch"}]
