"""Boards: find one by state and profession, and how to file with it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from boards import queries
from boards.rules import show_value
from tracker.web.forms.setting import PlaceForm

# The settings a member of the public asks about, in the words of the page.
PUBLIC_RULES = {
    "anonymous_allowed": _("Takes complaints without a name"),
    "oath_required": _("Needs a statement under oath"),
    "release_required": _("Needs a signed release of records"),
    "limitation_years": _("Time limit"),
    "ack_days": _("Writes that it got your complaint within"),
    "response_days": _("Time the licensee has to answer"),
    "investigation_target_days": _("Aims to finish the investigation within"),
    "complainant_identity": _("Your name, as the licensee sees it"),
    "withdrawal_ends_case": _("Ends when you withdraw"),
}


class BoardSearch(PlaceForm):
    """The search of this page: both choices may stay open."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices[0] = ("", "–")
        for field in self.fields.values():
            field.required = False


@require_safe
def boards(request: HttpRequest) -> HttpResponse:
    """The list: all boards of a state, of a profession, or of both."""
    form = BoardSearch(request.GET or None, today=timezone.localdate())
    state = profession = ""
    if form.is_bound and form.is_valid():
        state, profession = form.cleaned_data["state"], form.cleaned_data["profession"]
    found = queries.boards_listed(state, profession)
    if not (state or profession):
        found = found.filter(hosted=True)
    context = {"form": form, "found": list(found), "searched": bool(state or profession), "profession": profession}
    return render(request, "portal/boards.html", context)


@require_safe
def board(request: HttpRequest, slug: str) -> HttpResponse:
    """One board: how to file, contacts, license look-up, notes, what its rules say, sources with their date."""
    row = queries.board_by_slug(slug)
    if row is None:
        raise Http404
    today = timezone.localdate(timezone=queries.board_zone(row))
    in_force = queries.rules_in_force(row, today)
    rules = [
        {"rule": in_force[key], "label": label, "shown": show_value(key, in_force[key].value)}
        for key, label in PUBLIC_RULES.items()
        # A default would contradict what the sources say in words.
        if not (key == "limitation_years" and in_force[key].is_default and row.filing_deadline_note)
    ]
    context = {
        "board": row,
        "professions": list(row.professions.all()),
        "rules": rules,
        "from_filing": request.GET.get("from") == "file",
    }
    return render(request, "portal/board.html", context)
