"""One step on several cases: its form is filled once, every case is decided by itself, and each answers for itself."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import OperationalError
from django.forms import ChoiceField, Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from tracker.access import gate
from tracker.access.policy import who_may
from tracker.cases import workflow
from tracker.cases.models import Case
from tracker.cases.queries.readers import Reader
from tracker.errors import ActionRefused, NotPermitted, OutOfScope
from tracker.web.desk.entry import actor_of, desk_page, reader_of
from tracker.web.steps import STEPS, Step

MOST = 50
# Steps whose form asks the same of every case.
BULK = (
    *("verify_priority", "assign", "end_assignment", "add_note", "update_complainant", "submit_to_board"),
    *("place_hold", "review_hold", "lift_hold"),
)


@dataclass(frozen=True)
class Outcome:
    """What became of one case: done, or why not."""

    docket: str
    reasons: tuple[str, ...] = ()

    @property
    def is_done(self) -> bool:
        """Whether the step was done on it."""
        return not self.reasons


def offered(reader: Reader) -> list[Step]:
    """The steps that a person may do on several cases at once, through any role."""
    held = gate.held_anywhere(reader.user_id, [workflow.step(key).needs for key in BULK], on=reader.at.date())
    return [STEPS[key] for key in BULK if workflow.step(key).needs in held]


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def bulk(request: HttpRequest) -> HttpResponse:
    """Choose the cases and the step on the queue (GET), fill in the form here, and do it (POST)."""
    reader = reader_of(request)
    given = request.POST if request.method == "POST" else request.GET
    step = next((one for one in offered(reader) if one.key == given.get("step")), None)
    if step is None:
        raise OutOfScope
    chosen = _chosen(given.getlist("docket"))
    if not 0 < len(chosen) <= MOST:
        return _show(request, step, status=422 if request.method == "POST" else 200, problem=_how_many(chosen))
    cases, missing = _cases(reader, step, chosen)
    if request.method != "POST" or not cases:
        form = _form(step, cases.values(), request)
        return _show(request, step, form=form, cases=_versions(cases), outcomes=missing)
    form = _form(step, cases.values(), request, data=True)
    if not form.is_valid():
        return _show(request, step, form=form, cases=_kept(chosen, cases), status=422)
    done = [_one(request, reader, step, cases[docket], seen=seen) for docket, seen in _kept(chosen, cases).items()]
    left, _gone = _cases(reader, step, [one.docket for one in done if not one.is_done])
    return _show(request, step, form=form if left else None, cases=_versions(left), outcomes=[*done, *missing])


def _chosen(given: Iterable[str]) -> dict[str, int]:
    """Each docket once, with the version that the person looked at; 0 where the page did not say.

    A null character is no text, and PostgreSQL refuses to look for it.
    """
    found = {}
    for one in (text for text in given if "\0" not in text):
        docket, _sign, version = one.partition(" ")
        found[docket.upper()] = int(version) if version.isdecimal() and len(version) < 10 else 0
    return found


def _cases(reader: Reader, step: Step, chosen: Iterable[str]) -> tuple[dict[str, Case], list[Outcome]]:
    """The cases on which the step is the person's to do, and why not the others: a form names people of the former."""
    needs, wanted = workflow.step(step.key).needs, list(chosen)
    known = reader.cases().filter(docket__in=wanted)
    theirs = gate.scope_filter(reader.user_id, needs, on=reader.at.date())
    rows = known.filter(theirs).select_related("board__jurisdiction").order_by("docket")
    cases = {case.docket: case for case in rows}
    left = [docket for docket in wanted if docket not in cases]
    seen = set(known.filter(docket__in=left).values_list("docket", flat=True)) if left else set()
    barred = _("This needs another role: %(roles)s.") % {"roles": who_may(needs)}
    return cases, [Outcome(one, (barred if one in seen else _("There is no such case."),)) for one in left]


def _versions(cases: dict[str, Case]) -> dict[str, int]:
    return {docket: case.version for docket, case in cases.items()}


def _kept(chosen: dict[str, int], cases: dict[str, Case]) -> dict[str, int]:
    return {docket: seen for docket, seen in chosen.items() if docket in cases}


def _form(step: Step, cases: Iterable[Case], request: HttpRequest, *, data: bool = False) -> Form | None:
    """The form of the first case, with what can be chosen on any of them."""
    posted = (request.POST,) if data else ()
    forms = [step.form_class(*posted, case=case, actor=actor_of(request)) for case in cases]
    for name, field in forms[0].fields.items() if forms else ():
        if isinstance(field, ChoiceField):
            field.choices = list(dict.fromkeys(pair for one in forms for pair in one.fields[name].choices))
    return forms[0] if forms else None


def _one(request: HttpRequest, reader: Reader, step: Step, case: Case, *, seen: int) -> Outcome:
    """The step on one case, in a transaction of its own: every guard, and the reasons where it is refused."""
    actor = actor_of(request)
    form = step.form_class(request.POST, case=case, actor=actor)
    if not form.is_valid():
        return Outcome(case.docket, tuple(str(fault) for faults in form.errors.values() for fault in faults))
    try:
        step.perform(case, form, actor=actor, at=reader.at, seen=seen)
    except ActionRefused as refusal:
        return Outcome(case.docket, tuple(refusal.reasons))
    except NotPermitted as refusal:
        return Outcome(case.docket, (refusal.who_may,))
    except OutOfScope:
        return Outcome(case.docket, (_("There is no such case."),))
    except OperationalError:
        return Outcome(case.docket, (_("The system was busy. Try this case again."),))
    return Outcome(case.docket)


def _how_many(chosen: dict[str, int]) -> str:
    if not chosen:
        return _("Choose at least one case.")
    return ngettext("Choose at most %(n)d case at once.", "Choose at most %(n)d cases at once.", MOST) % {"n": MOST}


def _show(request: HttpRequest, step: Step, *, status: int = 200, **context: object) -> HttpResponse:
    outcomes = context.get("outcomes") or []
    form = context.get("form")
    known = {
        "step": step,
        "most": MOST,
        "done": [one for one in outcomes if one.is_done],
        "not_done": [one for one in outcomes if not one.is_done],
        "form_errors": bool(form and form.errors),
    }
    return render(request, "desk/bulk.html", {**known, **context}, status=status)
