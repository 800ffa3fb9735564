"""The bundle page: choose exhibits and editions, order, withhold, see what would print, build, steer, take away."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tracker.access import gate
from tracker.access.policy import Permission
from tracker.bundle import actions, queries
from tracker.bundle.queries import Preview
from tracker.cases.queries.casefile import Seen
from tracker.errors import ActionRefused, OutOfScope
from tracker.evidence import queries as evidence_queries
from tracker.evidence.states import WithheldCode
from tracker.web.desk import bundlerows, cases, handing, story
from tracker.web.desk.bundlerows import Choice
from tracker.web.desk.entry import desk_page, whole_case
from tracker.web.forms.bundle import HOLDS, BundleForm


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def bundle(request: HttpRequest, docket: str) -> HttpResponse:
    """Choose and build. Every button but the last only shows the page again; nothing is kept until then."""
    seen = whole_case(request, docket)
    gate.require(seen.actor, Permission.BUNDLE_EXPORT, seen.case, at=seen.reader.at)
    page = _Page(request, seen)
    if request.POST.get("do") != "build":
        return page.show()
    if not page.form.is_valid():
        return page.show(status=422)
    try:
        asked = actions.request_bundle(
            seen.case.pk, actor=seen.actor, at=seen.reader.at, **page.choice.arguments(page.found), **page.form.usable
        )
    except ActionRefused as refusal:
        return page.show(reasons=refusal.reasons)
    words = ngettext("The bundle is frozen", "%(n)s editions are frozen", len(asked)) % {"n": len(asked)}
    messages.success(request, _("%(frozen)s and being built. You may leave this page. It goes on.") % {"frozen": words})
    return redirect("desk:bundle", docket)


@require_POST
@desk_page
def steer(request: HttpRequest, docket: str, pk: UUID, act: str) -> HttpResponse:
    """Cancel a build, or try it again."""
    perform: dict[str, tuple[Callable, object]] = {
        "cancel": (actions.cancel_bundle, gettext_lazy("The bundle is told to stop. Its numbers stay reserved.")),
        "retry": (actions.retry_bundle, gettext_lazy("The bundle is built again from what was frozen.")),
    }
    seen = whole_case(request, docket)
    _must_be_here(seen, pk)
    act_on, done = perform[act]
    try:
        act_on(pk, actor=seen.actor, at=seen.reader.at)
    except ActionRefused as refusal:
        return _Page(request, seen, is_fresh=True).show(reasons=refusal.reasons)
    messages.success(request, done)
    return redirect("desk:bundle", docket)


@require_safe
@desk_page
def download(request: HttpRequest, docket: str, pk: UUID, volume: int | None = None) -> HttpResponseBase:
    """Hand out a sealed bundle, one volume of it, or a part of either; who took which digest is written down first."""
    seen = whole_case(request, docket)
    _must_be_here(seen, pk)
    at = seen.reader.at
    finished = queries.finished_file(pk, actor=seen.actor, at=at, volume=volume)
    asked = handing.asked(request, finished.file)
    if request.method != "HEAD" and not asked.is_outside:
        actions.hand_out(pk, actor=seen.actor, at=at, volume=volume, resumes=asked.resumes)
    return handing.attachment(finished.file, name=finished.name, request=request)


@require_safe
@desk_page
def digests(request: HttpRequest, docket: str, pk: UUID) -> HttpResponse:
    """The digests of what is handed out, as `sha256sum -c` reads them."""
    seen = whole_case(request, docket)
    _must_be_here(seen, pk)
    export = queries.progress(pk, actor=seen.actor, at=seen.reader.at)
    if not export.name:
        raise ActionRefused([_("This bundle is not finished, so there is no file to hand out.")])
    told = [(file.sha256, file.name) for file in export.files]
    if export.file_sha256 not in {digest for digest, _name in told}:
        told = [(export.file_sha256, export.name)]
    response = HttpResponse("".join(f"{digest}  {name}\n" for digest, name in told), content_type="text/plain")
    response["Content-Disposition"] = f'attachment; filename="{export.name}.sha256"'
    return response


def _must_be_here(seen: Seen, pk: UUID) -> None:
    if all(one.export_id != pk for one in queries.exports(seen.case.pk, actor=seen.actor, at=seen.reader.at)):
        raise OutOfScope


class _Page:
    """The page with what stands in its form; `is_fresh` when the request is about something else on it."""

    def __init__(self, request: HttpRequest, seen: Seen, *, is_fresh: bool = False) -> None:
        self.request, self.seen = request, seen
        at = seen.reader.at
        by_id = {one.pk: one for one in evidence_queries.exhibits_for(seen.case, seen.actor, at=at)}
        order = queries.order_for(seen.case.pk, actor=seen.actor, at=at)
        self.found = {by_id[pk].key: by_id[pk] for pk in order if pk in by_id}
        posted = None if is_fresh or request.method != "POST" else request.POST
        self.choice = Choice.read(posted, self.found)
        self.form = BundleForm(posted if posted else {"editions": ["board"], "format": "pdf"}, label_suffix="")
        # Only the button that builds says what is wrong with it.
        self.form.is_valid()

    def show(self, *, reasons: list[str] | None = None, status: int = 200) -> HttpResponse:
        """Show it; with reasons as a refusal."""
        seen = self.seen
        exports = queries.exports(seen.case.pk, actor=seen.actor, at=seen.reader.at)
        context = {
            "rows": bundlerows.rows(seen, self.found, self.choice),
            "counts": self.choice.counts(self.found),
            "codes": [(code, f"{code} {label}") for code, label in WithheldCode.choices],
            "form": self.form,
            "form_errors": status == 422,
            "editions": self._editions(),
            "previews": [bundlerows.shown(one) for one in self._previews()],
            "refused": bundlerows.with_links(reasons or []),
            "is_building": any(one.is_unfinished for one in exports),
            **bundlerows.exports(exports, story.names({one.requested_by for one in exports})),
        }
        return cases.show(self.request, seen, "desk/bundle.html", context, status=409 if reasons else status)

    def _editions(self) -> list[dict[str, object]]:
        ticked = self.form.usable["editions"]
        return [
            {"code": code, "label": label, "holds": HOLDS[code], "is_ticked": code in ticked}
            for code, label in self.form.fields["editions"].choices
        ]

    def _previews(self) -> list[Preview]:
        known = self.form.usable
        return [
            queries.preview(
                self.seen.case.pk,
                actor=self.seen.actor,
                at=self.seen.reader.at,
                edition=edition,
                volume_mb=known["volume_mb"],
                volume_pages=known["volume_pages"],
                **self.choice.arguments(self.found),
            )
            for edition in known["editions"]
        ]
