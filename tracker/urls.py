"""Every address of the site: the public portal at the root, the desk, the admin site, sign-in, health."""

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import include, path

from tracker.web import health
from tracker.web.admin.passwords import SetPasswordView
from tracker.web.admin.site import site
from tracker.web.portal import pages

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path(
        "sign-in/",
        LoginView.as_view(template_name="desk/sign_in.html", redirect_authenticated_user=True),
        name="sign-in",
    ),
    path("sign-out/", LogoutView.as_view(), name="sign-out"),
    path("theme/", pages.theme, name="theme"),
    path("desk/", include("tracker.web.desk.urls")),
    path("admin/", site.urls),
    path("set-password/<uidb64>/<token>/", SetPasswordView.as_view(), name="set-password"),
    path("", include("tracker.web.portal.urls")),
]

handler400 = "tracker.web.errors.bad_request"
handler403 = "tracker.web.errors.forbidden"
handler404 = "tracker.web.errors.not_found"
handler500 = "tracker.web.errors.server_error"
