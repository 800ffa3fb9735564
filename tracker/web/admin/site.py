"""The site itself: who may enter, how its pages are grouped, and which of Django's own pages it leaves out."""

from functools import update_wrapper

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.access.policy import Permission, who_may
from tracker.errors import NotPermitted
from tracker.web.admin import reach

GROUPS = (
    (
        "boards",
        gettext_lazy("Boards"),
        ("Board", "BoardRule", "ClosedDay", "Jurisdiction", "Profession", "Ground", "NpdbCode"),
    ),
    ("people", gettext_lazy("People"), ("User", "Membership")),
    ("records", gettext_lazy("Read only"), ("Case", "Exhibit", "LedgerEntry")),
)
# Passwords are set through the directory's own act, and sign-in is the desk's page.
LEFT_OUT = {"password_change", "password_change_done", "view_on_site"}


class RecourseSite(admin.AdminSite):
    """Django's admin site, opened by the policy and never by a flag on a person."""

    site_header = gettext_lazy("Administration")
    site_title = gettext_lazy("Administration")
    index_title = gettext_lazy("Administration")
    site_url = None
    enable_nav_sidebar = True
    empty_value_display = "–"

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether the person may open the site at any board."""
        return reach.of(request).holds(Permission.ADMIN_READ)

    def admin_view(self, view, cacheable=False):
        """Every page of the site: a signed-in person who may not enter is told who may."""
        guarded = super().admin_view(view, cacheable)

        def inner(request, *args, **kwargs):
            if request.user.is_authenticated and not self.has_permission(request):
                words = _("This needs another role: %(roles)s.")
                raise NotPermitted(words % {"roles": who_may(Permission.ADMIN_READ)})
            return guarded(request, *args, **kwargs)

        return update_wrapper(inner, guarded)

    def login(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        """There is one sign-in for everybody: the desk's."""
        wanted = request.GET.get("next") or reverse("admin:index")
        if request.user.is_authenticated:
            return redirect("admin:index")
        return redirect_to_login(wanted, resolve_url("sign-in"))

    def logout(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        """Signing out is a form of the bar; this address only leads back."""
        return redirect("admin:index")

    def get_urls(self):
        """Django's addresses without those whose pages would write by themselves."""
        return [url for url in super().get_urls() if getattr(url, "name", None) not in LEFT_OUT]

    def get_app_list(self, request: HttpRequest, app_label=None) -> list[dict]:
        """The tables in the groups of the side menu; what a person may only read says so."""
        apps = self._build_app_dict(request, app_label).values()
        rows = {row["object_name"]: row for app in apps for row in app["models"]}
        groups = []
        for key, name, order in GROUPS:
            models = [rows[wanted] for wanted in order if wanted in rows]
            if models:
                url = reverse("admin:index")
                groups.append(
                    {"name": name, "app_label": key, "app_url": url, "has_module_perms": True, "models": models}
                )
        return groups


site = RecourseSite(name="admin")
