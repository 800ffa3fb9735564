"""Deputies of a board: who stands in for whom, until when, and by whom it is recorded."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tracker.access import gate
from tracker.access import queries as access_queries
from tracker.access.policy import Permission
from tracker.directory import actions
from tracker.errors import ActionRefused, OutOfScope
from tracker.web.desk.entry import actor_of, desk_page, reader_of
from tracker.web.forms.delegation import DelegationForm, EndDelegationForm


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def deputies(request: HttpRequest, board: str) -> HttpResponse:
    """The deputies of one board, and the form that records one. To others the page does not exist."""
    reader = reader_of(request)
    allowed = gate.board_ids(reader.user_id, Permission.DELEGATE, on=reader.at.date())
    here = next((one for one in reader.boards if one.pk in allowed and one.slug == board), None)
    if here is None:
        raise OutOfScope
    today = reader.today(here.pk)
    lends = gate.acts_for(actor_of(request), Permission.DELEGATE, here, at=reader.at) is None
    form = DelegationForm(request.POST or None, board=here, today=today)
    reasons: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_delegation(here.pk, actor=actor_of(request), at=reader.at, **form.cleaned_data)
        except ActionRefused as refusal:
            reasons = list(refusal.reasons)
        else:
            messages.success(request, _("The deputy is recorded."))
            return redirect("desk:deputies", here.slug)
    context = {
        "board": here,
        "today": today,
        "form": form,
        "lends": lends,
        "form_errors": bool(form.errors),
        "reasons": reasons,
        "rows": access_queries.delegations_at([here.pk], today),
        "end_form": EndDelegationForm(label_suffix=""),
    }
    return render(request, "desk/deputies.html", context, status=409 if reasons else 422 if form.errors else 200)


@require_POST
@desk_page
def end(request: HttpRequest, board: str, pk: UUID) -> HttpResponse:
    """End a delegation early."""
    form = EndDelegationForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    actions.end_delegation(pk, actor=actor_of(request), at=reader_of(request).at, reason=reason)
    messages.success(request, _("The delegation has ended."))
    return redirect("desk:deputies", board)
