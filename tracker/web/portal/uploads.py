"""Files that come with a complaint or later: each one taken or refused by itself, the rest never lost."""

import logging
from collections.abc import Callable, Iterable
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.audit.actors import Actor
from tracker.cases.actions.filing import FiledComplaint
from tracker.errors import ActionRefused, IntegrityBroken, OutOfScope
from tracker.evidence import actions as evidence
from tracker.files import actions, queries, uploads
from tracker.web.portal import drafts

FIELD = "files"
logger = logging.getLogger(__name__)


def staged(draft) -> list:
    """The files of a draft, in the order they came."""
    return queries.staged_of(draft.id)


def handle(request: HttpRequest, draft) -> HttpResponse | None:
    """Take or remove files of a draft. None when the form says to go on."""
    actor = drafts.actor_of(draft)
    if removed := request.POST.get("remove"):
        actions.remove_staged(draft.id, actor=actor, at=timezone.now(), staged_id=_as_id(removed))
        messages.success(request, _("The file was removed."))
        return redirect("portal:step", "documents")

    def keep(file) -> None:
        now = timezone.now()
        actions.stage_upload(draft.id, actor=actor, at=now, path=file.path, original_name=file.original_name)

    whole = take(request, keep)
    if whole is None and "add" not in request.POST:
        return None
    if whole is None:
        messages.warning(request, _("No file was chosen. Choose one or more files, then press “Add these files”."))
    return None if whole and "add" not in request.POST else redirect("portal:step", "documents")


def take(request: HttpRequest, keep: Callable) -> bool | None:
    """Give each file of the form to `keep` and say what became of it. None: no file; False: not all were taken."""
    files, dropped = request.FILES.getlist(FIELD), uploads.refused(request.META, FIELD)
    if not files and not dropped:
        return None
    taken = 0
    for file in files:
        try:
            keep(file)
        except ActionRefused as refusal:
            messages.error(request, f"{file.original_name}: {' '.join(refusal.reasons)}")
        else:
            taken += 1
    if taken:
        words = ngettext(
            "%(count)s file was received and is safe.", "%(count)s files were received and are safe.", taken
        )
        messages.success(request, words % {"count": taken})
    _say_dropped(request, dropped)
    return taken == len(files) and not dropped


def hand_in(draft_id: UUID, filed: FiledComplaint) -> None:
    """Make the draft's files exhibits of the new case, each by its own act; asked again, only what is missing.

    The complaint is filed whatever happens here. A file that cannot be read again stays with the draft.
    """
    actor = Actor.filer(filed.complaint_id)
    try:
        evidence.receive_staged(filed.case_id, actor=actor, at=timezone.now(), draft_id=draft_id)
    except (ActionRefused, IntegrityBroken) as error:
        logger.error(
            "Files of complaint %s were not all taken into evidence: %s", filed.complaint_id, type(error).__name__
        )


def _as_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise OutOfScope from None


def _say_dropped(request: HttpRequest, dropped: Iterable[uploads.RefusedUpload]) -> None:
    words = {
        "too_large": _("%(name)s is larger than %(size)s. Send a smaller copy, or give it to the board on a disk."),
        "too_many": _("%(name)s was one too many. Send up to %(count)s files at a time."),
    }
    facts = {"size": filesizeformat(settings.UPLOAD_MAX_BYTES), "count": settings.UPLOAD_MAX_FILES}
    for upload in dropped:
        messages.error(request, words[upload.reason] % {**facts, "name": upload.name})
