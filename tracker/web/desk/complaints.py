"""Entering a complaint that came on another way than the portal."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tracker.access import gate
from tracker.access.policy import Permission
from tracker.cases.actions import filing
from tracker.errors import ActionRefused
from tracker.web.desk.entry import actor_of, desk_page, reader_of
from tracker.web.forms.desk import ComplaintForm


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def enter(request: HttpRequest) -> HttpResponse:
    """The form, and after filing the docket with the tracking code, which is shown this once."""
    at = timezone.now()
    reader = reader_of(request)
    ids = gate.board_ids(request.user.pk, Permission.COMPLAINT_FILE, on=at.date())
    boards = [board for board in reader.boards if board.pk in ids and board.hosted]
    if not boards:
        # Asked of no board in particular, so that the answer names the roles that may.
        gate.require(actor_of(request), Permission.COMPLAINT_FILE, None, at=at)
    form = ComplaintForm(request.POST or None, boards=boards, label_suffix="")
    reasons: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            filed = filing.file_on_behalf(form.filing(at=at), actor=actor_of(request), at=at)
            return render(request, "desk/entered.html", {"filed": filed})
        except ActionRefused as refusal:
            reasons = refusal.reasons
    context = {"form": form, "form_errors": bool(form.errors), "reasons": reasons}
    status = 409 if reasons else 422 if form.errors else 200
    return render(request, "desk/enter.html", context, status=status)
