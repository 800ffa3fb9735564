"""Redacting an exhibit: boxes are drawn or typed page by page, checked, made into a copy, and the copy is shown."""

import textwrap

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tracker.access import gate
from tracker.access.policy import Permission
from tracker.cases.queries.casefile import Seen
from tracker.errors import ActionRefused, OutOfScope
from tracker.evidence import actions, queries, redactions
from tracker.evidence.models import Exhibit, Redaction, Rendition
from tracker.evidence.redactions import Drawing
from tracker.evidence.states import AreaCode
from tracker.files.redaction import areas, verdict
from tracker.files.redaction.areas import Area
from tracker.web.desk import cases, handing
from tracker.web.desk.entry import desk_page, seen_case, whole_case
from tracker.web.forms import redaction as forms

FIRST_CODE = AreaCode.IDENTIFIER
LINE_LETTERS = 40


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def redact(request: HttpRequest, docket: str, key: str) -> HttpResponse:
    """Draw boxes on a page. Sending them keeps the draft and moves on to another page, or to the check."""
    seen = whole_case(request, docket)
    found, drawn = _drawable(seen, key)
    page = _page(request, drawn)
    if request.method != "POST":
        return _show(request, seen, found, drawn, page=page)
    boxes = forms.posted(request.POST)
    if not boxes.is_valid():
        return _show(request, seen, found, drawn, page=page, boxes=boxes, reasons=boxes.faults(), status=422)
    others = [one for one in drawn.boxes if one.page != page]
    try:
        _keep(seen, found, drawn, (*others, *boxes.areas(page)))
    except ActionRefused as refusal:
        return _show(request, seen, found, drawn, page=page, boxes=boxes, reasons=refusal.reasons, status=409)
    goal = request.POST.get("go", "")
    if goal == "check":
        return redirect("desk:redact-check", docket, found.key)
    if not goal:
        messages.success(request, _("The boxes are saved. Nothing is redacted yet."))
    number = int(goal) if goal.isascii() and goal.isdecimal() and len(goal) < 7 else page
    return redirect(reverse("desk:redact", args=[docket, found.key]) + f"?page={number}")


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def check(request: HttpRequest, docket: str, key: str) -> HttpResponse:
    """What the draft would drop and where else that stands; then have the copy made, or discard the draft."""
    seen = whole_case(request, docket)
    found, drawn = _drawable(seen, key)
    if drawn.current is None or drawn.current.status != Redaction.Status.DRAFTED:
        return redirect("desk:redact", docket, found.key)
    reasons: list[str] = []
    if request.method == "POST":
        try:
            return _decided(request, seen, found)
        except ActionRefused as refusal:
            reasons = refusal.reasons
    ahead = redactions.look_ahead(drawn.rendition, drawn.boxes)
    context = {
        "exhibit": found,
        "drawn": drawn,
        "pages": verdict.listed(areas.pages_of(drawn.boxes)),
        "ahead": ahead,
        "remarks": verdict.remarks(ahead) if ahead else [],
        "is_cut": len(drawn.sizes) > redactions.LOOK_AHEAD_PAGES,
        "reasons": reasons,
    }
    return cases.show(request, seen, "desk/redaction_check.html", context, status=409 if reasons else 200)


@require_safe
@desk_page
def page_image(request: HttpRequest, docket: str, key: str, page: int) -> HttpResponse:
    """A page to draw on, as a picture."""
    _found, drawn = _drawable(whole_case(request, docket), key)
    return _picture(request, drawn.rendition, page)


@require_safe
@desk_page
def redacted(request: HttpRequest, docket: str, key: str) -> HttpResponse:
    """The redacted copy, page by page, for everybody who may see the exhibit."""
    seen = seen_case(request, docket)
    found, copy = _made(seen, key)
    boxes = areas.from_text(copy.redaction.areas)
    pages = areas.pages_of(boxes)
    page = _number(request, len(redactions.sizes(copy)), pages[0])
    here = areas.on_page(boxes, page)
    context = {
        "exhibit": found,
        "copy": copy,
        "page": page,
        "size": redactions.sizes(copy)[page - 1],
        "last": len(redactions.sizes(copy)),
        "pages": pages,
        "text": redactions.page_text(copy, page) if here else "",
        "codes": [(code, code.label, sum(one.code == code for one in here)) for code in AreaCode],
        "outcome": redactions.outcome(copy.redaction, found.case_id) if seen.is_whole else None,
    }
    return cases.show(request, seen, "desk/redacted.html", context)


@require_safe
@desk_page
def redacted_image(request: HttpRequest, docket: str, key: str, page: int) -> HttpResponse:
    """A page of the redacted copy, as a picture."""
    _found, copy = _made(seen_case(request, docket), key)
    return _picture(request, copy, page)


@require_safe
@desk_page
def redacted_file(request: HttpRequest, docket: str, key: str) -> HttpResponse:
    """The redacted copy to take away."""
    found, copy = _made(seen_case(request, docket), key)
    return handing.attachment(copy.stored_file, name=_("%(key)s redacted") % {"key": found.key})


def _exhibit(seen: Seen, key: str) -> Exhibit:
    """The exhibit of that name, when the reader may see it. Raises OutOfScope."""
    for found in queries.exhibits_for(seen.case, seen.actor, at=seen.reader.at):
        if found.key == key.upper():
            return found
    raise OutOfScope


def _drawable(seen: Seen, key: str) -> tuple[Exhibit, Drawing]:
    """The exhibit and its pages, for those who may redact. Raises OutOfScope, NotPermitted; ActionRefused."""
    found = _exhibit(seen, key)
    gate.require(seen.actor, Permission.EVIDENCE_RESTRICT, seen.case, at=seen.reader.at)
    drawn = redactions.drawing(found)
    if drawn is None:
        raise ActionRefused([_("Exhibit %(key)s has no pages that could be redacted.") % {"key": found.key}])
    return found, drawn


def _made(seen: Seen, key: str) -> tuple[Exhibit, Rendition]:
    found = _exhibit(seen, key)
    is_closed = not seen.is_whole and (found.is_withheld or queries.has_closed_pages(found))
    if found.redacted is None or is_closed:
        raise OutOfScope
    return found, found.redacted


def _picture(request: HttpRequest, rendition: Rendition, page: int) -> HttpResponse:
    """A page as a picture; one that cannot be drawn is a picture too, which says so."""
    sizes = redactions.sizes(rendition)
    if not 1 <= page <= len(sizes):
        raise OutOfScope
    try:
        response = HttpResponse(redactions.page_picture(rendition, page), content_type="image/png")
    except redactions.NotShown as error:
        width, height = sizes[page - 1]
        context = {"width": width, "height": height, "lines": textwrap.wrap(str(error), LINE_LETTERS)}
        response = render(request, "desk/not_drawn.svg", context, content_type="image/svg+xml", status=422)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _keep(seen: Seen, found: Exhibit, drawn: Drawing, boxes: tuple[Area, ...]) -> None:
    """Save the draft where it changed; without boxes there is no draft."""
    current = drawn.current if drawn.is_open else None
    if not boxes and current is None:
        return
    if not boxes:
        actions.discard_redaction(found.pk, actor=seen.actor, at=seen.reader.at)
    elif current is None or current.areas != areas.to_text(boxes) or current.source_id != drawn.rendition.pk:
        actions.draft_redaction(found.pk, actor=seen.actor, at=seen.reader.at, areas=boxes)


def _decided(request: HttpRequest, seen: Seen, found: Exhibit) -> HttpResponse:
    docket = seen.case.docket
    if request.POST.get("do") == "discard":
        actions.discard_redaction(found.pk, actor=seen.actor, at=seen.reader.at)
        messages.success(request, _("The draft is discarded. The exhibit is as it was."))
        return redirect("desk:exhibit", docket, found.key)
    confirmed = request.POST.get("confirmed") == "yes"
    actions.make_redaction(found.pk, actor=seen.actor, at=seen.reader.at, confirmed=confirmed)
    return redirect("desk:redact", docket, found.key)


def _page(request: HttpRequest, drawn: Drawing) -> int:
    pages = areas.pages_of(drawn.boxes)
    return _number(request, len(drawn.sizes), pages[0] if pages else 1)


def _number(request: HttpRequest, last: int, default: int) -> int:
    """The page asked for, where there is one."""
    asked = request.GET.get("page", "")
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 7 else default
    return number if 1 <= number <= last else default


def _show(
    request: HttpRequest,
    seen: Seen,
    found: Exhibit,
    drawn: Drawing,
    *,
    page: int,
    boxes: forms.BoxFormSet | None = None,
    reasons: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    width, height = drawn.sizes[page - 1]
    here = areas.on_page(drawn.boxes, page)
    current = drawn.current
    context = {
        "exhibit": found,
        "page": page,
        "last": len(drawn.sizes),
        "width": width,
        "height": height,
        "boxes": boxes or forms.of_page(here),
        "here": here,
        "current": current,
        "is_made": current is not None and current.status == Redaction.Status.REQUESTED,
        "refused": current.reason.splitlines() if current and current.status == Redaction.Status.REFUSED else [],
        "with_boxes": areas.pages_of(drawn.boxes),
        "codes": AreaCode.choices,
        "first_code": FIRST_CODE,
        "reasons": reasons or [],
        "form_errors": bool(reasons),
    }
    return cases.show(request, seen, "desk/redaction.html", context, status=status)
