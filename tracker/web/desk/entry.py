"""The way into the desk: who reads, at which moment, and which case they see."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control

from tracker.audit.actors import Actor
from tracker.cases.queries import casefile, readers
from tracker.cases.queries.casefile import Seen
from tracker.cases.queries.readers import Reader
from tracker.errors import OutOfScope

View = Callable[..., HttpResponse]


def desk_page(view: View) -> View:
    """A page for people who are signed in; no browser or proxy keeps a copy of it."""

    @login_required
    @wraps(view)
    def shown(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        return response

    return shown


def actor_of(request: HttpRequest) -> Actor:
    """The person who signed in, as one who acts."""
    return Actor.staff(request.user.pk)


def reader_of(request: HttpRequest) -> Reader:
    """The person who signed in, as one who reads now."""
    return readers.reader(request.user.pk, at=timezone.now())


def seen_case(request: HttpRequest, docket: str) -> Seen:
    """The case at this address. Raises OutOfScope where there is none for the person."""
    return casefile.find(reader_of(request), docket)


def whole_case(request: HttpRequest, docket: str) -> Seen:
    """The case at this address, for pages that the record has nothing of. Raises OutOfScope for its readers too."""
    seen = seen_case(request, docket)
    if not seen.is_whole:
        raise OutOfScope
    return seen
