"""The page of one step: its form, its refusals with the words kept, and the face of a case that changed meanwhile."""

from dataclasses import dataclass

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tracker.access import gate
from tracker.audit.queries import TimelineEntry
from tracker.cases import facts, workflow
from tracker.cases.queries import casefile, people
from tracker.cases.queries.casefile import Seen
from tracker.errors import ActionRefused, OutOfScope
from tracker.hearings.actions import drafting
from tracker.notices.kinds import KINDS
from tracker.web.desk import cases, stepgroups, story
from tracker.web.desk.entry import desk_page, seen_case
from tracker.web.steps import STEPS, Step


@dataclass(frozen=True)
class Visit:
    """One request for one step on one case."""

    request: HttpRequest
    seen: Seen
    step: Step
    form: Form

    @property
    def version(self) -> int:
        """The version of the case that the page was made from; 0 where the form did not say."""
        typed = self.request.POST.get("version", "")
        return int(typed) if typed.isdecimal() and len(typed) < 10 else 0


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def step(request: HttpRequest, docket: str, key: str) -> HttpResponse:
    """Show the form of a step, or do it. An unknown step is a page that does not exist; a shut one says why."""
    seen = seen_case(request, docket)
    if key not in STEPS:
        raise OutOfScope
    gate.require(seen.actor, workflow.step(key).needs, seen.case, at=seen.reader.at)
    visit = Visit(request, seen, STEPS[key], _form(request, seen, STEPS[key]))
    return _do(visit) if request.method == "POST" else _show(visit, reasons=_shut(visit))


def _form(request: HttpRequest, seen: Seen, row: Step) -> Form:
    if request.method == "POST":
        return row.form_class(request.POST, request.FILES, case=seen.case, actor=seen.actor)
    # A link may fill in what it already knows, such as the allegation that lacks a finding.
    known = {name: value for name, value in request.GET.items() if name in row.form_class.base_fields}
    return row.form_class(case=seen.case, actor=seen.actor, initial=known)


def _do(visit: Visit) -> HttpResponse:
    seen = visit.seen
    if visit.version != seen.case.version:
        return _changed(visit)
    if not visit.form.is_valid():
        return _show(visit, status=422)
    try:
        visit.step.perform(seen.case, visit.form, actor=seen.actor, at=seen.reader.at, seen=visit.version)
    except ActionRefused as refusal:
        again = casefile.find(seen.reader, seen.case.docket)
        if again.case.version != visit.version:
            return _changed(Visit(visit.request, again, visit.step, _form(visit.request, again, visit.step)))
        return _show(visit, reasons=refusal.reasons, status=409)
    messages.success(visit.request, _("Done: %(step)s.") % {"step": visit.step.label})
    if not gate.sees(seen.actor, seen.case, at=seen.reader.at):
        # Whoever declares a conflict sees the case no more.
        return redirect("desk:home")
    return redirect("desk:case", seen.case.docket)


def _show(visit: Visit, *, reasons: object = (), status: int = 200) -> HttpResponse:
    context = {
        "step": visit.step,
        "form": visit.form,
        "form_errors": bool(visit.form.errors),
        "reasons": list(reasons),
        "is_shut": bool(reasons) and visit.request.method != "POST",
        "version": visit.seen.case.version,
        "row": workflow.step(visit.step.key),
        "letters_made": [KINDS[code].title for code in getattr(workflow.step(visit.step.key), "letters", ())],
    }
    return cases.show(visit.request, visit.seen, "desk/step.html", context, status=status)


def _changed(visit: Visit) -> HttpResponse:
    """Somebody was quicker: who, what and when, the words kept, and one button to apply them to the case as it is."""
    last = _last_entry(visit.seen)
    names = people.names_of([last.actor]) if last else {}
    context = {
        "step": visit.step,
        "form": visit.form,
        "version": visit.seen.case.version,
        "reasons": _shut(visit),
        "last": last,
        "last_sentence": story.sentence(last) if last else "",
        "last_at": last.recorded_at.astimezone(visit.seen.case.board.zone) if last else None,
        "who": names.get(last.actor, "") if last else "",
    }
    return cases.show(visit.request, visit.seen, "desk/changed.html", context, status=409)


def _last_entry(seen: Seen) -> TimelineEntry | None:
    # A reader of the record is told that something changed, not what.
    entries = casefile.timeline(seen)
    told = (entry for entry in entries if entry.group not in {"letter", "bundle", "system"})
    return next(told, entries[0] if entries else None)


def _shut(visit: Visit) -> tuple[str, ...]:
    if stepgroups.is_untold(visit.step.key, visit.seen):
        return (str(drafting.BOARD_DECIDES),)
    return workflow.decide(visit.step.key, facts.gather(visit.seen.case, at=visit.seen.reader.at))
