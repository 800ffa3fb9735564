"""The receipt: docket number, tracking code shown once, fingerprint of each file, what happens next.

The tracking code is handed to the browser in a signed cookie that ends after half an hour or with "Done"; no server
keeps it.
"""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tracker.cases.actions.filing import FiledComplaint
from tracker.cases.queries import public
from tracker.evidence import queries as evidence
from tracker.web.portal import drafts, receipt_pdf, words

COOKIE = "receipt"
SALT = "recourse.receipt"
SECONDS = 30 * 60
SESSION_KEY = "receipt"


@dataclass(frozen=True)
class Kept:
    """The receipt this browser may see, its files, and the tracking code while it is still shown."""

    receipt: public.Receipt
    files: list
    code: str


def hand_over(request: HttpRequest, filed: FiledComplaint) -> HttpResponse:
    """Leave the draft behind and show the receipt."""
    response = drafts.forget(request, redirect("portal:receipt"))
    request.session[SESSION_KEY] = str(filed.complaint_id)
    if filed.tracking_code:
        response.set_cookie(
            COOKIE,
            signing.dumps({"complaint": str(filed.complaint_id), "code": filed.tracking_code}, salt=SALT),
            max_age=SECONDS,
            path=drafts.COOKIE_PATH,
            httponly=True,
            samesite="Strict",
            secure=settings.HTTPS,
        )
    return response


def _kept(request: HttpRequest) -> Kept | None:
    complaint_id = request.session.get(SESSION_KEY)
    found = public.receipt(UUID(complaint_id), at=timezone.now()) if complaint_id else None
    if found is None:
        return None
    try:
        cookie = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        cookie = {}
    code = cookie["code"] if cookie.get("complaint") == complaint_id else ""
    return Kept(found, list(evidence.given_by(found.case_id, found.complaint_id)), code)


@never_cache
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The receipt on screen and on paper."""
    kept = _kept(request)
    if kept is None:
        return redirect("portal:track")
    received = kept.receipt.received_at.astimezone(kept.receipt.board.zone)
    context = {
        "kept": kept,
        "received": received,
        "zone": received.tzname(),
        "next": words.next_dates(kept.receipt.dates),
        "pending": any(not exhibit.is_settled for exhibit in kept.files),
    }
    return render(request, "portal/receipt.html", context)


@never_cache
@require_safe
def pdf(request: HttpRequest) -> HttpResponse:
    """The same as a PDF."""
    kept = _kept(request)
    if kept is None:
        return redirect("portal:track")
    response = HttpResponse(receipt_pdf.draw(kept.receipt, kept.files, kept.code), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="receipt-{kept.receipt.docket}.pdf"'
    return response


@never_cache
@require_POST
def done(request: HttpRequest) -> HttpResponse:
    """Clear the receipt out of this browser."""
    request.session.pop(SESSION_KEY, None)
    response = redirect("portal:home")
    response.delete_cookie(COOKIE, path=drafts.COOKIE_PATH, samesite="Strict")
    return response
