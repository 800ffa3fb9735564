"""The bundle page: choose exhibits, order them by plain buttons, withhold, see what would print, build, take away."""

import re
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from tracker.access import gate
from tracker.access.policy import Permission
from tracker.bundle import actions, queries
from tracker.bundle.queries import Progress
from tracker.bundle.stages import STAGES
from tracker.cases.queries.casefile import Seen
from tracker.errors import ActionRefused, OutOfScope
from tracker.evidence import queries as evidence_queries
from tracker.evidence.states import WithheldCode
from tracker.web.desk import cases, exhibits, handing
from tracker.web.desk.entry import desk_page, whole_case

STAGE_LABELS = {
    "copy": gettext_lazy("Originals checked"),
    "render": gettext_lazy("Front matter drawn"),
    "merge": gettext_lazy("Merged"),
    "stamp": gettext_lazy("Stamped"),
    "index": gettext_lazy("Index and links"),
    "seal": gettext_lazy("Sealed"),
    "verify": gettext_lazy("Verified"),
}
MOVE = re.compile(r"(up|down):(E-\d{1,6})")


@dataclass(frozen=True)
class Choice:
    """What stands in the form: every exhibit in order, those that go in, and those withheld with their code."""

    order: list[str]
    chosen: set[str]
    withheld: dict[str, str]


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def bundle(request: HttpRequest, docket: str) -> HttpResponse:
    """Choose and build. Every button but the last only shows the page again; nothing is kept until then."""
    seen = whole_case(request, docket)
    gate.require(seen.actor, Permission.BUNDLE_EXPORT, seen.case, at=seen.reader.at)
    found = {one.key: one for one in evidence_queries.exhibits_for(seen.case, seen.actor, at=seen.reader.at)}
    choice = _choice(request, list(found))
    if request.POST.get("do") != "build":
        return _show(request, seen, found, choice)
    try:
        actions.request_bundle(seen.case.pk, actor=seen.actor, at=seen.reader.at, **_arguments(found, choice))
    except ActionRefused as refusal:
        return _show(request, seen, found, choice, reasons=refusal.reasons)
    messages.success(request, _("The bundle is frozen and is being built. You may leave this page. It goes on."))
    return redirect("desk:bundle", docket)


@require_POST
@desk_page
def download(request: HttpRequest, docket: str, pk: UUID) -> HttpResponse:
    """Hand out a sealed bundle; who took which digest is written down first."""
    seen = whole_case(request, docket)
    if all(one.export_id != pk for one in queries.exports(seen.case.pk, actor=seen.actor, at=seen.reader.at)):
        raise OutOfScope
    export = actions.hand_out(pk, actor=seen.actor, at=seen.reader.at)
    return handing.attachment(export.stored_file, name=f"{docket}-bundle-{export.freeze}.pdf")


def _choice(request: HttpRequest, keys: list[str]) -> Choice:
    if request.method != "POST":
        return Choice(keys, set(keys), {})
    told = [key for key in dict.fromkeys(request.POST.getlist("order")) if key in keys]
    order = told + [key for key in keys if key not in told]
    move = MOVE.fullmatch(request.POST.get("do", ""))
    if move and move[2] in order:
        place = order.index(move[2])
        other = place + (1 if move[1] == "down" else -1)
        if 0 <= other < len(order):
            order[place], order[other] = order[other], order[place]
    codes = {key: request.POST.get(f"withhold_{key}", "") for key in keys}
    withheld = {key: code for key, code in codes.items() if code in WithheldCode.values}
    return Choice(order, set(request.POST.getlist("in")) & set(keys), withheld)


def _arguments(found: dict, choice: Choice) -> dict[str, object]:
    picked = [key for key in choice.order if key in choice.chosen]
    return {
        "exhibits": [found[key].pk for key in picked],
        "withheld": {found[key].pk: code for key, code in choice.withheld.items() if key in picked},
    }


def _show(
    request: HttpRequest, seen: Seen, found: dict, choice: Choice, *, reasons: list[str] | None = None
) -> HttpResponse:
    at = seen.reader.at
    preview = queries.preview(seen.case.pk, actor=seen.actor, at=at, **_arguments(found, choice))
    exports = queries.exports(seen.case.pk, actor=seen.actor, at=at)
    rows = [
        {
            "row": exhibits.row(seen, found[key], None),
            "is_in": key in choice.chosen,
            "is_first": index == 0,
            "is_last": index == len(choice.order) - 1,
            "code": choice.withheld.get(key, ""),
            "is_withheld": found[key].is_withheld,
        }
        for index, key in enumerate(choice.order)
    ]
    context = {
        "rows": rows,
        "left_out": len(rows) - len(choice.chosen),
        "codes": [(code, f"{code} {label}") for code, label in WithheldCode.choices],
        "preview": preview,
        "refused": reasons or [],
        "is_building": any(one.status not in ("sealed", "failed") for one in exports),
        "exports": [{"it": one, "stages": _stages(one)} for one in exports],
    }
    return cases.show(request, seen, "desk/bundle.html", context, status=409 if reasons else 200)


def _stages(one: Progress) -> list[dict[str, object]]:
    here = STAGES.index(one.stage) if one.stage in STAGES else -1
    ended = one.status == "sealed"
    return [
        {
            "label": STAGE_LABELS[stage],
            "state": "done" if ended or index < here else "now" if index == here else "todo",
        }
        for index, stage in enumerate(STAGES)
    ]
