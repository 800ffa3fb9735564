"""Signing in: Django's own, with a count of tries, so that no password is guessed at full speed."""

from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tracker.web.portal import drafts


class SignIn(LoginView):
    """The desk and the admin site share it."""

    template_name = "desk/sign_in.html"
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """A try, counted before any password is looked at."""
        if not (limit := drafts.limited(request, "sign_in")).allowed:
            return render(request, "portal/limited.html", {"limit": limit}, status=429)
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """Without Django's own `site`, which is the host and would hide ours: name, colors, whether this is a demo."""
        context = super().get_context_data(**kwargs)
        del context["site"]
        return context
