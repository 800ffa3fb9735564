"""Acts on files that belong to no case yet, and the daily sweep.

A draft is not a case and has no ledger: what happens to its files leaves no entry until the complaint is
filed.
"""

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from tracker.audit.actors import Actor
from tracker.errors import ActionRefused, OutOfScope
from tracker.files import kinds, names, storage, uploads
from tracker.files.models import StagedUpload

KEEP_UNRECORDED = timedelta(days=1)


def stage_upload(
    draft_id: UUID,
    *,
    actor: Actor,
    at: datetime,
    path: Path,
    original_name: str,
) -> StagedUpload:
    """Keep a file for a draft. Refused when empty, of a kind the public may not send, too large, or one too
    many.
    """
    kind = kinds.sniff(path)
    refusals = [reason for reason in (kinds.public_refusal(kind, original_name), _too_large(path)) if reason]
    if refusals:
        raise ActionRefused(refusals)
    stored = storage.store(path, key_prefix=storage.draft_prefix(draft_id))
    with transaction.atomic():
        if StagedUpload.objects.waiting().filter(draft_id=draft_id).count() >= settings.UPLOAD_MAX_FILES:
            raise ActionRefused(
                [
                    _("You can send %(count)d files here. You can add more once the complaint is filed.")
                    % {"count": settings.UPLOAD_MAX_FILES}
                ]
            )
        return StagedUpload.objects.create(
            draft_id=draft_id,
            original_name=names.display_name(original_name),
            key=stored.key,
            digest=stored.digest,
            size=stored.size,
            kind=kind.code,
            received_at=at,
        )


def remove_staged(draft_id: UUID, *, actor: Actor, at: datetime, staged_id: UUID) -> None:
    """Take a file out of a draft and remove its bytes at once. OutOfScope when the draft has no such file."""
    with transaction.atomic():
        rows = StagedUpload.objects.select_for_update().waiting().filter(draft_id=draft_id)
        staged = rows.filter(pk=staged_id).first()
        if staged is None:
            raise OutOfScope
        StagedUpload.objects.filter(pk=staged.pk).update(state=StagedUpload.State.REMOVED)
    if not storage.is_recorded(staged.key):
        storage.discard(staged.key)


def sweep(*, actor: Actor, at: datetime) -> tuple[int, int]:
    """Remove what nothing relies on and is a day old: stored bytes without a row, temporary uploads. Answers
    both counts.

    No entry is made: no act of the office ever named these bytes.
    """
    before = at - KEEP_UNRECORDED
    return len(storage.sweep_orphans(before=before)), uploads.sweep_temporary(before=before)


def _too_large(path: Path) -> str:
    if path.stat().st_size <= settings.UPLOAD_MAX_BYTES:
        return ""
    limit = settings.UPLOAD_MAX_BYTES // (1024 * 1024)
    return _("This file is larger than %(limit)d MB. Send a smaller copy, or mail it to the board") % {"limit": limit}
