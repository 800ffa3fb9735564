"""People who sign in and their roles at boards."""

from datetime import date
from uuid import UUID

from django import forms
from django.contrib import admin
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables

from boards.models import Board
from tracker.access.models import Membership, User
from tracker.access.policy import Permission, Role
from tracker.directory import actions
from tracker.errors import OutOfScope
from tracker.web.admin import passwords, reach
from tracker.web.admin.base import ActForm, BoardFilter, ScopedAdmin, WordsFilter, day_input
from tracker.web.admin.reach import Reach
from tracker.web.admin.site import site
from tracker.web.forms.dates import DAY_BOUNDS


class PersonForm(ActForm):
    """Who somebody is. Passwords are never typed here."""

    class Meta:
        model = User
        fields = ("full_name", "email", "title", "is_active")
        labels = {"is_active": gettext_lazy("May sign in")}
        help_texts = {"email": gettext_lazy("It is the name at sign-in.")}


class PersonBoardFilter(BoardFilter):
    """People with a role at a board, each once."""

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Whoever has or had a role there."""
        if not self.value():
            return queryset
        return queryset.filter(pk__in=super().queryset(request, Membership.objects.all()).values("user"))


@admin.register(User, site=site)
class PersonAdmin(ScopedAdmin):
    """People with a role at a board in reach, and people without any role yet."""

    form = PersonForm
    edits = Permission.PEOPLE_EDIT
    adds = True
    change_form_template = "admin/person.html"
    list_display = ("full_name", "email", "title", "roles", "may_sign_in")
    list_filter = ("is_active", PersonBoardFilter)
    search_fields = ("full_name", "email", "title")
    ordering = ("full_name", "email")
    readonly_fields = ("roles", "password_state")
    fieldsets = ((None, {"fields": ("full_name", "email", "title", "is_active", "password_state", "roles")}),)
    add_fieldsets = ((None, {"fields": ("full_name", "email", "title")}),)
    reading = fieldsets

    def in_scope(self, rows: QuerySet, held: Reach) -> QuerySet:
        """Each with the roles at the boards in reach, and with no others."""
        here = Membership.objects.filter(board__in=held.boards(Permission.ADMIN_READ))
        anywhere = Membership.objects.filter(user=OuterRef("pk"))
        shown = here.select_related("board").order_by("board__short_code", "role")
        rows = rows.filter(Q(pk__in=here.values("user")) | ~Exists(anywhere))
        return rows.prefetch_related(Prefetch("memberships", shown, to_attr="held_here"))

    def may_edit(self, row: User, held: Reach) -> bool:
        """Only by who looks after people wherever this person has a role: or one board could lock out another's."""
        roles = Membership.objects.filter(Q(valid_until=None) | Q(valid_until__gte=held.on), user=row)
        return not roles.exclude(board__in=held.boards(Permission.PEOPLE_EDIT)).exists()

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Not by address: whoever may only read could guess at stored passwords, letter by letter."""
        return lookup in ("is_active__exact", PersonBoardFilter.parameter_name)

    def get_fieldsets(self, request: HttpRequest, obj=None):
        return super().get_fieldsets(request, obj) if obj is not None else self.add_fieldsets

    @admin.display(description=gettext_lazy("Roles"))
    def roles(self, row: User) -> str:
        """Roles in force at the boards in reach, each leading to its row."""
        today = timezone.now().date()
        rows = [
            (reverse("admin:tracker_membership_change", args=[role.pk]), role.get_role_display(), role.board.short_code)
            for role in getattr(row, "held_here", ())
            if role.valid_until is None or role.valid_until >= today
        ]
        return format_html_join(", ", '<a href="{}">{} ({})</a>', rows) or "–"

    @admin.display(description=gettext_lazy("May sign in"), ordering="is_active")
    def may_sign_in(self, row: User) -> str:
        """Yes, no, or not before a password is set."""
        if not row.is_active:
            return _("No")
        return _("Yes") if row.has_usable_password() else _("Once a password is set")

    @admin.display(description=gettext_lazy("Password"))
    def password_state(self, row: User) -> str:
        """Whether there is one."""
        return _("Set") if row.has_usable_password() else _("Not set yet")

    def tools(self, request: HttpRequest, row: User) -> list[dict[str, str]]:
        """The way to another role."""
        if not reach.of(request).holds(Permission.PEOPLE_EDIT) or not row.is_active:
            return []
        url = f"{reverse('admin:tracker_membership_add')}?person={row.pk}"
        return [{"label": _("Give a role"), "url": url, "icon": "add"}]

    def get_urls(self):
        link = self.admin_site.admin_view(self.password_link)
        return [path("<uuid:pk>/password-link/", link, name="tracker_user_password_link"), *super().get_urls()]

    def add_row(self, request: HttpRequest, form: PersonForm) -> User:
        """A person who cannot sign in yet, and a link by which they can set a password."""
        names = ("email", "full_name", "title")
        told = {name: form.cleaned_data[name] for name in names}
        person = actions.create_user(**told, **reach.told(request))
        return actions.offer_password(person.pk, **reach.told(request))

    def change_row(self, request: HttpRequest, form: PersonForm, key: UUID) -> None:
        """One entry with old and new values."""
        actions.edit_user(key, changes=form.changes(), **reach.told(request))

    def response_add(self, request: HttpRequest, obj: User, post_url_continue=None) -> HttpResponse:
        """The link, shown this once."""
        return self._show_link(request, User.objects.get(pk=obj.pk))

    def password_link(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """A new link for somebody who never used theirs or lost their password; recorded in the ledger."""
        person = self.get_object(request, str(pk))
        if person is None or request.method != "POST":
            raise OutOfScope
        actions.offer_password(person.pk, **reach.told(request))
        return self._show_link(request, person)

    @sensitive_variables()
    def _show_link(self, request: HttpRequest, person: User) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("A link to set a password"),
            "person": person,
            "link": request.build_absolute_uri(passwords.path_for(person)),
        }
        return TemplateResponse(request, "admin/password_link.html", context)


class RoleForm(ActForm):
    """A role for somebody: by e-mail, since they may work at another board too."""

    email = forms.EmailField(label=gettext_lazy("Email address of the person"))
    board = forms.ModelChoiceField(Board.objects.none(), label=gettext_lazy("Board"))
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role.choices)
    reason = forms.CharField(
        label=gettext_lazy("Reason"), required=False, widget=forms.TextInput({"class": "vTextField"})
    )

    class Meta:
        model = Membership
        fields = ("board", "role", "valid_from", "valid_until")
        widgets = {"valid_from": day_input(), "valid_until": day_input()}
        labels = {"valid_from": gettext_lazy("First day"), "valid_until": gettext_lazy("Last day")}
        help_texts = {"valid_until": gettext_lazy("Empty: until it is ended.")}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        mine = reach.of(self.request).boards(Permission.PEOPLE_EDIT)
        self.fields["board"].queryset = Board.objects.filter(pk__in=mine).order_by("name")

    def clean_email(self) -> User:
        """The person who signs in by that address."""
        person = User.objects.filter(email=self.cleaned_data["email"].strip().lower()).first()
        if person is None:
            raise forms.ValidationError(_("Nobody signs in by this address. Add the person first."))
        return person


class EndForm(ActForm):
    """The end of a role."""

    last_day = forms.DateField(
        label=gettext_lazy("Last day"),
        widget=day_input(),
        validators=DAY_BOUNDS,
        help_text=gettext_lazy("The last day on which the role is held. It ends, it is not removed."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"), required=False, widget=forms.TextInput({"class": "vTextField"})
    )

    class Meta:
        model = Membership
        fields = ()


class TimeFilter(WordsFilter):
    """Roles by when they are held."""

    title = gettext_lazy("time")
    parameter_name = "time"

    def sets(self, today: date) -> dict[str, tuple[str, Q]]:
        """In force, to come, ended."""
        ended = Q(valid_until__lt=today)
        return {
            "now": (_("In force"), ~ended & Q(valid_from__lte=today)),
            "later": (_("Not yet"), ~ended & Q(valid_from__gt=today)),
            "ended": (_("Ended"), ended),
        }


@admin.register(Membership, site=site)
class MembershipAdmin(ScopedAdmin):
    """Dated roles at the boards in reach. They are given and ended, never changed."""

    edits = Permission.PEOPLE_EDIT
    adds = True
    list_display = ("person", "role", "board_code", "valid_from", "valid_until", "state")
    list_filter = (TimeFilter, BoardFilter, "role")
    list_select_related = ("user", "board")
    search_fields = ("user__full_name", "user__email", "board__name", "board__short_code", "role")
    ordering = ("board__name", "user__full_name", "role", "-valid_from")
    facts = ("person", "role", "board", "valid_from", "valid_until", "state")

    def in_scope(self, rows: QuerySet, held: Reach) -> QuerySet:
        """Roles at the boards in reach."""
        return rows.filter(board__in=held.boards(Permission.ADMIN_READ))

    def may_edit(self, row: Membership, held: Reach) -> bool:
        """Where the person looks after people, until the role has ended."""
        return row.board_id in held.boards(Permission.PEOPLE_EDIT) and not self._has_ended(row)

    def _has_ended(self, row: Membership) -> bool:
        return row.valid_until is not None and row.valid_until <= timezone.now().date()

    def get_form(self, request: HttpRequest, obj=None, change=False, **kwargs):
        return super().get_form(request, obj, change, form=RoleForm if obj is None else EndForm, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj=None):
        return self.facts if obj is not None else ()

    def get_fieldsets(self, request: HttpRequest, obj=None):
        if obj is None:
            dates = ("valid_from", "valid_until")
            return ((None, {"fields": ("email", "board", "role", dates, "reason")}),)
        facts = (None, {"fields": self.facts})
        if not self.has_change_permission(request, obj):
            return (facts,)
        return (facts, (_("End this role"), {"fields": ("last_day", "reason")}))

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, object]:
        """The person whose page led here; from today on."""
        initial: dict[str, object] = {"valid_from": timezone.now().date()}
        people = PersonAdmin(User, self.admin_site)
        person = people.get_object(request, request.GET.get("person", "")) if "person" in request.GET else None
        return {**initial, "email": person.email} if person else initial

    @admin.display(description=gettext_lazy("Person"), ordering="user__full_name")
    def person(self, row: Membership) -> str:
        """Who holds it."""
        return str(row.user)

    @admin.display(description=gettext_lazy("Board"), ordering="board__short_code")
    def board_code(self, row: Membership) -> str:
        """The board by its short code."""
        return row.board.short_code

    @admin.display(description=gettext_lazy("State"))
    def state(self, row: Membership) -> str:
        """In force, to come, or ended."""
        today = timezone.now().date()
        css, word = "ok", _("In force")
        if row.valid_from > today:
            css, word = "later", _("Not yet")
        elif row.valid_until is not None and row.valid_until < today:
            css, word = "", _("Ended")
        return format_html('<span class="tag {}">{}</span>', css, word)

    def add_row(self, request: HttpRequest, form: RoleForm) -> Membership:
        """A role from a day on."""
        known = form.cleaned_data
        told = {name: known[name] for name in ("role", "valid_from", "valid_until", "reason")}
        return actions.grant_role(known["email"].pk, board_id=known["board"].pk, **told, **reach.told(request))

    def change_row(self, request: HttpRequest, form: EndForm, key: UUID) -> None:
        """The role ends."""
        told = {name: form.cleaned_data[name] for name in ("last_day", "reason")}
        actions.end_membership(key, **told, **reach.told(request))
