"""Where a complaint stands: docket number and code, posted, never in an address; it closes after a while unused."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tracker.audit.actors import Actor
from tracker.cases import numbering
from tracker.cases.actions import withdrawals
from tracker.cases.queries import public
from tracker.errors import ActionRefused, OutOfScope
from tracker.evidence import actions, queries
from tracker.files import storage
from tracker.notices import queries as notices
from tracker.web.forms.track import TrackForm, WithdrawForm
from tracker.web.portal import drafts, uploads, words

SESSION_KEY = "tracked"
IDLE_SECONDS = 15 * 60


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """The two numbers, or the page of the complaint they opened."""
    if request.method == "POST":
        return _look_up(request)
    status = _opened(request)
    if status is None:
        return render(request, "portal/track.html", {"form": TrackForm()})
    return render(request, "portal/status.html", _context(status))


def _look_up(request: HttpRequest) -> HttpResponse:
    form = TrackForm(request.POST)
    if not form.is_valid():
        return render(request, "portal/track.html", {"form": form, "form_errors": True})
    docket, code = form.cleaned_data["docket"], form.cleaned_data["code"]
    if not numbering.is_well_formed(code):
        form.add_error("code", _("This code has a typing mistake. Compare it with your receipt, letter by letter"))
        return render(request, "portal/track.html", {"form": form, "form_errors": True})
    limit = drafts.limited(request, "lookup")
    if not limit.allowed:
        return render(request, "portal/limited.html", {"limit": limit}, status=429)
    status = public.public_status(docket, code, at=timezone.now())
    if status is None:
        form.add_error(None, _("That docket number and code do not match"))
        left = ngettext("You can try %(n)s more time.", "You can try %(n)s more times.", limit.remaining)
        context = {"form": form, "form_errors": True, "left": left % {"n": limit.remaining}}
        return render(request, "portal/track.html", context)
    request.session.cycle_key()
    _remember(request, status.complaint_id, status.case_id)
    return redirect("portal:track")


def _remember(request: HttpRequest, complaint_id: UUID, case_id: UUID) -> None:
    """Keep the docket too: one complaint may have several, and each has a page of its own."""
    seen = timezone.now().timestamp()
    request.session[SESSION_KEY] = {"complaint": str(complaint_id), "case": str(case_id), "seen": seen}


def _opened(request: HttpRequest) -> public.PublicStatus | None:
    kept = request.session.get(SESSION_KEY)
    # A session from before dockets were kept asks for the two numbers again.
    if not kept or "case" not in kept:
        return None
    now = timezone.now()
    if now.timestamp() - kept["seen"] > IDLE_SECONDS:
        del request.session[SESSION_KEY]
        messages.info(request, _("The page was closed because it was not used for a while. Open it again here."))
        return None
    complaint_id, case_id = UUID(kept["complaint"]), UUID(kept["case"])
    _remember(request, complaint_id, case_id)
    return public.status_of(complaint_id, case_id, at=now)


def _context(status: public.PublicStatus, form: WithdrawForm | None = None) -> dict:
    stage = status.stage.stage if status.stage else "filed"
    return {
        "status": status,
        "headline": _headline(status, stage),
        "meaning": words.BOARD_DECIDES if status.is_before_board else status.stage and status.stage.meaning,
        "then": words.AFTER_BOARD if status.is_before_board else status.stage and status.stage.next,
        "stage": stage,
        "next": words.next_dates(status.dates),
        "letters": notices.letters_to(status.case_id, public.complainant_ids(status.case_id)),
        "files": list(queries.given_by(status.case_id, status.complaint_id)),
        "idle_minutes": IDLE_SECONDS // 60,
        "form": form or WithdrawForm(),
    }


def _headline(status: public.PublicStatus, stage: str):
    if status.is_closed:
        return words.CLOSED
    return words.BEFORE_BOARD if status.is_before_board else words.HEADLINES[stage]


@never_cache
@require_POST
def add_documents(request: HttpRequest) -> HttpResponse:
    """More files for a case: each is an exhibit at once, and refused alone."""
    status = _opened(request)
    if status is None:
        return redirect("portal:track")
    limit = drafts.limited(request, "draft")
    if not limit.allowed:
        return render(request, "portal/limited.html", {"limit": limit}, status=429)

    def keep(file) -> None:
        actions.receive_exhibit(
            status.case_id,
            actor=Actor.filer(status.complaint_id),
            at=timezone.now(),
            path=file.path,
            original_name=file.original_name,
        )

    if uploads.take(request, keep) is None:
        messages.warning(request, _("No file was chosen. Choose one or more files first."))
    return redirect("portal:track")


@never_cache
@require_POST
def withdraw(request: HttpRequest) -> HttpResponse:
    """The complainant's wish to withdraw, as a paper of the case that the board must answer."""
    status = _opened(request)
    if status is None:
        return redirect("portal:track")
    limit = drafts.limited(request, "draft")
    if not limit.allowed:
        return render(request, "portal/limited.html", {"limit": limit}, status=429)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return render(request, "portal/status.html", {**_context(status, form), "form_errors": True})
    try:
        withdrawals.record_withdrawal(
            status.case_id, actor=Actor.filer(status.complaint_id), at=timezone.now(), text=form.cleaned_data["text"]
        )
    except ActionRefused as refusal:
        messages.warning(request, " ".join(refusal.reasons))
        return redirect("portal:track")
    messages.success(request, _("The board has your wish to withdraw. It will answer you in a letter."))
    return redirect("portal:track")


@never_cache
@require_safe
def letter(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """A letter to the person who filed, as PDF."""
    status = _opened(request)
    if status is None:
        return redirect("portal:track")
    notice = notices.letter_to(notice_id, status.case_id, public.complainant_ids(status.case_id))
    if notice is None or notice.pdf is None:
        raise OutOfScope
    name = f"{status.docket}-{notice.kind}.pdf"
    return FileResponse(storage.open_verified(notice.pdf), content_type="application/pdf", filename=name)


@never_cache
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Close the page and clear it from this browser."""
    request.session.pop(SESSION_KEY, None)
    messages.success(request, _("Closed. Nothing about the complaint is left on this page."))
    return redirect("portal:track")
