"""Acts on a draft. It is not a case, so nothing of it stands in the ledger; it expires and is removed."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from boards.models import Board
from tracker.audit.actors import Actor
from tracker.cases import numbering
from tracker.cases.models import FilingDraft
from tracker.errors import ActionRefused, OutOfScope


@transaction.atomic
def start_draft(*, actor: Actor, at: datetime, language: str = "en") -> tuple[FilingDraft, str]:
    """Begin a draft. Returns it with the code that brings it back, which is stored only as a hash."""
    code = numbering.new_code()
    draft = FilingDraft.objects.create(
        code_hash=numbering.hash_code(code),
        language=language,
        started_at=at,
        saved_at=at,
        expires_at=at + timedelta(days=settings.DRAFT_DAYS),
    )
    return draft, code


@transaction.atomic
def save_step(
    draft_id: UUID, step: str, answers: Mapping[str, Any], *, actor: Actor, at: datetime, version: int
) -> FilingDraft:
    """Keep the answers of one step (plain JSON values). Other steps stay as they are.

    Refused when the draft was saved elsewhere since `version` was read; OutOfScope when it is gone, expired or filed.
    """
    draft = _open(draft_id, at)
    if draft.version != version:
        raise ActionRefused([_("This draft was changed in another window. Your words are below; save them again.")])
    draft.answers = {**draft.answers, step: dict(answers)}
    draft.board = _board(draft.answers)
    draft.saved_at, draft.version = at, version + 1
    draft.expires_at = at + timedelta(days=settings.DRAFT_DAYS)
    draft.save(update_fields=["answers", "board", "saved_at", "version", "expires_at"])
    return draft


def find_draft(code: str, *, at: datetime) -> FilingDraft | None:
    """The open draft of a code, or None: for a wrong code, an expired and a filed draft alike."""
    if not numbering.is_well_formed(code):
        return None
    found = FilingDraft.objects.filter(code_hash=numbering.hash_code(code), filed_at__isnull=True, expires_at__gt=at)
    return found.first()


@transaction.atomic
def expire_drafts(*, actor: Actor, at: datetime) -> int:
    """Remove drafts that expired, and the answers of filed ones after a day. Returns how many drafts went."""
    gone, _detail = FilingDraft.objects.filter(filed_at__isnull=True, expires_at__lte=at).delete()
    filed = FilingDraft.objects.filter(filed_at__lte=at - timedelta(days=1)).exclude(answers={})
    filed.update(answers={}, version=F("version") + 1)
    return gone


def _open(draft_id: UUID, at: datetime) -> FilingDraft:
    rows = FilingDraft.objects.select_for_update().filter(pk=draft_id, filed_at__isnull=True, expires_at__gt=at)
    draft = rows.first()
    if draft is None:
        raise OutOfScope
    return draft


def _board(answers: Mapping[str, Any]) -> Board | None:
    slug = answers.get("board", {}).get("board", "")
    return Board.objects.filter(slug=slug).first() if slug else None
