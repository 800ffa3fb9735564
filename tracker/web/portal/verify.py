"""Checking a bundle on the public site: anybody may, nothing is kept, and the answer says what it proves."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from tracker.bundle import queries
from tracker.bundle.verify import VerifyResult
from tracker.files import uploads
from tracker.web import bundlecheck, bundlefile
from tracker.web.portal import drafts

FIELD = "file"
PAGE = "portal/verify.html"


# The upload handler must be chosen before anything reads the form, the check of its token included, which comes after.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest, code: str = "") -> HttpResponse:
    """The page that takes a file, or what was found; `code` is the number in a printed address."""
    limit = drafts.limited(request, "verify") if code or request.method == "POST" else None
    if limit and not limit.allowed:
        return render(request, "portal/verify_limited.html", {"limit": limit}, status=429)
    request.upload_handlers = [uploads.BundleUploadHandler(request)]
    return _answer(request, code)


@csrf_protect
def _answer(request: HttpRequest, code: str) -> HttpResponse:
    context = {"code": code.upper(), "printed": queries.printed_record(code) if code else None}
    if request.method != "POST":
        return render(request, PAGE, context)
    file = request.FILES.get(FIELD)
    if file is None:
        return render(request, PAGE, {**context, "fault": _missing(request), "form_errors": True})
    if not file.path.stat().st_size:
        file.close()
        fault = _("%(name)s is empty: no byte of it arrived. Choose the file again.") % {"name": file.original_name}
        return render(request, PAGE, {**context, "fault": fault, "form_errors": True})
    try:
        result = bundlecheck.check_apart(file.path)
    except bundlecheck.Busy:
        fault = _("Other files are being checked right now. Try again in a minute.")
        return render(request, PAGE, {**context, "fault": fault, "form_errors": True}, status=503)
    except bundlecheck.NotFinished:
        fault = _("The check could not be finished: the file takes more time or memory than this page gives it.")
        return render(request, PAGE, {**context, "fault": fault, "form_errors": True})
    finally:
        file.close()
    return render(request, "portal/verified.html", {**context, **_told(result, code), "name": file.original_name})


def _missing(request: HttpRequest) -> str:
    if uploads.refused(request.META, FIELD):
        return _("The file is larger than this page can take. The board can check it for you.")
    return _("Choose the file first.")


def _told(result: VerifyResult, code: str) -> dict:
    said: list[str] = []
    known = bundlefile.add_ledger(result, said.append)
    is_other = bool(code) and bool(known.manifest_sha256) and not known.manifest_sha256.startswith(code.lower())
    return {"result": known, "warnings": said, "is_other": is_other, "at": timezone.now()}
