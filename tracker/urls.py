"""Every address of the site: the public portal at the root, the desk, the admin site, sign-in, health."""

from django.contrib.auth.views import LogoutView
from django.urls import include, path

from tracker.web import health
from tracker.web.admin.passwords import SetPasswordView
from tracker.web.admin.site import site
from tracker.web.portal import pages
from tracker.web.signin import SignIn

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("sign-in/", SignIn.as_view(), name="sign-in"),
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
