"""The wizard: seven steps, each kept in the draft when it is sent, then one act that files."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from boards import queries as boards
from tracker.audit.actors import Actor
from tracker.cases import attestation
from tracker.cases.actions import drafts as acts
from tracker.cases.actions import filing
from tracker.errors import ActionRefused, OutOfScope
from tracker.web.forms import complaint as forms
from tracker.web.forms.setting import Setting
from tracker.web.forms.track import ResumeForm
from tracker.web.portal import drafts, receipt, review, uploads

LANGUAGE = "en"


@dataclass(frozen=True)
class Visit:
    """One request to one step: the draft (None before the first save), what its forms need, the step's key."""

    request: HttpRequest
    draft: object
    setting: Setting
    key: str

    @property
    def version(self) -> int:
        """The version of the draft that the page was made from."""
        typed = self.request.POST.get("version", "")
        return int(typed) if typed.isdecimal() and len(typed) < 10 else self.draft.version

    @property
    def initial(self) -> dict:
        """What the step's form starts with."""
        if self.key == "review":
            return {"attestation_version": self.attestation.version}
        return dict(self.setting.answers.get(self.key, {}))

    @property
    def attestation(self) -> attestation.AttestationText:
        """The statement of the chosen board."""
        return attestation.text_for(self.setting.rules, LANGUAGE)

    def form(self, data: object = None, **more: object) -> Form:
        """The form of this step."""
        return forms.BY_KEY[self.key].form(data, initial={**self.initial, **more}, setting=self.setting)


@never_cache
@require_safe
def entry(request: HttpRequest) -> HttpResponse:
    """Go on where this browser left off, or begin."""
    draft = drafts.current(request)
    return redirect("portal:step", forms.first_open(draft.answers) if draft else "start")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, key: str) -> HttpResponse:
    """One step: shown, or kept and then the next."""
    if key not in forms.BY_KEY:
        raise Http404
    draft = drafts.current(request)
    visit = Visit(request, draft, drafts.setting_of(draft), key)
    if draft is None:
        return _start(visit) if key == "start" else _no_draft(request, key)
    if (elsewhere := _not_yet(key, visit.setting)) is not None:
        return elsewhere
    if request.method == "POST":
        return _keep(visit)
    return _page(visit, visit.form(**_chosen(request) if key == "board" else {}))


def _chosen(request: HttpRequest) -> dict[str, str]:
    """The board whose page the person came from, with it the state, and the profession they looked for."""
    board = boards.board_by_slug(request.GET.get("board", ""))
    if board is None:
        return {}
    chosen = {"board": board.slug, "state": board.jurisdiction.code}
    # An empty one must not hide what the draft already holds.
    if profession := request.GET.get("profession"):
        chosen["profession"] = profession
    return chosen


def _start(visit: Visit) -> HttpResponse:
    request = visit.request
    if request.method != "POST":
        return _page(visit, visit.form(**{key: request.GET.get(key, "") for key in ("board", "profession")}))
    if not (limit := drafts.limited(request, "draft")).allowed:
        return render(request, "portal/limited.html", {"limit": limit}, status=429)
    form = visit.form(request.POST)
    if not form.is_valid():
        return _page(visit, form)
    now = timezone.now()
    draft, code = acts.start_draft(actor=Actor.system("portal"), at=now)
    acts.save_step(draft.id, "start", form.answers(), actor=drafts.actor_of(draft), at=now, version=draft.version)
    address = reverse("portal:step", args=["board"])
    if form.cleaned_data["board"]:
        address += "?" + urlencode({key: value for key, value in form.cleaned_data.items() if value})
    return drafts.keep(request, redirect(address), draft.id, code)


def _no_draft(request: HttpRequest, key: str) -> HttpResponse:
    if key == "review" and request.method == "POST" and (filed := _pressed_again(request)):
        return receipt.hand_over(request, filed)
    messages.info(request, _("This browser holds no open draft. Come back with your draft code, or start anew."))
    return redirect("portal:resume")


def _pressed_again(request: HttpRequest) -> filing.FiledComplaint | None:
    """The complaint that an earlier press of the same button has filed already."""
    draft_id = drafts.kept_id(request)
    if draft_id is None:
        return None
    code = request.COOKIES.get(drafts.CODE_COOKIE, "")
    try:
        filed = filing.file_complaint(draft_id, actor=Actor.filer(draft_id), at=timezone.now(), draft_code=code)
    except (ActionRefused, OutOfScope):
        return None
    uploads.hand_in(draft_id, filed)
    return filed


def _not_yet(key: str, setting: Setting) -> HttpResponse | None:
    """Where to go when a step cannot be shown: no board yet, or a board that does not take complaints here."""
    if forms.STEP_KEYS.index(key) <= forms.STEP_KEYS.index("board"):
        return None
    if setting.board is None:
        return redirect("portal:step", "board")
    if not setting.board.hosted:
        return redirect(reverse("portal:board", args=[setting.board.slug]) + "?from=file")
    if key == "review" and (holes := forms.missing(setting.answers)):
        return redirect("portal:step", holes[0])
    return None


def _keep(visit: Visit) -> HttpResponse:
    if visit.key == "documents" and (answer := uploads.handle(visit.request, visit.draft)) is not None:
        return answer
    form = visit.form(visit.request.POST)
    valid, later = form.is_valid(), "later" in visit.request.POST
    if not (valid or later):
        return _page(visit, form)
    if visit.key == "review":
        return redirect("portal:later") if later else _file(visit, form)
    answers = form.answers() if valid else {**form.answers(), "unfinished": True}
    now, actor = timezone.now(), drafts.actor_of(visit.draft)
    try:
        acts.save_step(visit.draft.id, visit.key, answers, actor=actor, at=now, version=visit.version)
    except ActionRefused as refusal:
        form.add_error(None, " ".join(refusal.reasons))
        return _page(visit, form, version=visit.draft.version)
    if later:
        return redirect("portal:later")
    following = forms.STEP_KEYS[forms.STEP_KEYS.index(visit.key) + 1]
    return redirect("portal:step", "review" if visit.request.POST.get("back_to") == "review" else following)


def _file(visit: Visit, form: Form) -> HttpResponse:
    """One act, and the same complaint however often the button is pressed."""
    if not (limit := drafts.limited(visit.request, "filing")).allowed:
        return render(visit.request, "portal/limited.html", {"limit": limit}, status=429)
    try:
        filed = filing.file_complaint(
            visit.draft.id,
            actor=drafts.actor_of(visit.draft),
            at=timezone.now(),
            draft_code=drafts.code_of(visit.request, visit.draft),
            review=form.answers(),
        )
    except ActionRefused as refusal:
        for reason in refusal.reasons:
            form.add_error(None, reason)
        return _page(visit, form)
    uploads.hand_in(visit.draft.id, filed)
    return receipt.hand_over(visit.request, filed)


def _page(visit: Visit, form: Form, version: int | None = None) -> HttpResponse:
    number = forms.STEP_KEYS.index(visit.key)
    context = {
        "form": form,
        "form_errors": form.is_bound and bool(form.errors),
        "step": forms.BY_KEY[visit.key],
        "number": number + 1,
        "steps": forms.STEPS,
        "previous": forms.STEP_KEYS[number - 1] if number else "",
        "draft": visit.draft,
        "version": visit.version if visit.draft and version is None else version,
        "setting": visit.setting,
        "draft_code": drafts.code_of(visit.request, visit.draft),
        "back_to": visit.request.GET.get("back_to") or visit.request.POST.get("back_to", ""),
    }
    if visit.draft and visit.key in {"documents", "review"}:
        context["staged"] = uploads.staged(visit.draft)
    if visit.key == "review":
        context |= {"attestation": visit.attestation, "sheets": review.sheets(visit.setting)}
    return render(visit.request, f"portal/file_{visit.key}.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: HttpRequest) -> HttpResponse:
    """Bring a draft back with its code."""
    if request.method != "POST":
        return render(request, "portal/resume.html", {"form": ResumeForm()})
    form = ResumeForm(request.POST)
    if not (limit := drafts.limited(request, "draft")).allowed:
        return render(request, "portal/limited.html", {"limit": limit}, status=429)
    if form.is_valid():
        code = form.cleaned_data["draft_code"]
        draft = acts.find_draft(code, at=timezone.now())
        if draft:
            place = redirect("portal:step", forms.first_open(draft.answers))
            return drafts.keep(request, place, draft.id, code)
        words = _("No open draft has this code. Check it letter by letter. Drafts are removed after a while")
        form.add_error("draft_code", words)
    return render(request, "portal/resume.html", {"form": form, "form_errors": True})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def later(request: HttpRequest) -> HttpResponse:
    """The draft is kept: its code once more, and a way to clear this browser."""
    draft = drafts.current(request)
    if request.method == "POST":
        return drafts.forget(request, redirect("portal:home"))
    if draft is None:
        return _no_draft(request, "later")
    return render(request, "portal/later.html", {"draft": draft, "draft_code": drafts.code_of(request, draft)})
