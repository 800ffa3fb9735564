"""The start page and the pages that explain: before you file, information, accessibility."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from boards import queries
from tracker.web.context import THEMES
from tracker.web.forms.before import BeforeForm
from tracker.web.forms.setting import PlaceForm
from tracker.web.forms.track import TrackForm

GROUNDS_ON_HOME = 6
THEME_SECONDS = 365 * 24 * 3600


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Three doors by weight: file, track, answer; then what a board can do and how a complaint moves."""
    today = timezone.localdate()
    grounds = list(queries.grounds_offered(today))
    context = {
        "place": PlaceForm(today=today),
        "track": TrackForm(auto_id="track_%s"),
        "grounds": grounds[:GROUNDS_ON_HOME],
        "ground_count": len(grounds),
    }
    return render(request, "portal/home.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def before(request: HttpRequest) -> HttpResponse:
    """Five questions that tell whether a board is the right place. Answers are not kept."""
    form = BeforeForm(request.POST if request.method == "POST" else None)
    advice = form.advice() if form.is_bound and form.is_valid() else None
    context = {"form": form, "advice": advice, "form_errors": form.is_bound and not form.is_valid()}
    return render(request, "portal/before.html", context)


@require_safe
def grounds(request: HttpRequest) -> HttpResponse:
    """Every ground in plain words, with what helps the board."""
    return render(request, "portal/grounds.html", {"grounds": queries.grounds_offered(timezone.localdate())})


@require_safe
def information(request: HttpRequest) -> HttpResponse:
    """What is kept, for how long, and who sees it."""
    return render(request, "portal/information.html", {"draft_days": settings.DRAFT_DAYS})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What we aim for, and where to tell us that something does not work."""
    return render(request, "portal/accessibility.html")


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Light or dark colors, kept in a cookie; empty follows the system."""
    wanted, place = request.POST.get("theme", ""), request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(place, allowed_hosts={request.get_host()}):
        place = "/"
    response = redirect(place)
    if wanted in THEMES:
        response.set_cookie(
            "theme", wanted, max_age=THEME_SECONDS, samesite="Lax", httponly=True, secure=settings.HTTPS
        )
    else:
        response.delete_cookie("theme")
    return response
