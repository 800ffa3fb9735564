"""The draft of this browser: found by the session, brought back by its code, shown beside every step.

The session keeps only the draft's id. Its code lives in a cookie of the browser for as long as the window is open,
so that it stays in sight while someone writes; no server keeps it.
"""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from boards import queries as boards
from tracker.access import limits
from tracker.access.limits import Limit
from tracker.audit.actors import Actor
from tracker.cases import numbering
from tracker.cases.queries import drafts as queries
from tracker.web.forms.setting import Setting

SESSION_KEY = "draft"
CODE_COOKIE = "draft_code"
COOKIE_PATH = "/file/"


def current(request: HttpRequest):
    """The open draft of this session, or None when there is none, it expired or it was filed."""
    kept = kept_id(request)
    return queries.open_draft(kept, at=timezone.now()) if kept else None


def kept_id(request: HttpRequest) -> UUID | None:
    """The id of the draft this session holds, whatever has become of it."""
    kept = request.session.get(SESSION_KEY)
    return UUID(kept) if kept else None


def keep(request: HttpRequest, response: HttpResponse, draft_id: UUID, code: str) -> HttpResponse:
    """Bind a draft to this browser."""
    request.session.cycle_key()
    request.session[SESSION_KEY] = str(draft_id)
    response.set_cookie(CODE_COOKIE, code, path=COOKIE_PATH, httponly=True, samesite="Strict", secure=settings.HTTPS)
    return response


def forget(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Take the draft out of this browser; its code still brings it back."""
    request.session.pop(SESSION_KEY, None)
    response.delete_cookie(CODE_COOKIE, path=COOKIE_PATH, samesite="Strict")
    return response


def code_of(request: HttpRequest, draft) -> str:
    """The code in this browser, when it is this draft's; a code that somebody else put there is not shown or used."""
    code = request.COOKIES.get(CODE_COOKIE, "")
    return code if draft and numbering.hash_code(code) == draft.code_hash else ""


def setting_of(draft) -> Setting:
    """What the forms need to know about a draft."""
    answers = draft.answers if draft else {}
    board = boards.board_by_slug(answers.get("board", {}).get("board", ""))
    today = boards.local_day(board, timezone.now()) if board else timezone.localdate()
    return Setting(answers, board, boards.rules_in_force(board, today), today)


def actor_of(draft) -> Actor:
    """Who acts on a draft: its writer, known only by the draft."""
    return Actor.filer(draft.id)


def limited(request: HttpRequest, name: str) -> Limit:
    """Count an attempt of this network address."""
    return limits.hit(name, network_address(request), at=timezone.now())


def network_address(request: HttpRequest) -> str:
    """Where a request comes from; behind a proxy of ours, what the proxy saw."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
