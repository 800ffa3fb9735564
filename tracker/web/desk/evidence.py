"""Evidence: receiving an item, its page with custody and hashes, what is done with it, and taking a copy away."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tracker.access import gate
from tracker.access.policy import Permission
from tracker.cases.queries import casefile, matrix
from tracker.cases.queries.casefile import Seen
from tracker.errors import ActionRefused, OutOfScope
from tracker.evidence import actions, queries
from tracker.files import uploads
from tracker.web.desk import cases, exhibits, handing, story
from tracker.web.desk.entry import desk_page, seen_case, whole_case
from tracker.web.forms import evidence as forms

# What can be done on the page of an exhibit: the form, the act, the permission, what is said afterwards.
ACTS: dict[str, tuple[type[Form], Callable, Permission, object]] = {
    "link": (forms.LinkForm, actions.link_to_allegation, Permission.EVIDENCE_RECEIVE, gettext_lazy("Linked.")),
    "unlink": (
        forms.UnlinkForm,
        actions.unlink_from_allegation,
        Permission.EVIDENCE_RECEIVE,
        gettext_lazy("Unlinked."),
    ),
    "describe": (forms.DescribeForm, actions.describe_exhibit, Permission.EVIDENCE_RECEIVE, gettext_lazy("Described.")),
    "withhold": (forms.WithholdForm, actions.withhold, Permission.EVIDENCE_RESTRICT, gettext_lazy("Withheld.")),
    "release": (forms.ReasonForm, actions.release, Permission.EVIDENCE_RESTRICT, gettext_lazy("Put back.")),
    "classify": (forms.ClassifyForm, actions.classify, Permission.EVIDENCE_RESTRICT, gettext_lazy("Classified.")),
    "restrict": (
        forms.RestrictPagesForm,
        actions.restrict_pages,
        Permission.EVIDENCE_RESTRICT,
        gettext_lazy("The pages are restricted."),
    ),
    "lift": (
        forms.LiftForm,
        actions.lift_restriction,
        Permission.EVIDENCE_RESTRICT,
        gettext_lazy("The restriction is lifted."),
    ),
    "share": (forms.ShareForm, actions.share_exhibit, Permission.CASE_LINK, gettext_lazy("Shared.")),
    "transfer": (
        forms.TransferForm,
        actions.transfer_custody,
        Permission.CUSTODY_TRANSFER,
        gettext_lazy("The handling is recorded."),
    ),
}


def _exhibit(seen: Seen, key: str) -> object:
    """The exhibit of that number, when the reader may see it. Raises OutOfScope."""
    found = queries.exhibits_for(seen.case, seen.actor, at=seen.reader.at)
    number, part = queries.place_of(key)
    exhibit = found.filter(number=number, part=part).first()
    if exhibit is None:
        raise OutOfScope
    return exhibit


@require_safe
@desk_page
def exhibit(request: HttpRequest, docket: str, key: str) -> HttpResponse:
    """The page of an exhibit."""
    seen = seen_case(request, docket)
    return _show(request, seen, _exhibit(seen, key))


@require_POST
@desk_page
def act(request: HttpRequest, docket: str, key: str, act: str) -> HttpResponse:
    """Do one thing with an exhibit; a refusal shows its reasons on the exhibit's page with the words kept."""
    seen = whole_case(request, docket)
    found = _exhibit(seen, key)
    if act not in ACTS:
        raise OutOfScope
    form_class, perform, needs, done = ACTS[act]
    gate.require(seen.actor, needs, seen.case, at=seen.reader.at)
    form = form_class(request.POST, exhibit=found, claims=_claims(seen), label_suffix="")
    if not form.is_valid():
        return _show(request, seen, found, failed={act: form}, status=422)
    try:
        perform(found.pk, actor=seen.actor, at=seen.reader.at, **form.cleaned_data)
    except ActionRefused as refusal:
        return _show(request, seen, found, failed={act: form}, reasons=refusal.reasons, status=409)
    messages.success(request, done)
    return redirect("desk:exhibit", docket, found.key)


@require_safe
@desk_page
def download(request: HttpRequest, docket: str, key: str) -> HttpResponse:
    """A copy of the item as received. Refused before it is cleared."""
    seen = seen_case(request, docket)
    found = queries.downloadable_exhibit(_exhibit(seen, key).pk, seen.actor, at=seen.reader.at)
    return handing.attachment(found.stored_file, name=f"{found.key} {found.original_name}", request=request)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def receive(request: HttpRequest, docket: str) -> HttpResponse:
    """Receive an item of evidence, of any kind. To readers of the record who may not, the page does not exist."""
    seen = seen_case(request, docket)
    if not seen.is_whole and not casefile.may(seen, Permission.EVIDENCE_RECEIVE, at=seen.reader.at):
        raise OutOfScope
    gate.require(seen.actor, Permission.EVIDENCE_RECEIVE, seen.case, at=seen.reader.at)
    form = forms.ExhibitForm(request.POST or None, request.FILES or None, label_suffix="")
    reasons = [_("%(name)s is over the limit.") % {"name": one.name} for one in uploads.refused(request.META)]
    if request.method == "POST" and form.is_valid() and not reasons:
        try:
            received = _receive(seen, form)
        except ActionRefused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("Received as %(key)s. It is being scanned.") % {"key": received.key})
            return redirect("desk:exhibit", docket, received.key)
    context = {"form": form, "form_errors": bool(form.errors), "reasons": reasons}
    status = 409 if reasons else 422 if form.errors else 200
    return cases.show(request, seen, "desk/receive.html", context, status=status)


def _receive(seen: Seen, form: Form) -> object:
    known = form.cleaned_data
    return actions.receive_exhibit(
        seen.case.pk,
        actor=seen.actor,
        at=seen.reader.at,
        path=known["file"].path,
        original_name=known["file"].original_name,
        title=known["title"],
        source=known["source"],
        dated_on=known["dated_on"],
    )


def _claims(seen: Seen) -> list:
    return matrix.claims(seen)


def _restrictions(found: object) -> list[dict[str, object]]:
    """What is in force on single pages."""
    rows = [row for row in found.restrictions.all() if row.lifted_at is None]
    return [{"row": row, "words": forms.restriction_words(row)} for row in rows]


def _applies(act: str, found: object) -> bool:
    if act == "share":
        return found.parent_id is None and queries.has_linked_docket(found)
    if act == "restrict":
        return bool(found.is_renderable and found.page_count)
    return act != "lift" or bool(_restrictions(found))


def _show(
    request: HttpRequest,
    seen: Seen,
    found: object,
    *,
    failed: dict[str, Form] | None = None,
    reasons: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    at = seen.reader.at
    custody = queries.custody_of([found])[found.pk] if seen.is_whole else []
    held = {needs: seen.is_whole and casefile.may(seen, needs, at=at) for needs in {row[2] for row in ACTS.values()}}
    claims = _claims(seen)
    acts = {
        act: (failed or {}).get(act) or form_class(exhibit=found, claims=claims, label_suffix="")
        for act, (form_class, _perform, needs, _done) in ACTS.items()
        if held[needs] and _applies(act, found)
    }
    row = exhibits.row(seen, found, custody if seen.is_whole else None)
    context = {
        "exhibit": found,
        "row": row,
        "custody": custody,
        "names": story.names({event.actor for event in custody}),
        "marking": found.marking,
        "links": list(found.links.all()) if seen.is_whole else [],
        "acts": acts,
        "notes": queries.notes_on(found) if seen.is_whole else [],
        "restrictions": _restrictions(found) if seen.is_whole else [],
        "failed": failed or {},
        "reasons": reasons or [],
        "form_errors": bool(failed),
    }
    return cases.show(request, seen, "desk/exhibit.html", context, status=status)
