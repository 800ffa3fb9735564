"""Boards, with their rules below them, and jurisdictions."""

from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from boards.models import ANSWERS, Board, Jurisdiction, Profession
from tracker.access.models import Membership
from tracker.access.policy import Permission
from tracker.directory import actions
from tracker.errors import ActionRefused, OutOfScope
from tracker.web.admin import reach, readiness, ruletable
from tracker.web.admin.base import ActForm, ScopedAdmin, day_input
from tracker.web.admin.fields import AddressesField, TextsField
from tracker.web.admin.reach import Reach
from tracker.web.admin.site import site
from tracker.web.forms.dates import DAY_BOUNDS

CONTACT = (
    ("name", "parent_agency"),
    ("phone", "email"),
    "mailing_address",
    ("city", "state", "postal_code"),
    ("website", "complaint_url"),
    "license_lookup_url",
)
TEXTS = ("filing_deadline_notes", "process_notes")
# Nobody looks after them here; the act of hosting asks the same.
HOSTABLE = Q(hosted=False) & ~Exists(Membership.objects.filter(board=OuterRef("pk")))


class BoardForm(ActForm):
    """A board's facts. `checked_on` says of which day they are."""

    asides = ("checked_on",)
    professions = forms.ModelMultipleChoiceField(
        Profession.objects.none(), widget=forms.CheckboxSelectMultiple, label=_("Professions")
    )
    filing_deadline_notes = TextsField(rows=3, required=False, label=_("Note on time limits for filing"))
    process_notes = TextsField(rows=3, required=False, label=_("Note on how the board works"))
    source_url = AddressesField()
    checked_on = forms.DateField(
        label=_("Checked on"),
        widget=day_input(),
        validators=DAY_BOUNDS,
        help_text=_("The day on which you checked what you changed against its sources."),
    )

    class Meta:
        model = Board
        fields = ()  # those of the field sets come with the admin's own controls

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if "professions" not in self.fields:
            return
        self.fields["professions"].queryset = Profession.objects.all()
        self.fields["checked_on"].initial = timezone.now().date
        for name in TEXTS:
            self.fields[name].keep(getattr(self.instance, name))


@admin.register(Board, site=site)
class BoardAdmin(ScopedAdmin):
    """Boards are imported, so none is added here; slug, short code and jurisdiction are fixed for ever.

    Boards of the list that nobody looks after here are shown to administrators, who may host them.
    """

    form = BoardForm
    edits = Permission.BOARD_EDIT
    change_form_template = "admin/board.html"
    list_display = ("name", "short_code", "jurisdiction", "hosted", "as_of")
    list_filter = ("hosted", ("jurisdiction", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("jurisdiction",)
    search_fields = ("name", "short_code", "slug", "jurisdiction__name")
    ordering = ("-hosted", "jurisdiction__name", "name")
    readonly_fields = ("slug", "short_code", "jurisdiction", "as_of")
    fieldsets = (
        (None, {"fields": (("short_code", "slug"), ("jurisdiction", "as_of"))}),
        (_("Contact"), {"fields": CONTACT, "classes": ("pairs",)}),
        (_("How it takes complaints"), {"fields": (ANSWERS[:3], ANSWERS[3:], "professions", *TEXTS)}),
        (_("Here"), {"fields": ("hosted", "time_zone")}),
        (_("Where this comes from"), {"fields": ("source_url", "checked_on")}),
    )
    reading = (
        (None, {"fields": (("short_code", "slug"), ("jurisdiction", "as_of"))}),
        (_("Contact"), {"fields": CONTACT, "classes": ("pairs",)}),
        (
            _("How it takes complaints"),
            {"fields": (ANSWERS[:3], ANSWERS[3:], "crafts", "filing_deadline_note", "process_note")},
        ),
        (_("Here"), {"fields": ("hosted", "time_zone")}),
        (_("Where this comes from"), {"fields": ("source_url",)}),
    )

    def in_scope(self, rows: QuerySet, held: Reach) -> QuerySet:
        """The boards where the person may open the site, and for administrators those that could be hosted."""
        mine = Q(pk__in=held.boards(Permission.ADMIN_READ))
        return rows.filter(mine | HOSTABLE) if held.holds(Permission.CODES_EDIT) else rows.filter(mine)

    def may_edit(self, row: Board, held: Reach) -> bool:
        """Only where the person is administrator."""
        return row.pk in held.boards(Permission.BOARD_EDIT)

    @admin.display(description=_("Professions"))
    def crafts(self, row: Board) -> str:
        """The professions in one line."""
        return ", ".join(craft.label for craft in row.professions.all())

    def tools(self, request: HttpRequest, row: Board) -> list[dict[str, str]]:
        """The board as the public sees it, and its chain of the ledger."""
        public = reverse("portal:board", args=[row.slug])
        history = f"{reverse('admin:tracker_ledgerentry_changelist')}?chain__exact={row.pk}"
        return [
            {"label": _("Public page"), "url": public, "icon": "visibility"},
            {"label": _("History"), "url": history, "icon": "history"},
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The board's facts, and below them its rules in force and to come."""
        row = self.get_object(request, object_id)
        context, held = dict(extra_context or {}), reach.of(request)
        if row is not None:
            context["rules"] = ruletable.rows_of(row, held.on)
            context["may_supersede"] = self.may_edit(row, held)
            is_mine = row.pk in held.boards(Permission.ADMIN_READ)
            context["may_host"] = not is_mine
            context["points"] = readiness.points(row, held.on) if is_mine and row.hosted else []
        return super().change_view(request, object_id, form_url, context)

    def get_urls(self):
        host = self.admin_site.admin_view(self.host)
        return [path("<uuid:pk>/host/", host, name="boards_board_host"), *super().get_urls()]

    def host(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Host a board of the list; then its page, where everything else is set."""
        row = self.get_object(request, str(pk))
        if row is None or request.method != "POST":
            raise OutOfScope
        try:
            actions.host_board(row.pk, **reach.told(request))
        except ActionRefused as refusal:
            messages.error(request, " ".join(refusal.reasons))
        else:
            words = gettext("%(board)s is hosted here, and you are its administrator. Now set its rules and people.")
            messages.success(request, words % {"board": row.name})
        return redirect("admin:boards_board_change", row.pk)

    def change_row(self, request: HttpRequest, form: BoardForm, key: UUID) -> None:
        """One entry in the ledger with the old and new values; none when nothing changed."""
        changes = form.changes()
        if "professions" in changes:
            changes["professions"] = [craft.pk for craft in changes["professions"]]
        as_of = form.cleaned_data["checked_on"]
        actions.edit_board(key, changes=changes, as_of=as_of, **reach.told(request))


@admin.register(Jurisdiction, site=site)
class JurisdictionAdmin(ScopedAdmin):
    """States and territories: read here, loaded from the reference files."""

    list_display = ("name", "code", "time_zone")
    search_fields = ("name", "code")
    ordering = ("name",)
    reading = ((None, {"fields": ("name", "code", "time_zone")}),)

    def in_scope(self, rows: QuerySet, held: Reach) -> QuerySet:
        """They are the same for everybody."""
        return rows
