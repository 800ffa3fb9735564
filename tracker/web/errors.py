"""Refusals become pages: what happened, what is safe, what to do. The only place that turns an error into HTTP."""

import logging
import secrets
from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils.cache import patch_cache_control

from tracker.errors import ActionRefused, IntegrityBroken, NotPermitted, OutOfScope

logger = logging.getLogger(__name__)

KEPT_FROM = 25  # signs; shorter values are choices and dates, quickly made again
SECRET_NAMES = ("csrfmiddlewaretoken", "password", "code", "tracking_code", "draft_code")


class DomainErrorMiddleware:
    """Answers the errors of the rooms below: refused 409, not permitted 403, out of scope 404, busy 503."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # No row holds this sign, and PostgreSQL refuses even to look for it.
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return not_found(request)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for a refusal, or None for what is truly unexpected."""
        if isinstance(exception, ActionRefused):
            return refused(request, exception.reasons)
        if isinstance(exception, NotPermitted):
            return _page(request, 403, {"who_may": exception.who_may})
        if isinstance(exception, OutOfScope):
            return not_found(request, exception)
        if isinstance(exception, IntegrityBroken):
            return _broken(request, exception)
        if isinstance(exception, OperationalError):
            return unavailable(request)
        return None


def _page(request: HttpRequest, status: int, context: dict | None = None) -> HttpResponse:
    inside = request.path.startswith("/desk/") and request.user.is_authenticated
    base = "base_desk.html" if inside else "base_portal.html"
    response = render(request, f"errors/{status}.html", {"base": base, **(context or {})}, status=status)
    # The page may hold a name, typed words, or that a case is not for this reader.
    patch_cache_control(response, private=True, no_store=True)
    return response


def kept_words(request: HttpRequest) -> list[str]:
    """What a person typed in a refused form, so that no word is lost; secrets are left out."""
    rows = [value for name in request.POST if name not in SECRET_NAMES for value in request.POST.getlist(name)]
    return [value for value in rows if len(value) >= KEPT_FROM]


def refused(request: HttpRequest, reasons: list[str]) -> HttpResponse:
    """The 409 page: the reasons, and the words that were typed."""
    return _page(request, 409, {"reasons": reasons, "kept": kept_words(request)})


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A request nobody can read; plain, since its parts may be what is broken."""
    return HttpResponse(loader.get_template("errors/400.html").render({}), status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's own refusal, in our words."""
    return _page(request, 403, {"who_may": ""})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that came without its token: usually a page that was open for very long, or cookies switched off."""
    return _page(request, 403, {"stale": True, "kept": kept_words(request)})


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """One page for what does not exist and for what is out of a person's scope."""
    return _page(request, 404)


def _reference(what: str) -> str:
    reference = f"r-{secrets.token_hex(4)}"
    logger.error("%s, reference %s", what, reference)
    return reference


def _plain(template: str, status: int, reference: str) -> HttpResponse:
    return HttpResponse(loader.get_template(template).render({"reference": reference}), status=status)


def _broken(request: HttpRequest, exception: IntegrityBroken) -> HttpResponse:
    logger.critical("Integrity broken: %s", exception)
    return _plain("errors/500.html", 500, _reference("A page found altered data"))


def server_error(request: HttpRequest) -> HttpResponse:
    """Plain page without style sheet, session or database."""
    return _plain("errors/500.html", 500, _reference("A page failed"))


def unavailable(request: HttpRequest) -> HttpResponse:
    """The database is busy or away: plain page, try again soon."""
    response = _plain("errors/503.html", 503, _reference("The database did not answer"))
    response["Retry-After"] = "30"
    return response
